"""What the resources of the API share: how a view is put together, how terms are read, how draws are shown to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Final

from flask_smorest import Blueprint
from marshmallow import Schema

from audit_service.core.draws import parse_event_argument
from audit_service.core.rights import Right
from audit_service.use_cases.committing import Terms
from audit_service.use_cases.requests import Outcome
from audit_service.web.access import access
from audit_service.web.acting import acting
from schemas.answers.desk import request_json
from schemas.answers.parts import ProblemOut

PREFIX: Final = "/api/v1"
View = Callable[..., Any]
PROBLEM: Final = "application/problem+json"
ERRORS: Final = {
    400: "The request is not well formed",
    401: "Nobody whom the service knows",
    403: "Not allowed",
    404: "There is no such thing, or it is not yours to see",
    409: "The state of things does not allow it",
    422: "What was sent breaks a rule",
    503: "The database is away",
}


def resource(name: str, path: str) -> Blueprint:
    """The routes of one resource."""
    return Blueprint(name, name, url_prefix=f"{PREFIX}/{path}" if path else PREFIX)


def reads(
    blueprint: Blueprint, rule: str, right: Right, schema: type[Schema], query: Any = None
) -> Callable[[View], View]:
    """A view that looks; handed the query's values, if it has a query."""
    return _route(blueprint, rule, "GET", right, schema, 200, query, "query")


def acts(
    blueprint: Blueprint,
    rule: str,
    right: Right,
    schema: type[Schema],
    body: Any = None,
    *,
    status: int = 200,
    method: str = "POST",
    place: str = "json",
    before: Callable[[Any], Any] | None = None,
) -> Callable[[View], View]:
    """A view that acts: handed the transaction, who asks, and the body's values, if it has a body.

    What `before` makes of the body takes long, and is made before the transaction begins.
    """
    route = _route(blueprint, rule, method, right, schema, status, body, place)

    def put_together(view: View) -> View:
        act = acting(view)
        if before is None:
            return route(act)

        @wraps(view)
        def prepared(asked: Any, **named: Any) -> Any:
            return act(before(asked), **named)

        return route(prepared)

    return put_together


def _route(
    blueprint: Blueprint,
    rule: str,
    method: str,
    right: Right,
    schema: type[Schema],
    status: int,
    asked: Any,
    location: str,
) -> Callable[[View], View]:
    def put_together(view: View) -> View:
        found = _problems(blueprint, blueprint.response(status, schema)(view))
        if asked:
            found = blueprint.arguments(asked, location=location)(found)
        if right is not Right.ANYBODY:
            found = blueprint.doc(security=[{"token": []}])(found)
        found = access(right)(found)
        routed: View = blueprint.route(rule, methods=[method])(found)
        return routed

    return put_together


def _problems(blueprint: Blueprint, view: View) -> View:
    for code, what in ERRORS.items():
        view = blueprint.alt_response(code, schema=ProblemOut, description=what, content_type=PROBLEM)(view)
    return view


def terms_of(asked: Mapping[str, Any]) -> Terms:
    """The terms of a commitment, as the command line too reads them."""
    return Terms(_events(asked["events"]), _events(asked["fallback"]), asked["sealed"], asked["reveal_by"])


def _events(asked: Sequence[Mapping[str, str]]) -> tuple[Any, ...]:
    return tuple(
        parse_event_argument(
            ":".join(filter(None, (event["source"], event["event"], event["digits"]))) + "@" + event["not_before"]
        )
        for event in asked
    )


def outcome_json(name: str, done: str, outcome: Outcome) -> dict[str, object]:
    """What was done, or the request that waits."""
    waits = outcome.waits
    return {"name": name, "state": "waiting" if waits else done, "request": request_json(waits) if waits else None}


def page_json(items: Sequence[Any], total: int, asked: Mapping[str, Any]) -> dict[str, object]:
    """A page of a list."""
    return {"items": list(items), "page": asked["page"], "page_size": asked["page_size"], "total": total}


def files(blueprint: Blueprint, rule: str, right: Right, kinds: Sequence[str]) -> Callable[[View], View]:
    """A view that hands out bytes of one of some kinds."""

    def put_together(view: View) -> View:
        content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
        found = blueprint.doc(responses={"200": {"description": "OK", "content": content}})(view)
        found = _problems(blueprint, access(right)(found))
        routed: View = blueprint.route(rule, methods=["GET"])(found)
        return routed

    return put_together

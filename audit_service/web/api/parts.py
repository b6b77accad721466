"""What the resources of the API share: how a view is put together, how terms are read, how draws are shown to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Final

from apispec import APISpec
from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema
from werkzeug.exceptions import BadRequest

from audit_service.core.rights import Right
from audit_service.core.terms import parse_event_argument
from audit_service.use_cases.committing import Terms
from audit_service.use_cases.limits import Limit
from audit_service.use_cases.requests import Outcome
from audit_service.web.access import access
from audit_service.web.acting import acting
from audit_service.web.asking import asking
from audit_service.web.limits import spend
from audit_service.web.tags import answers
from audit_service.web.uploads import FilesAsk, takes_files
from schemas.answers.desk import request_json
from schemas.answers.parts import ProblemOut

PREFIX: Final = "/api/v1"
NUMBER: Final = "/<int(min=1,max=999999999):number>"
ROUND: Final = f"/rounds{NUMBER}"
View = Callable[..., Any]
PROBLEM: Final = "application/problem+json"
ERRORS: Final = {
    400: "The request is not well formed",
    401: "Nobody whom the service knows",
    403: "Not allowed",
    404: "There is no such thing, or it is not yours to see",
    405: "The address does not take this method",
    406: "Not in a format that was asked for",
    409: "The state of things does not allow it",
    412: "It is not as it was when it was read",
    413: "Too large",
    415: "Not the content type that is taken here",
    422: "What was sent breaks a rule",
    429: "Too many requests",
    503: "The service itself cannot: its database, a disk or a key",
}


def resource(name: str, path: str) -> Blueprint:
    """The routes of one resource."""
    return Blueprint(name, name, url_prefix=f"{PREFIX}/{path}" if path else PREFIX)


def reads(
    blueprint: Blueprint, rule: str, right: Right, schema: type[Schema], query: Any = None, *, tag: bool = False
) -> Callable[[View], View]:
    """A view that looks; handed the query's values, if it has a query. `tag`: what it shows can be changed by the
    routes below its address, for which it has a tag."""
    return _route(blueprint, rule, "GET", right, schema, 200, query, "query", tag=tag)


def asks(blueprint: Blueprint, rule: str, right: Right, schema: type[Schema], body: Any) -> Callable[[View], View]:
    """A view that looks, and is handed a body that is too long for a query."""
    return _route(blueprint, rule, "POST", right, schema, 200, body, "json")


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
    before: Callable[..., Any] | None = None,
    once: bool = True,
    sealed: bool = False,
    limit: Limit | None = None,
) -> Callable[[View], View]:
    """A view that acts: handed the transaction, who asks, and the body's values, if it has a body.

    What `before` makes of the body takes long, and is made before the transaction begins. `once`: whether its answer
    may be kept under an Idempotency-Key; not one that tells a secret. `sealed`: it tells what a draw's seal hides, and
    is kept locked with the draw's secret. `limit`: how often an account may.
    """
    route = _route(blueprint, rule, method, right, schema, status, body, place)

    def put_together(view: View) -> View:
        act = acting(view, once=once, sealed=sealed)
        if before is None and limit is None:
            return route(act)

        @wraps(view)
        def prepared(*asked: Any, **named: Any) -> Any:  # what takes long, before the transaction
            if limit is not None:
                _spend(limit)
            return act(*((before(*asked),) if before else asked), **named)

        return route(prepared)

    return put_together


def _spend(limit: Limit) -> None:
    spend(asking().runtime, limit, asking().caller_known.account.account)


def _route(
    blueprint: Blueprint,
    rule: str,
    method: str,
    right: Right,
    schema: type[Schema],
    status: int,
    asked: Any,
    location: str,
    *,
    tag: bool = False,
) -> Callable[[View], View]:
    def put_together(view: View) -> View:
        found = blueprint.response(status, schema)(_problems(blueprint, view))
        if location == "form":
            found = takes_files(blueprint.arguments(FilesAsk, location="files")(found))
        if asked:
            found = blueprint.arguments(asked() if isinstance(asked, type) else asked, location=location)(found)
        if location == "json" and asked:
            found = _with_body(found)
        return _placed(blueprint, rule, method, right, answers(found, schema, tag=tag))

    return put_together


def _placed(blueprint: Blueprint, rule: str, method: str, right: Right, view: View) -> View:
    """A view at its address, with the right that it needs."""
    if right is not Right.ANYBODY:
        view = blueprint.doc(security=[{"token": []}])(view)
    routed: View = blueprint.route(rule, methods=[method])(access(right)(view))
    return routed


def _with_body(view: View) -> View:
    """Refuse a request without the body that it must have, where every field of it may be left out."""

    @wraps(view)
    def run(*arguments: Any, **named: Any) -> Any:
        if not request.get_data(cache=True):
            raise BadRequest
        return view(*arguments, **named)

    return run


def describe_problems(spec: APISpec) -> None:
    """What may go wrong, described once; each view names it. Described at each view, the library would copy all of it
    for every layer of every view, which takes longer than all else that the service does when it starts."""
    for code, what in ERRORS.items():
        said = {"description": what, "content": {PROBLEM: {"schema": ProblemOut}}}
        spec.components.response(_name_of(code), said)


def _name_of(code: int) -> str:
    return f"Problem{code}"


def _problems(blueprint: Blueprint, view: View) -> View:
    """Name what may go wrong, before anything else is said of a view: the library copies all that is said already, and
    wraps the view, once for each name. A request is to go through none of them."""
    described = view
    for code in ERRORS:
        described = blueprint.alt_response(code, _name_of(code))(described)

    @wraps(described)
    def run(*arguments: Any, **named: Any) -> Any:
        return view(*arguments, **named)

    return run


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


def _schema_of(kind: str) -> dict[str, str]:
    return {"type": "object"} if kind == "application/json" else {"type": "string", "format": "binary"}


def files(
    blueprint: Blueprint, rule: str, right: Right, kinds: Sequence[str], *, method: str = "GET", query: Any = None
) -> Callable[[View], View]:
    """A view that hands out bytes of one of some kinds. One that acts opens its transaction itself: its answer is made
    anew each time, and kept under no Idempotency-Key."""

    def put_together(view: View) -> View:
        content = {kind: {"schema": _schema_of(kind)} for kind in kinds}
        found = _problems(blueprint, view)
        found = blueprint.doc(responses={"200": {"description": "OK", "content": content}})(found)
        if query:
            found = blueprint.arguments(query, location="query")(found)
        return _placed(blueprint, rule, method, right, found)

    return put_together

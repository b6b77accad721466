"""Tags of what can be changed: who changes something can say which state of it they saw (RFC 9110, If-Match).

A tag is a digest of what is answered to who asks, and so tells nothing beside. Where one route shows a thing
(`reads(…, tag=True)`), each that acts at the same address or below it changes that thing: what `If-Match` names is
compared with what the first would answer to the same account, in the transaction that acts. An act that answers with
the thing itself, in the same form, tells its new tag.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import PreconditionFailed
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from sqlalchemy import Connection

View = TypeVar("View", bound=Callable[..., Any])
OK: Final = 300
"""Statuses below it are of answers with what was asked for."""


class Shown(NamedTuple):
    """The route that shows what another one is about; whether that one answers in the same form."""

    endpoint: str
    arguments: frozenset[str]
    alike: bool


def answers(view: View, schema: object, *, tag: bool = False) -> View:
    """Say in which form a view answers, and whether that is a thing with a tag."""
    view.form, view.has_tag = schema, tag  # type: ignore[attr-defined]
    return view


def keep(app: Flask) -> None:
    """Find what each route is about, and tell tags from now on."""
    rules = list(app.url_map.iter_rules())
    showing = {rule.rule: rule for rule in rules if getattr(app.view_functions[rule.endpoint], "has_tag", False)}
    app.extensions["shown"] = {rule.endpoint: found for rule in rules if (found := _shown(app, rule, showing))}
    app.after_request(_set_tag)


def _shown(app: Flask, rule: Rule, showing: dict[str, Rule]) -> Shown | None:
    """What shows the thing at whose address, or below which, a route is: the nearest one."""
    above = [shown for shown in showing if rule.rule == shown or rule.rule.startswith(f"{shown}/")]
    if not above:
        return None
    found = showing[max(above, key=len)]
    forms = [getattr(app.view_functions[each.endpoint], "form", None) for each in (rule, found)]
    return Shown(found.endpoint, frozenset(found.arguments), forms[0] is forms[1])


def unchanged(view: View) -> View:
    """A view that acts in a transaction, unless what it is about is not as who asks says that they saw it."""

    @wraps(view)
    def run(db: Connection, *arguments: Any, **named: Any) -> Any:
        if request.if_match:
            _check(db)
        return view(db, *arguments, **named)

    return run  # type: ignore[return-value]


def _check(db: Connection) -> None:
    shown: Shown | None = current_app.extensions["shown"].get(request.endpoint)
    if shown is None:
        return
    of = {name: value for name, value in (request.view_args or {}).items() if name in shown.arguments}
    g.looking = db  # so that it is looked at in the transaction that acts
    try:
        view: Callable[..., Any] = current_app.view_functions[shown.endpoint]
        answer = current_app.make_response(view(**of))
    finally:
        del g.looking
    if not request.if_match.contains(_tag_of(answer)):
        raise PreconditionFailed


def _tag_of(answer: Response) -> str:
    return sha256(answer.get_data()).hexdigest()[:32]


def _set_tag(response: Response) -> Response:
    """The tag of a thing that is answered; whoever has it already is told so and no more."""
    shown: Shown | None = current_app.extensions["shown"].get(request.endpoint)
    if shown and shown.alike and response.status_code < OK:
        response.headers["ETag"] = f'"{_tag_of(response)}"'
        if request.if_none_match:
            response.make_conditional(request)
    return response

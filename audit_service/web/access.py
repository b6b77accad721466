"""Every route says who may use it, or the application does not start.

The right of a view stands beside it (`@access(...)`); who asks is found out before the view runs, and nothing of a
request is looked at earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

from audit_service.core.rights import Right
from audit_service.errors import Unidentified
from audit_service.use_cases.admission import check
from audit_service.web.asking import SAFE, Asking, begin_asking, end_looking

View = TypeVar("View", bound=Callable[..., Any])


def access(right: Right) -> Callable[[View], View]:
    """Say which right a view needs."""

    def declare(view: View) -> View:
        view.access = right  # type: ignore[attr-defined]
        return view

    return declare


def right_of(app: Flask, endpoint: str) -> Right | None:
    """The right that an endpoint's view declares; None where it declares none."""
    found: Right | None = getattr(app.view_functions[endpoint], "access", None)
    return found


def guard(app: Flask) -> None:
    """Let nobody past who may not. `RuntimeError`, so that the service does not start, for a route without a right."""
    undeclared = sorted({rule.rule for rule in app.url_map.iter_rules() if right_of(app, rule.endpoint) is None})
    if undeclared:
        raise RuntimeError(f"routes that declare no access: {', '.join(undeclared)}")

    app.teardown_request(end_looking)

    @app.before_request
    def admit() -> None:
        """Find out who asks, and refuse who has not the right of the view, before anything else is looked at."""
        if request.endpoint is None:  # no such route: the answer tells nothing
            return
        right = right_of(app, request.endpoint)
        assert right is not None
        asked = begin_asking()
        if right is Right.ANYBODY:
            return
        _check(asked, right)


def _check(asked: Asking, right: Right) -> None:
    if asked.caller is None:
        raise Unidentified("token-needed")
    check(asked.caller, right, acts=request.method not in SAFE)

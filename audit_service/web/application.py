"""The web application put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, Response, abort, request

from audit_service import passwords
from audit_service.core.rights import Right
from audit_service.runtime import Runtime
from audit_service.web import operation, problems, refusals, tags
from audit_service.web.access import access, guard
from audit_service.web.api import accounts, assembled
from audit_service.web.cosignatures import cosignatures
from audit_service.web.health import health
from audit_service.web.log import log
from audit_service.web.remembered import Remembered
from audit_service.web.uploads import MOST_BYTES, limit_body

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class _Application(Flask):
    """Nothing of ours is a coroutine, which Flask asks of each view and hook at each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def assemble(runtime: Runtime) -> Flask:
    """The application over a runtime; `RuntimeError` for a route that does not say who may use it."""
    passwords.prepare()
    app = _Application("audit_service.web")
    app.config |= {"MAX_CONTENT_LENGTH": MOST_BYTES, "MAX_FORM_MEMORY_SIZE": 1 << 20, "MAX_FORM_PARTS": 200}
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions |= {"runtime": runtime, "remembered": Remembered()}
    operation.register(app)
    app.register_blueprint(health)
    app.register_blueprint(log)
    app.register_blueprint(cosignatures)
    assembled.register(app)
    problems.register(app)
    access(Right.ANYBODY)(app.view_functions["static"])
    app.before_request(_no_nul)
    app.before_request(limit_body)
    guard(app)
    refusals.keep(app)
    app.after_request(accounts.set_session)
    tags.keep(app)
    app.after_request(_finish)
    return app


def _no_nul() -> None:
    """Nothing that the service keeps has a NUL in its name: PostgreSQL fails when it is asked for one."""
    if request.path.startswith("/api/") and "\0" in request.path:
        abort(404)


def _finish(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.path.startswith("/api/") and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response

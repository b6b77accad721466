"""What those who run the service look at: request ids, a line of log a request, whether it is ready, its figures.

`register(app)` adds all of it to an application that has its runtime.
"""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import ip_address
from time import perf_counter
from types import TracebackType
from typing import Any, Final
from uuid import uuid4

import structlog
from flask import Blueprint, Flask, Response, abort, current_app, g, request

from audit_service.core.rights import Right
from audit_service.errors import Failed
from audit_service.runtime import Runtime
from audit_service.use_cases.readiness import OK, check_ready, figures
from audit_service.web import logs, metrics
from audit_service.web.access import access

HEADER: Final = "X-Request-ID"
WELL_FORMED: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PASSED_ON: Final = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
"""By these a proxy says that it asks for somebody else."""

operation = Blueprint("operation", __name__)
_log: Final[Any] = structlog.get_logger()


def register(app: Flask) -> None:
    """Add the routes, and what is done before and after each request."""
    logs.configure()
    app.register_blueprint(operation)
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]  # Flask writes path and text


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if WELL_FORMED.fullmatch(given) else uuid4().hex
    g.began = perf_counter()


def _end(response: Response) -> Response:
    if "began" not in g:  # refused before this was asked
        _begin()
    response.headers[HEADER] = g.request_id
    seconds = perf_counter() - g.began
    method, rule = _what()
    metrics.count(method, rule, response.status_code, seconds)
    said = {"request_id": g.request_id, "method": method, "rule": rule}
    _log.info("request", **said, status=response.status_code, ms=round(1000 * seconds, 1))
    return response


def _what() -> tuple[str, str]:
    """The method and the rule: a client may send any text as either."""
    rule = request.url_rule.rule if request.url_rule else metrics.NO_RULE
    return request.method if request.method in METHODS else "-", rule


def _log_exception(raised: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
    method, rule = _what()
    error = raised[1]
    told = {"code": error.code, "params": error.params} if isinstance(error, Failed) else {}
    _log.error("failed", request_id=g.get("request_id"), method=method, rule=rule, **told, exc_info=raised)


@operation.get("/readyz")
@access(Right.ANYBODY)
def readyz() -> tuple[dict[str, Any], int]:
    """Whether the service can do its work: the database, its schema, the keys, the log."""
    runtime: Runtime = current_app.extensions["runtime"]
    checks = {"database": OK}
    try:
        with runtime.look() as db:
            checks |= check_ready(db, runtime.vault, runtime.seal)
    except Failed as error:
        checks["database"] = error.code
    ready = set(checks.values()) == {OK}
    return {"status": "ready" if ready else "unavailable", "checks": checks}, 200 if ready else 503


@operation.get("/metrics")
@access(Right.ANYBODY)
def show_metrics() -> Response:
    """The service's figures, to this machine alone unless AUDIT_METRICS=1."""
    runtime: Runtime = current_app.extensions["runtime"]
    if not (runtime.settings.web_metrics or _from_this_machine()):
        abort(404)
    found, now = None, runtime.now()
    with suppress(Failed), runtime.look() as db:
        found = figures(db, now)
    return Response(metrics.text(found, now), content_type="text/plain; version=0.0.4; charset=utf-8")


def _from_this_machine() -> bool:
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False

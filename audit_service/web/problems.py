"""Every error as a problem response (RFC 9457), in one place and one shape.

`code` is stable; `detail` is in the language that was asked for, `messages` in both. Nothing is said that was not
written to be said: no text of an exception, no trace. Of what failed of the service's own the answer has the code, and
the log the rest: paths and a driver's words.
"""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from audit_service import messages
from audit_service.errors import (
    AuditError,
    Failed,
    Forbidden,
    NotFound,
    Problem,
    RosterErrors,
    TooMany,
    Unidentified,
)
from audit_service.messages import LANGUAGES, Language
from schemas.answers.rosters import finding_json

TYPE: Final = "application/problem+json"
_STATUS: Final[tuple[tuple[type[AuditError], HTTPStatus], ...]] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (Unidentified, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (Failed, HTTPStatus.SERVICE_UNAVAILABLE),
)
_KNOWN: Final = frozenset({400, 404, 405, 406, 411, 412, 413, 415, 422, 429, 431})
"""Statuses of the web framework for which there is a text."""
UNSURE: Final = "database-unsure"
"""Nobody knows whether it was kept: who would try again must look first."""
_OF_FAILURES: Final = {UNSURE: "http-unsure", "fonts-missing": "http-no-pdf"}
"""What is said of a failure, where that is not what is said of any."""
QUERY: Final = "query-"


def status_of(error: AuditError) -> HTTPStatus:
    """The status of a domain error.

    422 is for what does not have the form that the API describes; what has it and is refused by a rule, or by how
    things stand, is 409: a roster with errors in its rows, a value that cannot have been drawn, an event that is past.
    503 is for what is no fault of who asks.
    """
    if error.code.startswith(QUERY):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.CONFLICT)


def language() -> Language:
    """The language that the request prefers: Chinese, unless it asks for English rather."""
    best = request.accept_languages.best_match(["zh", "zh-CN", "en"], default="zh")
    return "en" if best == "en" else "zh"


def problem(found: Problem, status: HTTPStatus, said: Problem | None = None, **more: object) -> Response:
    """The response that says what is wrong, in other words than its own where `said` are given."""
    texts = {each: messages.problem_text(said or found, each) for each in LANGUAGES}
    body = {
        "type": f"urn:audit-service:{found.code}",
        "title": status.phrase,
        "status": status.value,
        "code": found.code,
        "detail": texts[language()],
        "messages": texts,
        **more,
    }
    response = Response(json.dumps(body, ensure_ascii=False), status.value, content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response


def of_ours(error: AuditError) -> Response:
    """The response to a domain error."""
    if isinstance(error, Failed):
        return _of_failure(error)
    status = status_of(error)
    more: dict[str, Any] = {}
    if isinstance(error, RosterErrors):
        more = {"errors": [finding_json(finding) for finding in error.findings]}
    response = problem(error.problem, status, **more)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.params["seconds"])
    return response


def _of_failure(error: Failed) -> Response:
    current_app.log_exception(sys.exc_info())
    response = problem(error.problem, status_of(error), Problem(_OF_FAILURES.get(error.code, "http-503")))
    if error.code != UNSURE:
        response.headers["Retry-After"] = "5"
    return response


def register(app: Flask) -> None:
    """Answer every error in this one way."""

    app.register_error_handler(AuditError, of_ours)
    app.register_error_handler(HTTPException, from_http)

    @app.errorhandler(Exception)
    def of_anything(error: Exception) -> Response:
        current_app.log_exception(sys.exc_info())
        return problem(Problem("http-500"), HTTPStatus.INTERNAL_SERVER_ERROR)


def from_http(error: HTTPException) -> Response:
    """What the web framework refused; with the fields of a body or query that are wrong, each with its reason."""
    code = error.code if error.code in _KNOWN else 400
    if error.code is not None and error.code >= 500:
        return problem(Problem("http-500"), HTTPStatus.INTERNAL_SERVER_ERROR)
    data: dict[str, Any] = getattr(error, "data", None) or {}
    more = {"errors": data["messages"]} if "messages" in data else {}
    response = problem(Problem(f"http-{code}"), HTTPStatus(code or 400), **more)
    for name, value in error.get_headers(request.environ) if code in (405, 429) else []:
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response

"""What is refused, as the log's routes say it: problem JSON (RFC 9457) with a stable code and two texts."""

from __future__ import annotations

import json
from typing import Final

from flask import Response

from audit_service.errors import AuditError, Forbidden, FormError, NotFound, Unidentified
from audit_service.messages import LANGUAGES, error_text

_STATUS: Final[tuple[tuple[type[AuditError], int], ...]] = (
    (NotFound, 404),
    (FormError, 400),
    (Unidentified, 401),
    (Forbidden, 403),
)


def problem(error: AuditError) -> Response:
    """An error as a problem: its code, and its text in Chinese and English."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 409)
    if error.code.startswith(("database-", "signing-", "log-last-")):
        status = 503  # what it needs is not to be had now, whoever asks
    texts = {language: error_text(error, language) for language in LANGUAGES}
    said = {"type": "about:blank", "title": texts["en"], "status": status, "code": error.code, "message": texts}
    response = Response(json.dumps(said, ensure_ascii=False), status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response

"""What is refused, as the log's routes say it: problem JSON (RFC 9457) with a stable code and two texts."""

from __future__ import annotations

import json

from flask import Response

from audit_service.errors import AuditError, FormError, NotFound
from audit_service.messages import error_text


def problem(error: AuditError) -> Response:
    """An error as a problem: its code, and its text in Chinese and English."""
    if isinstance(error, NotFound):
        status = 404
    elif isinstance(error, FormError):
        status = 400
    else:  # a database or a key that is not to be had now: nothing else is refused to who only reads
        status = 503
    texts = {language: error_text(error, language) for language in ("zh", "en")}
    said = {"type": "about:blank", "title": texts["en"], "status": status, "code": error.code, "message": texts}
    response = Response(json.dumps(said, ensure_ascii=False), status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response

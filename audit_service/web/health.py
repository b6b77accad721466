"""Whether the service is up, for the proxy in front of it."""

from __future__ import annotations

from flask import Blueprint, current_app
from sqlalchemy import text

from audit_service.core.rights import Right
from audit_service.errors import Failed
from audit_service.runtime import Runtime
from audit_service.web.access import access

health = Blueprint("health", __name__)


@health.get("/healthz")
@access(Right.ANYBODY)
def healthz() -> tuple[dict[str, str], int]:
    """Whether the service answers and its database does."""
    runtime: Runtime = current_app.extensions["runtime"]
    try:
        with runtime.look() as db:
            db.execute(text("SELECT 1"))
    except Failed as error:
        return {"status": "unavailable", "code": error.code}, 503
    return {"status": "ok"}, 200

"""What somebody who is known tried to do and was refused is kept, for auditors to look at.

It is written in a transaction of its own, since that of the act is undone. Where that fails, the refusal is answered
all the same.
"""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, Response, g, request

from audit_service.errors import AuditError
from audit_service.use_cases import looking
from audit_service.web.asking import SAFE, Asking

KEPT = frozenset({403, 409})


def keep(app: Flask) -> None:
    """Keep every act that is refused because of who asks or of how things stand."""

    @app.after_request
    def note(response: Response) -> Response:
        """Keep the refusal in a transaction of its own: that of the act was undone."""
        asked: Asking | None = g.get("asking")
        acts = request.method not in SAFE and request.endpoint is not None
        if acts and asked and asked.caller and response.status_code in KEPT:
            code = (response.get_json(silent=True) or {}).get("code", "")
            with suppress(AuditError), asked.begin() as db:
                subject = {name: str(value) for name, value in (request.view_args or {}).items()}
                looking.refused(db, asked.act, str(request.endpoint), subject, code, asked.runtime.wall_clock())
        return response

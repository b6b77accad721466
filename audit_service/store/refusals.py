"""What was tried and refused."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from audit_service.core.acts import Act
from audit_service.store.account_tables import refusals


def add(db: Connection, act: Act, asked: str, subject: str, code: str) -> None:
    """Keep a refusal: who tried what on what, and its code."""
    who = {"at": act.at, "by": act.by, "role": act.role}
    db.execute(insert(refusals).values(**who, asked=asked[:80], subject=subject[:200], code=code[:40]))

"""What was tried and refused.

Rows are added and never changed. One that stands for many says how many behind the name of what was tried, which has
no `*` of its own.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert

from audit_service.core.acts import Act
from audit_service.store.account_tables import refusals


def add(db: Connection, act: Act, asked: str, subject: str, code: str, times: int = 1) -> None:
    """Keep a refusal: who tried what on what, and its code; `times`: which one of many it is."""
    who = {"at": act.at, "by": act.by, "role": act.role}
    what = f"{asked[:60]}*{times}" if times > 1 else asked[:80]
    db.execute(insert(refusals).values(**who, asked=what, subject=subject[:200], code=code[:40]))


def read(what: str) -> tuple[str, int | None]:
    """What was tried, and which one of many it was if it stands for many."""
    asked, _, times = what.partition("*")
    return asked, int(times) if times else None

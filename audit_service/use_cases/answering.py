"""Answers that are given again to who asks again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from audit_service.errors import Refused
from audit_service.store import accounts as store


def begin(db: Connection, account: str, key: str, request: str, now: datetime) -> str | None:
    """What was answered to a key, or None if this is the first time; whoever sends the same meanwhile waits, since one
    acts at a time (docs/adr/0010). `Refused` for a key under which something else was asked for.
    """
    known = store.answer_to(db, account, key)
    if known is None:
        store.put_answer(db, account, key, request, now)
        return None
    if known.request != request:
        raise Refused("key-reused", key=key)
    return known.body


def end(db: Connection, account: str, key: str, body: str) -> None:
    """Keep what is answered."""
    store.set_answer(db, account, key, body)

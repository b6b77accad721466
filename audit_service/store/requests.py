"""What waits for a second person."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select, update

from audit_service.core.accounts import Request
from audit_service.store.account_tables import requests
from audit_service.store.tables import checkpoints


def add(db: Connection, request: Request) -> None:
    """Keep a request."""
    db.execute(insert(requests).values({**vars(request), "arguments": json.dumps(dict(request.arguments))}))


def end(db: Connection, number: int, act: int, *, confirmed: bool) -> None:
    """Keep how a request was answered."""
    db.execute(update(requests).where(requests.c.number == number).values(ended_in=act, confirmed=confirmed))


def all_requests(db: Connection) -> list[Request]:
    """Every request, in order."""
    rows = db.execute(select(requests).order_by(requests.c.number))
    return [Request(**{**row._mapping, "arguments": json.loads(row.arguments)}) for row in rows]


def one_request(db: Connection, number: int) -> Request | None:
    """A request by its number."""
    row = db.execute(select(requests).where(requests.c.number == number)).first()
    return Request(**{**row._mapping, "arguments": json.loads(row.arguments)}) if row else None


def was_published(db: Connection, act: int, before: int) -> bool:
    """Whether an act stood in a checkpoint that was signed before another act was done."""
    covers = (checkpoints.c.size >= act) & (checkpoints.c.size < before)
    return db.execute(select(checkpoints.c.size).where(covers).limit(1)).first() is not None

"""Answers that are given again to who asks again; what tells of a draw under a seal is kept locked with its secret."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from hmac import new as hmac

from sqlalchemy import Connection

from audit_service.core.draws import SAMPLE_ROUND
from audit_service.errors import Refused
from audit_service.sealing import lock_under, unlock_under
from audit_service.store import accounts as store
from audit_service.store import draws as draws_store
from audit_service.use_cases.drawn import latest_round, secret_of
from audit_service.vault import Vault


def seal_of(db: Connection, vault: Vault, draw: str, number: int = SAMPLE_ROUND) -> str:
    """The secret under which answers about a draw or a round are kept: its own, the sample's, or else that of the
    latest teams, revealed or not; empty where nothing of it is sealed, or there is no such draw."""
    rows = draws_store.commitments_of(db, draw)
    parts = [part for part in (number, SAMPLE_ROUND, latest_round(db, draw)) if part in rows]
    return next(filter(None, (secret_of(vault, rows[part]) for part in parts)), "")


def begin(db: Connection, account: str, key: str, request: str, now: datetime, secret: str) -> str | None:
    """What was answered to a key, or None if this is the first time; whoever sends the same meanwhile waits, since one
    acts at a time (docs/adr/0010). `Refused` for a key under which something else was asked for.

    Under a `secret` the digest of the request is kept keyed with it too: a request about a unit can be guessed.
    """
    if secret:
        request = hmac(secret.encode(), request.encode(), sha256).hexdigest()
    known = store.answer_to(db, account, key)
    if known is None:
        store.put_answer(db, account, key, request, now)
        return None
    if known.request != request:
        raise Refused("key-reused", key=key)
    return json.dumps(unlock_under(secret, known.body)) if secret else known.body


def end(db: Connection, account: str, key: str, body: str, secret: str) -> None:
    """Keep what is answered."""
    store.set_answer(db, account, key, lock_under(secret, json.loads(body)) if secret else body)

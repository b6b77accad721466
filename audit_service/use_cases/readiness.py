"""Whether this installation can do its work now, and in what figures: for a proxy, an alarm, a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.core.draws import Progress, violations
from audit_service.errors import AuditError, Failed, NotFound, Refused
from audit_service.seal import Seal
from audit_service.store import database, log
from audit_service.store import draws as store
from audit_service.vault import Vault

OK: Final = "ok"


@dataclass(frozen=True)
class Figures:
    """How far the log goes, how much of it is not signed yet, when it was signed last; how many parts are overdue."""

    entries: int
    unsigned: int
    signed_at: datetime | None
    overdue: int


def check_ready(db: Connection, vault: Vault, seal: Seal) -> dict[str, str]:
    """By check, `ok` or the code of what is wrong."""
    return {
        "schema": _outcome(lambda: _check_schema(db)),
        "keys": _outcome(lambda: _check_keys(db, vault, seal)),
        "log": _outcome(lambda: _check_log(db, seal)),
    }


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except AuditError as error:
        return error.code
    return OK


def _check_schema(db: Connection) -> None:
    """Anew each time: a database may be upgraded, or put back, under a program that runs."""
    found = database.version_of(db)
    if found != database.VERSION:
        raise Failed("database-version", found=found or "-", expected=database.VERSION)


def _check_keys(db: Connection, vault: Vault, seal: Seal) -> None:
    vault.check_key(needed=store.any_locked_secret(db))
    if seal.has_key:
        seal.key  # noqa: B018 - reading it is the check
    elif log.latest(db):
        raise Refused("check-log-key")


def _check_log(db: Connection, seal: Seal) -> None:
    """The log is still the one that was signed last: so much is seen from the kept hashes, whatever its length."""
    if not seal.has_key:
        return  # of which `keys` tells
    last, kept = seal.last, log.latest(db)
    if last is None:
        if kept:
            raise Refused("log-last-missing", file=str(seal.last_file), signed=kept.size)
        return
    size = log.count(db)
    if last.size > size:
        raise Refused("log-set-back", signed=last.size, size=size)
    if last.size > log.published(db):
        return  # killed between signature and commit: the next signature shows whether it grew
    try:
        root = tree.root(log.Hashes(db), last.size)
    except NotFound:
        root = b""
    if root != last.root:
        raise Refused("log-forked", signed=last.size)


def figures(db: Connection, now: datetime) -> Figures:
    """What is worth a chart."""
    size = log.count(db)
    return Figures(size, size - log.published(db), log.signed_at(db), sum(_overdue(db, now)))


def _overdue(db: Connection, now: datetime) -> list[bool]:
    parts = [(row.draw, number) for row in store.all_draws(db) for number in store.commitments_of(db, row.draw)]
    return [_is_overdue(store.progress_of(db, *part), now) for part in parts]


def _is_overdue(progress: Progress, now: datetime) -> bool:
    """Now, not once: what came late has come."""
    found = violations(progress, now)
    return ("overdue-result" in found and progress.run_at is None) or (
        "overdue-reveal" in found and progress.revealed_at is None
    )

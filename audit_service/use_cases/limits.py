"""How often something may be done, or go wrong, within a quarter of an hour: what can be guessed, and what costs much.

Counted in the database, so that all processes count together. `who` is an account, or what stands for an address:
never the address itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from audit_service.errors import TooMany
from audit_service.store import accounts as store

WINDOW: Final = 900
"""Seconds."""


@dataclass(frozen=True)
class Limit:
    """So often within a window."""

    name: str
    most: int


FAILURES: Final = Limit("failure", 60)
"""Of one address: tokens that show nobody, and sign-ins that failed."""
PASSWORDS: Final = Limit("password", 10)
"""Of one account: a wrong present password where a new one is set."""
UPLOADS: Final = Limit("upload", 120)
"""Of one account. A province has 21 cities, a city five rosters, and an upload takes 50 files."""
TRIALS: Final = Limit("trial", 60)
"""Of one account."""
REFUSALS: Final = Limit("refusal", 60)
"""Of one account: acts that were refused and are kept singly; of more it is kept that they were, and how many."""


def window_of(now: datetime) -> int:
    """The number of the window in which a moment lies."""
    return int(now.timestamp()) // WINDOW


def check(db: Connection, limit: Limit, who: str, now: datetime) -> None:
    """`TooMany` if it was so often already."""
    if store.attempts_in(db, _key(limit, who), window_of(now)) >= limit.most:
        raise TooMany("too-many", seconds=WINDOW - int(now.timestamp()) % WINDOW)


def count(db: Connection, limit: Limit, who: str, now: datetime) -> int:
    """Once more; how often it was within the window."""
    return store.count_attempt(db, _key(limit, who), window_of(now))


def is_noted(limit: Limit, number: int) -> bool:
    """Whether one of many is to be kept: each up to the limit, then the one with which they are twice as many."""
    whole, rest = divmod(number, limit.most)
    return number <= limit.most or (rest == 0 and whole & (whole - 1) == 0)


def _key(limit: Limit, who: str) -> str:
    return f"{limit.name}:{who}"

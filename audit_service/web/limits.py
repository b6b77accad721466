"""Requests that are refused because there were too many of late: 429 and `Retry-After` (`use_cases.limits`)."""

from __future__ import annotations

from contextlib import suppress

from audit_service.errors import Refused
from audit_service.runtime import Runtime
from audit_service.use_cases import limits
from audit_service.use_cases.limits import Limit
from audit_service.web.addresses import client_mark


def spend(runtime: Runtime, limit: Limit, account: str) -> None:
    """Count what an account is about to do; `TooMany` if it was enough."""
    with runtime.begin() as db:
        limits.check(db, limit, account, runtime.wall_clock())
        limits.count(db, limit, account, runtime.wall_clock())


def check(runtime: Runtime, limit: Limit, account: str = "") -> None:
    """`TooMany` if something went wrong too often already, by an account, or from where the request comes."""
    with runtime.look() as db:
        limits.check(db, limit, account or client_mark(), runtime.wall_clock())


def went_wrong(runtime: Runtime, limit: Limit, account: str = "") -> None:
    """Count it, in a transaction of its own; `TooMany`, and nothing more is written, if it was enough.

    Where it cannot be counted now, the answer is what it would have been.
    """
    check(runtime, limit, account)
    with suppress(Refused), runtime.begin() as db:
        limits.count(db, limit, account or client_mark(), runtime.wall_clock())

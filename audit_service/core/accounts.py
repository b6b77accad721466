"""Accounts of posts, what shows who somebody is, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit_service.core.labels import squeezed
from audit_service.core.rights import Role


@dataclass(frozen=True)
class Account:
    """A post: its role and institution, the city or inspector that it stands for if any, and who holds it now.

    `appointed` is the act that made it what it is now.
    """

    account: str
    role: Role
    institution: str
    city: str
    inspector: str
    holder: str
    active: bool
    appointed: int


@dataclass(frozen=True)
class Token:
    """What shows who somebody is, as it is kept; a `session` is one that a password opened."""

    token: str
    account: str
    digest: str
    session: bool
    scopes: tuple[str, ...]
    label: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Request:
    """What an account asked for, under the number of the act by which it did; `confirmed` None while it waits."""

    number: int
    action: str
    subject: str
    arguments: Mapping[str, Any]
    account: str
    institution: str
    ended_in: int | None
    confirmed: bool | None


def is_one_institution(first: str, second: str) -> bool:
    """Whether two names are one institution's, however they are spaced and written."""
    return squeezed(first).casefold() == squeezed(second).casefold()

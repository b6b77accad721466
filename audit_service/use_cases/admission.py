"""Who is let in to do what, by a token."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from audit_service.core.rights import Right, Role, may
from audit_service.errors import Forbidden, Unidentified
from audit_service.store import accounts as store
from audit_service.use_cases.accounts import ACT, READ, Caller, identify


def admit(db: Connection, token: str, right: Right, now: datetime, *, acts: bool) -> Caller | None:
    """The account that a token shows, if it has the right; None in one-office mode, while there are no accounts.

    While there is no administrator who could get in, accounts are made by whoever has the machine, for all to see in
    the log; else by administrators alone. Nobody but the command line comes here without a token, and whoever runs it
    reaches the database anyway (docs/security.md). `Unidentified` where a token is needed or shows nobody; `Forbidden`
    where the right is missing.
    """
    if not token:
        nobody = right is Right.ACCOUNTS and not store.who_could_act(db, Role.ADMINISTRATOR, ACT, now)
        if not nobody and store.ever_accounts(db):
            raise Unidentified("token-needed")
        return None
    caller = identify(db, token, now)
    check(caller, right, acts=acts)
    return caller


def check(caller: Caller, right: Right, *, acts: bool) -> None:
    """Refuse somebody whose role lacks the right, or whose token is not for this."""
    if not may(caller.account.role, right):
        raise Forbidden("right-missing", role=caller.account.role.value, right=right.value)
    if (ACT if acts else READ) not in caller.scopes:
        raise Forbidden("scope-missing", scope=ACT if acts else READ)

"""Accounts, passwords, tokens, and how often somebody tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from audit_service.core.accounts import Account, Token
from audit_service.core.rights import Role
from audit_service.store import rosters
from audit_service.store.account_tables import accounts, answered, attempts, passwords, tokens

Named = Mapping[str, Any] | RowMapping


def _account(row: Named) -> Account:
    values = {name: row[name] for name in ("account", "institution", "city", "inspector", "holder", "active")}
    return Account(**values, role=Role(row["role"]), appointed=row["recorded_in"])


def all_accounts(db: Connection) -> list[Account]:
    """Every account as it is now, by name."""
    rows = db.execute(select(accounts).where(accounts.c.superseded_in.is_(None)))
    return sorted((_account(row._mapping) for row in rows), key=lambda account: account.account)


def one_account(db: Connection, name: str) -> Account | None:
    """An account as it is now."""
    chosen = select(accounts).where(accounts.c.superseded_in.is_(None) & (accounts.c.account == name))
    row = db.execute(chosen).first()
    return _account(row._mapping) if row else None


def who_could_act(db: Connection, role: Role, scope: str, now: datetime) -> set[str]:
    """The accounts of a role that are in use and could be: by a password, or a token that is good for a scope."""
    live = tokens.c.revoked_at.is_(None) & (tokens.c.expires_at > now) & tokens.c.scopes.contains(scope)
    shown = accounts.c.account.in_(select(tokens.c.account).where(live))
    known = accounts.c.account.in_(select(passwords.c.account).where(passwords.c.hash != ""))
    chosen = select(accounts.c.account).where(accounts.c.superseded_in.is_(None) & accounts.c.active)
    return set(db.scalars(chosen.where((accounts.c.role == role) & (shown | known))))


def ever_accounts(db: Connection) -> bool:
    """Whether there ever was an account: then there is no way back to one-office mode."""
    return db.execute(select(accounts.c.account).limit(1)).first() is not None


def put_account(db: Connection, account: Account, act: int) -> None:
    """Keep an account as it is from an act on."""
    rosters.supersede(db, accounts, [{"account": account.account}], act)
    names = ("account", "role", "institution", "city", "inspector", "holder", "active")
    db.execute(insert(accounts).values({name: getattr(account, name) for name in names} | {"recorded_in": act}))


def password_of(db: Connection, account: str) -> str:
    """The hash of an account's password; empty where it has none."""
    found: str | None = db.execute(select(passwords.c.hash).where(passwords.c.account == account)).scalar_one_or_none()
    return found or ""


def put_password(db: Connection, account: str, hashed: str, at: datetime) -> None:
    """Keep the hash of an account's password in place of an earlier one; an empty one lets nobody in."""
    values = {"hash": hashed, "changed_at": at}
    done = db.execute(update(passwords).where(passwords.c.account == account).values(**values))
    if not done.rowcount:
        db.execute(insert(passwords).values(account=account, **values))


_SHOWN: Final = (
    select(*tokens.c, *accounts.c)
    .join_from(tokens, accounts, (accounts.c.account == tokens.c.account) & accounts.c.superseded_in.is_(None))
    .where(tokens.c.token == bindparam("asked"))
)


def _token(row: Named) -> Token:
    return Token(**{**row, "scopes": tuple(row["scopes"].split())})


def add_token(db: Connection, token: Token) -> None:
    """Keep a token's digest."""
    values = {**vars(token), "scopes": " ".join(token.scopes)}
    db.execute(insert(tokens).values(**values))


def one_token(db: Connection, token: str) -> Token | None:
    """A token by its public part."""
    row = db.execute(select(tokens).where(tokens.c.token == token)).first()
    return _token(row._mapping) if row else None


def token_with_account(db: Connection, token: str) -> tuple[Token, Account] | None:
    """A token by its public part, with the account as it is now whose it is; asked at every request, so at once."""
    row = db.execute(_SHOWN, {"asked": token}).first()
    if row is None:
        return None
    own = len(tokens.c)
    account = dict(zip(accounts.c.keys(), row[own:], strict=True))
    return _token(dict(zip(tokens.c.keys(), row[:own], strict=True))), _account(account)


def tokens_of(db: Connection, account: str | None) -> list[Token]:
    """The tokens of an account, or all; the newest first, sessions not among them."""
    chosen = select(tokens).where(~tokens.c.session)
    if account is not None:
        chosen = chosen.where(tokens.c.account == account)
    rows = db.execute(chosen.order_by(tokens.c.issued_at.desc(), tokens.c.token))
    return [_token(row._mapping) for row in rows]


def revoke_token(db: Connection, token: str, at: datetime) -> None:
    """From now on a token shows nothing."""
    db.execute(update(tokens).where((tokens.c.token == token) & tokens.c.revoked_at.is_(None)).values(revoked_at=at))


def revoke_all(db: Connection, account: str, at: datetime) -> None:
    """From now on no token and no session of an account shows anything."""
    own = (tokens.c.account == account) & tokens.c.revoked_at.is_(None)
    db.execute(update(tokens).where(own).values(revoked_at=at))


def end_sessions(db: Connection, account: str, at: datetime) -> None:
    """From now on no session of an account shows anything."""
    own = (tokens.c.account == account) & tokens.c.session & tokens.c.revoked_at.is_(None)
    db.execute(update(tokens).where(own).values(revoked_at=at))


def count_attempt(db: Connection, name: str, window: int) -> int:
    """Count one more attempt within a window; how many there were. The row is locked until the transaction ends.

    A row of a window that is over is used anew: nothing is deleted, and whoever invents names does not fill the table.
    """
    own = (attempts.c.name == name) & (attempts.c.window == window)
    more = update(attempts).where(own).values(count=attempts.c.count + 1).returning(attempts.c.count)
    found: int | None = db.execute(more).scalar_one_or_none()
    if found is not None:
        return found
    first = {"name": name, "window": window, "count": 1}
    over = db.execute(select(attempts).where(attempts.c.window < window).limit(1)).first()
    if over is None:
        db.execute(insert(attempts).values(first))
    else:
        old = (attempts.c.name == over.name) & (attempts.c.window == over.window)
        db.execute(update(attempts).where(old).values(first))
    return 1


def attempts_in(db: Connection, name: str, window: int) -> int:
    """How many attempts there were within a window."""
    own = (attempts.c.name == name) & (attempts.c.window == window)
    found: int | None = db.execute(select(func.max(attempts.c.count)).where(own)).scalar_one()
    return found or 0


def forget_attempts(db: Connection, name: str, window: int) -> None:
    """Who got in begins anew."""
    own = (attempts.c.name == name) & (attempts.c.window == window)
    db.execute(update(attempts).where(own).values(count=0))


@dataclass(frozen=True)
class Answered:
    """An answer that was given to a request with a key, and the digest of that request."""

    request: str
    body: str


def answer_to(db: Connection, account: str, key: str) -> Answered | None:
    """What was answered to a key."""
    own = (answered.c.account == account) & (answered.c.key == key)
    row = db.execute(select(answered.c.request, answered.c.body).where(own)).first()
    return Answered(row.request, row.body) if row else None


def put_answer(db: Connection, account: str, key: str, request: str, at: datetime) -> None:
    """Keep that a request with a key is being answered."""
    db.execute(insert(answered).values(account=account, key=key, request=request, body="", at=at))


def set_answer(db: Connection, account: str, key: str, body: str) -> None:
    """Keep what was answered to it."""
    db.execute(update(answered).where((answered.c.account == account) & (answered.c.key == key)).values(body=body))

"""Accounts of posts: appoint, hand over, dismiss; tokens; and who somebody is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from audit_service import passwords
from audit_service.core.accounts import Account, Token
from audit_service.core.acts import Act
from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.divisions import NOWHERE, Divisions
from audit_service.core.entries import Recorded
from audit_service.core.rights import USUAL_INSTITUTIONS, Role
from audit_service.errors import NotFound, Refused, Unidentified
from audit_service.store import accounts as store
from audit_service.store import acts, rosters
from audit_service.store.tables import people
from audit_service.use_cases.limits import window_of

READ: Final = "read"
ACT: Final = "act"
SCOPES: Final = (READ, ACT)
SESSION_LASTS: Final = timedelta(hours=12)
TOKEN_LASTS: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=366)
MOST_ATTEMPTS: Final = 10
"""To sign in by one name, within a window of `use_cases.limits`."""


@dataclass(frozen=True)
class Caller:
    """Who asks: an account, what the token that showed it is good for, and that token's public part."""

    account: Account
    scopes: tuple[str, ...]
    token: str
    session: bool


def appoint(
    db: Connection,
    act: Act,
    name: str,
    role: Role,
    institution: str = "",
    city: str = "",
    inspector: str = "",
    divisions: Divisions = NOWHERE,
) -> Account:
    """Make an account for a post. `Refused` where there is one of that name, or where what it stands for is missing;
    `NotFound` for a city that is none of the `divisions`, and for an inspector who is not on the roster."""
    if not AN_IDENTIFIER.matches(name):
        raise Refused("account-form", found=name)
    twin = next((other.account for other in store.all_accounts(db) if other.account.lower() == name.lower()), None)
    if twin:
        raise Refused("account-twin", name=name, other=twin)
    if bool(city) != (role is Role.CITY):
        raise Refused("account-city", role=role)
    if bool(inspector) != (role is Role.INSPECTOR):
        raise Refused("account-inspector", role=role)
    said = " ".join(institution.split()) or USUAL_INSTITUTIONS[role]
    code = divisions.named(city).code if city else ""
    if inspector and rosters.one(db, people, inspector=inspector) is None:
        raise NotFound("account-inspector-unknown", inspector=inspector)
    return _keep(db, act, Account(name, role, said, code, inspector, "", active=True, appointed=0))


def hand_over(db: Connection, act: Act, name: str, holder: str, now: datetime, *, opened: bool = False) -> Account:
    """Hand a post over (交接): its rights stay, whatever the former holder knew or had opens nothing any more.

    `opened`: a token of the new holder's is issued in the same transaction; without it `Refused` for the only
    administrator who could get in. `now` is the wall clock's.
    """
    account = active_account(db, name)
    if not holder.strip():
        raise Refused("holder-empty")
    if not opened:
        _check_administrators_left(db, account, now)
    _shut(db, name, act.at)
    return _keep(db, act, replace(account, holder=" ".join(holder.split())))


def dismiss(db: Connection, act: Act, name: str, now: datetime) -> Account:
    """Give a post up. Its account stays on record and opens nothing any more. `now` is the wall clock's."""
    account = active_account(db, name)
    _check_administrators_left(db, account, now)
    _shut(db, name, act.at)
    return _keep(db, act, replace(account, active=False))


def _check_administrators_left(db: Connection, closing: Account, now: datetime) -> None:
    """Refuse to close an administrator's post where no other one could be got into."""
    if closing.role is Role.ADMINISTRATOR and not store.who_could_act(db, closing.role, ACT, now) - {closing.account}:
        raise Refused("administrator-last", name=closing.account)


def _shut(db: Connection, name: str, at: datetime) -> None:
    store.revoke_all(db, name, at)
    store.put_password(db, name, "", at)


def _keep(db: Connection, act: Act, account: Account) -> Account:
    told = {"role": account.role.value, "institution": account.institution, "active": account.active}
    hidden = {"inspector": account.inspector, "holder": account.holder}
    details = told | hidden | {"city": account.city, "appointed": account.appointed}
    number = acts.record(db, act, "account", account.account, **details)
    store.put_account(db, account, number)
    return replace(account, appointed=number)


def active_account(db: Connection, name: str) -> Account:
    """An account that may act; `NotFound` if there is none of that name."""
    account = known_account(db, name)
    if not account.active:
        raise NotFound("account-unknown", name=name)
    return account


def known_account(db: Connection, name: str) -> Account:
    """An account, in use or given up; `NotFound` if there never was one of that name."""
    account = store.one_account(db, name)
    if account is None:
        raise NotFound("account-unknown", name=name)
    return account


def all_accounts(db: Connection) -> list[Account]:
    """Every account as it is now, by name."""
    return store.all_accounts(db)


def hash_password(password: str) -> str:
    """The hash of a new password; `Refused` for one that is too short or too long. It takes long, as `fitting` does."""
    return passwords.hash_password(password)


def set_password(db: Connection, act: Act, name: str, hashed: str, caller: Caller | None = None) -> None:
    """Give an account a password. Sessions that an earlier one opened are over; tokens stay."""
    account = active_account(db, name)
    store.put_password(db, name, hashed, act.at)
    store.end_sessions(db, name, act.at)
    acts.record(db, act, "password", name, of=account.role.value, made_by=_token_of(caller))


def _token_of(caller: Caller | None) -> str:
    """The public part of the token by which somebody acts; nothing for a session, or on the machine without one."""
    return caller.token if caller and not caller.session else ""


def issue_token(
    db: Connection,
    act: Act,
    name: str,
    scopes: tuple[str, ...] = SCOPES,
    label: str = "",
    *,
    now: datetime,
    lasts: timedelta = TOKEN_LASTS,
    caller: Caller | None = None,
) -> str:
    """A new token of an account, to be told to its holder once; what is kept is a digest. `now` is the wall clock's."""
    account = active_account(db, name)
    if not timedelta(0) < lasts <= LONGEST:
        raise Refused("token-until", most=LONGEST.days)
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise Refused("token-scopes", found=", ".join(unknown) or "-", known=", ".join(SCOPES))
    made = passwords.new_token()
    token = Token(made.token, name, made.digest, False, tuple(sorted(set(scopes))), label, now, now + lasts, None)
    store.add_token(db, token)
    details = {"token": made.token, "scopes": list(token.scopes), "label": label, "made_by": _token_of(caller)}
    acts.record(db, act, "token-issue", name, of=account.role.value, **details)
    return made.secret


def tokens_of(db: Connection, name: str | None) -> list[Token]:
    """The tokens of an account, or all, the newest first."""
    return store.tokens_of(db, name)


def revoke_token(
    db: Connection, act: Act, token: str, now: datetime, of: str | None = None, *, stolen: bool = False
) -> Token:
    """Revoke a token, if it is of the account `of` or that is None; `NotFound` for another.

    With one that was stolen ends what was made with it: the tokens that it issued, those that these issued, and a
    password that one of them set. It may have been revoked before.
    """
    known = store.one_token(db, token)
    if known is None or known.session or of not in (None, known.account):
        raise NotFound("token-none", token=token)
    if known.revoked_at is None:
        store.revoke_token(db, token, now)
    if stolen:
        _end_with(db, token, now)
    if stolen or known.revoked_at is None:
        acts.record(db, act, "token-revoke", known.account, token=token, stolen=stolen)
    return replace(known, revoked_at=known.revoked_at or now)


def _end_with(db: Connection, token: str, now: datetime) -> None:
    """End all that was made with a token."""
    made: dict[str, list[Recorded]] = {}
    passwords_set: dict[str, Recorded] = {}
    for each in acts.recorded_of(db, ("password", "token-issue")):
        made.setdefault(str(each.details.get("made_by", "")), []).append(each)
        if each.action == "password":
            passwords_set[each.subject] = each
    ending = [token]
    for ended in ending:
        for each in made.get(ended, ()):
            if each.action == "token-issue":
                store.revoke_token(db, str(each.details["token"]), now)
                ending.append(str(each.details["token"]))
            elif passwords_set[each.subject] == each:  # nobody set another one since
                store.put_password(db, each.subject, "", now)
                store.end_sessions(db, each.subject, now)


def identify(db: Connection, text: str, now: datetime) -> Caller:
    """Whom a token shows. `Unidentified` in the same words whatever is wrong with it."""
    public, digest = passwords.parse_token(text)
    found = store.token_with_account(db, public) if public else None
    if found is None:
        raise Unidentified("token-unknown")
    token, account = found
    if _is_over(token, now) or not account.active or not passwords.same(token.digest, digest):
        raise Unidentified("token-unknown")
    return Caller(account, token.scopes, token.token, token.session)


def _is_over(token: Token, now: datetime) -> bool:
    return token.revoked_at is not None or now >= token.expires_at


def check_still(db: Connection, caller: Caller, now: datetime) -> None:
    """Ask anew who asks, in the transaction that acts: while it waited for others the post may have been handed over or
    given up, and the token revoked. `Unidentified`, as for any token that shows nobody."""
    found = store.token_with_account(db, caller.token)
    if found is None or found[1] != caller.account or _is_over(found[0], now):
        raise Unidentified("token-unknown")


def shown_by(db: Connection, caller: Caller | None) -> int:
    """The act that gave an account what it came by: its token was issued, or, for a session, its password set.

    `Refused` for a token of which no act tells: somebody wrote it into the database.
    """
    if caller is None:
        raise Unidentified("token-needed")
    name = caller.account.account
    numbers = acts.numbers_of(db, [name], ["password" if caller.session else "token-issue"])
    for number in reversed(numbers):  # a session is of the last password: another one would have ended it
        if caller.session or acts.details_of(db, number)["token"] == caller.token:
            return number
    raise Refused("token-unrecorded", name=name)


def hash_of(db: Connection, name: str) -> str:
    """What an account's password is compared with; empty where there is no such account or password."""
    return store.password_of(db, name)


def fitting(password: str, hashed: str) -> str:
    """The hash, if this is its password; else nothing. It takes long, on purpose: not within a transaction, or whoever
    tries passwords keeps everybody from acting (docs/adr/0010)."""
    return hashed if passwords.is_password(password, hashed) else ""


def sign_in(db: Connection, name: str, fits: str, now: datetime) -> str:
    """The secret of a new session, for a password that `fits`; empty where name or password is wrong, which is kept
    count of.

    After too many attempts on a name within a window nobody gets in by it until the window is over, whether there is
    such an account or not.
    """
    key, window = f"sign-in:{passwords.digest_of(name)}", window_of(now)
    tried = store.count_attempt(db, key, window)
    account = store.one_account(db, name)
    right = bool(fits) and passwords.same(fits, store.password_of(db, name))
    if tried > MOST_ATTEMPTS or not right or account is None or not account.active:
        return ""
    store.forget_attempts(db, key, window)
    made = passwords.new_token()
    session = Token(made.token, name, made.digest, True, SCOPES, "", now, now + SESSION_LASTS, None)
    store.add_token(db, session)
    return made.secret


def sign_out(db: Connection, caller: Caller, now: datetime) -> None:
    """End the session or token by which somebody asked."""
    store.revoke_token(db, caller.token, now)

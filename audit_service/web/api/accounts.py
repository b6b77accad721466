"""Who somebody is, accounts of posts, and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, g
from sqlalchemy import Connection

from audit_service.core.rights import HOLDERS, Right, Role
from audit_service.errors import Forbidden, Refused, Unidentified
from audit_service.papers import places
from audit_service.use_cases import accounts
from audit_service.use_cases.limits import FAILURES, PASSWORDS, count
from audit_service.web import limits
from audit_service.web.addresses import client_mark
from audit_service.web.api.parts import acts, reads, resource
from audit_service.web.asking import SESSION, Asking, asking
from audit_service.web.paging import page_of
from audit_service.web.problems import of_ours
from schemas.answers.desk import (
    AccountOut,
    MeOut,
    SecretOut,
    SessionOut,
    StateOut,
    TokenOut,
    account_json,
    token_json,
)
from schemas.answers.parts import paged
from schemas.asks.bodies import (
    HolderAsk,
    NewPasswordAsk,
    PasswordAsk,
    RevokeAsk,
    SessionAsk,
    TokenAsk,
    TokensAsk,
    UserAsk,
    UsersAsk,
)

me = resource("me", "")
users = resource("users", "users")
tokens = resource("tokens", "tokens")
Json = Mapping[str, Any]


@reads(me, "/me", Right.SIGNED_IN, MeOut)
def who() -> Json:
    """Who asks, and what they may do"""
    caller = asking().caller_known
    account = caller.account
    rights = sorted(right.value for right, roles in HOLDERS.items() if account.role in roles)
    return {**account_json(account), "scopes": list(caller.scopes), "rights": rights}


def _hashed_anew(body: Json) -> Json:
    """The hash of the new password, if there was none or the present one was right; wrong ones are counted."""
    asked = asking()
    name = asked.caller_known.account.account
    limits.check(asked.runtime, PASSWORDS, name)
    present = _hash_of(name)
    if present and not accounts.fitting(body["present"], present):
        limits.went_wrong(asked.runtime, PASSWORDS, name)
        raise Forbidden("sign-in-failed")
    return {"hashed": accounts.hash_password(body["password"]), "present": present}


def _hash_of(name: str) -> str:
    with asking().look() as db:
        return accounts.hash_of(db, name)


@acts(me, "/me/password", Right.SIGNED_IN, StateOut, PasswordAsk, method="PUT", before=_hashed_anew, once=False)
def change_password(db: Connection, asked: Asking, body: Json) -> Json:
    """Set one's own password, or change it by the present one; it takes no Idempotency-Key, whose digest would tell"""
    name = asked.caller_known.account.account
    if accounts.hash_of(db, name) != body["present"]:  # somebody else changed it meanwhile
        raise Forbidden("sign-in-failed")
    accounts.set_password(db, asked.act, name, body["hashed"], asked.caller)
    return {"name": name, "state": "changed", "request": None}


def _tried(body: Json) -> Json:
    """The password compared; nothing is, for an address from which too much was tried."""
    limits.check(asking().runtime, FAILURES)
    return {"account": body["account"], "fits": accounts.fitting(body["password"], _hash_of(body["account"]))}


@acts(me, "/session", Right.ANYBODY, SessionOut, SessionAsk, status=201, once=False, before=_tried)
def sign_in(db: Connection, asked: Asking, body: Json) -> Json:
    """Sign in; the session is in a cookie that scripts cannot read"""
    now = asked.runtime.wall_clock()
    secret = accounts.sign_in(db, body["account"], body["fits"], now)
    g.failed = Unidentified("sign-in-failed") if not secret else None
    if not secret:
        count(db, FAILURES, client_mark(), now)
        return {"account": "", "role": ""}
    account = accounts.active_account(db, body["account"])
    g.session = secret
    return {"account": account.account, "role": account.role.value}


@acts(me, "/session", Right.SIGNED_IN, StateOut, method="DELETE")
def sign_out(db: Connection, asked: Asking) -> Json:
    """Sign out; who asks by a token has no session to end"""
    if not asked.caller_known.session:
        raise Refused("session-none")
    accounts.sign_out(db, asked.caller_known, asked.runtime.wall_clock())
    g.session = ""
    return {"name": asked.caller_known.account.account, "state": "signed-out", "request": None}


def set_session(response: Response) -> Response:
    """Put a new session into its cookie, or take it out; what failed to sign in is told after it was counted."""
    failed = g.pop("failed", None)
    if failed is not None:
        return of_ours(failed)
    secret: str | None = g.pop("session", None)
    if secret is not None:
        lasts = int(accounts.SESSION_LASTS.total_seconds()) if secret else 0
        secure = not asking().runtime.settings.demo
        response.set_cookie(SESSION, secret, max_age=lasts, httponly=True, samesite="Strict", secure=secure)
    return response


@reads(users, "", Right.ACCOUNTS_READ, paged(AccountOut), UsersAsk)
def list_users(query: Json) -> Json:
    """The accounts of posts by name, of all or of one role"""
    with asking().look() as db:
        found = [each for each in accounts.all_accounts(db) if query["role"] in ("", each.role)]
    return page_of(found, query, account_json)


@acts(users, "", Right.ACCOUNTS, AccountOut, UserAsk, status=201)
def appoint(db: Connection, asked: Asking, body: Json) -> Json:
    """Make an account for a post"""
    what = body["account"], Role(body["role"]), body["institution"], body["city"], body["inspector"]
    return account_json(accounts.appoint(db, asked.act, *what, places.divisions(db)))


@reads(users, "/<string:name>", Right.ACCOUNTS_READ, AccountOut, tag=True)
def show_user(name: str) -> Json:
    """An account, with the tag that a change of it must name"""
    with asking().look() as db:
        return account_json(accounts.known_account(db, name))


@acts(users, "/<string:name>/holder", Right.ACCOUNTS, AccountOut, HolderAsk, method="PUT")
def hand_over(db: Connection, asked: Asking, body: Json, name: str) -> Json:
    """Hand a post over: what opened it before opens nothing any more. Send If-Match"""
    return account_json(accounts.hand_over(db, asked.act, name, body["holder"], asked.runtime.wall_clock()))


def _hashed(body: Json) -> Json:
    return {"hashed": accounts.hash_password(body["password"])}


@acts(users, "/<string:name>/password", Right.ACCOUNTS, StateOut, NewPasswordAsk, method="PUT", before=_hashed,
      once=False)  # fmt: skip
def set_password(db: Connection, asked: Asking, body: Json, name: str) -> Json:
    """Set the password of an account; it is recorded, and confirms nothing that was asked for before it"""
    accounts.set_password(db, asked.act, name, body["hashed"], asked.caller)
    return {"name": name, "state": "changed", "request": None}


@acts(users, "/<string:name>", Right.ACCOUNTS, AccountOut, method="DELETE")
def dismiss(db: Connection, asked: Asking, name: str) -> Json:
    """Give a post up; its account stays on record. Send If-Match"""
    return account_json(accounts.dismiss(db, asked.act, name, asked.runtime.wall_clock()))


@reads(tokens, "", Right.SIGNED_IN, paged(TokenOut), TokensAsk)
def list_tokens(query: Json) -> Json:
    """One's own tokens, the newest first; an administrator's are all, or those of an account"""
    asked = asking()
    whose: str | None = asked.caller_known.account.account
    if asked.has(Right.ACCOUNTS_READ):
        whose = query["account"] or None
    with asked.look() as db:
        return page_of(accounts.tokens_of(db, whose), query, token_json)


@acts(tokens, "", Right.SIGNED_IN, SecretOut, TokenAsk, status=201, once=False)
def issue(db: Connection, asked: Asking, body: Json) -> Json:
    """Issue a token of one's own account; an administrator, of any. It is told once, so takes no Idempotency-Key"""
    own = asked.caller_known.account.account
    name = body["account"] or own
    if name != own and not asked.has(Right.ACCOUNTS):
        raise Forbidden("right-missing", role=asked.caller_known.account.role.value, right=Right.ACCOUNTS.value)
    if set(body["scopes"]) - set(asked.caller_known.scopes):
        raise Refused("token-wider")
    lasts, now = timedelta(days=body["days"]), asked.runtime.wall_clock()
    scopes, who = tuple(body["scopes"]), asked.caller_known
    secret = accounts.issue_token(db, asked.act, name, scopes, body["label"], now=now, lasts=lasts, caller=who)
    return {"account": name, "secret": secret}


@acts(tokens, "/<string:token>", Right.SIGNED_IN, TokenOut, RevokeAsk, method="DELETE", place="query")
def revoke(db: Connection, asked: Asking, query: Json, token: str) -> Json:
    """Revoke a token of one's own; an administrator, any. With `stolen` what was made with it ends too"""
    own, now = None if asked.has(Right.ACCOUNTS) else asked.caller_known.account.account, asked.runtime.wall_clock()
    return token_json(accounts.revoke_token(db, asked.act, token, now, own, stolen=query["stolen"]))

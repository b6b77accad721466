"""Answers about accounts, tokens, requests, attempts, policies, frames, and small acknowledgements."""

from __future__ import annotations

from marshmallow import fields

from audit_service.core.accounts import Account, Request, Token
from audit_service.core.canonical import write_time
from schemas.answers.parts import Out, flag, maybe, maybe_whole, text, texts, whole


class AccountOut(Out):
    """An account of a post; `holder` for administrators and auditors alone."""

    account = text()
    role = text()
    institution = text()
    city = text()
    inspector = text()
    holder = text()
    active = flag()
    appointed = whole()


class MeOut(Out):
    """Who asks, and what they may do."""

    account = text()
    role = text()
    institution = text()
    city = text()
    inspector = text()
    scopes = texts()
    rights = texts()


class SessionOut(Out):
    """Somebody signed in; the session is in a cookie."""

    account = text()
    role = text()


class TokenOut(Out):
    """A token without its secret."""

    token = text()
    account = text()
    scopes = texts()
    label = text()
    issued_at = text()
    expires_at = text()
    revoked_at = maybe()


class SecretOut(Out):
    """A new token, told this once."""

    account = text()
    secret = text()


class RequestOut(Out):
    """What waits for, or was answered by, a second person."""

    number = whole()
    action = text()
    subject = text()
    arguments = fields.Dict(required=True)
    account = text()
    institution = text()
    state = text()


class AttemptOut(Out):
    """Something that was undone, tried, corrected or refused; `number` is null for what was refused.

    `times`, else null: the account was refused so often in that quarter of an hour up to this; those since the row
    before it are not listed.
    """

    at = text()
    by = text()
    role = text()
    what = text()
    subject = text()
    number = maybe_whole()
    code = maybe()
    times = maybe_whole()


class CampaignOut(Out):
    """A campaign, its policy and its draws."""

    campaign = text()
    policy = text()
    draws = texts()


class StateOut(Out):
    """What became of a draw or a round, or the request that waits for a second person."""

    name = text()
    state = text()
    request = fields.Nested(RequestOut, allow_none=True, required=True)


class CommittedOut(Out):
    """A commitment: C is the digest of `commitment.json`."""

    name = text()
    commitment = text()


class FrozenOut(Out):
    """A frozen frame: the digests of its files."""

    draw = text()
    policy = text()
    frame = text()
    exclusions = text()
    units = whole()
    excluded = whole()


def account_json(account: Account) -> dict[str, object]:
    """An account."""
    return {
        "account": account.account,
        "role": account.role.value,
        "institution": account.institution,
        "city": account.city,
        "inspector": account.inspector,
        "holder": account.holder,
        "active": account.active,
        "appointed": account.appointed,
    }


def token_json(token: Token) -> dict[str, object]:
    """A token without its secret."""
    return {
        "token": token.token,
        "account": token.account,
        "scopes": list(token.scopes),
        "label": token.label,
        "issued_at": write_time(token.issued_at),
        "expires_at": write_time(token.expires_at),
        "revoked_at": write_time(token.revoked_at) if token.revoked_at else None,
    }


def request_state(request: Request) -> str:
    """Whether a request waits, or how it was answered."""
    return {None: "waiting", True: "confirmed", False: "declined"}[request.confirmed]


def request_json(request: Request) -> dict[str, object]:
    """A request."""
    return {
        "number": request.number,
        "action": request.action,
        "subject": request.subject,
        "arguments": dict(request.arguments),
        "account": request.account,
        "institution": request.institution,
        "state": request_state(request),
    }

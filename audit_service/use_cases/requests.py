"""What one office may not do alone: it is asked for, and a second person of another institution confirms it.

An appointment, a token and a password count only for what is asked after a checkpoint of the log was signed that shows
them: whoever would appoint a second officer, or act as one, to get out of a bad result does so for all to see, and too
late (docs/security.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from audit_service.core.accounts import Request, is_one_institution
from audit_service.core.acts import Act
from audit_service.core.steps import Said, read_said
from audit_service.errors import NotFound, Refused
from audit_service.store import acts
from audit_service.store import draws as draws_store
from audit_service.store import requests as store
from audit_service.use_cases import cases, committing, correcting, draws
from audit_service.use_cases.accounts import Caller, active_account, known_account, shown_by
from audit_service.use_cases.lives import REVOKE
from audit_service.use_cases.policies import Policies
from audit_service.use_cases.rounds import parse_part
from audit_service.vault import Vault


@dataclass(frozen=True)
class Outcome:
    """What came of it: the request that now waits, or what the action gave back."""

    waits: Request | None
    result: Any = None


class Means(NamedTuple):
    """What it takes to do what was asked for, beside what was said: the vault, the policies that are installed."""

    vault: Vault
    policies: Policies | None = None


Arguments = Mapping[str, Any]


def set_aside(db: Connection, act: Act, vault: Vault, name: str, ground: str, reason: str) -> Outcome:
    """Set a published draw aside, or ask for it."""
    return _do_or_ask(db, act, Means(vault), "set-aside", name, {"ground": ground, "reason": reason})


def substitute(db: Connection, act: Act, vault: Vault, name: str, units: Sequence[str], document: str) -> Outcome:
    """Substitute units, or ask for it; the result is the batch's rows."""
    return _do_or_ask(db, act, Means(vault), "substitute", name, {"units": list(units), "document": document})


def correct(db: Connection, act: Act, vault: Vault, name: str, public: str, document: str) -> Outcome:
    """Correct the public value of a draw or a round, or ask for it; the result is what was corrected.

    One person who could correct alone could draw again alone.
    """
    return _do_or_ask(db, act, Means(vault), "correct", name, {"public": public, "document": document})


def reveal(db: Connection, act: Act, vault: Vault, name: str) -> Outcome:
    """Reveal a sealed draw or round, or ask for it if its day is not over yet; the result is its seeds."""
    return _do_or_ask(db, act, Means(vault), "reveal", name, {})


def revoke(db: Connection, act: Act, vault: Vault, policies: Policies, name: str, said: Said) -> Outcome:
    """Ask for the record of a revocation (撤销命名通知), the end of an exit case.

    `Refused` in one-office mode: a title is not taken away where nobody of another institution could confirm it.
    """
    if not act.role:
        raise Refused("revoke-one-office", case=name)
    return _do_or_ask(db, act, Means(vault, policies), REVOKE, name, said.details)


def _set_aside(db: Connection, act: Act, means: Means, name: str, arguments: Arguments) -> None:
    draws.set_aside(db, act, name, arguments["ground"], arguments["reason"])


def _substitute(db: Connection, act: Act, means: Means, name: str, arguments: Arguments) -> object:
    return draws.substitute_units(db, act, means.vault, name, arguments["units"], arguments["document"])


def _correct(db: Connection, act: Act, means: Means, name: str, arguments: Arguments) -> object:
    draw, number = parse_part(name)
    return correcting.correct(db, act, means.vault, draw, number, arguments["public"], arguments["document"])


def _reveal(db: Connection, act: Act, means: Means, name: str, arguments: Arguments) -> object:
    draw, number = parse_part(name)
    return committing.reveal(db, act, means.vault, draw, number)


def _revoke(db: Connection, act: Act, means: Means, name: str, arguments: Arguments) -> object:
    """Nothing but what was confirmed is written down; what is only tried, to see whether it could be, is looked at."""
    assert means.policies is not None  # both edges hand them on
    do = cases.revoke if act.request else cases.check_revoke
    return do(db, act, means.policies, name, read_said(arguments))


_DOES: Final[Mapping[str, Callable[[Connection, Act, Means, str, Arguments], object]]] = {
    "set-aside": _set_aside,
    "substitute": _substitute,
    "correct": _correct,
    "reveal": _reveal,
    REVOKE: _revoke,
}


def _do_or_ask(db: Connection, act: Act, means: Means, action: str, name: str, arguments: Arguments) -> Outcome:
    """Do it where one person may, else see that it could be done, and ask.

    In one-office mode nobody else could confirm: it is done, and the log shows that nobody did.
    """
    if not act.role or not _needs_two(db, act, action, name):
        return Outcome(None, _DOES[action](db, act, means, name, arguments))
    with db.begin_nested() as attempt:
        _DOES[action](db, act, means, name, arguments)
        attempt.rollback()
    for waiting in store.all_requests(db):
        if _waits(db, waiting) and (waiting.action, waiting.subject) == (action, name):
            raise Refused("request-twice", number=waiting.number)
    account = active_account(db, act.by)
    details = {"asked": action, "arguments": dict(arguments), "appointed": account.appointed}
    number = acts.record(db, act, "request", name, **details)
    _concern(db, number, action, name)
    asked = Request(number, action, name, arguments, account.account, account.institution, None, None)
    store.add(db, asked)
    return Outcome(asked)


def _waits(db: Connection, request: Request) -> bool:
    """Whether a request can still be confirmed: nobody answered it, and the post that asked for it was not given up."""
    return request.confirmed is None and known_account(db, request.account).active


def _concern(db: Connection, number: int, action: str, name: str) -> None:
    """What was asked for of a title, and how it was answered, stands in its unit's history too."""
    if action == REVOKE:
        cases.concern(db, number, name)


def _needs_two(db: Connection, act: Act, action: str, name: str) -> bool:
    """A reveal needs nobody else once its day is over: then it is overdue, and who holds back is in the wrong."""
    if action != "reveal":
        return True
    draw, number = parse_part(name)
    progress = draws_store.progress_of(db, draw, number)
    day = progress.commitment.reveal_by if progress.commitment else None
    return day is None or act.at.date() <= day  # it ends at 24:00 UTC (docs/protocol.md, section 1)


def all_requests(db: Connection) -> list[Request]:
    """Every request, in order."""
    return store.all_requests(db)


def one_request(db: Connection, number: int) -> Request:
    """A request; `NotFound` if there is none of that number."""
    found = store.one_request(db, number)
    if found is None:
        raise NotFound("request-unknown", number=number)
    return found


def confirm(db: Connection, act: Act, vault: Vault, number: int, caller: Caller | None, policies: Policies) -> Outcome:
    """Confirm what another institution asked for: it is done now, by the one who asked.

    `Refused` for a request that was answered, for one's own institution, and for somebody of whom the log did not show
    before the request was made that they were appointed, and given the token or password that `caller` came by.
    """
    request = _open(db, act, number)
    answer = _answer(db, act, request, caller)
    for code, entry in (("request-late-appointment", answer["appointed"]), ("request-late-token", answer["shown_by"])):
        if not store.was_published(db, entry, number):
            raise Refused(code, entry=entry, number=number)
    asker = known_account(db, request.account)
    if not asker.active:
        raise Refused("request-asker-dismissed", number=number, account=asker.account)
    confirmed = acts.record(db, act, "confirm", request.subject, **answer)
    _concern(db, confirmed, request.action, request.subject)
    done_by = Act(act.at, asker.account, act.demo, asker.role.value, number)
    result = _DOES[request.action](db, done_by, Means(vault, policies), request.subject, request.arguments)
    store.end(db, number, confirmed, confirmed=True)
    return Outcome(None, result)


def decline(db: Connection, act: Act, number: int, reason: str, caller: Caller | None) -> None:
    """Decline a request, with a reason.

    Whoever holds a second officer's post may, since when ever: nothing is done by it, the same can be asked for again,
    and else what a former holder left unanswered would wait for good.
    """
    if not reason.strip():
        raise Refused("reason-empty")
    request = _open(db, act, number)
    answer = _answer(db, act, request, caller)
    declined = acts.record(db, act, "decline", request.subject, reason=reason.strip(), **answer)
    _concern(db, declined, request.action, request.subject)
    store.end(db, number, declined, confirmed=False)


def _open(db: Connection, act: Act, number: int) -> Request:
    """The request, if it waits and this person is of another institution."""
    request = one_request(db, number)
    if request.confirmed is not None:
        raise Refused("request-ended", number=number)
    account = active_account(db, act.by)
    asker = known_account(db, request.account)  # who declines what a dismissed post asked for clears it away
    own = any(is_one_institution(account.institution, each) for each in (request.institution, asker.institution))
    if account.account == request.account or own:
        raise Refused("request-own-institution", institution=account.institution)
    return request


def _answer(db: Connection, act: Act, request: Request, caller: Caller | None) -> dict[str, int]:
    appointed = active_account(db, act.by).appointed
    return {"request": request.number, "appointed": appointed, "shown_by": shown_by(db, caller)}

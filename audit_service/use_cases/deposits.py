"""The secret of a sealed draw in a third party's hands, before its events: then the office can neither lose nor
withhold it (docs/sealed.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core.accounts import is_one_institution
from audit_service.core.acts import Act
from audit_service.core.draws import Progress
from audit_service.core.rights import Role
from audit_service.errors import Failed, Refused
from audit_service.sealing import Deposit
from audit_service.store import accounts, acts
from audit_service.store import draws as store
from audit_service.store.requests import was_published
from audit_service.use_cases.accounts import Caller, active_account, shown_by
from audit_service.use_cases.drawn import secret_of, take_draw
from audit_service.vault import Vault

KEY = "key"
PAPER = "paper"
OFFICE = "office"
THIRD_PARTY = "third-party"
"""Who says that the secret is held."""


@dataclass(frozen=True)
class Confirmed:
    """That a third party holds the secret: who, whose digest it compared, whether that was too late to count, and
    whether one of another institution says so or the office alone."""

    name: str
    holder: str
    digest: str
    earliest: datetime
    late: bool
    shown: bool


def make_deposit(db: Connection, act: Act, vault: Vault, draw: str, number: int, kind: str, recipient: str) -> Deposit:
    """The secret of a sealed draw (number 0) or round, handed over encrypted (`key`) or in envelopes (`paper`), which
    is recorded.

    `recipient` says to whom: the fingerprint of a key, or nothing. `Refused` for an open draw and a revealed one.
    """
    found = find_deposit(db, act, vault, draw, number)
    acts.record(db, act, "deposit", found.name, kind=kind, recipient=recipient)
    return found


def find_deposit(db: Connection, act: Act, vault: Vault, draw: str, number: int) -> Deposit:
    """What `make_deposit` hands over, for whoever writes it down first; it is the same as long as it is not refused."""
    take_draw(db, act, draw)
    progress = store.progress_of(db, draw, number)
    commitment = rules.check_deposit(progress)
    row = store.commitments_of(db, draw)[number]
    return Deposit(progress.name, row.c, commitment.secret, str(commitment.reveal_by), secret_of(vault, row))


def confirm_deposit(
    db: Connection, act: Act, draw: str, number: int, holder: str, digest: str, caller: Caller | None
) -> Confirmed:
    """Write down that a third party holds the secret that was handed over, since the digest that it computed is the
    committed one.

    The digest is public, so it shows nothing by itself: who says so does. A post of another institution confirms it, by
    an appointment and a token that the log showed before the secret was handed over; what the office writes down is
    kept as what the office says. What is confirmed only after the earliest event is kept as late: by then the office
    could have known what it hid.
    """
    take_draw(db, act, draw)
    progress = store.progress_of(db, draw, number)
    commitment = rules.check_deposit(progress)
    from_outside = act.role == Role.SECOND_OFFICER
    who = holder.strip() or (active_account(db, act.by).institution if from_outside else "")
    if not who:
        raise Refused("deposit-holder-empty")
    made = acts.numbers_of(db, [progress.name], ["deposit"])
    if not made:
        raise Refused("deposit-none", name=progress.name)
    if digest != commitment.secret:
        raise Refused("deposit-other", name=progress.name, found=digest, committed=commitment.secret)
    shown = _shown(db, act, made[-1], caller) if from_outside else {}
    late = act.at >= commitment.earliest
    said = {"said_by": THIRD_PARTY if shown else OFFICE, "deposit": made[-1], **shown}
    acts.record(db, act, "deposit-confirm", progress.name, holder=who, digest=digest, late=late, **said)
    return Confirmed(progress.name, who, digest, commitment.earliest, late, bool(shown))


def _shown(db: Connection, act: Act, made: int, caller: Caller | None) -> dict[str, int]:
    """Where it stands in the log who confirms; `Refused` for the institution that handed the secret over, and for who
    was appointed, or given a token, only after that."""
    account, maker = active_account(db, act.by), accounts.one_account(db, acts.act_of(db, made).by)
    if maker and is_one_institution(account.institution, maker.institution):
        raise Refused("deposit-own-institution", institution=account.institution)
    shown = {"appointed": account.appointed, "shown_by": shown_by(db, caller)}
    for code, entry in (("deposit-late-appointment", shown["appointed"]), ("deposit-late-token", shown["shown_by"])):
        if not was_published(db, entry, made):
            raise Refused(code, entry=entry, number=made)
    return shown


def give_back(db: Connection, act: Act, vault: Vault, draw: str, number: int, secret: str) -> Progress:
    """Take the secret back from whoever holds the deposit, since the office's key file is lost: the present key locks
    it anew. `Refused` where the key opens it still."""
    take_draw(db, act, draw)
    progress = store.progress_of(db, draw, number)
    rules.check_deposit(progress)
    rules.check_secret(progress, secret)
    if _opens(vault, store.commitments_of(db, draw)[number]):
        raise Refused("deposit-not-needed", name=progress.name)
    acts.record(db, act, "deposit-return", progress.name)
    store.mark(db, draw, number, locked_secret=vault.lock(secret))
    return progress


def _opens(vault: Vault, row: store.CommitmentRow) -> bool:
    try:
        secret_of(vault, row)
    except Failed:
        return False
    return True

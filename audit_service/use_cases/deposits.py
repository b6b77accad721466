"""The secret of a sealed draw in a third party's hands, before its events: then the office can neither lose nor
withhold it (docs/sealed.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core.acts import Act
from audit_service.core.draws import Progress
from audit_service.errors import Refused
from audit_service.sealing import Deposit
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import secret_of, take_draw
from audit_service.vault import Vault

KEY = "key"
PAPER = "paper"


@dataclass(frozen=True)
class Confirmed:
    """That a third party holds the secret: whose digest it compared, and whether that was too late to count."""

    name: str
    digest: str
    earliest: datetime
    late: bool


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


def confirm_deposit(db: Connection, act: Act, draw: str, number: int, holder: str, digest: str) -> Confirmed:
    """Write down that a third party holds the secret, since the digest that it computed is the committed one.

    What is confirmed only after the earliest event is kept as late: by then the office could have known what it hid.
    """
    take_draw(db, act, draw)
    progress = store.progress_of(db, draw, number)
    commitment = rules.check_deposit(progress)
    if not holder.strip():
        raise Refused("deposit-holder-empty")
    if digest != commitment.secret:
        raise Refused("deposit-other", name=progress.name, found=digest, committed=commitment.secret)
    late = act.at >= commitment.earliest
    acts.record(db, act, "deposit-confirm", progress.name, holder=holder.strip(), digest=digest, late=late)
    return Confirmed(progress.name, digest, commitment.earliest, late)


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
    except Refused:
        return False
    return True

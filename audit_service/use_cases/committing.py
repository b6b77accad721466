"""Commit, carry out, withdraw and reveal: what sample draws and assignment rounds have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core.acts import Act
from audit_service.core.canonical import sha256_hex, write_time
from audit_service.core.commitment import (
    ASSIGNMENT,
    FILE_NAMES,
    ROUND_FILES,
    SAMPLE_FILES,
    Commitment,
    blinded,
    check_files,
    read_commitment,
    write_commitment,
)
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.events import Event, check_public, parse_public
from audit_service.core.parts import Seeds
from audit_service.core.seed import NO_SECRET, committed_secret
from audit_service.core.terms import check_events_ahead, check_events_unknown
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import Draw, results_of, secret_of, seeds_of, take_draw
from audit_service.use_cases.happenings import write_last
from audit_service.use_cases.unsealing import enter_sealed
from audit_service.vault import Vault


@dataclass(frozen=True)
class Terms:
    """What a draw is to be decided by, and whether its seed holds a secret that is revealed later."""

    events: tuple[Event, ...]
    fallback: tuple[Event, ...] = ()
    sealed: bool = False
    reveal_by: date | None = None

    def check(self, now: datetime) -> None:
        """Refuse a seal without a date, a date without a seal, and events that are past."""
        if self.sealed != (self.reveal_by is not None):
            raise Refused("seal-half")
        check_events_ahead(self.events + self.fallback, now)


def blank(kind: str, draw: Draw) -> Commitment:
    """A commitment of a draw without its terms and files."""
    return Commitment(kind, draw.row.campaign, draw.row.draw, (), (), NO_SECRET, None, {})


def bind(db: Connection, act: Act, vault: Vault, unbound: Commitment, terms: Terms, files: Mapping[str, bytes]) -> str:
    """Write and keep a commitment to some files on some terms; its C."""
    terms.check(act.at)
    check_events_unknown(terms.events + terms.fallback, store.named_events(db), act.at)
    if terms.sealed:
        vault.check_key(needed=store.any_locked_secret(db))
    secret = vault.new_secret() if terms.sealed else NO_SECRET
    names = ROUND_FILES if unbound.kind == ASSIGNMENT else SAMPLE_FILES
    digests = {key: sha256_hex(files[FILE_NAMES[key]]) for key in names}
    if secret and unbound.kind == ASSIGNMENT:
        digests = {key: blinded(digest, secret) for key, digest in digests.items()}
    commitment = replace(
        unbound,
        events=terms.events,
        fallback=terms.fallback,
        secret=committed_secret(secret),
        reveal_by=terms.reveal_by,
        files=digests,
    )
    commitment.check()
    content = write_commitment(commitment)
    name = store.round_name(commitment.draw, commitment.round)
    read_commitment(content, commitment.kind, name)  # refuses what the protocol's forms refuse
    recorded = acts.record(db, act, "commit", name, c=sha256_hex(content), earliest=write_time(commitment.earliest))
    locked = vault.lock(secret) if secret else ""
    return store.add_commitment(db, commitment.draw, commitment.round, content, locked, recorded)


def carry_out(db: Connection, act: Act, vault: Vault, draw: Draw, number: int, public: str, document: str) -> None:
    """Take the public value of a committed draw or round, after its events; from here on its seed is fixed.

    `document` shows that one of the events was cancelled, where the value is of the fallback ones; else it is empty.
    """
    progress = store.progress_of(db, draw.row.draw, number)
    commitment = progress.require(rules.State.COMMITTED)
    values = check_public(public, commitment.events, commitment.fallback)
    rules.check_run(progress, values, act.at)
    shown_by = document.strip()
    rules.check_document(commitment, values, shown_by)
    secret = secret_of(vault, store.commitments_of(db, draw.row.draw)[number])
    check_files(commitment, store.files_of(db, draw.row.draw, number).__getitem__, secret)
    _check_agrees(db, draw.row.draw, values)
    details = {"public": public, "document": shown_by} if shown_by else {"public": public}
    recorded = acts.record(db, act, "run", progress.name, **details)
    store.mark(db, draw.row.draw, number, public=public, run_in=recorded)


def _check_agrees(db: Connection, draw: str, values: Mapping[tuple[str, str], str]) -> None:
    """One source and event has one value in a whole bundle (docs/protocol.md, section 6)."""
    for number, row in store.commitments_of(db, draw).items():
        known = parse_public(row.public) if row.public else {}
        for event, value in values.items():
            if known.get(event, value) != value:
                other = store.round_name(draw, number)
                raise Refused("public-disagrees", event=":".join(event), found=value, known=known[event], other=other)


def check_none_pending(db: Connection, draw: str) -> None:
    """Refuse while a round of the draw is committed and not carried out: it must be, or be withdrawn in time."""
    for number in store.commitments_of(db, draw):
        if number and store.progress_of(db, draw, number).state is rules.State.COMMITTED:
            raise Refused("round-pending", round=store.round_name(draw, number))


def publish(db: Connection, vault: Vault, draw: Draw, act_number: int) -> None:
    """Keep the results that may be known by now, of the sample and of its rounds, as the bytes that are handed out."""
    for number in store.commitments_of(db, draw.row.draw):
        if not store.progress_of(db, draw.row.draw, number).published:
            if number == SAMPLE_ROUND:
                return  # what follows from a sealed sample would tell of it
        elif "seed.json" not in store.file_names(db, draw.row.draw, number):
            store.add_files(db, draw.row.draw, number, results_of(db, vault, draw, number), act_number)


def log_root(db: Connection, act: Act, vault: Vault, draw: Draw) -> None:
    """Write down the root of the notice tree, of a sealed draw too (docs/protocol.md, section 5)."""
    root = results_of(db, vault, draw, SAMPLE_ROUND)["notices.txt"].decode().strip()
    acts.record(db, act, "notices", draw.row.draw, root=root)


def withdraw(db: Connection, act: Act, draw: str, number: int, reason: str) -> None:
    """Withdraw a commitment while nothing can be known of its seed; a sample's with that of its pending round, which
    without it cannot be carried out, whatever its own events."""
    if not reason.strip():
        raise Refused("reason-empty")
    take_draw(db, act, draw)
    for other in store.commitments_of(db, draw) if number == SAMPLE_ROUND else (number,):
        progress = store.progress_of(db, draw, other)
        if other == number:
            rules.check_withdraw(progress, act.at)
        if progress.state is rules.State.COMMITTED:
            store.mark(db, draw, other, withdrawn_in=acts.record(db, act, "withdraw", progress.name, reason=reason))


def reveal(db: Connection, act: Act, vault: Vault, name: str, number: int, handed: str = "") -> Seeds:
    """Reveal a sealed draw or round: from here on its results are kept and handed out.

    `handed` is the secret from whoever holds the deposit, who needs neither the office nor its key once the office is
    overdue.
    """
    draw = take_draw(db, act, name)
    progress = store.progress_of(db, name, number)
    rules.check_reveal(progress)
    if number:
        rules.check_published(store.progress_of(db, draw.row.draw, SAMPLE_ROUND))
    if handed:
        rules.check_handed(progress, handed, act.at)
    secret = handed or secret_of(vault, store.commitments_of(db, name)[number])
    write_last(db, act, name, number)
    recorded = acts.record(db, act, "reveal", progress.name, **({"by_deposit": True} if handed else {}))
    store.mark(db, draw.row.draw, number, revealed_in=recorded, secret=secret)
    publish(db, vault, draw, recorded)
    if number == SAMPLE_ROUND:
        enter_sealed(db, act, vault, draw)
    return seeds_of(db, vault, draw.row.draw, number)

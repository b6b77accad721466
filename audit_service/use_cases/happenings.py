"""What happens to single units and packets: a notice is made, a packet opened, a unit released to its city.

Of a draw that is public it is an act, whose unit the log hides. Of a sealed one, until its reveal, no entry may be made
when it happens, since that alone would tell: it goes into a batch, one a day whatever happened (docs/sealed.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from secrets import SystemRandom, token_bytes, token_hex
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.canonical import write_time
from audit_service.core.draws import SAMPLE_ROUND, check_published
from audit_service.core.unit_days import (
    SIZE,
    Opened,
    days_to_write,
    leaf_of,
    open_leaf,
    read_batch,
    root_of,
    write_batch,
)
from audit_service.errors import Refused
from audit_service.sealing import lock_under, unlock_under
from audit_service.store import acts
from audit_service.store import draws as draws_store
from audit_service.store import happenings as store
from audit_service.use_cases.drawn import secret_of
from audit_service.vault import Vault

_SHUFFLER = SystemRandom()


def record(db: Connection, act: Act, action: str, vault: Vault, draw: str, number: int, **facts: str) -> None:
    """Write down that something happened to a unit or packet of a draw (number 0) or of a round.

    Under whose seal it stays: the round's own, or else the sample's, as long as one of them is not revealed.
    """
    part = _seal_of(db, draw, number)
    name = draws_store.round_name(draw, number)
    if part is None:
        acts.record(db, act, action, name, **facts)
        return
    row = draws_store.commitments_of(db, draw)[part]
    value = {"action": action, "at": write_time(act.at), "by": act.by, "role": act.role, "subject": name, **facts}
    opening = token_hex(32)
    locked = lock_under(secret_of(vault, row), {"opening": opening, "value": value})
    store.add(db, draw, part, act.at, leaf_of(opening, value), locked)


def is_sealed(db: Connection, draw: str, number: int = SAMPLE_ROUND) -> bool:
    """Whether what happens to units or packets of a draw or a round stays under a seal now."""
    return _seal_of(db, draw, number) is not None


def hides_teams(db: Connection, draw: str) -> bool:
    """Whether any round of a draw, or its sample, is under a seal now: who was drawn to visit is then nobody else's."""
    return any(is_sealed(db, draw, number) for number in draws_store.commitments_of(db, draw))


def _seal_of(db: Connection, draw: str, number: int) -> int | None:
    for part in dict.fromkeys((number, SAMPLE_ROUND)):
        progress = draws_store.progress_of(db, draw, part)
        if progress.sealed and not progress.revealed:
            return part
    return None


def told(db: Connection, vault: Vault, draw: str, number: int, action: str) -> Iterator[Mapping[str, Any]]:
    """What was written down of everything of one kind that happened, in order: the sealed, then the public."""
    name = draws_store.round_name(draw, number)
    for part in sorted(dict.fromkeys((number, SAMPLE_ROUND))):
        for value in kept_under(db, vault, draw, part):
            if (value["action"], value["subject"]) == (action, name):
                yield value
    yield from acts.all_details(db, name, action)


def kept_under(db: Connection, vault: Vault, draw: str, part: int = SAMPLE_ROUND) -> Iterator[Mapping[str, Any]]:
    """Everything that was written down under the seal of a sample or a round, in order."""
    rows = draws_store.commitments_of(db, draw)
    for happening in store.all_of(db, draw, part):
        yield _unlocked(vault, rows[part], happening)["value"]


def _unlocked(vault: Vault, row: draws_store.CommitmentRow, happening: store.Happening) -> dict[str, Any]:
    found: Any = unlock_under(secret_of(vault, row), happening.locked)
    return dict(found)


# --- the days' batches --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """A batch that was logged: of which draw or round, and for which day."""

    name: str
    day: date


def write_days(db: Connection, act: Act) -> list[Written]:
    """Log a batch for each day that is over and has none, of every sealed draw and round until its reveal.

    To be done each day at the same hour, whatever happened; days that were missed are caught up. What was committed
    under a demo clock is left to it, and so is what is real to the real one.
    """
    written = []
    for draw, part in store.under_seal(db):
        committed = acts.act_of(db, draws_store.commitments_of(db, draw)[part].committed_in)
        if act.demo == committed.demo:
            written += _write_missing(db, act, draw, part)
    return written


def _write_missing(db: Connection, act: Act, draw: str, part: int) -> list[Written]:
    row = draws_store.commitments_of(db, draw)[part]
    _, last, _ = store.last_day(db, draw, part)
    first = beijing_day(acts.act_of(db, row.run_in or 0).at)
    return [_write_batch(db, act, draw, part, day) for day in days_to_write(first, last, beijing_day(act.at))]


def write_last(db: Connection, act: Act, draw: str, part: int) -> None:
    """At the reveal: log what is not logged yet, the day of the reveal with it. From here on the count may tell."""
    _write_missing(db, act, draw, part)
    _write_batch(db, act, draw, part, beijing_day(act.at), until=date.max)
    while store.all_of(db, draw, part, after=store.last_day(db, draw, part)[2]):
        _write_batch(db, act, draw, part, beijing_day(act.at), until=date.max)


def _write_batch(db: Connection, act: Act, draw: str, part: int, day: date, until: date | None = None) -> Written:
    """Log a batch for a day, with what happened by the end of that day, or of another."""
    count, _, taken = store.last_day(db, draw, part)
    queue = store.all_of(db, draw, part, after=taken)
    waiting = list(takewhile(lambda happening: beijing_day(happening.at) <= (until or day), queue[:SIZE]))
    leaves = [bytes.fromhex(happening.leaf) for happening in waiting]
    leaves += [token_bytes(32) for _ in range(SIZE - len(leaves))]
    _SHUFFLER.shuffle(leaves)
    name = draws_store.round_name(draw, part)
    number = acts.record(db, act, "unit-day", name, day=day.isoformat(), root=root_of(leaves))
    store.add_batch(db, draw, part, store.Batch(count + 1, day, len(waiting), write_batch(leaves), number))
    return Written(name, day)


def missing_days(db: Connection, draw: str, part: int, today: date) -> int:
    """How many days that are over have no batch yet; 0 of what is not under seal."""
    row = draws_store.commitments_of(db, draw).get(part)
    if row is None or not row.locked_secret or row.run_in is None or row.revealed_in is not None:
        return 0
    first = beijing_day(acts.act_of(db, row.run_in).at)
    return len(list(days_to_write(first, store.last_day(db, draw, part)[1], today)))


def openings(db: Connection, vault: Vault, draw: str, part: int) -> list[Opened]:
    """Everything that happened under the seal of a draw or round, with what shows that the log has it.

    `Refused` before the reveal.
    """
    progress = draws_store.progress_of(db, draw, part)
    check_published(progress)
    if not progress.sealed:
        raise Refused("reveal-open", name=progress.name)
    row = draws_store.commitments_of(db, draw)[part]
    found, start = [], 0
    everything = store.all_of(db, draw, part)
    for batch in store.batches_of(db, draw, part):
        leaves = read_batch(batch.leaves)
        for happening in everything[start : start + batch.taken]:
            kept = _unlocked(vault, row, happening)
            found.append(open_leaf(leaves, kept["opening"], kept["value"], batch.recorded_in))
        start += batch.taken
    return found

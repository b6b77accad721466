"""Correct a public value that was typed wrongly (docs/protocol.md, section 8).

The act shows both values. Everything that followed from the wrong one is superseded and drawn again with the right one;
it is no other draw: commitment, events and secret stay as they are. Once anything was done on the strength of the
value it is too late: else a correction would be the way to another sample when the first one was seen to be bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core import layout
from audit_service.core.acts import Act
from audit_service.core.draws import State
from audit_service.core.events import check_public, parse_public
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.store import happenings as under_seal
from audit_service.use_cases.committing import log_root, publish
from audit_service.use_cases.drawn import Draw, results_of, take_draw
from audit_service.use_cases.visited import EVIDENCE, OUTCOME, SIGN
from audit_service.vault import Vault

BUILT: Final = ("substitute", "notice", "release", "packet-open", OUTCOME, SIGN, EVIDENCE)
"""What is done on the strength of what was drawn, beside another round."""


@dataclass(frozen=True)
class Corrected:
    """A part whose public value was corrected: its name, the wrong value and the right one."""

    name: str
    wrong: str
    right: str


def correct(
    db: Connection, act: Act, vault: Vault, name: str, number: int, public: str, document: str
) -> list[Corrected]:
    """Correct the public value of a sample (number 0) or a round, and of every part that took the same events.

    `Refused` where nothing differs, and once anything was done on the strength of the wrong value.
    """
    if not document.strip():
        raise Refused("document-empty")
    draw = take_draw(db, act, name)
    right = _right_values(db, name, number, public, act)
    changed = {n: entry for n in store.commitments_of(db, name) if (entry := _corrected(db, name, n, right))}
    if not changed:
        raise Refused("correct-same", public=public)
    _check_nothing_built_on_it(db, name, min(changed))
    for entry in changed.values():
        details = {"wrong": entry.wrong, "right": entry.right, "document": document}
        acts.record(db, act, "correct", entry.name, **details)
    _draw_again(db, act, vault, draw, {entry.name: entry.right for entry in changed.values()})
    return list(changed.values())


def _check_nothing_built_on_it(db: Connection, name: str, number: int) -> None:
    """One refusal whatever it was: what happens under a seal is told to nobody, not by a refusal either."""
    rows = store.commitments_of(db, name)
    since = rows[number].run_in or 0
    rounds = [row for row in rows.values() if row.round > number and row.withdrawn_in is None]
    if (
        any(row.committed_in > since for row in rounds)
        or acts.any_since(db, name, BUILT, since)
        or _happened_under_seal(db, name, acts.act_of(db, since).at)
    ):
        raise Refused("correct-late", name=store.round_name(name, number))


def _happened_under_seal(db: Connection, name: str, since: datetime) -> bool:
    parts = store.commitments_of(db, name)
    return any(happening.at >= since for part in parts for happening in under_seal.all_of(db, name, part))


def _right_values(db: Connection, name: str, number: int, public: str, act: Act) -> dict[tuple[str, str], str]:
    progress = store.progress_of(db, name, number)
    commitment = progress.require(State.DRAWN, State.INFEASIBLE)
    values = check_public(public, commitment.events, commitment.fallback)
    rules.check_times(commitment, values, act.at)
    return values


def _corrected(db: Connection, name: str, number: int, right: dict[tuple[str, str], str]) -> Corrected | None:
    """The part with the right values in place of the wrong ones; nothing if it was not run or holds no wrong one."""
    row = store.commitments_of(db, name)[number]
    if not row.public:
        return None
    mended = {event: right.get(event, value) for event, value in parse_public(row.public).items()}
    public = ",".join(f"{source}:{event}:{value}" for (source, event), value in mended.items())
    return Corrected(store.round_name(name, number), row.public, public) if public != row.public else None


def _draw_again(db: Connection, act: Act, vault: Vault, draw: Draw, publics: dict[str, str]) -> None:
    name = draw.row.draw
    done = acts.last_number(db)
    for number in store.commitments_of(db, name):
        part = store.round_name(name, number)
        results = ("seed.json", *(layout.ROUND_RESULTS if number else layout.SAMPLE_RESULTS))
        store.supersede_files(db, name, number, results, done)
        if part in publics:
            store.mark(db, name, number, public=publics[part])
    publish(db, vault, draw, done)
    log_root(db, act, vault, draw)
    for number in store.commitments_of(db, name):
        if number and store.progress_of(db, name, number).run:
            feasible = layout.ASSIGNMENT in results_of(db, vault, draw, number)
            store.mark(db, name, number, feasible=feasible)

"""Correct a public value that was typed wrongly (docs/protocol.md, section 8).

The act shows both values. Everything that followed from the wrong one is superseded and drawn again with the right one;
it is no other draw: commitment, events and secret stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core import layout
from audit_service.core.acts import Act
from audit_service.core.draws import State
from audit_service.core.events import check_public, parse_public
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.committing import log_root, publish
from audit_service.use_cases.drawn import Draw, results_of, round_files, take_draw
from audit_service.vault import Vault


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

    `Refused` where nothing differs, or where units were already substituted or people kept their seats on the strength
    of the wrong value: what was frozen since cannot follow any more.
    """
    if not document.strip():
        raise Refused("document-empty")
    draw = take_draw(db, act, name)
    _check_nothing_built_on_it(db, name)
    right = _right_values(db, name, number, public, act)
    changed = [entry for part in store.commitments_of(db, name) if (entry := _corrected(db, name, part, right))]
    if not changed:
        raise Refused("correct-same", public=public)
    for entry in changed:
        details = {"wrong": entry.wrong, "right": entry.right, "document": document}
        acts.record(db, act, "correct", entry.name, **details)
    _draw_again(db, act, vault, draw, {entry.name: entry.right for entry in changed})
    return changed


def _check_nothing_built_on_it(db: Connection, name: str) -> None:
    standing = [n for n in store.commitments_of(db, name) if n and round_files(db, name, n).standing]
    if store.substitutions_of(db, name) or standing:
        raise Refused("correct-late", name=name)


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

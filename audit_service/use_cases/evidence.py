"""What is handed out: the bundle of a draw, and its anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core import layout, replay
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.frozen import Substitution
from audit_service.core.selection import Sample
from audit_service.errors import NotFound, Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import open_draw, results_of, sample_of
from audit_service.use_cases.log_evidence import log_evidence
from audit_service.use_cases.rounds import Round, round_of
from audit_service.vault import Vault


@dataclass(frozen=True)
class Evidence:
    """The entries of a bundle, README.txt apart, and whether any of it was made under a demo clock."""

    entries: Mapping[str, bytes]
    demo: bool


def bundle_entries(db: Connection, vault: Vault, name: str) -> Evidence:
    """The sample and every round that was carried out, for the bundle; `Refused` where any of it is still sealed."""
    draw = open_draw(db, name)
    rules.check_published(store.progress_of(db, name, SAMPLE_ROUND))
    entries = _entries(layout.sample_folder(), draw.content, results_of(db, vault, draw, SAMPLE_ROUND))
    octo41 = replay.octo41_results(sample_of(db, vault, draw))
    entries |= {layout.sample_folder() + file: data for file, data in octo41.items()}
    for number in carried_out_rounds(db, name):
        rules.check_published(store.progress_of(db, name, number))
        content = store.files_of(db, name, number)
        entries |= _entries(layout.round_folder(number), content, results_of(db, vault, draw, number))
    entries |= log_evidence(db, draw.row.campaign)
    return Evidence(entries, acts.any_demo(db, name))


def commitment_of(db: Connection, name: str, number: int) -> bytes:
    """The bytes of `commitment.json` of a sample (number 0) or a round, to be published with C; `Refused` before."""
    store.one_draw(db, name)
    if store.progress_of(db, name, number).commitment is None:
        raise Refused(f"state-{State.FROZEN}", name=name)
    return store.files_of(db, name, number)["commitment.json"]


def _entries(folder: str, *contents: Mapping[str, bytes]) -> dict[str, bytes]:
    known = (*layout.SAMPLE_FROZEN, *layout.SAMPLE_RESULTS, *layout.ROUND_FROZEN, *layout.ROUND_RESULTS)
    return {folder + name: data for content in contents for name, data in content.items() if name in known}


def carried_out_rounds(db: Connection, name: str) -> list[int]:
    """The numbers of the rounds that were carried out."""
    done = (State.DRAWN, State.INFEASIBLE)
    return [n for n in store.commitments_of(db, name) if n and store.progress_of(db, name, n).state in done]


def anchors_of(db: Connection, name: str) -> list[str]:
    """A line `C public` for the sample and for each round that was carried out (docs/protocol.md, section 7)."""
    store.one_draw(db, name)
    return [f"{row.c} {row.public}" for row in store.commitments_of(db, name).values() if row.run_in is not None]


def check_shown(db: Connection, name: str, *, sealed: bool) -> None:
    """Refuse what is still sealed, unless who asks may see what is `sealed`."""
    store.one_draw(db, name)
    if not sealed:
        rules.check_published(store.progress_of(db, name, SAMPLE_ROUND))


def sample(db: Connection, vault: Vault, name: str, *, sealed: bool) -> Sample:
    """The sample of a draw; `Refused` before it is drawn, and while it is sealed unless who asks may see it."""
    check_shown(db, name, sealed=sealed)
    return sample_of(db, vault, open_draw(db, name))


def round_shown(db: Connection, vault: Vault, name: str, number: int, *, sealed: bool) -> Round:
    """A round that was carried out; `Refused` before, and while it or its sample is sealed."""
    check_shown(db, name, sealed=sealed)
    progress = store.progress_of(db, name, number)
    progress.require(State.DRAWN, State.INFEASIBLE)
    if not sealed:
        rules.check_published(progress)
    return round_of(db, vault, open_draw(db, name), number)


def substitutions(db: Connection, name: str) -> list[Substitution]:
    """The substitutions of a draw so far."""
    store.one_draw(db, name)
    return store.substitutions_of(db, name)


def frozen_file(db: Connection, name: str, file: str) -> bytes:
    """A frozen file of a draw; `NotFound` for another."""
    store.one_draw(db, name)
    known = [each for each in layout.SAMPLE_FROZEN if each != "commitment.json"]
    found = store.files_of(db, name, SAMPLE_ROUND).get(file) if file in known else None
    if found is None:
        raise NotFound("file-not-known", name=file, known=", ".join(known))
    return found

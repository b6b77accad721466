"""What is handed out: the bundle of a draw, and its anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core import layout, replay
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import open_draw, results_of, sample_of
from audit_service.use_cases.log_evidence import log_evidence
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
    """The bytes of `commitment.json` of a sample (number 0) or a round, to be published with C."""
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

"""The task notice, 任务通知书: what one inspected unit is told, and the proof that it can check at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.commitment import Commitment
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.frozen import Substitution
from audit_service.core.notice import LogProof, NoticeProof, fitted, prove
from audit_service.core.policy import OF_FINDINGS, Programme
from audit_service.core.selection import Sample
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, rosters
from audit_service.store import draws as store
from audit_service.store.visit_tables import findings
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import Draw, sample_of, take_draw
from audit_service.use_cases.log_evidence import entry_proof
from audit_service.vault import Vault


class LookedBack(NamedTuple):
    """A finding that was drawn: the unit where it was found, and what was found."""

    unit: str
    description: str


@dataclass(frozen=True)
class Notices:
    """The notices of a draw: what they have in common, and each unit's own proof.

    `log` is missing while no checkpoint covers the entry of the root. `sealed` says that the draw is not yet revealed.
    `replaced` gives for a substitute the substitution that brought it, `documents` by which document. `standing` is
    what all of it follows from.
    """

    name: str
    standing: tuple[object, ...]
    programme: Programme
    commitment: Commitment
    c: str
    drawn: Act
    issued: Act
    demo: bool
    sealed: bool
    log: LogProof | None
    proofs: Sequence[NoticeProof]
    replaced: Mapping[str, Substitution]
    documents: Mapping[str, str]
    findings: Mapping[str, LookedBack]
    """Of what is looked back on, by the finding's number."""


def find_notices(db: Connection, act: Act, vault: Vault, name: str, units: Sequence[str] | None) -> Notices:
    """The notices of some of a draw's inspected units, or of all, to be written before `record_notices` records them:
    documents take long to write, and nobody is to wait for it who acts (docs/adr/0010).

    `Refused` for a draw that was not carried out or was set aside, `NotFound` for a unit that is not inspected.
    """
    draw = take_draw(db, act, name)
    progress = store.progress_of(db, name, SAMPLE_ROUND)
    commitment = progress.require(State.DRAWN)
    sample = sample_of(db, vault, draw)
    made = store.substitutions_of(db, name)
    told = list(_chosen(sample, made, name, units))
    row = store.commitments_of(db, name)[SAMPLE_ROUND]
    proof = prove(sample, name, row.c)
    return Notices(
        name=name,
        standing=_standing(db, name),
        programme=draw.programme,
        commitment=commitment,
        c=row.c,
        drawn=acts.act_of(db, row.run_in or 0),
        issued=act,
        demo=acts.any_demo(db, name),
        sealed=not progress.published,
        log=_logged(db, name),
        proofs=[proof(unit) for unit in told],
        replaced={substitution.substitute: substitution for substitution in made},
        documents=store.documents_of(db, name),
        findings=_looked_back(db, draw, told),
    )


def _looked_back(db: Connection, draw: Draw, told: Sequence[str]) -> dict[str, LookedBack]:
    """Those of the frame's findings that are told of, as they stood when it was frozen."""
    if all(stratum.of != OF_FINDINGS for stratum in draw.programme.strata):
        return {}
    rows = rosters.chosen(db, findings, draw.row.frozen_in, finding=told)
    return {row["finding"]: LookedBack(row["unit"], row["description"]) for row in rows}


def record_notices(db: Connection, act: Act, vault: Vault, found: Notices) -> None:
    """Write down that these notices are handed out; `Refused` where they would be others by now."""
    take_draw(db, act, found.name)
    if _standing(db, found.name) != found.standing:
        raise Refused("notices-overtaken", name=found.name)
    for proof in found.proofs:
        happenings.record(db, act, "notice", vault, found.name, SAMPLE_ROUND, unit=proof.leaf.unit)


def _standing(db: Connection, name: str) -> tuple[object, ...]:
    """What may change of a draw between writing its notices and recording them."""
    row = store.commitments_of(db, name)[SAMPLE_ROUND]
    return (
        row,
        store.progress_of(db, name, SAMPLE_ROUND),
        store.substitutions_of(db, name),
        store.documents_of(db, name),
    )


def inspected(sample: Sample, substitutions: Sequence[Substitution]) -> list[str]:
    """The units that are inspected now: the selected ones without those replaced, then their substitutes."""
    gone = {row.unit for row in substitutions}
    brought = [row.substitute for row in substitutions if row.substitute]
    return [unit for unit in [*sample.selected_units, *brought] if unit not in gone]


def _chosen(sample: Sample, made: Sequence[Substitution], name: str, units: Sequence[str] | None) -> Iterator[str]:
    known = dict.fromkeys(inspected(sample, made))
    for unit in known if units is None else dict.fromkeys(units):
        if unit not in known:
            raise NotFound("notice-not-inspected", unit=unit, draw=name)
        yield unit


def _logged(db: Connection, name: str) -> LogProof | None:
    """Where the root stands in the log: after a correction, the root that counts is the last."""
    proof = entry_proof(db, acts.numbers_of(db, [name], ["notices"])[-1])
    return fitted(proof) if proof else None

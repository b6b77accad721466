"""Whether everything that an installation keeps is sound: its database, every draw, the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import layout
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import check_files
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.parts import write_seeds
from audit_service.errors import AuditError, Problem
from audit_service.keeping import Keeping
from audit_service.seal import Seal
from audit_service.store import draws as store
from audit_service.store import log, soundness
from audit_service.use_cases import log_checking
from audit_service.use_cases.drawn import Draw, derived, logged_root, open_draw, secret_of, seeds_of
from audit_service.use_cases.evidence_files import all_digests
from audit_service.vault import Vault


@dataclass(frozen=True)
class Checked:
    """How many draws and rounds were replayed, and entries of the log derived; and what is not as it must be.

    `unused` are files that lie where evidence does and that nobody knows of: no fault, but room that they take.
    """

    replayed: int
    entries: int
    faults: tuple[Problem, ...]
    unused: tuple[str, ...] = ()


def check(db: Connection, vault: Vault, seal: Seal, keeping: Keeping) -> Checked:
    """Look at everything; what is wrong in one place does not keep this from looking at the others."""
    evidence, unused = _evidence(db, vault, keeping)
    faults = [*soundness.faults(db), *evidence]
    replayed = 0
    for row in store.all_draws(db):
        for number in store.commitments_of(db, row.draw):
            replayed += 1
            faults += _part_faults(db, vault, row.draw, number)
    if not seal.has_key and log.latest(db):
        return Checked(replayed, log.count(db), (*faults, Problem("check-log-key")), unused)
    found = log_checking.check(db, seal)
    faults += [Problem(fault.code, {"place": fault.place}) for fault in found.faults]
    return Checked(replayed, found.entries, tuple(faults), unused)


def _evidence(db: Connection, vault: Vault, keeping: Keeping) -> tuple[list[Problem], tuple[str, ...]]:
    """What is wrong with files of evidence, and those that nobody knows of."""
    try:
        lying, digests = keeping.all(), all_digests(db, vault)
    except AuditError as error:  # no key: what is sealed cannot be read, which its draw is told of, too
        return [error.problem], ()
    return list(_evidence_faults(keeping, digests)), tuple(sorted(set(lying) - set(digests)))


def _evidence_faults(keeping: Keeping, digests: Iterable[str]) -> Iterator[Problem]:
    """Files of evidence that are missing, or are not what the log has the digest of."""
    for digest in digests:
        try:
            keeping.get(digest)
        except AuditError as error:
            yield error.problem


def _part_faults(db: Connection, vault: Vault, name: str, number: int) -> Iterator[Problem]:
    part = store.round_name(name, number)
    try:
        draw = open_draw(db, name)
        for file in _differing(db, vault, draw, number):
            yield Problem("check-result", {"name": part, "file": file})
    except AuditError as error:
        yield Problem("check-part", {"name": part, "problem": error.problem})


def _differing(db: Connection, vault: Vault, draw: Draw, number: int) -> Iterator[str]:
    """The files of a sample or a round that are not what was committed to, or what follows from it and its seed."""
    name = draw.row.draw
    row, kept = store.commitments_of(db, name)[number], store.files_of(db, name, number)
    if sha256_hex(kept["commitment.json"]) != row.c:
        yield "commitment.json"
    commitment = store.progress_of(db, name, number).commitment
    if commitment:
        check_files(commitment, kept.__getitem__, secret_of(vault, row))
    if row.run_in is None:
        return
    seeds = seeds_of(db, vault, name, number)
    fresh = {"seed.json": write_seeds(seeds), **derived(db, vault, draw, number, seeds)}
    if "seed.json" in kept:
        results = ("seed.json", *(layout.ROUND_RESULTS if number else layout.SAMPLE_RESULTS))
        yield from (file for file in results if fresh.get(file) != kept.get(file))
    if number == SAMPLE_ROUND and logged_root(db, name) not in ("", fresh["notices.txt"].decode().strip()):
        yield "notices.txt"

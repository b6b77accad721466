"""What a bundle tells of the log: the entries of its campaign, and proofs that they are in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.core.log_proofs import CHECKPOINTS, ENTRIES, PROOFS, Proof, write_proofs
from audit_service.core.notice import LogProof
from audit_service.store import acts
from audit_service.store import draws as draws_store
from audit_service.store import log as store
from audit_service.use_cases.logbook import with_witnesses

TOLD: Final = ("commit", "correct", "draw-freeze", "notices", "reveal", "run", "set-aside", "substitute", "withdraw")
"""What happened to a draw."""
TWO: Final = ("confirm", "decline", "request")
"""What of it was asked for, and how a second person answered. A bundle tells of these too."""
GROUNDS: Final = ("appointed", "shown_by")
"""What of an answer names the entries of the post that gave it, and of its token or password."""


def log_evidence(db: Connection, campaign: str) -> dict[str, bytes]:
    """The files under `log/`; none while nothing is signed that the campaign's acts are in.

    Each entry stands under the earliest checkpoint that a witness cosigned after it, else under the newest.
    """
    signed = store.all_checkpoints(db)
    if not signed:
        return {}
    cosigned = [checkpoint for checkpoint in signed if store.cosignatures_of(db, checkpoint.size)]
    proofs = [
        _proof(db, number - 1, _checkpoint(number, cosigned, signed))
        for number in _acts_of(db, campaign)
        if number <= signed[-1].size
    ]
    notes = {checkpoint.size: checkpoint for checkpoint in signed}
    files = {f"{ENTRIES}{proof.index}": next(store.entries_from(db, proof.index, proof.index + 1)) for proof in proofs}
    files |= {
        f"{CHECKPOINTS}{size}": str(with_witnesses(db, notes[size])).encode() for size in {p.size for p in proofs}
    }
    return {**files, PROOFS: write_proofs(proofs)}


def entry_proof(db: Connection, number: int) -> LogProof | None:
    """That the entry of one act is in the log, in a form that fits a code; nothing while no checkpoint covers it."""
    signed = store.all_checkpoints(db)
    if not signed or signed[-1].size < number:
        return None
    cosigned = [checkpoint for checkpoint in signed if store.cosignatures_of(db, checkpoint.size)]
    proof = _proof(db, number - 1, _checkpoint(number, cosigned, signed))
    note = next(checkpoint for checkpoint in signed if checkpoint.size == proof.size)
    entry = next(store.entries_from(db, proof.index, proof.index + 1)).decode()
    return LogProof(entry, proof.index, proof.path, str(with_witnesses(db, note)))


def _acts_of(db: Connection, campaign: str) -> list[int]:
    draws = [row.draw for row in draws_store.all_draws(db) if row.campaign == campaign]
    names = [draws_store.round_name(draw, n) for draw in draws for n in {0, *draws_store.commitments_of(db, draw)}]
    answers = (acts.details_of(db, number) for number in acts.numbers_of(db, names, TWO))
    named = {int(str(answer[name])) for answer in answers for name in GROUNDS if name in answer}
    return sorted({*acts.numbers_of(db, names, (*TOLD, *TWO)), *named})


def _checkpoint(number: int, cosigned: Sequence[store.Signed], signed: Sequence[store.Signed]) -> int:
    covering = (checkpoint.size for checkpoint in cosigned if checkpoint.size >= number)
    return next(covering, signed[-1].size)


def _proof(db: Connection, index: int, size: int) -> Proof:
    path = tree.inclusion_proof(lambda level, place: store.hash_at(db, level, place), index, size)
    return Proof(index, size, tuple(path))

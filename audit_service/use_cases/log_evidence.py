"""What a bundle tells of the log: the entries of its campaign, and proofs that they are in it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from itertools import accumulate
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
_Seen = tuple[int, datetime]
"""The size of a checkpoint, and when a witness saw it first."""


def log_evidence(db: Connection, campaign: str) -> dict[str, bytes]:
    """The files under `log/`; none while nothing is signed that the campaign's acts are in."""
    newest = store.latest(db)
    if newest is None:
        return {}
    covering, hashes = _Covering(db, newest.size), store.Hashes(db)
    told = [number for number in _acts_of(db, campaign) if number <= newest.size]
    proofs = [_proof(hashes, number - 1, covering.of(number)) for number in told]
    files = {f"{ENTRIES}{proof.index}": _entry(db, proof) for proof in proofs}
    files |= {f"{CHECKPOINTS}{size}": _note(db, size).encode() for size in {proof.size for proof in proofs}}
    return {**files, PROOFS: write_proofs(proofs)}


def entry_proof(db: Connection, number: int) -> LogProof | None:
    """That the entry of one act is in the log, in a form that fits a code; nothing while no checkpoint covers it."""
    newest = store.latest(db)
    if newest is None or newest.size < number:
        return None
    proof = _proof(store.Hashes(db), number - 1, _Covering(db, newest.size).of(number))
    return LogProof(_entry(db, proof).decode(), proof.index, proof.path, _note(db, proof.size))


def _acts_of(db: Connection, campaign: str) -> list[int]:
    draws = [row.draw for row in draws_store.of_campaign(db, campaign)]
    names = [draws_store.round_name(draw, n) for draw in draws for n in {0, *draws_store.commitments_of(db, draw)}]
    answers = (acts.details_of(db, number) for number in acts.numbers_of(db, names, TWO))
    named = {int(str(answer[name])) for answer in answers for name in GROUNDS if name in answer}
    return sorted({*acts.numbers_of(db, names, (*TOLD, *TWO)), *named})


class _Covering:
    """Under which checkpoint an entry stands: of those with it the one that a witness saw first, since it shows the
    earliest time, whatever older one somebody cosigns later; without any the newest.

    However many there are, they are gone through once: the publisher signs about once an act.
    """

    def __init__(self, db: Connection, newest: int) -> None:
        self._newest = newest
        seen = store.first_seen(db)
        self._sizes = [size for size, _ in seen]
        self._first = [size for size, _ in accumulate(reversed(seen), _sooner)][::-1]

    def of(self, number: int) -> int:
        """The size of the checkpoint for the entry of an act."""
        place = bisect_left(self._sizes, number)
        return self._first[place] if place < len(self._first) else self._newest


def _sooner(one: _Seen, other: _Seen) -> _Seen:
    return one if one[1] < other[1] else other


def _proof(hashes: tree.Hashes, index: int, size: int) -> Proof:
    return Proof(index, size, tuple(tree.inclusion_proof(hashes, index, size)))


def _entry(db: Connection, proof: Proof) -> bytes:
    return next(store.entries_from(db, proof.index, proof.index + 1))


def _note(db: Connection, size: int) -> str:
    (signed,) = store.checkpoints_at(db, size)
    return str(with_witnesses(db, signed))

"""Derive everything of the log anew: entries from acts, the tree from entries, checkpoints from the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.core.entries import write_entry
from audit_service.core.merkle import leaf_hash
from audit_service.core.notes import Checkpoint, Key, parse_checkpoint, parse_note
from audit_service.core.unit_days import read_batch, root_of
from audit_service.errors import AuditError, NotFound
from audit_service.seal import Seal
from audit_service.signing import verify
from audit_service.store import acts, happenings
from audit_service.store import log as store

Fresh = Mapping[tuple[int, int], bytes]
"""The hashes of the tree as they follow from the stored entries, by level and place."""


@dataclass(frozen=True)
class Fault:
    """Something about the log that is not as it must be: its code, and which entry, hash or checkpoint."""

    code: str
    place: int


@dataclass(frozen=True)
class Checked:
    """How many entries and checkpoints were looked at, and what is not as it must be."""

    entries: int
    checkpoints: int
    faults: tuple[Fault, ...]


def check(db: Connection, seal: Seal) -> Checked:
    """Look at every entry, kept hash, checkpoint and batch of a sealed draw, and at what was signed last."""
    size, signed = store.count(db), store.all_checkpoints(db)
    fresh = _tree(store.entries_from(db, 0, size))
    faults = [*_entry_faults(db, size), *_hash_faults(db, fresh)]
    for checkpoint in signed:
        if not _holds(checkpoint, fresh, size, seal.key):
            faults.append(Fault("log-checkpoint-wrong", checkpoint.size))
    faults += _batch_faults(db)
    last = seal.last
    if last and not _is_beginning(last, fresh, size):
        faults.append(Fault("log-not-the-signed-one", last.size))
    if signed and not last:
        faults.append(Fault("log-last-lost", signed[-1].size))
    return Checked(size, len(signed), tuple(faults))


def contains(db: Connection, size: int, root: bytes) -> bool:
    """Whether the first entries of the log, hashed anew, are those of a checkpoint that somebody kept.

    `NotFound` where the log has fewer: then it is another one, it was set back, or the size is not what was written.
    """
    entries = store.count(db)
    if not 0 < size <= entries:
        raise NotFound("log-shorter", size=size, entries=entries)
    return _root(_tree(store.entries_from(db, 0, size)), size) == root


def _tree(entries: Iterator[bytes]) -> Fresh:
    fresh: dict[tuple[int, int], bytes] = {}
    for place, content in enumerate(entries):
        for level, at, found in tree.completed(place, leaf_hash(content), lambda *where: fresh[where]):
            fresh[level, at] = found
    return fresh


def _entry_faults(db: Connection, size: int) -> Iterator[Fault]:
    contents = dict(enumerate(store.entries_from(db, 0, size), 1))
    last = 0
    for number, recorded in enumerate(acts.recorded(db), 1):
        if recorded.number != number or contents.get(number) != write_entry(recorded):
            yield Fault("log-entry-differs", number)
        last = number
    if last != size:
        yield Fault("log-entries-missing", min(last, size) + 1)


def _batch_faults(db: Connection) -> Iterator[Fault]:
    """The batches of sealed draws: each has the logged root, and the happenings that it says to hold."""
    for draw, part in happenings.parts(db):
        waiting = happenings.all_of(db, draw, part)
        for batch in happenings.batches_of(db, draw, part):
            leaves = read_batch(batch.leaves)
            held, waiting = waiting[: batch.taken], waiting[batch.taken :]
            right = root_of(leaves) == acts.details_of(db, batch.recorded_in).get("root")
            if not right or not {bytes.fromhex(happening.leaf) for happening in held} <= set(leaves):
                yield Fault("log-batch-wrong", batch.recorded_in)


def _hash_faults(db: Connection, fresh: Fresh) -> Iterator[Fault]:
    for (level, place), found in sorted(store.all_hashes(db).items()):
        if fresh.get((level, place)) != found:
            yield Fault("log-hash-wrong", place << level)


def _holds(signed: store.Signed, fresh: Fresh, size: int, key: Key) -> bool:
    try:
        note = parse_note(signed.note.encode())
        verify(note, key)
        checkpoint = parse_checkpoint(note.text)
    except AuditError:
        return False
    return checkpoint.size == signed.size and _is_beginning(checkpoint, fresh, size)


def _is_beginning(checkpoint: Checkpoint, fresh: Fresh, size: int) -> bool:
    return checkpoint.size <= size and _root(fresh, checkpoint.size) == checkpoint.root


def _root(fresh: Fresh, size: int) -> bytes | None:
    """The root over so many entries; nothing where one of them was taken out, so that fewer are left."""
    try:
        return tree.root(lambda *where: fresh[where], size)
    except KeyError:
        return None

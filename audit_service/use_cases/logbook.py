"""The log's publisher: it adds what is new to the tree, and signs what it can show to have grown.

docs/adr/0008-the-log.md says why it is so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.core.merkle import leaf_hash
from audit_service.core.notes import Checkpoint, Key, Note, Signature, parse_checkpoint, parse_note, parse_signature
from audit_service.errors import Refused, RuleError
from audit_service.seal import Seal
from audit_service.signing import verify
from audit_service.store import log as store


def unsigned(db: Connection) -> int:
    """How many entries no checkpoint says yet: a look that makes nobody wait."""
    signed = store.latest(db)
    return store.count(db) - (signed.size if signed else 0)


def publish(db: Connection, seal: Seal, now: datetime, most: int | None = None) -> Note | None:
    """Sign a checkpoint of everything that was done, or of the next `most` entries; the note. Nothing where there is
    nothing to sign.

    The new leaves are hashed from the entries as they are stored. `Refused` where the log is shorter than, or did not
    grow out of, the checkpoint that was signed last: then the database was set back or is another one, and whoever
    keeps the checkpoint that was handed out would find it out.
    """
    size, published = store.count(db), store.published(db)
    if not size:
        return None
    if most is not None:  # but no less than was signed already by somebody who was killed before it was kept
        size = min(size, max(published + most, seal.last.size if seal.last else 0))
    grown = _grow(db, published, size)
    checkpoint = Checkpoint(seal.origin, size, tree.root(grown.hash_at, size))

    def follows(last: Checkpoint | None) -> None:
        _check_growth(grown, last, checkpoint)

    kept = store.latest(db)
    if kept and kept.size == size:
        follows(seal.last)
        return parse_note(kept.note.encode())
    note = seal.sign(checkpoint, follows)
    store.add_hashes(db, grown.new)
    store.add_checkpoint(db, size, str(note), now)
    return note


@dataclass
class _Grown:
    """The tree with its new leaves: hashes that are kept, and those to be kept."""

    db: Connection
    new: list[tuple[int, int, bytes]]
    known: dict[tuple[int, int], bytes]

    def hash_at(self, level: int, place: int) -> bytes:
        found = self.known.get((level, place))
        if found is None:
            found = self.known[level, place] = store.hash_at(self.db, level, place)
        return found


def _grow(db: Connection, published: int, size: int) -> _Grown:
    grown = _Grown(db, [], {})
    for place, content in enumerate(store.entries_from(db, published, size), published):
        for level, at, found in tree.completed(place, leaf_hash(content), grown.hash_at):
            grown.known[level, at] = found
            grown.new.append((level, at, found))
    return grown


def _check_growth(grown: _Grown, last: Checkpoint | None, now: Checkpoint) -> None:
    if last is None:
        return
    if last.origin != now.origin:
        raise Refused("log-other-name", signed=last.origin, name=now.origin)
    if last.size > now.size:
        raise Refused("log-set-back", signed=last.size, size=now.size)
    if tree.root(grown.hash_at, last.size) != last.root:
        raise Refused("log-forked", signed=last.size)


def take_cosignature(db: Connection, key: Key, signature: Signature, size: int | None = None) -> tuple[int, datetime]:
    """Keep a witness's signature of the checkpoint of a size, or of whichever it is of; that one's size, and when the
    witness saw it.

    `Refused` for a signature of none of the log's checkpoints, and where this witness's is kept already.
    """
    for signed in store.checkpoints_at(db, size):
        note = Note(parse_note(signed.note.encode()).text, (signature,))
        try:
            seen = verify(note, key)
        except RuleError:
            continue
        kept = map(parse_signature, store.cosignatures_of(db, signed.size))
        if seen is None or any(line.name == key.name for line in kept):
            raise Refused("cosignature-known", size=signed.size, name=key.name)
        store.add_cosignature(db, signed.size, key.name, str(signature), seen)
        return signed.size, seen
    raise Refused("cosignature-of-nothing", name=key.name)


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint as the log signed it, without witnesses, and when."""

    note: Note
    checkpoint: Checkpoint
    at: datetime


def first_with(db: Connection, entry: int) -> SignedCheckpoint | None:
    """The first checkpoint that holds an entry, if it was signed yet: a later one says no more of it."""
    found = store.first_from(db, entry)
    if found is None:
        return None
    note = parse_note(found.note.encode())
    return SignedCheckpoint(note, parse_checkpoint(note.text), found.at)


def latest(db: Connection) -> Note | None:
    """The newest checkpoint with the signatures of its witnesses."""
    signed = store.latest(db)
    return with_witnesses(db, signed) if signed else None


def with_witnesses(db: Connection, signed: store.Signed) -> Note:
    """A checkpoint with the signatures of its witnesses."""
    note = parse_note(signed.note.encode())
    return note.signed(parse_signature(line) for line in store.cosignatures_of(db, signed.size))

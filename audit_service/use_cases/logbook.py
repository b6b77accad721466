"""The log's publisher: it adds what is new to the tree, and signs what it can show to have grown.

docs/adr/0008-the-log.md says why it is so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.core.acts import Act
from audit_service.core.merkle import leaf_hash
from audit_service.core.notes import Checkpoint, Key, Note, Signature, parse_checkpoint, parse_note, parse_signature
from audit_service.errors import Refused, RuleError
from audit_service.seal import Seal
from audit_service.signing import verify
from audit_service.store import acts
from audit_service.store import log as store


def unsigned(db: Connection) -> int:
    """How many entries no checkpoint says yet: a look that makes nobody wait."""
    signed = store.latest(db)
    return store.count(db) - (signed.size if signed else 0)


def publish(db: Connection, seal: Seal, now: datetime, most: int | None = None, *, anew: bool = False) -> Note | None:
    """Sign a checkpoint of everything that was done, or of the next `most` entries; the note. Nothing where there is
    nothing to sign.

    The new leaves are hashed from the entries as they are stored. `Refused` where the log is shorter than, or did not
    grow out of, the checkpoint that was signed last: then the database was set back or is another one, and whoever
    keeps the checkpoint that was handed out would find it out. Where that checkpoint is lost nothing is signed either,
    but `anew`: then the newest one in the database takes its place.
    """
    size, published = store.count(db), store.published(db)
    if not size:
        return None
    if most is not None:  # but no less than was signed already by somebody who was killed before it was kept
        size = min(size, max(published + most, seal.last.size if seal.last else 0))
    grown = _grow(db, published, size)
    checkpoint = Checkpoint(seal.origin, size, tree.root(grown.hashes, size))
    kept = store.latest(db)

    def follows(last: Checkpoint | None) -> None:
        if last is None and kept and not anew:
            raise Refused("log-last-missing", file=str(seal.last_file), signed=kept.size)
        _check_growth(grown, last or _own(kept), checkpoint)

    if kept and kept.size == size:
        follows(seal.last)
        return parse_note(kept.note.encode())
    note = seal.sign(checkpoint, follows)
    store.add_hashes(db, grown.new)
    store.add_checkpoint(db, size, str(note), now)
    return note


def begin_anew(db: Connection, act: Act, seal: Seal, reason: str) -> None:
    """Write down that the file with the checkpoint that was signed last is lost, before `publish` signs `anew`.

    What the database has signed is all that is left to go by: that it was set back before, only a witness finds out.
    Signed in a transaction of its own: the file must not have what the database might lose. `Refused` where nothing is
    lost, and without the key that signed.
    """
    if not reason.strip():
        raise Refused("reason-empty")
    kept = store.latest(db)
    if kept is None or seal.last is not None:
        raise Refused("log-last-there", file=str(seal.last_file))
    if not seal.has_key:
        raise Refused("check-log-key")
    verify(parse_note(kept.note.encode()), seal.key)
    acts.record(db, act, "log-anew", seal.origin, signed=kept.size, reason=reason.strip())


@dataclass
class _Grown:
    """The tree with its new leaves: hashes that are kept, and those to be kept."""

    hashes: store.Hashes
    new: list[tuple[int, int, bytes]]


def _grow(db: Connection, published: int, size: int) -> _Grown:
    grown = _Grown(store.Hashes(db), [])
    for place, content in enumerate(store.entries_from(db, published, size), published):
        for level, at, found in tree.completed(place, leaf_hash(content), grown.hashes):
            grown.hashes.known[level, at] = found
            grown.new.append((level, at, found))
    return grown


def _own(kept: store.Signed | None) -> Checkpoint | None:
    return parse_checkpoint(parse_note(kept.note.encode()).text) if kept else None


def _check_growth(grown: _Grown, last: Checkpoint | None, now: Checkpoint) -> None:
    if last is None:
        return
    if last.origin != now.origin:
        raise Refused("log-other-name", signed=last.origin, name=now.origin)
    if last.size > now.size:
        raise Refused("log-set-back", signed=last.size, size=now.size)
    if tree.root(grown.hashes, last.size) != last.root:
        raise Refused("log-forked", signed=last.size)


def take_cosignature(db: Connection, key: Key, signature: Signature, size: int | None = None) -> tuple[int, datetime]:
    """Keep a witness's signature of the checkpoint of a size, or of whichever it is of; that one's size, and when the
    witness saw it.

    `Refused` for a signature of none of the log's checkpoints, and where one by this key is kept already. Whoever
    signs under another witness's name has another key, and takes nothing from it.
    """
    for signed in store.checkpoints_at(db, size):
        note = Note(parse_note(signed.note.encode()).text, (signature,))
        try:
            seen = verify(note, key)
        except RuleError:
            continue
        kept = map(parse_signature, store.cosignatures_of(db, signed.size))
        if seen is None or any((line.name, line.id) == (key.name, key.id) for line in kept):
            raise Refused("cosignature-known", size=signed.size, name=key.name, key=key.id.hex())
        store.add_cosignature(db, signed.size, key.name, key.id.hex(), str(signature), seen)
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

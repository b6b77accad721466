"""The log as it is kept: entries, the hashes of its tree, checkpoints and cosignatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from audit_service.errors import NotFound
from audit_service.store.tables import checkpoints, cosignatures, entries, tree_hashes


@dataclass(frozen=True)
class Signed:
    """A checkpoint that was signed: the size of the log, the note, and when."""

    size: int
    note: str
    at: datetime


def count(db: Connection) -> int:
    """How many entries there are."""
    last: int | None = db.execute(select(func.max(entries.c.place))).scalar_one()
    return last or 0


def entries_from(db: Connection, start: int, stop: int) -> Iterator[bytes]:
    """The entries of the leaves from `start` up to, not including, `stop`; leaf 0 is the first entry."""
    chosen = select(entries.c.content).where((entries.c.place > start) & (entries.c.place <= stop))
    return iter(db.execute(chosen.order_by(entries.c.place)).scalars())


def add_hashes(db: Connection, rows: list[tuple[int, int, bytes]]) -> None:
    """Keep complete subtrees of the tree: level, place, hash."""
    if rows:
        values = [{"level": level, "place": place, "hash": found.hex()} for level, place, found in rows]
        db.execute(insert(tree_hashes), values)


def hash_at(db: Connection, level: int, place: int) -> bytes:
    """The hash of a complete subtree; `NotFound` where it was not published."""
    chosen = select(tree_hashes.c.hash).where((tree_hashes.c.level == level) & (tree_hashes.c.place == place))
    found: str | None = db.execute(chosen).scalar_one_or_none()
    if found is None:
        raise NotFound("log-hash-unknown", level=level, place=place)
    return bytes.fromhex(found)


class Hashes:
    """The kept hashes as a tree is read through them (`core.tree.Hashes`), each asked for once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.known: dict[tuple[int, int], bytes] = {}
        """With those that are to be kept, where the tree grows."""

    def __call__(self, level: int, place: int) -> bytes:
        found = self.known.get((level, place))
        if found is None:
            found = self.known[level, place] = hash_at(self._db, level, place)
        return found


def hashes_from(db: Connection, level: int, start: int, stop: int) -> dict[tuple[int, int], bytes]:
    """The kept hashes of a level from `start` up to, not including, `stop`, by level and place."""
    within = (tree_hashes.c.level == level) & (tree_hashes.c.place >= start) & (tree_hashes.c.place < stop)
    rows = db.execute(select(tree_hashes.c.place, tree_hashes.c.hash).where(within))
    return {(level, row.place): bytes.fromhex(row.hash) for row in rows}


def all_hashes(db: Connection) -> dict[tuple[int, int], bytes]:
    """Every kept hash by level and place."""
    rows = db.execute(select(tree_hashes.c.level, tree_hashes.c.place, tree_hashes.c.hash))
    return {(row.level, row.place): bytes.fromhex(row.hash) for row in rows}


def published(db: Connection) -> int:
    """How many leaves the kept tree has."""
    last: int | None = db.execute(select(func.max(tree_hashes.c.place)).where(tree_hashes.c.level == 0)).scalar_one()
    return 0 if last is None else last + 1


def add_checkpoint(db: Connection, size: int, note: str, at: datetime) -> None:
    """Keep a checkpoint that was signed."""
    db.execute(insert(checkpoints).values(size=size, note=note, at=at))


def latest(db: Connection) -> Signed | None:
    """The newest checkpoint, without cosignatures."""
    row = db.execute(
        select(checkpoints.c.size, checkpoints.c.note, checkpoints.c.at).order_by(checkpoints.c.size.desc()).limit(1)
    ).first()
    return Signed(row.size, row.note, row.at) if row else None


def signed_at(db: Connection) -> datetime | None:
    """When the newest checkpoint was signed."""
    found: datetime | None = db.execute(
        select(checkpoints.c.at).order_by(checkpoints.c.size.desc()).limit(1)
    ).scalar_one_or_none()
    return found


def all_checkpoints(db: Connection) -> list[Signed]:
    """Every checkpoint, from the oldest."""
    rows = db.execute(select(checkpoints.c.size, checkpoints.c.note, checkpoints.c.at).order_by(checkpoints.c.size))
    return [Signed(row.size, row.note, row.at) for row in rows]


def checkpoints_at(db: Connection, size: int | None) -> list[Signed]:
    """The checkpoint of a size, if there is one; of no size all of them, from the newest."""
    chosen = select(checkpoints.c.size, checkpoints.c.note, checkpoints.c.at).order_by(checkpoints.c.size.desc())
    if size is not None:
        chosen = chosen.where(checkpoints.c.size == size)
    return [Signed(row.size, row.note, row.at) for row in db.execute(chosen)]


def first_from(db: Connection, size: int) -> Signed | None:
    """The earliest checkpoint of at least so many entries."""
    chosen = select(checkpoints).where(checkpoints.c.size >= size).order_by(checkpoints.c.size).limit(1)
    row = db.execute(chosen).first()
    return Signed(row.size, row.note, row.at) if row else None


def first_seen(db: Connection) -> list[tuple[int, datetime]]:
    """The sizes of the checkpoints that any witness cosigned, from the smallest, with when the first one saw each."""
    seen = select(cosignatures.c.size, func.min(cosignatures.c.seen_at)).group_by(cosignatures.c.size)
    return [(row[0], row[1]) for row in db.execute(seen.order_by(cosignatures.c.size))]


def add_cosignature(db: Connection, size: int, name: str, key_id: str, line: str, at: datetime) -> None:
    """Keep a witness's signature of a checkpoint."""
    db.execute(insert(cosignatures).values(size=size, name=name, key_id=key_id, line=line, seen_at=at))


def cosignatures_of(db: Connection, size: int) -> list[str]:
    """The lines of a checkpoint's witnesses, by their names."""
    chosen = select(cosignatures.c.line).where(cosignatures.c.size == size).order_by(cosignatures.c.name)
    return sorted(db.execute(chosen).scalars())

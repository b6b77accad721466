"""Proofs from the log for whoever asks: that an entry is in it, that it grew out of what it was."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core import tree
from audit_service.errors import NotFound
from audit_service.store import log as store


@dataclass(frozen=True)
class Inclusion:
    """That an entry, by its number, is in the log of `size` entries: the entry's hash, the root, the hashes between."""

    entry: int
    size: int
    leaf: bytes
    root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Consistency:
    """That the log of `size` entries begins with that of `old` entries: both roots, the hashes between."""

    old: int
    size: int
    old_root: bytes
    root: bytes
    path: tuple[bytes, ...]


def inclusion(db: Connection, entry: int, size: int | None = None) -> Inclusion:
    """The proof of an entry under the log of a size, or under the newest checkpoint; `NotFound` beyond what is signed.

    It can be checked by RFC 9162, section 2.1.3.2, with leaf index `entry - 1`.
    """
    size = _within(db, size)
    if not 1 <= entry <= size:
        raise NotFound("log-no-entry", entry=entry, size=size)
    hashes = store.Hashes(db)
    path = tuple(tree.inclusion_proof(hashes, entry - 1, size))
    return Inclusion(entry, size, hashes(0, entry - 1), tree.root(hashes, size), path)


def consistency(db: Connection, old: int, size: int | None = None) -> Consistency:
    """The proof that the log of a size, or of the newest checkpoint, begins with that of `old` entries.

    `NotFound` beyond what is signed. It can be checked by RFC 9162, section 2.1.4.2.
    """
    size = _within(db, size)
    if not 1 <= old <= size:
        raise NotFound("log-no-size", size=old, signed=size)
    hashes = store.Hashes(db)
    path = tuple(tree.consistency_proof(hashes, old, size))
    return Consistency(old, size, tree.root(hashes, old), tree.root(hashes, size), path)


def _within(db: Connection, size: int | None) -> int:
    signed = store.published(db)
    if not signed:
        raise NotFound("log-empty")
    if size is not None and not 1 <= size <= signed:
        raise NotFound("log-no-size", size=size, signed=signed)
    return signed if size is None else size

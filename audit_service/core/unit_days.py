"""What happens to single units of a sealed draw, in the log: a batch a day whose size never changes (docs/sealed.md).

A batch is a tree (RFC 6962) of 256 leaves, of which the log has the root alone. A leaf is the salted hash of one
happening, or a random number where there is none; they stand in random order. So an entry tells neither which unit, nor
of what kind, nor how many, nor whether anything happened at all; and what happened is fixed, and can be opened after
the reveal, each for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from audit_service.core import merkle, tree
from audit_service.core.entries import hidden
from audit_service.errors import RuleError

SIZE: Final = 256
"""Leaves in a batch. What is more waits for the next day's, so that a batch never tells that there was more."""
HASH_BYTES: Final = 32


@dataclass(frozen=True)
class Opened:
    """One happening with everything that shows it to be in the log: told after the reveal.

    `act` is the number of the log's entry with the batch's root, `place` the leaf's in the batch.
    """

    value: Mapping[str, object]
    opening: str
    act: int
    place: int
    path: tuple[bytes, ...]
    root: str

    def check(self) -> None:
        """`RuleError` where the happening is not in the batch of this root."""
        leaf = bytes.fromhex(leaf_of(self.opening, self.value))
        tree.check_inclusion(merkle.leaf_hash(leaf), self.place, SIZE, self.path, bytes.fromhex(self.root))


def leaf_of(opening: str, value: Mapping[str, object]) -> str:
    """How a happening stands in its batch: SHA-256 of the opening's bytes and the RFC 8785 JSON of the value."""
    return hidden(opening, value)


def write_batch(leaves: Sequence[bytes]) -> bytes:
    """The leaves of a batch as they are kept."""
    if len(leaves) != SIZE or any(len(leaf) != HASH_BYTES for leaf in leaves):
        raise ValueError(f"a batch of {len(leaves)} leaves")
    return b"".join(leaves)


def read_batch(data: bytes) -> list[bytes]:
    """The leaves of a batch that was kept."""
    return [data[place : place + HASH_BYTES] for place in range(0, len(data), HASH_BYTES)]


def root_of(leaves: Sequence[bytes]) -> str:
    """The root of a batch, which the log holds."""
    return merkle.root(leaves).hex()


def open_leaf(leaves: Sequence[bytes], opening: str, value: Mapping[str, object], act: int) -> Opened:
    """What shows that a happening is in a batch; `RuleError` where it is not."""
    leaf = bytes.fromhex(leaf_of(opening, value))
    if leaf not in leaves:
        raise RuleError("happening-not-in-batch", act=act)
    levels = merkle.complete_subtrees(leaves)
    place = leaves.index(leaf)
    path = tree.inclusion_proof(lambda level, at: levels[level][at], place, len(leaves))
    return Opened(value, opening, act, place, tuple(path), root_of(leaves))


def days_to_write(first: date, written: date | None, today: date) -> Iterator[date]:
    """The days that are over and have no batch yet: from the day of the draw, or from the day after the last one."""
    day = first if written is None else written + timedelta(days=1)
    while day < today:
        yield day
        day += timedelta(days=1)

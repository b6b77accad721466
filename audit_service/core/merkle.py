"""Merkle trees as RFC 6962, section 2.1, has them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf's data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over the data of some leaves, in their order; of no leaves, the digest of nothing.

    Hashing level by level, an odd last node moving up as it is, gives the same tree as the RFC's recursion.
    """
    level = [leaf_hash(data) for data in leaves]
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        pairs = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def complete_subtrees(leaves: Iterable[bytes]) -> list[list[bytes]]:
    """The hashes of all complete subtrees over the data of some leaves: level by level, from that of the leaves.

    From these `tree.inclusion_proof` takes any leaf's path.
    """
    levels = [[leaf_hash(data) for data in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(a, b) for a, b in zip(below[::2], below[1::2], strict=False)])
    return levels

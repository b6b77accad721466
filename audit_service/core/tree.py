"""The log's hash tree: roots, proofs, and how they are checked (RFC 6962, section 2.1; RFC 9162, section 2.1).

A tree is read through the hashes of its complete subtrees, so that nothing grows with the log but its logarithm: hash
`(level, index)` is that of the `2**level` leaves from leaf `index * 2**level` on. Such a hash never changes once there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from audit_service.core.merkle import node_hash
from audit_service.errors import RuleError

Hashes = Callable[[int, int], bytes]
"""Gives the hash of a complete subtree by level and index."""

EMPTY: Final = sha256(b"").digest()
"""The root of no leaves."""


def root(hashes: Hashes, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return _range(hashes, 0, size) if size else EMPTY


def _range(hashes: Hashes, start: int, size: int) -> bytes:
    """The hash over `size` leaves from `start` on, where `start` is a multiple of the power of two not below `size`."""
    half = _split(size)
    if half == size:
        level = size.bit_length() - 1
        return hashes(level, start >> level)
    return node_hash(_range(hashes, start, half), _range(hashes, start + half, size - half))


def _split(size: int) -> int:
    """The largest power of two that is not above a size; of a power of two, itself."""
    return 1 << (size.bit_length() - 1)


def _left(size: int) -> int:
    """How many of several leaves stand in the left subtree: the largest power of two below their number."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(hashes: Hashes, index: int, size: int) -> list[bytes]:
    """The hashes by which leaf `index` is shown to be in the tree of `size` leaves, the lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} of {size}")
    found: list[bytes] = []
    start = 0
    while size > 1:
        half = _left(size)
        if index - start < half:
            found.append(_range(hashes, start + half, size - half))
            size = half
        else:
            found.append(_range(hashes, start, half))
            start, size = start + half, size - half
    return found[::-1]


def consistency_proof(hashes: Hashes, old: int, size: int) -> list[bytes]:
    """The hashes by which the tree of `old` leaves is shown to be the beginning of the tree of `size` leaves."""
    if not 0 < old <= size:
        raise ValueError(f"{old} of {size} leaves")
    found: list[bytes] = []
    start, whole = 0, True
    while old < size:
        half = _left(size)
        if old <= half:
            found.append(_range(hashes, start + half, size - half))
            size = half
        else:
            found.append(_range(hashes, start, half))
            start, old, size, whole = start + half, old - half, size - half, False
    return found[::-1] if whole else [_range(hashes, start, size), *found[::-1]]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> None:
    """Check that a leaf's hash is at `index` of the tree of this size and root; `RuleError` if it is not shown.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or len(proof) != _path_length(index, size):
        raise RuleError("proof-of-leaf", index=index, size=size)
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if found != expected:
        raise RuleError("proof-of-leaf", index=index, size=size)


def _path_length(index: int, size: int) -> int:
    """How many hashes a leaf's proof has: one a level up to where its path meets the last one's, then one a set bit."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def check_consistency(old: int, old_root: bytes, size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that a tree grew out of an older one; `RuleError` if it is not shown. RFC 9162, section 2.1.4.2."""
    if old > size:
        raise RuleError("proof-of-growth", old=old, size=size)
    if old in (0, size):
        if proof or old_root != (EMPTY if old == 0 else new_root):
            raise RuleError("proof-of-growth", old=old, size=size)
        return
    first, second = _grown(old, size, [old_root, *proof] if old & (old - 1) == 0 else list(proof))
    if (first, second) != (old_root, new_root):
        raise RuleError("proof-of-growth", old=old, size=size)


def _grown(old: int, size: int, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots that a proof comes to; empty ones where it has too few or too many hashes."""
    if not proof:
        return b"", b""
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return b"", b""
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else (b"", b"")


def completed(size: int, leaf: bytes, hashes: Hashes) -> Iterator[tuple[int, int, bytes]]:
    """The complete subtrees that a leaf completes when it is added to a tree of `size` leaves: level, index, hash."""
    level, index, found = 0, size, leaf
    yield level, index, found
    while index & 1:
        found = node_hash(hashes(level, index - 1), found)
        level, index = level + 1, index >> 1
        yield level, index, found

"""What a witness does on a machine of its own: look whether a log grew out of what it saw last, and sign that it did.

Nothing here asks the office's database: a witness knows the log's key, the tiles that anybody can fetch, and the
checkpoint that it cosigned last.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from audit_service.core import tree
from audit_service.core.merkle import node_hash
from audit_service.core.notes import Checkpoint, Key, Note, Signature, parse_checkpoint
from audit_service.core.tiles import WIDTH, Tile
from audit_service.errors import Refused, RuleError
from audit_service.signing import Signer, verify

ReadTile = Callable[[Tile], bytes]
"""Gives the bytes of a tile of the log."""


def witness(note: Note, log: Key, last: Checkpoint | None, read: ReadTile, signer: Signer, now: datetime) -> Signature:
    """Cosign a checkpoint that the log signed and that grew out of the last one that was cosigned.

    `Refused` for another log's note, for a log that is shorter than it was (a rollback), and for one that is not what
    it was (a fork): then keep both checkpoints, they prove it.
    """
    verify(note, log)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        raise Refused("witness-other-log", found=checkpoint.origin, expected=log.name)
    hashes = _Tiles(read, checkpoint.size)
    if tree.root(hashes, checkpoint.size) != checkpoint.root:
        raise Refused("witness-tiles-wrong", size=checkpoint.size)
    if last is not None:
        _check_grown(last, checkpoint, hashes)
    return signer.cosign(note, now)


def _check_grown(last: Checkpoint, checkpoint: Checkpoint, hashes: tree.Hashes) -> None:
    if last.size > checkpoint.size:
        raise Refused("witness-rollback", seen=last.size, size=checkpoint.size)
    proof = [] if last.size in (0, checkpoint.size) else tree.consistency_proof(hashes, last.size, checkpoint.size)
    try:
        tree.check_consistency(last.size, last.root, checkpoint.size, checkpoint.root, proof)
    except RuleError:
        raise Refused("witness-fork", seen=last.size, size=checkpoint.size) from None


class _Tiles:
    """Hashes of complete subtrees, computed from tiles as they are fetched."""

    def __init__(self, read: ReadTile, size: int) -> None:
        self._read, self._size = read, size
        self._fetched: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, place: int) -> bytes:
        tile_level, above = divmod(level, 8)
        first = place << above
        row = [self._hash(tile_level, first + offset) for offset in range(1 << above)]
        while len(row) > 1:
            row = [node_hash(a, b) for a, b in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    def _hash(self, level: int, place: int) -> bytes:
        number, at = divmod(place, WIDTH)
        if (level, number) not in self._fetched:
            width = min(WIDTH, (self._size >> (8 * level)) - number * WIDTH)
            self._fetched[level, number] = self._read(Tile(level, number, width))
        found = self._fetched[level, number][32 * at : 32 * at + 32]
        if len(found) != 32:
            raise Refused("witness-tiles-wrong", size=self._size)
        return found

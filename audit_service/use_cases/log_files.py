"""The log as the files that anybody can fetch (C2SP tlog-tiles)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from audit_service.core.notes import parse_checkpoint
from audit_service.core.tiles import WIDTH, Tile, check_within, parse_path, read_tile, tiles_of, write_entries
from audit_service.errors import NotFound
from audit_service.store import log as store
from audit_service.use_cases.logbook import latest


def tile_bytes(db: Connection, path: str) -> bytes:
    """A tile or a bundle of entries by its path below `tile/`; `NotFound` beyond what was signed."""
    tile = parse_path(path)
    check_within(tile, store.published(db))
    return _read(db, tile)


def _read(db: Connection, tile: Tile) -> bytes:
    first = tile.number * WIDTH
    if tile.level < 0:
        return write_entries(store.entries_from(db, first, first + tile.width))
    level = 8 * tile.level
    kept = store.hashes_from(db, level, first, first + tile.width)
    return read_tile(tile, lambda *where: kept[where])


def all_files(db: Connection) -> Iterator[tuple[str, bytes]]:
    """The newest checkpoint and every tile of its tree, by their paths; `NotFound` where nothing was signed yet."""
    note = latest(db)
    if note is None:
        raise NotFound("log-empty")
    for tile in tiles_of(parse_checkpoint(note.text).size):
        yield f"tile/{tile.path}", _read(db, tile)
    yield "checkpoint", str(note).encode()

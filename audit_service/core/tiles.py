"""The log as files that anybody can fetch and keep (C2SP tlog-tiles): tiles of 256 hashes, bundles of 256 entries.

A tile's path says its level, its number, and, while it is not full, how many hashes it has. A full tile never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from audit_service.core.tree import Hashes
from audit_service.errors import NotFound

WIDTH: Final = 256
_HEIGHT: Final = 8
_LARGEST_ENTRY: Final = 0xFFFF
_NUMBER: Final = r"(?:x[0-9]{3}/)*[0-9]{3}"
_PATH: Final = re.compile(
    rf"(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<number>{_NUMBER})(?:\.p/(?P<width>[0-9]{{1,3}}))?"
)


class Tile(NamedTuple):
    """Which hashes a tile has: the level of tiles (-1: the entries themselves), its number, how many."""

    level: int
    number: int
    width: int

    @property
    def path(self) -> str:
        """Its path below `tile/`."""
        level = "entries" if self.level < 0 else str(self.level)
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"{level}/{_number(self.number)}{partial}"


def _number(number: int) -> str:
    """A tile's number in groups of three digits, all but the last marked: 1234067 is `x001/x234/067`."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def parse_path(path: str) -> Tile:
    """The tile of a path below `tile/`; `NotFound` for one that no tile has."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise NotFound("tile-unknown", path=path)
    level = -1 if found["level"] == "entries" else int(found["level"])
    tile = Tile(level, int(re.sub("[x/]", "", found["number"])), int(found["width"] or WIDTH))
    if tile.path != path or not 0 < tile.width <= WIDTH:
        raise NotFound("tile-unknown", path=path)
    return tile


def tiles_of(size: int) -> Iterable[Tile]:
    """All tiles of a tree of `size` leaves, the entries' bundles among them, from the lowest level up."""
    for level in range(-1, 8):
        count = size >> (_HEIGHT * max(level, 0))
        for number in range(-(-count // WIDTH)):
            yield Tile(level, number, min(WIDTH, count - number * WIDTH))


def check_within(tile: Tile, size: int) -> None:
    """`NotFound` for a tile that a tree of `size` leaves does not have: one that says more than there is."""
    count = size >> (_HEIGHT * max(tile.level, 0))
    if tile.number * WIDTH + tile.width > count:
        raise NotFound("tile-unknown", path=tile.path)


def read_tile(tile: Tile, hashes: Hashes) -> bytes:
    """A tile of hashes, 32 bytes each."""
    first = tile.number * WIDTH
    return b"".join(hashes(_HEIGHT * tile.level, first + place) for place in range(tile.width))


def write_entries(entries: Iterable[bytes]) -> bytes:
    """A bundle of entries: each with its length before it, in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def fits(entry: bytes) -> bool:
    """Whether an entry is short enough for a bundle."""
    return len(entry) <= _LARGEST_ENTRY

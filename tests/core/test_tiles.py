"""Tiles: their paths are those of C2SP tlog-tiles, and together they are the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core import merkle, tree
from audit_service.core.tiles import Tile, check_within, fits, parse_path, read_tile, tiles_of, write_entries
from audit_service.errors import NotFound


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "0/000"),
        (Tile(0, 1234067, 256), "0/x001/x234/067"),
        (Tile(1, 1000, 5), "1/x001/000.p/5"),
        (Tile(-1, 7, 255), "entries/007.p/255"),
    ],
)
def test_a_tiles_path_is_written_and_read(tile: Tile, path: str) -> None:
    assert (tile.path, parse_path(path)) == (path, tile)


@given(st.integers(-1, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_every_tile_is_found_again_by_its_path(level: int, number: int, width: int) -> None:
    assert parse_path(Tile(level, number, width).path) == Tile(level, number, width)


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/1", "0/0000", "64/000", "00/000", "0/x000/001", "0/000.p/0", "0/000.p/256", "0/000.p/05", "0/000.p",
     "entries", "1/x01/000", "0/001/x000", "../000", "0/000/", "-1/000"],
)  # fmt: skip
def test_another_path_is_no_tiles(path: str) -> None:
    with pytest.raises(NotFound):
        parse_path(path)


def test_a_tile_that_says_more_than_there_is_is_not_there() -> None:
    check_within(Tile(0, 1, 44), 300)
    check_within(Tile(1, 0, 1), 300)
    for tile in (Tile(0, 1, 45), Tile(1, 0, 2), Tile(0, 1, 256), Tile(-1, 2, 1)):
        with pytest.raises(NotFound):
            check_within(tile, 300)


def test_the_tiles_of_a_log_are_its_tree() -> None:
    size = 70_000
    leaves = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(size)]
    kept: dict[tuple[int, int], bytes] = {}
    for number, leaf in enumerate(leaves):
        kept.update(
            ((level, index), found) for level, index, found in tree.completed(number, leaf, lambda *at: kept[at])
        )
    tiles = {tile: read_tile(tile, lambda *at: kept[at]) for tile in tiles_of(size) if tile.level >= 0}
    assert sorted({tile.level for tile in tiles}) == [0, 1, 2]
    assert b"".join(data for tile, data in sorted(tiles.items()) if tile.level == 0) == b"".join(leaves)
    above = b"".join(data for tile, data in sorted(tiles.items()) if tile.level == 1)
    full = [data for tile, data in sorted(tiles.items()) if tile.level == 0 and tile.width == 256]
    assert above == b"".join(over(data) for data in full)
    assert all(len(data) == 32 * tile.width for tile, data in tiles.items())


def over(tile: bytes) -> bytes:
    level = [tile[place : place + 32] for place in range(0, len(tile), 32)]
    while len(level) > 1:
        level = [merkle.node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def test_a_log_of_nothing_has_no_tiles() -> None:
    assert list(tiles_of(0)) == []


def test_entries_stand_in_a_bundle_with_their_lengths() -> None:
    assert write_entries([b"", b"ab"]) == b"\x00\x00\x00\x02ab"
    assert (fits(bytes(65535)), fits(bytes(65536))) == (True, False)

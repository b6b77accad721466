"""Packets: which units one team inspects (section 6, *Packets*)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.frozen import Pool, Substitution
from audit_service.core.packets import Packet, cut, make_packets, write_packets
from audit_service.core.selection import Sample, SampleUnit
from tests.core.handmade import handmade
from tests.reading import ROUNDS, SAMPLES, Round, SampleDraw
from tests.strategies import RoundOf, rounds

# --- cutting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "size", "lengths"),
    [
        (0, 3, []),
        (1, 3, [1]),
        (3, 3, [3]),
        (4, 3, [2, 2]),
        (5, 3, [3, 2]),
        (7, 3, [3, 2, 2]),
        (8, 3, [3, 3, 2]),
        (13, 6, [5, 4, 4]),
        (3, 1, [1, 1, 1]),
        (2, 10**30, [2]),
    ],
)
def test_runs_are_as_few_and_as_equal_as_can_be_the_longer_first(count: int, size: int, lengths: list[int]) -> None:
    assert [len(run) for run in cut(list(map(str, range(count))), size)] == lengths


@given(st.lists(st.text(max_size=1), max_size=60), st.integers(1, 70))
def test_runs_keep_the_line_and_differ_by_one_at_most(line: list[str], size: int) -> None:
    runs = list(cut(line, size))
    lengths = [len(run) for run in runs]
    assert [unit for run in runs for unit in run] == line
    assert len(runs) == -(-len(line) // size)
    assert lengths == sorted(lengths, reverse=True)
    assert not runs or (lengths[0] <= size and lengths[0] - lengths[-1] <= 1)


# --- lining up ------------------------------------------------------------------------------------------------------

POOL = Pool("north", ("s", "t"), 2, "forbid", (), ())
SAMPLE = handmade(
    "s/d/d1 t/c/c1 s/c/c2 s/e/e1 t/d/d2 s/c/c3 x/c/x1 s/c/c9",
    {"s/d": 1, "t/c": 1, "s/c": 2, "s/e": 1, "t/d": 1, "x/c": 1},
)
"""All but c9 are selected."""


def units_of(
    pools: Sequence[Pool], sample: Sample = SAMPLE, rows: Sequence[Substitution] = ()
) -> dict[str, tuple[str, ...]]:
    return {packet.packet: packet.units for packet in make_packets(pools, sample, rows)}


def test_without_regions_each_city_is_one_in_the_order_of_bytes_all_strata_together() -> None:
    assert units_of([POOL]) == {
        "north-001": ("c1", "c2"),
        "north-002": ("c3",),
        "north-003": ("d1", "d2"),
        "north-004": ("e1",),
    }


def test_a_region_is_lined_up_city_by_city_in_its_own_order() -> None:
    assert units_of([replace(POOL, regions=(("e", "d", "c"),), packet_size=3)]) == {
        "north-001": ("e1", "d1", "d2"),
        "north-002": ("c1", "c2", "c3"),
    }


def test_cities_of_no_region_come_after_the_regions() -> None:
    assert units_of([replace(POOL, regions=(("e",), ("d",)), packet_size=9)]) == {
        "north-001": ("e1",),
        "north-002": ("d1", "d2"),
        "north-003": ("c1", "c2", "c3"),
    }


@pytest.mark.parametrize("empty", [(), ("nowhere",)], ids=["no city", "a city without units"])
def test_a_region_without_selected_units_makes_no_packet(empty: tuple[str, ...]) -> None:
    assert units_of([replace(POOL, regions=(empty,))]) == units_of([POOL])


def test_every_pool_numbers_its_own_packets_and_takes_its_own_strata() -> None:
    found = units_of([Pool("south", ("x", "t"), 9, "allow", (), ()), replace(POOL, strata=("s",), packet_size=9)])
    assert found == {
        "south-001": ("c1", "x1"),
        "south-002": ("d2",),
        "north-001": ("c2", "c3"),
        "north-002": ("d1",),
        "north-003": ("e1",),
    }


def test_a_pool_without_strata_has_no_packets() -> None:
    assert units_of([replace(POOL, strata=())]) == {}


def test_names_have_three_digits_and_more_from_the_thousandth_on() -> None:
    line = " ".join(f"s/c/u{number}" for number in range(1001))
    names = list(units_of([replace(POOL, packet_size=1)], handmade(line, {"s/c": 1001})))
    assert [names[place] for place in (0, 98, 999, 1000)] == ["north-001", "north-099", "north-1000", "north-1001"]


# --- substitutes ----------------------------------------------------------------------------------------------------


def test_a_substitute_takes_the_place_of_the_unit_it_replaces() -> None:
    found = units_of([POOL], rows=[Substitution(1, "c1", "c9"), Substitution(1, "e1", "")])
    assert found["north-001"] == ("c9", "c2")


def test_a_substitute_of_a_substitute_takes_the_same_place_in_whatever_order_the_rows_come() -> None:
    sample = handmade("s/c/a s/c/b s/c/r1 s/c/r2 s/c/r3", {"s/c": 2})
    rows = [Substitution(10, "r2", "r3"), Substitution(2, "r1", "r2"), Substitution(1, "a", "r1")]
    for given_ in (rows, rows[::-1]):
        assert units_of([POOL], sample, given_) == {"north-001": ("r3", "b")}


def test_a_substitute_from_another_city_stays_in_the_packet_and_brings_its_city() -> None:
    sample = handmade("s/c/c1 s/d/d1 s/d/d2", {"s/c": 1, "s/d": 1})
    first, second = make_packets([POOL], sample, [Substitution(1, "c1", "d2")])
    assert first == Packet("north", "north-001", ("d2",), frozenset({"d"}))
    assert second == Packet("north", "north-002", ("d1",), frozenset({"d"}))


def test_a_unit_replaced_by_nothing_leaves_its_packet_and_its_city_with_it() -> None:
    sample = handmade("s/c/c1 s/d/d1", {"s/c": 1, "s/d": 1})
    pool = replace(POOL, regions=(("c", "d"),))
    assert make_packets([pool], sample, [Substitution(1, "c1", "")]) == [
        Packet("north", "north-001", ("d1",), frozenset({"d"}))
    ]


def test_the_name_of_an_emptied_packet_is_not_given_again() -> None:
    found = units_of([POOL], rows=[Substitution(1, "c3", "")])
    assert found["north-002"] == ()
    assert found["north-003"] == ("d1", "d2")
    written = write_packets(make_packets([POOL], SAMPLE, [Substitution(1, "c3", "")]))
    assert b"north-002" not in written
    assert written.startswith(b"pool,packet,unit\nnorth,north-001,c1\nnorth,north-001,c2\nnorth,north-003,d1\n")


# --- any round ------------------------------------------------------------------------------------------------------


def of_pool(made: RoundOf, pool: Pool) -> list[Packet]:
    return [packet for packet in make_packets(made.teams, made.sample, ()) if packet.pool == pool.pool]


@given(rounds())
def test_every_selected_unit_is_in_exactly_one_packet_of_the_pool_of_its_stratum(made: RoundOf) -> None:
    held = [(packet.pool, unit) for packet in make_packets(made.teams, made.sample, ()) for unit in packet.units]
    pool_of = {stratum: pool.pool for pool in made.teams for stratum in pool.strata}
    assert sorted(held) == sorted((pool_of[row.stratum], row.unit) for row in made.sample.selected)


@given(rounds())
def test_packets_are_named_without_gaps_in_the_order_of_pools(made: RoundOf) -> None:
    names = [packet.packet for packet in make_packets(made.teams, made.sample, ())]
    counts = [(pool.pool, len(of_pool(made, pool))) for pool in made.teams]
    assert names == [f"{pool}-{number:03d}" for pool, count in counts for number in range(1, count + 1)]


def region_of(pool: Pool, city: str) -> tuple[int, int | str]:
    """Where a city's region stands among the regions of a pool."""
    named = [number for number, region in enumerate(pool.regions) if city in region]
    return (0, named[0]) if named else (1, city)


@given(rounds())
def test_regions_are_respected_and_their_packets_differ_by_one_unit_at_most(made: RoundOf) -> None:
    for pool in made.teams:
        sizes: dict[tuple[int, int | str], list[int]] = {}
        for packet in of_pool(made, pool):
            (region,) = {region_of(pool, city) for city in packet.cities}
            sizes.setdefault(region, []).append(len(packet.units))
        assert list(sizes) == sorted(sizes)
        for lengths in sizes.values():
            assert lengths == sorted(lengths, reverse=True)
            assert lengths[0] - lengths[-1] <= 1
            assert len(lengths) == -(-sum(lengths) // pool.packet_size)


@given(rounds())
def test_in_a_region_units_stand_by_the_place_of_their_city_and_then_by_ticket(made: RoundOf) -> None:
    for pool in made.teams:
        line = [made.sample.by_unit[unit] for packet in of_pool(made, pool) for unit in packet.units]
        assert line == sorted(sorted(line, key=_ticket, reverse=True), key=lambda row: _place(pool, row.city))


def _ticket(row: SampleUnit) -> str:
    return row.ticket


def _place(pool: Pool, city: str) -> tuple:
    region = next((region for region in pool.regions if city in region), (city,))
    return (*region_of(pool, city), region.index(city))


@given(rounds())
def test_packets_hold_what_is_to_be_inspected_now_and_know_its_cities(made: RoundOf) -> None:
    replaced = {row.unit for row in made.substitutions}
    come_in = {row.substitute for row in made.substitutions if row.substitute}
    now = ({row.unit for row in made.sample.selected} | come_in) - replaced
    held = [unit for packet in made.packets for unit in packet.units]
    assert sorted(held) == sorted(now)
    for packet in made.packets:
        assert packet.cities == {made.sample.by_unit[unit].city for unit in packet.units}


@given(rounds())
def test_packets_keep_their_names_and_places_whatever_is_substituted(made: RoundOf) -> None:
    """They are the same in every round: only the units that are replaced give way, each to its own substitute."""
    chain = {row.unit: row.substitute for row in made.substitutions}

    def now(unit: str) -> str:
        return now(chain[unit]) if unit in chain else unit

    before = make_packets(made.teams, made.sample, ())
    assert [packet.packet for packet in made.packets] == [packet.packet for packet in before]
    for old, new in zip(before, made.packets, strict=True):
        assert list(new.units) == [now(unit) for unit in old.units if now(unit)]


@given(rounds(), st.randoms())
def test_the_order_in_which_substitutions_come_does_not_matter(made: RoundOf, rng: Random) -> None:
    shuffled = rng.sample(made.substitutions, len(made.substitutions))
    assert make_packets(made.teams, made.sample, shuffled) == made.packets


@given(rounds())
def test_the_file_has_a_row_for_each_unit_that_is_held_now(made: RoundOf) -> None:
    rows = sorted(f"{packet.pool},{packet.packet},{unit}\n" for packet in made.packets for unit in packet.units)
    assert write_packets(made.packets).decode() == "pool,packet,unit\n" + "".join(rows)


# --- vectors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_the_packets_of_every_vector_have_the_same_names_in_every_round(drawn: SampleDraw) -> None:
    assert len({tuple(packet.packet for packet in round_.packets) for round_ in drawn.rounds}) == 1


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_the_packets_of_every_vector_hold_each_unit_once(round_: Round) -> None:
    held = [unit for packet in round_.packets for unit in packet.units]
    assert len(held) == len(set(held))


def test_some_vector_has_a_packet_that_was_emptied() -> None:
    assert any(not packet.units for round_ in ROUNDS for packet in round_.packets)

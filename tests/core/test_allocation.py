"""How many units of each cell are sampled (section 5): the totals, the shares, and that every city has an equal chance.

Chances are not estimated. Of everything that a ticket can decide about an allocation, the order of a stratum's cities
and the start u, each outcome is tried once, and the counts are compared as fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.allocation import (
    Cell,
    allocate,
    allocate_stratum,
    comb,
    sample_size,
    teeth_before,
)
from audit_service.core.frozen import Policy, Stratum
from audit_service.core.tickets import drawer
from tests.reading import SAMPLES, SampleDraw
from tests.strategies import digests, identifiers

RATES = st.sampled_from((1, 9999, 10000)) | st.integers(1, 10000)
SIZES = st.dictionaries(identifiers(), st.integers(1, 40), min_size=1, max_size=8)


def stratum(rate_bp: int, base: str = "stratum", name: str = "s") -> Stratum:
    return Stratum(name, rate_bp, base, "method")


# --- how many in all ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "rate_bp", "expected"),
    [
        (0, 1, 0),
        (0, 10000, 0),
        (1, 1, 1),
        (1, 10000, 1),
        (5, 2000, 1),
        (6, 2000, 2),
        (10000, 1, 1),
        (10001, 1, 2),
        (10000, 9999, 9999),
        (7, 9999, 7),
        (7, 10000, 7),
        (183, 2000, 37),
    ],
)
def test_the_share_is_rounded_up(units: int, rate_bp: int, expected: int) -> None:
    assert sample_size(units, rate_bp) == expected


@given(st.integers(0, 10**12), RATES)
def test_the_mandated_rate_is_reached_by_the_fewest_units(units: int, rate_bp: int) -> None:
    found = sample_size(units, rate_bp)
    assert found * 10000 >= rate_bp * units
    assert found == 0 or (found - 1) * 10000 < rate_bp * units


@pytest.mark.parametrize("base", ["stratum", "city"])
def test_a_rate_of_all_takes_all(base: str) -> None:
    sizes = {"c": 3, "d": 1, "e": 7}
    assert allocate_stratum(stratum(10000, base), sizes, drawer("seed")) == sizes


def test_the_least_rate_takes_one_of_a_stratum_and_one_of_each_city() -> None:
    sizes = {"c": 3, "d": 1, "e": 7}
    assert sum(allocate_stratum(stratum(1), sizes, drawer("seed")).values()) == 1
    assert allocate_stratum(stratum(1, "city"), sizes, drawer("seed")) == {"c": 1, "d": 1, "e": 1}


@pytest.mark.parametrize("base", ["stratum", "city"])
def test_a_stratum_without_units_draws_nothing(base: str) -> None:
    assert allocate_stratum(stratum(10000, base), {}, drawer("seed")) == {}


# --- the shares of the cities ---------------------------------------------------------------------------------------


@given(SIZES, RATES, digests())
def test_each_city_gets_its_share_rounded_down_or_up_and_the_total_is_exact(
    sizes: dict[str, int], rate_bp: int, seed: str
) -> None:
    shares = allocate_stratum(stratum(rate_bp), sizes, drawer(seed))
    units, wanted = sum(sizes.values()), sample_size(sum(sizes.values()), rate_bp)
    assert sum(shares.values()) == wanted
    for city, size in sizes.items():
        assert shares[city] in (wanted * size // units, -(-wanted * size // units))
        assert shares[city] <= size


@given(SIZES, RATES, digests())
def test_with_base_city_each_city_is_rounded_up_by_itself(sizes: dict[str, int], rate_bp: int, seed: str) -> None:
    shares = allocate_stratum(stratum(rate_bp, "city"), sizes, drawer(seed))
    assert shares == {city: sample_size(size, rate_bp) for city, size in sizes.items()}


@given(SIZES, RATES, digests(), st.data())
def test_the_order_in_which_cities_come_does_not_matter(
    sizes: dict[str, int], rate_bp: int, seed: str, data: st.DataObject
) -> None:
    other = dict(data.draw(st.permutations(list(sizes.items()))))
    drawn = allocate_stratum(stratum(rate_bp), sizes, drawer(seed))
    assert allocate_stratum(stratum(rate_bp), other, drawer(seed)) == drawn


def by_the_text(name: str, sizes: dict[str, int], rate_bp: int, seed: str) -> dict[str, int]:
    """Base `stratum`, as section 5 writes it down."""
    ticket = drawer(seed)
    total = sum(sizes.values())
    n = (rate_bp * total + 9999) // 10000
    u = int(ticket(f"start:{name}"), 16) % total
    shares, before = {}, 0
    for city in sorted(sizes, key=lambda city: ticket(f"city:{name}:{city}"), reverse=True):
        shares[city] = ((before + sizes[city]) * n + u) // total - (before * n + u) // total
        before += sizes[city]
    return shares


@given(identifiers(), SIZES, RATES, digests())
def test_the_shares_are_those_of_the_text(name: str, sizes: dict[str, int], rate_bp: int, seed: str) -> None:
    assert allocate_stratum(stratum(rate_bp, name=name), sizes, drawer(seed)) == by_the_text(name, sizes, rate_bp, seed)


# --- equal chances, counted out -------------------------------------------------------------------------------------


class Outcome:
    """A ticket function that decides as it is told: this order of the cities, this start."""

    def __init__(self, name: str, cities: Sequence[str], start: int) -> None:
        self._tickets = {f"city:{name}:{city}": len(cities) - place for place, city in enumerate(cities)}
        self._tickets[f"start:{name}"] = start

    def __call__(self, name: str) -> str:
        return f"{self._tickets[name]:064x}"


def outcomes(name: str, sizes: dict[str, int]) -> Iterator[Outcome]:
    """Everything that tickets can decide about a stratum's allocation, each once: all are equally likely."""
    for order, start in product(permutations(sizes), range(sum(sizes.values()))):
        yield Outcome(name, order, start)


SMALL = [sizes for count in (1, 2, 3) for sizes in product(range(1, 5), repeat=count)] + [(1, 1, 2, 3), (5, 1, 1, 4)]


def rate_for(wanted: int, units: int) -> int:
    """A rate at which so many of the units are sampled."""
    return wanted * 10000 // units


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_the_expected_number_of_every_city_is_exactly_its_share(sizes: tuple[int, ...]) -> None:
    cities = {f"c{number}": size for number, size in enumerate(sizes)}
    units = sum(sizes)
    for wanted in range(1, units + 1):
        drawn = [allocate_stratum(stratum(rate_for(wanted, units)), cities, t) for t in outcomes("s", cities)]
        for city, size in cities.items():
            expected = Fraction(sum(shares[city] for shares in drawn), len(drawn))
            assert expected == Fraction(wanted * size, units)


def test_the_order_of_the_cities_alone_would_not_be_fair() -> None:
    """The start matters: with one start for all, the expected numbers are not the shares."""
    cities = {"c": 1, "d": 2, "e": 4}
    drawn = [
        allocate_stratum(stratum(rate_for(2, 7)), cities, Outcome("s", order, 0)) for order in permutations(cities)
    ]
    assert Fraction(sum(shares["c"] for shares in drawn), len(drawn)) != Fraction(2, 7)


def test_any_two_cities_are_sampled_together_in_some_outcome() -> None:
    """The order matters: along one fixed line, small cities that are neighbours would never be drawn together."""
    cities = {"c": 1, "d": 1, "e": 1, "f": 1}
    drawn = [allocate_stratum(stratum(5000), cities, ticket) for ticket in outcomes("s", cities)]
    together = [{city for city, share in shares.items() if share} for shares in drawn]
    assert all({first, second} in together for first, second in permutations(cities, 2))


# --- where the comb lies --------------------------------------------------------------------------------------------


def test_the_start_is_the_whole_ticket_as_a_number_modulo_the_units() -> None:
    highest = f"{2**256 - 1:064x}"
    line = comb("s", {"c": 3, "d": 4}, 2000, {"start:s": highest, "city:s:c": "0", "city:s:d": "1"}.__getitem__)
    assert line.start == (2**256 - 1) % 7
    assert (line.units, line.sampled, line.cities) == (7, 2, ("d", "c"))


@given(SIZES, RATES, digests())
def test_the_teeth_of_the_comb_before_the_end_of_a_city_are_the_shares_so_far(
    sizes: dict[str, int], rate_bp: int, seed: str
) -> None:
    line = comb("s", sizes, rate_bp, drawer(seed))
    shares = allocate_stratum(stratum(rate_bp), sizes, drawer(seed))
    place = taken = 0
    for city in line.cities:
        place, taken = place + sizes[city], taken + shares[city]
        assert teeth_before(line, place) - teeth_before(line, 0) == taken


# --- all strata -----------------------------------------------------------------------------------------------------

POLICY = Policy("p", (stratum(5000, "city", "t"), stratum(10000, "stratum", "none"), stratum(5000, "city", "s")))


def test_cells_stand_in_the_order_of_the_policy_and_of_the_cities() -> None:
    sizes = {"s": {"d": 3, "c": 1}, "t": {"10": 1, "9": 1}}
    assert list(allocate(POLICY, sizes, drawer("seed"))) == [
        Cell("t", "10", 1, 1),
        Cell("t", "9", 1, 1),
        Cell("s", "c", 1, 1),
        Cell("s", "d", 3, 2),
    ]


def test_a_city_has_a_cell_even_if_nothing_of_it_is_sampled() -> None:
    cells = allocate(Policy("p", (stratum(1),)), {"s": {"c": 2, "d": 2}}, drawer("seed"))
    assert sorted(cell.sampled for cell in cells) == [0, 1]


def test_no_units_make_no_cells() -> None:
    assert list(allocate(POLICY, {}, drawer("seed"))) == []


def test_strata_do_not_share_their_tickets() -> None:
    """Two strata alike in all but the name get orders and starts of their own."""
    sizes = {f"c{number}": 3 for number in range(8)}
    lines = [comb(name, sizes, 2000, drawer("seed")) for name in ("s", "t")]
    assert lines[0].cities != lines[1].cities
    assert lines[0].start != lines[1].start


@pytest.mark.parametrize("drawn", SAMPLES, ids=str)
def test_every_vector_reaches_its_rates_exactly(drawn: SampleDraw) -> None:
    rows = [line.split(",") for line in drawn.content("allocation.csv").decode().splitlines()[1:]]
    for each in drawn.files.policy.strata:
        cells = [(int(units), int(sampled)) for stratum_, _, units, sampled in rows if stratum_ == each.stratum]
        if each.base == "stratum":
            assert sum(sampled for _, sampled in cells) == sample_size(sum(units for units, _ in cells), each.rate_bp)
        else:
            assert all(sampled == sample_size(units, each.rate_bp) for units, sampled in cells)

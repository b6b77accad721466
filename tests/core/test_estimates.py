"""What a sample says of the whole: bounds that hold, counted out and not simulated.

The coverage of a bound is the chance that it is not below the truth. Here everything that the protocol can decide about
a small sample is tried once: the order of the cities, the start, and every choice within the cells; for every failing
set. Which units of a city fail does not matter, only how many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.allocation import allocate_stratum
from audit_service.core.estimates import GUARD, LEVEL, Stratum, estimate, lower_guarded, parse_stratum
from audit_service.core.hypergeometric import is_likelier, least_marked, most_marked, ways
from audit_service.core.spreads import greatest_total
from audit_service.core.strata_bound import Part, most_in_all, strips_of
from audit_service.errors import FormError, RuleError
from tests.core.test_allocation import outcomes, rate_for
from tests.core.test_allocation import stratum as of_rate

LONG = bool(os.environ.get("AUDIT_LONG"))


# --- one stratum: the exact bounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("85:17:0", (0, 0, 12)),
        ("10:2:0", (0, 0, 7)),  # P(0 of 2 | 7 of 10) = 3/45 > 1/20 >= 1/45 = P(0 of 2 | 8 of 10)
        ("10:2:1", (5, 1, 9)),
        ("20:1:0", (0, 0, 18)),  # with 19 of 20 failing the chance of none is 1/20, which is not more than 1/20
        ("5:0:0", (None, 0, 5)),
        ("5:5:2", (2, 2, 2)),
        ("5:5:5", (5, 5, 5)),
        ("5:3:3", (5, 3, 5)),
        ("0:0:0", (0, 0, 0)),
    ],
)
def test_bounds_that_can_be_reckoned_by_hand(outcome: str, expected: tuple[int | None, int, int]) -> None:
    found = estimate([parse_stratum(outcome)])
    assert (found.estimate, found.lower, found.upper) == expected


def test_every_chance_is_that_of_counting_the_sets() -> None:
    for units, marked, drawn in product(range(7), range(7), range(7)):
        if marked <= units and drawn <= units:
            assert sum(ways(units, marked, drawn, x) for x in range(drawn + 1)) == comb(units, drawn)
            for found in range(-1, drawn + 2):
                exact = Fraction(sum(ways(units, marked, drawn, x) for x in range(found + 1)), comb(units, drawn))
                for level in (LEVEL, Fraction(1, 2), exact, exact - Fraction(1, 10**9)):
                    assert is_likelier(units, marked, drawn, found, max(level, Fraction(0))) == (exact > max(level, 0))


def test_the_bounds_hold_in_every_simple_sample_and_no_smaller_ones_would() -> None:
    for units in range(1, 13):
        for drawn in range(1, units + 1):
            uppers = [most_marked(units, drawn, x, LEVEL) for x in range(drawn + 1)]
            lowers = [least_marked(units, drawn, x, LEVEL) for x in range(drawn + 1)]
            for marked in range(units + 1):
                chances = [Fraction(ways(units, marked, drawn, x), comb(units, drawn)) for x in range(drawn + 1)]
                assert sum(p for p, bound in zip(chances, uppers, strict=True) if bound < marked) <= LEVEL
                assert sum(p for p, bound in zip(chances, lowers, strict=True) if bound > marked) <= LEVEL
            for x, upper in enumerate(uppers):
                assert sum(ways(units, upper, drawn, y) for y in range(x + 1)) > LEVEL * comb(units, drawn)


@st.composite
def strata(draw: st.DrawFn, most: int = 400) -> Stratum:
    units = draw(st.integers(1, most))
    sampled = draw(st.integers(0, units))
    failed = draw(st.integers(0, sampled))
    return Stratum(units, sampled, failed, draw(st.integers(0, sampled - failed)))


@given(st.lists(strata(60), min_size=1, max_size=3) | st.lists(strata(), min_size=1, max_size=1))
def test_the_estimate_lies_between_the_bounds_and_they_within_what_is_possible(told: list[Stratum]) -> None:
    found = estimate(told)
    least = sum(stratum.failed for stratum in told)
    most = sum(stratum.units - stratum.sampled + stratum.failed + stratum.refused for stratum in told)
    assert least <= lower_guarded(told) <= found.lower
    assert found.upper <= found.upper_guarded <= most
    if found.estimate is None:
        assert any(stratum.sampled == stratum.refused for stratum in told)
    else:
        assert found.lower <= found.estimate <= found.upper


@given(strata())
def test_a_failure_more_raises_the_bounds_and_a_unit_more_that_passed_lowers_them(told: Stratum) -> None:
    found = estimate([told])
    if told.failed + told.refused < told.sampled:
        more = estimate([Stratum(told.units, told.sampled, told.failed + 1, told.refused)])
        assert (more.lower, more.upper, more.upper_guarded) >= (found.lower, found.upper, found.upper_guarded)
        assert more.lower >= found.lower
        assert more.upper >= found.upper
    if told.sampled < told.units:
        more = estimate([Stratum(told.units, told.sampled + 1, told.failed, told.refused)])
        assert more.lower <= found.lower
        assert more.upper <= found.upper


@given(strata())
def test_refusals_count_as_failing_in_the_upper_bound_and_as_passing_in_the_lower_one(told: Stratum) -> None:
    found = estimate([told])
    failing = estimate([Stratum(told.units, told.sampled, told.failed + told.refused)])
    passing = estimate([Stratum(told.units, told.sampled, told.failed)])
    assert (found.upper, found.upper_guarded) == (failing.upper, failing.upper_guarded)
    assert found.lower == passing.lower


@given(strata())
def test_failing_and_passing_are_two_sides_of_one_bound(told: Stratum) -> None:
    other = Stratum(told.units, told.sampled, told.sampled - told.failed - told.refused, told.refused)
    assert estimate([told]).lower == told.units - estimate([other]).upper
    assert lower_guarded([told]) == told.units - estimate([other]).upper_guarded


# --- the protocol's own sample --------------------------------------------------------------------------------------

Weighted = list[tuple[Fraction, tuple[int, ...]]]
Bound = Callable[[int, int, int], int]


@cache
def shares(sizes: tuple[int, ...], drawn: int) -> Weighted:
    """Everything that the protocol can decide of how many each city gives, with its chance."""
    cities = {f"c{number}": size for number, size in enumerate(sizes)}
    rate = of_rate(rate_for(drawn, sum(sizes)))
    given_by = (allocate_stratum(rate, cities, ticket) for ticket in outcomes("s", cities))
    counted = Counter(tuple(found[city] for city in cities) for found in given_by)
    return [(Fraction(count, counted.total()), tuple(found)) for found, count in counted.items()]


def results(sizes: Sequence[int], failing: Sequence[int], drawn: Sequence[int]) -> list[int]:
    """In how many ways each number of failing units is met, if each city gives so many."""
    counts = [1]
    for size, marked, number in zip(sizes, failing, drawn, strict=True):
        own = [ways(size, marked, number, found) for found in range(number + 1)]
        joined = [0] * (len(counts) + number)
        for place, count in enumerate(counts):
            for found, more in enumerate(own):
                joined[place + found] += count * more
        counts = joined
    return counts


def coverage(sizes: tuple[int, ...], failing: Sequence[int], drawn: int, bound: Bound) -> Fraction:
    """The chance that the bound is not below the number of failing units."""
    units, marked, found = sum(sizes), sum(failing), Fraction(0)
    covers = [bound(units, drawn, x) >= marked for x in range(drawn + 1)]
    for chance, given_by in shares(sizes, drawn):
        counts = results(sizes, failing, given_by)
        held = sum(count for count, covered in zip(counts, covers, strict=True) if covered)
        found += chance * Fraction(held, prod(comb(size, n) for size, n in zip(sizes, given_by, strict=True)))
    return found


@cache
def plain(units: int, drawn: int, failed: int) -> int:
    return estimate([Stratum(units, drawn, failed)]).upper


@cache
def guarded(units: int, drawn: int, failed: int) -> int:
    return estimate([Stratum(units, drawn, failed)]).upper_guarded


def one_unit_more(units: int, drawn: int, failed: int) -> int:
    return min(plain(units, drawn, failed) + 1, units - drawn + failed)


def one_sampled_fewer(units: int, drawn: int, failed: int) -> int:
    return most_marked(units, drawn - 1, failed, LEVEL) if failed < drawn else units


def partitions(units: int, largest: int, cities: int) -> Iterator[tuple[int, ...]]:
    """The sizes that so many cities at most can have, the largest first."""
    if not units:
        yield ()
    for first in range(min(units, largest), 0, -1) if cities else ():
        for rest in partitions(units - first, first, cities - 1):
            yield (first, *rest)


DESIGNS = [
    (sizes, drawn)
    for units in range(2, 11 if LONG else 9)
    for sizes in partitions(units, units, 6 if LONG else 5)
    for drawn in range(1, units)
]
WIDER = [((4, 4, 1, 1), 2), ((4, 4, 1, 1), 8), ((8, 8, 2, 2), 2), ((9, 9, 1, 1), 2), ((3, 3, 3), 3), ((3, 3, 3), 6)]
WIDEST = [((9, 9, 9, 1, 1, 1), 3), ((8, 8, 8, 2, 2, 2), 3), ((2,) * 6, 6)] if LONG else []


@pytest.mark.parametrize("units", sorted({sum(sizes) for sizes, _ in DESIGNS}))
def test_the_guarded_bound_holds_in_every_small_design_of_the_protocol(units: int) -> None:
    for sizes, drawn in DESIGNS:
        if sum(sizes) == units:
            for failing in product(*(range(size + 1) for size in sizes)):
                assert coverage(sizes, failing, drawn, guarded) >= 1 - LEVEL, (sizes, failing, drawn)


@pytest.mark.parametrize(("sizes", "drawn"), [*WIDER, *WIDEST], ids=str)
def test_the_guarded_bound_holds_where_the_shares_are_most_uneven(sizes: tuple[int, ...], drawn: int) -> None:
    for failing in product(*(range(size + 1) for size in sizes)):
        if list(failing) == sorted(failing, reverse=True) or len(sizes) < 6:
            assert coverage(sizes, failing, drawn, guarded) >= 1 - LEVEL, failing


def test_without_the_guard_it_would_not_hold() -> None:
    """One failing unit in each of three cities of two, of which each gives one: none is met once in eight."""
    assert coverage((2, 2, 2), (1, 1, 1), 3, plain) == Fraction(7, 8)


def test_one_failing_unit_more_or_one_sampled_unit_fewer_is_not_guard_enough() -> None:
    """Large cities fail wholly, small ones pass wholly: with two drawn, both are of small cities once in fifteen.

    And one failing unit in each of ten cities of two, where the failing ones met are as many as heads in ten tosses.
    """
    assert coverage((9, 9, 9, 1, 1, 1), (9, 9, 9, 0, 0, 0), 3, one_unit_more) < 1 - LEVEL
    tosses = [Fraction(comb(10, x), 2**10) for x in range(11)]
    for bound in (one_unit_more, one_sampled_fewer):
        assert sum(tosses[x] for x in range(11) if bound(20, 10, x) >= 10) < 1 - LEVEL
    assert sum(tosses[x] for x in range(11) if guarded(20, 10, x) >= 10) >= 1 - LEVEL


def test_the_guard_is_one_more_of_the_sampled_units_taken_for_failing() -> None:
    assert GUARD == 1
    assert guarded(85, 17, 2) == plain(85, 17, 3)
    assert guarded(85, 17, 17) == 85
    assert guarded(5, 5, 2) == 2


# --- several strata -------------------------------------------------------------------------------------------------


def all_spreads(parts: Sequence[Part], level: Fraction) -> int:
    """Wendell and Schmee's bound by looking at every spread of every total, and every sample of each."""
    weights = [Fraction(part.units, part.sampled) for part in parts]
    found = sum((weight * part.counted for weight, part in zip(weights, parts, strict=True)), Fraction(0))
    samples = [
        sample
        for sample in product(*(range(part.sampled + 1) for part in parts))
        if sum(weight * x for weight, x in zip(weights, sample, strict=True)) <= found
    ]
    whole, most = prod(comb(part.units, part.sampled) for part in parts), 0
    for spread in product(*(range(part.certain, part.most + 1) for part in parts)):
        if sum(spread) > most:
            likely = sum(
                prod(ways(part.units, m, part.sampled, x) for part, m, x in zip(parts, spread, sample, strict=True))
                for sample in samples
            )
            most = sum(spread) if likely > level * whole else most
    return most


@st.composite
def parts(draw: st.DrawFn, most: int) -> Part:
    units = draw(st.integers(2, most))
    sampled = draw(st.integers(1, units - 1))
    counted = draw(st.integers(0, sampled))
    return Part(units, sampled, draw(st.integers(0, counted)), counted, counted)


@given(st.lists(parts(8), min_size=2, max_size=2) | st.lists(parts(5), min_size=3, max_size=3))
def test_the_bound_of_small_strata_is_exactly_that_of_every_spread(told: list[Part]) -> None:
    assert most_in_all(told, LEVEL) == all_spreads(told, LEVEL)


LARGER = [Part(38, 12, 2, 2, 2), Part(33, 11, 1, 1, 1)]
"""So large that chances are rounded: they have more ways than 62 bits hold."""


def test_the_bound_of_larger_strata_is_that_of_every_spread() -> None:
    assert most_in_all(LARGER, LEVEL) == all_spreads(LARGER, LEVEL)


@pytest.mark.parametrize("block", [2, 3, 5, 8])
def test_blocks_of_spreads_give_no_smaller_bound_and_hardly_a_greater_one(block: int) -> None:
    exact = most_in_all(LARGER, LEVEL)
    assert exact <= greatest_total(strips_of(LARGER, Fraction(0)), block, LEVEL) <= exact + block - 1


TWO_STRATA = [((2, 2), 2, (2, 1), 1), ((3, 1), 2, (2, 2), 1), ((2, 2, 1), 2, (3,), 1)]


@pytest.mark.parametrize(("first", "drawn", "second", "others"), TWO_STRATA, ids=str)
def test_the_guarded_bound_of_two_strata_holds_with_the_protocols_shares(
    first: tuple[int, ...], drawn: int, second: tuple[int, ...], others: int
) -> None:
    units = sum(first), sum(second)
    bounds = {
        found: estimate([Stratum(units[0], drawn, found[0]), Stratum(units[1], others, found[1])]).upper_guarded
        for found in product(range(drawn + 1), range(others + 1))
    }
    for failing in product(*(range(size + 1) for size in first + second)):
        chances = [
            chances_of(first, failing[: len(first)], drawn),
            chances_of(second, failing[len(first) :], others),
        ]
        held = sum(chances[0][x] * chances[1][y] for (x, y), bound in bounds.items() if bound >= sum(failing))
        assert held >= 1 - LEVEL, failing


def chances_of(sizes: tuple[int, ...], failing: Sequence[int], drawn: int) -> list[Fraction]:
    found = [Fraction(0)] * (drawn + 1)
    for chance, given_by in shares(sizes, drawn):
        whole = prod(comb(size, n) for size, n in zip(sizes, given_by, strict=True))
        for x, count in enumerate(results(sizes, failing, given_by)):
            found[x] += chance * Fraction(count, whole)
    return found


def test_strata_that_say_everything_or_nothing_add_what_they_leave_open() -> None:
    alone = estimate([Stratum(20, 5, 1)])
    joined = estimate([Stratum(20, 5, 1), Stratum(7, 7, 3), Stratum(4, 0, 0), Stratum(0, 0, 0)])
    assert (joined.lower, joined.upper) == (alone.lower + 3, alone.upper + 3 + 4)
    assert joined.estimate is None


def test_so_many_strata_that_they_are_halved_still_have_a_bound() -> None:
    found = estimate([Stratum(500, 50, 2)] * 12)
    assert found.lower < 240 < found.upper < found.upper_guarded


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "85", "85:17", "85:17:2:1:0", "85:17:x", "-1:0:0", "８５:17:2", "85:17:2\n", "1e3:1:0"]
)
def test_what_tells_no_stratum_is_refused(text: str) -> None:
    with pytest.raises(FormError, match="stratum-form"):
        parse_stratum(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20001:1:0", "stratum-units"),
        ("85:86:0", "stratum-sampled"),
        ("85:17:18", "stratum-failed"),
        ("85:17:10:8", "stratum-failed"),
    ],
)
def test_numbers_that_cannot_be_are_refused(text: str, code: str) -> None:
    with pytest.raises(RuleError, match=code):
        parse_stratum(text)


def test_no_strata_and_too_many_are_refused() -> None:
    for count in (0, 13):
        with pytest.raises(RuleError, match="strata-count"):
            estimate([Stratum(5, 1, 0)] * count)

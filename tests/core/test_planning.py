"""How likely a sample is to find what fails, and whether two samples met by chance: counted out set by set."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.overlap import Meeting, outcomes, overlap
from audit_service.core.planning import plan_power, plan_rate, plan_sample
from audit_service.errors import RuleError

# --- planning -------------------------------------------------------------------------------------------------------


def test_the_chance_to_find_one_is_that_of_counting_the_samples() -> None:
    for units in range(1, 8):
        for failing, sampled in product(range(1, units + 1), range(units + 1)):
            samples = list(combinations(range(units), sampled))
            met = sum(any(unit < failing for unit in sample) for sample in samples)
            assert plan_sample(units, failing, sampled).chance == Fraction(met, len(samples))


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 100))
def test_the_least_sample_for_a_chance_reaches_it_and_one_fewer_does_not(
    units: int, failing: int, percent: int
) -> None:
    failing = min(failing, units)
    plan = plan_power(units, failing, Fraction(percent, 100))
    assert plan.chance >= Fraction(percent, 100)
    assert plan_sample(units, failing, plan.sampled - 1).chance < Fraction(percent, 100)


def test_plans_that_can_be_reckoned_by_hand() -> None:
    assert plan_rate(85, 1, 2000).chance == Fraction(17, 85)
    assert plan_rate(183, 1, 1000).sampled == 19
    assert plan_power(100, 1, Fraction(1)).sampled == 100
    assert plan_power(10, 10, Fraction(1)).sampled == 1
    assert plan_power(20, 2, Fraction(1, 2)).sampled == 6  # 1 - 15·14 / (20·19) < 1/2 <= 1 - 14·13 / (20·19)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((0, 1, 0), "plan-units"),
        ((20_001, 1, 0), "plan-units"),
        ((5, 0, 1), "plan-failing"),
        ((5, 6, 1), "plan-failing"),
        ((5, 1, 6), "plan-sampled"),
    ],
)
def test_plans_that_cannot_be_are_refused(numbers: tuple[int, int, int], code: str) -> None:
    with pytest.raises(RuleError, match=code):
        plan_sample(*numbers)


# --- overlap --------------------------------------------------------------------------------------------------------


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    units = draw(st.integers(1, 6))
    return Meeting(units, draw(st.integers(0, units)), draw(st.integers(0, units)))


def every_draw(cells: list[Meeting]) -> list[int]:
    """How many units of the earlier sample each possible later one meets."""
    each = [[sum(u < cell.earlier for u in s) for s in combinations(range(cell.units), cell.drawn)] for cell in cells]
    return [sum(found) for found in product(*each)]


@given(st.lists(meetings(), min_size=1, max_size=3))
def test_the_distribution_of_the_overlap_is_that_of_every_possible_sample(cells: list[Meeting]) -> None:
    drawn = every_draw(cells)
    counts = outcomes(cells)
    assert counts == [drawn.count(shared) for shared in range(len(counts))]
    for shared in set(drawn):
        found = overlap(cells, shared)
        assert found.expected == Fraction(sum(drawn), len(drawn))
        many = Fraction(sum(other >= shared for other in drawn), len(drawn))
        few = Fraction(sum(other <= shared for other in drawn), len(drawn))
        least = min(Fraction(drawn.count(end), len(drawn)) for end in (min(drawn), max(drawn)))
        told = (many, few) if 2 * least < Fraction(1, 20) else (None, None)
        assert (found.as_many, found.as_few) == told


def test_what_no_outcome_could_show_is_not_told_as_a_chance() -> None:
    """Of three units each sample has one: they meet once in three, and neither outcome would be remarkable. In three
    cells alike they all meet once in 27, which of both sides together is more than 1 in 20."""
    assert overlap([Meeting(3, 1, 1)], 1).as_many is None
    assert overlap([Meeting(3, 1, 1)] * 3, 3).as_many is None
    assert overlap([Meeting(3, 1, 1)] * 4, 4).as_many == Fraction(1, 81)
    assert overlap([], 0).as_few is None

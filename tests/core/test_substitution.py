"""Which reserve takes the place of a unit that is out of scope (section 5, *Substitution*)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.frozen import Substitution
from audit_service.core.selection import Sample
from audit_service.core.substitution import check_substitutions, substitute
from audit_service.errors import RuleError
from tests.core.handmade import handmade
from tests.reading import ROUNDS, Round
from tests.strategies import batches, samples

TWO_CITIES = handmade("s/c/c1 s/d/d1 s/c/c2 s/d/d2 s/c/c3 s/d/d3 t/c/t1 t/c/t2", {"s/c": 1, "s/d": 1, "t/c": 1})
"""Selected are c1, d1 and t1; in ticket order the reserves of stratum s are c2, d2, c3, d3."""


def made(sample: Sample, *batches: str) -> list[tuple[str, str]]:
    """Unit and substitute, in the order in which they were made; a batch is written `u1 u2`."""
    return [(row.unit, row.substitute) for row in substitute(sample, [batch.split() for batch in batches])]


# --- the rules ------------------------------------------------------------------------------------------------------


def test_nothing_replaced_needs_no_substitute() -> None:
    assert substitute(TWO_CITIES, []) == []


def test_the_first_reserve_of_the_own_cell_comes_in() -> None:
    assert made(TWO_CITIES, "d1") == [("d1", "d2")]


def test_a_batch_is_numbered_from_one() -> None:
    assert substitute(TWO_CITIES, [["c1"], ["d1"]]) == [Substitution(1, "c1", "c2"), Substitution(2, "d1", "d2")]


def test_a_substitute_of_a_substitute_comes_of_the_same_cell() -> None:
    assert made(TWO_CITIES, "c1", "c2") == [("c1", "c2"), ("c2", "c3")]


def test_without_a_reserve_in_the_cell_the_first_of_the_stratum_comes_in() -> None:
    assert made(TWO_CITIES, "c1", "c2", "c3") == [("c1", "c2"), ("c2", "c3"), ("c3", "d2")]


def test_the_first_of_the_stratum_is_the_first_by_ticket_across_its_cells() -> None:
    sample = handmade("s/c/c1 s/e/e1 s/d/d1 s/e/e2 s/d/d2 s/e/e3", {"s/c": 1, "s/d": 1, "s/e": 1})
    assert made(sample, "c1") == [("c1", "e2")]


def test_a_substitute_from_another_cell_is_replaced_from_its_own_cell() -> None:
    sample = handmade("s/c/c1 s/d/d1 s/e/e1 s/d/d2 s/e/e2 s/d/d3", {"s/c": 1, "s/d": 1, "s/e": 1})
    assert made(sample, "c1", "d2") == [("c1", "d2"), ("d2", "d3")]


def test_without_any_reserve_in_the_stratum_nothing_comes_in() -> None:
    sample = handmade("s/c/c1 s/c/c2 t/c/t1 t/c/t2", {"s/c": 2, "t/c": 1})
    assert made(sample, "c1 c2") == [("c1", ""), ("c2", "")]


def test_a_reserve_of_another_stratum_never_comes_in() -> None:
    assert made(TWO_CITIES, "t1", "t2") == [("t1", "t2"), ("t2", "")]


def test_a_reserve_that_was_used_for_another_cell_is_used_up() -> None:
    sample = handmade("s/c/c1 s/d/d1 s/d/d2 s/d/d3", {"s/c": 1, "s/d": 1})
    assert made(sample, "c1", "d1") == [("c1", "d2"), ("d1", "d3")]


def test_within_a_batch_the_highest_ticket_is_served_first() -> None:
    sample = handmade("s/c/c1 s/c/c2 s/c/c3 s/c/c4", {"s/c": 2})
    assert made(sample, "c2 c1") == [("c1", "c3"), ("c2", "c4")]


def test_across_batches_the_earlier_is_served_first() -> None:
    sample = handmade("s/c/c1 s/c/c2 s/c/c3 s/c/c4", {"s/c": 2})
    assert made(sample, "c2", "c1") == [("c2", "c3"), ("c1", "c4")]


@given(st.data())
def test_the_order_within_a_batch_does_not_matter(data: st.DataObject) -> None:
    sample = data.draw(samples(least=4))
    given_ = data.draw(batches(sample))
    shuffled = [data.draw(st.permutations(batch)) for batch in given_]
    assert substitute(sample, shuffled) == substitute(sample, given_)


@given(st.data())
def test_every_substitute_is_the_one_that_the_text_says(data: st.DataObject) -> None:
    """Each row against the rule itself: of the reserves not yet used, the highest ticket of the cell, or stratum."""
    sample = data.draw(samples(least=4))
    free = {row.unit for row in sample.units} - {row.unit for row in sample.selected}
    for row in substitute(sample, data.draw(batches(sample))):
        out = sample.by_unit[row.unit]
        left = [sample.by_unit[unit] for unit in free if sample.by_unit[unit].stratum == out.stratum]
        near = [unit for unit in left if unit.city == out.city]
        best = max(near or left, key=lambda unit: unit.ticket, default=None)
        assert row.substitute == (best.unit if best else "")
        free.discard(row.substitute)


@given(st.data())
def test_an_earlier_batch_does_not_depend_on_a_later_one(data: st.DataObject) -> None:
    sample = data.draw(samples(least=4))
    given_ = data.draw(batches(sample))
    rows = substitute(sample, given_)
    for count in range(len(given_)):
        assert substitute(sample, given_[:count]) == [row for row in rows if row.batch <= count]


# --- who cannot be replaced -----------------------------------------------------------------------------------------

REFUSED = {
    "a reserve": (["c2"], 1),
    "a unit that is not in the frame": (["z9"], 1),
    "one that was replaced before": (["c1", "c1"], 2),
    "one twice in a batch": (["c1 c1"], 1),
    "a substitute of the same batch": (["c1 c2"], 1),
    "a substitute of a later batch": (["c2", "c1"], 1),
    "a substitute that was replaced before": (["c1", "c2", "c2"], 3),
}


@pytest.mark.parametrize(("given_", "batch"), REFUSED.values(), ids=REFUSED)
def test_only_who_is_to_be_inspected_can_be_replaced(given_: list[str], batch: int) -> None:
    with pytest.raises(RuleError) as caught:
        made(TWO_CITIES, *given_)
    assert (caught.value.code, caught.value.params["batch"]) == ("substitution-not-inspected", batch)


def test_a_substitute_that_there_is_not_cannot_be_replaced() -> None:
    with pytest.raises(RuleError):
        substitute(handmade("s/c/c1", {"s/c": 1}), [["c1"], [""]])


# --- rows that a round's file claims ----------------------------------------------------------------------------------


def refusal(rows: Sequence[Substitution], earlier: Sequence[Substitution] = ()) -> str:
    with pytest.raises(RuleError) as caught:
        check_substitutions(TWO_CITIES, rows, earlier)
    return caught.value.code


GOOD = [Substitution(1, "c1", "c2"), Substitution(1, "d1", "d2"), Substitution(2, "c2", "c3")]


def test_rows_that_follow_are_taken_in_any_order() -> None:
    check_substitutions(TWO_CITIES, GOOD, [])
    check_substitutions(TWO_CITIES, GOOD[::-1], GOOD[:2])


def test_no_rows_follow_from_every_sample() -> None:
    check_substitutions(TWO_CITIES, [], [])


@pytest.mark.parametrize("numbers", [(2, 2, 3), (1, 1, 3)], ids=str)
def test_batches_are_numbered_without_gaps_from_one(numbers: tuple[int, ...]) -> None:
    rows = [row._replace(batch=number) for row, number in zip(GOOD, numbers, strict=True)]
    assert refusal(rows) == "substitution-batches"


@pytest.mark.parametrize("other", ["c3", "d2", "", "t2", "z9", "c1"])
def test_a_substitute_that_does_not_follow_is_refused(other: str) -> None:
    assert refusal([Substitution(1, "c1", other)]) == "substitution-other"


def test_a_substitute_that_does_follow_but_from_another_batch_is_refused() -> None:
    assert refusal([Substitution(1, "c1", "c2"), Substitution(1, "c2", "c3")]) == "substitution-not-inspected"


@pytest.mark.parametrize(
    "rows",
    [GOOD[1:2], [Substitution(1, "d1", "d2"), Substitution(2, "c1", "c2")], []],
    ids=["left out", "in another batch", "all left out"],
)
def test_a_row_of_an_earlier_round_may_not_be_lost(rows: list[Substitution]) -> None:
    assert refusal(rows, GOOD[:1]) == "substitution-lost"


@given(st.data())
def test_what_was_made_is_taken_whatever_of_it_was_made_earlier(data: st.DataObject) -> None:
    sample = data.draw(samples(least=4))
    rows = substitute(sample, data.draw(batches(sample)))
    latest = data.draw(st.integers(0, 3))
    check_substitutions(sample, rows, [row for row in rows if row.batch <= latest])


@given(st.data())
def test_a_file_with_any_substitute_exchanged_is_refused(data: st.DataObject) -> None:
    sample = data.draw(samples(least=4))
    rows = substitute(sample, data.draw(batches(sample)))
    for place, row in enumerate(rows):
        others = {"", *sample.by_unit} - {row.substitute}
        wrong = row._replace(substitute=data.draw(st.sampled_from(sorted(others))))
        with pytest.raises(RuleError):
            check_substitutions(sample, [*rows[:place], wrong, *rows[place + 1 :]], [])


# --- vectors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_the_substitutions_of_every_vector_follow_from_its_sample(round_: Round) -> None:
    earlier = round_.earlier[-1].files.substitutions if round_.earlier else []
    check_substitutions(round_.drawn.sample, round_.files.substitutions, earlier)


def test_the_vectors_have_substitutes_of_all_three_kinds() -> None:
    kinds = set()
    for round_ in ROUNDS:
        by_unit = round_.drawn.sample.by_unit
        for row in round_.files.substitutions:
            own = row.substitute and by_unit[row.unit].city == by_unit[row.substitute].city
            kinds.add("own cell" if own else "stratum" if row.substitute else "nothing")
    assert kinds == {"own cell", "stratum", "nothing"}

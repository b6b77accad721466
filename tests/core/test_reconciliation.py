"""The check of a frame: ordered = listed = in the frame + excluded, in each city and for each target."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.canonical import sha256_hex, write_json
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.reconciliation import UNSAID, Explained, Line, Reconciliation, reconcile

DATA = files("audit_service.policies").joinpath("sichuan-2020.json").read_bytes()
SICHUAN = read_programme(DATA)
A, B = "510100", "510300"


def unit(code: str, city: str, status: str, livelihood: str = "") -> dict[str, str]:
    return {"unit": code, "city": city, "status": status, "livelihood": livelihood, "target_year": "", "kind": ""}


def orders(**cities: tuple[int, int, int]) -> dict[str, dict[str, int]]:
    names = ("naming", "livelihood", "re_evaluation")
    return {city.removeprefix("c"): dict(zip(names, counts, strict=True)) for city, counts in cities.items()}


def line(found: Reconciliation, city: str, target: str) -> Line:
    (only,) = [row for row in found.lines if (row.city, row.target) == (city, target)]
    return only


UNITS = [
    unit("1", A, "target-2019", "yes"),
    unit("2", A, "target-2019", "no"),
    unit("3", A, "assessed"),
    unit("4", A, "re-evaluation"),
    unit("5", A, "named"),
    unit("6", B, "re-evaluation"),
]


def test_a_roster_that_is_what_the_annex_orders_agrees() -> None:
    found = reconcile(SICHUAN, UNITS, orders(c510100=(3, 1, 1), c510300=(0, 0, 1)), {})
    assert found.agrees
    naming = line(found, A, "naming")
    assert (naming.ordered, naming.listed, naming.framed, naming.excluded) == (3, 3, 2, 1)
    assert (line(found, A, "livelihood").framed, line(found, A, "livelihood").excluded) == (0, 1)
    assert found.exclusions == {(A, "livelihood"): 1}


def test_what_differs_is_told_by_city_and_target_with_the_units_that_count() -> None:
    found = reconcile(SICHUAN, UNITS, orders(c510100=(2, 1, 1), c510300=(0, 0, 2)), {})
    assert [(row.city, row.target, row.difference) for row in found.open] == [
        (A, "naming", 1),
        (B, "re_evaluation", -1),
    ]
    assert found.open[0].units == ("1", "2", "3")
    assert not found.agrees


def test_a_city_that_only_the_annex_or_only_the_roster_has_differs() -> None:
    found = reconcile(SICHUAN, UNITS[:5], orders(c510300=(0, 0, 2)), {})
    assert {(row.city, row.target, row.difference) for row in found.open} == {
        (A, "naming", 3),
        (A, "livelihood", 1),
        (A, "re_evaluation", 1),
        (B, "re_evaluation", -2),
    }


ONE_SHORT = orders(c510100=(4, 1, 1), c510300=(0, 0, 1))
"""A city lists three units to be named where four are ordered."""


def explained(difference: int, *units: str) -> dict[tuple[str, str], Explained]:
    listing = sha256_hex(write_json(list(units)))
    return {(A, "naming"): Explained(difference, "函", "2027-03-05", len(units) - difference, listing)}


def test_a_difference_is_settled_by_an_explanation_of_exactly_that_difference() -> None:
    for difference, settled in ((-1, True), (1, False), (-2, False)):
        found = reconcile(SICHUAN, UNITS, ONE_SHORT, explained(difference, "1", "2", "3"))
        assert found.agrees is settled


@pytest.mark.parametrize("listed_then", [("1", "2"), ("1", "2", "9"), ("1", "2", "3", "5"), ()])
def test_the_same_difference_of_other_units_is_not_settled_by_it(listed_then: tuple[str, ...]) -> None:
    (open_one,) = reconcile(SICHUAN, UNITS, ONE_SHORT, explained(-1, *listed_then)).open
    assert open_one.settling is None
    assert open_one.outdated is not None
    assert (open_one.outdated.day, open_one.outdated.listed) == ("2027-03-05", len(listed_then))


def test_an_explanation_of_which_the_units_were_not_noted_settles_nothing_but_what_was_frozen_by_it() -> None:
    for listing, settled in (("", False), (None, True)):
        told = {(A, "naming"): Explained(-1, "函", "2027-03-05", None, listing)}
        assert reconcile(SICHUAN, UNITS, ONE_SHORT, told).agrees is settled


def test_an_explanation_of_what_differs_no_more_is_neither_settling_nor_outdated() -> None:
    found = reconcile(SICHUAN, UNITS, orders(c510100=(3, 1, 1), c510300=(0, 0, 1)), explained(-1, "1", "2"))
    assert [(row.settling, row.outdated) for row in found.lines] == [(None, None)] * len(found.lines)


def test_without_an_annex_nothing_differs_from_it() -> None:
    found = reconcile(SICHUAN, UNITS, {}, {})
    assert (found.annex, found.open, found.agrees) == (False, (), True)
    assert line(found, A, "naming").listed == 3


def test_a_unit_is_undecided_where_what_nobody_said_of_it_decides_whether_it_is_drawn() -> None:
    unsaid = [unit("2", A, "target-2019", ""), unit("7", A, "assessed", ""), unit("8", A, "re-evaluation", "")]
    found = reconcile(SICHUAN, unsaid, {}, {})
    assert [(row.unit, row.code, row.names) for row in found.astray] == [("2", UNSAID, ("target-2019",))]
    said = json.loads(DATA)
    said["exclusions"][0]["when"] = {"livelihood": ["yes", ""]}
    assert reconcile(read_programme(json.dumps(said).encode()), unsaid, {}, {}).agrees


TWO = {"status": ["assessed", "target-2019"]}
ONE = {"status": ["assessed"]}


def changed(path: str, **values: object) -> Programme:
    policy = json.loads(DATA)
    for name, value in values.items():
        policy[path][int(name[1:])]["when"] = value
    return read_programme(json.dumps(policy).encode())


@pytest.mark.parametrize(
    ("programme", "code", "names"),
    [
        (changed("strata", n1=TWO), "astray-two-strata", ("target-2019", "assessed")),
        (changed("strata", n0={"status": ["building"]}), "astray-no-stratum", ("naming",)),
        (changed("targets", n0=ONE, n1=ONE), "astray-no-target", ("target-2019",)),
    ],
)  # fmt: skip
def test_every_unit_that_the_policy_puts_in_no_one_place_is_named_and_none_agrees(
    programme: Programme, code: str, names: tuple[str, ...]
) -> None:
    units = [unit("2", A, "target-2019", "no"), unit("7", A, "target-2019", "no")]
    found = reconcile(programme, units, {}, {})
    assert [(row.unit, row.code, row.names) for row in found.astray] == [("2", code, names), ("7", code, names)]
    assert not found.agrees


def test_a_policy_without_targets_asks_for_no_annex() -> None:
    policy = json.loads(DATA)
    del policy["targets"]
    found = reconcile(read_programme(json.dumps(policy).encode()), UNITS, {}, {})
    assert (found.lines, found.astray, found.agrees) == ((), (), True)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([A, B, "510400"]),
            st.sampled_from(["target-2019", "assessed", "re-evaluation", "named", "building"]),
            st.sampled_from(["yes", "no", ""]),
        ),
        max_size=30,
    )
)
def test_frame_and_exclusions_together_are_what_is_listed_for_naming_and_re_evaluation(
    rows: list[tuple[str, str, str]],
) -> None:
    units = [unit(str(number), *row) for number, row in enumerate(rows)]
    found = reconcile(SICHUAN, units, {}, {})
    drawn, excluded = SICHUAN.frame(units)
    counting = [row for row in found.lines if row.target != "livelihood"]
    assert all(row.framed + row.excluded == row.listed for row in found.lines)
    assert sum(row.framed for row in counting) == len(drawn)
    assert sum(row.excluded for row in counting) == len(excluded) == sum(found.exclusions.values())
    cities = {u["unit"]: u["city"] for u in units}
    assert Counter((cities[row.unit], row.ground) for row in excluded) == found.exclusions

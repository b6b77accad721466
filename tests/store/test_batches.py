"""Lists of any length can be asked for: of units, of acts, of findings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from audit_service.core.acts import Act
from audit_service.store import acts, database, figures, lives, rosters, steps, tables, waiting
from audit_service.store.batches import AT_ONCE, batches
from audit_service.store.life_tables import standings

MANY = [f"X-5101-{number:05}" for number in range(33_000)]
"""More than SQLite takes in one statement."""
SOME = (MANY[0], MANY[AT_ONCE], MANY[-1])
ACT = Act(datetime(2026, 7, 1, tzinfo=UTC), "tests", demo=True)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A roster with three of the units, alike in all else, whose lives have begun."""
    with database.transaction(engine) as db:
        number = acts.record(db, ACT, "import-units", "units")
        row = {**rosters.blank(tables.units), "city": "510100", "status": "under-construction"}
        rosters.add(db, tables.units, [{**row, "unit": unit} for unit in SOME], number)
        life = {**rosters.blank(standings), "policy": "p", "state": "started", "since": "2026-07-01"}
        rosters.add(db, standings, [{**life, "unit": unit} for unit in SOME], number)
    return engine


def test_rows_of_more_values_than_a_statement_takes_are_found_each_once(filled: Engine) -> None:
    twice = [*MANY, *MANY]
    with database.transaction(filled) as db:
        assert sorted(row["unit"] for row in rosters.chosen(db, tables.units, unit=twice, city=MANY[:10])) == []
        found = rosters.chosen(db, tables.units, unit=twice, city=["510100"])
        assert sorted(row["unit"] for row in found) == list(SOME)
        assert rosters.columns(db, tables.units, ["city"], unit=twice) == [("510100",)]
        assert rosters.firsts(db, tables.units, ["city"], "unit", unit=twice) == [("510100", SOME[0])]
        assert rosters.chosen(db, tables.units, unit=[]) == []


def test_whatever_else_is_asked_of_many_units_is_answered(filled: Engine) -> None:
    numbers = range(1, 33_000)
    with database.transaction(filled) as db:
        assert steps.began(db, MANY, 1) == dict.fromkeys(SOME, 1)
        assert rosters.latest(db, tables.units.c.unit, ["city"], MANY) == {unit: {"city": "510100"} for unit in SOME}
        assert figures.visits_of(db, MANY, ["d"], 1) == figures.found_of(db, MANY, ["d"], 1) == {}
        assert waiting.open_findings(db, units=MANY) == waiting.inspected(db, "2020-01-01", MANY) == []
        assert acts.moments_of(db, numbers) == {1: ACT.at}
        assert acts.first_details(db, MANY, "case") == acts.details_by(db, MANY, "case") == {}
        lives.check_clock(db, ACT, MANY)


def test_values_are_named_each_once_in_their_order() -> None:
    assert list(batches([])) == []
    assert list(batches([2, 1, 2])) == [[2, 1]]
    assert [len(some) for some in batches(range(AT_ONCE + 1))] == [AT_ONCE, 1]

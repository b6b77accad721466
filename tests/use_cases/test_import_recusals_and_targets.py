"""Import of recusals and of targets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from audit_service.core.acts import Act
from audit_service.core.incoming import Sheet, SourceFile
from audit_service.errors import RosterErrors
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.files.spreadsheets import read_file
from audit_service.store import rosters, tables
from audit_service.store.database import transaction
from audit_service.use_cases.import_rosters import import_people, import_recusals, import_targets, import_units
from schemas.recusals import RecusalIn
from schemas.rows import read_rows
from schemas.targets import TargetIn
from tests.roster_rows import DEMO, RECUSAL, STATUSES, people, recusals, targets, units

ACT = Act(datetime(2026, 3, 1, 1, tzinfo=UTC), "抽验员甲")


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    """A database with the people C510101 and C2 and the units 510104026 and 510105013."""
    with transaction(engine) as db:
        import_units(db, ACT, units({}, {"单位编码": "510105013"}), sichuan(), sichuan_towns(), STATUSES)
        import_people(db, ACT, people({}, {"人员编号": "C2"}), sichuan())
    return engine


def counts(report):
    return report.imported, report.updated, report.unchanged, report.left


def take_recusals(engine: Engine, what, *, complete=False):
    with transaction(engine) as db:
        return counts(import_recusals(db, ACT, what, complete=complete))


def take_targets(engine: Engine, what, *, complete=False):
    with transaction(engine) as db:
        return counts(import_targets(db, ACT, what, sichuan(), complete=complete))


def refused(take, engine: Engine, what):
    with pytest.raises(RosterErrors) as refusal:
        take(engine, what)
    return [(f.row, f.column, f.problem.code) for f in refusal.value.findings]


def test_recusals_are_imported_changed_and_left_unchanged(peopled):
    assert take_recusals(peopled, recusals({}, {"单位编码": "510105013"})) == (2, 0, 0, 0)
    assert take_recusals(peopled, recusals({"回避理由": "曾指导"}, {"单位编码": "510105013"})) == (0, 1, 1, 0)
    with peopled.begin() as db:
        reasons = {row["unit"]: row["reason"] for row in rosters.current(db, tables.recusals)}
    assert reasons == {"510104026": "曾指导", "510105013": "亲属"}


def test_recusals_of_unknown_people_and_units_are_all_told_at_once(peopled):
    rows = recusals(
        {"人员编号": "C9", "单位编码": "510199001"}, {"单位编码": "510199002", "回避理由": ""}, {"人员编号": "c2"}
    )
    assert refused(take_recusals, peopled, rows) == [
        (2, "人员编号", "person-unknown"),
        (2, "单位编码", "unit-unknown"),
        (3, "回避理由", "cell-empty"),
        (3, "单位编码", "unit-unknown"),
        (4, "人员编号", "person-unknown"),
    ]


def test_a_code_that_differs_by_case_alone_is_offered(peopled):
    with pytest.raises(RosterErrors) as refusal:
        take_recusals(peopled, recusals({"人员编号": "c510101"}))
    assert refusal.value.findings[0].problem.params["near"] == "C510101"


def test_a_person_and_unit_may_stand_together_once(peopled):
    assert refused(take_recusals, peopled, recusals({}, {"回避理由": "曾指导"})) == [(3, "人员编号", "recusal-twice")]


def test_a_complete_list_of_recusals_may_be_empty(peopled):
    take_recusals(peopled, recusals({}))
    nothing = read_rows(RecusalIn(), [SourceFile("a.csv", "", (Sheet("", [(1, list(RECUSAL))]),))])
    assert take_recusals(peopled, nothing, complete=True) == (0, 0, 0, 1)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_demo_targets_are_imported_once_and_then_unchanged(engine, suffix):
    demo = read_rows(TargetIn(), [read_file(str(DEMO / f"targets_demo.{suffix}"))])
    assert take_targets(engine, demo) == (21, 0, 0, 0)
    assert take_targets(engine, demo) == (0, 0, 21, 0)
    with engine.begin() as db:
        rows = rosters.current(db, tables.targets)
    assert (sum(row["naming"] for row in rows), sum(row["re_evaluation"] for row in rows)) == (85, 258)


def test_a_city_has_one_row_whatever_it_is_called(engine):
    assert refused(take_targets, engine, targets({}, {"市(州)": "成都"})) == [(3, "市(州)", "city-twice")]


def test_livelihood_targets_are_a_part_of_those_to_be_named(engine):
    assert refused(take_targets, engine, targets({"其中民生": "9"})) == [(2, "其中民生", "livelihood-above-naming")]
    assert take_targets(engine, targets({"其中民生": "8"})) == (1, 0, 0, 0)


def test_a_wrong_number_is_not_compared(engine):
    assert refused(take_targets, engine, targets({"命名目标数": "x"}, {"市(州)": "四川"})) == [
        (2, "命名目标数", "number-form"),
        (3, "市(州)", "city-unknown"),
    ]


def test_cities_that_a_complete_list_lacks_leave(engine):
    take_targets(engine, targets({}, {"市(州)": "自贡市"}))
    assert take_targets(engine, targets({}), complete=True) == (0, 0, 1, 1)

"""Import of units: what must hold of them, and what changes in the roster."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from audit_service.core.acts import Act
from audit_service.core.incoming import Sheet, SourceFile
from audit_service.core.policy import Status
from audit_service.errors import RosterErrors
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.files.spreadsheets import read_file
from audit_service.store import rosters, tables
from audit_service.store.database import transaction
from audit_service.use_cases.import_rosters import import_units
from schemas.rows import read_rows
from schemas.units import UnitIn
from tests.roster_rows import DEMO, STATUSES, UNIT, incoming, units

ACT = Act(datetime(2026, 3, 1, 1, tzinfo=UTC), "抽验员甲")
OTHER = {"单位编码": "510105013", "建设单位名称": "苏坡街道"}


def take(engine: Engine, what, *, statuses=STATUSES, complete=False):
    """Import in a transaction of its own; the counts."""
    with transaction(engine) as db:
        report = import_units(db, ACT, what, sichuan(), sichuan_towns(), statuses, complete=complete)
    return report.imported, report.updated, report.unchanged, report.left


def refused(engine: Engine, what, *, statuses=STATUSES, complete=False):
    """The findings for which an import is refused, which must leave nothing behind."""
    before = everything(engine)
    with pytest.raises(RosterErrors) as refusal:
        take(engine, what, statuses=statuses, complete=complete)
    assert everything(engine) == before
    return [(f.row, f.column, f.problem.code) for f in refusal.value.findings]


def everything(engine: Engine):
    with engine.begin() as db:
        return [db.execute(select(table)).all() for table in (tables.units, tables.acts, tables.counters)]


def names(engine: Engine):
    with engine.begin() as db:
        return {row["unit"]: row["name"] for row in rosters.current(db, tables.units)}


def acts(engine: Engine):
    with engine.begin() as db:
        return db.execute(select(tables.acts).order_by(tables.acts.c.number)).all()


def test_a_unit_is_recorded_by_its_code_with_its_labels_turned_into_codes(engine):
    assert take(engine, units({"市(州)": "成都"})) == (1, 0, 0, 0)
    with engine.begin() as db:
        assert rosters.current(db, tables.units) == [
            rosters.blank(tables.units)
            | {
                "unit": "510104026",
                "city": "510100",
                "county": "锦江区",
                "name": "牛市口街道",
                "kind": "街道",
                "status": "target-2019",
                "target_year": "2019",
                "livelihood": False,
            }
        ]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_demo_roster_is_imported_once_and_then_unchanged(engine, suffix):
    roster = read_rows(UnitIn(), [read_file(str(DEMO / f"roster_demo.{suffix}"))])
    assert take(engine, roster) == (343, 0, 0, 0)
    assert take(engine, roster) == (0, 0, 343, 0)
    assert len(acts(engine)) == 1


def test_an_import_is_one_act_that_names_the_files_and_their_digests(engine):
    take(engine, incoming(UnitIn(), [UNIT], [UNIT | OTHER]))
    (act,) = acts(engine)
    assert (act.number, act.at, act.by, act.action, act.subject) == (1, ACT.at, "抽验员甲", "import-units", "1.csv +1")
    assert json.loads(act.details) == {
        "files": [{"file": "1.csv", "sha256": "0" * 64}, {"file": "2.csv", "sha256": "0" * 64}],
        "complete": False,
        "imported": 2,
        "updated": 0,
        "unchanged": 0,
        "left": 0,
    }


def test_a_changed_unit_becomes_a_new_version_and_the_old_one_is_kept(engine):
    take(engine, units({}, OTHER))
    assert take(engine, units({"建设单位名称": "牛市口"}, OTHER)) == (0, 1, 1, 0)
    assert names(engine) == {"510104026": "牛市口", "510105013": "苏坡街道"}
    with engine.begin() as db:
        versions = select(tables.units.c.name, tables.units.c.superseded_in).where(tables.units.c.unit == "510104026")
        assert sorted(map(tuple, db.execute(versions)), key=str) == [("牛市口", None), ("牛市口街道", 2)]


def test_units_that_the_files_lack_stay(engine):
    take(engine, units({}, OTHER))
    assert take(engine, units({})) == (0, 0, 1, 0)
    assert len(names(engine)) == 2


def test_units_that_a_complete_list_lacks_leave_and_can_come_back(engine):
    take(engine, units({}, OTHER))
    assert take(engine, units({}), complete=True) == (0, 0, 1, 1)
    assert names(engine) == {"510104026": "牛市口街道"}
    assert take(engine, units({}, OTHER), complete=True) == (1, 0, 1, 0)


def test_a_complete_list_without_a_row_does_not_empty_the_roster(engine):
    take(engine, units({}))
    header_only = read_rows(UnitIn(), [SourceFile("a.csv", "", (Sheet("", [(1, list(UNIT))]),))])
    assert refused(engine, header_only, complete=True) == [(0, "", "complete-without-rows")]
    assert take(engine, header_only) == (0, 0, 0, 0)


def test_everything_wrong_in_all_rows_is_told_at_once_in_the_order_of_the_file(engine):
    rows = units(
        {"是否民生": "不", "类别": "复评?"},
        {"市(州)": "自贡市", "目标下达年度": "2020"},
        {"市(州)": "北京市", "单位编码": "110101001"},
    )
    assert refused(engine, rows) == [
        (2, "是否民生", "yes-no"),
        (2, "类别", "status-unknown"),
        (3, "目标下达年度", "target-year-differs"),
        (3, "市(州)", "city-differs-from-code"),
        (3, "单位编码", "code-twice"),
        (4, "市(州)", "city-unknown"),
        (4, "单位编码", "code-city-unknown"),
    ]


def test_the_city_of_an_issued_identifier_is_checked_too(engine):
    assert refused(engine, units({"单位编码": "X-5103-1"})) == [(2, "市(州)", "city-differs-from-code")]
    assert take(engine, units({"单位编码": "X-510100-1"}, {"单位编码": "X-5101-1"})) == (2, 0, 0, 0)


def test_a_code_may_stand_once_in_all_files_together(engine):
    with pytest.raises(RosterErrors) as refusal:
        take(engine, incoming(UnitIn(), [UNIT], [UNIT | OTHER, UNIT]))
    (finding,) = refusal.value.findings
    assert (finding.file, finding.row, finding.problem.code) == ("2.csv", 3, "code-twice")
    assert finding.problem.params == {"found": "510104026", "sheet": "1.csv", "first": 2}


def test_codes_that_differ_by_case_alone_are_refused_in_files_and_against_the_roster(engine):
    assert refused(engine, units({"单位编码": "X-5101-a"}, {"单位编码": "X-5101-A"})) == [
        (3, "单位编码", "code-case-twin")
    ]
    take(engine, units({"单位编码": "X-5101-a"}))
    assert refused(engine, units({"单位编码": "X-5101-A"})) == [(2, "单位编码", "code-case-twin")]


def test_a_complete_list_can_correct_the_case_of_a_code(engine):
    take(engine, units({"单位编码": "X-5101-a"}))
    assert take(engine, units({"单位编码": "X-5101-A"}), complete=True) == (1, 0, 0, 1)


@pytest.mark.parametrize("label", ["复评", "复评单位", " 复 评", "re-evaluation"])
def test_a_status_is_known_by_each_of_its_labels_and_its_code(engine, label):
    take(engine, units({"类别": label, "目标下达年度": ""}))
    with engine.begin() as db:
        assert rosters.current(db, tables.units)[0]["status"] == "re-evaluation"


def test_an_unknown_status_names_the_known_ones_and_the_nearest(engine):
    with pytest.raises(RosterErrors) as refusal:
        take(engine, units({"类别": "2018年目标任务"}))
    params = refusal.value.findings[0].problem.params
    assert (params["near"], params["known"]) == ("2019年目标任务", "2019年目标任务、已通过现场评定未命名、复评")


def test_a_label_that_two_policies_use_for_different_things_is_refused(engine):
    other = Status("renewal", ("复评",), "renewal", "")
    assert refused(engine, units({"类别": "复评"}), statuses=(*STATUSES, other)) == [(2, "类别", "status-ambiguous")]


@pytest.mark.parametrize("year", ["", "2019"])
def test_the_target_year_may_be_left_out_where_the_status_says_it(engine, year):
    assert take(engine, units({"目标下达年度": year})) == (1, 0, 0, 0)


def test_a_status_without_a_year_takes_any(engine):
    assert take(engine, units({"类别": "复评", "目标下达年度": "2017"})) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("livelihood", "told"), [("", ["livelihood-unsaid"]), ("否", []), ("是", [])], ids=["unsaid", "no", "yes"]
)
def test_a_target_of_which_it_is_not_said_whether_it_is_livelihood_is_told_of(engine, livelihood, told):
    with transaction(engine) as db:
        what = units({"是否民生": livelihood})
        report = import_units(db, ACT, what, sichuan(), sichuan_towns(), STATUSES)
    assert [finding.problem.code for finding in report.warnings] == told

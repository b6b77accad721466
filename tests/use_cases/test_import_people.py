"""Import of people: who is who, and the codes that the office issues."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from audit_service.core.acts import Act
from audit_service.errors import Refused, RosterErrors
from audit_service.files.divisions import sichuan
from audit_service.files.spreadsheets import read_file
from audit_service.store import rosters, tables
from audit_service.store.database import transaction
from audit_service.use_cases.import_rosters import import_people
from audit_service.use_cases.people import leave
from schemas.people import PersonIn
from schemas.rows import read_rows
from tests.roster_rows import DEMO, PERSON, incoming, people

ACT = Act(datetime(2026, 3, 1, 1, tzinfo=UTC), "抽验员甲")
NAMELESS = {"人员编号": ""}
LI = {"姓名": "李四"}


def take(engine: Engine, what, *, complete=False):
    with transaction(engine) as db:
        report = import_people(db, ACT, what, sichuan(), complete=complete)
    return report.imported, report.updated, report.unchanged, report.left


def refused(engine: Engine, what):
    with pytest.raises(RosterErrors) as refusal:
        take(engine, what)
    return [(f.row, f.column, f.problem.code) for f in refusal.value.findings]


def roster(engine: Engine):
    with engine.begin() as db:
        return {row["inspector"]: row for row in rosters.current(db, tables.people)}


def codes(engine: Engine):
    return {code: row["name"] for code, row in roster(engine).items()}


def gone(engine: Engine, *leaving: str):
    with transaction(engine) as db:
        return leave(db, ACT, leaving, "调离")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_demo_people_are_imported_once_and_then_unchanged(engine, suffix):
    demo = read_rows(PersonIn(), [read_file(str(DEMO / f"inspectors_demo.{suffix}"))])
    assert take(engine, demo) == (126, 0, 0, 0)
    assert take(engine, demo) == (0, 0, 126, 0)


def test_a_person_is_recorded_as_the_file_says(engine):
    take(engine, incoming(PersonIn(), [PERSON | {"可任组长": "", "最多任务包数": "3"}]))
    assert roster(engine)["C510101"] == rosters.blank(tables.people) | {
        "inspector": "C510101",
        "name": "抽验员甲",
        "employer": "成都市应急管理局",
        "city": "510100",
        "category": "市州工作人员",
        "may_lead": False,
        "capacity": 3,
    }


def test_people_without_codes_are_issued_them_in_the_order_of_the_file_and_the_office_is_told(engine):
    with transaction(engine) as db:
        report = import_people(db, ACT, people(NAMELESS, LI | NAMELESS), sichuan())
    assert [(w.row, w.column, w.problem.code, w.problem.params) for w in report.warnings] == [
        (2, "人员编号", "code-issued", {"name": "抽验员甲", "issued": "P0001"}),
        (3, "人员编号", "code-issued", {"name": "李四", "issued": "P0002"}),
    ]
    assert codes(engine) == {"P0001": "抽验员甲", "P0002": "李四"}


def test_the_column_of_codes_may_be_missing_altogether(engine):
    without = {heading: text for heading, text in PERSON.items() if heading != "人员编号"}
    assert take(engine, incoming(PersonIn(), [without])) == (1, 0, 0, 0)
    assert take(engine, incoming(PersonIn(), [without])) == (0, 0, 1, 0)


def test_who_comes_again_without_a_code_is_the_same_person(engine):
    take(engine, people(NAMELESS, LI | NAMELESS))
    assert take(engine, people(NAMELESS | {"可任组长": "否"}, LI | NAMELESS)) == (0, 1, 1, 0)
    assert sorted(codes(engine)) == ["P0001", "P0002"]


def test_who_comes_again_with_the_issued_code_is_the_same_person(engine):
    take(engine, people(NAMELESS))
    assert take(engine, people({"人员编号": "P0001", "姓名": "抽验员甲丰"})) == (0, 1, 0, 0)


def test_codes_that_exist_or_existed_or_stand_in_the_file_are_not_issued_again(engine):
    take(engine, people({"人员编号": "P0001"}))
    gone(engine, "P0001")
    assert take(engine, people(NAMELESS | LI, {"人员编号": "p0002", "姓名": "王五"})) == (2, 0, 0, 0)
    assert codes(engine) == {"P0003": "李四", "p0002": "王五"}


def test_a_refused_import_uses_up_no_code(engine):
    refused(engine, people(NAMELESS, LI | NAMELESS | {"可任组长": "?"}))
    take(engine, people(NAMELESS))
    assert list(codes(engine)) == ["P0001"]


@pytest.mark.parametrize(("first", "second"), [("", ""), ("C1", ""), ("", "C1")])
def test_two_rows_that_could_be_one_person_need_codes_both(engine, first, second):
    rows = people({"人员编号": first}, {"人员编号": second})
    assert refused(engine, rows) == [(3, "人员编号", "person-twice")]
    assert take(engine, people({"人员编号": "C1"}, {"人员编号": "C2"})) == (2, 0, 0, 0)


def test_a_person_without_code_who_could_be_either_of_two_is_refused(engine):
    take(engine, people({"人员编号": "C1"}, {"人员编号": "C2"}))
    with pytest.raises(RosterErrors) as refusal:
        take(engine, people(NAMELESS))
    (finding,) = refusal.value.findings
    assert (finding.problem.code, finding.problem.params["codes"]) == ("person-ambiguous", "C1、C2")


def test_a_person_known_again_whose_code_another_row_has_is_refused(engine):
    take(engine, people({"人员编号": "C1"}))
    assert refused(engine, people(NAMELESS, LI | {"人员编号": "C1"})) == [(3, "人员编号", "code-twice")]


def test_codes_that_differ_by_case_alone_are_refused(engine):
    assert refused(engine, people({"人员编号": "c1"}, LI | {"人员编号": "C1"})) == [(3, "人员编号", "code-case-twin")]
    take(engine, people({"人员编号": "c1"}))
    assert refused(engine, people({"人员编号": "C1"})) == [(2, "人员编号", "code-case-twin")]


def test_a_wrong_code_is_told_once_and_the_row_is_not_taken_for_one_without(engine):
    assert refused(engine, people({"人员编号": "抽验员甲"}, {"人员编号": "C1"})) == [
        (2, "人员编号", "person-code-form")
    ]


def test_people_of_an_unknown_city_are_refused(engine):
    assert refused(engine, people({"所属市(州)": "成都州"})) == [(2, "所属市(州)", "city-unknown")]


def test_a_file_without_the_column_of_capacities_leaves_them_as_they_are(engine):
    take(engine, incoming(PersonIn(), [PERSON | {"最多任务包数": "3"}]))
    assert take(engine, people({})) == (0, 0, 1, 0)
    assert roster(engine)["C510101"]["capacity"] == 3
    assert take(engine, incoming(PersonIn(), [PERSON | {"最多任务包数": ""}])) == (0, 1, 0, 0)
    assert roster(engine)["C510101"]["capacity"] is None


def test_all_columns_of_people_are_kept_and_nobody_is_available_until_before_they_are(engine):
    more = {"职务": "科长", "职称": "高级工程师", "专业": "安全工程", "可参加时间起": "2020年4月", "手机号码": "１３９"}
    take(engine, people(more | {"可参加时间止": "2020/4/20"}))
    found = [roster(engine)["C510101"][name] for name in ("post", "rank", "speciality", "mobile")]
    assert found == ["科长", "高级工程师", "安全工程", "139"]
    assert roster(engine)["C510101"]["available_from"] == "2020-04"
    assert refused(engine, people(more | {"可参加时间止": "2020-03-31"})) == [(2, "可参加时间止", "period-reversed")]


def test_people_whom_a_complete_list_lacks_leave(engine):
    take(engine, people({}, LI | {"人员编号": "C2"}))
    assert take(engine, people(LI | NAMELESS), complete=True) == (0, 0, 1, 1)
    assert codes(engine) == {"C2": "李四"}


def test_people_leave_by_their_codes_and_come_back_as_new(engine):
    take(engine, people({}, LI | {"人员编号": "C2"}))
    assert gone(engine, "C2", "C2") == ["C2"]
    assert codes(engine) == {"C510101": "抽验员甲"}
    assert take(engine, people(LI | {"人员编号": "C2"})) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("leaving", "code", "params"),
    [
        (["C9", "C510101", "c2"], "people-unknown", {"unknown": "C9、c2"}),
        (["C2"], "people-gone", {"gone": "C2"}),
        (["C9", "C2"], "people-gone-and-unknown", {"gone": "C2", "unknown": "C9"}),
    ],
)
def test_all_who_are_not_on_the_roster_are_named_at_once_and_nobody_leaves(engine, leaving, code, params):
    take(engine, people({}, LI | {"人员编号": "C2"}))
    gone(engine, "C2")
    with pytest.raises(Refused) as refusal:
        gone(engine, *leaving)
    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert codes(engine) == {"C510101": "抽验员甲"}


def test_nobody_leaves_without_a_reason(engine):
    take(engine, people({}))
    with transaction(engine) as db, pytest.raises(Refused) as refusal:
        leave(db, ACT, ["C510101"], " ")
    assert refusal.value.code == "leave-without-reason"


def told(engine: Engine, what, *, complete=False):
    """Of whom an import of people warns, and whom the files lack."""
    with transaction(engine) as db:
        report = import_people(db, ACT, what, sichuan(), complete=complete)
    warnings = [(w.row, w.column, w.problem.code, w.problem.params) for w in report.warnings]
    return [w for w in warnings if w[2].startswith("person-")], [person["inspector"] for person in report.missing]


def test_somebody_of_the_same_name_and_city_under_another_code_is_told_with_both_codes(engine):
    take(engine, people(NAMELESS | {"工作单位": "成都市应急局"}))
    warnings, _ = told(engine, people(NAMELESS))
    alike = {"name": "抽验员甲", "inspector": "P0002", "other": "P0001", "employer": "成都市应急局"}
    assert warnings == [(2, "姓名", "person-alike", alike)]
    assert told(engine, people({"人员编号": "P0009", "所属市(州)": "自贡市"}))[0] == []


def test_two_rows_of_one_file_that_may_be_one_person_are_told_once(engine):
    warnings, _ = told(engine, people({"人员编号": "C1"}, {"人员编号": "C2"}))
    assert [(row, code, params["other"]) for row, _, code, params in warnings] == [(3, "person-alike", "C1")]


@pytest.mark.parametrize("mobile", ["13800000001", "１３８００００００01", "13800000001；028-80000000"])
def test_the_mobile_of_somebody_else_is_told_and_a_landline_may_be_shared(engine, mobile):
    phone = {"手机号码": "13800000001 028-80000000"}
    take(engine, people(phone))
    warnings, _ = told(engine, people(LI | {"人员编号": "C2", "手机号码": mobile, "所属市(州)": "自贡市"}))
    assert [(code, params["inspector"], params["other"]) for _, _, code, params in warnings] == [
        ("person-same-mobile", "C2", "C510101")
    ]
    assert told(engine, people(LI | {"人员编号": "C3", "姓名": "王五", "手机号码": "028-80000000"}))[0] == []


def test_who_comes_again_or_has_left_is_not_told_as_somebody_else(engine):
    take(engine, people({"手机号码": "13800000001"}))
    assert told(engine, people({"手机号码": "13800000001"}))[0] == []
    assert told(engine, people({"人员编号": "C2", "手机号码": "13800000001"}), complete=True)[0] == []


def test_people_whom_a_newer_list_of_their_city_and_category_lacks_are_reported(engine):
    support = {"人员编号": "T1", "姓名": "王五", "人员类别": "技术支撑单位人员"}
    take(engine, people({}, LI | {"人员编号": "C2"}, support, {"人员编号": "C3", "所属市(州)": "自贡市"}))
    assert told(engine, people({}))[1] == ["C2"]
    assert told(engine, people({}), complete=True)[1] == []

"""A pilot whose standard has seven parts (石家庄, of DOCUMENTS 003), over HTTP alone: read it from the top."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.office import Office
from tests.scenarios.year import Year, begin, people

DISTRICTS: Final = {
    "130102": "长安区", "130103": "桥东区", "130104": "桥西区", "130105": "新华区", "130108": "裕华区"
}  # fmt: skip
"""市内五区; the communities in them are made up."""
PILOTS: Final = [f"{district}001001" for district in DISTRICTS]
PARTS: Final = (
    "机构健全、制度完善", "生产经营安全状况好", "消防安全状况好", "交通安全状况好", "食品卫生状况好",
    "安全宣传教育开展好", "有效控制安全事故",
)  # fmt: skip


@pytest.fixture
def shijiazhuang(office: Office) -> Year:
    year = begin(office, "shijiazhuang-pilot", "2006-01-04")
    rows = [{"编码": code, "名称": name, "级别": "区县", "上级": ""} for code, name in DISTRICTS.items()]
    assert year.table("places/import", rows)["imported"] == 5
    for code, name in DISTRICTS.items():
        year.appoint(code, "city", "--city", name)
    year.table("inspectors/import", people("长安区", "P01", "P02", "P03"))
    year.team = ["P01", "P02", "P03"]
    return year


def five_communities_are_the_pilot(year: Year) -> None:
    rows = [
        {"市(州)": name, "县(市、区)": name, "建设单位名称": "试点社区", "单位类型": "社区", "单位编码": unit,
         "类别": "试点社区"}
        for unit, name in zip(PILOTS, DISTRICTS.values(), strict=True)
    ]  # fmt: skip
    assert year.table("units/import", rows)["imported"] == 5
    assert year.desk.post("lives/adopt", "office", {"policy": "shijiazhuang-pilot"})["adopted"] == 5


def each_district_chooses_trains_and_tries_its_safety_officers(year: Year) -> None:
    """Chosen by the 20th of April, trained by the end of April, tried in May."""
    for district in DISTRICTS:
        late = district == "130108"
        year.on("2006-04-22" if late else "2006-04-20")
        handed = year.hand_in(district, "selection", "2006", district, listed="3", chosen="1")
        assert handed["late"] is late
    for report, day, said in (
        ("training", "2006-04-30", {"trained": "1", "qualified": "1"}),
        ("feasibility", "2006-05-31", {"findings": "可行"}),
    ):
        year.on(day)
        assert not any(year.hand_in(who, report, "2006", who, **said)["late"] for who in DISTRICTS)
    found = {name: year.reports(name, "2006") for name in ("selection", "training", "feasibility")}
    assert {name: each["due"] for name, each in found.items()} == {
        "selection": "2006-04-20", "training": "2006-04-30", "feasibility": "2006-05-31"
    }  # fmt: skip
    assert (found["selection"]["sums"]["chosen"], found["training"]["sums"]["qualified"]) == ("5", "5")
    assert not any(each["missing"] for each in found.values())


def communities_check_themselves_first(year: Year) -> None:
    year.on("2006-11-30")
    for unit in PILOTS[:-1]:
        year.hand_in(unit[:6], "self-check", "2006", unit, results="自查合格")
    assert [each["reporter"] for each in year.reports("self-check", "2006")["missing"]] == PILOTS[-1:]


def the_standard_has_seven_parts_and_says_who_may_be_an_officer(year: Year, check: str) -> None:
    community, officer = year.desk.get(f"outcomes/{check}/{PILOTS[0]}/checklist", "office")["standards"]
    assert tuple(area["label"]["zh"] for area in community["areas"]) == PARTS
    asked = [
        (measure["bound"], measure["value"], measure["of"]["zh"])
        for standard in (community, officer)
        for area in standard["areas"]
        for criterion in area["criteria"]
        for measure in criterion["measures"]
    ]
    assert asked == [
        ("least", "95", "%普查率"), ("least", "100", "%合格率"), ("least", "100", "%完好率"),
        ("least", "100", "%机动车上牌率"), ("least", "100", "%按时年审率"),
        ("least", "1", "名社区安监员"), ("most", "45", "周岁"),
    ]  # fmt: skip
    assert [area["label"]["zh"] for area in officer["areas"]] == ["资格条件", "聘用程序"]


def accepted(year: Year, unit: str, **answers: Any) -> tuple[str, set[str]]:
    """The acceptance of a community: its verdict, and what is not met."""
    check = year.check(unit, "acceptance", "2006-12-20")
    found = year.found(check, unit, **answers)
    return found["verdict"], {each["criterion"] for each in found["answers"] if each["state"] == "not-met"}


def communities_are_accepted_by_95_and_100_percent(year: Year) -> None:
    check = year.on("2006-12-01").check(PILOTS[0], "acceptance", "2006-12-20")
    the_standard_has_seven_parts_and_says_who_may_be_an_officer(year, check)
    exact = year.found(
        check, PILOTS[0], business_3="95", fire_1=("100", "100"), traffic_3=("100", "100"), officer_1="45"
    )
    assert exact["verdict"] == "passed"
    assert accepted(year, PILOTS[1], business_3="94.9") == ("rectify", {"business-3"})
    rates: dict[str, Any] = {"fire_1": ("100", "99.9"), "traffic_3": ("99", "100"), "officer_1": "46"}
    assert accepted(year, PILOTS[2], **rates) == ("rectify", {"fire-1", "traffic-3", "officer-1"})
    nothing = {f"{area}_{number}": "not-met" for area in ("education", "food") for number in range(1, 4)}
    nothing |= {f"organisation_{number}": "not-met" for number in range(1, 5)}
    verdict, unmet = accepted(year, PILOTS[3], **nothing)
    assert (verdict, len(unmet)) == ("rectify", 10)  # of 35 criteria: fewer than 30 %
    verdict, unmet = accepted(year, PILOTS[4], **nothing, education_4="not-met")
    assert (verdict, len(unmet)) == ("failed", 11)


def whoever_is_accepted_stays_so(year: Year) -> None:
    for step, document in (("self-assess", "自查报告"), ("apply", "验收申请"), ("assess", "验收意见")):
        (taken,) = year.on("2006-12-15").steps(step, PILOTS[0], document=document)
    assert taken["state"] == "assessed"
    (acceptance,) = year.desk.get("orders?policy=shijiazhuang-pilot&year=2006", "auditor")["milestones"]
    assert (acceptance["due"], acceptance["done"], acceptance["late"]) == ("2006-12-31", 1, 0)


def test_a_pilot_from_the_officers_who_are_chosen_to_the_acceptance_by_seven_parts(shijiazhuang: Year) -> None:
    five_communities_are_the_pilot(shijiazhuang)
    each_district_chooses_trains_and_tries_its_safety_officers(shijiazhuang)
    communities_check_themselves_first(shijiazhuang)
    communities_are_accepted_by_95_and_100_percent(shijiazhuang)
    whoever_is_accepted_stays_so(shijiazhuang)

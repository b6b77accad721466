"""A city's year by its orders (广安 2013, of DOCUMENTS 003), over HTTP alone: read it from the top.

The annex, which says which county has which task, is not among the sources: how the 6, 15 and 2 are spread over the
counties here is made up; the sums are the document's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest

from tests.office import Office
from tests.scenarios.year import Year, begin, people

CITY: Final = "511600"
DAISHI: Final = "511603104"
"""前锋区代市镇, whose title is the province's livelihood target."""
ANNEX: Final = {
    "广安区": (1, 0, 3, 1), "前锋区": (1, 1, 2, 0), "岳池县": (1, 0, 3, 0),
    "武胜县": (1, 0, 2, 0), "邻水县": (1, 0, 3, 0), "华蓥市": (1, 0, 2, 1),
}  # fmt: skip
"""By county: titles to reach, livelihood among them, to start for the province's, for the nation's."""
PROVINCIAL: Final = {
    "广安区": "511602001 浓洄街道", "前锋区": "511603104 代市镇", "岳池县": "511621001 九龙街道",
    "武胜县": "511622100 沿口镇", "邻水县": "511623100 鼎屏镇", "华蓥市": "511681001 双河街道",
}  # fmt: skip
STARTING: Final = {
    "广安区": ("511602002 北辰街道", "511602004 广福街道", "511602005 万盛街道"),
    "前锋区": ("511603001 奎阁街道", "511603002 大佛寺街道"),
    "岳池县": ("511621002 朝阳街道", "511621101 花园镇", "511621102 坪滩镇"),
    "武胜县": ("511622101 中心镇", "511622102 烈面镇"),
    "邻水县": ("511623101 城北镇", "511623102 城南镇", "511623103 柑子镇"),
    "华蓥市": ("511681002 古桥街道", "511681003 华龙街道"),
}
NATIONAL: Final = {"广安区": ("511602006 中桥街道",), "华蓥市": ("511681101 天池镇",)}
LATE, LAGGING = "511621102", "511622100"
"""坪滩镇 of 岳池县, which registers after the day; 沿口镇 of 武胜县, which is assessed after the day and not named."""
BUILDING: Final = [each.split()[0] for each in PROVINCIAL.values()]
STARTED: Final = [each.split()[0] for group in (STARTING, NATIONAL) for units in group.values() for each in units]


@pytest.fixture
def guangan(office: Office) -> Year:
    year = begin(office, "guangan-2013", "2013-01-04")
    year.appoint("city", "city", "--city", "广安")
    year.table("inspectors/import", people("广安市", "P01", "P02", "P03"))
    year.team = ["P01", "P02", "P03"]
    return year


def listed(county: str, unit: str, status: str, livelihood: str = "否") -> dict[str, object]:
    code, name = unit.split()
    return {
        "市(州)": "广安市", "县(市、区)": county, "建设单位名称": name, "单位编码": code, "类别": status,
        "单位类型": "镇" if name[-1] == "镇" else "街道", "是否民生": livelihood,
    }  # fmt: skip


def the_annex_gives_out_6_titles_one_of_them_livelihood_15_starts_and_2_national_starts(year: Year) -> None:
    rows = [
        {"县(市、区)": county, "建成省级": title, "其中民生": own, "启动省级": start, "启动国家级": national}
        for county, (title, own, start, national) in ANNEX.items()
    ]
    form = {"policy": "guangan-2013", "year": "2013", "city": "广安"}
    short = year.table("orders/import", [{**rows[0], "建成省级": 0}, *rows[1:]], **form)
    assert "order-total-differs" in {warning["code"] for warning in short["warnings"]}  # 5 of 6: told, not refused
    year.table("orders/import", rows, **form)
    orders = year.ordered(2013)
    sums = {
        name: (orders[name]["annex"], orders[name]["whole"]["ordered"]) for name in orders if name != "consequences"
    }
    assert sums == {
        "provincial": (6, 6), "livelihood": (1, 1), "assessed": (6, 6), "start-provincial": (15, 15),
        "start-national": (2, 2),
    }  # fmt: skip
    days = {name: orders[name]["due"][5:] for name in sums}
    assert days == {
        "provincial": "12-31", "livelihood": "12-31", "assessed": "10-30", "start-provincial": "07-30",
        "start-national": "07-30",
    }  # fmt: skip


def the_roster_has_6_that_build_and_17_that_are_to_start(year: Year) -> None:
    rows = [
        listed(county, unit, "创建省级安全社区", "是" if DAISHI in unit else "否")
        for county, unit in PROVINCIAL.items()
    ]
    for group, status in ((STARTING, "启动建设省级安全社区"), (NATIONAL, "启动建设国家级安全社区")):
        rows += [listed(county, unit, status) for county, units in group.items() for unit in units]
    assert year.table("units/import", rows)["imported"] == 23
    adopted = year.desk.post("lives/adopt", "office", {"policy": "guangan-2013"})
    assert adopted["adopted"] == 6


def registration_began_in_march_by_the_units_city(year: Year) -> None:
    in_time = [unit for unit in STARTED if unit != LATE]
    taken = year.on("2013-03-15").steps("register", *in_time, document="备案表", by="city")
    assert {unit["state"] for unit in taken} == {"registered"}
    orders = year.ordered(2013)
    assert [orders[name]["whole"]["done"] for name in ("start-provincial", "start-national")] == [14, 2]
    assert colour(year, "2013-03-15", "start-provincial") == "green"


def registration_is_due_by_the_30th_of_july_and_threatens_the_county_that_is_late(year: Year) -> None:
    assert colour(year, "2013-07-14", "start-provincial") == "green"
    assert colour(year, "2013-07-20", "start-provincial") == "yellow"  # 15 days before, and fewer
    assert colour(year, "2013-07-28", "start-provincial") == "red"  # fewer than 5 left
    late = "start-provincial/2013/岳池县"
    for who in ("office", "city"):
        assert [(*each[:2], each[3]) for each in year.milestones(who)] == [(late, "2013-07-30", 1)]
    colours = {day: year.on(day).milestones("city")[0][2] for day in ("2013-07-14", "2013-07-20", "2013-07-31")}
    assert list(colours.values()) == ["green", "yellow", "red"]
    assert {each[1] for each in year.on("2013-07-20").milestones("office", within=365)} == {
        "2013-07-30", "2013-10-30", "2013-12-31"
    }  # fmt: skip
    assert vetoes(year.on("2013-07-30")) == set()
    assert vetoes(year.on("2013-07-31")) == {("岳池县", "start-provincial", 1, False)}


def a_county_that_registers_late_is_vetoed_no_more_but_late(year: Year) -> None:
    year.on("2013-08-05").steps("register", LATE, document="备案表", by="city")
    started = year.ordered(2013)["start-provincial"]["whole"]
    assert (started["done"], started["late"], started["left"], vetoes(year)) == (15, 1, 0, set())


def colour(year: Year, day: str, order: str) -> str:
    """The colour of an order on a day."""
    return str(year.on(day).ordered(2013)[order]["whole"]["colour"])


def vetoes(year: Year) -> set[tuple[str, str, int, bool]]:
    """Which counties the veto befalls, for which order, how many are left, and whether it is certain."""
    found = year.ordered(2013)["consequences"]
    assert {each["label"]["zh"] for each in found} <= {"安全生产目标考核“一票否决”"}
    return {(each["place"].removeprefix(f"{CITY}/"), each["order"], each["left"], each["certain"]) for each in found}


def a_month_is_reported(year: Year, month: int, day: str, living: Sequence[str], silent: str = "") -> None:
    """Every unit assesses its stage and reports each month, by the 5th; the city sums it up, by the 10th."""
    period = f"2013-{month:02d}"
    year.on(day)
    stage = [{"单位编码": u, "各安全促进项目进展": "推进", "查漏补缺情况": "已补"} for u in living if u != silent]
    progress = [{"单位编码": unit, "工作进展": "推进", "下步打算": "自评"} for unit in living]
    year.hand_in_all("stage", period, stage)
    year.hand_in_all("monthly", period, progress)
    year.hand_in("city", "summary", period, CITY, registered=str(len(living)), assessed="0", progress="推进")
    reports = {name: year.reports(name, period) for name in ("stage", "monthly", "summary")}
    assert {name: len(found["handed"]) for name, found in reports.items()} == {
        "stage": len(stage), "monthly": len(living), "summary": 1
    }  # fmt: skip
    assert [each["reporter"] for each in reports["stage"]["missing"]] == ([silent] if silent else [])
    assert [found["due"][8:] for found in reports.values()] == ["05", "05", "10"]
    assert not any(each["late"] for found in reports.values() for each in found["handed"])


def a_table_with_anything_wrong_is_refused_whole(year: Year) -> None:
    rows = [
        {"单位编码": DAISHI, "工作进展": "", "下步打算": "自评"},
        {"单位编码": "511603999", "工作进展": "推进", "下步打算": "无"},
    ]
    form = {"policy": "guangan-2013", "report": "monthly", "period": "2013-01"}
    wrong = year.table("reports/import", rows, expect=409, **form)["errors"]
    assert [(each["row"], each["column"], each["code"]) for each in wrong] == [
        (2, "单位编码", "report-field-empty"), (3, "单位编码", "report-reporter-unknown")
    ]  # fmt: skip
    assert year.reports("monthly", "2013-01")["handed"] == []


def a_stage_assessment_that_was_missing_is_due_and_comes_late(year: Year) -> None:
    year.on("2013-06-08")
    for who in ("office", "city"):
        overdue = [each for each in year.desk.get("due", who)["items"] if each["colour"] == "red"]
        assert [(each["kind"], each["subject"], each["day"]) for each in overdue] == [
            ("report", f"stage/{LAGGING}/2013-05", "2013-06-05")
        ]
    assert year.hand_in("city", "stage", "2013-05", LAGGING, projects="推进", gaps="已补")["late"] is True
    assert year.reports("stage", "2013-05")["missing"] == []


def the_livelihood_unit_is_supervised_openly_and_all_is_well(year: Year) -> None:
    check = year.on("2013-05-20").check(DAISHI, "open", "2013-05-31")
    assert check == "T-2013-001"
    found = year.on("2013-05-22").found(check, DAISHI, stage_assessment="1")
    assert (found["verdict"], found["score"]) == ("passed", "")


def another_is_supervised_covertly_had_no_assessment_that_month_and_rectifies(year: Year) -> None:
    check = year.on("2013-06-10").check(LAGGING, "covert", "2013-06-20")
    assert check == "T-2013-002"
    assert [each["check"] for each in year.desk.get("checks", "city")["items"]] == ["T-2013-001"]  # not beforehand
    wrong = {"criterion": "stage-assessment", "severity": "general", "description": "当月未开展阶段评估"}
    found = year.on("2013-06-11").found(check, LAGGING, wrong, stage_assessment="0")
    (answer,) = [each for each in found["answers"] if each["criterion"] == "stage-assessment"]
    assert (answer["state"], found["verdict"], found["findings"][0]["deadline"]) == ("not-met", "rectify", "2013-07-11")
    rectified(year, check, LAGGING, found["findings"][0]["finding"], "2013-06-12", "2013-06-25")


def rectified(year: Year, check: str, unit: str, finding: str, notified: str, handed_in: str) -> None:
    """The finding is notified, put right by the city, rechecked by somebody who did not find it, and closed."""
    desk, path = year.desk, f"findings/{finding}"
    told = {"occasion": check, "unit": unit, "day": notified, "document": "整改通知书"}
    year.on(notified)
    desk.post("findings/notify", "office", told)
    year.on(handed_in)
    desk.post(f"{path}/hand-in", "city", {"day": handed_in, "text": "已整改", "files": desk.keep(path, "city")})
    recheck = {"passed": True, "day": handed_in, "document": "复查意见书", "person": year.team[0]}
    recheck["files"] = desk.keep(path, "office", b"%PDF-1.7 the opinion", "意见书.pdf")
    assert desk.post(f"{path}/office-recheck", "office", recheck, expect=409)["code"] == "recheck-by-finder"
    desk.post(f"{path}/office-recheck", "office", {**recheck, "person": year.team[2]})
    assert desk.post(f"{path}/close", "office", {"day": handed_in})["state"] == "closed"


def five_of_six_apply_and_are_assessed_by_the_30th_of_october(year: Year) -> None:
    ready = [unit for unit in BUILDING if unit != LAGGING]
    year.on("2013-09-10").steps("self-assess", *ready, document="自评报告", by="city", score="85")
    year.on("2013-09-20").steps("apply", *ready, document="评定等级申请报告", by="city")
    year.on("2013-10-20").steps("assess", *ready, document="省安全社区支持中心专家组考评意见")
    assert year.ordered(2013)["assessed"]["whole"]["done"] == 5
    assert vetoes(year.on("2013-10-30")) == set()
    assert vetoes(year.on("2013-10-31")) == {("武胜县", "assessed", 1, False)}


def the_sixth_is_assessed_in_november_too_late(year: Year) -> None:
    year.on("2013-11-10").steps("self-assess", LAGGING, document="自评报告", by="city", score="80")
    year.steps("apply", LAGGING, document="评定等级申请报告", by="city")
    year.on("2013-11-15").steps("assess", LAGGING, document="省安全社区支持中心专家组考评意见")
    assessed = year.ordered(2013)["assessed"]["whole"]
    assert (assessed["done"], assessed["late"], vetoes(year)) == (6, 1, set())


def five_are_named_the_livelihood_unit_among_them(year: Year) -> None:
    named = year.on("2013-12-20").steps(
        "name", *(unit for unit in BUILDING if unit != LAGGING), document="川安委〔2013〕号命名通知"
    )
    assert {(unit["state"], unit["valid_until"]) for unit in named} == {("named", "2016-12-20")}
    orders = year.ordered(2013)
    done = [(orders[name]["whole"]["done"], orders[name]["whole"]["left"]) for name in ("provincial", "livelihood")]
    assert done == [(5, 1), (1, 0)]
    assert vetoes(year.on("2013-12-31")) == set()


def the_county_whose_task_is_not_done_is_vetoed_when_the_year_is_over(year: Year) -> None:
    assert vetoes(year.on("2014-01-01")) == {("武胜县", "provincial", 1, True)}
    own = year.desk.get("orders?policy=guangan-2013&year=2013", "city")["consequences"]
    assert [(each["name"], each["label"]["en"]) for each in own] == [
        ("广安市武胜县", "veto in the yearly appraisal of work safety")
    ]


def test_a_city_with_6_15_and_2_orders_from_the_annex_to_the_countys_veto(guangan: Year) -> None:
    year, registered = guangan, BUILDING + [unit for unit in STARTED if unit != LATE]
    the_annex_gives_out_6_titles_one_of_them_livelihood_15_starts_and_2_national_starts(year)
    the_roster_has_6_that_build_and_17_that_are_to_start(year)
    a_table_with_anything_wrong_is_refused_whole(year)
    a_month_is_reported(year, 1, "2013-02-04", BUILDING)
    a_month_is_reported(year, 2, "2013-03-04", BUILDING)
    registration_began_in_march_by_the_units_city(year)
    a_month_is_reported(year, 3, "2013-04-04", registered)
    a_month_is_reported(year, 4, "2013-05-04", registered)
    the_livelihood_unit_is_supervised_openly_and_all_is_well(year)
    a_month_is_reported(year, 5, "2013-06-04", registered, silent=LAGGING)
    a_stage_assessment_that_was_missing_is_due_and_comes_late(year)
    another_is_supervised_covertly_had_no_assessment_that_month_and_rectifies(year)
    a_month_is_reported(year, 6, "2013-07-04", registered)
    registration_is_due_by_the_30th_of_july_and_threatens_the_county_that_is_late(year)
    a_month_is_reported(year, 7, "2013-08-04", registered)
    a_county_that_registers_late_is_vetoed_no_more_but_late(year)
    a_month_is_reported(year, 8, "2013-09-04", BUILDING + STARTED)
    a_month_is_reported(year, 9, "2013-10-04", BUILDING + STARTED)
    five_of_six_apply_and_are_assessed_by_the_30th_of_october(year)
    a_month_is_reported(year, 10, "2013-11-04", BUILDING + STARTED)
    the_sixth_is_assessed_in_november_too_late(year)
    a_month_is_reported(year, 11, "2013-12-04", BUILDING + STARTED)
    five_are_named_the_livelihood_unit_among_them(year)
    the_county_whose_task_is_not_done_is_vetoed_when_the_year_is_over(year)
    a_month_is_reported(year, 12, "2014-01-04", BUILDING + STARTED)

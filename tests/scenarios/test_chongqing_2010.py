"""Chongqing 2010 (DOCUMENTS 004): its first year, and its three years to 2012, over HTTP alone, as the city's office
works through them.

The districts are those of 2010; their classes as model districts, their numbers of townships and the names of the units
are made up, so that the shares of 30 % and 20 %, each rounded up, come to the document's 250.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.office import Office
from tests.scenarios.year import Year, begin, people

CORE: Final = {
    "500103": "渝中区", "500104": "大渡口区", "500105": "江北区", "500106": "沙坪坝区", "500107": "九龙坡区",
    "500108": "南岸区", "500109": "北碚区", "500112": "渝北区", "500113": "巴南区",
}  # fmt: skip
MODEL: Final = {"500102": "涪陵区", "500115": "长寿区", "500119": "南川区"}
OTHERS: Final = {
    "500101": "万州区", "500110": "万盛区", "500111": "双桥区", "500114": "黔江区", "500116": "江津区",
    "500117": "合川区", "500118": "永川区", "500222": "綦江县", "500223": "潼南县", "500224": "铜梁县",
    "500225": "大足县", "500226": "荣昌县", "500227": "璧山县", "500228": "梁平县", "500229": "城口县",
    "500230": "丰都县", "500231": "垫江县", "500232": "武隆县", "500233": "忠县", "500234": "开县",
    "500235": "云阳县", "500236": "奉节县", "500237": "巫山县", "500238": "巫溪县", "500240": "石柱县",
    "500241": "秀山县", "500242": "酉阳县", "500243": "彭水县",
}  # fmt: skip
DISTRICTS: Final = {**CORE, **MODEL, **OTHERS}
EVEN: Final = ("500110", "500111")
"""Others whose share needs no rounding: 20 % of 25."""
SLOW, LAZY, FIRST = "500101", "500243", "500106001"
"""万州区, which starts one less than its share; 彭水县, which trains nobody; the unit that is supervised."""


def townships(district: str) -> int:
    if district in CORE or district in MODEL:
        return 22
    return 25 if district in EVEN else 29


def share(district: str) -> int:
    """30 % of 22 is 6.6, 20 % of 29 is 5.8, of 25 exactly 5: rounded up."""
    if district in CORE or district in MODEL:
        return 7
    return 5 if district in EVEN else 6


@pytest.fixture
def chongqing(office: Office) -> Year:
    return in_chongqing(office, "2010-04-12")


def in_chongqing(office: Office, day: str) -> Year:
    """The city's office with its 40 districts, from a day on."""
    year = begin(office, "chongqing-2010", day)
    classes = {**dict.fromkeys(CORE, "主城区"), **dict.fromkeys(MODEL, "安全保障型示范区县")}
    rows = [
        {
            "编码": code,
            "名称": name,
            "级别": "区县",
            "类别": classes.get(code, "其他区县"),
            "乡镇（街道）数": townships(code),
        }
        for code, name in DISTRICTS.items()
    ]
    assert year.table("places/import", rows)["imported"] == 40
    year.table("inspectors/import", people("渝中区", "P01", "P02", "P03"))
    year.team = ["P01", "P02", "P03"]
    return year


def units_of(district: str, since: int, number: int) -> list[str]:
    """Codes of so many units of a district."""
    return [f"{district}{place:03d}" for place in range(since, since + number)]


STARTING: Final = {district: units_of(district, 1, share(district)) for district in DISTRICTS}
EVERY_START: Final = [unit for units in STARTING.values() for unit in units]


def a_list(units: list[str], status: str) -> list[dict[str, object]]:
    return [
        {"市(州)": DISTRICTS[unit[:6]], "县(市、区)": DISTRICTS[unit[:6]], "建设单位名称": f"第{unit[6:]}街道",
         "单位类型": "街道", "单位编码": unit, "类别": status}
        for unit in units
    ]  # fmt: skip


def progress(year: Year, of: int, name: str) -> tuple[int, int, int, int]:
    """Of an order or a quota: ordered, done, late, left."""
    whole = year.ordered(of)[name]["whole"]
    return whole["ordered"], whole["done"], whole["late"], whole["left"]


def befalls(year: Year, of: int) -> set[tuple[str, str, int, bool]]:
    """Of which district the appraisal suffers, for which order or quota, how many are left, whether it is certain."""
    found = year.ordered(of)["consequences"]
    assert {each["consequence"] for each in found} <= {"appraisal"}
    return {(each["place"], each["order"], each["left"], each["certain"]) for each in found}


def the_annex_gives_out_250_starts_and_50_assessments(year: Year) -> None:
    assert len(EVERY_START) == sum(map(share, DISTRICTS)) == 250
    rows = [
        {"市(州)": name, "2010年启动数": share(code), "2010年评定数": 2 if code in TWO else 1 if code in ONE else 0}
        for code, name in DISTRICTS.items()
    ]
    told = year.table("orders/import", rows, policy="chongqing-2010", year="2010")
    assert not [each for each in told["warnings"] if each["code"] == "order-total-differs"]
    orders = year.ordered(2010)
    assert {name: orders[name]["annex"] for name in ("start-2010", "assess-2010")} == {
        "start-2010": 250, "assess-2010": 50
    }  # fmt: skip


TWO: Final = (*CORE, *MODEL)
ONE: Final = tuple(OTHERS)[:26]
"""12 districts with two assessments and 26 with one are 50."""


def core_and_model_districts_owe_30_percent_and_others_20_each_rounded_up(year: Year) -> None:
    orders = year.ordered(2010)
    owed = {
        name: {line["place"]: line["ordered"] for line in orders[name]["places"]}
        for name in ("demonstration", "others")
    }
    assert owed == {
        "demonstration": dict.fromkeys((*CORE, *MODEL), 7),
        "others": {district: 5 if district in EVEN else 6 for district in OTHERS},
    }
    assert [orders[name]["whole"]["ordered"] for name in ("demonstration", "others")] == [84, 166]


def units_are_registered_and_249_started_by_the_end_of_april(year: Year) -> None:
    assert year.table("units/import", a_list(EVERY_START, "创建重庆市安全社区"))["imported"] == 250
    year.steps("register", *EVERY_START, document="渝办发〔2010〕93号")
    started = [unit for unit in EVERY_START if unit != STARTING[SLOW][-1]]
    year.on("2010-04-30").steps("start", *started, document="启动文件")
    assert progress(year, 2010, "start-2010") == (250, 249, 0, 1)
    assert [progress(year, 2010, quota) for quota in ("demonstration", "others")] == [(84, 84, 0, 0), (166, 165, 0, 1)]


def each_district_reports_every_month_by_the_5th(year: Year, months: range, year_of: int = 2010) -> None:
    for month in months:
        day = f"{year_of}-{month + 1:02d}-05" if month < 12 else f"{year_of + 1}-01-05"
        rows = [
            {"市(州)": name, "县(市、区)": name, "启动数": share(code), "评定数": 0, "工作进展": "推进"}
            for code, name in DISTRICTS.items()
            if month != 6 or code != LAZY
        ]
        year.on(day).hand_in_all("monthly", f"{year_of}-{month:02d}", rows)
        found = year.reports("monthly", f"{year_of}-{month:02d}")
        assert (found["due"], [each["reporter"] for each in found["missing"]]) == (day, [LAZY] if month == 6 else [])
        assert found["sums"]["started"] == str(250 - (6 if month == 6 else 0))


def each_unit_assesses_its_stage_each_half_year(year: Year, half: str, day: str, silent: str = "") -> None:
    rows = [{"单位编码": u, "安全促进项目推进情况": "推进", "查漏补缺": "已补"} for u in EVERY_START if u != silent]
    year.on(day).hand_in_all("stage", half, rows)
    found = year.reports("stage", half)
    assert found["due"] == {"2010-H1": "2010-07-15", "2010-H2": "2011-01-15"}[half]
    assert ([each["reporter"] for each in found["missing"]], len(found["handed"])) == (
        [silent] if silent else [], 249 if silent else 250
    )  # fmt: skip


ENOUGH: Final = {
    "unit_training": "4",
    "unit_injuries": "12",
    "unit_projects": "7",
    "unit_stage": "1",
    "unit_drills": "4",
}
"""4 events, 12 areas of injury records, 7 projects, a stage assessment each half-year, 4 drills."""
LITTLE: Final = {
    "unit_training": "3",
    "unit_injuries": "11",
    "unit_projects": "6",
    "unit_stage": "0",
    "unit_drills": "3",
}


def a_unit_that_reaches_every_number_passes_its_supervision(year: Year) -> None:
    check = year.on("2010-09-10").check(FIRST, "supervision", "2010-09-20")
    criteria = {
        criterion["criterion"]: [(m["bound"], m["value"], m["per"]) for m in criterion["measures"]]
        for standard in year.desk.get(f"outcomes/{check}/{FIRST}/checklist", "office")["standards"]
        for area in standard["areas"]
        for criterion in area["criteria"]
        if criterion["measures"]
    }
    assert criteria == {
        "unit-training": [("least", "4", "")],
        "unit-injuries": [("least", "12", "")],
        "unit-projects": [("least", "7", "")],
        "unit-stage": [("least", "1", "half-year")],
        "unit-drills": [("least", "4", "")],
    }
    found = year.found(check, FIRST, **ENOUGH)
    assert found["verdict"] == "passed"
    assert found["counted"] == [
        {"criterion": "unit-stage", "said": "1", "period": "2010-H1", "own": "0", "differs": True}
    ]  # its report of the first half-year is the one that is missing
    office = year.desk.office.at(year.desk.clock)
    office.environment = {**office.environment, "AUDIT_TOKEN": year.desk.tokens["office"]}
    told = office.show("outcome", "show", check, FIRST, "--lang", "zh")
    assert "! unit-stage：检查组填写 1，系统清点为 0（2010-H1）。" in told


def one_that_lacks_one_of_each_is_told_of_all_five(year: Year) -> None:
    unit = STARTING["500103"][0]  # of the inspectors' own district: the document forbids it nowhere
    found = year.found(year.check(unit, "supervision", "2010-09-20"), unit, **LITTLE)
    unmet = [each["criterion"] for each in found["answers"] if each["state"] == "not-met"]
    assert (found["verdict"], len(unmet)) == ("rectify", 5)


APPLYING: Final = [unit for district in TWO for unit in STARTING[district][:2]] + [STARTING[each][0] for each in ONE]


def fifty_apply_in_november(year: Year) -> None:
    assert len(APPLYING) == 50
    year.on("2010-11-10").steps("self-assess", *APPLYING, document="自评报告")
    year.on("2010-11-20").steps("apply", *APPLYING, document="申报书")


def the_expert_panel_assesses_49_of_50_in_december(year: Year) -> None:
    year.on("2010-12-20").steps("assess", *APPLYING[:-1], document="专家组评定意见")
    assert progress(year, 2010, "assess-2010") == (50, 49, 0, 1)


def the_appraisal_of_districts_that_owe_something_suffers_when_the_year_is_over(year: Year) -> None:
    assert befalls(year.on("2010-12-31"), 2010) == set()
    owing = {(SLOW, "start-2010", 1, True), (SLOW, "others", 1, True)}
    assert befalls(year.on("2011-01-01"), 2010) == {*owing, (APPLYING[-1][:6], "assess-2010", 1, True)}
    year.on("2011-01-03").steps("assess", APPLYING[-1], document="专家组评定意见", on="2010-12-30")  # told late
    assert progress(year, 2010, "assess-2010") == (50, 50, 0, 0)
    assert befalls(year, 2010) == owing


def each_unit_meets_at_the_years_end(year: Year) -> None:
    rows = [{"单位编码": unit, "整体工作评审": "已评审", "下一步工作重点和目标": "持续改进"} for unit in EVERY_START]
    year.on("2010-12-30").hand_in_all("year-end", "2010", rows)
    found = year.reports("year-end", "2010")
    assert (found["due"], len(found["handed"]), found["missing"]) == ("2010-12-31", 250, [])


def each_district_trained_at_least_once_but_one(year: Year) -> None:
    rows = [
        {"市(州)": name, "县(市、区)": name, TRAINING: 0 if code == LAZY else 1, **dict.fromkeys(SYSTEMS, "是")}
        for code, name in DISTRICTS.items()
    ]
    assert year.hand_in_all("district", "2010", rows) == 40
    found = year.reports("district", "2010")
    assert found["due"] == "2010-12-31"
    counts = {each["criterion"]: (each["met"], each["not_met"]) for each in found["criteria"]}
    assert counts == {"district-training": (39, 1), **dict.fromkeys(SYSTEMS, (40, 0))}
    (short,) = found["unmet"]
    assert (short["reporter"], short["name"], short["numbers"]) == (LAZY, "彭水县", ["0"])


TRAINING: Final = "各区县（自治县）组织安全社区创建标准、方法的培训不少于1次"
"""The document's own words head the column."""
SYSTEMS: Final = ("district-plan", "district-meeting", "district-information", "district-review")
"""A plan, a joint meeting, somebody who reports, and review, monthly report, supervision and awards."""


def good_work_is_praised(year: Year) -> None:
    awards = {
        each["award"]: each["rule"]["place"] for each in year.desk.get("policies/chongqing-2010")["file"]["awards"]
    }
    assert awards == {"titles": "五(四)", "praise": "五(二)"}
    year.steps("award", FIRST, document="表彰奖励通报", award="praise")
    year.honour("王某", "表彰奖励通报", award="praise")
    last = year.desk.get(f"lives/{FIRST}/history", "auditor")["events"][-1]
    assert (last["step"], last["facts"]["award"], last["document"]) == ("award", "praise", "表彰奖励通报")


def test_2010_starts_250_and_assesses_50(chongqing: Year) -> None:
    year = chongqing
    the_annex_gives_out_250_starts_and_50_assessments(year)
    core_and_model_districts_owe_30_percent_and_others_20_each_rounded_up(year)
    units_are_registered_and_249_started_by_the_end_of_april(year)
    each_district_reports_every_month_by_the_5th(year, range(4, 7))
    each_unit_assesses_its_stage_each_half_year(year, "2010-H1", "2010-07-14", silent=FIRST)
    each_district_reports_every_month_by_the_5th(year, range(7, 9))
    a_unit_that_reaches_every_number_passes_its_supervision(year)
    one_that_lacks_one_of_each_is_told_of_all_five(year)
    each_district_reports_every_month_by_the_5th(year, range(9, 11))
    fifty_apply_in_november(year)
    each_district_reports_every_month_by_the_5th(year, range(11, 12))
    the_expert_panel_assesses_49_of_50_in_december(year)
    each_unit_meets_at_the_years_end(year)
    each_district_trained_at_least_once_but_one(year)
    the_appraisal_of_districts_that_owe_something_suffers_when_the_year_is_over(year)
    each_district_reports_every_month_by_the_5th(year, range(12, 13))
    each_unit_assesses_its_stage_each_half_year(year, "2010-H2", "2011-01-14")
    good_work_is_praised(year)


# --- 2012 ---------------------------------------------------------------------------------------------------------

OF_2012: Final = [f"{district}{place:03d}" for place in range(101, 121) for district in DISTRICTS]
"""20 units in each of the 40 districts, one after the other: those 40 apart are of one district."""
TITLES: Final = {"international": OF_2012[:3], "national": OF_2012[3:53], "city": OF_2012[53:553]}
WORDS: Final = {"international": "创建国际安全社区", "national": "创建国家安全社区", "city": "创建重庆市安全社区"}


def the_annex_gives_out_800_starts_3_to_5_international_50_national_and_500_city_titles(year: Year) -> None:
    def told(international: int) -> set[str]:
        rows = [
            {"市(州)": name, "2012年启动数": 20, **{column: number(units, code) for column, units in columns.items()}}
            for code, name in DISTRICTS.items()
        ]
        rows[0]["国际安全社区"] = international - sum(int(str(row["国际安全社区"])) for row in rows[1:])
        found = year.table("orders/import", rows, policy="chongqing-2010", year="2012", complete="true")
        return {each["column"] for each in found["warnings"] if each["code"] == "order-total-differs"}

    columns: dict[str, list[str]] = {
        "国际安全社区": TITLES["international"],
        "国家安全社区": TITLES["national"],
        "重庆市安全社区": TITLES["city"],
    }
    assert [told(international) for international in (2, 6, 5, 4, 3)] == [{"国际安全社区"}] * 2 + [set()] * 3
    assert {name: progress(year, 2012, name)[0] for name in ORDERS} == {
        "start-2012": 800, "international-2012": 3, "national-2012": 50, "city-2012": 500
    }  # fmt: skip


ORDERS: Final = ("start-2012", "international-2012", "national-2012", "city-2012")


def number(units: list[str], district: str) -> int:
    return sum(unit.startswith(district) for unit in units)


def all_800_are_registered_and_250_started_in_2010(year: Year) -> None:
    status = {unit: WORDS[title] for title, units in TITLES.items() for unit in units}
    for words in WORDS.values():
        year.table("units/import", a_list([u for u in OF_2012 if status.get(u, WORDS["city"]) == words], words))
    year.steps("register", *OF_2012, document="备案表")
    year.on("2010-06-01").steps("start", *OF_2012[:250], document="启动文件")
    assert (progress(year, 2010, "start-2010"), progress(year, 2012, "start-2012")) == (
        (250, 250, 0, 0), (800, 250, 0, 550)
    )  # fmt: skip


def every_year_the_same_share_is_owed(year: Year, of: int, started: list[str]) -> None:
    orders = year.ordered(of)
    owed = {
        line["place"]: (line["ordered"], line["left"])
        for quota in ("demonstration", "others")
        for line in orders[quota]["places"]
    }
    assert owed == {each: (share(each), max(0, share(each) - number(started, each))) for each in DISTRICTS}


def the_800_of_2012_are_all_that_started_since_2010(year: Year) -> None:
    year.on("2011-03-01").renew(366)
    every_year_the_same_share_is_owed(year, 2011, [])
    year.steps("start", *OF_2012[250:525], document="启动文件")
    every_year_the_same_share_is_owed(year, 2011, OF_2012[250:525])
    year.on("2012-02-01").renew(366)
    assert year.ordered(2012)["start-2012"]["since"] == 2010
    assert progress(year, 2012, "start-2012") == (800, 525, 0, 275)
    merge(year, OF_2012[760], OF_2012[720], "registered")
    year.steps("start", *(unit for unit in OF_2012[525:] if unit != OF_2012[760]), document="启动文件")
    every_year_the_same_share_is_owed(year, 2012, OF_2012[525:])  # the one that was merged counts too
    assert progress(year, 2012, "start-2012") == (800, 800, 0, 0)
    assert progress(year, 2010, "start-2010") == (250, 250, 0, 0)


def merge(year: Year, unit: str, into: str, state: str) -> None:
    """Two units that are ordered, on their way alike, become one."""
    body = {"unit": unit, "into": into, "document": "区划调整批复", "on": year.today}
    merged = year.desk.post("lives/divisions/merges", "office", body, expect=201)
    assert (merged["standing"]["state"], merged["into_standing"]["state"]) == ("merged", state)


def each_title_counts_for_its_own_order(year: Year) -> None:
    merge(year, OF_2012[100], OF_2012[60], "building")
    every = [unit for units in TITLES.values() for unit in units if unit != OF_2012[100]]
    for step, document in (("self-assess", "自评报告"), ("apply", "申报书"), ("assess", "专家组评定意见")):
        year.on("2012-11-01").steps(step, *every, document=document)
    for title, units in TITLES.items():
        named = [unit for unit in units if unit in every]
        year.on("2012-12-01").steps("name", *named[1:], document="命名文件", title=title)
    late = {(units[0][:6], f"{title}-2012", 1, True) for title, units in TITLES.items()}
    assert {each for each in befalls(year.on("2013-01-01"), 2012) if each[1] in ORDERS} == late
    for title, units in TITLES.items():
        year.steps("name", units[0], document="命名文件", title=title, on="2012-12-31")  # told late
    assert [progress(year, 2012, name) for name in ORDERS[1:]] == [(3, 3, 0, 0), (50, 50, 0, 0), (500, 500, 0, 0)]
    awarded = year.steps("award", *every, document="安全生产专项资金奖励", award="titles")
    assert {each["state"] for each in awarded} == {"named"}
    assert progress(year, 2012, "start-2012") == (800, 800, 0, 0)
    assert not {order for _, order, _, _ in befalls(year.on("2013-01-01"), 2012)} & set(ORDERS)


def test_by_2012_800_are_started_and_3_50_and_500_titles_reached(office: Office) -> None:
    year = in_chongqing(office, "2010-04-12")
    the_annex_gives_out_800_starts_3_to_5_international_50_national_and_500_city_titles(year)
    all_800_are_registered_and_250_started_in_2010(year)
    the_800_of_2012_are_all_that_started_since_2010(year)
    each_title_counts_for_its_own_order(year)

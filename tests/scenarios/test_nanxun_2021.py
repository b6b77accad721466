"""浔安委〔2021〕2号, played through: a year of Nanxun's enforcement, unannounced, with both kinds of looking back.

What the document says stands in `tests/sources/002-nanxun-2021.txt`; the section of each rule is named beside it. Where
it gives no number (rates, colours, days), the policy marks the office's own choice. Towns but the development zone,
enterprises and people are made up.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any, Final

import pytest
from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.scenarios.district import District, district, person

POLICY: Final = "nanxun-2021"
NOTICE: Final = "浔安委〔2021〕2号"
TOWNS: Final = {"330503901": "南浔经济开发区", "330503902": "甲镇", "330503903": "乙镇", "330503904": "丙镇"}
ENTERPRISES: Final = [f"{town}{number:03d}" for town in TOWNS for number in range(1, 6)]
OFFICERS: Final = ("NX001", "NX002", "NX003", "NX004")
LOOKING_BACK: Final = ("NX101", "NX102", "NX103", "NX104")
HOMES: Final = {"NX003": "甲镇", "NX004": "乙镇", "NX103": "南浔经济开发区", "NX104": "丙镇"}
"""Towns whose own people are on the district's roster: two-level enforcement has both."""
DRAW: Final = "NX-2021-01"
REVEAL: Final = "2021-07-31"
TOWN_PLAN: Final = "浔开委办〔2021〕6号"


def places_people_and_enterprises_are_known(nx: District) -> None:
    zone = {"编码": "330503", "名称": "南浔区", "级别": "区县", "上级": ""}
    towns = [{"编码": code, "名称": name, "级别": "镇街", "上级": "330503"} for code, name in TOWNS.items()]
    assert nx.send("office", "places/import", [zone, *towns])["imported"] == 5
    people = [person(who, HOMES.get(who, "南浔区"), "执法人员", leads=who in OFFICERS[::2]) for who in OFFICERS]
    people += [
        person(who, HOMES.get(who, "南浔区"), "回头看人员", leads=who in LOOKING_BACK[::2]) for who in LOOKING_BACK
    ]
    assert nx.send("office", "inspectors/import", people)["imported"] == 8
    rows = [
        {
            "市(州)": TOWNS[unit[:9]],
            "县(市、区)": "南浔区",
            "建设单位名称": f"{TOWNS[unit[:9]]}第{unit[9:]}企业",
            "单位类型": "企业",
            "单位编码": unit,
            "类别": "生产经营单位",
        }
        for unit in ENTERPRISES
    ]
    assert nx.send("office", "units/import", rows)["imported"] == 20
    for code in TOWNS:
        nx.desk.appoint(code, "city", "--city", code)
    for who in (*OFFICERS, *LOOKING_BACK):
        nx.desk.appoint(who, "inspector", "--inspector", who)
    nx.renew(366)


def a_town_has_to_reach_80_percent_coverage_and_100_and_50_percent_of_drills(nx: District) -> None:
    """三(三)3, 三(四)1–3, 三(六)3: numbers that everybody can read in the policy."""
    standards = nx.desk.get("policies/nanxun-2021")["file"]["standards"]
    (towns,) = (standard for standard in standards if standard["of"] == "place")
    clauses = [clause for area in towns["areas"] for clause in area["criteria"]]
    asked = {clause["criterion"]: [(m["bound"], m["value"]) for m in clause["measures"]] for clause in clauses}
    assert asked == {
        "coverage": [("least", "80")],
        "circle-135": [("most", "1"), ("most", "3"), ("most", "5")],
        "circle-15": [("most", "15")],
        "drills-revised": [("least", "100")],
        "drills-others": [("least", "50")],
        "equipment": [("least", "100")],
        "innovation": [("least", "1")],
    }


def plan_rows(level: str, units: list[str]) -> list[dict[str, str]]:
    return [{"层级": level, "单位编码": unit, "计划时间": "2021-05-10"} for unit in units]


def the_plans_of_district_and_towns_visit_nobody_twice(nx: District) -> None:
    """三(三)2: 推动区、镇两级监督检查计划有效衔接."""
    district_plan, town_plan = plan_rows("区", ENTERPRISES[:4]), plan_rows("镇（开发区）", ENTERPRISES[3:9])
    assert nx.send("office", "plans/import", [*district_plan, *town_plan], policy=POLICY)["imported"] == 10
    (twice,) = nx.desk.get(f"plans?policy={POLICY}&period=2021", "auditor")["twice"]
    assert (twice["unit"], twice["city"], len(twice["visits"])) == (ENTERPRISES[3], "330503901", 2)
    assert nx.desk.get(f"plans?policy={POLICY}&period=2021", "330503904")["twice"] == []
    told = {"policy": POLICY, "complete": "true", "document": TOWN_PLAN}
    nx.send("office", "plans/import", [*district_plan, *town_plan[1:]], **told)
    assert nx.desk.get(f"plans?policy={POLICY}&period=2021", "auditor")["twice"] == []


def whom_a_town_plans_to_visit_the_district_does_not_draw(nx: District) -> None:
    """三(三)2 again: five are left out of the frame this year, by the plan's document; in another year they are not."""
    planned = ENTERPRISES[4:9]
    found = nx.on("2021-05-06").desk.get(f"frames/check?policy={POLICY}", "auditor")["planned"]
    assert found == [{"unit": unit, "ground": "planned", "level": "town", "document": TOWN_PLAN} for unit in planned]
    assert nx.on("2022-01-01").desk.get(f"frames/check?policy={POLICY}", "auditor")["planned"] == []
    nx.on("2021-05-06")


def register_row(unit: str, what: str, severity: str, *, closed: bool, deadline: str = "2021-02-20") -> dict[str, str]:
    """A row of a register as an office keeps it: closed ones were rechecked."""
    rechecked = {"整改情况": "已整改", "复查人": "原检查人", "复查时间": "2021-02-25", "是否销号": "是"}
    left = dict.fromkeys(rechecked, "") | {"是否销号": "否"}
    begun = {"单位编码": unit, "问题描述": what, "隐患级别": severity, "整改期限": deadline, "发现时间": "2021-02-01"}
    return {**begun, **(rechecked if closed else left)}


def registers_of_hazards_and_accidents_are_taken_in(nx: District) -> None:
    """三(一)3, 三(三)2: what was closed can be looked back on; nothing is closed that nobody rechecked."""
    hazards = [register_row(unit, "重大隐患", "重大", closed=True) for unit in ENTERPRISES[:5]]
    hazards += [register_row(unit, "一般隐患", "一般", closed=True) for unit in ENTERPRISES[5:8]]
    hazards += [register_row(ENTERPRISES[8], "粉尘涉爆", "重大", closed=False, deadline="2021-04-20")]
    unchecked = [{**hazards[0], "复查人": "", "复查时间": ""}]
    said = {"policy": POLICY, "occasion": "YH-2021", "source": "hazard"}
    refused = nx.send("office", "findings/import", unchecked, 409, **said)
    assert [each["code"] for each in refused["errors"]] == ["hazard-closed-unchecked"]
    assert nx.send("office", "findings/import", hazards, **said)["imported"] == 9
    accidents = [register_row(unit, "事故整改措施", "一般", closed=True) for unit in ENTERPRISES[10:13]]
    accidents += [register_row(ENTERPRISES[13], "事故整改措施", "一般", closed=False, deadline="2021-06-01")]
    said = {"policy": POLICY, "occasion": "SG-2021", "source": "accident"}
    assert nx.send("office", "findings/import", accidents, **said)["imported"] == 4
    assert nx.desk.get("findings?state=closed", "auditor")["total"] == 11


def the_open_hazard(nx: District) -> Any:
    (found,) = nx.desk.get("findings?occasion=YH-2021&state=notified", "auditor")["items"]
    return found


def a_hazard_is_dispatched_and_turns_yellow_and_red(nx: District) -> None:
    """三(五)2: “派单”处置, “三色预警”; the days (7, 3) are the office's own."""
    found = the_open_hazard(nx)
    path = f"findings/{found['finding']}"
    nx.on("2021-04-01").do("office", f"{path}/dispatch", person="甲镇应急办")
    assert nx.desk.get(path, found["city"])["responsible"] == "甲镇应急办"
    nx.on("2021-04-02").do(found["city"], f"{path}/acknowledge", person="甲镇应急办")
    colours = {day: nx.on(day).desk.get(path, "auditor")["colour"] for day in COLOURS}
    assert colours == COLOURS


COLOURS: Final = {"2021-04-12": "green", "2021-04-13": "yellow", "2021-04-17": "yellow", "2021-04-18": "red"}
"""By days to 2021-04-20: eight, seven, three, two."""


def what_is_rectified_is_rechecked_and_closed(nx: District) -> None:
    """三(一)4: 问题整改闭环机制."""
    found = nx.desk.get("findings?occasion=YH-2021&state=acknowledged", "auditor")["items"][0]
    path = f"findings/{found['finding']}"
    assert nx.do("office", f"{path}/close", 409)["code"] == "finding-state"
    shown = nx.on("2021-04-19").desk.keep(path, found["city"])
    handed = nx.do(found["city"], f"{path}/hand-in", text="已整改", files=shown)
    assert handed["due_on"] == "2021-04-26"
    nx.do("office", f"{path}/assign", person=OFFICERS[0])
    nx.on("2021-04-22").do(OFFICERS[0], f"{path}/recheck", passed=True, document="复查〔2021〕1号")
    closed = nx.do("office", f"{path}/close")
    assert (closed["state"], closed["closed_on"], closed["colour"]) == ("closed", "2021-04-22", "")


def the_sample_is_drawn_under_seal(nx: District) -> list[dict[str, str]]:
    """三(三)2: “双随机、一公开”, “四不两直”; 20 % of 15, 20 % of 6, 50 % of 3, always up."""
    nx.on("2021-05-06")
    frozen = nx.freeze("2021")
    assert (frozen["draw"], frozen["units"], frozen["excluded"]) == (DRAW, 24, 5)
    book = CalamineWorkbook.from_filelike(BytesIO(nx.desk.ask("GET", f"draws/{DRAW}/frame.xlsx", "auditor").data))
    out = book.get_sheet_by_name("排除").to_python()
    listed = {row[4]: row[-1] for row in out if row[4] in ENTERPRISES}
    assert set(listed) == set(ENTERPRISES[4:9])
    assert all(basis.endswith(f"镇（开发区）计划：{TOWN_PLAN}") for basis in listed.values())
    sample: list[dict[str, str]] = nx.draw(f"draws/{DRAW}", "2021-05-10", REVEAL)["sample"]
    drawn = Counter(row["stratum"] for row in sample)
    assert drawn == {"double-random": 3, "look-back-hazards": 2, "look-back-accidents": 2}
    assert nx.desk.get(f"draws/{DRAW}")["sample"] is None
    for who in ("", "auditor", *TOWNS):
        assert nx.desk.get(f"draws/{DRAW}/sample", who, expect=409)["code"] == "sealed"
    assert {row["unit"] for row in sample if row["stratum"] == "double-random"} <= set(ENTERPRISES) - set(listed)
    return sample


def teams_are_drawn_too(nx: District, sample: list[dict[str, str]]) -> dict[str, list[str]]:
    """“双随机”: who inspects is drawn as well, and nobody inspects their own town; by what is inspected, the team."""
    nx.on("2021-05-11")
    seats = nx.draw(f"draws/{DRAW}/rounds", "2021-05-13", REVEAL)["assignment"]
    teams: dict[str, list[str]] = {}
    for seat in seats:
        teams.setdefault(seat["packet"], []).append(seat["inspector"])
    assert {len(team) for team in teams.values()} == {2}
    nx.on("2021-05-17")
    found = {}
    for packet, team in teams.items():
        opened = nx.desk.post("assignments/open", team[0], {"draw": DRAW, "packet": packet})
        found |= dict.fromkeys(opened["units"], team)
    towns = {row["unit"]: TOWNS[row["city"]] for row in sample}
    for unit, team in found.items():
        assert set(team) <= set(LOOKING_BACK if unit.startswith("F-") else OFFICERS)
        assert towns[unit] not in {HOMES.get(who) for who in team}
    assert {home for who, home in HOMES.items()} & set(towns.values())  # somebody could have been sent home
    return found


MET: Final = {
    "double-random": ["one-two-three", "self-rectification"],
    "look-back-hazards": ["no-return"],
    "look-back-accidents": ["accountability", "discipline", "prosecution", "measures"],
}
"""What is looked at: 一报告两承诺三公示; 旧隐患、新隐患; 追责、问责、追刑 and measures."""


def teams_visit_unannounced(nx: District, sample: list[dict[str, str]], teams: dict[str, list[str]]) -> dict[str, str]:
    """三(一)3: “旧隐患刚消除、新隐患又出现” must not happen; it did once. By what was visited, the verdict."""
    assert set(teams) == {row["unit"] for row in sample}
    nx.on("2021-05-18")
    back = next(row["unit"] for row in sample if row["stratum"] == "look-back-hazards")
    undone = next(row["unit"] for row in sample if row["stratum"] == "look-back-accidents")
    wrong = {
        back: [{"criterion": "no-return", "severity": "major", "description": "旧隐患消除，新隐患又出现"}],
        undone: [{"criterion": "measures", "severity": "general", "description": "整改措施未落实"}],
    }
    verdicts = {}
    for row in sample:
        findings = wrong.get(row["unit"], [])
        unmet = {finding["criterion"] for finding in findings}
        said = [{"criterion": n, "state": "not-met" if n in unmet else "met"} for n in MET[row["stratum"]]]
        found = nx.visit(DRAW, row["unit"], teams[row["unit"]], said, findings=findings)
        verdicts[row["unit"]] = found["verdict"]
    assert Counter(verdicts.values()) == {"passed": 5, "failed": 1, "rectify": 1}
    assert (verdicts[back], verdicts[undone]) == ("failed", "rectify")
    for who in ("auditor", *TOWNS):
        assert nx.desk.get("outcomes", who)["total"] == 0
    return verdicts


def after_the_reveal_everybody_sees_what_was_drawn(nx: District, verdicts: dict[str, str]) -> None:
    """“一公开”: sample and results are public once the day of the reveal is over."""
    nx.on("2021-08-01")
    nx.desk.office.at(nx.desk.clock).run("log", "publish")  # as the server does by itself
    for name in (f"draws/{DRAW}", f"draws/{DRAW}/rounds/1"):
        assert nx.desk.post(f"{name}/reveal", "office")["state"] == "revealed"
    assert {row["unit"] for row in nx.desk.get(f"draws/{DRAW}")["sample"]} == set(verdicts)
    assert nx.desk.get("outcomes", "auditor")["total"] == 7
    strata = {each["stratum"]: each for each in nx.desk.get("statistics?campaign=2021", "auditor")["strata"]}
    assert {name: (each["listed"], each["sampled"]) for name, each in strata.items()} == {
        "double-random": (20, 3),
        "look-back-hazards": (6, 2),
        "look-back-accidents": (3, 2),
    }
    assert strata["look-back-hazards"]["sample"] == "6:2:1"


def what_came_back_is_put_on_the_public_list(nx: District) -> None:
    """三(一)3: 重大事故隐患挂牌督办; 15 days, the office's own choice, and red when they are over.

    三(一)4: 对整治推进不力的单位实行微约谈."""
    (found,) = nx.desk.get(f"findings?occasion={DRAW}&severity=major", "auditor")["items"]
    assert (found["state"], found["deadline"]) == ("open", "2021-06-02")
    told = {"occasion": DRAW, "unit": found["unit"], "document": "浔安委办〔2021〕8号", "deadline": "2021-08-16"}
    nx.on("2021-08-02").do("office", "findings/notify", **told)
    path = f"findings/{found['finding']}"
    over = {"document": "浔安委办〔2021〕9号", "text": "挂牌督办，微约谈"}
    assert nx.do("office", f"{path}/escalate", 409, **over)["code"] == "finding-not-overdue"
    late = nx.on("2021-08-17").desk.get(path, "auditor")
    assert (late["overdue"], late["colour"]) == (True, "red")
    escalated = nx.do("office", f"{path}/escalate", **over)
    assert (escalated["state"], escalated["steps"][-1]["text"]) == ("escalated", "挂牌督办，微约谈")
    due = [each["subject"] for each in nx.desk.get("due", found["city"])["items"] if each["kind"] == "rectify"]
    assert found["finding"] in due


def covert_visits_stand_beside_the_sample(nx: District) -> None:
    """三(三)2: 常态化开展“四不两直”暗访检查."""
    order = {"policy": POLICY, "unit": ENTERPRISES[19], "ground": "covert", "reason": "暗访", "document": NOTICE}
    check = nx.desk.post("checks", "office", {**order, "team": OFFICERS[:2], "due_on": "2021-09-30"}, expect=201)
    assert nx.desk.get("checks", "330503904")["items"] == []
    said = [{"criterion": name, "state": "met"} for name in MET["double-random"]]
    assert nx.visit(check["check"], ENTERPRISES[19], OFFICERS[:2], said)["verdict"] == "passed"
    assert [each["check"] for each in nx.desk.get("checks", "330503904")["items"]] == [check["check"]]


def towns_report_on_their_duties_in_january(nx: District) -> None:
    """三(一)2: 每年向区安委会提交年度安全生产工作书面述职报告."""
    nx.on("2022-01-31")
    body = {"policy": POLICY, "report": "duties", "period": "2021", "said": {"duties": "已履职", "plan": "完成100%"}}
    for town in list(TOWNS)[:3]:
        assert nx.desk.post("reports", town, body, expect=201)["late"] is False
    nx.on("2022-02-01")
    found = nx.reports("duties", "2021")
    assert (found["due"], [each["reporter"] for each in found["missing"]]) == ("2022-01-31", ["330503904"])


REACHED: Final = {
    "coverage": "80",
    "circle-135": "1; 3; 5",
    "circle-15": "15",
    "drills-revised": "100%",
    "drills-others": "50",
    "equipment": "100",
    "innovation": "1",
}
"""Just what is asked for."""
MISSED: Final = REACHED | {"coverage": "79.9", "circle-135": "1; 3; 6", "drills-revised": "99.5", "drills-others": "49"}
MISSED_TOO: Final = {"circle-15": "16", "equipment": "99", "innovation": "0"}


def what_each_town_reached_is_held_against_80_100_and_50_percent(nx: District) -> None:
    """三(三)3, 三(四)1–3, 三(六)3: the zone reaches each number just so, 甲镇 none; 乙镇 has revised plans alone."""
    about = {"policy": POLICY, "report": "town-work", "period": "2021"}
    zone, first, second, last = TOWNS
    nx.on("2022-01-20")
    wrong = nx.desk.post("reports", first, {**about, "said": {"coverage": "八成", "circle-135": "1; 3"}}, expect=409)
    assert sorted({each["code"] for each in wrong["errors"]}) == ["answer-missing", "report-answer-form"]
    nx.desk.post("reports", zone, {**about, "said": REACHED}, expect=201)
    nx.desk.post("reports", first, {**about, "said": REACHED | MISSED}, expect=201)
    nx.desk.post("reports", first, {**about, "said": MISSED | MISSED_TOO}, expect=201)  # corrected
    stranger = nx.desk.post("reports", first, {**about, "reporter": second, "said": REACHED}, expect=404)
    assert stranger["code"] == "report-reporter-unknown"
    table = [{"市(州)": TOWNS[second], **REACHED, "drills-others": "不适用"}]
    assert len(nx.send("office", "reports/import", table, **about)["handed"]) == 1
    found = nx.reports("town-work", "2021")
    assert {each["criterion"] for each in found["unmet"]} == set(REACHED)
    assert {(each["reporter"], each["state"]) for each in found["unmet"]} == {(first, "not-met")}
    counts = {each["criterion"]: (each["met"], each["not_met"], each["not_applicable"]) for each in found["criteria"]}
    assert counts == {**dict.fromkeys(REACHED, (2, 1, 0)), "drills-others": (1, 1, 1)}
    assert (found["due"], [each["reporter"] for each in found["missing"]]) == ("2022-01-31", [last])
    assert "town-work/330503904/2021" in [each["subject"] for each in nx.desk.get("due", last)["items"]]
    own = nx.desk.get(f"reports?policy={POLICY}&report=town-work&period=2021", zone)
    assert ([each["reporter"] for each in own["handed"]], own["unmet"]) == ([zone], [])


def finders_of_hazards_and_the_best_of_the_year_are_rewarded(nx: District) -> None:
    """三(一)4: 发现隐患奖励机制; 三(六)3: 评选“最美应急人”."""
    assert nx.honour("王某", "发现隐患奖励决定", award="finder") == "H-2022-0001"
    assert nx.honour("李某", "“最美应急人”评选通报", award="best") == "H-2022-0002"


@pytest.fixture
def nx(office: Office) -> District:
    return district(office, POLICY, "2021-03-11")


def test_a_year_of_nanxun(nx: District) -> None:
    places_people_and_enterprises_are_known(nx)
    a_town_has_to_reach_80_percent_coverage_and_100_and_50_percent_of_drills(nx)
    the_plans_of_district_and_towns_visit_nobody_twice(nx)
    whom_a_town_plans_to_visit_the_district_does_not_draw(nx)
    registers_of_hazards_and_accidents_are_taken_in(nx)
    a_hazard_is_dispatched_and_turns_yellow_and_red(nx)
    what_is_rectified_is_rechecked_and_closed(nx)
    sample = the_sample_is_drawn_under_seal(nx)
    verdicts = teams_visit_unannounced(nx, sample, teams_are_drawn_too(nx, sample))
    after_the_reveal_everybody_sees_what_was_drawn(nx, verdicts)
    what_came_back_is_put_on_the_public_list(nx)
    covert_visits_stand_beside_the_sample(nx)
    what_each_town_reached_is_held_against_80_100_and_50_percent(nx)
    towns_report_on_their_duties_in_january(nx)
    finders_of_hazards_and_the_best_of_the_year_are_rewarded(nx)

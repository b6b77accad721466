"""The programme of 2020 in Sichuan over HTTP, from the document of 11 March to next year's roster.

The story is the test at the end; each of its steps is a function, in the same order: those until the teams are drawn in
`sichuan_draw.py`, those of titles and divisions in `sichuan_titles.py`, the others here.

Sections such as 四(二) are those of 《四川省2020年安全社区建设工作意见》. Units and codes are real places; what befalls
them here is made up.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from audit_service.files.policies import lookup
from tests.office import Office
from tests.roster_rows import UNIT
from tests.scenarios.sichuan import (
    ASSESSED,
    ASSESSOR,
    FUXING,
    MADE,
    POLICY,
    Year,
    monthly_reports,
    opened,
)
from tests.scenarios.sichuan_draw import (
    BAISHU,
    CHENGDU,
    CHUNXI,
    COACHED,
    DAZHOU,
    DRAW,
    GUANZI,
    JINGUAN,
    MEISHAN,
    ORDERS,
    cities,
    done,
    each_city_makes_its_schedule,
    list_annex_and_frame_are_reconciled,
    nobody_starts_anew_from_2020_on,
    one_drops_out_and_one_unit_is_merged_away,
    only_the_empty_seat_is_filled,
    team_drawn,
    the_annex_orders_85_to_be_named_and_258_to_be_re_evaluated,
    the_cities_name_their_people,
    twenty_one_cities_send_lists_and_most_have_no_codes,
    twenty_twenty_and_ten_per_cent_are_drawn,
    two_targets_become_one_division,
)
from tests.scenarios.sichuan_titles import (
    SANSHENG,
    a_title_holds_three_years_and_is_re_evaluated_in_the_third,
    its_check_within_two_years_is_overdue_until_a_visit_is_recorded,
    no_city_gives_up_a_title_of_another,
    sansheng_gets_another_name_and_code_and_keeps_its_title,
    who_is_merged_into_a_division_that_has_not_built_is_not_named,
)
from tests.scenarios.year import begin, people
from tests.visiting import JPEG, finding, said

SEVEN = ("安全责任体系", "隐患排查治理", "伤害监测", "宣传培训教育", "应急救援", "全民参与", "安全促进项目")
NINE = (*("组织领导", "工作机制", "信息预警", "应急预案", "处置力量", "应急演练", "经费保障", "物资储备", "宣传教育"),)
JULY = "statistics?campaign=2020&month=2020-07"


def due(year: Year, who: str, but: str = "report") -> list[tuple[str, str, str]]:
    """What is on somebody's list beside reports: kind, day, colour."""
    items = year.get("due", who)["items"]
    return [(each["kind"], each["day"], each["colour"]) for each in items if each["kind"] != but]


# --- July: the visits


def units_of(year: Year, team: list[str], packet: str) -> list[str]:
    """The leader opens the packet."""
    opened_now: list[str] = year.post("assignments/open", year.inspector(team[0]), draw="SC-2020-01", packet=packet)[
        "units"
    ]
    return opened_now


def technical_support_people_look_back_and_nobody_where_they_assessed_or_their_institution_coached(
    year: Year, teams: dict[str, list[str]], units: dict[str, list[str]]
) -> None:
    """四(二): 由省安办组织安全社区技术支撑单位人员开展“回头看”."""
    people = {each["inspector"]: each for each in year.get("inspectors?page_size=200")["items"]}
    (assessor,) = (who for who, unit, tie in year.tied if (unit, tie) == (ASSESSED, "assessor"))
    assert people[assessor]["name"] == ASSESSOR
    visited: set[str] = set()
    for packet, team in teams.items():
        wanted = "技术支撑单位人员" if packet.startswith("technical") else "市州工作人员"
        assert {people[who]["category"] for who in team} == {wanted}
        assert not {people[who]["city"][:4] for who in team} & {unit[:4] for unit in units[packet]}
        assert not {(who, unit) for who, unit, _ in year.tied} & {(who, unit) for who in team for unit in units[packet]}
        visited |= set(units[packet]) if packet.startswith("technical") else set()
    assert (len(visited), {COACHED, ASSESSED} < visited) == (7, True)


def the_city_learns_of_its_units_and_everybody_has_a_list(year: Year, team: list[str]) -> None:
    told = year.on("2020-06-26").post(f"{DRAW}/releases", city=DAZHOU, visit="2020-07-08", days=10)
    assert {BAISHU, GUANZI} < set(told["units"])
    year.on("2020-07-03")
    visits = [("visit", "2020-07-08", "yellow")] * len(told["units"])
    assert due(year, "office") == visits
    assert due(year, year.city(DAZHOU)) == []
    assert set(due(year, team[0])) == set(visits)


def every_visit_is_recorded(year: Year, teams: dict[str, list[str]], units: dict[str, list[str]]) -> None:
    """Seven areas and nine 有 at each of the 43; 柏树镇 fails by a major finding, 罐子镇 has a general one."""
    year.on("2020-07-08")
    for packet, team in teams.items():
        for unit in units[packet]:
            severity = {BAISHU: "major", GUANZI: "general"}.get(unit, "")
            found = [finding(severity=severity)] if severity else []
            body = said("2020-07-08", *(["nine-stores"] if severity else []), findings=found)
            year.post(f"outcomes/SC-2020-01/{unit}", team[0], **body)


def the_form_has_seven_areas_and_nine_haves(year: Year, who: str, unit: str) -> None:
    """三(四)"""
    form = year.get(f"outcomes/SC-2020-01/{unit}/checklist", who)["standards"]
    counted = {each["standard"]: [len(area["criteria"]) for area in each["areas"]] for each in form}
    assert counted == {"seven-plus-n": [1] * 7, "nine-haves": [9], "self-assessment": [2]}
    asked = {each["standard"]: [c["text"]["zh"] for a in each["areas"] for c in a["criteria"]] for each in form}
    assert (asked["seven-plus-n"], asked["nine-haves"]) == (list(SEVEN), [f"有{each}" for each in NINE])


def nothing_counts_before_everybody_signed(year: Year, team: list[str]) -> None:
    """No document says by when an outcome is signed: three days, the office's own choice."""
    whole = year.get("statistics?campaign=2020")["whole"]
    assert (whole["sampled"], whole["visited"], whole["unsigned"], whole["verdicts"]) == (43, 0, 43, {})
    assert [each["unit"] for each in year.get("cases/candidates")["items"] if each["cause"] == "failed"] == []
    paper = {"occasion": "SC-2020-01", "unit": GUANZI, "day": "2020-07-08", "document": "川安办〔2020〕20号"}
    assert year.post("findings/notify", refused=409, **paper)["code"] == "outcome-unsigned"
    own = [each for each in year.get("due", year.inspector(team[0]))["items"] if each["unit"] == BAISHU]
    assert [(each["kind"], each["day"], each["signer"]) for each in own] == [("sign", "2020-07-11", team[0])]
    waits = [each for each in year.get("due")["items"] if each["unit"] == BAISHU and each["signer"]]
    assert [each["signer"] for each in waits] == ["unit", *sorted(team)]
    assert [each for each in year.get("due", year.city(DAZHOU))["items"] if each["kind"] in ("sign", "answer")] == []


def team_and_unit_sign(year: Year, team: list[str], unit: str, stance: str) -> None:
    path = f"outcomes/SC-2020-01/{unit}"
    for who in team:
        year.post(f"{path}/signatures", year.inspector(who), signer=who, stance="signed")
    scan = year.send(f"evidence/SC-2020-01/{unit}", {"意见书.jpg": JPEG + unit.encode()}, team[0])["file"]["digest"]
    why = {"reason": "物资已订购"} if stance == "objects" else {}
    signed = year.post(f"{path}/signatures", team[0], signer="unit", stance=stance, name="单位负责人", scan=scan, **why)
    assert signed["state"] == "signed"


def the_citys_own_score_stands_beside_ours(year: Year) -> None:
    """四(二): 达州 gave 柏树镇 92.5 and let it pass: a deviation, of which something follows."""
    last = year.get(f"outcomes/SC-2020-01/{BAISHU}")
    version = last["versions"][-1]
    assert (version["verdict"], version["city_verdict"], version["city_score"]) == ("failed", "passed", "92.5")
    assert version["deviation"] == {"points": None, "verdict": True, "follows": True}


def what_follows_from_a_deviation_is_seen_to(year: Year) -> None:
    """四(二): it is on the office's list, with its place and whose choice it is, until a document says that it was."""
    found = [each for each in year.get("due")["items"] if each["kind"] == "deviation"]
    assert {(each["unit"], each["place"]) for each in found} == {(BAISHU, "四(二)"), (GUANZI, "四(二)")}
    assert {each["follows"]["zh"] for each in found} == {"列入通报，退回市州重新审核其复评结果，并对该市州加做定向抽查"}
    for each in found:
        entry = {name: each[name] for name in ("kind", "subject", "unit")}
        year.post("due/settle", **entry, reason="已退回达州重新审核", document="川安办〔2020〕24号")
    assert [each for each in year.get("due")["items"] if each["kind"] == "deviation"] == []


def what_the_sample_says(year: Year) -> dict[str, Any]:
    figures: dict[str, Any] = year.get(JULY)
    whole = figures["whole"]
    assert (whole["listed"], whole["excluded"], whole["sampled"], whole["visited"]) == (342, {"livelihood": 5}, 43, 43)
    assert whole["verdicts"] == {"passed": 41, "rectify": 1, "failed": 1}
    samples = [each["sample"] for each in figures["strata"]]
    assert samples == ["32:7:0", "257:26:1", "48:10:0"]
    bound = year.desk.get("estimates?" + "&".join(f"stratum={sample}" for sample in samples))
    assert (bound["estimate"], bound["lower"], bound["upper"], bound["upper_guarded"]) == (9.88, 1, 41, 61)
    return figures


# --- rectification, exit


def one_unit_rectifies_and_is_rechecked_by_who_did_not_find_it(year: Year, other: str) -> None:
    (found,) = year.get(f"findings?unit={GUANZI}")["items"]
    path = f"findings/{found['finding']}"
    paper = {"occasion": "SC-2020-01", "day": "2020-07-09", "document": "川安办〔2020〕20号"}
    year.on("2020-07-09")
    for unit in (GUANZI, BAISHU):
        year.post("findings/notify", unit=unit, **paper)
    scan = year.on("2020-07-30").desk.keep(path, year.city(DAZHOU))
    year.post(f"{path}/hand-in", DAZHOU, day="2020-07-30", text="已更换", files=scan)
    year.post(f"{path}/assign", day="2020-07-30", person=other)


def the_unit_that_failed_is_heard_and_its_case_published(year: Year) -> None:
    """三(四): 执行退出机制; nobody loses a title unheard."""
    opened_case = year.on("2020-07-10").post("cases", trigger="failed", unit=BAISHU, day="2020-07-10")
    assert (opened_case["case"], opened_case["occasion"]) == ("E-2020-001", "SC-2020-01")
    case = "cases/E-2020-001"
    year.post(f"{case}/notify", day="2020-07-10", document="川安办〔2020〕21号")
    year.on("2020-07-13").post(f"{case}/defend", year.city(DAZHOU), day="2020-07-13", text="正在整改")
    early = {"person": "承办人", "ending": "revoked", "text": "重大问题"}
    year.post(f"{case}/propose", refused=409, day="2020-07-13", **early)
    year.on("2020-07-20").post(f"{case}/propose", day="2020-07-20", **early)
    year.on("2020-07-21").post(f"{case}/review", day="2020-07-21", person="审核人", text="同意")
    paper = {"document": "川安办〔2020〕25号", "files": year.on("2020-07-22").desk.keep(case, "office")}
    year.post(f"{case}/sign", day="2020-07-22", person="签发人", **paper)
    year.on("2020-07-27").post(f"{case}/publish", day="2020-07-27", document="川安办〔2020〕26号")


def everybodys_list_has_what_is_theirs(year: Year, other: str) -> None:
    """The office has everything, the city what it is to do or may answer, the inspector the recheck."""
    late = [("candidate", "2020-07-23", "red")]  # what 柏树镇 has not put right is a cause of its own
    rectify, published = ("rectify", "2020-07-23", "red"), ("publication", "2020-08-03", "red")
    recheck = ("recheck", "2020-08-14", "yellow")
    assert due(year.on("2020-07-31"), "office") == [*late, rectify, published, recheck]
    assert due(year, year.city(DAZHOU)) == [rectify, published]
    assert due(year, year.inspector(other)) == [recheck]


def the_rectified_unit_is_closed(year: Year, other: str) -> None:
    (found,) = year.get(f"findings?unit={GUANZI}")["items"]
    path = f"findings/{found['finding']}"
    recheck = {"passed": True, "document": "川安办〔2020〕28号"}
    year.on("2020-08-03").post(f"{path}/recheck", year.inspector(other), day="2020-08-03", **recheck)
    assert year.post(f"{path}/close", day="2020-08-03")["state"] == "closed"


def two_institutions_take_the_title_away(year: Year) -> None:
    case = "cases/E-2020-001"
    year.on("2020-08-05")
    paper = {"document": "川安委〔2020〕9号", "files": year.desk.keep(case, "office")}
    year.sign_log()
    waits = year.post(f"{case}/revoke", day="2020-08-05", **paper)
    number = waits["request"]["number"]
    assert year.post(f"requests/{number}/confirm", "colleague", 409)["code"] == "request-own-institution"
    assert year.get(f"lives/{BAISHU}")["state"] == "re-evaluation"
    year.confirmed(waits)
    assert year.get(f"lives/{BAISHU}")["state"] == "revoked"
    year.on("2020-08-10").post(f"{case}/recall-plaque", day="2020-08-10", text="已收回")
    assert year.post(f"{case}/delist", day="2020-08-10", document="川安办〔2020〕30号")["state"] == "delisted"


# --- reports


MONTHLY = f"reports?policy={POLICY}&report=monthly&period="
OWN_FUNDS = {"ordered": "300", "arrived": "300", "paid-out": "60", "spent": "30", "progress": "推进", "next": "申报"}
JULYS_SUMS = {"ordered": "4300", "arrived": "3900", "paid-out": "2060", "spent": "830", "paid-ratio": "47.91"}


def every_city_reports_its_funds(year: Year, month: str, day: str, *, late: tuple[str, ...] = ()) -> None:
    """四(一): 资金拨付进度和工作动态月报告制度; 达州 by itself, the others in one table."""
    names, where = cities(year), {"policy": POLICY, "report": "monthly", "period": month}
    handed = year.on(day).post("reports", year.city(DAZHOU), said=OWN_FUNDS, **where)
    assert (handed["late"], handed["said"]["paid-ratio"]) == (DAZHOU in late, "20.00")
    table = monthly_reports(names, DAZHOU)
    assert len(year.send("reports/import", {"月报.csv": table}, **where)["handed"]) == 20
    shown = year.get(MONTHLY + month)
    assert (len(shown["handed"]), shown["missing"]) == (21, [])
    assert {each["reporter"] for each in shown["handed"] if each["late"]} == set(late)
    assert {name: shown["sums"][name] for name in JULYS_SUMS} == JULYS_SUMS


def april_is_reported_with_may_and_late(year: Year) -> None:
    every_city_reports_its_funds(year, "2020-04", "2020-06-04", late=tuple(cities(year)))
    every_city_reports_its_funds(year, "2020-05", "2020-06-05")


def autumn_is_reported(year: Year) -> None:
    for month, day in (("08", "09-04"), ("09", "10-05"), ("10", "11-04")):
        every_city_reports_its_funds(year, f"2020-{month}", f"2020-{day}")
    self_assessments_are_reviewed(year)
    every_city_reports_its_funds(year, "2020-11", "2020-12-04")


def one_city_reports_july_in_time(year: Year) -> None:
    body = {"policy": POLICY, "report": "monthly", "period": "2020-07", "said": OWN_FUNDS}
    assert year.on("2020-08-04").post("reports", year.city(DAZHOU), **body)["late"] is False


def the_others_report_july_too_late(year: Year) -> None:
    """The fifth of August is the last day for it."""
    where = {"policy": POLICY, "report": "monthly", "period": "2020-07"}
    missing = [each["subject"] for each in year.on("2020-08-11").get("due")["items"] if each["colour"] == "red"]
    assert len([each for each in missing if each.startswith("monthly/") and each.endswith("/2020-07")]) == 20
    late = tuple(code for code in cities(year) if code != DAZHOU)
    table = monthly_reports(cities(year), DAZHOU)
    handed = year.send("reports/import", {"月报.csv": table}, **where)["handed"]
    assert {each["reporter"] for each in handed if each["late"]} == set(late)
    shown = year.get(MONTHLY + "2020-07")
    assert ({each["reporter"] for each in shown["handed"] if each["late"]}, shown["missing"]) == (set(late), [])
    assert {name: shown["sums"][name] for name in JULYS_SUMS} == JULYS_SUMS


def julys_report_is_the_same_again(year: Year) -> None:
    """In January a city corrects July's report: what stood in July, on the last day for it, and then, is still told."""
    every_city_reports_its_funds(year, "2020-12", "2021-01-04")
    before = year.get(f"{MONTHLY}2020-07&as_of=2020-08-31")
    where = {"policy": POLICY, "report": "monthly", "period": "2020-07"}
    year.on("2021-01-05").post("reports", year.city(DAZHOU), said=OWN_FUNDS | {"spent": "60"}, **where)
    assert year.get(MONTHLY + "2020-07")["sums"]["spent"] == "860"
    days = {"2020-07-31": (0, 21, "0"), "2020-08-05": (1, 20, "30"), "2020-08-31": (21, 0, "830")}
    for day, told in days.items():
        then = year.get(f"{MONTHLY}2020-07&as_of={day}")
        assert (len(then["handed"]), len(then["missing"]), then["sums"]["spent"]) == told, day
    assert year.get(f"{MONTHLY}2020-07&as_of=2020-08-31") == before
    orders = {
        day: year.get(f"{ORDERS}&as_of={day}")["orders"][0]["whole"]["done"] for day in ("2020-07-31", "2021-01-02")
    }
    assert orders == {"2020-07-31": 0, "2021-01-02": 85}


def building_at_the_last_minute_is_flagged(year: Year) -> None:
    """四(一): 坚决制止突击建设; flagged less than 180 days after the start, which the policy marks as chosen."""
    body = {"on": "2020-08-06", "document": "自评报告", "score": "86.5", "county_review": "同意", "city_review": "同意"}
    taken = year.post("lives/own-steps", year.city(CHENGDU), step="self-assess", units=[JINGUAN], **body)
    assert taken["hurried"] == [JINGUAN]
    assert [(each["unit"], each["code"]) for each in taken["warnings"]] == [(JINGUAN, "life-hurried")]


def self_assessments_are_reviewed(year: Year) -> None:
    """四(一): 市县两级应急部门尤其要严格对待安全社区自评工作"""
    told = {"assessed": "7", "county": "7", "city": "7", "last-minute": "yes", "stopped": "退回"}
    report = {"policy": POLICY, "report": "self-assessment", "period": "2020", "said": told}
    handed = year.on("2020-11-20").post("reports", year.city(CHENGDU), **report)
    assert (handed["late"], handed["said"]["last-minute"]) == (False, "yes")


# --- the year's end


def in_state(year: Year, state: str) -> list[str]:
    """The units in a state."""
    pages = [year.get(f"lives?state={state}&page_size=200&page={page}")["items"] for page in (1, 2)]
    return [row["unit"] for page in pages for row in page]


def targets_are_named_and_re_named(year: Year) -> None:
    """All 85, and 257 of 258: two that were merged away count by who took them in, 柏树镇 alone is left to 达州."""
    building = [unit for unit in in_state(year, "building") if unit != JINGUAN]
    assert len(building) == 53
    flagged = {}
    for day, step in (("08-10", "self-assess"), ("08-31", "apply"), ("10-20", "assess")):
        reviews = {"county_review": "同意"} if step == "self-assess" else {}
        told = {"on": f"2020-{day}", "document": "川安办〔2020〕40号", **reviews}
        taken = year.post("lives/steps", step=step, units=building, **told)
        flagged[step] = Counter(each["code"] for each in taken["warnings"])
    # 四(一): 严格对待自评工作; nobody recorded when these began to build, and no city reviewed what they say
    assert flagged == {"self-assess": {"life-start-unknown": 53}, "apply": {"life-unreviewed-city": 53}, "assess": {}}
    year.on("2020-12-10").post("lives/steps", step="re-evaluate", units=[FUXING], on="2020-12-01", document="通知")
    assert len(in_state(year, "assessed")) == 85
    name = {"on": "2020-12-10", "document": "川安委〔2020〕15号"}
    assessed = in_state(year, "assessed")
    year.post("lives/steps", step="name", units=assessed, **name)
    again = in_state(year, "re-evaluation")
    assert len(again) == 256
    assert year.post("lives/steps", step="re-name", units=again, **name)["warnings"] == []
    a_title_holds_three_years_and_is_re_evaluated_in_the_third(year, assessed[0], again[0])
    assert done(year.on("2021-01-02")) == {
        "naming": (85, 85, 0, 0),
        "livelihood": (5, 5, 0, 0),
        "re-evaluation": (258, 257, 2, 1),
    }


def what_is_not_done_counts_in_the_citys_appraisal(year: Year) -> None:
    """四(一): 提高安全社区建设在应急管理、安全生产工作中的考核权重"""
    (weighs,) = year.get(ORDERS)["consequences"]
    assert (weighs["place"], weighs["order"], weighs["left"], weighs["certain"]) == (DAZHOU, "re-evaluation", 1, True)


def continual_improvement_is_shown_by_a_yearly_report(year: Year) -> None:
    """三(四): 对没有坚持持续改进的建设单位,执行退出机制; one came too late: dismissed."""
    year.on("2021-01-31")
    assert year.get("cases/candidates")["items"] == []
    (cause,) = year.on("2021-02-01").get("cases/candidates")["items"]
    assert (cause["cause"], cause["unit"], cause["occasion"]) == ("no-improvement", CHUNXI, "2020")
    case = year.post("cases", trigger="no-improvement", unit=CHUNXI, occasion="2020", day="2021-02-01")["case"]
    report = {"policy": POLICY, "report": "improvement", "period": "2020", "reporter": CHUNXI}
    said_late = {"measures": "落实", "gaps": "补齐", "projects": "3", "accidents": "0", "next": "巩固"}
    assert year.on("2021-02-03").post("reports", year.city(CHENGDU), said=said_late, **report)["late"] is True
    scan = year.on("2021-02-05").desk.keep(f"cases/{case}", "office")
    meeting = {"person": "主持人", "document": "纪要〔2021〕2号", "files": scan, "text": "报告已补报"}
    year.post(f"cases/{case}/meet", day="2021-02-05", ending="dismissed", **meeting)
    ended = year.post(f"cases/{case}/dismiss", day="2021-02-05", document="川安办〔2021〕6号")
    assert ended["state"] == "dismissed"
    assert year.get(f"lives/{CHUNXI}")["state"] == "named"


def a_city_says_what_it_organised(year: Year) -> None:
    """四(一), 四(二): 考核权重、资金管理和绩效评价办法、工作进度表; 达州 has no rules for its funds."""
    funds = ("schedule-of-funds", "fund-rules", "fund-performance", "funds-in-full")
    asked = ("weight", *funds, "guidance", "has-schedule")
    said = {**dict.fromkeys(asked, "met"), "fund-rules": "not-met"}
    about = {"policy": POLICY, "report": "city-work", "period": "2020"}
    assert year.post("reports", year.city(DAZHOU), said=said, **about)["late"] is False
    found = year.get(f"reports?policy={POLICY}&report=city-work&period=2020")
    assert [(each["reporter"], each["criterion"]) for each in found["unmet"]] == [(DAZHOU, "fund-rules")]
    assert ({each["criterion"] for each in found["criteria"]}, len(found["missing"])) == (set(asked), 20)


def the_funds_are_evaluated(year: Year) -> None:
    """四(一): 财政专项资金绩效评价: 及时、足额到位并专款专用; by every city, 成都 alone too late."""
    where = {"policy": POLICY, "report": "fund-performance", "period": "2020"}
    told = {"arrived-in-time": "yes", "earmarked": "yes", "spent-ratio": "95", "judgement": "良好"}
    assert year.on("2021-02-20").post("reports", year.city(DAZHOU), said=told, **where)["late"] is False
    others = {code: name for code, name in cities(year).items() if code not in (DAZHOU, CHENGDU)}
    head = ["市(州)", "是否及时足额到位", "是否专款专用", "支出率", "绩效评价结论"]
    rows = [[name, "否" if code == MEISHAN else "是", "是", "88.5%", "合格"] for code, name in others.items()]
    handed = year.send("reports/import", {"绩效.csv": bytes(MADE["delimited"]([head, *rows]))}, **where)["handed"]
    assert (len(handed), {each["late"] for each in handed}) == (19, {False})
    waits = [each for each in year.on("2021-03-02").get("due", year.city(CHENGDU))["items"] if each["kind"] == "report"]
    late = f"fund-performance/{CHENGDU}/2020"
    assert (late, "2021-03-01", "red") in [(each["subject"], each["day"], each["colour"]) for each in waits]
    assert year.post("reports", year.city(CHENGDU), said=told, **where)["late"] is True
    shown = year.get(f"reports?policy={POLICY}&report=fund-performance&period=2020")
    said = {each["reporter"]: each["said"] for each in shown["handed"]}
    assert (len(said), shown["missing"]) == (21, [])
    assert [code for code, each in said.items() if each["arrived-in-time"] == "no"] == [MEISHAN]
    assert {code: said[code]["spent-ratio"] for code in (DAZHOU, MEISHAN)} == {DAZHOU: "95", MEISHAN: "88.5"}
    refused = year.post("reports", year.city(DAZHOU), 409, said=told | {"earmarked": "部分", "judgement": ""}, **where)
    assert sorted(each["code"] for each in refused["errors"]) == ["report-field-empty", "report-field-form"]


def julys_figures_are_the_same_again(year: Year, july: dict[str, Any]) -> None:
    assert year.get(JULY) == july
    whole = year.get("statistics?campaign=2020")["whole"]
    assert (july["whole"]["exits"], whole["exits"]) == ({}, {"revoked": 1})
    assert (whole["closed"], whole["overdue"], whole["in_time"]) == (1, 1, {"number": 1, "of": 2})


def next_years_roster_is_this_ones_end(year: Year, office: Office) -> None:
    """年度结转: whoever lost the title or was merged is left out, everybody else has the status that their life has."""
    office.environment = {**office.environment, "AUDIT_TOKEN": year.desk.tokens["office"]}
    draft = office.folder / "2021.xlsx"
    command = ("life", "roll-over", "--policy", POLICY, "--year", "2021", "--out", draft)
    made = office.at(year.desk.clock).run(*command).json
    assert (made["units"], made["without"], made["of"]) == (343, [], [POLICY])
    assert year.send("units/import", {draft.name: draft.read_bytes()}, complete="true")["left"] == 1
    pages = [year.get(f"units?page_size=200&page={page}")["items"] for page in (1, 2)]
    status = {row["unit"]: row["status"] for page in pages for row in page}
    assert Counter(status.values()) == {"named": 341, "building": 1, "re-evaluation": 1}
    assert (BAISHU in status, GUANZI in status) == (False, False)
    assert (status[FUXING], status[JINGUAN], status[SANSHENG]) == ("named", "building", "re-evaluation")  # 第3年复评


def anybody_can_verify_the_draw(year: Year, office: Office) -> None:
    (office.folder / "b.zip").write_bytes(year.desk.ask("GET", f"{DRAW}/bundle").data)
    (office.folder / "anchors").write_text("\n".join(year.get(f"{DRAW}/anchors", "")["anchors"]) + "\n")
    verified = office.run("verify", office.folder / "b.zip", "--anchors", office.folder / "anchors").json
    assert verified["verdict"] == "verified"


def test_an_office_adds_areas_of_its_own_to_the_seven(office: Office) -> None:
    """三(四), 三(三): “7+N”: the document names the seven and leaves N to the office, which writes it in its policy."""
    programme = json.loads(lookup(None)(POLICY).source) | {"policy": "sichuan-own"}
    (seven,) = (each for each in programme["standards"] if each["standard"] == "seven-plus-n")
    own = {"zh": "电动自行车消防安全", "en": "fire safety of electric bicycles"}
    chosen = {"chosen": {"zh": "“7+N”的N由本办确定。", "en": "The N of “7+N” is this office's own."}}
    criterion = {"criterion": "n-bicycles", "number": "N1", "text": own}
    seven["areas"].append({"area": "area-n", "label": own, "methods": [], "criteria": [criterion], "rule": chosen})
    (office.folder / "own").mkdir()
    (office.folder / "own" / "sichuan-own.json").write_text(json.dumps(programme), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(office.folder / "own")}
    year = begin(office, "sichuan-own", "2020-03-11")
    assert year.table("units/import", [UNIT | {"类别": "复评"}])["imported"] == 1
    assert year.table("inspectors/import", people("自贡市", "A1", "A2"))["imported"] == 2
    year.team = ["A1", "A2"]
    check = year.check(UNIT["单位编码"], "complaint", "2020-04-10")
    (form,) = (
        each
        for each in year.desk.get(f"outcomes/{check}/{UNIT['单位编码']}/checklist", "office")["standards"]
        if each["standard"] == "seven-plus-n"
    )
    assert [area["label"]["zh"] for area in form["areas"]] == [*SEVEN, own["zh"]]
    found = year.found(check, UNIT["单位编码"], n_bicycles="not-met")
    assert [each["criterion"] for each in found["answers"] if each["state"] == "not-met"] == ["n-bicycles"]


def test_the_year_2020_in_sichuan(office: Office) -> None:  # noqa: PLR0915  # a year has so many steps
    year = opened(office)
    the_annex_orders_85_to_be_named_and_258_to_be_re_evaluated(year)
    twenty_one_cities_send_lists_and_most_have_no_codes(year)
    nobody_starts_anew_from_2020_on(year)
    two_targets_become_one_division(year)
    list_annex_and_frame_are_reconciled(year)
    every_city_reports_its_funds(year, "2020-03", "2020-04-03")
    each_city_makes_its_schedule(year)
    sample = twenty_twenty_and_ten_per_cent_are_drawn(year)
    april_is_reported_with_may_and_late(year)
    the_cities_name_their_people(year)
    before = team_drawn(year.on("2020-06-15"), 1, "2020-06-16", "2020046")
    one_drops_out_and_one_unit_is_merged_away(year, before)
    teams = team_drawn(year, 2, "2020-06-18", "2020047")
    only_the_empty_seat_is_filled(before, teams)
    units = {packet: units_of(year, team, packet) for packet, team in teams.items()}
    assert len(sample) == sum(map(len, units.values())) == 43
    technical_support_people_look_back_and_nobody_where_they_assessed_or_their_institution_coached(year, teams, units)
    packet = next(packet for packet in units if BAISHU in units[packet])
    the_city_learns_of_its_units_and_everybody_has_a_list(year, teams[packet])
    the_form_has_seven_areas_and_nine_haves(year, teams[packet][0], BAISHU)
    every_city_reports_its_funds(year, "2020-06", "2020-07-04")
    every_visit_is_recorded(year, teams, units)
    nothing_counts_before_everybody_signed(year, teams[packet])
    for packet, team in teams.items():
        for unit in units[packet]:
            team_and_unit_sign(year, team, unit, "objects" if unit == BAISHU else "agrees")
    the_citys_own_score_stands_beside_ours(year)
    what_follows_from_a_deviation_is_seen_to(year)
    other = teams["city-staff-001"][0]
    one_unit_rectifies_and_is_rechecked_by_who_did_not_find_it(year, other)
    the_unit_that_failed_is_heard_and_its_case_published(year)
    everybodys_list_has_what_is_theirs(year, other)
    july = what_the_sample_says(year)
    the_rectified_unit_is_closed(year, other)
    one_city_reports_july_in_time(year)
    two_institutions_take_the_title_away(year)
    the_others_report_july_too_late(year)
    building_at_the_last_minute_is_flagged(year)
    autumn_is_reported(year)
    targets_are_named_and_re_named(year)
    julys_report_is_the_same_again(year)
    what_is_not_done_counts_in_the_citys_appraisal(year)
    continual_improvement_is_shown_by_a_yearly_report(year)
    a_city_says_what_it_organised(year)
    the_funds_are_evaluated(year)
    julys_figures_are_the_same_again(year, july)
    who_is_merged_into_a_division_that_has_not_built_is_not_named(year)
    sansheng_gets_another_name_and_code_and_keeps_its_title(year)
    its_check_within_two_years_is_overdue_until_a_visit_is_recorded(year)
    no_city_gives_up_a_title_of_another(year)
    next_years_roster_is_this_ones_end(year, office)
    anybody_can_verify_the_draw(year, office)

"""Steps of the year 2020 in Sichuan: visits, rectification, and the exit of the unit that failed."""

from __future__ import annotations

from typing import Any

from tests.scenarios.sichuan import (
    ASSESSED,
    ASSESSOR,
    Year,
)
from tests.scenarios.sichuan_draw import (
    BAISHU,
    COACHED,
    DAZHOU,
    DRAW,
    GUANZI,
)
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

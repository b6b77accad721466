"""What is due: one list for each role, the same on the command line, as JSON and in Excel."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from audit_service.core.acts import Act
from audit_service.files.policies import lookup
from audit_service.store import acts, log, rosters
from audit_service.store.tables import units
from audit_service.use_cases import happenings
from audit_service.use_cases.improvement import due_periods
from tests import visits
from tests.office import EVENTS, LATE, PUBLIC, Office
from tests.roster_rows import DEMO as DEMO_FOLDER
from tests.steps_taken import step
from tests.web.desk import Desk

ACT = Act(datetime(2026, 8, 1, 1, tzinfo=UTC), "tests")
DEMO = replace(ACT, demo=True)
DRAW = "SC-2026-01"
AUGUST = "2026-08-10T01:00:00Z"


def due(office: Office, *options: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.run("due", *options).json["items"]
    return found


def of_kind(items: list[dict[str, Any]], *kinds: str) -> list[tuple[str, str, str]]:
    return [(item["kind"], item["day"], item["colour"]) for item in items if item["kind"] in kinds]


def first_units(office: Office, count: int = 2) -> list[str]:
    """Units that are visited, of one draw."""
    rows = office.run("due", "--within", 366).json["items"]
    return [item["unit"] for item in rows if item["kind"] == "visit"][:count]


def test_visits_that_nobody_recorded_are_due_on_the_day_that_the_city_was_told(office: Office) -> None:
    draw = office.drawn()
    everything = [item for item in due(office, "--within", 366) if item["kind"] == "visit"]
    sample = office.run("draw", "show", draw).json["sample"]
    assert {item["unit"] for item in everything} == {row["unit"] for row in sample}
    assert {item["day"] for item in everything} == {"2026-12-31"}
    city = everything[0]["city"]
    office.run("release", "make", draw, "--city", city, "--visit", "2026-07-20", "--days", 3)
    told = [item for item in due(office, "--within", 366) if item["kind"] == "visit" and item["city"] == city]
    assert {item["day"] for item in told} == {"2026-07-20"}
    with office.runtime.begin() as db:
        for number, item in enumerate(told):
            visits.outcome(db, ACT, draw, item["unit"], "x", kind="postponed" if number == 0 else "inspected")
    left = [item["unit"] for item in due(office, "--within", 366) if item["kind"] == "visit" and item["city"] == city]
    assert left == [told[0]["unit"]]


def test_a_substituted_unit_is_visited_no_more_and_its_substitute_is(office: Office) -> None:
    draw = office.drawn()
    (gone,) = first_units(office, 1)
    brought = office.run("draw", "substitute", draw, gone, "--document", "文件").json["substitutions"][0]["substitute"]
    units = {item["unit"] for item in due(office, "--within", 366) if item["kind"] == "visit"}
    assert gone not in units
    assert brought in units


def test_findings_and_cases_are_due_by_the_day_of_their_next_step(office: Office, tmp_path: Path) -> None:
    office.drawn()
    first, second = first_units(office)
    with office.runtime.begin() as db:
        visits.finding(db, ACT, "F-2026-0001", first, DRAW)
        visits.finding(db, ACT, "F-2026-0002", second, DRAW, state="handed-in", due_on="2026-08-09")
        visits.finding(db, ACT, "F-2026-0003", second, DRAW, state="closed", due_on="")
        visits.case(db, ACT, "E-2026-001", first, DRAW)
        visits.case(db, ACT, "E-2026-002", second, DRAW, state="published", day="2026-11-24")
    items = due(office.at(AUGUST), "--excel", tmp_path / "due.xlsx")
    assert of_kind(items, "rectify", "recheck", "defence", "publication") == [
        ("recheck", "2026-08-09", "red"),
        ("defence", "2026-08-12", "red"),
        ("rectify", "2026-08-20", "yellow"),
    ]
    assert (tmp_path / "due.xlsx").read_bytes().startswith(b"PK")
    assert "完成整改" in office.show("due", "--lang", "zh")


def test_an_exit_case_has_one_day_and_one_colour_wherever_it_is_shown(office: Office) -> None:
    """A pause that was recorded after a later act of the case, and one that was ended back in time, move both alike."""
    office.drawn()
    first, second = first_units(office)
    with office.runtime.begin() as db:
        visits.case(db, ACT, "E-2026-001", first, DRAW)
        visits.case(db, ACT, "E-2026-002", second, DRAW, state="opened")
    seen = []
    for since, until in (("2026-08-07", "2026-08-07"), ("2026-08-08", "2026-08-09"), ("2026-08-10", "")):
        with office.runtime.begin() as db:
            visits.pause(db, ACT, since, until, campaign="2026")
        listed = {each["case"]: each for each in office.at(AUGUST).run("case", "list").json}
        shown = {item["subject"]: item for item in due(office) if item["kind"] in ("defence", "case")}
        for name, case in listed.items():
            item = shown[name]
            assert (item["day"], item["colour"], item["paused"]) == (case["due_on"], case["colour"], case["paused"])
        whole = office.run("life", "show", first).json["cases"]
        assert [case["due_on"] for case in whole] == [listed["E-2026-001"]["due_on"]]
        seen.append((listed["E-2026-001"]["due_on"], listed["E-2026-001"]["colour"], listed["E-2026-002"]["due_on"]))
    assert seen == [
        ("2026-08-12", "red", "2026-08-07"),
        ("2026-08-14", "red", "2026-08-07"),
        ("2026-08-15", "green", "2026-08-07"),
    ]


def test_what_is_wrong_in_a_unit_is_due_though_its_title_is_gone_and_the_list_says_so(office: Office) -> None:
    office.drawn()
    first, second = first_units(office)
    with office.runtime.begin() as db:
        for number, unit in enumerate((first, second)):
            visits.finding(db, ACT, f"F-2026-000{number}", unit, DRAW)
        step(db, ACT, first, "revoke", "2026-08-02")
    found = {item["unit"]: item for item in due(office.at(AUGUST)) if item["kind"] == "rectify"}
    assert (found[first]["ended"], found[second]["ended"]) == ("revoked", "")
    assert "称号已撤销" in found[first]["to_do"]["zh"]
    assert "put right all the same" in found[first]["to_do"]["en"]


def test_a_pause_moves_what_runs_and_is_said_while_it_lasts(office: Office) -> None:
    office.drawn()
    (unit,) = first_units(office, 1)
    with office.runtime.begin() as db:
        visits.finding(db, ACT, "F-2026-0001", unit, DRAW, due_on="2026-08-09")
        visits.pause(db, ACT, "2026-08-03", "2026-08-05")
        visits.pause(db, ACT, "2026-08-06", "2026-08-07", campaign="other")
    assert of_kind(due(office.at(AUGUST)), "rectify") == [("rectify", "2026-08-12", "red")]
    with office.runtime.begin() as db:
        visits.pause(db, ACT, "2026-08-08", campaign="2026")
    (item,) = [item for item in due(office) if item["kind"] == "rectify"]
    assert (item["paused"], item["colour"], item["day"]) == (True, "green", "2026-08-15")


def test_titles_lapse_are_checked_and_re_evaluated_by_their_days(office: Office) -> None:
    """000: 3 years, a sampled check within 2, re-evaluation in the third."""
    office.drawn()
    first, second = first_units(office)
    with office.runtime.begin() as db:
        title = {"title": "provincial", "valid_until": "2027-05-01", "re_evaluate_by": "2026-12-31"}
        title["title"] = office_title(office)
        step(db, ACT, first, "name", "2024-08-20", named_on="2024-08-20", **title)
        step(db, ACT, second, "name", "2024-08-20", named_on="2024-08-20", checked_on="2025-01-01", **title)
    items = due(office.at(AUGUST), "--within", 366)
    kinds = ("lapse", "title-check", "re-evaluation")
    assert [(item["kind"], item["day"]) for item in items if item["kind"] in kinds and item["unit"] == first] == [
        ("title-check", "2026-08-20"),
        ("re-evaluation", "2026-12-31"),
        ("lapse", "2027-05-01"),
    ]
    assert {item["kind"] for item in items if item["unit"] == second} & {"title-check"} == set()


def office_title(office: Office) -> str:
    programme = lookup(None)("sichuan-2020")
    return programme.after.titles[0].title


def test_a_report_is_due_of_each_city_until_it_is_there(office: Office) -> None:
    office.drawn()
    items = due(office.at("2026-08-03T01:00:00Z"))
    monthly = [item for item in items if item["subject"].startswith("monthly/510100")]
    assert [(item["subject"], item["day"], item["colour"]) for item in monthly] == [
        ("monthly/510100/2026-06", "2026-07-05", "red"),
        ("monthly/510100/2026-07", "2026-08-05", "red"),
    ]
    assert of_kind(due(office, "--city", "成都"), "report") == [
        (item["kind"], item["day"], item["colour"])
        for item in items
        if item["city"] == "510100" and item["kind"] == "report"
    ]


def test_a_report_that_is_asked_for_once_is_due_of_the_first_period_alone() -> None:
    """沙坪坝 2024, 三（二）: 于5月29日前报送点位; the other reports of a campaign come again."""
    programme = lookup(None)("shapingba-2024")
    once = next(report for report in programme.after.reports if report.every == "once")
    yearly, opened = replace(once, every="year"), date(2024, 4, 1)
    for year in (2024, 2025, 2026):
        last = f"{year}-05-31"
        assert due_periods(once, opened, last) == ["2024"]
        assert due_periods(yearly, opened, last) == [str(each) for each in range(2024, year + 1)]
    assert due_periods(once, opened, "2024-05-28") == []


def test_a_report_that_is_years_late_stays_until_it_comes_or_the_office_gives_it_up(office: Office) -> None:
    office.drawn()
    late = office.at("2029-08-03T01:00:00Z")

    def months() -> list[str]:
        own = [item["subject"] for item in due(late, "--city", "成都")]
        return [subject for subject in own if subject.startswith("monthly/510100")]

    assert (months()[0], len(months())) == ("monthly/510100/2026-06", 38)
    told = ("--policy", "sichuan-2020", "--reason", "机构撤并", "--document", "川安办〔2029〕3号")
    assert late.run("settle", "report", "monthly/510100/2026-05", *told, expect=1).code == "due-none"
    assert late.run("settle", "report", "monthly/510100/2026-06", *told).json["day"] == "2026-07-05"
    assert (months()[0], len(months())) == ("monthly/510100/2026-07", 37)
    assert late.run("settle", "report", "monthly/510100/2026-06", *told, expect=1).code == "due-none"
    others = {item["city"] for item in due(late) if item["subject"].endswith("/2026-06")}
    assert "510100" not in others
    assert len(others) == 20


def test_of_a_unit_the_oldest_missing_report_stands_for_all(office: Office) -> None:
    """000 三(四): the report of each whole year of a title."""
    office.drawn()
    (unit,) = first_units(office, 1)
    with office.runtime.begin() as db:
        step(db, ACT, unit, "name", "2023-08-20", named_on="2023-08-20", valid_until="2026-08-20")
    found = [item for item in due(office.at("2026-08-03T01:00:00Z")) if item["unit"] == unit]
    assert [(item["subject"], item["day"], item["left"]) for item in found if item["kind"] == "report"] == [
        (f"improvement/{unit}/2024", "2025-01-31", 2)
    ]
    assert "共缺 2 期" in next(item["to_do"]["zh"] for item in found if item["kind"] == "report")
    causes = [(item["subject"], item["day"]) for item in found if item["kind"] == "candidate"]
    assert causes == [("no-improvement/2024", "2025-01-31"), ("no-improvement/2025", "2026-01-31")]


def test_what_an_order_still_asks_for_stays_for_years_until_the_office_gives_it_up(office: Office) -> None:
    """000: 全省命名85个; the annex gave nothing out, so the office alone is told."""
    office.at("2020-11-01T01:00:00Z").run("import", "units", DEMO_FOLDER / "roster_demo.csv")
    office.run("life", "adopt", "--policy", "sichuan-2020")
    late = office.at("2024-03-01T01:00:00Z")

    def ordered() -> list[tuple[str, str, int]]:
        found = [item for item in due(late) if item["kind"] == "milestone"]
        return [(item["subject"], item["day"], item["left"]) for item in found]

    before = ordered()
    assert ("naming/2020", "2020-12-31", 85) in before
    told = ("--reason", "任务已调整", "--document", "川安办〔2024〕2号")
    assert late.run("settle", "milestone", "naming/2019", *told, expect=1).code == "due-none"
    late.run("settle", "milestone", "naming/2020", *told)
    assert ordered() == [each for each in before if each[0] != "naming/2020"]
    assert late.run("settle", "milestone", "naming/2020", *told, expect=1).code == "due-none"
    with late.runtime.look() as db:
        logged = [json.loads(each) for each in log.entries_from(db, 0, log.count(db))]
    (entry,) = [each for each in logged if each["action"] == "settle"]
    assert entry["kind"] == "milestone"
    assert entry["hidden"].keys() >= {"about", "reason", "document", "city", "unit", "subject"}


def test_causes_without_a_case_and_plaques_that_are_out_are_the_offices_to_see_to(office: Office) -> None:
    draw = office.drawn()
    first, second = first_units(office)
    with office.runtime.begin() as db:
        visits.outcome(db, DEMO, draw, first, "x", verdict="failed")
        title = {"title": office_title(office), "named_on": "2026-01-20", "valid_until": "2029-01-20"}
        for unit in (first, second):
            step(db, DEMO, unit, "name", "2026-01-20", **title)
        step(db, DEMO, second, "surrender", "2026-07-20", title="", named_on="", valid_until="")
    kinds = ("candidate", "plaque")
    found = [item for item in due(office.at(AUGUST)) if item["kind"] in kinds]
    assert [(item["kind"], item["unit"], item["day"]) for item in found] == [
        ("plaque", second, "2026-07-20"),
        ("candidate", first, "2026-08-01"),
    ]
    assert (found[1]["follows"]["zh"], found[1]["subject"]) == ("抽验不合格", f"failed/{draw}")
    assert {item["kind"] for item in due(office, "--city", found[1]["city"])} & set(kinds) == set()
    office.run("case", "open", "failed", first)
    office.run("life", "step", "recall-plaque", second, "--document", "牌匾收回登记", "--on", "2026-08-10")
    assert [item["kind"] for item in due(office) if item["kind"] in kinds] == []


def test_a_deviation_is_due_with_what_follows_and_its_place_until_the_office_has_seen_to_it(office: Office) -> None:
    """000 四(二): the city's own score beside ours; what follows is the office's choice, and says so."""
    draw = office.drawn()
    (unit, other) = first_units(office)
    content = {"to_sign": "00", "team": [], "deviation": {"points": None, "verdict": True, "follows": True}}
    with office.runtime.begin() as db:
        for each, kept in ((unit, content), (other, {**content, "to_sign": "02", "team": ["C1", "C2"]})):
            visits.outcome(db, ACT, draw, each, "x", verdict="failed", city_verdict="passed", content=json.dumps(kept))
    (item,) = [item for item in due(office.at(AUGUST)) if item["kind"] == "deviation"]
    assert (item["unit"], item["subject"], item["place"]) == (unit, draw, "四(二)")
    assert "本办自定" in item["to_do"]["zh"]
    assert "加做定向抽查" in item["follows"]["zh"]
    told = ("--reason", "已通报并加查", "--document", "川安办〔2026〕40号")
    assert (
        office.run("settle", "deviation", draw, "--reason", "x", "--document", " ", expect=1).code == "document-empty"
    )
    office.run("settle", "deviation", draw, *told)
    assert [item for item in due(office) if item["kind"] == "deviation"] == []
    with office.runtime.begin() as db:  # a correction that deviates as well
        more = {"verdict": "failed", "city_verdict": "passed", "content": json.dumps(content)}
        visits.outcome(db, ACT, draw, unit, "x", **more)
    assert [item["unit"] for item in due(office) if item["kind"] == "deviation"] == [unit]


def test_a_unit_that_its_city_failed_is_a_cause_where_the_policy_says_so(office: Office) -> None:
    """126号, as 000 refers to it: 复评不合格的撤销命名."""
    office.drawn()
    (unit,) = first_units(office, 1)
    with office.runtime.begin() as db:
        step(db, DEMO, unit, "name", "2024-01-20", named_on="2024-01-20", valid_until="2027-01-20")
        row = rosters.one(db, units, unit=unit)
        assert row
        number = acts.record(db, DEMO, "import-units", "x", imported=1)
        rosters.replace(db, units, {"unit": unit}, {**row, "city_result": "不合格"}, number)
        again = acts.record(db, DEMO, "import-units", "x", imported=1)
        rosters.replace(db, units, {"unit": unit}, {**row, "city_result": "不合格", "contact": "甲"}, again)
    found = [each for each in office.at(AUGUST).run("case", "candidates").json if each["unit"] == unit]
    causes = [(each["cause"], each["since"]) for each in found if each["cause"] == "re-evaluation-failed"]
    assert causes == [("re-evaluation-failed", "2026-08-01")]
    opened = office.run("case", "open", "re-evaluation-failed", unit).json
    assert opened["state"] == "opened"


def test_a_reveal_is_due_on_its_day(office: Office) -> None:
    office.import_demo()
    draw = office.commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-01")
    office.deposit(draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    found = [item for item in due(office.at(AUGUST)) if item["kind"] == "reveal"]
    assert [(item["subject"], item["day"]) for item in found] == [(draw, "2026-09-01")]


def at_work(desk: Desk) -> Office:
    """The office at its command line, with its token; posts of an inspector and of an administrator beside it."""
    desk.enlist("C510101")
    desk.appoint("member", "inspector", "--inspector", "C510101")
    desk.appoint("colleague", "second-officer", "--institution", "省 安办")
    desk.appoint("root", "administrator")
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    return desk.office


def test_under_a_seal_the_office_and_the_team_alone_see_their_visits(desk: Desk) -> None:
    office = at_work(desk).import_demo()
    draw = office.commit(*EVENTS, "--sealed", "--reveal-by", "2026-09-01")
    office.deposit(draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    desk.clock = LATE
    seen = {name: desk.get("due?within=366", name)["items"] for name in ("office", "second", "auditor", "chengdu")}
    assert [name for name, items in seen.items() if any(item["kind"] == "visit" for item in items)] == ["office"]
    assert desk.get("due?within=366", "member")["items"] == []
    first, second = [item["unit"] for item in seen["office"] if item["kind"] == "visit"][:2]
    with office.runtime.begin() as db:
        for unit, kind in ((first, "inspected"), (second, "postponed")):
            content = json.dumps({"said": {"kind": kind}, "team": [], "packet": "", "city": ""})
            happenings.record(db, ACT, "outcome", office.runtime.vault, draw, 0, unit=unit, content=content)
    left = {item["unit"] for item in desk.get("due?within=366", "office")["items"] if item["kind"] == "visit"}
    assert first not in left
    assert second in left


def test_each_role_is_told_what_is_its_own(desk: Desk) -> None:
    office = at_work(desk).import_demo()
    draw = office.commit()
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    desk.clock = LATE
    everything = desk.get("due?within=366", "office")["items"]
    mine = next(item["unit"] for item in everything if item["kind"] == "visit" and item["city"] == "510100")
    other = next(item["unit"] for item in everything if item["kind"] == "visit" and item["city"] != "510100")
    with office.runtime.begin() as db:
        visits.finding(db, ACT, "F-2026-0001", mine, draw)
        visits.finding(db, ACT, "F-2026-0002", other, draw, state="handed-in", rechecker="C510101")
        visits.finding(db, ACT, "F-2026-0003", other, draw, state="handed-in")
    asked = desk.post(f"draws/{draw}/set-aside", "office", {"ground": "frame-error", "reason": "x"})
    assert asked["state"] == "waiting"
    city = desk.get("due?within=366", "chengdu")["items"]
    assert {item["city"] for item in city} == {"510100"}
    assert "rectify" in {item["kind"] for item in city}
    assert "visit" not in {item["kind"] for item in city}
    assert [item["kind"] for item in desk.get("due?within=366", "second")["items"]] == ["request"]
    assert desk.get("due?within=366", "colleague")["items"] == []
    mine_to_do = [(item["kind"], item["subject"]) for item in desk.get("due?within=366", "member")["items"]]
    assert mine_to_do == [("recheck", "F-2026-0002")]
    assert desk.get("due?within=366", "root")["items"] == []
    assert desk.ask("GET", "due/table.xlsx", "chengdu").data.startswith(b"PK")

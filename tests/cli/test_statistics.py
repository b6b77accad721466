"""A campaign's figures: what they count, and that those of a past month are the same whenever they are asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit_service.core.acts import Act
from audit_service.files.divisions import sichuan_towns
from audit_service.store import rosters
from audit_service.store.tables import units
from tests import visits
from tests.office import EVENTS, LATE, PUBLIC, Office
from tests.web.desk import Desk, served

JULY, AUGUST, SEPTEMBER = "2026-07-31T15:59:59Z", "2026-08-15T01:00:00Z", "2026-09-10T01:00:00Z"


def figures(office: Office, *options: object) -> Any:
    return office.run("statistics", "--campaign", "2026", *options).json


def act(clock: str) -> Act:
    return Act(datetime.strptime(clock, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC), "tests")


def visited(office: Office, draw: str, clock: str = JULY, count: int = 4) -> list[dict[str, Any]]:
    """The first units of a sample with outcomes: one fails, one is to rectify; two findings of each of these."""
    rows: list[dict[str, Any]] = office.run("draw", "show", draw).json["sample"][:count]
    verdicts = ["failed", "rectify", *["passed"] * count]
    with office.runtime.begin() as db:
        for row, verdict in zip(rows, verdicts, strict=False):
            visits.outcome(db, act(clock), draw, row["unit"], row["stratum"], verdict=verdict)
        for number, row in enumerate(rows[:2] * 2):
            told = {"stratum": row["stratum"], "area": f"a{number % 2}"}
            visits.finding(db, act(clock), f"F-2026-000{number}", row["unit"], draw, **told)
        visits.case(db, act(clock), "E-2026-001", rows[0]["unit"], draw)
    return rows


def test_what_was_listed_excluded_and_sampled_is_what_the_draw_says(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    found = figures(office, "--excel", tmp_path / "figures.xlsx")
    shown = office.run("draw", "show", draw).json
    strata = {row["stratum"]: (row["listed"], row["sampled"]) for row in found["strata"]}
    assert strata == {row["stratum"]: (row["listed"], row["sampled"]) for row in shown["strata"]}
    assert found["whole"]["excluded"] == {"livelihood": 5}
    assert found["whole"]["listed"] == sum(row["listed"] for row in found["cities"]) == 343
    sampled = Counter(row["city"] for row in shown["sample"])
    assert {row["city"]: row["sampled"] for row in found["cities"] if row["sampled"]} == sampled
    assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")
    assert "0/0" in office.show("statistics", "--campaign", "2026")


def test_visits_verdicts_findings_and_exits_are_counted_where_they_are(office: Office) -> None:
    draw = office.drawn()
    rows = visited(office, draw)
    with office.runtime.begin() as db:
        visits.finding(db, act(JULY), "F-2026-0000", rows[0]["unit"], draw, state="closed", closed_on="2026-08-10",
                       due_on="")  # fmt: skip
        visits.finding(db, act(JULY), "F-2026-0003", rows[1]["unit"], draw, state="withdrawn", due_on="")
        visits.case(db, act(JULY), "E-2026-001", rows[0]["unit"], draw, state="delisted", ending="revoked")
        visits.outcome(db, act(JULY), draw, rows[3]["unit"], rows[3]["stratum"], kind="refused", verdict="")
    whole = figures(office.at("2026-08-25T01:00:00Z"))["whole"]
    assert (whole["visited"], whole["kinds"]) == (4, {"inspected": 3, "refused": 1})
    assert (whole["verdicts"], whole["failed"]) == ({"failed": 1, "passed": 1, "rectify": 1}, {"number": 1, "of": 3})
    assert (whole["findings"], whole["closed"], whole["overdue"]) == ({"a0": 2, "a1": 1}, 1, 2)
    assert whole["in_time"] == {"number": 1, "of": 3}
    assert (whole["cases"], whole["causes"], whole["exits"]) == (1, {"failed": 1}, {"revoked": 1})


def test_every_exit_case_counts_once_and_a_past_months_count_comes_out_the_same(office: Office) -> None:
    """Of a sample, of a check beside it, of a check of no campaign, and of no visit; a sample that is set aside."""
    draw = office.drawn()
    rows = visited(office, draw)
    with office.runtime.begin() as db:
        for number, campaign in ((1, "2026"), (2, ""), (3, "2029")):
            visits.check(db, act(JULY), f"T-2026-00{number}", rows[2]["unit"], campaign)
            visits.case(db, act(JULY), f"E-2026-01{number}", rows[2]["unit"], f"T-2026-00{number}")
        visits.case(db, act(JULY), "E-2026-020", rows[3]["unit"], "", cause="lapsed", day="2025-12-31")
        visits.case(db, act(JULY), "E-2026-021", rows[3]["unit"], "2025", cause="no-improvement")
    july = office.at(AUGUST).run("exits", "--month", "2026-07").json
    assert homes(july) == {("2026", ""): 2, ("", "2025"): 1, ("", "2026"): 3}
    own = figures(office, "--month", "2026-07")
    assert own["whole"]["cases"] + own["beside"]["cases"] == 2
    assert {(row["year"], row["city"], row["cases"]) for row in july["cities"]} == {
        ("2025", rows[3]["city"], 1), *beside_in_2026(rows),
    }  # fmt: skip
    with office.runtime.begin() as db:
        visits.case(db, act(AUGUST), "E-2026-021", rows[3]["unit"], "2025", state="dismissed", ending="dismissed")
    office.at(SEPTEMBER).run("draw", "set-aside", draw, "--ground", "frame-error", "--reason", "x")
    assert office.run("exits", "--month", "2026-07").json == july
    now = office.run("exits").json
    assert homes(now) == {("2026", ""): 1, ("", "2025"): 1, ("", "2026"): 4}
    assert now["whole"]["cases"] == len(office.run("case", "list").json) == 6
    assert now["whole"]["causes"] == {"failed": 4, "lapsed": 1, "no-improvement": 1}
    assert (now["whole"]["exits"], now["whole"]["undecided"]) == ({"dismissed": 1}, 5)
    assert "beside the campaigns, opened in 2025" in office.show("exits")


def homes(found: Any) -> dict[tuple[str, str], int]:
    return {(row["campaign"], row["year"]): row["cases"] for row in found["rows"]}


def beside_in_2026(rows: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    counts = Counter([rows[2]["city"], rows[2]["city"], rows[3]["city"]])
    return {("2026", city, count) for city, count in counts.items()}


def test_what_is_overdue_is_so_in_the_register_and_in_the_figures_alike(office: Office) -> None:
    draw = office.drawn()
    row = office.run("draw", "show", draw).json["sample"][0]
    unit, stratum = row["unit"], row["stratum"]
    with office.runtime.begin() as db:
        for number, state in enumerate(("open", "notified", "handed-in", "passed", "failed", "escalated", "closed")):
            more = {"closed_on": "2026-08-22"} if state == "closed" else {}
            visits.finding(db, act(JULY), f"F-2026-000{number}", unit, draw, stratum=stratum, state=state, **more)
        visits.pause(db, act(JULY), "2026-08-03", "2026-08-04", campaign="2026")
    for clock, late in (("2026-08-22T01:00:00Z", 0), ("2026-08-23T01:00:00Z", 3)):
        office.at(clock)
        listed = [each for each in office.run("finding", "list").json if each["overdue"]]
        assert len(listed) == figures(office)["whole"]["overdue"] == late


def test_a_case_counts_where_the_visit_was_under_whatever_code_it_was_opened(office: Office) -> None:
    draw = office.drawn()
    row = next(row for row in office.run("draw", "show", draw).json["sample"] if row["stratum"] == "re-evaluation")
    unit, city = row["unit"], row["city"]
    with office.runtime.look() as db:
        listed = rosters.ever(db, units.c.unit)
    new, now = next(
        (town.code, town.city) for town in sichuan_towns().towns if town.code not in listed and town.city != city
    )
    office.at(AUGUST).run("life", "adopt", "--policy", "sichuan-2020")
    with office.runtime.begin() as db:
        visits.outcome(db, demo(JULY), draw, unit, row["stratum"], verdict="failed")
        visits.finding(db, demo(JULY), "F-2026-0001", unit, draw, stratum=row["stratum"])
    told = ("--on", "2026-08-15", "--document", "川民发〔2026〕1号")
    office.run("case", "open", "failed", unit)
    office.run("life", "merge", unit, "--into", new, "--transfer", *told)
    july = figures(office, "--month", "2026-07")
    office.at("2026-08-25T01:00:00Z").run("case", "open", "overdue", new)
    (cell,) = [each for each in figures(office)["cells"] if each["cases"]]
    assert (cell["city"], cell["stratum"], cell["cases"]) == (city, row["stratum"], 2)
    assert figures(office, "--month", "2026-07") == july
    for code in (unit, new):
        found = office.run("case", "list", "--unit", code).json
        assert {(each["unit"], each["unit_now"]) for each in found} == {(unit, new), (new, new)}
    assert {each["city"] for each in found} == {now}
    assert {each["unit"] for each in due_of(office, now)} == {new}
    assert due_of(office, city) == []


def due_of(office: Office, city: str) -> list[dict[str, Any]]:
    office.run("case", "notify", "E-2026-001", "--document", "文", expect=None)
    items: list[dict[str, Any]] = office.run("due", "--city", city).json["items"]
    return [item for item in items if item["kind"] == "defence"]


def demo(clock: str) -> Act:
    return replace(act(clock), demo=True)


def test_a_pause_makes_late_what_was_in_time_as_the_clocks_stood(office: Office) -> None:
    draw = office.drawn()
    rows = visited(office, draw)
    closed = {"state": "closed", "closed_on": "2026-08-22", "due_on": ""}
    with office.runtime.begin() as db:
        visits.finding(db, act(JULY), "F-2026-0000", rows[0]["unit"], draw, **closed)
    assert figures(office.at("2026-08-25T01:00:00Z"))["whole"]["in_time"] == {"number": 0, "of": 4}
    with office.runtime.begin() as db:
        visits.pause(db, act(JULY), "2026-08-03", "2026-08-04", campaign="2026")
    whole = figures(office)["whole"]
    assert (whole["in_time"], whole["overdue"]) == ({"number": 1, "of": 4}, 3)
    with office.runtime.begin() as db:
        visits.finding(db, act(JULY), "F-2026-0000", rows[0]["unit"], draw, deadline_since="2026-08-04", **closed)
    assert figures(office)["whole"]["in_time"] == {"number": 0, "of": 4}  # set when the pause was over


def test_a_past_months_figures_come_out_the_same_whatever_is_recorded_afterwards(office: Office) -> None:
    draw = office.drawn()
    rows = visited(office, draw)
    july = figures(office.at(AUGUST), "--month", "2026-07")
    assert (july["day"], july["whole"]["visited"]) == ("2026-07-31", 4)
    with office.runtime.begin() as db:
        visits.outcome(db, act(AUGUST), draw, rows[0]["unit"], rows[0]["stratum"], verdict="passed")
        visits.finding(db, act(AUGUST), "F-2026-0001", rows[0]["unit"], draw, state="closed", closed_on="2026-08-10",
                       due_on="")  # fmt: skip
        visits.case(db, act(AUGUST), "E-2026-001", rows[0]["unit"], draw, state="dismissed", ending="dismissed")
    right = PUBLIC.replace("+07", "+08")
    office.run("draw", "correct", draw, "--public", right, "--document", "更正")
    assert figures(office.at(SEPTEMBER), "--month", "2026-07") == july
    office.run("draw", "set-aside", draw, "--ground", "frame-error", "--reason", "x")
    assert figures(office.at(SEPTEMBER), "--month", "2026-07") == july
    now = figures(office)
    assert (now["whole"]["visited"], now["whole"]["findings"], now["whole"]["cases"]) == (0, {}, 0)
    assert {row["sample"] for row in now["strata"]} == {row["sample"] for row in july["strata"]}


def test_a_month_ends_in_beijing(office: Office) -> None:
    draw = office.drawn()
    visited(office, draw, "2026-07-31T16:00:00Z")
    office.at(SEPTEMBER)
    assert figures(office, "--month", "2026-07")["whole"]["visited"] == 0
    assert figures(office, "--month", "2026-08")["whole"]["visited"] == 4
    assert office.run("statistics", "--campaign", "2026", "--month", "2026-10", expect=1).code == "report-ahead"
    assert office.run("statistics", "--campaign", "2026", "--month", "2026-05", expect=1).code == (
        "campaign-unknown-then"
    )
    assert office.run("statistics", "--campaign", "none", expect=1).code == "campaign-unknown-then"


def test_checks_beside_the_sample_are_counted_apart(office: Office) -> None:
    draw = office.drawn()
    (unit, *_) = [row["unit"] for row in office.run("draw", "show", draw).json["sample"]]
    with office.runtime.begin() as db:
        visits.check(db, act(JULY), "T-2026-001", unit, "2026")
        visits.outcome(db, act(JULY), "T-2026-001", unit, "", verdict="failed")
    found = figures(office)
    assert (found["whole"]["visited"], found["beside"]["visited"]) == (0, 1)
    assert found["beside"]["failed"] == {"number": 1, "of": 1}


def test_under_a_seal_figures_tell_nothing_of_the_sample(desk: Desk) -> None:
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    office = desk.office.import_demo()
    draw = office.commit(*EVENTS, "--sealed", "--reveal-by", "2026-08-01")
    office.deposit(draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    desk.clock = LATE
    found = desk.get("statistics?campaign=2026", "auditor")
    assert found["sealed"]
    assert found["whole"]["sampled"] is None
    assert {row["sampled"] for row in found["cells"]} == {None}
    desk.clock = "2026-08-02T01:00:00Z"
    office.at(desk.clock).run("draw", "reveal", draw)
    assert desk.get("statistics?campaign=2026", "auditor")["whole"]["sampled"] == 43
    then = desk.get("statistics?campaign=2026&month=2026-07", "auditor")
    assert (then["sealed"], then["whole"]["sampled"]) == (True, None)
    assert desk.ask("GET", "statistics/table.xlsx?campaign=2026", "second").data.startswith(b"PK")
    assert desk.ask("GET", "statistics/exits/table.xlsx", "second").data.startswith(b"PK")
    assert desk.get("statistics/exits?month=2026-07", "auditor")["whole"]["cases"] == 0


def test_a_sample_that_was_judged_as_a_whole_is_what_an_estimate_is_asked(office: Office) -> None:
    draw = office.drawn()
    rows = office.run("draw", "show", draw).json["sample"]
    stratum = rows[0]["stratum"]
    own = [row for row in rows if row["stratum"] == stratum]
    with office.runtime.begin() as db:
        for row in own[1:]:
            visits.outcome(db, act(JULY), draw, row["unit"], stratum, verdict="passed")
    samples = {row["stratum"]: row["sample"] for row in figures(office)["strata"]}
    assert set(samples.values()) == {None}
    with office.runtime.begin() as db:
        visits.outcome(db, act(JULY), draw, own[0]["unit"], stratum, kind="refused", verdict="failed")
        visits.outcome(db, act(JULY), draw, own[1]["unit"], stratum, verdict="failed")
    (sample,) = [row["sample"] for row in figures(office)["strata"] if row["stratum"] == stratum]
    units = next(row for row in figures(office)["strata"] if row["stratum"] == stratum)
    assert sample == f"{units['listed'] - sum(units['excluded'].values())}:{len(own)}:1:1"
    assert office.run("estimate", sample).json["upper"] >= 2


def test_what_the_sample_says_of_the_whole_follows_once_every_visit_is_recorded(office: Office) -> None:
    draw = office.drawn()
    sample = office.run("draw", "show", draw).json["sample"]
    visited(office, draw)
    waits = office.run("estimate", "--campaign", "2026", expect=1)
    assert waits.code == "estimate-visits-missing"
    with office.runtime.begin() as db:
        for row in sample[4:]:
            visits.outcome(db, act(JULY), draw, row["unit"], row["stratum"], verdict="passed")
    strata = [row["sample"] for row in figures(office)["strata"]]
    found = office.run("estimate", "--campaign", "2026").json
    assert found == office.run("estimate", *strata).json
    desk = served(office, AUGUST)
    desk.appoint("auditor", "auditor")
    told = desk.get("estimates/2026", "auditor")
    assert {name: told[name] for name in found} == found
    assert [row["sample"] for row in told["strata"]] == strata
    assert desk.get("estimates/2026", expect=401)["code"] == "token-needed"

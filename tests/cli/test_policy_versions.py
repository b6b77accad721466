"""A policy's version is one file, from its first use on; what was begun under a version goes on by it (ADR 16)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from audit_service.core.canonical import sha256_hex
from audit_service.files.policies import lookup
from audit_service.store import acts, database, rosters, visit_tables
from tests.after.scene import OCCASION, UNIT, set_up
from tests.after.test_on_the_command_line import REGISTER, ROW, register
from tests.campaign import DRAW
from tests.office import Office, on_both
from tests.policy_files import POLICY, install, longer_defence, shipped, withdraw
from tests.roster_rows import DEMO
from tests.visiting import VISIT_DAY, Team, finding, in_file, record, said

UNDER: Final = ("--policy", POLICY)
ORDERS: Final = (*UNDER, "--year", "2020")
MONTHLY: Final = (*UNDER, "--report", "monthly", "--period", "2020-05")
OTHER_TITLE: Final = {"title": {"zh": "改过", "en": "changed"}}
MONTHLY_SAID: Final = {
    **dict.fromkeys(("ordered", "arrived", "paid-out", "spent"), "1"),
    **{"progress": "推进中", "next": "自评"},
}


def used(office: Office, policy: str = POLICY) -> list[tuple[int, str]]:
    """The versions of a policy that were used, each with its file's digest."""
    (found,) = [each for each in office.run("policy", "list").json["versions"] if each["policy"] == policy]
    return [(each["version"], each["sha256"]) for each in found["used"]]


def recorded(office: Office) -> list[Any]:
    with office.runtime.look() as db:
        return acts.recorded_of(db, ["policy-use"])


# --- the first use --------------------------------------------------------------------------------------------------


@on_both
def test_the_first_use_keeps_the_file_and_is_an_act_of_its_own_and_the_next_is_none(office: Office) -> None:
    digest = sha256_hex(lookup(None)(POLICY).source)
    office.import_demo()
    assert used(office) == []
    office.freeze("2026")
    office.freeze("2027")
    office.run("life", "adopt", *UNDER)
    (act,) = recorded(office)
    assert (act.subject, act.details, act.act.by) == (POLICY, {"version": 1, "sha256": digest}, "tests")
    assert used(office) == [(1, digest)]
    with office.runtime.look() as db:
        assert next(each.action for each in acts.recorded(db) if each.number == act.number + 1) == "draw-freeze"
    assert office.run("check").json["faults"] == []


def test_the_log_shows_everybody_which_file_a_version_is(office: Office, tmp_path: Path) -> None:
    office.import_demo().freeze()
    office.run("log", "export", tmp_path / "log")
    (act,) = recorded(office)
    entries = b"".join(
        path.read_bytes() for path in sorted((tmp_path / "log").rglob("tile/entries/**/*")) if path.is_file()
    )
    assert f'"sha256":"{act.details["sha256"]}","subject":"{POLICY}","version":1'.encode() in entries


def test_a_file_says_which_version_it_is_and_without_a_word_the_first(office: Office) -> None:
    assert office.run("policy", "show", POLICY).json["version"] == 1
    install(office, version=3)
    assert office.run("policy", "show", POLICY).json["version"] == 3
    for wrong in ("2", 0, True):
        install(office, version=wrong)
        assert office.run("policy", "check", office.folder / "policies/own.json", expect=1).json["errors"][0][
            "path"
        ] == ("/version")


# --- another file of the same version -------------------------------------------------------------------------------


def explain(office: Office) -> tuple[Any, ...]:
    """The annex orders one unit more of 成都 than are listed."""
    with (DEMO / "targets_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["市(州)"] == "成都市")["命名目标数"] = "9"
    office.import_rows("targets", rows)
    return "frame", "explain", "成都", "naming", *UNDER, "--difference", -1, "--document", "文"


def hand_in(_: Office) -> tuple[Any, ...]:
    said = [word for name, text in MONTHLY_SAID.items() for word in ("--say", f"{name}={text}")]
    return "report", "hand-in", *MONTHLY, "--reporter", "成都", *said


def check(_: Office) -> tuple[Any, ...]:
    told = ("--reason", "举报", "--document", "文", "--due", "2020-10-01")
    team = ("--inspector", "C510301", "--inspector", "C510302")
    return "targeted", "open", "510104026", *UNDER, "--ground", "complaint", *told, *team


def plans(office: Office) -> tuple[Any, ...]:
    path = office.folder / "plans.csv"
    path.write_text("层级,单位编码,计划时间\ndistrict,510104026,2021-03-01\n", encoding="utf-8-sig")
    return "import", "plans", path, *UNDER


RECORDING: Final[dict[str, Callable[[Office], tuple[Any, ...]]]] = {
    "freeze": lambda _: ("draw", "freeze", "--campaign", "2027", *UNDER),
    "adopt": lambda _: ("life", "adopt", *UNDER),
    "explain": explain,
    "check": check,
    "orders": lambda _: ("import", "orders", DEMO / "targets_demo.csv", *ORDERS),
    "report": hand_in,
    "plans": plans,
    "award": lambda _: (
        "award",
        "give",
        "甲/某街道",
        *UNDER,
        "--award",
        "best",
        "--document",
        "文",
        "--on",
        "2020-06-03",
    ),
}


@pytest.mark.parametrize("name", RECORDING)
def test_nothing_is_recorded_by_a_changed_file_of_a_version_that_was_used(office: Office, name: str) -> None:
    """Whatever would be recorded is refused in words, and nothing of it is kept; as another version it is recorded."""
    nanxun = json.loads(lookup(None)("nanxun-2021").source)
    more = {key: nanxun[key] for key in ("plans", "awards")}
    install(office.at("2020-06-04T01:00:00Z"), **more)
    office.import_demo().freeze("2020")
    command = RECORDING[name](office)
    install(office, **more, **OTHER_TITLE)
    with office.runtime.look() as db:
        before = acts.last_number(db)
    assert office.run(*command, expect=1).code == "policy-changed"
    with office.runtime.look() as db:
        assert acts.last_number(db) == before
    install(office, version=2, **more, **OTHER_TITLE)
    office.run(*command)
    assert [version for version, _ in used(office)] == [1, 2]


def test_the_refusal_says_what_to_do(office: Office) -> None:
    office.import_demo().freeze()
    install(office, **OTHER_TITLE)
    told = office.show("draw", "freeze", "--campaign", "2027", *UNDER, "--lang", "zh", expect=1)
    assert "“sichuan-2020”第1版已经用过" in told
    assert '"version": 2' in told
    assert "raise the file's version" not in told
    install(office, version=7)
    office.freeze("2027")
    install(office, version=6)
    told = office.show("draw", "freeze", "--campaign", "2028", *UNDER, "--lang", "en", expect=1)
    assert "has come to version 7; nothing is recorded by version 6" in told


def test_steps_of_a_life_and_of_a_case_that_end_in_it_are_refused_too(it: Office) -> None:
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    it.run("case", "open", "failed", UNIT)
    install(it, **OTHER_TITLE)
    step = ("life", "step", "surrender", UNIT, "--on", "2020-09-02", "--document", "文", "--declared-by", "王主任")
    (it.folder / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    assert it.run(*step, "--scan", it.folder / "scan.pdf", expect=1).code == "policy-changed"
    overdue = it.at("2020-10-10T04:00:00Z").run("case", "open", "overdue", UNIT, "--finding", "F-2020-0001", expect=1)
    assert overdue.code == "policy-changed"
    assert it.run("finding", "import", register(it.folder, ROW), *REGISTER, expect=1).code == "policy-changed"
    assert it.run("case", "notify", "E-2020-001", "--document", "川安办〔2020〕30号").json["state"] == "notified"


def test_who_only_looks_goes_on_by_the_file_that_was_used(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").import_demo()
    office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    orders, reports = shipped()["orders"], [each for each in shipped()["reports"] if each["report"] != "monthly"]
    looked = [("order", "show", *ORDERS), ("frame", "check", *UNDER), ("report", "show", *MONTHLY), ("due",)]
    shown = [office.run(*words).json for words in looked]
    install(office, orders=orders[:1], targets=[], reports=reports)
    assert [office.run(*words).json for words in looked] == shown
    install(office, orders=orders[:1], reports=reports, version=2)
    assert len(office.run(*looked[0]).json["orders"]) == 1
    assert office.run(*looked[2], expect=1).code == "report-unknown"


def test_a_policy_that_was_used_is_looked_at_though_it_is_not_installed_any_more(office: Office) -> None:
    install(office, policy="ours")
    office.import_demo().run("draw", "freeze", "--campaign", "2026", "--policy", "ours")
    withdraw(office)
    assert office.run("draw", "freeze", "--campaign", "2027", "--policy", "ours", expect=1).code == "policy-unknown"
    assert office.run("frame", "check", "--policy", "ours").json["agrees"]
    assert office.run("policy", "show", "ours").json["file"]["policy"] == "ours"
    assert "ours  (not installed any more)" in office.show("policy", "list", "--lang", "en")


# --- what was begun under a version ---------------------------------------------------------------------------------


@pytest.fixture
def it(office: Office) -> Office:
    """An office with a unit that failed."""
    with office.at("2020-09-02T04:00:00Z").runtime.begin() as db:
        set_up(db, posts=False)
    return office


@on_both
def test_a_case_goes_on_by_the_version_under_which_it_was_opened(it: Office) -> None:
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    it.run("case", "open", "failed", UNIT)
    install(it, version=2, **longer_defence())
    it.run("case", "notify", "E-2020-001", "--document", "川安办〔2020〕30号")
    first = it.run("case", "show", "E-2020-001").json
    assert (first["defence_until"], first["colour"]) == ("2020-09-07", "yellow")  # five days, red with fewer
    (due,) = [each for each in it.run("due").json["items"] if each["kind"] == "defence"]
    it.at("2020-10-10T04:00:00Z").run("case", "open", "overdue", UNIT, "--finding", "F-2020-0001")
    it.run("case", "notify", "E-2020-002", "--document", "川安办〔2020〕40号")
    second = it.run("case", "show", "E-2020-002").json
    assert (second["defence_until"], second["colour"]) == ("2020-10-30", "red")
    assert due["colour"] == "yellow"
    with it.runtime.look() as db:
        kept = {row["exit_case"]: row["programme"] for row in rosters.current(db, visit_tables.exit_cases)}
    assert list(kept.values()) == [digest for _, digest in used(it)]


def test_a_register_goes_on_by_the_version_by_which_it_came_in(it: Office, tmp_path: Path) -> None:
    it.run("finding", "import", register(tmp_path, ROW), *REGISTER)
    days = shipped()["rectification"] | {"recheck_days": 1}
    install(it, version=2, rectification=days, warning=shipped()["warning"] | {"yellow": 400, "red": 300})
    (found,) = it.run("finding", "list", "--occasion", "JZ-2020").json
    assert found["colour"] == "green"
    (due,) = [each for each in it.run("due", "--within", 60).json["items"] if each["subject"] == found["finding"]]
    assert due["colour"] == "green"
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    it.run("finding", "hand-in", found["finding"], "--text", "已清理", "--file", tmp_path / "scan.pdf")
    assert it.run("finding", "show", found["finding"]).json["due_on"] == "2020-09-17"  # fifteen days for the recheck


def test_the_next_step_of_a_life_goes_by_the_newest_version(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").import_demo()
    for number, (unit, expect) in enumerate(zip(BUILDING, (0, 1), strict=True), start=1):
        no_more = [{"step": "self-assess", "since": "2020-06-01", "rule": STRICT[0]["rule"]}] if expect else []
        install(office, version=number, closed=no_more)
        office.run("life", "adopt", *UNDER)
        told = ("--on", "2020-06-03", "--document", "文", "--score", "90")
        done = office.run("life", "step", "self-assess", unit, *told, expect=expect)
        assert expect == 0 or done.code == "life-step-closed"


BUILDING: Final = ("510104026", "510116022")
STRICT: Final = [{"verdict": "failed", "when": {}, "rule": {"chosen": {"zh": "一律", "en": "always"}}}]


def test_an_outcome_and_its_corrections_go_by_the_version_of_the_order_or_the_draw(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    unit, other = team.units[:2]
    who = team.inspectors[0]
    order = ("--ground", "complaint", "--reason", "举报", "--document", "文", "--due", VISIT_DAY)
    inspectors = [word for each in team.inspectors[:2] for word in ("--inspector", each)]
    old = office.run("targeted", "open", unit, *UNDER, *order, *inspectors).json["check"]
    install(office, version=2, verdicts=STRICT)
    new = office.run("targeted", "open", unit, *UNDER, *order, *inspectors).json["check"]
    value = said(findings=[finding()])
    for occasion, where, verdict in ((old, unit, "rectify"), (DRAW, other, "rectify"), (new, unit, "failed")):
        first = record(office, where, who, value, occasion=occasion)
        assert first["versions"][0]["proposed"] == verdict
        correction = ("outcome", "correct", occasion, where, "--from", in_file(office, said()), "--reason", "误记")
        corrected = office.run(*correction, "--inspector", who).json["versions"][1]
        assert corrected["proposed"] == ("failed" if occasion == new else "passed")


# --- the past -------------------------------------------------------------------------------------------------------


@on_both
def test_what_is_asked_as_of_a_past_day_comes_out_the_same_after_the_next_version(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").import_demo()
    office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    office.run(*hand_in(office))
    asked = [("order", "show", *ORDERS), ("report", "show", *MONTHLY)]
    then = [office.at("2020-06-05T15:00:00Z").run(*words).json for words in asked]
    said = shipped()
    monthly = next(each for each in said["reports"] if each["report"] == "monthly")
    fields = [each | {"least": "99"} if each["kind"] == "money" else each for each in monthly["fields"]]
    others = [each for each in said["reports"] if each != monthly]
    install(office, version=2, orders=said["orders"][:1], reports=[*others, monthly | {"fields": fields}])
    office.at("2020-12-01T01:00:00Z").run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    assert [office.run(*words, "--as-of", "2020-06-05").json for words in asked] == then
    now = [office.run(*words).json for words in asked]
    assert (len(then[0]["orders"]), len(now[0]["orders"])) == (len([o for o in said["orders"] if o["year"] == 2020]), 1)
    assert (then[1]["short"], bool(now[1]["short"])) == ([], True)


def test_a_campaigns_figures_are_told_in_the_words_of_its_own_version(office: Office) -> None:
    office.drawn()
    figures = ("statistics", "--campaign", "2026", "--month", "2026-07")
    shown = office.show(*figures)
    strata = [each | {"label": {"zh": "改名", "en": "renamed"}} for each in shipped()["strata"]]
    install(office, version=2, strata=strata)
    office.run("draw", "freeze", "--campaign", "2027", *UNDER)
    assert office.show(*figures) == shown
    assert "renamed" in office.show("statistics", "--campaign", "2027", "--lang", "en")


# --- what is told of versions ---------------------------------------------------------------------------------------


def test_a_file_that_differs_from_what_was_used_is_told_where_policies_are_listed_shown_and_checked(
    office: Office,
) -> None:
    office.import_demo().freeze()
    digest = lookup(None)(POLICY).digest
    assert f"version 1, SHA-256 {digest}" in office.show("policy", "list", "--lang", "en")
    assert "in use since 2026-06-20" in office.show("policy", "show", POLICY, "--lang", "en")
    install(office, **OTHER_TITLE)
    file = office.folder / "policies" / "own.json"
    for words in (("list",), ("show", POLICY), ("show", file), ("check", file)):
        assert "用过的版本不能改动" in office.show("policy", *words, "--lang", "zh")
    assert [each["code"] for each in office.run("policy", "check", file).json["warnings"]] == ["policy-changed"]
    assert office.run("policy", "show", POLICY).json["problem"] == "policy-changed"
    kept = office.run("policy", "show", POLICY, "--version", 1).json
    assert (kept["file"], kept["sha256"]) == (shipped(), digest)
    assert office.run("policy", "show", POLICY, "--version", 2, expect=1).code == "policy-version-unknown"
    install(office, version=2, **OTHER_TITLE)
    assert office.run("policy", "check", file).json["warnings"] == []
    office.run("policy", "show", POLICY, "--version", 1, "--out", file)
    assert file.read_bytes() == lookup(None)(POLICY).source
    office.freeze("2027")
    assert used(office) == [(1, digest)]


def test_policies_are_read_without_a_database_and_none_is_made(office: Office, tmp_path: Path) -> None:
    office.environment = {**office.environment, "AUDIT_DATABASE_URL": f"sqlite:///{tmp_path}/none/audit.db"}
    file = tmp_path / "own.json"
    file.write_text(json.dumps(shipped()), encoding="utf-8")
    for words in (("list",), ("show", POLICY), ("check", file)):
        office.run("policy", *words)
    assert office.run("policy", "show", POLICY, "--version", 2, expect=1).code == "policy-version-unknown"
    assert not (tmp_path / "none").exists()
    engine = database.connect(office.environment["AUDIT_DATABASE_URL"])
    database.upgrade(engine, "0008")
    assert "数据库现在无法查询" in office.show("policy", "list", "--lang", "zh")
    database.upgrade(engine)
    engine.dispose()

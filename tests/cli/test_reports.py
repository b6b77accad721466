"""Reports on the command line: handed in one by one or as tables, corrected, added up, missing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from audit_service.files.policies import lookup
from audit_service.store import life_tables, rosters
from tests.cli.orders_said import (
    ACT,
    MONTHLY,
    ORDERS,
    csv_rows,
    handed,
    own_policy,
)
from tests.office import Office, on_both
from tests.roster_rows import DEMO, workbook
from tests.steps_taken import step


def test_a_monthly_report_says_the_funds_and_its_ratio_is_computed(office: Office) -> None:
    """000 四(一): 实行资金拨付进度和工作动态月报告制度."""
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    assert handed(office, "成都").json["said"]["paid-ratio"] == "25.00"
    handed(office, "自贡市", ordered="100", **{"paid-out": "100"})
    shown = office.run("report", "show", *MONTHLY).json
    assert (shown["due"], len(shown["handed"]), len(shown["missing"])) == ("2020-06-05", 2, 19)
    assert (shown["sums"]["ordered"], shown["sums"]["paid-out"], shown["sums"]["paid-ratio"]) == ("300", "150", "50.00")
    assert "缺报" in office.show("report", "show", *MONTHLY, "--lang", "zh")


def test_a_report_that_falls_short_of_the_policys_number_is_taken_and_told_of(office: Office) -> None:
    label, rules = {"zh": "培训次数", "en": "trainings"}, {"by": {"chosen": {"zh": "年底", "en": "the year's end"}}}
    field = {"field": "trainings", "label": label, "kind": "count", "needed": True, "least": "1"}
    report = {"report": "district", "label": label, "reporter": "county", "every": "year", "by": "12-31"}
    others = json.loads(lookup(None)("sichuan-2020").source)["reports"]
    own_policy(office, reports=[*others, {**report, "fields": [field], "rules": rules}])
    office.run("import", "units", DEMO / "roster_demo.csv")
    yearly = ("--policy", "own", "--report", "district", "--period", "2010")
    office.run("report", "hand-in", *yearly, "--reporter", "510100/锦江区", "--say=trainings=0")
    office.run("report", "hand-in", *yearly, "--reporter", "510100/青羊区", "--say=trainings=1")
    shown = office.run("report", "show", *yearly).json
    assert [(each["reporter"], each["said"], each["least"]) for each in shown["short"]] == [("510100/锦江区", "0", "1")]
    assert "成都市锦江区：培训次数 0，应不少于 1" in office.show("report", "show", *yearly, "--lang", "zh")
    assert "培训次数≥1" in office.show("policy", "show", "own", "--lang", "zh")


DISTRICT: Final = ("--policy", "chongqing-2010", "--report", "district", "--period", "2010")
SYSTEMS: Final = [f"--say=district-{name}=met" for name in ("plan", "meeting", "information", "review")]


@on_both
def test_what_a_place_reaches_is_judged_as_a_units_criteria_are(office: Office) -> None:
    """004 四（一）: 各区县（自治县）组织安全社区创建标准、方法的培训不少于1次."""
    office.run("import", "units", DEMO / "roster_demo.csv")
    hand_in = ("report", "hand-in", *DISTRICT, "--reporter")
    jinjiang, qingyang = ((*hand_in, f"510100/{name}") for name in ("锦江区", "青羊区"))
    first = office.run(*jinjiang, *SYSTEMS, "--say=district-training=0").json
    assert (first["said"]["district-training.state"], first["score"], first["band"]) == ("not-met", "", "")
    assert office.run(*qingyang, *SYSTEMS, "--say=district-training=1").json["said"]["district-training.state"] == "met"
    unknown = ("--say=district-training.state=met",)
    assert office.run(*qingyang, *SYSTEMS, *unknown, expect=1).code == "report-wrong"
    assert "不是实测数值" in office.show(*qingyang, "--say=district-training=多次", "--lang", "zh", expect=1)
    office.run(*jinjiang, *SYSTEMS, "--say=district-training=不符合", "--say=district-training.reason=停办")
    shown = office.run("report", "show", *DISTRICT).json
    (unmet,) = shown["unmet"]
    assert (unmet["reporter"], unmet["state"]) == ("510100/锦江区", "not-met")
    assert (unmet["numbers"], unmet["reason"]) == ([], "停办")
    told = office.show("report", "show", *DISTRICT, "--lang", "zh")
    assert "成都市锦江区：各区县（自治县）组织安全社区创建标准、方法的培训不少于1次：不符合 停办" in told
    assert "符合 1/2" in told
    with office.runtime.look() as db:
        kept = rosters.versions(db, life_tables.reports.c.reporter, life_tables.reports.c.said)
    assert sorted(who for who, _ in kept) == ["510100/锦江区", "510100/锦江区", "510100/青羊区"]
    assert office.run("check").json["faults"] == []


def test_a_correction_is_a_new_version_and_makes_no_report_late(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    handed(office, "成都")
    office.at("2020-06-09T01:00:00Z")
    assert not handed(office, "成都", spent="30").json["late"]
    assert handed(office, "德阳").json["late"]
    with office.runtime.look() as db:
        from audit_service.store import life_tables, rosters

        assert len(rosters.versions(db, life_tables.reports.c.reporter, life_tables.reports.c.said)) == 3


def test_a_past_months_reports_and_orders_come_out_the_same_again(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    handed(office, "成都")
    questions = [("report", "show", *MONTHLY), ("order", "show", *ORDERS)]
    past = "--as-of", "2020-06-05"
    then = [office.at("2020-06-05T15:00:00Z").run(*asked).json for asked in questions]
    assert [office.run(*asked, *past).json for asked in questions] == then
    office.at("2020-12-01T01:00:00Z")
    handed(office, "成都", spent="30")
    handed(office, "德阳")
    with office.runtime.begin() as db:
        step(db, replace(ACT, at=datetime(2020, 11, 1, tzinfo=UTC)), "510104026", "name", "2020-06-01")
    assert [office.run(*asked, *past).json for asked in questions] == then
    report, order = (office.run(*asked).json for asked in questions)
    assert (report["sums"]["spent"], len(report["handed"]), then[0]["sums"]["spent"]) == ("50.5", 2, "20.5")
    assert (order["orders"][0]["whole"]["done"], then[1]["orders"][0]["whole"]["done"]) == (1, 0)
    assert office.run(*questions[0], "--as-of", "2020-06-03").json["handed"] == []
    assert office.run(*questions[0], "--as-of", "2020-12-02", expect=1).code == "as-of-ahead"
    assert office.run(*questions[1], "--as-of", "2020-06", expect=2).code == "form-value"


def test_everything_that_is_wrong_in_a_report_is_told_at_once(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    found = handed(office, "成都", expect=1, ordered="many", progress="", other="x", **{"paid-ratio": "9"})
    assert (found.code, found.json["error"]["message"].count("4")) == ("report-wrong", 1)
    assert handed(office, "火星", expect=1).code == "report-reporter-unknown"
    assert handed(office, "成都", "--period", "2020-Q2", expect=1).code == "period-form"
    assert handed(office, "成都", "--period", "2020-07", expect=1).code == "report-ahead"


def test_a_table_from_each_city_is_handed_in_as_a_whole_or_not_at_all(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    header = [
        "市(州)",
        "下达资金（万元）",
        "到位资金（万元）",
        "拨付资金（万元）",
        "支出资金（万元）",
        "工作进展",
        "下步打算",
    ]
    rows = [["成都", 200, 180, 50.5, 20, "推进", "自评"], ["绵阳", "x", 180, 50, 20, "", "自评"]]
    path = office.folder / "report.xlsx"
    path.write_bytes(workbook({"月报": [["某市月报"], header, *rows]}))
    found = office.run("report", "import", path, *MONTHLY, expect=1).json["errors"]
    assert [(error["row"], error["code"]) for error in found] == [(4, "report-field-form"), (4, "report-field-empty")]
    assert office.run("report", "show", *MONTHLY).json["handed"] == []
    path.write_bytes(workbook({"月报": [["某市月报"], header, rows[0]]}))
    assert office.run("report", "import", path, *MONTHLY).json["handed"][0]["said"]["paid-ratio"] == "25.25"


LIST = ("--policy", "own", "--report", "stores", "--period", "2020")


def lists_of_stores(office: Office) -> None:
    """A policy whose report is a list of at least two stores, each with its name, its worth, and how many things."""
    label = {"zh": "物资储备点清单", "en": "stores"}
    kinds = {"name": "text", "worth": "money", "things": "count"}
    fields = [
        {"field": name, "label": {"zh": zh, "en": name}, "kind": kinds[name], "needed": name == "name"}
        for name, zh in (("name", "储备点"), ("worth", "价值"), ("things", "件数"))
    ]
    chosen = {"chosen": {"zh": "自定", "en": "own"}}
    rows = {"least": 2, "reporter": {"zh": "属地", "en": "of"}, "rule": chosen}
    report = {"report": "stores", "label": label, "reporter": "city", "every": "once", "by": "05-29", "fields": fields}
    others = json.loads(lookup(None)("sichuan-2020").source)["reports"]
    own_policy(office, reports=[*others, report | {"rows": rows, "rules": {"duty": chosen}}])
    office.at("2020-05-01T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")


def test_a_report_that_is_a_list_has_rows_which_are_counted_and_added_up(office: Office, tmp_path: Path) -> None:
    lists_of_stores(office)
    say = ["--say=1.name=甲", "--say=1.worth=1.5", "--say=1.things=3", "--say=2.name=乙", "--say=2.things=4"]
    chengdu = office.run("report", "hand-in", *LIST, "--reporter", "成都", *say).json
    assert chengdu["rows"] == [
        {"name": "甲", "worth": "1.5", "things": "3"},
        {"name": "乙", "worth": "", "things": "4"},
    ]
    path = tmp_path / "清单.csv"
    path.write_text("序号,属地,储备点,价值,件数\n1,自贡,丙,2,1\n2,绵阳市,丁,,\n3,自贡,戊,3,\n", encoding="utf-8-sig")
    handed = office.run("report", "import", path, *LIST).json["handed"]
    assert [(each["reporter"], [row["name"] for row in each["rows"]]) for each in handed] == [
        ("510300", ["丙", "戊"]),
        ("510700", ["丁"]),
    ]
    shown = office.run("report", "show", *LIST, "--excel", tmp_path / "all.xlsx").json
    assert (shown["rows"], shown["sums"], len(shown["missing"])) == (5, {"worth": "6.5", "things": "8"}, 18)
    assert [(each["reporter"], each["field"], each["said"], each["least"]) for each in shown["short"]] == [
        ("510700", "", "1", "2")
    ]
    printed = office.show("report", "show", *LIST, "--lang", "zh")
    assert "绵阳市：名单行数 1，应不少于 2" in printed
    assert "名单共 5 行" in printed
    assert "为名单，每行一项，不少于 2 项" in office.show("policy", "show", "own", "--lang", "zh")
    office.run(
        "report", "hand-in", *LIST, "--reporter", "成都", "--say=1.name=甲", "--say=2.name=丙", "--say=3.name=丁"
    )
    assert office.run("report", "show", *LIST).json["rows"] == 6


def test_what_is_wrong_in_a_list_is_told_with_its_row_and_nothing_is_taken(office: Office, tmp_path: Path) -> None:
    lists_of_stores(office)
    wrong = ["--say=1.name=甲", "--say=1.worth=x", "--say=2.colour=红", "--say=name=乙"]
    refused = office.run("report", "hand-in", *LIST, "--reporter", "成都", *wrong, "--lang", "zh", expect=1)
    assert refused.code == "report-wrong"
    told = [line.partition("：")[0] for line in refused.said.splitlines()]
    assert told[:4] == ["--say", "--say 1.", "--say 2.", "--say 2."]
    assert office.run("report", "hand-in", *LIST, "--reporter", "成都", expect=1).code == "report-wrong"
    path = tmp_path / "清单.csv"
    path.write_text("属地,储备点,价值,件数\n自贡,丙,2,1\n绵阳,,1,\n自贡,戊,多,\n", encoding="utf-8-sig")
    errors = office.run("report", "import", path, *LIST, expect=1).json["errors"]
    assert sorted((error["row"], error["code"]) for error in errors) == [
        (3, "report-field-empty"),
        (4, "report-field-form"),
    ]
    assert office.run("report", "show", *LIST).json["rows"] == 0


def test_a_yearly_report_on_improvement_is_asked_of_named_units_alone(office: Office) -> None:
    office.at("2021-01-10T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    with office.runtime.begin() as db:
        step(db, ACT, "510104026", "name", "2019-05-01", named_on="2019-05-01")
        step(db, ACT, "510104029", "name", "2020-05-01", named_on="2020-05-01")  # owes none for its first year
        step(db, ACT, "510105013", "apply", "2020-05-01")
    yearly = ("--policy", "sichuan-2020", "--report", "improvement", "--period", "2020")
    assert [each["reporter"] for each in office.run("report", "show", *yearly).json["missing"]] == ["510104026"]
    say = [f"--say={name}=1" for name in ("measures", "gaps", "projects", "accidents", "next")]
    assert not office.run("report", "hand-in", *yearly, "--reporter", "510104026", *say).json["late"]
    assert office.run("report", "show", *yearly).json["missing"] == []


def test_what_was_reported_counts_though_who_reported_it_has_left_the_roster(office: Office) -> None:
    office.at("2020-06-04T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    office.run("life", "adopt", "--policy", "sichuan-2020")
    unit = office.run("life", "list", "--state", "re-evaluation", "--city", "成都").json[0]["unit"]
    yearly = ("--policy", "sichuan-2020", "--report", "improvement", "--period", "2020")
    say = [f"--say={name}=1" for name in ("measures", "gaps", "projects", "accidents", "next")]
    office.run("report", "hand-in", *yearly, "--reporter", unit, *say)
    handed(office, "成都")
    before = [office.run("report", "show", *which).json for which in (yearly, MONTHLY)]
    rest = [row for row in csv_rows(DEMO / "roster_demo.csv") if row["市(州)"] != "成都市"]
    path = office.folder / "rest.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rest[0]))
        writer.writeheader()
        writer.writerows(rest)
    office.at("2020-07-04T01:00:00Z").run("import", "units", path, "--complete")
    after = [office.run("report", "show", *which).json for which in (yearly, MONTHLY)]
    for then, now in zip(before, after, strict=True):
        assert then["handed"] == now["handed"]
        assert then["sums"] == now["sums"]
    assert [each["reporter"] for each in after[0]["handed"]] == [unit]


@pytest.mark.parametrize("command", [("order", "show", *ORDERS), ("report", "show", *MONTHLY)])
def test_figures_speak_english_too(office: Office, command: tuple[str, ...]) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    assert "total" in office.show(*command, "--lang", "en")

"""Places, orders, plans and reports on the command line, from the files that offices have."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from audit_service.core.acts import Act
from audit_service.files.policies import lookup
from audit_service.store import acts, life_tables, rosters, steps
from audit_service.use_cases import orders
from tests.office import Office, on_both
from tests.roster_rows import DEMO, UNIT, workbook
from tests.steps_taken import step

ACT = Act(datetime(2020, 6, 1, tzinfo=UTC), "tests", demo=True)
ORDERS = ("--policy", "sichuan-2020", "--year", "2020")
MONTHLY = ("--policy", "sichuan-2020", "--report", "monthly", "--period", "2020-05")
SAID = {"ordered": "200", "arrived": "180", "paid-out": "50", "spent": "20.5", "progress": "推进中", "next": "自评"}
SHAPINGBA = [
    {"编码": "500106", "名称": "沙坪坝区", "级别": "区县", "上级": "", "类别": "主城区", "乡镇（街道）数": "22"},
    {
        "编码": "500106001000",
        "名称": "小龙坎街道",
        "级别": "镇街",
        "上级": "沙坪坝区",
        "类别": "",
        "乡镇（街道）数": "",
    },
    {"编码": "500107", "名称": "九龙坡区", "级别": "区县", "上级": "", "类别": "主城区", "乡镇（街道）数": "19"},
]
COMMUNITY = UNIT | {"市(州)": "小龙坎街道", "县(市、区)": "沙坪坝区", "建设单位名称": "正街社区", "单位类型": "社区"}


def own_policy(office: Office, **changes: Any) -> None:
    """A policy of the office's own: Sichuan's with other entries."""
    data = lookup(None)("sichuan-2020").source
    folder = office.folder / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "own.json").write_text(json.dumps(json.loads(data) | {"policy": "own", **changes}), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def handed(office: Office, city: str, *options: object, expect: int = 0, **changes: str) -> Any:
    said = [text for name, value in (SAID | changes).items() for text in ("--say", f"{name}={value}")]
    return office.run("report", "hand-in", *MONTHLY, "--reporter", city, *said, *options, expect=expect)


# --- places ---------------------------------------------------------------------------------------------------------


def test_an_office_outside_of_sichuan_names_its_own_districts_and_townships(office: Office) -> None:
    assert office.import_rows("places", SHAPINGBA).json["imported"] == 3
    assert office.import_rows("places", SHAPINGBA).json["unchanged"] == 3
    units = [COMMUNITY | {"单位编码": "500106001003"}, COMMUNITY | {"市(州)": "九龙坡", "单位编码": "500107003"}]
    assert office.import_rows("units", units).json["imported"] == 2
    with office.runtime.look() as db:
        from audit_service.store import rosters, tables

        assert {row["city"] for row in rosters.current(db, tables.units)} == {"500106001", "500107"}
    person = {
        "人员编号": "A1",
        "姓名": "甲",
        "工作单位": "局",
        "所属市(州)": "沙坪坝区",
        "人员类别": "x",
        "可任组长": "是",
    }
    assert office.import_rows("people", [person]).json["imported"] == 1


def test_a_units_city_is_the_longest_beginning_of_its_code_that_is_known(office: Office) -> None:
    office.import_rows("places", SHAPINGBA)
    wrong = [COMMUNITY | {"市(州)": "沙坪坝区", "单位编码": "500106001003"}, COMMUNITY | {"单位编码": "500199001"}]
    rows = [*wrong, COMMUNITY | {"市(州)": "成都市", "单位编码": "500107003"}]
    with (office.folder / "units.csv").open("w", encoding="utf-8-sig") as file:
        file.write("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]))
    found = office.run("import", "units", office.folder / "units.csv", expect=1).json["errors"]
    assert [(error["row"], error["code"]) for error in found] == [
        (2, "city-differs-from-code"),
        (3, "code-city-unknown"),
        (4, "city-differs-from-code"),
    ]


def test_places_that_come_after_the_units_say_which_units_have_another_city_now(office: Office) -> None:
    district, township = SHAPINGBA[0], SHAPINGBA[1]
    office.import_rows("places", [district])
    unit = COMMUNITY | {"市(州)": "沙坪坝区", "单位编码": "500106001003"}
    office.import_rows("units", [unit])
    warning = office.import_rows("places", [district, township]).json["warnings"][-1]
    assert warning["code"] == "units-in-other-cities"
    assert "500106001003" in warning["message"]
    assert "小龙坎街道" in warning["message"]
    assert office.import_rows("units", [unit | {"市(州)": "小龙坎街道"}]).json["updated"] == 1
    again = office.import_rows("places", [district, township]).json["warnings"]
    assert "units-in-other-cities" not in [other["code"] for other in again]


def test_a_place_in_sichuan_is_for_quotas_and_leaves_the_units_their_city(office: Office) -> None:
    row = {"编码": "510104", "名称": "锦江区", "级别": "区", "上级": "成都", "类别": "主城区", "乡镇（街道）数": "11"}
    office.import_rows("places", [row | {"上级": "成都市"}])
    assert office.import_rows("units", [UNIT]).json["imported"] == 1


QINGYUAN = [
    {"编码": "510998", "名称": "清源县", "级别": "区县", "上级": "遂宁市"},
    {"编码": "510998101", "名称": "城关镇", "级别": "镇街", "上级": "清源县"},
    {"编码": "510998102", "名称": "白石镇", "级别": "镇街", "上级": "清源县"},
]


def test_townships_in_sichuan_are_the_cities_of_their_units(office: Office) -> None:
    """And counties are, unless a quota goes by them; what a row gets wrong is told with what to do about it."""
    quota = {"编码": "510904", "名称": "安居区", "级别": "区县", "上级": "遂宁市", "类别": "其他区县"}
    office.import_rows("places", [{"类别": "", **place} for place in (*QINGYUAN, quota)])
    community = COMMUNITY | {"市(州)": "城关镇", "县(市、区)": "清源县"}
    rows = [
        community | {"单位编码": "510998101001"},
        community | {"单位编码": "510998102001"},  # of 白石镇
        community | {"单位编码": "510998103001"},  # of a township that nobody listed
        community | {"单位编码": "510998103001", "市(州)": "清源县"},
        community | {"单位编码": "510904101001", "市(州)": "安居区"},
        community | {"单位编码": "510904101001", "市(州)": "遂宁"},
    ]
    path = office.folder / "units.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf-8-sig")
    found = office.run("import", "units", path, expect=1).json["errors"]
    assert [(each["row"], each["code"]) for each in found] == [
        (3, "city-differs-from-code"),
        (4, "code-in-no-place"),
        (5, "code-twice"),
        (6, "city-for-quotas"),
        (7, "code-twice"),
    ]
    assert "白石镇" in found[0]["message"]
    assert "遂宁市" in found[3]["message"]
    assert office.import_rows("units", [rows[0], rows[3], rows[5]]).json["imported"] == 3


def test_units_of_a_township_are_issued_codes_that_name_it(office: Office) -> None:
    office.import_rows("places", SHAPINGBA)
    with (office.folder / "units.csv").open("w", encoding="utf-8-sig") as file:
        row = COMMUNITY | {"单位编码": ""}
        file.write(",".join(row) + "\n" + ",".join(row.values()))
    assert office.run("import", "units", office.folder / "units.csv", "--issue-codes").json["imported"] == 1
    assert office.run("import", "units", office.folder / "units.csv").json["unchanged"] == 1


def test_what_is_wrong_with_places_is_told_at_once(office: Office) -> None:
    rows = [
        {"编码": "5001", "名称": "甲", "级别": "区", "上级": ""},
        {"编码": "500106", "名称": "乙", "级别": "星", "上级": "丙"},
        {"编码": "500107", "名称": "丁", "级别": "市", "上级": "戊"},
        {"编码": "500108", "名称": "戊", "级别": "区", "上级": ""},
    ]
    path = office.folder / "places.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf-8-sig")
    found = office.run("import", "places", path, expect=1).json["errors"]
    assert [error["code"] for error in found] == [
        "place-code-form",
        "place-level",
        "place-parent-unknown",
        "place-parent-below",
    ]


# --- orders ---------------------------------------------------------------------------------------------------------


def test_the_annex_adds_up_to_what_the_document_orders(office: Office) -> None:
    """000 二: 全省命名85个; 复评258个."""
    done = office.run("import", "orders", DEMO / "targets_demo.xlsx", *ORDERS).json
    assert (done["imported"], done["errors"], done["warnings"]) == (63, [], [])
    assert office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS).json["unchanged"] == 63
    shown = office.run("order", "show", *ORDERS).json
    totals = {order["order"]: order["whole"]["ordered"] for order in shown["orders"]}
    assert totals == {"naming": 85, "livelihood": 5, "re-evaluation": 258}
    assert all(len(order["places"]) == 21 for order in shown["orders"])


def test_an_annex_that_adds_up_to_something_else_is_taken_and_told(office: Office) -> None:
    path = office.folder / "annex.xlsx"
    path.write_bytes(
        workbook({"分解表": [["附件"], ["市(州)", "命名目标数", "其中民生", "复评目标数"], ["成都", 84, 2, 258]]})
    )
    done = office.run("import", "orders", path, *ORDERS).json
    assert [(found["code"], found["column"]) for found in done["warnings"]] == [("order-total-differs", "命名目标数")]
    assert "84" in done["warnings"][0]["message"]
    (naming, *_) = office.run("order", "show", *ORDERS).json["orders"]
    assert (naming["annex"], naming["whole"]["ordered"]) == (84, 85)


def test_what_is_wrong_with_an_annex_is_told_at_once(office: Office) -> None:
    path = office.folder / "annex.csv"
    path.write_text(
        "市(州),命名目标数,其中民生,复评目标数\n成都,1,2,3\n成都市,1,0,3\n火星,1,0,x\n,1,0,3\n", encoding="utf-8-sig"
    )
    found = office.run("import", "orders", path, *ORDERS, expect=1).json["errors"]
    assert [(error["row"], error["code"]) for error in found] == [
        (2, "order-above-whole"),
        (3, "order-place-twice"),
        (4, "number-form"),
        (4, "city-unknown"),
        (5, "order-city-unsaid"),
    ]
    assert office.run("import", "orders", path, "--policy", "sichuan-2020", "--year", "2019", expect=1).code == (
        "orders-none"
    )


def test_counties_are_ordered_by_their_city_and_name(office: Office) -> None:
    orders = [
        {
            "order": "provincial", "label": {"zh": "省级", "en": "provincial"}, "column": "建成省级", "step": "name",
            "year": 2013, "total": 6, "level": "county", "rule": {"place": "二", "words": "建成6个"},
        }
    ]  # fmt: skip
    own_policy(office, orders=orders)
    path = office.folder / "annex.csv"
    path.write_text("县（市、区）,建成省级\n广安区,2\n邻水县,4\n", encoding="utf-8-sig")
    own = ("--policy", "own", "--year", "2013", "--city", "广安")
    assert office.run("import", "orders", path, *own).json["imported"] == 2
    office.at("2013-12-20T01:00:00Z")
    (order,) = office.run("order", "show", *own[:4]).json["orders"]
    assert [(line["place"], line["left"], line["colour"]) for line in order["places"]] == [
        ("511600/广安区", 2, "yellow"),
        ("511600/邻水县", 4, "yellow"),
    ]
    office.at("2014-01-01T01:00:00Z")
    found = office.run("order", "show", *own[:4]).json["consequences"]
    assert [(each["name"], each["certain"]) for each in found] == [("广安市广安区", True), ("广安市邻水县", True)]


def test_what_was_done_is_counted_from_the_units_lives(office: Office, tmp_path: Path) -> None:
    office.at("2020-06-01T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    with office.runtime.begin() as db:
        for unit, name, day in (
            ("510104026", "name", "2020-05-01"),
            ("510104026", "merge", "2020-06-01"),
            ("510105013", "name", "2019-12-31"),
        ):
            step(db, ACT, unit, name, day)
    told = office.run("order", "show", *ORDERS, "--excel", tmp_path / "orders.xlsx").json
    done = [(unit["unit"], unit["day"]) for order in told["orders"] for unit in order["units"]]
    assert done == [("510104026", "2020-05-01")]
    with office.runtime.begin() as db:
        at = acts.last_number(db)
        then = orders.lives_of(db, 2020, 2020, ["name"], at)
        began = steps.began(db, {"510104026", "510105018"}, at)
        step(db, ACT, "510105018", "register", "2020-06-02")
        step(db, ACT, "510104026", "merge", "2020-06-03", successor="510105018")
        assert steps.began(db, {"510104026", "510105018"}, at) == began
        assert began.keys() == {"510104026"}
        assert orders.lives_of(db, 2020, 2020, ["name"], at) == then
    assert (tmp_path / "orders.xlsx").read_bytes().startswith(b"PK")
    assert "成都市" in office.show("order", "show", *ORDERS)


# --- plans ----------------------------------------------------------------------------------------------------------


def test_plans_of_two_levels_visit_no_unit_twice_in_a_period(office: Office) -> None:
    """002 三(三)2: 推动区、镇两级监督检查计划有效衔接."""
    rule = {"chosen": {"zh": "同一年度内不重复", "en": "not twice a year"}}
    levels = [{"level": level, "label": {"zh": zh, "en": level}} for level, zh in (("district", "区"), ("town", "镇"))]
    own_policy(office, plans={"levels": levels, "period": "year", "rules": {"period": rule}})
    office.run("import", "units", DEMO / "roster_demo.csv")
    path = office.folder / "plans.csv"
    visits = ["区,510104026,2021-03-01", "镇,510104026,2021-09-01", "镇,510105013,2021年9月", "区,510105013,2022-01-02"]
    path.write_text("层级,单位编码,计划时间\n" + "\n".join(visits), encoding="utf-8-sig")
    assert office.run("import", "plans", path, "--policy", "own").json["imported"] == 4
    (twice,) = office.run("plan", "check", "--policy", "own", expect=1).json["twice"]
    assert (twice["unit"], twice["period"]) == ("510104026", "2021")
    assert office.run("plan", "check", "--policy", "own", "--period", "2022").json["twice"] == []
    path.write_text("层级,单位编码,计划时间\n县,510104026,2021-03-01\n区,510199999,2021-03-01\n", encoding="utf-8-sig")
    found = office.run("import", "plans", path, "--policy", "own", expect=1).json["errors"]
    assert [error["code"] for error in found] == ["plan-level-unknown", "unit-unknown"]
    assert office.run("plan", "check", "--policy", "sichuan-2020", expect=1).code == "plans-none"


# --- reports --------------------------------------------------------------------------------------------------------


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


def test_the_frame_is_checked_against_the_orders_of_its_policy(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    office.run("import", "orders", DEMO / "targets_demo.csv", *ORDERS)
    assert office.run("frame", "check", "--policy", "sichuan-2020").json["agrees"]
    path = office.folder / "annex.csv"
    path.write_text("市(州),命名目标数,其中民生,复评目标数\n成都,9,1,21\n", encoding="utf-8-sig")
    office.run("import", "orders", path, *ORDERS)
    found = office.run("frame", "check", "--policy", "sichuan-2020", expect=1).json
    assert [line["difference"] for line in found["lines"] if not line["settled"]] == [-1]


def test_two_units_that_the_office_merges_count_once_each_when_the_new_division_is_named_again(office: Office) -> None:
    """000 三(三), by the commands with which lives are recorded: one goes into the other, and that is re-named."""
    office.at("2020-11-01T01:00:00Z").run("import", "units", DEMO / "roster_demo.csv")
    office.run("life", "adopt", "--policy", "sichuan-2020")
    named = office.run("life", "list", "--state", "re-evaluation", "--city", "成都").json[:4]
    first, second, third, last = (row["unit"] for row in named)
    notice = ("--document", "川安委〔2020〕8号")
    office.run("life", "merge", first, "--into", second, "--on", "2020-09-01", *notice)
    office.run("life", "rename", third, "--name", "新镇", "--code", "510199201", "--on", "2020-09-01", *notice)
    office.run("life", "step", "re-name", second, "--on", "2020-10-20", *notice)
    office.run("life", "step", "re-name", "510199201", "--on", "2020-10-21", *notice)
    office.run("life", "step", "recall-plaque", first, "--on", "2020-10-25", *notice)
    office.run("life", "merge", last, "--into", second, "--on", "2020-11-01", *notice)  # after the milestone
    (order,) = [
        each for each in office.run("order", "show", *ORDERS).json["orders"] if each["order"] == "re-evaluation"
    ]
    done = {unit["unit"]: (unit["day"], unit["successor"]) for unit in order["units"]}
    assert done == {
        first: ("2020-10-20", second),
        last: ("2020-10-20", second),
        second: ("2020-10-20", ""),
        third: ("2020-10-21", "510199201"),
    }
    assert (order["whole"]["done"], order["whole"]["merged"], order["whole"]["late"]) == (4, 3, 0)


def test_a_city_of_an_offices_own_sees_no_other_citys_lives(office: Office) -> None:
    """Chongqing's districts share four digits, and are two cities."""
    office.import_rows("places", SHAPINGBA)
    units = [COMMUNITY | {"市(州)": "九龙坡", "单位编码": "500107003", "建设单位名称": "黄桷坪街道"}]
    office.import_rows("units", [*units, COMMUNITY | {"单位编码": "500106001003"}])
    office.run("life", "adopt", "--policy", "sichuan-2020")
    shown = {city: office.run("life", "list", "--city", city).json for city in ("九龙坡", "小龙坎街道")}
    assert [row["unit"] for row in shown["九龙坡"]] == ["500107003"]
    assert [row["unit"] for row in shown["小龙坎街道"]] == ["500106001003"]

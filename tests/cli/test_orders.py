"""A year's orders and two levels' plans on the command line, from the files that offices have."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from audit_service.store import acts, steps
from audit_service.use_cases import orders
from tests.cli.orders_said import (
    ACT,
    ORDERS,
    own_policy,
)
from tests.office import Office
from tests.roster_rows import DEMO, workbook
from tests.steps_taken import step


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


OF_COUNTIES: Final = [
    {
        "order": "provincial", "label": {"zh": "省级", "en": "provincial"}, "column": "建成省级", "step": "name",
        "year": 2013, "total": 6, "level": "county", "rule": {"place": "二", "words": "建成6个"},
    }
]  # fmt: skip


def test_counties_are_ordered_by_their_city_and_name(office: Office) -> None:
    own_policy(office, orders=OF_COUNTIES)
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


def test_a_county_of_too_many_characters_is_told_in_its_row(office: Office) -> None:
    own_policy(office, orders=OF_COUNTIES)
    own = ("--policy", "own", "--year", "2013", "--city", "广安")
    path = office.folder / "annex.csv"
    path.write_text(f"县（市、区）,建成省级\n{'县' * 71},2\n", encoding="utf-8-sig")
    found = office.run("import", "orders", path, *own, expect=1).json["errors"]
    assert (found[0]["row"], found[0]["code"]) == (2, "text-long")
    path.write_text(f"县（市、区）,建成省级\n{'县' * 70},2\n", encoding="utf-8-sig")
    assert office.run("import", "orders", path, *own).json["imported"] == 1


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

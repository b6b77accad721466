"""Places, orders, plans and reports over HTTP; a city hands in and sees its own."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from audit_service.files.divisions import sichuan
from audit_service.papers import places
from audit_service.use_cases.due_orders import milestones
from audit_service.use_cases.places import city_of_place
from tests.roster_rows import DEMO
from tests.web.desk import Desk

MONTHLY = {"policy": "sichuan-2020", "report": "monthly", "period": "2026-05"}
SAID = {"ordered": "200", "arrived": "180", "paid-out": "50", "spent": "20", "progress": "推进", "next": "自评"}
QUERY = "reports?policy=sichuan-2020&report=monthly&period=2026-05"


def sent(desk: Desk, path: str, name: str, content: bytes, expect: int = 200, **form: str) -> Any:
    headers = {"Authorization": f"Bearer {desk.tokens['office']}", "Audit-Demo-Clock": desk.clock}
    data = {**form, "files": [(BytesIO(content), name)]}
    answer = desk.app.test_client(use_cookies=False).post(f"/api/v1/{path}", headers=headers, data=data)
    assert answer.status_code == expect, answer.text
    return answer.json


def test_the_annex_is_imported_and_a_city_sees_its_own_orders(desk: Desk) -> None:
    sent(desk, "units/import", "units.csv", (DEMO / "roster_demo.csv").read_bytes())
    year = {"policy": "sichuan-2020", "year": "2020"}
    annex = (DEMO / "targets_demo.csv").read_bytes()
    assert sent(desk, "orders/import", "annex.csv", annex, **year)["imported"] == 63
    assert sent(desk, "orders/import", "annex.csv", annex, 409, **(year | {"year": "2021"}))["code"] == "orders-none"
    everything, own = (desk.get("orders?policy=sichuan-2020&year=2020", who) for who in ("auditor", "chengdu"))
    assert {line["place"] for order in own["orders"] for line in order["places"]} == {"510100"}
    naming = own["orders"][0]
    assert naming["whole"]["ordered"] == naming["places"][0]["ordered"] < everything["orders"][0]["whole"]["ordered"]
    assert {each["place"] for each in own["consequences"]} == {"510100"}
    assert desk.ask("GET", "orders/table.xlsx?policy=sichuan-2020&year=2020", "chengdu").data.startswith(b"PK")
    assert desk.get("plans?policy=nanxun-2021", "auditor")["twice"] == []
    plans = "层级,单位编码,计划时间\n区,510104026,2021-03-01\n镇（开发区）,510104026,2021-09-01\n".encode()
    assert sent(desk, "plans/import", "plans.csv", plans, policy="nanxun-2021")["imported"] == 2
    assert len(desk.get("plans?policy=nanxun-2021&period=2021", "chengdu")["twice"]) == 1


def test_a_city_hands_its_own_report_in_and_no_other_citys(desk: Desk) -> None:
    sent(desk, "units/import", "units.csv", (DEMO / "roster_demo.csv").read_bytes())
    handed = desk.post("reports", "chengdu", {**MONTHLY, "said": SAID}, expect=201)
    assert (handed["reporter"], handed["said"]["paid-ratio"], handed["late"]) == ("510100", "25.00", True)
    body = {**MONTHLY, "reporter": "510300", "said": SAID}
    stranger = desk.post("reports", "chengdu", body, expect=404)
    nobody = desk.post("reports", "chengdu", {**body, "reporter": "none"}, expect=404)
    assert stranger["code"] == nobody["code"] == "report-reporter-unknown"
    wrong = desk.post("reports", "chengdu", {**MONTHLY, "said": SAID | {"ordered": "x", "next": ""}}, expect=409)
    assert sorted(each["code"] for each in wrong["errors"]) == ["report-field-empty", "report-field-form"]
    assert len(desk.get(QUERY, "auditor")["missing"]) == 20
    own = desk.get(QUERY, "chengdu")
    assert ([each["reporter"] for each in own["handed"]], own["missing"]) == (["510100"], [])
    assert desk.ask("GET", QUERY.replace("reports?", "reports/table.xlsx?"), "auditor").data.startswith(b"PK")


def test_rows_are_for_reports_that_are_lists_and_said_is_for_the_others(desk: Desk) -> None:
    sent(desk, "units/import", "units.csv", (DEMO / "roster_demo.csv").read_bytes())
    no_list = desk.post("reports", "chengdu", {**MONTHLY, "said": SAID, "rows": [SAID]}, expect=409)
    assert [each["code"] for each in no_list["errors"]] == ["report-no-list"]
    sites = {"policy": "shapingba-2024", "report": "sites", "period": "2024"}
    for body, codes in (
        ({"said": {"name": "甲"}}, [(0, "report-is-list"), (0, "report-rows-none")]),
        ({"rows": [{"name": "甲", "address": "一号"}, {"name": "乙"}]}, [(2, "report-field-empty")]),
    ):
        refused = desk.post("reports", "chengdu", {**sites, **body}, expect=409)
        assert [(each["row"], each["code"]) for each in refused["errors"]] == codes
    rows = [{"name": "甲", "address": "一号"}, {"name": "乙", "address": "二号"}]
    assert desk.post("reports", "chengdu", {**sites, "rows": rows}, expect=201)["rows"] == rows
    shown = desk.get("reports?policy=shapingba-2024&report=sites&period=2024", "chengdu")
    assert (shown["rows"], shown["handed"][0]["rows"]) == (2, rows)


def test_reports_and_orders_are_asked_for_as_of_a_day(desk: Desk) -> None:
    sent(desk, "units/import", "units.csv", (DEMO / "roster_demo.csv").read_bytes())
    desk.post("reports", "chengdu", {**MONTHLY, "said": SAID}, expect=201)
    before, today = "2026-06-05", desk.clock[:10]
    for query, table in ((QUERY, "reports"), ("orders?policy=sichuan-2020&year=2020", "orders")):
        assert [desk.get(f"{query}&as_of={day}", "auditor")["day"] for day in (before, today)] == [before, today]
        told = desk.ask("GET", f"{query.replace(table, f'{table}/table.xlsx')}&as_of={before}", "auditor")
        assert told.data.startswith(b"PK")
        assert desk.ask("GET", f"{query}&as_of=2099-01-01", "auditor").json["code"] == "as-of-ahead"
        assert desk.ask("GET", f"{query}&as_of=2026-06", "auditor").status_code == 422
    assert [len(desk.get(f"{QUERY}&as_of={day}", "auditor")["handed"]) for day in (before, today)] == [0, 1]


def test_a_table_of_reports_is_taken_whole(desk: Desk) -> None:
    sent(desk, "units/import", "units.csv", (DEMO / "roster_demo.csv").read_bytes())
    head = "市(州),下达资金,到位资金,拨付资金,支出资金,工作进展,下步打算\n"
    table = (head + "自贡,100,100,80,10,推进,自评\n攀枝花,100,,80,10,推进,自评\n").encode()
    wrong = sent(desk, "reports/import", "report.csv", table, 409, **MONTHLY)
    assert [(each["row"], each["code"]) for each in wrong["errors"]] == [(3, "report-field-empty")]
    right = table.replace(b"100,,80", b"100,90,80")
    assert len(sent(desk, "reports/import", "report.csv", right, **MONTHLY)["handed"]) == 2
    assert desk.get(QUERY, "auditor")["sums"]["paid-ratio"] == "80.00"


def test_places_are_listed(desk: Desk) -> None:
    rows = "编码,名称,级别,类别,乡镇（街道）数\n500106,沙坪坝区,区县,主城区,22\n".encode()
    assert sent(desk, "places/import", "places.csv", rows)["imported"] == 1
    (place,) = desk.get("places", "auditor")["items"]
    assert (place["place"], place["level"], place["townships"]) == ("500106", "county", 22)
    assert desk.get("places", "chengdu")["total"] == 0


def test_a_city_sees_the_quotas_of_its_counties_and_is_told_when_they_are_due(desk: Desk) -> None:
    """A county of Sichuan that quotas go by is no unit's city: it is told to the city in which it lies."""
    rows = (
        "编码,名称,级别,上级,类别,乡镇（街道）数\n510904,安居区,区县,遂宁市,其他区县,15\n510904998,某镇,镇街,安居区,,\n"
    )
    sent(desk, "places/import", "places.csv", rows.encode())
    desk.appoint("suining", "city", "--city", "遂宁")
    year = "orders?policy=chongqing-2010&year=2010"
    seen = {who: desk.get(year, who) for who in ("auditor", "suining", "chengdu")}
    left = {
        who: [(each["place"], each["left"]) for each in found["quotas"][1]["places"]] for who, found in seen.items()
    }
    assert left == {"auditor": [("510904", 3)], "suining": [("510904", 3)], "chengdu": []}
    assert [each["place"] for each in seen["suining"]["consequences"]] == ["510904"]
    runtime, policy = desk.office.runtime, "chongqing-2010"
    with runtime.look() as db:
        days = date(2026, 6, 20), date(2026, 12, 31)
        told = milestones(db, runtime.installed, {policy: days[0]}, places.divisions(db), *days)
        found = [(each.subject, each.city, each.unit, each.left) for each in told if each.subject.startswith("others/")]
    assert ("others/2026/510904", "510900", "", 3) in found


def test_what_is_ordered_of_a_place_is_told_to_the_city_in_which_it_lies() -> None:
    for place, city in (
        ("510900", "510900"), ("510900/安居区", "510900"), ("510904", "510900"), ("510904101", "510900"),
        ("510904101001", "510900"), ("X-5109-0001", "510900"), ("*", ""), ("990101", "990101"),
    ):  # fmt: skip
        assert city_of_place(sichuan(), place) == city


def test_a_citys_own_list_without_a_column_of_the_city_is_imported_where_the_city_is_named(desk: Desk) -> None:
    own = "区县,单位名称,类型,单位编码,类别\n锦江区,牛市口街道,街道,510104026,复评\n".encode()

    def errors(**form: str) -> list[str]:
        return [each["code"] for each in sent(desk, "units/import", "成都.csv", own, 409, **form)["errors"]]

    assert errors() == ["column-missing"]
    assert errors(city="510300") == ["city-differs-from-code"]
    assert sent(desk, "units/import", "成都.csv", own, 404, city="成者")["code"] == "city-not-known"
    assert sent(desk, "units/import", "成都.csv", own, city="成都")["imported"] == 1
    assert [unit["city"] for unit in desk.get("units", "auditor")["items"]] == ["510100"]

"""Lists: each of them a page at a time, in one form; what they can be asked for."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.office import LATE, PUBLIC
from tests.web.desk import Desk

WHOLE: Final = {
    "/api/v1/policies": "files that are installed",
    "/api/v1/draws/{draw}/allocation": "a stratum in a city each: no longer than a frame has of them",
    "/api/v1/due": "what one post has to do within some days, as its workbook has it",
}
"""Lists that are told whole, and why they are not long."""
DRAW: Final = "draws/SC-2026-01"


@pytest.fixture
def it(desk: Desk) -> Desk:
    """A desk with a draw that was carried out and one that is only frozen, an inspector, an administrator."""
    desk.enlist("C510101")
    desk.appoint("member", "inspector", "--inspector", "C510101")
    desk.appoint("root", "administrator")
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    draw = desk.office.import_demo().commit()
    desk.office.freeze("2027")
    desk.office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    desk.clock = LATE
    return desk


def properties(spec: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer in JSON."""
    schema = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = spec["components"]["schemas"].get(name, {}).get("properties", {})
    return found


def paged(spec: dict[str, Any]) -> dict[str, bool]:
    """By the address of each list whether it comes a page at a time, and takes what that needs."""
    found = {}
    for path, methods in spec["paths"].items():
        answer = properties(spec, methods["get"]) if "get" in methods else {}
        if "items" in answer:
            asked = {each["name"] for each in methods["get"].get("parameters", ()) if each["in"] == "query"}
            found[path] = {"page", "page_size"} <= asked and {"page", "page_size", "total"} <= answer.keys()
    return found


def test_every_list_comes_a_page_at_a_time(desk: Desk) -> None:
    lists = paged(desk.get("openapi.json"))
    assert {path for path, is_paged in lists.items() if not is_paged} == set(WHOLE)


def test_each_list_without_a_thing_in_its_address_has_its_pages(it: Desk) -> None:
    """Of everything that is there, asked of who may see it, one thing a page."""
    lists = [path for path, is_paged in paged(it.get("openapi.json")).items() if is_paged and "{" not in path]
    longest = 0
    for path in lists:
        posts = ("office", "root", "member", "chengdu")
        who = next(name for name in posts if it.ask("GET", path, name).status_code == 200)
        whole = it.get(f"{path}?page_size=200", who)
        last = it.get(f"{path}?page_size=1&page={max(1, whole['total'])}", who)
        beyond = it.get(f"{path}?page_size=1&page={whole['total'] + 1}", who)
        assert (last["total"], last["page_size"], beyond["items"]) == (whole["total"], 1, []), path
        assert last["items"] == whole["items"][-1:] or whole["total"] > 200
        longest = max(longest, whole["total"])
    assert longest > 200
    assert {"/api/v1/draws", "/api/v1/users", "/api/v1/requests", "/api/v1/checks"} <= set(lists)


def test_a_sample_is_told_page_by_page_and_by_stratum_and_city(it: Desk) -> None:
    total = it.get(f"{DRAW}/sample")["total"]
    pages = [it.get(f"{DRAW}/sample?page_size=100&page={page}") for page in range(1, total // 100 + 2)]
    rows = [row for page in pages for row in page["items"]]
    assert len(rows) == len({row["unit"] for row in rows}) == total > 100
    assert len({page["seed"] for page in pages}) == 1
    first = rows[0]
    cell = it.get(f"{DRAW}/sample?stratum={first['stratum']}&city={first['city']}&page_size=200")
    same = [row for row in rows if (row["stratum"], row["city"]) == (first["stratum"], first["city"])]
    assert (cell["items"], cell["total"]) == (same, len(same))
    drawn = {row["unit"] for row in rows if row["selected"]}
    assert drawn == {row["unit"] for row in it.get(DRAW)["sample"]}


def test_draws_are_found_by_campaign_and_state(it: Desk) -> None:
    def found(query: str) -> list[str]:
        return [row["draw"] for row in it.get(f"draws?{query}")["items"]]

    assert found("") == ["SC-2026-01", "SC-2027-01"]
    assert (found("campaign=2027"), found("campaign=none")) == (["SC-2027-01"], [])
    assert (found("state=drawn"), found("state=frozen")) == (["SC-2026-01"], ["SC-2027-01"])
    assert it.get("draws?state=whatever", expect=422)["code"] == "http-422"


def test_requests_are_found_by_state_and_accounts_by_role(it: Desk) -> None:
    for number in (1, 2):
        asked = it.post(f"{DRAW}/set-aside", "office", {"ground": "procedure", "reason": "x"})["request"]["number"]
        if number == 1:
            it.post(f"requests/{asked}/decline", "second", {"reason": "x"})
    totals = {state: it.get(f"requests?state={state}", "auditor")["total"] for state in ("waiting", "declined", "")}
    assert totals == {"waiting": 1, "declined": 1, "": 2}
    assert [each["account"] for each in it.get("users?role=city", "root")["items"]] == ["chengdu"]


def test_checks_and_pauses_are_found_by_campaign(it: Desk) -> None:
    it.clock = "2026-07-02T04:00:00Z"
    common = {"since": "2026-07-01", "reason": "汛情", "document": "令"}
    for campaign in ("2026", "2027", ""):
        it.post("pauses", "office", {**common, "campaign": campaign}, expect=201)
    found = it.get("pauses?campaign=2026", "office")["items"]
    assert [each["campaign"] for each in found] == ["2026", ""]
    assert it.get("pauses", "office")["total"] == 3
    unit = it.get(DRAW)["sample"][0]["unit"]
    people = [row for row in it.get("inspectors?page_size=200", "office")["items"] if row["city"][:4] != unit[:4]]
    check = {"policy": "sichuan-2020", "unit": unit, "ground": "complaint", "reason": "x", "document": "函"}
    check |= {"team": [row["inspector"] for row in people[:2]], "due_on": "2026-07-30", "campaign": "2026"}
    name = it.post("checks", "office", check, expect=201)["check"]
    assert [row["check"] for row in it.get(f"checks?campaign=2026&unit={unit}", "office")["items"]] == [name]
    assert it.get("checks?campaign=2027", "office")["total"] == it.get("checks?unit=none", "office")["total"] == 0

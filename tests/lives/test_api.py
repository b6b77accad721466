"""Units' lives over HTTP: the office records, a city its own first steps, everybody else looks at what is theirs."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from werkzeug.test import TestResponse

from audit_service.core.acts import beijing_day
from audit_service.core.canonical import parse_time, sha256_hex
from audit_service.store.acts import recorded
from audit_service.store.log import entries_from
from tests.lives.office import FUXING
from tests.office import LATE, on_both
from tests.roster_rows import workbook
from tests.web.desk import SCAN, Desk


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """The demonstration's units, taken into life."""
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    desk.office.import_demo()
    desk.clock = LATE
    assert desk.post("lives/adopt", "office", {"policy": "sichuan-2020"})["adopted"] == 343
    return desk


def test_the_office_records_steps_and_changes_of_divisions_and_all_who_oversee_see_them(lived: Desk) -> None:
    units = [row["unit"] for row in lived.get("lives?state=assessed&page_size=200", "office")["items"]]
    body = {"step": "name", "units": units, "on": "2026-06-30", "document": "川安委〔2026〕3号"}
    taken = lived.post("lives/steps", "office", body, expect=201)
    assert len(taken["units"]) == len(units) == 32
    for role in ("office", "second", "auditor"):
        assert lived.get(f"lives/{units[0]}", role)["valid_until"] == "2029-06-30"
        (_, named) = lived.get(f"lives/{units[0]}/history", role)["events"]
        assert (named["step"], named["role"], named["document"]) == ("name", "province", "川安委〔2026〕3号")
    again = lived.post("lives/steps", "office", body, expect=409)
    assert len(again["errors"]) == 32
    lived.post("lives/steps", "office", {**body, "step": "revoke"}, expect=422)
    _divisions(lived)


def beijing(clock: str) -> str:
    return beijing_day(parse_time(clock, "clock")).isoformat()


def _divisions(lived: Desk) -> None:
    first, second = (row["unit"] for row in lived.get("lives?state=re-evaluation", "office")["items"][:2])
    told = {"document": "川民发〔2026〕1号", "on": "2026-06-30"}
    renamed = {"unit": first, "name": "新名镇", "code": FUXING, **told}
    assert lived.post("lives/divisions/renames", "office", renamed, expect=201)["into_standing"]["state"] == (
        "re-evaluation"
    )
    assert lived.get(f"lives/{FUXING}/history", "office")["codes"] == [FUXING, first]
    gone, there = (lived.get(f"units/{unit}", "office") for unit in (first, FUXING))
    assert (gone["on_roster"], gone["taken_off_on"], gone["unit"]) == (False, beijing(lived.clock), first)
    assert (there["on_roster"], there["taken_off_on"], there["name"]) == (True, "", "新名镇")
    merged = {"unit": second, "into": FUXING, **told}
    assert lived.post("lives/divisions/merges", "office", merged, expect=201)["standing"]["successor"] == FUXING
    lived.post("lives/divisions/merges", "office", {**merged, "how": "transfer"}, expect=404)


def test_a_city_sees_its_own_units_alone_and_records_their_first_steps_and_no_others(lived: Desk) -> None:
    own = lived.get("lives?page_size=200", "chengdu")
    assert 0 < own["total"] < lived.get("lives", "office")["total"]
    assert {row["unit"][:4] for row in own["items"]} == {"5101"}
    assert lived.get("lives?city=510300", "chengdu")["total"] == own["total"]
    other = next(row["unit"] for row in lived.get("lives?city=510300", "office")["items"])
    answers = {lived.get(f"lives/{unit}/history", "chengdu", expect=404)["code"] for unit in (other, "510199999")}
    assert answers == {"unit-not-known"}
    _own_steps(lived)


def _own_steps(lived: Desk) -> None:
    building = lived.get("lives?state=building&city=510100", "office")["items"][0]["unit"]
    body = {"units": [building], "on": "2026-06-30", "document": "自评报告", "score": "86.5", "city_review": "同意"}
    taken = lived.post("lives/own-steps", "chengdu", {"step": "self-assess", **body}, expect=201)
    assert taken["units"][0]["state"] == "self-assessed"
    (warning,) = taken["warnings"]
    assert (warning["unit"], warning["code"]) == (building, "life-start-unknown")
    assert "没有登记启动建设" in warning["messages"]["zh"]
    lived.post("lives/own-steps", "chengdu", {"step": "name", **body}, expect=422)
    lived.post("lives/own-steps", "office", {"step": "apply", **body}, expect=403)
    lived.post("lives/steps", "chengdu", {"step": "apply", **body}, expect=403)
    facts = lived.get(f"lives/{building}/history", "chengdu")["events"][-1]["facts"]
    assert (facts["score"], facts["city_review"]) == ("86.5", "同意")


NOTICE = "川安委〔2026〕3号"
HEAD = ["单位编码", "文号", "日期"]


def sent(desk: Desk, path: str, by: str, rows: list[list[str]], expect: int = 201, **form: str) -> Any:
    """What came of a list that was sent."""
    headers = {"Authorization": f"Bearer {desk.tokens[by]}", "Audit-Demo-Clock": desk.clock}
    data = {**form, "files": [(BytesIO(workbook({"名单": rows})), "名单.xlsx")]}
    answer = desk.app.test_client(use_cookies=False).post(f"/api/v1/lives/{path}", headers=headers, data=data)
    assert answer.status_code == expect, answer.text
    return answer.json


def in_state(desk: Desk, state: str) -> list[str]:
    return [row["unit"] for row in desk.get(f"lives?state={state}&page_size=200", "office")["items"]]


@on_both
def test_the_scan_of_a_title_given_up_is_kept_and_fetched_by_who_sees_the_unit(lived: Desk) -> None:
    """Of its own shelf alone a city names a file: whoever knows a digest could else fetch what is another's."""
    first, second = (row["unit"] for row in lived.get("lives?state=re-evaluation&city=510100", "office")["items"][:2])
    told = {"step": "surrender", "on": "2026-06-30", "document": "放弃申请"}
    unknown = {**told, "units": [first], "declared_by": "王主任", "scan": sha256_hex(SCAN)}
    assert lived.post("lives/steps", "office", unknown, expect=409)["code"] == "step-file-not-kept"
    assert lived.send("lives/files", "office", b"#!/bin/sh", "scan.sh").status_code == 409
    (kept,) = lived.keep("lives", "office")
    lived.post("lives/steps", "office", unknown, expect=201)
    path = f"lives/{first}/files/{kept['sha256']}"
    for who in ("office", "second", "auditor", "chengdu"):
        served = lived.ask("GET", path, who)
        assert (served.data, served.content_type) == (SCAN, "application/pdf")
    (foreign,) = (row["unit"] for row in lived.get("lives?city=510300&page_size=1", "office")["items"])
    away = f"lives/{foreign}/files/{kept['sha256']}"
    assert lived.get(away, "chengdu", expect=404)["code"] == "unit-not-known"
    assert lived.get(f"lives/{second}/files/{kept['sha256']}", "chengdu", expect=404)["code"] == "step-file-none"
    own = {**told, "units": [second], "scan": kept["sha256"]}
    assert lived.post("lives/own-steps", "chengdu", own, expect=409)["code"] == "step-file-not-kept"
    assert lived.send("lives/own-files", "chengdu").status_code == 201
    lived.post("lives/own-steps", "chengdu", own, expect=201)
    assert lived.ask("GET", f"lives/{second}/files/{kept['sha256']}", "chengdu").data == SCAN
    with lived.office.runtime.look() as db:
        entries = [json.loads(each) for each in entries_from(db, 0, 10_000)]
    assert [each["digest"] for each in entries if each["action"] == "evidence"] == [kept["sha256"]] * 2


def test_a_list_in_excel_names_many_units_in_one_act_or_none(lived: Desk) -> None:
    units = in_state(lived, "assessed")
    rows = [[unit, NOTICE, "2026年6月30日"] for unit in units]
    wrong = [*rows[:3], ["510199999", NOTICE, "2026-06-30"], [units[4], "", ""]]
    refused = sent(lived, "steps/import", "office", [HEAD, *wrong], 409, step="name")
    assert {(each["row"], each["code"]) for each in refused["errors"]} == {
        (5, "unit-not-known"),
        (6, "life-on-missing"),
    }
    assert in_state(lived, "named") == []
    taken = sent(lived, "steps/import", "office", [HEAD, *rows], step="name")
    assert (taken["step"], len(taken["units"])) == ("name", len(units))
    assert {unit["valid_until"] for unit in taken["units"]} == {"2029-06-30"}
    assert sorted(in_state(lived, "named")) == sorted(units)
    (event,) = [each for each in lived.get(f"lives/{units[0]}/history", "auditor")["events"] if each["step"] == "name"]
    assert (event["number"], event["document"]) == (taken["number"], NOTICE)


def test_what_all_units_of_a_list_share_is_said_beside_it(lived: Desk) -> None:
    first, second = in_state(lived, "assessed")[:2]
    shared = {"step": "name", "on": "2026-06-30", "document": NOTICE}
    taken = sent(lived, "steps/import", "office", [HEAD, [first, "", ""], [second, "别的文", ""]], **shared)
    assert {unit["unit"]: unit["document"] for unit in taken["units"]} == {first: NOTICE, second: "别的文"}
    assert sent(lived, "steps/import", "office", [HEAD, [first, "", ""]], 409, step="dance")["code"] == (
        "life-step-unknown"
    )


def test_a_city_sends_a_list_of_its_own_units_and_of_no_others(lived: Desk) -> None:
    building = in_state(lived, "building")
    own = [unit for unit in building if unit.startswith("5101")]
    other = next(unit for unit in building if not unit.startswith("5101"))
    said = {"step": "self-assess", "on": "2026-06-30", "document": "自评报告"}
    stranger = sent(lived, "own-steps/import", "chengdu", [HEAD, [own[0], "", ""], [other, "", ""]], 409, **said)
    assert [(each["row"], each["code"]) for each in stranger["errors"]] == [(3, "unit-not-known")]
    name = lived.get(f"lives/{other}", "office")["name"]
    unnamed = sent(lived, "own-steps/import", "chengdu", [["单位编码", "建设单位名称"], ["", name]], 409, **said)
    assert [each["code"] for each in unnamed["errors"]] == ["life-unit-unmatched"]
    taken = sent(lived, "own-steps/import", "chengdu", [HEAD, [own[0], "", ""]], **said)
    assert [unit["state"] for unit in taken["units"]] == ["self-assessed"]
    named = {**said, "step": "name"}
    assert sent(lived, "own-steps/import", "chengdu", [HEAD, [own[0], "", ""]], 403, **named)["code"] == (
        "life-step-office"
    )


def written(desk: Desk, file: Path, *command: object) -> bytes:
    """What a command writes into a file."""
    desk.office.run(*command, "--lang", "zh", "--out", file)
    return file.read_bytes()


def handed(answer: TestResponse, name: str) -> bytes:
    """What was handed out under a name."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    return answer.data


@on_both
def test_next_years_draft_is_byte_for_byte_the_commands_and_its_digest_is_on_record(lived: Desk) -> None:
    query = "policy=sichuan-2020&year=2027"
    told = lived.get(f"lives/roll-over?{query}", "office")
    assert (told["policy"], told["year"], told["units"], told["without"]) == ("sichuan-2020", "2027", 343, [])
    draft = handed(lived.ask("POST", f"lives/roll-over.xlsx?{query}", "office"), "sichuan-2020-2027.xlsx")
    with lived.office.runtime.look() as db:
        last = list(recorded(db))[-1]
    assert (last.action, last.details["digest"]) == ("roll-over", sha256_hex(draft))
    lived.office.at(lived.clock)
    command = ("life", "roll-over", "--policy", "sichuan-2020", "--year", 2027)
    assert draft == written(lived, lived.office.folder / "2027.xlsx", *command)
    (lived.office.folder / "2027.xlsx").write_bytes(draft)
    report = lived.post("units/import", "office", files=[lived.office.folder / "2027.xlsx"])
    assert report["imported"] == 0
    for other, code in (("nanxun-2021", "roll-over-statuses"), ("none", "policy-unknown")):
        refused = lived.ask("POST", f"lives/roll-over.xlsx?policy={other}&year=2027", "office")
        assert refused.json["code"] == code
    assert lived.ask("POST", "lives/roll-over.xlsx?policy=sichuan-2020&year=1999", "office").status_code == 422


def words_of(data: bytes) -> str:
    paper = Document(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_handover_is_the_commands_and_a_city_gets_its_own(lived: Desk) -> None:
    lived.office.at(lived.clock).freeze("2027")
    office = handed(lived.ask("GET", "lives/handover.docx?post=抽验岗", "office"), "handover-office.docx")
    command = ("life", "handover", "--post", "抽验岗")
    assert office == written(lived, lived.office.folder / "h.docx", *command)
    assert "SC-2027-01" in words_of(office)
    own = lived.ask("GET", "lives/handover.docx?city=510300", "chengdu")
    assert "SC-2027-01" not in words_of(handed(own, "handover-510100.docx"))
    assert own.data == lived.ask("GET", "lives/handover.docx?city=成都", "auditor").data
    assert lived.get("lives/handover.docx?city=none", "office", expect=404)["code"] == "city-not-known"

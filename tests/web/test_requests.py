"""Requests that are sent again, that change what somebody else changed, and that are refused; lists; signing in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import on_both
from tests.roster_rows import DEMO, PERSON, UNIT
from tests.web.desk import Desk

ROSTER = DEMO / "roster_demo.csv"
AUDITOR = {"account": "new-1", "role": "auditor"}


@pytest.fixture
def it(desk: Desk) -> Desk:
    """A desk with an administrator."""
    desk.appoint("root", "administrator")
    return desk


@on_both
def test_what_is_sent_again_with_its_key_is_done_once_and_answered_alike(it: Desk) -> None:
    first = it.ask("POST", "users", "root", json=AUDITOR, Idempotency_Key="k1")
    again = it.ask("POST", "users", "root", json=AUDITOR, Idempotency_Key="k1")
    assert (first.status_code, first.json) == (again.status_code, again.json) == (201, first.json)
    assert [user["account"] for user in it.get("users", "root")["items"]].count("new-1") == 1
    assert it.ask("POST", "users", "root", json=AUDITOR).json["code"] == "account-twin"


def test_a_request_that_was_refused_can_be_sent_again_with_its_key(it: Desk) -> None:
    wrong = {"account": "cd", "role": "city"}
    assert it.post("users", "root", wrong, expect=409, Idempotency_Key="k" * 256)["code"] == "key-form"
    assert it.post("users", "root", wrong, expect=409, Idempotency_Key="k1")["code"] == "account-city"
    it.post("users", "root", AUDITOR, expect=201, Idempotency_Key="k1")


def test_a_token_that_is_issued_is_told_once_whatever_key_comes_with_it(desk: Desk) -> None:
    secrets = {
        desk.post("tokens", "office", {"label": "x"}, expect=201, Idempotency_Key="k1")["secret"] for _ in range(2)
    }
    assert len(secrets) == 2


def test_who_changes_what_somebody_else_changed_meanwhile_is_told_so(it: Desk) -> None:
    it.post("users", "root", AUDITOR, expect=201)
    seen = it.ask("GET", "users/new-1", "root").headers["ETag"]
    handed = it.ask("PUT", "users/new-1/holder", "root", json={"holder": "A"}, If_Match=seen)
    assert handed.status_code == 200
    late = it.ask("PUT", "users/new-1/holder", "root", json={"holder": "B"}, If_Match=seen)
    assert (late.status_code, late.json["code"]) == (412, "http-412")
    assert it.ask("DELETE", "users/new-1", "root", If_Match='"other"').status_code == 412
    assert it.get("users/new-1", "root")["holder"] == "A"
    assert it.ask("GET", "users/new-1", "root", If_None_Match=handed.headers["ETag"]).status_code == 304


@on_both
def test_a_text_is_found_in_upper_and_lower_case(desk: Desk) -> None:
    office = desk.office
    office.environment = {**office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    office.import_rows("units", [{**UNIT, "单位编码": "X-510100-0001", "建设单位名称": "A区街道"}])
    office.import_rows("people", [{**PERSON, "人员编号": "C510101"}])
    office.run("life", "adopt", "--policy", "sichuan-2020")
    for path, wanted in (("units", "x-5101"), ("units", "a区"), ("lives", "x-5101"), ("inspectors", "c5101")):
        few, many = (desk.get(f"{path}?text={text}", "office")["total"] for text in (wanted, wanted.upper()))
        assert few == many > 0, (path, wanted)


def test_a_list_comes_page_by_page_and_is_filtered(desk: Desk) -> None:
    desk.post("units/import", "office", files=[ROSTER])
    whole = desk.get("units?page_size=200", "auditor")
    pages = [desk.get(f"units?page_size=100&page={page}", "auditor")["items"] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [100, 100, 100, whole["total"] - 300]
    codes = [unit["unit"] for page in pages for unit in page]
    assert codes == sorted(set(codes))
    unit = whole["items"][7]
    assert unit in desk.get(f"units?city={unit['city']}&text={unit['name']}", "auditor")["items"]
    assert desk.get("units?text=%25", "auditor")["total"] == 0  # a sign of its own, not any text
    assert desk.get("units?page_size=201", "auditor", expect=422)["errors"]


def test_a_roster_with_errors_lists_them_all_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    lines = ROSTER.read_text("utf-8-sig").splitlines()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("\n".join([lines[0], *(line.replace("成都市", "某地") for line in lines[1:4])]), "utf-8-sig")
    found = desk.post("units/import", "office", files=[wrong], expect=409)
    assert found["code"] == "roster-errors"
    assert [finding["row"] for finding in found["errors"]] == [2, 3, 4]
    assert set(found["errors"][0]["messages"]) == {"zh", "en"}
    assert desk.get("units", "auditor")["total"] == 0


def test_what_was_refused_and_what_was_undone_stands_where_auditors_look(desk: Desk) -> None:
    desk.post("units/import", "office", files=[ROSTER])
    desk.post("draws", "second", {"campaign": "2026", "policy": "sichuan-2020"}, expect=403)
    desk.post("draws", "office", {"campaign": "2026", "policy": "sichuan-2020"}, expect=201)
    event = {"source": "kl8", "event": "2026068", "not_before": "2026-07-16T13:30:00Z"}
    desk.post("draws/SC-2026-01/commit", "office", {"events": [event]})
    desk.post("draws/SC-2026-01/commit", "office", {"events": [event]}, expect=409)
    desk.post("draws/SC-2026-01/withdraw", "office", {"reason": "the meeting is moved"})
    found = desk.get("attempts", "auditor")["items"]
    assert {(row["by"], row["code"] or row["what"]) for row in found} == {
        ("second", "right-missing"),
        ("office", "commit-twice"),
        ("office", "withdraw"),
    }


def test_reasons_and_documents_are_for_oversight_and_not_for_the_public(desk: Desk) -> None:
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    draw = desk.office.drawn()
    other = "ssq:2026075:020812192433+08,d10:meeting:84729150366271940583"
    desk.clock = "2026-07-02T00:00:00Z"
    asked = desk.post(f"draws/{draw}/correct", "office", {"public": other, "document": "a note that names somebody"})
    desk.post(f"requests/{asked['request']['number']}/confirm", "second")
    shown = {who: desk.ask("GET", f"draws/{draw}", who).text for who in ("", "auditor")}
    assert "names somebody" in shown["auditor"]
    assert "names somebody" not in shown[""]


def test_an_administrator_gives_a_post_its_first_password(desk: Desk) -> None:
    desk.appoint("root", "administrator")
    told = desk.ask("PUT", "users/auditor/password", "root", json={"password": "correct horse battery"})
    assert told.json == {"name": "auditor", "state": "changed", "request": None}
    signed_in = {"account": "auditor", "password": "correct horse battery"}
    assert desk.post("session", "", signed_in, expect=201)["role"] == "auditor"
    assert (
        desk.ask("PUT", "users/auditor/password", "root", json={"password": "short"}).json["code"] == "password-length"
    )
    unknown = desk.ask("PUT", "users/nobody/password", "root", json={"password": "correct horse battery"})
    assert unknown.status_code == 404


def test_a_post_signs_in_by_its_password_and_out_again(desk: Desk) -> None:
    client = desk.app.test_client()
    assert client.post("/api/v1/session", json={"account": "auditor", "password": "x" * 12}).status_code == 401
    desk.ask("PUT", "me/password", "auditor", json={"password": "correct horse battery"})
    wrong = desk.ask("PUT", "me/password", "auditor", json={"password": "another horse", "present": "no"})
    assert wrong.status_code == 403
    opened = client.post("/api/v1/session", json={"account": "auditor", "password": "correct horse battery"})
    assert (opened.status_code, opened.json) == (201, {"account": "auditor", "role": "auditor"})
    assert "HttpOnly" in opened.headers["Set-Cookie"]
    assert client.get("/api/v1/me").json["account"] == "auditor"
    assert client.delete("/api/v1/session").status_code == 403  # no page of ours asked
    assert client.delete("/api/v1/session", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert client.get("/api/v1/me").status_code == 401

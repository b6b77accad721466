"""What a post or a pause stands for must be there: a city that is known, an inspector who is on the roster."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from audit_service.store.account_tables import accounts, tokens
from tests.after.scene import UNIT, set_up
from tests.web.desk import Desk

PAUSE = {"campaign": "", "since": "2026-06-01", "reason": "汛情", "document": "川安办〔2026〕9号"}


@pytest.fixture
def it(desk: Desk) -> Desk:
    """Two units of Chengdu with a life, people on the roster, and an administrator beside the other posts."""
    with desk.office.runtime.begin() as db:
        set_up(db, posts=False)
    desk.appoint("root", "administrator")
    return desk


def posted(it: Desk, role: str, expect: int, **stands_for: str) -> Any:
    return it.post("users", "root", {"account": "post", "role": role, **stands_for}, expect=expect)


@pytest.mark.parametrize("city", ["51", "510000", "519900", "nowhere"])
def test_no_post_is_made_for_a_city_that_there_is_not(it: Desk, city: str) -> None:
    assert posted(it, "city", 404, city=city)["code"] == "city-not-known"


def test_a_post_for_a_city_sees_that_city(it: Desk) -> None:
    assert posted(it, "city", 201, city="510100")["city"] == "510100"


def test_a_post_with_half_a_code_for_its_city_sees_no_unit(it: Desk) -> None:
    """Such posts could once be made, and saw the whole province."""
    with it.office.runtime.begin() as db:
        db.execute(update(accounts).where(accounts.c.account == "chengdu").values(city="51"))
    assert it.get("lives", "chengdu")["total"] == 0
    assert it.get(f"lives/{UNIT}", "chengdu", 404)["code"] == "unit-not-known"
    assert it.get("lives?city=51", "office")["total"] == 0


def test_no_post_is_made_for_an_inspector_who_is_not_on_the_roster(it: Desk) -> None:
    assert posted(it, "inspector", 404, inspector="C999999")["code"] == "account-inspector-unknown"
    it.post("inspectors/leave", "office", {"inspectors": ["C510101"], "reason": "调离"})
    assert posted(it, "inspector", 404, inspector="C510101")["code"] == "account-inspector-unknown"
    assert posted(it, "inspector", 201, inspector="C510201")["inspector"] == "C510201"


@pytest.mark.parametrize(("city", "status"), [("51160", 404), ("nowhere", 404), ("511600\n", 422)])
def test_no_pause_is_begun_in_a_city_that_there_is_not(it: Desk, city: str, status: int) -> None:
    it.post("pauses", "office", {**PAUSE, "cities": ["511500", city]}, expect=status)
    assert it.get("pauses", "office")["items"] == []


def test_a_pause_names_the_cities_whose_clocks_it_stops(it: Desk) -> None:
    begun = it.post("pauses", "office", {**PAUSE, "cities": ["511600", "510100"]}, expect=201)
    assert begun["cities"] == ["510100", "511600"]


def test_a_line_break_behind_what_has_a_form_is_refused(it: Desk) -> None:
    digest = "ab" * 32
    for path, body in (
        ("draws", {"campaign": "2026\n", "policy": "sichuan-2020"}),
        ("notices/check", {"notice": "{}", "root": f"{digest}\n"}),
        ("frames/confirmations", {"city": "510100\n", "file": "a.pdf", "sha256": digest, "date": "2026-06-01"}),
    ):
        assert it.ask("POST", path, "office", json=body).status_code == 422, path
    assert it.ask("GET", "units?city=510100%0A", "office").status_code == 422


def test_the_only_administrator_who_could_get_in_is_not_locked_out_over_http(it: Desk) -> None:
    def handed_over(expect: int) -> Any:
        tag = it.ask("GET", "users/root", "root").headers["ETag"]
        answer = it.ask("PUT", "users/root/holder", "root", json={"holder": "张三"}, If_Match=tag)
        assert answer.status_code == expect, answer.text
        return answer.json

    assert handed_over(409)["code"] == "administrator-last"
    it.post("users", "root", {"account": "other", "role": "administrator"}, expect=201)
    assert handed_over(409)["code"] == "administrator-last"
    other = it.post("tokens", "root", {"account": "other", "scopes": ["read", "act"], "days": 1}, expect=201)["secret"]
    assert handed_over(200)["holder"] == "张三"
    assert it.get("users/root", "root", 401)["code"] == "token-unknown"
    it.post("tokens", other, {"account": "root", "scopes": ["read", "act"], "days": 1}, expect=201)


def test_nobody_makes_accounts_over_http_without_a_token_whoever_could_get_in(it: Desk) -> None:
    with it.office.runtime.begin() as db:
        db.execute(update(tokens).where(tokens.c.account == "root").values(revoked_at=it.office.runtime.wall_clock()))
    for path, body in (("users", {"account": "x", "role": "administrator"}), ("tokens", {"account": "root"})):
        assert it.post(path, "", body, expect=401)["code"] == "token-needed"
        assert it.post(path, "office", body, expect=403)["code"] == "right-missing"

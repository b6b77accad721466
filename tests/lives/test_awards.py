"""Awards to people: those of the policy, as many as it allows, with names that the log does not tell."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

import pytest

from tests.office import Office, on_both
from tests.web.desk import Desk

NAME: Final = "王某甲"
GIVE: Final = ("award", "give", "--policy", "nanxun-2021", "--document", "评选通报", "--on", "2026-06-19")


@pytest.fixture
def few(office: Office) -> Office:
    """An office whose policy has two of the best at most."""
    policy = json.loads(files("audit_service.policies").joinpath("nanxun-2021.json").read_bytes())
    (best,) = [award for award in policy["awards"] if award["award"] == "best"]
    best["at_most"] = 2
    (office.folder / "own").mkdir()
    (office.folder / "own" / "nanxun-2021.json").write_text(json.dumps(policy), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(office.folder / "own")}
    return office


@on_both
def test_a_person_is_given_an_award_and_the_log_does_not_say_who(few: Office) -> None:
    given = few.run(*GIVE, "--award", "best", f"{NAME}/某镇/成都").json["items"]
    assert [(each["given"], each["name"], each["institution"], each["city"]) for each in given] == [
        ("H-2026-0001", NAME, "某镇", "510100")
    ]
    assert few.run("award", "list", "--policy", "nanxun-2021").json["items"] == given
    assert few.run("award", "list", "--city", "绵阳").json["items"] == []
    shown = few.show("award", "list", "--lang", "zh")
    assert "最美应急人" in shown
    assert NAME in shown
    few.run("log", "export", few.folder / "log")
    published = b"".join(file.read_bytes() for file in (few.folder / "log").rglob("*") if file.is_file())
    assert b'"award":"best"' in published
    assert NAME.encode() not in published
    assert json.dumps(NAME)[1:-1].encode() not in published


@on_both
def test_one_document_gives_it_to_no_more_people_than_the_policy_allows(few: Office) -> None:
    best = (*GIVE, "--award", "best")
    few.run(*best, f"{NAME}/某镇")
    assert few.run(*best, "甲/某镇", "乙/某镇", expect=1).code == "award-people-many"
    assert few.run(*best, f"{NAME}/某镇", expect=1).code == "award-person-twice"
    assert len(few.run("award", "list").json["items"]) == 1
    few.run(*best, "甲/某镇")
    few.run("award", "withdraw", "H-2026-0001", "--reason", "登记错误")
    few.run(*best, "乙/某镇")
    withdrawn = {each["given"]: each["withdrawn"] for each in few.run("award", "list").json["items"]}
    assert withdrawn == {"H-2026-0001": "登记错误", "H-2026-0002": "", "H-2026-0003": ""}
    assert "登记错误" in few.show("award", "list")


def test_what_cannot_be_recorded_is_told_in_words(few: Office) -> None:
    best = (*GIVE, "--award", "best")
    wrong = {
        ("--award", "best", "甲"): "award-person-form",
        ("--award", "best", "甲/某镇/成都/x"): "award-person-form",
        ("--award", "best", "甲/"): "award-person-unsaid",
        ("--award", "best", "甲/某镇/没有这里"): "city-not-known",
        ("--award", "medal", "甲/某镇"): "award-name-unknown",
        ("甲/某镇",): "award-name-unknown",  # of several
        ("--award", "best", "--on", "2026-06-21", "甲/某镇"): "life-ahead",
        ("--award", "best", "--document", " ", "甲/某镇"): "document-empty",
    }
    assert {said: few.run(*GIVE, *said, expect=1).code for said in wrong} == wrong
    few.run(*best, "甲/某镇")
    few.run("award", "withdraw", "H-2026-0001", "--reason", "登记错误")
    for name, code in (("H-2026-0001", "award-withdrawn"), ("H-2026-0009", "award-unknown")):
        assert few.run("award", "withdraw", name, "--reason", "x", expect=1).code == code


def test_an_award_of_units_is_none_of_people(office: Office) -> None:
    said = ("--policy", "shapingba-2024", "--document", "通报", "--on", "2026-06-19", "甲/某镇")
    assert office.run("award", "give", *said, expect=1).code == "award-name-unknown"


def test_over_http_a_city_sees_the_awards_of_its_own_people_alone(desk: Desk) -> None:
    people = [{"name": "甲", "institution": "某镇", "city": "成都"}, {"name": "乙", "institution": "某镇"}]
    body = {"policy": "nanxun-2021", "award": "best", "people": people, "document": "通报", "on": "2026-06-19"}
    given = desk.post("awards", "office", body, expect=201)["items"]
    assert given[0]["label"]["zh"] == "最美应急人"
    assert desk.get("awards", "auditor")["items"] == given
    assert desk.get("awards", "chengdu")["items"] == given[:1]
    gone = desk.post("awards/H-2026-0001/withdraw", "office", {"reason": "登记错误"})
    assert (gone["given"], gone["withdrawn"]) == ("H-2026-0001", "登记错误")

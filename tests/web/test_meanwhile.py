"""Who acts is asked anew in the transaction that acts: while a request waited for others, its post may have been handed
over or given up, and its token revoked. What was made with a stolen token ends with it."""

from __future__ import annotations

import pytest

from tests.web.desk import Desk, meanwhile

PASSWORD = "correct horse battery staple"
TOKEN = {"scopes": ["read", "act"], "days": 30}


@pytest.fixture
def it(desk: Desk) -> Desk:
    """With an administrator, by whose token the command line acts."""
    desk.appoint("root", "administrator")
    return by(desk, "root")


def by(desk: Desk, name: str) -> Desk:
    """The command line acts by the token of a post from now on."""
    desk.office.environment = {**desk.office.environment, "AUDIT_TOKEN": desk.tokens[name]}
    return desk


def test_a_post_that_is_handed_over_meanwhile_is_not_kept_by_who_held_it(it: Desk) -> None:
    for path, method, body in (
        ("tokens", "POST", {"account": "", **TOKEN}),
        ("me/password", "PUT", {"password": PASSWORD, "present": ""}),
    ):
        with meanwhile(it, lambda: it.office.run("user", "hand-over", "second", "--holder", "乙")):
            answer = it.ask(method, path, "second", json=body)
        assert (answer.status_code, answer.json["code"]) == (401, "token-unknown"), path
        it.tokens["second"] = it.post("tokens", "root", {"account": "second", **TOKEN}, expect=201)["secret"]
    tried = {"json": {"account": "second", "password": PASSWORD}}
    assert it.app.test_client().post("/api/v1/session", **tried).status_code == 401


def test_a_post_that_is_given_up_meanwhile_does_nothing_more(it: Desk) -> None:
    by(it, "office").office.import_demo()
    by(it, "root")
    with meanwhile(it, lambda: it.office.run("user", "dismiss", "office")):
        it.post("draws", "office", {"campaign": "2026", "policy": "sichuan-2020"}, expect=401)
    assert it.get("draws")["items"] == []


def test_the_command_line_asks_anew_too(it: Desk) -> None:
    it.appoint("root-2", "administrator")

    def revoked() -> None:
        listed = it.get("tokens?account=root-2", "root")["items"]
        assert it.ask("DELETE", f"tokens/{listed[0]['token']}", "root").status_code == 200

    by(it, "root-2")
    with meanwhile(it, revoked):
        assert it.office.run("user", "add", "late", "--role", "auditor", expect=1).code == "token-unknown"
    by(it, "root")
    assert "late" not in [each["account"] for each in it.office.run("user", "list").json]


def test_what_was_made_with_a_stolen_token_ends_with_it(it: Desk) -> None:
    stolen = it.get("tokens?account=auditor", "root")["items"][0]["token"]
    it.tokens["made"] = it.post("tokens", "auditor", {"account": "", **TOKEN}, expect=201)["secret"]
    it.tokens["by-it"] = it.post("tokens", "made", {"account": "", **TOKEN}, expect=201)["secret"]
    it.tokens["other"] = it.post("tokens", "root", {"account": "auditor", **TOKEN}, expect=201)["secret"]
    assert it.ask("PUT", "me/password", "by-it", json={"password": PASSWORD, "present": ""}).status_code == 200
    sign_in = {"json": {"account": "auditor", "password": PASSWORD}}
    assert it.ask("DELETE", f"tokens/{stolen}", "root").status_code == 200
    it.get("me", "by-it")  # who changes tokens revokes the old one, and goes on by the new
    assert it.app.test_client().post("/api/v1/session", **sign_in).status_code == 201
    assert it.ask("DELETE", f"tokens/{stolen}?stolen=true", "root").status_code == 200
    for token in ("auditor", "made", "by-it"):
        it.get("me", token, expect=401)
    it.get("me", "other")
    assert it.app.test_client().post("/api/v1/session", **sign_in).status_code == 401


def test_a_password_that_somebody_set_after_the_thief_stays(it: Desk) -> None:
    stolen = it.get("tokens?account=auditor", "root")["items"][0]["token"]
    assert it.ask("PUT", "me/password", "auditor", json={"password": PASSWORD, "present": ""}).status_code == 200
    it.office.run("user", "password", "auditor", "--password", f"{PASSWORD} 2")
    it.office.run("token", "revoke", stolen, "--stolen")
    sign_in = {"json": {"account": "auditor", "password": f"{PASSWORD} 2"}}
    assert it.app.test_client().post("/api/v1/session", **sign_in).status_code == 201


def test_a_request_of_a_post_that_was_given_up_stands_in_nobodys_way(it: Desk) -> None:
    by(it, "office").office.import_demo()
    draw = it.office.commit()
    by(it, "root")
    it.clock = "2026-07-01T13:30:00Z"
    value = {"public": "ssq:2026075:020812192433+07,d10:meeting:84729150366271940583"}
    it.post(f"draws/{draw}/seed", "office", value)
    aside = {"ground": "frame-error", "reason": "a unit was missing"}
    it.appoint("gone", "province")
    first = it.post(f"draws/{draw}/set-aside", "gone", aside)["request"]["number"]
    assert it.post(f"draws/{draw}/set-aside", "office", aside, expect=409)["code"] == "request-twice"
    it.office.run("user", "dismiss", "gone")
    second = it.post(f"draws/{draw}/set-aside", "office", aside)["request"]["number"]
    assert it.post(f"requests/{first}/confirm", "second", expect=409)["code"] == "request-asker-dismissed"
    it.post(f"requests/{first}/decline", "second", {"reason": "提出人已撤销岗位"})
    it.post(f"requests/{second}/confirm", "second")
    assert it.get(f"draws/{draw}")["state"] == "set-aside"

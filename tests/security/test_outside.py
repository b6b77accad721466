"""What other sites, guessers and strangers with a token may try at the service's door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from werkzeug.test import TestResponse

from audit_service import passwords
from audit_service.store import accounts as store
from audit_service.use_cases import limits
from audit_service.use_cases.accounts import MOST_ATTEMPTS
from audit_service.web.addresses import client_address
from audit_service.web.asking import SESSION
from tests.office import on_both
from tests.roster_rows import DEMO
from tests.web.desk import Desk

PASSWORD: Final = "correct horse battery staple"
OTHER: Final = "incorrect horse battery staple"
NOON: Final = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock(play: Desk, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The wall clock of the service, to be put forward; it begins a window of attempts."""
    moments = [NOON]
    monkeypatch.setattr(type(play.office.runtime), "wall_clock", staticmethod(lambda: moments[0]))
    return moments


def give_password(desk: Desk, name: str) -> None:
    with desk.office.runtime.begin() as db:
        store.put_password(db, name, passwords.hash_password(PASSWORD), NOON)


def sign_in(desk: Desk, name: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    client = desk.app.test_client(use_cookies=False)
    return client.post("/api/v1/session", json={"account": name, "password": password}, **more)


def cookie_of(answer: TestResponse) -> str:
    assert answer.status_code == 201, answer.text
    return answer.headers["Set-Cookie"].partition(";")[0]


def by_cookie(desk: Desk, cookie: str, method: str, path: str, **headers: str) -> TestResponse:
    sent = {"Cookie": cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
    body = {"json": {"inspectors": ["C510101"], "reason": "x"}} if method == "POST" else {}
    return desk.app.test_client(use_cookies=False).open(f"/api/v1/{path}", method=method, headers=sent, **body)


# --- sessions -------------------------------------------------------------------------------------------------------


def test_another_sites_page_does_nothing_with_the_cookie_of_who_looks_at_it(play: Desk) -> None:
    give_password(play, "office")
    cookie = cookie_of(sign_in(play, "office"))
    for elsewhere in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
        {"Sec_Fetch_Site": "cross-site", "Origin": "http://localhost"},
    ):
        answer = by_cookie(play, cookie, "POST", "inspectors/leave", **elsewhere)
        assert (answer.status_code, answer.json["code"]) == (403, "other-site")
    for own in ({"Sec_Fetch_Site": "same-origin"}, {"Origin": "http://localhost"}):
        answer = by_cookie(play, cookie, "POST", "inspectors/leave", **own)
        assert answer.status_code == 200 or answer.json["code"] != "other-site"
    assert by_cookie(play, cookie, "GET", "me", Sec_Fetch_Site="cross-site").status_code == 200


def test_another_site_signs_nobody_in_as_somebody_else(play: Desk) -> None:
    """A form can send no JSON, and what could is asked for first by the browser (CORS), which gets no leave."""
    give_password(play, "office")
    body = f'{{"account": "office", "password": "{PASSWORD}"}}'
    client = play.app.test_client(use_cookies=False)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post("/api/v1/session", data=body, content_type=kind)
        assert answer.status_code in (400, 415, 422)
        assert "Set-Cookie" not in answer.headers
    asked = client.options("/api/v1/session", headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in asked.headers if name.lower().startswith("access-control")]


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_other_sites_and_plain_http(play: Desk) -> None:
    give_password(play, "office")
    said = sign_in(play, "office").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(said.split("; "))
    play.office.environment = {**play.office.environment, "AUDIT_DEMO": "0"}
    play.office.at("")
    play.office.runtime.settings = play.office._settings()
    assert "Secure" in sign_in(play, "office").headers["Set-Cookie"].split("; ")


def test_a_session_that_was_ended_opens_nothing_and_its_cookie_does_not_keep_anybody_out(play: Desk) -> None:
    give_password(play, "office")
    cookie = cookie_of(sign_in(play, "office"))
    assert by_cookie(play, cookie, "DELETE", "session", Sec_Fetch_Site="same-origin").status_code == 200
    answer = by_cookie(play, cookie, "GET", "me")
    assert answer.status_code == 401
    assert f"{SESSION}=;" in answer.headers["Set-Cookie"]
    assert by_cookie(play, cookie, "GET", "draws").status_code == 200
    again = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    assert by_cookie(play, cookie_of(sign_in(play, "office", headers=again)), "GET", "me").status_code == 200


# --- guessing -------------------------------------------------------------------------------------------------------


def test_an_unknown_account_a_wrong_password_and_a_locked_account_are_answered_alike(
    play: Desk, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And take as long: each is compared with a hash once, of the same cost."""
    for name in ("office", "second", "auditor"):
        give_password(play, name)
    with play.office.runtime.begin() as db:
        for _ in range(MOST_ATTEMPTS):
            store.count_attempt(db, f"sign-in:{passwords.digest_of('second')}", limits.window_of(NOON))
    asked = {"unknown": OTHER, "office": OTHER, "second": PASSWORD, "chengdu": OTHER}  # who has no password at all
    told: dict[str, tuple[int, Any, list[str]]] = {}
    costs: list[str] = []
    verify = PasswordHasher.verify

    def noted(self: PasswordHasher, hashed: str, password: str) -> bool:
        costs.append(hashed.rsplit("$", 2)[0])
        return verify(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for name, password in asked.items():
        answer = sign_in(play, name, password)
        told[name] = (answer.status_code, answer.json, sorted(set(answer.headers.keys())))
    assert all(answer == told["office"] for answer in told.values())
    assert told["office"][0] == 401
    assert costs == [costs[0]] * len(asked)


@on_both
def test_after_ten_wrong_passwords_in_a_quarter_of_an_hour_the_right_one_is_of_no_use(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in the database, so for all processes: here two applications take turns."""
    from audit_service.runtime import Runtime
    from audit_service.web.application import assemble

    moments = [NOON]
    monkeypatch.setattr(Runtime, "wall_clock", staticmethod(lambda: moments[0]))
    give_password(desk, "office")
    other = Desk(desk.office, assemble(Runtime(desk.office.runtime.settings)), desk.tokens)
    with desk.office.runtime.begin() as db:
        for _ in range(MOST_ATTEMPTS - 2):  # else it takes long: each is an argon2
            store.count_attempt(db, f"sign-in:{passwords.digest_of('office')}", limits.window_of(NOON))
    for which in (desk, other):
        assert sign_in(which, "office", OTHER).status_code == 401
    assert sign_in(other, "office").status_code == 401
    assert desk.ask("GET", "me", "office").status_code == 200  # its tokens are not locked
    moments[0] += timedelta(minutes=14, seconds=59)
    assert sign_in(desk, "office").status_code == 401
    moments[0] += timedelta(seconds=1)
    assert sign_in(desk, "office").status_code == 201
    other.app.extensions["runtime"].engine.dispose()


def test_a_present_password_is_not_guessed_by_who_found_a_token(play: Desk, clock: list[datetime]) -> None:
    give_password(play, "office")
    with play.office.runtime.begin() as db:
        for _ in range(limits.PASSWORDS.most - 1):
            limits.count(db, limits.PASSWORDS, "office", NOON)
    answer = play.ask("PUT", "me/password", "office", json={"present": OTHER, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (403, "sign-in-failed")
    right = {"present": PASSWORD, "password": OTHER}
    assert play.ask("PUT", "me/password", "office", json=right).status_code == 429
    clock[0] += timedelta(seconds=limits.WINDOW)
    assert play.ask("PUT", "me/password", "office", json=right).status_code == 200
    assert sign_in(play, "office", OTHER).status_code == 201


def fill(desk: Desk, address: str = "127.0.0.1") -> None:
    """As many failures as an address may have, by wrong tokens and wrong passwords."""
    client = desk.app.test_client(use_cookies=False)
    for number in range(limits.FAILURES.most - 1):
        wrong = {"Authorization": f"Bearer aud_{number:012x}_x", "X-Forwarded-For": address}
        assert client.get("/api/v1/me", headers=wrong).status_code == 401
    assert sign_in(desk, "nobody", headers={"X-Forwarded-For": address}).status_code == 401


def test_too_many_wrong_tokens_and_passwords_from_one_address_are_refused_with_the_time_to_wait(
    play: Desk, clock: list[datetime]
) -> None:
    give_password(play, "office")
    fill(play, "203.0.113.7")
    clock[0] += timedelta(seconds=100)
    here = {"X-Forwarded-For": "203.0.113.7"}
    client = play.app.test_client(use_cookies=False)
    wrong = client.get("/api/v1/me", headers={"Authorization": "Bearer aud_x_x", **here})
    looked = client.get("/api/v1/draws", headers={"Cookie": f"{SESSION}=aud_x_x", **here})
    tried = sign_in(play, "office", headers=here)
    for answer in (wrong, looked, tried):
        assert (answer.status_code, answer.json["code"]) == (429, "too-many")
        assert answer.headers["Retry-After"] == "800"
        assert answer.content_type == "application/problem+json"
    assert sign_in(play, "office", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 201
    right = {"Authorization": f"Bearer {play.tokens['office']}", **here}
    assert client.get("/api/v1/me", headers=right).status_code == 200  # a neighbour of the guesser works on
    clock[0] += timedelta(seconds=800)
    assert sign_in(play, "office", headers=here).status_code == 201


def test_addresses_are_not_kept_and_what_is_over_makes_room(play: Desk, clock: list[datetime]) -> None:
    def kept() -> list[tuple[str, int]]:
        with play.office.runtime.look() as db:
            return [(row.name, row.window) for row in db.execute(text('SELECT name, "window" FROM attempts'))]

    client = play.app.test_client(use_cookies=False)
    for number in range(20):
        here = {"X-Forwarded-For": f"203.0.113.{number}", "Authorization": "Bearer aud_x_x"}
        assert client.get("/api/v1/me", headers=here).status_code == 401
    assert sign_in(play, "guess", headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 401
    first = kept()
    assert len(first) == 21
    told = {
        word for number in range(20) for word in (f"203.0.113.{number}", passwords.digest_of(f"203.0.113.{number}"))
    }
    assert not any(word in name for name, _ in first for word in (*told, "guess"))
    clock[0] += timedelta(seconds=limits.WINDOW)
    for number in range(20):
        client.get("/api/v1/me", headers={"X-Forwarded-For": f"10.0.0.{number}", "Authorization": "Bearer aud_x_x"})
    assert len(kept()) == 21
    assert sum(window == limits.window_of(clock[0]) for _, window in kept()) == 20


@pytest.mark.parametrize(
    ("peer", "said", "expected"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::1", "203.0.113.7", "203.0.113.7"),
        ("", "203.0.113.7", "203.0.113.7"),  # a socket of this machine
        ("127.0.0.1", "10.0.0.1, 203.0.113.7", "203.0.113.7"),  # what the proxy said, not what it was told
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: it is not believed
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", None, ""),
    ],
)
def test_an_address_is_the_proxys_word_where_the_proxy_is_on_this_machine(
    play: Desk, peer: str, said: str | None, expected: str
) -> None:
    headers = {"X-Forwarded-For": said} if said else {}
    with play.app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert client_address() == expected


def test_uploads_and_trials_of_an_account_have_a_limit(play: Desk, clock: list[datetime]) -> None:
    play.office.freeze()
    for limit, path, more in (
        (limits.TRIALS, "draws/SC-2026-01/trial", {}),
        (limits.UPLOADS, "recusals/import", {"files": [DEMO / "recusals_demo.csv"]}),
    ):
        assert play.ask("POST", path, "office", **more).status_code == 200
        with play.office.runtime.begin() as db:
            for _ in range(limit.most - 1):
                limits.count(db, limit, "office", NOON)
        answer = play.ask("POST", path, "office", **more)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
        clock[0] += timedelta(seconds=limits.WINDOW)
        assert play.ask("POST", path, "office", **more).status_code == 200
        clock[0] = NOON


# --- tokens ---------------------------------------------------------------------------------------------------------


def test_a_token_for_looking_does_nothing_and_makes_none_that_does(play: Desk) -> None:
    asked = {"scopes": ["read"], "days": 1}
    looks = play.post("tokens", "office", asked, expect=201)["secret"]
    assert play.get("me", looks)["scopes"] == ["read"]
    for path, body in (("tokens", asked), ("draws", {"campaign": "2026", "policy": "sichuan-2020"})):
        assert play.post(path, looks, body, expect=403)["code"] == "scope-missing"
    acts = play.post("tokens", "office", {"scopes": ["act"], "days": 1}, expect=201)["secret"]
    assert play.post("tokens", acts, {"scopes": ["read", "act"], "days": 1}, expect=409)["code"] == "token-wider"
    assert play.get("me", acts, expect=403)["code"] == "scope-missing"


def test_an_expired_and_a_revoked_token_show_nobody_in_the_same_words(play: Desk, clock: list[datetime]) -> None:
    short = play.post("tokens", "office", {"scopes": ["read"], "days": 1}, expect=201)["secret"]
    long = play.post("tokens", "office", {"scopes": ["read"], "days": 2}, expect=201)["secret"]
    assert play.get("me", short)["account"] == "office"
    clock[0] += timedelta(days=1)
    play.ask("DELETE", f"tokens/{long.split('_')[1]}", "office")
    told = [play.get("me", token, expect=401) for token in (short, long, "aud_000000000000_x", "anything")]
    assert all(answer == told[0] for answer in told)


def test_an_answer_is_given_again_to_the_account_that_had_it_and_to_the_same_request_alone(
    play: Desk, tmp_path: Path
) -> None:
    body = {"campaign": "2026", "policy": "sichuan-2020"}
    first = play.post("draws", "office", body, expect=201, Idempotency_Key="k")
    assert play.post("draws", "office", body, expect=201, Idempotency_Key="k") == first
    other = play.post("draws", "office", {**body, "campaign": "2027"}, expect=409, Idempotency_Key="k")
    assert other["code"] == "key-reused"
    for name in ("auditor", "second", "chengdu", "root", ""):
        answer = play.ask("POST", "draws", name, json=body, Idempotency_Key="k")
        assert answer.status_code == (403 if name else 401)
        assert first["frame"] not in answer.text
    colleague = {"account": "colleague", "role": "province"}
    play.post("users", "root", colleague, expect=201)
    secret = play.post("tokens", "root", {"account": "colleague", "scopes": ["act"], "days": 1}, expect=201)["secret"]
    assert play.post("draws", secret, body, expect=201, Idempotency_Key="k")["draw"] != first["draw"]


def test_under_one_key_other_files_are_another_request_and_the_same_files_are_not(play: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes((DEMO / "recusals_demo.csv").read_bytes())
    sent = play.post("recusals/import", "office", files=[tmp_path / "a.csv"], Idempotency_Key="k")
    assert play.post("recusals/import", "office", files=[tmp_path / "a.csv"], Idempotency_Key="k") == sent
    (tmp_path / "a.csv").write_bytes((DEMO / "targets_demo.csv").read_bytes())
    again = play.post("recusals/import", "office", files=[tmp_path / "a.csv"], expect=409, Idempotency_Key="k")
    assert again["code"] == "key-reused"

"""What those who run the service see of it, and that nothing personal is in it."""

from __future__ import annotations

import json
import logging
import logging.config
import re
import sys
from collections.abc import Iterator
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient

from audit_service.app import create_app
from audit_service.core.rights import Right
from audit_service.errors import Failed, Refused
from audit_service.store import database
from audit_service.web import logs
from audit_service.web.access import access
from audit_service.web.problems import of_ours
from tests.campaign import DRAWN, begun
from tests.copies import taken_away
from tests.databases import KIND
from tests.office import Office, on_both
from tests.upkeep.moving import backup_of

AWAY: Final = {"sqlite": "database-not-opened", "postgres": "database-not-reached"}[KIND]


@pytest.fixture
def app(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on the office's database."""
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    made = create_app()
    yield made
    runtime = made.extensions["runtime"]
    if "engine" in vars(runtime):
        runtime.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


# --- requests ---------------------------------------------------------------------------------------------------------


def test_a_request_has_an_id_that_is_given_back_and_stands_in_the_log(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy-1"
    (line,) = lines(capsys)
    assert line.keys() == {"request_id", "method", "rule", "status", "ms", "event", "level", "timestamp"}
    assert [line[key] for key in ("request_id", "method", "rule", "status")] == [
        "from-the-proxy-1", "GET", "/healthz", 200,
    ]  # fmt: skip


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'a"b,c d e f', "日本語日本語日本語", "line\u2028break-line"])
def test_an_id_that_is_not_well_formed_is_replaced(given: str, client: FlaskClient) -> None:
    found = client.get("/healthz", headers={"X-Request-ID": given.encode("utf-8").decode("latin-1")})
    assert re.fullmatch("[0-9a-f]{32}", found.headers["X-Request-ID"])


def test_no_path_no_query_no_body_and_no_address_is_written_down(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/people/张三?name=李四&token=s3cret", data=b"wangwu", headers={"Authorization": "Bearer zhaoliu"})
    client.open("/healthz?q=qianqi", method="SUNBA")
    said = capsys.readouterr().err
    for secret in ("张三", "%E5", "李四", "s3cret", "wangwu", "zhaoliu", "qianqi", "SUNBA", "127.0.0.1"):
        assert secret not in said
    assert [(line["method"], line["rule"], line["status"]) for line in map(json.loads, said.splitlines())] == [
        ("POST", "-", 404),
        ("-", "-", 405),
    ]


def test_a_failure_is_told_by_its_type_and_place_and_not_by_its_text(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    @app.get("/units/<name>")
    @access(Right.ANYBODY)
    def broken(name: str) -> str:
        raise ValueError(f"{name} has 身份证号 510104199001011234")

    answer = client.get("/units/张三", headers={"X-Request-ID": "the-one-that-failed"})
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] == "the-one-that-failed"
    assert "510104199001011234" not in answer.get_data(as_text=True)
    failed, request = lines(capsys)
    assert (failed["event"], failed["error"], failed["rule"]) == ("failed", "ValueError", "/units/<name>")
    assert failed["where"][-1].endswith(" broken")
    assert failed["request_id"] == request["request_id"] == "the-one-that-failed"
    assert request["status"] == 500
    assert "510104199001011234" not in json.dumps((failed, request))


def test_what_the_server_says_of_bad_requests_is_json_without_address_and_path(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logging.config.dictConfig(
        {**logs.SERVER, "handlers": {"out": {**logs.SERVER["handlers"]["out"], "stream": sys.stderr}}}
    )
    server = logging.getLogger("gunicorn.error")
    server.info("Booting worker with pid: %d", 7)
    server.warning("Invalid request from ip=10.1.2.3: Invalid HTTP request line: 'GET /张三'")
    try:
        raise ValueError("张三")
    except ValueError:
        server.exception("Error handling request %s %s", "GET", "/张三?x=1")
    server.handlers.clear()
    said = lines(capsys)
    assert [line["event"] for line in said] == [
        "Booting worker with pid: 7", "Invalid request", "Error handling request",
    ]  # fmt: skip
    assert said[2]["error"] == "ValueError"
    assert "张三" not in json.dumps(said, ensure_ascii=False)


# --- ready ------------------------------------------------------------------------------------------------------------


def ready(client: FlaskClient) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json["checks"]


@on_both
def test_an_office_that_works_is_ready(office: Office, client: FlaskClient) -> None:
    assert ready(client) == (200, dict.fromkeys(("database", "schema", "keys", "log"), "ok"))
    assert not (office.folder / "log.key").exists()  # who only looks makes no key
    begun(office)
    assert ready(client)[0] == 200


@on_both
def test_a_schema_of_another_version_is_not_ready(office: Office, client: FlaskClient) -> None:
    assert ready(client)[0] == 200
    with database.transaction(office.runtime.engine) as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert ready(client) == (503, {"database": "ok", "schema": "database-version", "keys": "ok", "log": "ok"})
    with database.transaction(office.runtime.engine) as db:
        db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{database.VERSION}'")


def test_a_database_that_is_away_is_not_ready(office: Office, client: FlaskClient) -> None:
    assert ready(client)[0] == 200
    client.application.extensions["runtime"].engine.dispose()
    with taken_away(office.url):
        assert ready(client) == (503, {"database": AWAY})
        answer = client.get("/api/v1/draws")
        assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, AWAY, "5")
        hidden = (str(office.folder), "unable to open", "AUDIT_", "audit_test", "does not exist")
        assert not any(word in answer.text for word in hidden)
    assert ready(client)[0] == 200


def test_who_may_have_acted_already_is_told_to_look_first(client: FlaskClient) -> None:
    with client.application.test_request_context():
        answer = of_ours(Failed("database-unsure", cause="server db.internal closed the connection"))
    assert (answer.status_code, answer.json["code"], answer.headers.get("Retry-After")) == (
        503,
        "database-unsure",
        None,
    )
    assert "db.internal" not in answer.get_data(as_text=True)


def test_keys_that_are_missing_or_wrong_are_not_ready(office: Office, client: FlaskClient) -> None:
    begun(office)
    key = (office.folder / "log.key").rename(office.folder / "elsewhere")
    assert ready(client) == (503, {"database": "ok", "schema": "ok", "keys": "check-log-key", "log": "ok"})
    (office.folder / "log.key").write_text("no key")
    assert ready(client)[1]["keys"] == "signing-key-wrong"
    with_password = serialization.BestAvailableEncryption(b"a password")
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, with_password
    (office.folder / "log.key").write_bytes(Ed25519PrivateKey.generate().private_bytes(*form))
    assert ready(client)[1]["keys"] == "signing-key-wrong"
    assert office.run("log", "publish", expect=1).code == "signing-key-wrong"
    key.rename(office.folder / "log.key")
    assert ready(client)[0] == 200
    sealed = office.freeze("2028")
    event = ("--event", "d10:meeting:20@2028-03-16T07:00:00Z")
    office.run("draw", "commit", sealed, *event, "--sealed", "--reveal-by", "2028-06-01")
    (office.folder / "audit.key").unlink()
    assert ready(client)[1]["keys"] == "vault-key-missing"


def test_a_log_that_was_set_back_forked_or_signed_by_others_is_not_ready(
    office: Office, client: FlaskClient, template: str
) -> None:
    old = backup_of(office.import_demo())
    office.freeze()
    assert ready(client)[0] == 200
    client.application.extensions["runtime"].engine.dispose()
    office.set_back(template)
    office.run("restore", old)
    assert ready(client)[1]["log"] == "log-set-back"
    for code in ("C510101", "C510102"):
        office.run("people", "leave", code, "--reason", "调离")
    (office.folder / "log.last").rename(office.folder / "newer")
    assert ready(client)[1]["log"] == "log-last-missing"
    office.run("log", "begin-anew", "--reason", "x")
    (office.folder / "newer").rename(office.folder / "log.last")
    assert ready(client)[1]["log"] == "log-forked"
    (office.folder / "log.last").write_text("no checkpoint")
    assert ready(client)[1]["log"] == "log-last-wrong"


# --- figures ----------------------------------------------------------------------------------------------------------


def figures(client: FlaskClient, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == 200
    told = answer.get_data(as_text=True).splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in told if not line.startswith("#")}


@on_both
def test_the_figures_tell_of_the_log_and_of_what_is_overdue(office: Office, client: FlaskClient) -> None:
    begun(office)
    size = office.run("log", "show").json["size"]
    found = figures(client)
    assert found["audit_database_up"] == 1
    assert found["audit_log_entries"] == size
    assert found["audit_log_unsigned"] == 0
    assert "audit_log_checkpoint_age_seconds" in found
    assert found["audit_draws_overdue"] == 0
    runtime = client.application.extensions["runtime"]
    for clock, overdue in ((DRAWN, 0), ("2027-04-30T00:00:00Z", 1)):
        office.at(clock)
        runtime.settings = office._settings()
        assert figures(client)["audit_draws_overdue"] == overdue


def test_the_figures_count_requests_by_rule_and_status(client: FlaskClient) -> None:
    name = 'audit_requests_total{method="GET",rule="/healthz",status="200"}'
    before = figures(client).get(name, 0)
    client.get("/healthz")
    client.get("/healthz/张三")
    found = figures(client)
    assert found[name] == before + 1
    assert found['audit_request_seconds_count{rule="/healthz"}'] >= 1
    assert not any("张三" in line for line in found)


def test_the_figures_are_for_this_machine_alone_unless_a_setting_shows_them(
    office: Office, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/metrics").status_code == 200
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404
    for address in ("10.1.2.3", "", "nonsense"):
        assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 404
    monkeypatch.setenv("AUDIT_METRICS", "1")
    shown = create_app()
    assert shown.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200
    shown.extensions["runtime"].engine.dispose()


def test_the_figures_of_the_service_are_there_when_its_database_is_not(office: Office, client: FlaskClient) -> None:
    with taken_away(office.url):
        found = figures(client)
    assert found["audit_database_up"] == 0
    assert "audit_log_entries" not in found


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("AUDIT_WORKERS", "0", "setting-number"),
        ("AUDIT_WORKERS", "65", "setting-number"),
        ("AUDIT_WORKERS", "two", "setting-number"),
        *(("AUDIT_DATABASE_WAIT", wait, "setting-number") for wait in ("0", "-1", "1.5", "x", "３", "99999")),
        ("AUDIT_METRICS", "yes", "setting-switch"),
        ("AUDIT_DEMO", "yes", "setting-switch"),
        ("AUDIT_BIND", "8000", "setting-bind"),
        ("AUDIT_BIND", "127.0.0.1:0", "setting-bind"),
        ("AUDIT_BIND", "127.0.0.1:70000", "setting-bind"),
        ("AUDIT_BIND", "unix:relative", "setting-bind"),
        ("AUDIT_LOG_NAME", "省 安办", "log-name-form"),
        ("AUDIT_LOG_NAME", "a+b", "log-name-form"),
        ("AUDIT_LOG_NAME", "名" * 201, "log-name-form"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(name: str, value: str, code: str) -> None:
    from audit_service.config import read_settings

    with pytest.raises(Refused) as refusal:
        read_settings({name: value})
    assert refusal.value.code == code


@pytest.mark.parametrize("value", ["127.0.0.1:8000", "[::1]:8000", "unix:/run/audit-service/web.sock", "localhost:80"])
def test_addresses_to_listen_at_are_taken(value: str) -> None:
    from audit_service.config import read_settings

    assert read_settings({"AUDIT_BIND": value}).web_bind == value

"""The service answers under gunicorn."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from audit_service.app import create_app
from tests.office import on_sqlite

ROOT = Path(__file__).parents[2]


@on_sqlite
def test_healthz_is_ok_on_a_fresh_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'audit.db'}")
    answer = create_app().test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@on_sqlite
def test_healthz_says_that_the_database_is_away_and_no_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "audit.db").write_bytes(b"no database at all, but a file of some length" * 100)
    monkeypatch.setenv("AUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'audit.db'}")
    answer = create_app().test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "code": "database-damaged"})


def test_gunicorn_serves_the_application(database_url: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        environment = {**os.environ, "AUDIT_DATABASE_URL": database_url}
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"fd://{listener.fileno()}",
            "--log-level",
            "error",
            "wsgi:app",
        ]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()])
        try:
            with urlopen(f"http://127.0.0.1:{listener.getsockname()[1]}/healthz", timeout=30) as answer:
                assert json.load(answer) == {"status": "ok"}
        except HTTPError as error:
            pytest.fail(error.read().decode())
        finally:
            server.terminate()
            server.wait(30)

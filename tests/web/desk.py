"""A service over HTTP without a network: posts with their tokens, and requests that are checked for their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

from audit_service.config import read_settings
from audit_service.core.rights import Role
from audit_service.runtime import Runtime
from audit_service.store import acts, rosters
from audit_service.store.tables import people
from audit_service.web.application import assemble
from audit_service.web.remembered import Remembered
from tests.office import EARLY, Office

SCAN = b"%PDF-1.7 a scan that was made for a test"
ROLES = [role.value for role in Role]


@dataclass
class Desk:
    """The application, the office's command line beside it, and a token for each role."""

    office: Office
    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)
    clock: str = EARLY

    def appoint(self, name: str, role: str, *options: str) -> str:
        """A new post; its token is kept under its name too."""
        self.tokens[name] = self.office.run("user", "add", name, "--role", role, "--token", *options).json["token"]
        return self.tokens[name]

    def enlist(self, *inspectors: str) -> None:
        """People on the roster of a category that no policy draws from, before the office imports its own list."""
        known = rosters.blank(people) | {"city": "510300", "category": "x", "may_lead": False}
        with self.office.runtime.begin() as db:
            rows = [{**known, "inspector": code, "name": code} for code in inspectors]
            rosters.add(db, people, rows, acts.last_number(db))

    def ask(
        self, method: str, path: str, by: str = "", *, json: Any = None, files: list[Path] | None = None, **headers: str
    ) -> TestResponse:
        """One request, by a post if one is named."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Audit-Demo-Clock"] = self.clock
        if by:
            sent["Authorization"] = f"Bearer {self.tokens.get(by, by)}"
        more: dict[str, Any] = {"json": json} if json is not None else {}
        if files is not None:
            more = {"data": {"files": [(BytesIO(file.read_bytes()), file.name) for file in files]}}
        url = path if path.startswith("/") else f"/api/v1/{path}"
        answer = self.app.test_client(use_cookies=False).open(url, method=method, headers=sent, **more)
        answer.get_data()
        answer.close()
        return answer

    def send(self, path: str, by: str, data: bytes = SCAN, name: str = "scan.pdf", **more: str) -> TestResponse:
        """One file in a form; `more` are headers."""
        headers = {"Authorization": f"Bearer {self.tokens[by]}", "Audit-Demo-Clock": self.clock}
        headers |= {header.replace("_", "-"): value for header, value in more.items()}
        sent = {"files": [(BytesIO(data), name)]}
        return self.app.test_client(use_cookies=False).post(f"/api/v1/{path}", data=sent, headers=headers)

    def keep(self, path: str, by: str, data: bytes = SCAN, name: str = "scan.pdf") -> list[dict[str, str]]:
        """A file that is kept of a finding or a case, as a step of it names it."""
        answer = self.send(f"{path}/files", by, data, name)
        assert answer.status_code == 201, answer.text
        return [{"name": name, "sha256": answer.json["file"]["digest"]}]

    def get(self, path: str, by: str = "", expect: int = 200) -> Any:
        """What a resource shows."""
        answer = self.ask("GET", path, by)
        assert answer.status_code == expect, answer.text
        return answer.json

    def post(self, path: str, by: str, json: Any = None, expect: int = 200, **more: Any) -> Any:
        """What came of an act."""
        answer = self.ask("POST", path, by, json=json, **more)
        assert answer.status_code == expect, answer.text
        return answer.json


@cache
def _application() -> Flask:
    """Put together once in a session, which takes a third of a second."""
    return assemble(Runtime(read_settings({})))


def served(office: Office, clock: str = EARLY, tokens: dict[str, str] | None = None) -> Desk:
    """A service over an office. The one before it has no application any more: where two stand side by side, each
    needs one of its own."""
    app, office.runtime.settings = _application(), office._settings()
    app.extensions |= {"runtime": office.runtime, "remembered": Remembered()}
    return Desk(office, app, dict(tokens or {}), clock)


@contextmanager
def meanwhile(desk: Desk, do: Callable[[], object]) -> Iterator[None]:
    """Somebody is quicker: it happens when who asks is known already, before the transaction that acts begins."""
    connected: list[Connection] = []

    def second(connection: Connection) -> None:
        connected.append(connection)
        if len(connected) == 2:  # the first one found out who asks
            do()

    event.listen(desk.office.runtime.engine, "engine_connect", second)
    try:
        yield
    finally:
        event.remove(desk.office.runtime.engine, "engine_connect", second)
    assert len(connected) > 2


@pytest.fixture
def desk(office: Office) -> Desk:
    """A service in a demo, with posts for the office, a second officer, an auditor and an administrator."""
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    found = served(office)
    for name, role in (("office", "province"), ("second", "second-officer"), ("auditor", "auditor")):
        found.appoint(name, role)
    found.appoint("chengdu", "city", "--city", "成都")
    return found

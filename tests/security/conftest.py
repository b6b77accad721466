"""An office that is ready to be attacked. It is set up once; each test has a copy of its files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from audit_service.web.application import assemble
from tests.office import Office
from tests.roster_rows import DEMO
from tests.web.desk import Desk

FILES = ("audit.db", "log.key", "log.last")


@dataclass(frozen=True)
class Prepared:
    """The files of an office with its rosters and a post of most roles, their tokens, and the application."""

    folder: Path
    tokens: dict[str, str]
    app: Flask


def office_in(folder: Path) -> Office:
    """An office whose database and keys lie in a folder."""
    names = {"AUDIT_KEY_FILE": "audit.key", "AUDIT_LOG_KEY_FILE": "log.key", "AUDIT_LOG_LAST_FILE": "log.last"}
    keys = {setting: str(folder / name) for setting, name in names.items()}
    url = f"sqlite:///{folder}/audit.db"
    return Office(folder, {"AUDIT_DATABASE_URL": url, "AUDIT_BY": "tests", "AUDIT_DEMO": "1", **keys})


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copy(sqlite_template, folder / "audit.db")
    office = office_in(folder)
    for kind, name in (("units", "roster"), ("targets", "targets"), ("people", "inspectors")):
        office.run("import", kind, DEMO / f"{name}_demo.csv")
    desk = Desk(office, assemble(office.runtime))
    for name, role in (("office", "province"), ("second", "second-officer"), ("auditor", "auditor")):
        desk.appoint(name, role)
    desk.appoint("chengdu", "city", "--city", "成都")
    desk.appoint("root", "administrator")
    office.runtime.engine.dispose()
    return Prepared(folder, desk.tokens, desk.app)


@pytest.fixture
def play(prepared: Prepared, tmp_path: Path) -> Iterator[Desk]:
    """A service in a demo: rosters, an office, a second officer, an auditor, a city, an administrator."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name in FILES:
        shutil.copy(prepared.folder / name, folder / name)
    office = office_in(folder)
    office.environment = {**office.environment, "AUDIT_TOKEN": prepared.tokens["office"]}
    prepared.app.extensions["runtime"] = office.runtime
    yield Desk(office, prepared.app, dict(prepared.tokens))
    office.runtime.engine.dispose()

"""An office that is ready to be attacked. It is set up once; each test has a copy of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copies import copy_of
from tests.office import Office, copied, office_in, working
from tests.roster_rows import DEMO
from tests.web.desk import Desk, served


@dataclass(frozen=True)
class Prepared:
    """An office with its rosters and a post of most roles, and their tokens."""

    office: Office
    tokens: dict[str, str]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[Prepared]:
    folder = tmp_path_factory.mktemp("prepared")
    with working(office_in(folder, copy_of(template, folder))) as office:
        office.environment = {**office.environment, "AUDIT_DEMO": "1"}
        for kind, name in (("units", "roster"), ("targets", "targets"), ("people", "inspectors")):
            office.run("import", kind, DEMO / f"{name}_demo.csv")
        desk = served(office)
        for name, role in (("office", "province"), ("second", "second-officer"), ("auditor", "auditor")):
            desk.appoint(name, role)
        desk.appoint("chengdu", "city", "--city", "成都")
        desk.appoint("root", "administrator")
        yield Prepared(office, desk.tokens)


@pytest.fixture
def play(prepared: Prepared, tmp_path: Path) -> Iterator[Desk]:
    """A service in a demo: rosters, an office, a second officer, an auditor, a city, an administrator."""
    with copied(prepared.office, tmp_path / "office") as office:
        office.environment = {**office.environment, "AUDIT_DEMO": "1", "AUDIT_TOKEN": prepared.tokens["office"]}
        yield served(office, tokens=prepared.tokens)

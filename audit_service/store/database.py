"""The engine, the one transaction of an act, and the schema's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, column, create_engine, event, inspect, make_url, select, table
from sqlalchemy.exc import ArgumentError, DBAPIError

import migrations
from audit_service.errors import Failed
from audit_service.store import account_tables, failures, life_tables, tables, visit_tables
from audit_service.store.copying import VERSION_TABLE

if TYPE_CHECKING:
    from alembic.config import Config

DESCRIBED_IN: Final = (tables, account_tables, life_tables, visit_tables)
TABLES: Final = tables.metadata
"""Every table of this program: importing a module describes its tables."""
DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
WAIT: Final = 10
VERSION: Final = "0010"
"""The newest revision under migrations/: the schema that this program needs. Alembic itself loads only to change it."""
ACTING: Final = 0x6175646974
"""The number of the lock that an acting transaction holds on PostgreSQL: "audit" in ASCII."""


def connect(url: str, wait: int = WAIT) -> Engine:
    """The engine of a database; an SQLite file's folder is made if it is missing.

    Nobody waits longer than `wait` seconds for a server to answer, or for what others have locked.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise Failed("database-url") from None
    if address.drivername not in DRIVERS or address.database in (None, "", ":memory:"):
        raise Failed("database-url")
    address = address.set(drivername=DRIVERS[address.drivername])
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address)
        _strict_sqlite(engine, wait)
        if not (address.database or "").startswith("file:"):  # a URI, whose folder is its writer's business
            _make_folder(Path(address.database or ""))
    else:
        engine = create_engine(address.update_query_dict({"connect_timeout": str(wait)} | dict(address.query)))
        _patient_postgresql(engine, wait)
    return engine


def is_there(url: str) -> bool:
    """Whether there may be a database: an SQLite file that was not made yet is none."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise Failed("database-url") from None
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed("database-not-opened", cause=f"{file.parent}: {error.strerror}") from error


def _strict_sqlite(engine: Engine, wait: int) -> None:
    """Foreign keys, full durability, and transactions that take the write lock when they begin, so that no two writers
    start from the same state; those that only look take none."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: object) -> None:
        """The driver begins no transaction by itself."""
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {1000 * wait}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _looks(connection) else "BEGIN IMMEDIATE")


def _looks(connection: Connection) -> bool:
    found: bool = connection.get_execution_options().get("looks", False)
    return found


def _patient_postgresql(engine: Engine, wait: int) -> None:
    """One acting transaction at a time, as on SQLite; those that only look see one state throughout, and make nobody
    wait (docs/adr/0010-one-act-at-a-time.md).

    What a transaction is goes along with its BEGIN, and the patience lasts as long as the connection: each statement
    of its own would be one more way to the server and back at every request.
    """
    from psycopg import IsolationLevel

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: object) -> None:
        connection.execute(f"SET lock_timeout = {1000 * wait}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        """What acts waits for its turn, and only then sees anything."""
        looks = _looks(connection)
        driver: Any = connection.connection.driver_connection
        driver.isolation_level = IsolationLevel.REPEATABLE_READ if looks else IsolationLevel.READ_COMMITTED
        driver.read_only = looks or None
        if not looks:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ACTING})")


@contextmanager
def transaction(engine: Engine, *, looks: bool = False) -> Iterator[Connection]:
    """A transaction that is kept as a whole or not at all; one that only `looks` makes nobody wait.

    The database's own failures become `Failed`.
    """
    committing = False
    try:
        with engine.connect() as db, db.execution_options(looks=looks).begin():
            yield db
            committing = not looks
    except DBAPIError as error:
        raise failures.in_words(error, committing=committing) from error


@contextmanager
def in_words() -> Iterator[None]:
    """The database's own failures become `Failed`."""
    try:
        yield
    except DBAPIError as error:
        raise failures.in_words(error, committing=False) from error


def _config(db: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = db
    return config


def revisions() -> set[str]:
    """Every schema that there ever was."""
    from alembic.script import ScriptDirectory

    return {found.revision for found in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, by default the newest."""
    with in_words(), engine.begin() as db:
        raise_schema(db, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision."""
    with in_words(), engine.begin() as db:
        lower_schema(db, revision)


def raise_schema(db: Connection, revision: str = "head") -> None:
    """Bring the schema to a revision in a transaction that does more than that."""
    from alembic import command

    command.upgrade(_config(db), revision)


def lower_schema(db: Connection, revision: str) -> None:
    """Take the schema back to a revision in a transaction that does more than that."""
    from alembic import command

    command.downgrade(_config(db), revision)


def is_blank_file(engine: Engine) -> bool:
    """Whether this is an SQLite file with no table: a new one, or one whose making was cut short."""
    with transaction(engine, looks=True) as db:
        return engine.dialect.name == "sqlite" and not inspect(db).get_table_names()


def check_version(engine: Engine) -> None:
    """Refuse a database whose schema is not this program's, and say what to do."""
    with transaction(engine, looks=True) as db:
        found = version_of(db)
    if found != VERSION:
        raise Failed("database-version", found=found or "-", expected=VERSION)


def version_of(db: Connection) -> str | None:
    """The revision of a database's schema; nothing where it has none."""
    if not inspect(db).has_table(VERSION_TABLE):
        return None
    found: str | None = db.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar_one_or_none()
    return found

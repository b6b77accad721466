"""The engine, the one transaction of an act, and the schema's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

import migrations
from audit_service.errors import Refused
from audit_service.store import account_tables, failures

if TYPE_CHECKING:
    from alembic.config import Config

TABLES: Final = account_tables.accounts.metadata
"""Every table of this program, in whichever module it is described."""
DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
WAIT: Final = 10
VERSION: Final = "0005"
"""The newest revision under migrations/: the schema that this program needs. Alembic itself loads only to change it."""


def connect(url: str, wait: int = WAIT) -> Engine:
    """The engine of a database; an SQLite file's folder is made if it is missing.

    Nobody waits longer than `wait` seconds for a server to answer, or for what others have locked.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise Refused("database-url") from None
    if address.drivername not in DRIVERS or address.database in (None, "", ":memory:"):
        raise Refused("database-url")
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


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused("database-not-opened", cause=f"{file.parent}: {error.strerror}") from error


def _strict_sqlite(engine: Engine, wait: int) -> None:
    """Foreign keys, full durability, and transactions that take the write lock when they begin, so that no two writers
    start from the same state; those that only look take none."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {1000 * wait}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        looks = connection.get_execution_options().get("looks", False)
        connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")


def _patient_postgresql(engine: Engine, wait: int) -> None:
    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {1000 * wait}")


@contextmanager
def transaction(engine: Engine, *, looks: bool = False) -> Iterator[Connection]:
    """A transaction that is kept as a whole or not at all; one that only `looks` makes nobody wait.

    The database's own failures become `Refused`.
    """
    committing = False
    try:
        with engine.execution_options(looks=looks).begin() as db:
            yield db
            committing = not looks
    except DBAPIError as error:
        raise failures.in_words(error, committing=committing) from error


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise failures.in_words(error, committing=False) from error


def _config(engine: Engine) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, by default the newest."""
    from alembic import command

    with _in_words():
        command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision."""
    from alembic import command

    with _in_words():
        command.downgrade(_config(engine), revision)


def is_blank_file(engine: Engine) -> bool:
    """Whether this is an SQLite file with no table: a new one, or one whose making was cut short."""
    with transaction(engine, looks=True) as db:
        return engine.dialect.name == "sqlite" and not inspect(db).get_table_names()


def check_version(engine: Engine) -> None:
    """Refuse a database whose schema is not this program's, and say what to do."""
    with transaction(engine, looks=True) as db:
        known = inspect(db).has_table("alembic_version")
        found = db.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() if known else None
    if found != VERSION:
        raise Refused("database-version", found=found or "-", expected=VERSION)

"""Tables, migrations and the version that the program asks for agree, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from audit_service.errors import Failed
from audit_service.store import database
from audit_service.store.tables import metadata


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with database.transaction(engine) as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_the_migrations_go_down_to_nothing_and_up_again(engine: Engine) -> None:
    database.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    database.upgrade(engine)
    database.check_version(engine)


def test_the_program_asks_for_the_newest_migration() -> None:
    folder = Path(__file__).parents[2] / "migrations" / "versions"
    assert max(path.name.split("_")[0] for path in folder.glob("*.py")) == database.VERSION


def test_a_database_of_another_version_is_refused(engine: Engine) -> None:
    database.downgrade(engine, "base")
    with pytest.raises(Failed) as refused:
        database.check_version(engine)
    assert refused.value.code == "database-version"


@pytest.mark.parametrize("url", ["nonsense", "mysql://x", "oracle9://x"])
def test_an_address_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(Failed):
        database.connect(url)

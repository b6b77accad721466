"""The service's role in PostgreSQL does all that the service does, and cannot rewrite the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from audit_service.store.tables import APPEND_ONLY, metadata
from tests.campaign import bundle
from tests.copies import administer
from tests.faults.desk import opened
from tests.office import Office
from tests.upkeep.moving import busy, moved

GRANTS = (Path(__file__).parents[2] / "deploy" / "grants.sql").read_text(encoding="utf-8")
ROLE = f"audit_service_{os.getpid()}"


@pytest.fixture
def least(office: Office, postgres_url: str) -> Iterator[Office]:
    """An office whose database is owned by somebody else."""
    administer(postgres_url, f"CREATE ROLE {ROLE} LOGIN PASSWORD 'x'")
    with opened(postgres_url) as owner, owner.begin() as db:
        db.exec_driver_sql(GRANTS.replace("audit_service", ROLE))
    own = make_url(postgres_url).set(username=ROLE, password="x").render_as_string(hide_password=False)
    with moved(office, own) as found:
        yield found
    administer(postgres_url, f"DROP OWNED BY {ROLE}")
    administer(postgres_url, f"DROP ROLE {ROLE}")


def test_a_whole_campaign_goes_with_the_rights_of_the_service(least: Office) -> None:
    busy(least)
    least.run("draw", "reveal", "SC-2028-01")
    least.run("draw", "set-aside", "SC-2028-01", "--ground", "procedure", "--reason", "见证人缺席")
    assert bundle(least)
    assert least.run("check").json["faults"] == []
    least.run("backup", least.folder / "backup")


def test_the_service_can_neither_rewrite_nor_delete_nor_take_the_guards_away(least: Office) -> None:
    least.import_demo()
    forbidden = [f"DELETE FROM {name}" for name in metadata.tables]
    for name in APPEND_ONLY:
        column = metadata.tables[name].primary_key.columns.keys()[0]
        forbidden += [
            f"UPDATE {name} SET {column} = {column}",
            f"TRUNCATE {name}",
            f"ALTER TABLE {name} DISABLE TRIGGER ALL",
            f"DROP TRIGGER refuse_change_{name} ON {name}",
            f"DROP TABLE {name}",
        ]
    forbidden += ["DROP FUNCTION refuse_change()", "SET session_replication_role = replica", "CREATE TABLE x (y int)"]
    for statement in forbidden:
        with pytest.raises(ProgrammingError) as refusal, least.runtime.engine.begin() as db:
            db.execute(text(statement))
        assert refusal.value.orig.sqlstate == "42501", statement

"""Acts and numbers: without gaps, also where a transaction fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, select

from audit_service.core.acts import Act
from audit_service.errors import Failed, Refused
from audit_service.store import acts, database, tables

ACT = Act(datetime(2026, 6, 20, 1, tzinfo=UTC), "tests")


def test_a_failed_transaction_takes_no_number(engine: Engine) -> None:
    with database.transaction(engine) as db:
        assert acts.record(db, ACT, "trial", "x") == 1
    with pytest.raises(Refused), database.transaction(engine) as db:
        _record_and_fail(db)
    with database.transaction(engine) as db:
        assert acts.record(db, ACT, "reveal", "x") == 2
        assert [row.action for row in db.execute(select(tables.acts).order_by(tables.acts.c.number))] == [
            "trial",
            "reveal",
        ]


def _record_and_fail(db: Connection) -> None:
    assert acts.record(db, ACT, "notices", "x") == 2
    raise Refused("draws-none")


def test_an_act_gives_back_who_and_when(engine: Engine) -> None:
    with database.transaction(engine) as db:
        number = acts.record(db, Act(ACT.at, "甲", demo=True), "withdraw", "x", reason="因为")
        assert acts.act_of(db, number) == Act(ACT.at, "甲", demo=True)


def test_a_failure_of_the_database_is_said_in_words(engine: Engine) -> None:
    with pytest.raises(Failed) as refused, database.transaction(engine) as db:
        db.exec_driver_sql("SELECT * FROM nothing_of_that_name")
    assert refused.value.code == "database-failed"

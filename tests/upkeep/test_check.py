"""`audit-service check` finds what somebody with all rights changed, and says where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, delete, select, text, update

from audit_service.core.canonical import sha256_hex
from audit_service.store import tables
from tests.campaign import DRAW, drawn
from tests.office import Office, on_both, on_sqlite
from tests.upkeep.moving import busy


@contextmanager
def with_all_rights(office: Office) -> Iterator[Connection]:
    """The database as its owner can change it: no guard, no reference is looked after."""
    engine = office.runtime.engine
    on_sqlite = engine.dialect.name == "sqlite"
    guards: list[str] = []
    with engine.connect() as db:
        if on_sqlite:
            db.rollback()
            raw = db.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            guards = [row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {name}")
        with db.begin():
            if not on_sqlite:
                db.execute(text("SET LOCAL session_replication_role = replica"))
            yield db
        if on_sqlite:
            for guard in guards:
                raw.execute(guard)
            raw.execute("PRAGMA foreign_keys = ON")


def faults(office: Office) -> list[tuple[str, str]]:
    found = office.run("check", expect=None)
    assert found.status == bool(found.json["faults"])
    return [(fault["code"], fault["message"]) for fault in found.json["faults"]]


def codes(office: Office) -> list[str]:
    return [code for code, _ in faults(office)]


@on_both
def test_an_office_in_which_nothing_is_wrong_is_sound(office: Office) -> None:
    assert codes(office) == []
    busy(office)
    assert codes(office) == []


@on_both
def test_a_result_that_was_changed_is_found_by_replaying_though_its_digest_is_right(office: Office) -> None:
    drawn(office)
    with with_all_rights(office) as db:
        sample = db.execute(
            select(tables.draw_files.c.digest).where(tables.draw_files.c.name == "sample.csv")
        ).scalar_one()
        content = db.execute(select(tables.files.c.content).where(tables.files.c.digest == sample)).scalar_one()
        other = sha256_hex(swapped := _with_the_last_line_taken_out(content))
        db.execute(tables.files.insert().values(digest=other, content=swapped))
        db.execute(update(tables.draw_files).where(tables.draw_files.c.digest == sample).values(digest=other))
    assert [(code, "sample.csv" in said and DRAW in said) for code, said in faults(office)] == [("check-result", True)]


def _with_the_last_line_taken_out(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


@on_both
def test_a_kept_file_that_was_changed_is_found_twice(office: Office) -> None:
    drawn(office)
    frame = tables.draw_files.c.name == "frame.csv"
    with with_all_rights(office) as db:
        digest = db.execute(select(tables.draw_files.c.digest).where(frame)).scalar_one()
        db.execute(update(tables.files).where(tables.files.c.digest == digest).values(content=b"unit\n"))
    found = faults(office)
    assert [code for code, _ in found] == ["check-file", "check-part"]
    assert digest in found[0][1]
    assert DRAW in found[1][1]
    assert "frame.csv" in found[1][1]


@on_both
def test_an_act_that_was_changed_is_found_by_the_log(office: Office) -> None:
    drawn(office)
    with with_all_rights(office) as db:
        db.execute(update(tables.acts).where(tables.acts.c.number == 2).values(by="x"))
    assert codes(office) == ["log-entry-differs"]


@on_both
def test_rows_that_refer_to_nothing_are_found(office: Office) -> None:
    office.import_demo()
    with with_all_rights(office) as db:
        db.execute(update(tables.recusals).values(recorded_in=999))
    found = faults(office)
    assert [code for code, _ in found] == ["check-reference"]
    assert "recusals" in found[0][1]


@on_both
def test_a_sealed_draw_is_held_against_the_root_that_the_log_tells_of(office: Office) -> None:
    busy(office)
    (office.folder / "audit.key").rename(office.folder / "elsewhere")
    found = faults(office)
    assert [code for code, _ in found] == ["check-part"]
    assert "SC-2028-01" in found[0][1]
    assert "audit.key" in found[0][1]


@pytest.mark.parametrize("table", tables.APPEND_ONLY)
@on_both
def test_a_guard_that_was_taken_away_is_found(office: Office, table: str) -> None:
    with office.runtime.begin() as db:
        on_sqlite = db.dialect.name == "sqlite"
        db.execute(
            text(f"DROP TRIGGER refuse_delete_{table}" if on_sqlite else f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        )
    found = faults(office)
    assert [code for code, _ in found] == ["check-guard"]
    assert table in found[0][1]


def test_an_index_that_was_taken_away_is_found(office: Office) -> None:
    with office.runtime.begin() as db:
        db.execute(text("DROP INDEX uq_units_current"))
    found = faults(office)
    assert [code for code, _ in found] == ["check-schema"]
    assert "uq_units_current" in found[0][1]


def test_a_table_of_somebody_elses_is_none_of_our_business(office: Office) -> None:
    with office.runtime.begin() as db:
        db.execute(text("CREATE TABLE theirs (x INTEGER)"))
    assert codes(office) == []


@on_sqlite
def test_a_page_that_was_damaged_is_found(office: Office) -> None:
    office.import_demo()
    with office.runtime.begin() as db:
        db.execute(delete(tables.targets))
        db.execute(text("PRAGMA writable_schema = ON"))
        db.execute(text("DELETE FROM sqlite_master WHERE name = 'uq_targets_current'"))
    office.runtime.engine.dispose()
    assert "check-integrity" in codes(office)

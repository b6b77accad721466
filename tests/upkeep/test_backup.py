"""Everything that an office has moves to another database by one file, and nothing of a damaged file does."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from audit_service.core import backup as form
from audit_service.store import copying, database, refusals, tables
from audit_service.store.account_tables import refusals as refusals_table
from tests.campaign import bundle
from tests.conftest import LONG
from tests.faults.desk import Dump, dump
from tests.office import Office, on_both
from tests.store.test_acts import ACT
from tests.upkeep.moving import backup_of, busy, moved


def rows_of(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return dict(dump(url))


@on_both
def test_an_office_moves_to_the_other_kind_of_database_and_goes_on(office: Office, other_url: str) -> None:
    busy(office)
    file, before = backup_of(office), bundle(office)
    with moved(office, other_url) as there:
        done = there.run("restore", file).json
        assert (done["acts"], done["log_behind"]) == (office.run("log", "show").json["size"], False)
        assert rows_of(other_url) == rows_of(office.environment["AUDIT_DATABASE_URL"])
        found = there.run("check").json
        assert (found["faults"], found["replayed"]) == ([], 3)
        assert bundle(there) == before
        there.run("draw", "reveal", "SC-2028-01")
        assert there.run("log", "check").json["faults"] == []
        assert backup_of(there, "after").stat().st_size > file.stat().st_size


@on_both
def test_a_backup_of_what_was_restored_has_the_same_lines(office: Office, other_url: str) -> None:
    busy(office)
    file = backup_of(office)
    with moved(office, other_url) as there:
        there.run("restore", file)
        again = backup_of(there, "again")
    first, second = (path.read_bytes().splitlines() for path in (file, again))
    assert first[1:-1] == second[1:-1]
    assert json.loads(first[0])["database"] != json.loads(second[0])["database"]


def test_a_backup_says_itself_what_it_holds_and_is_checked_by_any_sha256(office: Office) -> None:
    office.import_demo()
    lines = backup_of(office).read_bytes().splitlines(keepends=True)
    heading = json.loads(lines[0])
    assert (heading["format"], heading["schema"]) == ("audit-service-backup/1", database.VERSION)
    assert heading["not_included"] == ["audit.key", "log.key", "log.last"]
    assert json.loads(lines[-1]) == {"sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    named = [value["table"] for value in map(json.loads, lines) if "table" in value]
    assert sorted(named) == sorted(tables.metadata.tables)


def test_a_backup_holds_no_key_is_its_owners_alone_and_says_where_the_keys_are(office: Office) -> None:
    busy(office)
    file = office.folder / "backup"
    said = office.show("backup", file)
    assert file.stat().st_mode & 0o077 == 0
    for name in ("audit.key", "log.key", "log.last"):
        key = office.folder / name
        assert str(key) in said
        assert all(line not in file.read_bytes() for line in key.read_bytes().splitlines()[1:2] if name != "log.last")
    assert (office.folder / "audit.key").read_bytes() not in file.read_bytes()


def test_a_backup_is_written_over_nothing(office: Office) -> None:
    file = backup_of(office.import_demo())
    before = file.read_bytes()
    assert office.run("backup", file, expect=1).code == "backup-exists"
    assert file.read_bytes() == before
    assert {path.name for path in office.folder.iterdir()} >= {"backup"}
    assert not list(office.folder.glob(".backup*"))


@on_both
def test_only_an_empty_database_is_filled(office: Office) -> None:
    file = backup_of(office.import_demo())
    url = office.environment["AUDIT_DATABASE_URL"]
    before = rows_of(url)
    assert office.run("restore", file, expect=1).code == "restore-not-empty"
    assert rows_of(url) == before


@on_both
def test_an_old_backup_leaves_a_log_that_is_not_signed(office: Office, other_url: str) -> None:
    old = backup_of(office.import_demo())
    office.freeze()
    with moved(office, other_url) as there:
        done = there.run("restore", old)
        assert done.json["log_behind"] is True
        assert there.run("log", "publish", expect=1).code == "log-set-back"
        assert [fault["code"] for fault in there.run("check", expect=1).json["faults"]] == ["log-not-the-signed-one"]
        for code in ("C510101", "C510102"):  # not when it has grown again by other acts, either
            there.run("people", "leave", code, "--reason", "调离")
        assert there.run("log", "publish", expect=1).code == "log-forked"


def test_a_restored_database_without_the_keys_is_checked_but_no_new_key_is_made(office: Office, tmp_path: Path) -> None:
    file = backup_of(office.import_demo())
    elsewhere = tmp_path / "elsewhere"
    settings = {"AUDIT_DATABASE_URL": f"sqlite:///{elsewhere}/audit.db", "AUDIT_BY": "tests"}
    there = Office(elsewhere, settings, office.clock)
    there.run("restore", file)
    assert [fault["code"] for fault in there.run("check", expect=1).json["faults"]] == ["check-log-key"]
    assert [path.name for path in elsewhere.iterdir()] == ["audit.db"]


# --- damaged files ----------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(office: Office) -> bytes:
    """A small backup."""
    with office.runtime.begin() as db:
        db.execute(insert(tables.counters).values(counter="draw:2027", value=1))
        db.execute(insert(tables.files).values(digest="ab" * 32, content=bytes(range(256))))
    return backup_of(office).read_bytes()


@pytest.fixture
def empty(office: Office, other_url: str) -> Iterator[tuple[Office, Dump]]:
    with moved(office, other_url) as there:
        yield there, dump(other_url)


def refused(empty: tuple[Office, Dump], data: bytes) -> str:
    """The code with which a file is refused, which changes nothing."""
    there, before = empty
    file = there.folder / "damaged"
    file.write_bytes(data)
    done = there.run("restore", file, expect=1)
    assert "Traceback" not in done.said
    assert dump(there.environment["AUDIT_DATABASE_URL"]) == before
    return done.code


@on_both
@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda data: b"", "backup-none"),
        (lambda data: b"PK\x03\x04" + bytes(100), "backup-none"),
        (lambda data: b"[]\n" * 100, "backup-none"),
        (lambda data: b'{"format":"audit-service-backup/2"}\n', "backup-format"),
        (lambda data: data[:-1], "backup-cut-off"),
        (lambda data: data[: len(data) // 2], "backup-cut-off"),
        (lambda data: b"".join(data.splitlines(keepends=True)[:-1]), "backup-cut-off"),
        (lambda data: data + b"\n", "backup-cut-off"),
        (lambda data: data[:300] + data[301:], "backup-damaged"),
        (lambda data: data.replace(b"draw:2027", b"draw:2026"), "backup-damaged"),
        (lambda data: data + data, "backup-damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    damage: Callable[[bytes], bytes], code: str, kept: bytes, empty: tuple[Office, Dump]
) -> None:
    assert refused(empty, damage(kept)) == code


def test_any_flipped_bit_is_found(kept: bytes, empty: tuple[Office, Dump]) -> None:
    chance = random.Random(4)
    step, few = (1, 40) if LONG else (5, 10)
    end = len(kept)
    places = {*range(0, 40, step), *range(end - 80, end, step), *chance.sample(range(end), few)}
    for place in sorted(places):
        data = bytearray(kept)
        data[place] ^= 1 << chance.randrange(8)
        assert refused(empty, bytes(data)).startswith("backup-")


def signed_anew(lines: list[bytes]) -> bytes:
    above = b"".join(lines[:-1])
    return above + form.end_line(hashlib.sha256(above).hexdigest())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (f'"schema":"{database.VERSION}"', '"schema":"9999"', "restore-schema"),
        ('"acts":0', '"acts":"0"', "backup-line"),
        ('"table":"files"', '"table":"filed"', "restore-tables"),
        ('"table":"files"', '"table":"files;"', "backup-line"),
        ('"digest":"text"', '"digest":"string"', "backup-line"),
        ('["draw:2027",1]', '["draw:2027","1"]', "backup-row"),
        ('["draw:2027",1]', '["draw:2027",1,1]', "backup-row"),
        ('["draw:2027",1]', '["draw:2027",1', "backup-line"),
        ('["draw:2027",1]\n', "", "backup-line"),
        ('["draw:2027",1]', '["draw:2027",null]', "database-failed"),
        ("AAECAwQ", "AAEC!wQ", "backup-line"),
    ],
)
def test_lines_that_this_program_never_wrote_are_refused_though_the_digest_is_right(
    old: str, new: str, code: str, kept: bytes, empty: tuple[Office, Dump]
) -> None:
    changed = kept.replace(old.encode(), new.encode(), 1)
    assert changed != kept
    assert refused(empty, signed_anew(changed.splitlines(keepends=True))) == code


def test_a_backup_that_lacks_a_table_is_refused(kept: bytes, empty: tuple[Office, Dump]) -> None:
    lines = kept.splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if b'"table":"substitutions"' in line)
    assert refused(empty, signed_anew(lines[:place] + lines[place + 2 :])) == "restore-tables"


def test_a_row_that_refers_to_nothing_is_refused(kept: bytes, empty: tuple[Office, Dump]) -> None:
    lines = kept.splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if b'"table":"campaigns"' in line)
    lines[place + 1 : place + 2] = [b'["2027","sichuan-2020",5]\n', b'{"rows":1}\n']
    assert refused(empty, signed_anew(lines)) == "database-failed"


def test_every_column_is_of_a_kind_that_a_backup_holds() -> None:
    for table in tables.metadata.sorted_tables:
        for column in table.columns:
            assert copying.kind_of(column)


@on_both
def test_numbers_that_the_database_gives_out_itself_go_on_after_a_restore(office: Office, other_url: str) -> None:
    own = [table for table in tables.metadata.sorted_tables if table.autoincrement_column is not None]
    assert own == [refusals_table]
    with office.runtime.begin() as db:
        for _ in range(3):
            refusals.add(db, ACT, "x", "y", "z")
        before = sorted(db.execute(select(refusals_table.c.number)).scalars())
    with moved(office, other_url) as there:
        there.run("restore", backup_of(office))
        with there.runtime.begin() as db:
            refusals.add(db, ACT, "x", "y", "z")
            after = sorted(db.execute(select(refusals_table.c.number)).scalars())
    assert after == [*before, before[-1] + 1]

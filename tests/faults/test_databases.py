"""A database that is full, locked, read-only, damaged or gone: the command says so, and nothing was changed."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import event, make_url, text

from tests.copies import administer
from tests.faults.desk import STEPS, Dump, Prepared, Shelf, check_whole, dump, in_a_child, office, opened, settings
from tests.office import EARLY, Office

HAN = re.compile(r"[\u4e00-\u9fff]")
LEAVE = ("people", "leave", "C510101", "--reason", "调离")


def refused(at: Office, *arguments: object, code: str) -> None:
    """The command is refused with this code, in both languages."""
    for language in ("zh", "en"):
        done = at.run(*arguments, "--lang", language, expect=1)
        assert done.code == code, done.said
        assert bool(HAN.search(done.said)) == (language == "zh")
        assert "Traceback" not in done.said


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


@pytest.fixture
def held(shelf: Shelf, prepared: dict[str, Prepared]) -> Iterator[tuple[str, Dump]]:
    """A database that is ready for the draw of a sample, and what is in it."""
    with shelf.lend(prepared["draw"]) as url:
        yield url, prepared["draw"].before


@pytest.fixture
def sqlite_held(sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared]) -> Iterator[tuple[str, Dump]]:
    with sqlite_shelf.lend(sqlite_prepared["draw"]) as url:
        yield url, sqlite_prepared["draw"].before


@pytest.fixture
def postgres_held(postgres_shelf: Shelf, postgres_prepared: dict[str, Prepared]) -> Iterator[tuple[str, Dump]]:
    with postgres_shelf.lend(postgres_prepared["draw"]) as url:
        yield url, postgres_prepared["draw"].before


@pytest.mark.parametrize("step", STEPS)
def test_a_full_database_takes_nothing_and_says_so(
    step: str, sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared]
) -> None:
    found = sqlite_prepared[step]
    with sqlite_shelf.lend(found) as url, office(url, found.step.clock) as full:
        engine = full.runtime.engine
        engine.dispose()
        most = file_of(url).stat().st_size // 4096

        def limit(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {most}")

        event.listen(engine, "connect", limit)
        refused(full, *found.step.arguments, code="database-full")
        check_whole(url)
        assert dump(url) == found.before
        event.remove(engine, "connect", limit)
        engine.dispose()
        assert full.run(*found.step.arguments).json == found.result


def test_a_full_disk_under_postgresql_is_told_in_the_same_words(postgres_held: tuple[str, Dump]) -> None:
    url, before = postgres_held
    with opened(url) as engine:
        with engine.begin() as db:
            db.execute(
                text(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' "
                    "USING ERRCODE = 'disk_full'; END $$"
                )
            )
            db.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON acts EXECUTE FUNCTION full_disk()"))
        with office(url) as full:
            refused(full, *LEAVE, code="database-full")
        with engine.begin() as db:
            db.execute(text("DROP FUNCTION full_disk CASCADE"))
    assert dump(url) == before


def test_who_holds_an_sqlite_database_is_waited_for_as_long_as_was_set_and_no_longer(
    sqlite_held: tuple[str, Dump],
) -> None:
    url, before = sqlite_held
    holder = sqlite3.connect(file_of(url), isolation_level=None)
    with office(url) as waiting:
        waiting.environment = {**waiting.environment, "AUDIT_DATABASE_WAIT": "1"}
        assert waiting.runtime.settings.database_wait == 1
        holder.execute("BEGIN IMMEDIATE")
        waiting.run("draw", "list")  # who only looks need not wait for who writes
        start = monotonic()
        assert waiting.run(*LEAVE, expect=1).code == "database-busy"
        assert 0.9 < monotonic() - start < 8
        holder.execute("ROLLBACK")
        holder.execute("BEGIN EXCLUSIVE")
        refused(waiting, "draw", "list", code="database-busy")
        holder.close()
        assert dump(url) == before
        assert waiting.run(*LEAVE).status == 0


def test_who_holds_a_postgresql_database_is_waited_for_as_long_as_was_set_and_no_longer(
    postgres_held: tuple[str, Dump],
) -> None:
    url, before = postgres_held
    with opened(url) as engine, office(url) as waiting:
        waiting.environment = {**waiting.environment, "AUDIT_DATABASE_WAIT": "1"}
        assert waiting.runtime.settings.database_wait == 1
        with engine.begin() as holder:
            holder.execute(text("LOCK TABLE people IN EXCLUSIVE MODE"))
            waiting.run("draw", "list")
            start = monotonic()
            refused(waiting, *LEAVE, code="database-busy")
            assert 1.8 < monotonic() - start < 15
        assert dump(url) == before


def test_a_server_that_does_not_answer_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u:p@127.0.0.1:{silent.getsockname()[1]}/x"
        asking = Office(Path("/"), {"AUDIT_DATABASE_URL": url, "AUDIT_DATABASE_WAIT": "2"}, EARLY)
        start = monotonic()
        assert asking.run("draw", "list", expect=1).code == "database-not-reached"
        assert monotonic() - start < 20
    assert asking.run("draw", "list", expect=1).code == "database-not-reached"  # and now nobody listens at all


@pytest.mark.parametrize(
    ("moment", "code"), [("before_cursor_execute", "database-not-reached"), ("commit", "database-unsure")]
)
def test_a_connection_that_is_lost_is_told_and_while_committing_that_nobody_knows(
    moment: str, code: str, postgres_held: tuple[str, Dump], postgres_server: str
) -> None:
    url, before = postgres_held
    with office(url) as cut:
        engine = cut.runtime.engine

        def lose(connection: Any, *rest: Any) -> None:
            if connection.get_execution_options().get("looks"):  # who may act is looked up before
                return
            if moment == "commit" or "INSERT" in rest[1]:
                process = connection.connection.dbapi_connection.info.backend_pid
                administer(postgres_server, f"SELECT pg_terminate_backend({process}, 10000)")

        event.listen(engine, moment, lose)
        refused(cut, *LEAVE, code=code)
        event.remove(engine, moment, lose)
        assert dump(url) == before
        cut.run(*LEAVE)


def test_a_database_that_may_only_be_read_is_shown_and_not_changed(held: tuple[str, Dump]) -> None:
    url, before = held
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        only_read = f"sqlite:///file:{address.database}?mode=ro&uri=true"
    else:
        option = {"options": "-c default_transaction_read_only=on"}
        only_read = address.update_query_dict(option).render_as_string(hide_password=False)
    with office(only_read) as reader:
        reader.run("draw", "list")
        refused(reader, *LEAVE, code="database-readonly")
    assert dump(url) == before


def as_nobody(folder: Path, url: str, *arguments: object, code: str) -> None:
    """The command is refused to somebody who is not root, to whom no mode of a file says anything."""

    def work() -> None:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        with office(url) as nobody:
            nobody.run("draw", "list", expect=None)
            refused(nobody, *arguments, code=code)

    with office(url) as first:  # so that all that is needed is loaded, wherever Python lies
        first.run("draw", "freeze", "--campaign", "!", "--policy", "sichuan-2020", "--out", folder / "x", expect=1)
    codecs.lookup("utf-16-le")  # which the writer of workbooks asks for
    assert in_a_child(work) == 0


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "code"),
    [(0o777, 0o444, "database-readonly"), (0o555, 0o666, "database-readonly"), (0o777, 0o000, "database-not-opened")],
)
def test_files_and_folders_that_may_not_be_written_are_told_apart(
    folder_mode: int, file_mode: int, code: str, sqlite_held: tuple[str, Dump]
) -> None:
    url, before = sqlite_held
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(file_of(url), folder / "audit.db")
        (folder / "audit.db").chmod(file_mode)
        folder.chmod(folder_mode)
        as_nobody(folder, f"sqlite:///{folder / 'audit.db'}", *LEAVE, code=code)
        folder.chmod(0o700)
        (folder / "audit.db").chmod(0o600)
        assert dump(f"sqlite:///{folder / 'audit.db'}") == before


def test_a_draw_is_not_frozen_when_its_files_cannot_be_written(sqlite_held: tuple[str, Dump]) -> None:
    url, before = sqlite_held
    freeze = ("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out")
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(file_of(url), Path(place) / "audit.db")
        (Path(place) / "audit.db").chmod(0o666)
        (Path(place) / "closed").mkdir(mode=0o555)
        Path(place).chmod(0o777)
        copy = f"sqlite:///{place}/audit.db"
        as_nobody(Path(place), copy, *freeze, Path(place) / "closed", code="file-not-written")
        assert dump(copy) == before
        assert list((Path(place) / "closed").iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda data: data[: 3 * 4096], "database-damaged"),
        (lambda data: b"no database" * 1000, "database-damaged"),
        (lambda data: data[:100] + bytes(len(data) - 100), "database-damaged"),
    ],
    ids=["cut off", "another file", "wiped"],
)
def test_a_damaged_database_is_told(damage: Callable[[bytes], bytes], code: str, sqlite_held: tuple[str, Dump]) -> None:
    url, _ = sqlite_held
    damaged = damage(file_of(url).read_bytes())
    file_of(url).write_bytes(damaged)
    broken = Office(Path("/"), settings(url, clock=""), EARLY)
    for command in (("draw", "list"), LEAVE):
        refused(broken, *command, code=code)
    assert file_of(url).read_bytes() == damaged


def test_a_folder_where_the_database_should_be_is_told(tmp_path: Path) -> None:
    asking = Office(Path("/"), settings(f"sqlite:///{tmp_path}", clock=""), EARLY)
    refused(asking, "draw", "list", code="database-not-opened")

"""Several people at once, each with a connection of their own: one after the other, whatever the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text

from audit_service.config import read_settings
from audit_service.errors import AuditError
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.files.policies import lookup
from audit_service.runtime import Runtime
from audit_service.store import acts, rosters, tables
from audit_service.use_cases import draws, freezing, log_checking, rounds
from audit_service.use_cases.import_rosters import import_units
from tests.faults.desk import DRAW, LOG_FILES, LONG, Prepared, Shelf, dump, keys_of, opened, settings
from tests.office import LATE, PUBLIC
from tests.roster_rows import STATUSES, units
from tests.store.test_acts import ACT

TIMES = 200 if LONG else 4
WORKERS = 2


def colleague(url: str, keys: Path, **more: str) -> Runtime:
    """A worker with a connection of its own; the keys are the office's."""
    files = {name: str(keys / name) for name in ("audit.key", "log.key", "log.last")}
    own = zip(("AUDIT_KEY_FILE", "AUDIT_LOG_KEY_FILE", "AUDIT_LOG_LAST_FILE"), files.values(), strict=True)
    return Runtime(read_settings({**settings(url, LATE), **dict(own), **more}))


def run_sample(db: Connection, runtime: Runtime) -> None:
    draws.run_sample(db, runtime.act(None), runtime.vault, DRAW, PUBLIC, "")


def run_round(db: Connection, runtime: Runtime) -> None:
    rounds.run_round(db, runtime.act(None), runtime.vault, f"{DRAW}/1", PUBLIC, "")


def at_once(url: str, keys: Path, work: Callable[[Connection, Runtime], None]) -> list[str]:
    """What becomes of the same work when several begin it at the same moment."""
    barrier = Barrier(WORKERS)

    def one(_: int) -> str:
        runtime = colleague(url, keys)
        engine = runtime.engine
        barrier.wait(60)
        try:
            with runtime.begin() as db:
                work(db, runtime)
            runtime.publish_log()
        except AuditError as error:
            return error.code
        finally:
            engine.dispose()
        return "done"

    with ThreadPoolExecutor(WORKERS) as pool:
        return sorted(pool.map(one, range(WORKERS)))


@pytest.mark.parametrize(("step", "work"), [("draw", run_sample), ("round", run_round)])
def test_two_workers_run_the_same_at_once_and_exactly_one_wins(
    step: str,
    work: Callable[[Connection, Runtime], None],
    shelf: Shelf,
    prepared: dict[str, Prepared],
    tmp_path: Path,
) -> None:
    for time in range(TIMES if step == "draw" else 2):
        (keys := tmp_path / str(time)).mkdir()
        with shelf.lend(prepared[step]) as url:
            for name in LOG_FILES:  # the prepared database was signed already
                shutil.copy(keys_of(url) / name, keys)
            assert at_once(url, keys, work) == ["done", "state-drawn"]
            assert dump(url) == prepared[step].after
            runtime = colleague(url, keys)
            with runtime.look() as db:
                faults = {fault.code for fault in log_checking.check(db, runtime.seal).faults}
            assert not faults
            runtime.engine.dispose()


@pytest.fixture
def empty(shelf: Shelf) -> str:
    return shelf.new()


def test_the_first_two_acts_of_all_take_different_numbers(empty: str, tmp_path: Path) -> None:
    def act(db: Connection, _: Runtime) -> None:
        acts.record(db, ACT, "trial", "x")

    assert at_once(empty, tmp_path, act) == ["done", "done"]
    assert [row[0] for row in dump(empty)["acts"]] == [1, 2]


def test_two_publishers_at_once_sign_one_log(empty: str, tmp_path: Path) -> None:
    def act(db: Connection, _: Runtime) -> None:
        acts.record(db, ACT, "trial", "x")

    for size in (2, 4, 6):
        assert at_once(empty, tmp_path, act) == ["done", "done"]
        runtime = colleague(empty, tmp_path)
        with runtime.look() as db:
            found = log_checking.check(db, runtime.seal)
        assert (found.entries, found.faults) == (size, ())
        runtime.engine.dispose()


# --- acts that overlap ------------------------------------------------------------------------------------------------


def take_units(codes: list[str]) -> Callable[[Connection], Any]:
    """An import of a complete list of units."""
    rows = units(*({"单位编码": code, "建设单位名称": f"{code}街道"} for code in codes))
    return lambda db: import_units(db, ACT, rows, sichuan(), sichuan_towns(), STATUSES, complete=True)


def freeze(db: Connection) -> Any:
    return freezing.freeze(db, ACT, "2027", lookup(None)("sichuan-2020"))


def overlapping(url: str, first: Callable[[Connection], Any], second: Callable[[Connection], Any]) -> list[Any]:
    """What comes of two acts of which the second is begun when the first has done all its work and not saved it."""
    worked, save, asked = Event(), Event(), Event()

    def hold(engine: Engine) -> Any:
        runtime = colleague(url, Path("/"))
        runtime.engine = engine
        with runtime.begin() as db:
            done = first(db)
            worked.set()
            assert save.wait(60)
        return done

    def follow(engine: Engine) -> Any:
        runtime = colleague(url, Path("/"))
        runtime.engine = engine
        asked.set()
        with runtime.begin() as db:
            return second(db)

    with opened(url) as one, opened(url) as other, ThreadPoolExecutor(WORKERS) as pool:
        held = pool.submit(hold, one)
        assert worked.wait(60)
        followed = pool.submit(follow, other)
        assert asked.wait(60)
        wait_until_it_waits(url, followed)
        assert not followed.done()
        save.set()
        return [held.result(60), followed.result(60)]


def wait_until_it_waits(url: str, followed: Future[Any]) -> None:
    """On PostgreSQL it can be seen that somebody waits for a lock; SQLite's lock is the file's."""
    with opened(url) as engine, engine.execution_options(looks=True).connect() as db:
        if engine.dialect.name == "sqlite":
            return
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        for _ in range(100_000):
            if followed.done() or db.execute(waiting).scalar_one():
                return
            db.execute(text("SELECT pg_stat_clear_snapshot()"))
    raise AssertionError("nobody waits")


def standing(url: str) -> set[str]:
    with opened(url) as engine, engine.begin() as db:
        return {row["unit"] for row in rosters.current(db, tables.units)}


A, B, C = "510104026", "510104027", "510104028"


def test_of_two_imports_at_once_the_second_sees_what_the_first_did(empty: str) -> None:
    first, second = overlapping(empty, take_units([A, B]), take_units([B, C]))
    assert (first.imported, first.unchanged, first.left) == (2, 0, 0)
    assert (second.imported, second.unchanged, second.left) == (1, 1, 1)
    assert standing(empty) == {B, C}


def test_a_freeze_during_an_import_is_of_the_roster_after_it(empty: str) -> None:
    overlapping(empty, take_units([A]), take_units([A, B]))
    _, frozen = overlapping(empty, take_units([A, B, C]), freeze)
    assert frozen.units == 3


def test_an_import_during_a_freeze_changes_nothing_of_it(empty: str) -> None:
    overlapping(empty, take_units([A]), take_units([A, B]))
    frozen, imported = overlapping(empty, freeze, take_units([C]))
    assert (frozen.units, imported.left) == (2, 2)
    with opened(empty) as engine, engine.begin() as db:
        act = db.execute(select(tables.draws.c.frozen_in)).scalar_one()
        assert {row["unit"] for row in rosters.current(db, tables.units, act)} == {A, B}


def test_of_two_freezes_at_once_each_has_its_own_number(empty: str) -> None:
    overlapping(empty, take_units([A]), take_units([A, B]))
    assert [frozen.draw for frozen in overlapping(empty, freeze, freeze)] == ["SC-2027-01", "SC-2027-02"]


def test_who_only_looks_sees_one_state_whatever_others_do_meanwhile(postgres_shelf: Shelf) -> None:
    url = postgres_shelf.new()
    reader, writer = colleague(url, Path("/")), colleague(url, Path("/"))
    with reader.look() as seen:
        assert rosters.current(seen, tables.units) == []
        with writer.begin() as db:
            take_units([A])(db)
        assert rosters.current(seen, tables.units) == []
    with reader.look() as seen:
        assert len(rosters.current(seen, tables.units)) == 1
    reader.engine.dispose()
    writer.engine.dispose()

"""The log under load: acts that are on the disk, a second; how soon a checkpoint follows; and a log of many entries."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import monotonic
from typing import Final

from sqlalchemy import create_engine, insert, make_url

from audit_service.config import read_settings
from audit_service.core.acts import Act
from audit_service.core.entries import Recorded, write_entry
from audit_service.publisher import start
from audit_service.runtime import Runtime
from audit_service.store import acts, database, tables
from audit_service.store import log as store
from benchmarks.importing import postgres
from benchmarks.measure import command
from benchmarks.replaying import PROGRAM
from benchmarks.rows import Row, plain, time

WRITERS, SECONDS = 4, 20
ENTRIES = 100_000
AT_LEAST, AT_MOST = 200, 5
_LOOK: Final = 0.02
"""Seconds between two looks at the newest checkpoint: so much too long may the delay that is measured be."""


def figure(scale: int = 1) -> Iterator[Row]:
    """Writers beside a publisher in each of their processes; then one command each on 100,000 entries."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place, postgres(wanted=scale < 1000) as server:
        kinds = {"SQLite": f"sqlite:///{place}/audit.db"} | ({"PostgreSQL": new_database(server)} if server else {})
        for kind, url in sorted(kinds.items()):
            yield from _load(
                kind, environment_of(url, Path(place, f"{kind}-load")), SECONDS / scale, WRITERS if scale < 1000 else 1
            )
        for kind, url in sorted(kinds.items()):
            yield from _long(kind, environment_of(emptied(url), Path(place, f"{kind}-long")), ENTRIES // scale)


def environment_of(url: str, keys: Path) -> dict[str, str]:
    keys.mkdir()
    log = {f"AUDIT_LOG_{name}_FILE": f"{keys}/log.{name.lower()}" for name in ("KEY", "LAST")}
    return {**log, "AUDIT_DATABASE_URL": url, "AUDIT_BY": "bench", "AUDIT_DATABASE_WAIT": "60", "LC_ALL": "C.UTF-8"}


def new_database(server: str) -> str:
    url = make_url(server).set(database="bench_log").render_as_string(hide_password=False)
    emptied(url)
    return url


def emptied(url: str) -> str:
    """A database with the schema and nothing in it, made anew."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        Path(address.database or "").unlink(missing_ok=True)
    else:
        there = address.set(drivername="postgresql+psycopg", database="postgres")
        engine = create_engine(there, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {address.database} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {address.database}")
        engine.dispose()
    made = database.connect(url)
    database.upgrade(made)
    made.dispose()
    return url


# --- acts a second, and the checkpoint after each --------------------------------------------------------------------


def _load(kind: str, environment: Mapping[str, str], seconds: float, writers: int) -> Iterator[Row]:
    context = get_context("spawn")
    ready = context.Barrier(writers)
    with (
        _runtime(environment) as runtime,
        _watched(environment) as seen,
        ProcessPoolExecutor(writers, context, _meet, (ready,)) as pool,
    ):
        with runtime.begin() as db:
            acts.record(db, runtime.act("bench"), "trial", "first")
        wrote = [pool.submit(_write, environment, seconds) for _ in range(writers)]
        done = sorted(each for writer in wrote for each in writer.result())
        last = start(runtime)  # of what was done when the others had stopped
        _wait_for(seen, done[-1][0])
        last.stopped.set()
    rate, delays, promised = len(done) / seconds, sorted(_delays(done, seen)), kind == "PostgreSQL"
    what = f"acts, each a transaction on the disk, by {writers} processes at once for {seconds:g} s, {kind}"
    yield _row(what, rate, f"{rate:.0f} a second", f"≥ {AT_LEAST} a second", rate >= AT_LEAST, promised)
    what, latest = f"… the latest checkpoint after one of {len(done):,} acts", delays[-1]
    yield _row(what, latest, f"{latest:.2f} s", f"≤ {AT_MOST} s", latest <= AT_MOST, promised)
    yield plain("… half of them within", delays[len(delays) // 2], f"{delays[len(delays) // 2]:.2f} s")


def _row(what: str, value: float, shown: str, target: str, met: bool, promised: bool) -> Row:
    """Of SQLite, which has one writer at a time, nothing is promised here."""
    return plain(what, value, shown, target, met) if promised else plain(what, value, shown)


@contextmanager
def _runtime(environment: Mapping[str, str]) -> Iterator[Runtime]:
    runtime = Runtime(read_settings(environment))
    try:
        yield runtime
    finally:
        runtime.engine.dispose()


def _meet(ready: Barrier) -> None:
    """Each writer begins when all have started."""
    ready.wait(60)


def _write(environment: Mapping[str, str], seconds: float) -> list[tuple[int, float]]:
    """Act without pause, beside a publisher; the number of each act, and when it was on the disk."""
    done: list[tuple[int, float]] = []
    with _runtime(environment) as runtime:
        with runtime.look():
            publisher = start(runtime)
        until = monotonic() + seconds
        while not done or monotonic() < until:
            with runtime.begin() as db:
                number = acts.record(db, runtime.act("bench"), "trial", "SC-2026-01")
            done.append((number, monotonic()))
        publisher.stopped.set()
    return done


@contextmanager
def _watched(environment: Mapping[str, str]) -> Iterator[list[tuple[int, float]]]:
    """Sizes of checkpoints, and when each was there to be fetched."""
    seen: list[tuple[int, float]] = []
    stopped = threading.Event()

    def watch() -> None:
        with _runtime(environment) as runtime:
            while not stopped.wait(_LOOK):
                with runtime.look() as db:
                    signed = store.latest(db)
                if signed and (not seen or seen[-1][0] < signed.size):
                    seen.append((signed.size, monotonic()))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        stopped.set()
        thread.join()


def _wait_for(seen: list[tuple[int, float]], number: int) -> None:
    until = monotonic() + 30
    while not seen or seen[-1][0] < number:
        if monotonic() > until:
            raise RuntimeError(f"act {number} was never signed")
        threading.Event().wait(_LOOK)


def _delays(done: list[tuple[int, float]], seen: list[tuple[int, float]]) -> Iterator[float]:
    sizes = [size for size, _ in seen]
    for number, at in done:
        yield max(0.0, seen[bisect_left(sizes, number)][1] - at)


# --- many entries -----------------------------------------------------------------------------------------------------


def _long(kind: str, environment: Mapping[str, str], entries: int) -> Iterator[Row]:
    with _runtime(environment) as runtime, runtime.begin() as db:
        act = Act(datetime(2026, 6, 20, 1, tzinfo=UTC), "bench")
        made = [Recorded(n, act, "trial", f"SC-2026-{n}", {}, f"{n:064x}") for n in range(1, entries + 1)]
        common = {"at": act.at, "by": act.by, "demo": False, "action": "trial", "details": "{}"}
        db.execute(
            insert(tables.acts), [{**common, "number": r.number, "subject": r.subject, "salt": r.salt} for r in made]
        )
        db.execute(insert(tables.entries), [{"place": r.number, "content": write_entry(r)} for r in made])
        db.execute(insert(tables.counters).values(counter="acts", value=entries))
    program = {**os.environ, **environment}
    for name, what in (("publish", f"of {entries:,} entries at once"), ("check", f"of {entries:,} entries")):
        taken = command([PROGRAM, "log", name], program)
        yield plain(f"`log {name}` {what}, {kind}", taken.seconds, time(taken))
        yield plain("… peak of memory", taken.peak, f"{taken.peak:.0f} MiB")
    shutil.rmtree(Path(environment["AUDIT_LOG_KEY_FILE"]).parent)

"""The program as an office runs it, a process of its own; and databases to run it on, each as it was at some step."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, delete, insert, make_url, select, text

from audit_service.store import database
from audit_service.store.tables import APPEND_ONLY, acts, counters, metadata
from tests.copies import copy_of, drop
from tests.office import EARLY, EVENTS, LATE, PUBLIC, Office
from tests.roster_rows import DEMO

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = Path(sys.executable).with_name("audit-service")
STEPS: Final = ("import", "draw", "round")
LONG: Final = os.environ.get("AUDIT_LONG") == "1"
DRAW: Final = "SC-2026-01"

LOG_FILES: Final = ("log.key", "log.last")
SALT: Final = list(acts.c.keys()).index("salt")


class Dump(dict[str, list[tuple[Any, ...]]]):
    """Everything that is in a database, by table. Two are equal if the same was done in both.

    The salts of acts are drawn by chance, and entries follow from them; the log is signed after an act, and once more
    when the next one is done.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dump) and self._done() == other._done()

    __hash__ = None  # type: ignore[assignment]

    def _done(self) -> dict[str, list[tuple[Any, ...]]]:
        done = {name: rows for name, rows in self.items() if name not in APPEND_ONLY}
        unsalted = sorted((row[:SALT] + row[SALT + 1 :] for row in self["acts"]), key=repr)
        return {**done, "acts": unsalted, "entries": [row[:1] for row in self["entries"]]}


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it wrote."""

    status: int
    out: str
    said: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def settings(url: str, clock: str = EARLY, **more: str) -> dict[str, str]:
    """The environment of an office that rehearses."""
    key = tempfile.gettempdir() + "/no-such-folder/audit.key"
    demo = {"AUDIT_DEMO": "1", "AUDIT_DEMO_CLOCK": clock} if clock else {}
    log = {"AUDIT_LOG_KEY_FILE": str(keys_of(url) / "log.key"), "AUDIT_LOG_LAST_FILE": str(keys_of(url) / "log.last")}
    return {"AUDIT_DATABASE_URL": url, "AUDIT_KEY_FILE": key, "AUDIT_BY": "tests", **log, **demo, **more}


def keys_of(url: str) -> Path:
    """The folder of a database's log keys: each has its own, as each office has."""
    name = make_url(url).database or ""
    return Path(name).parent if url.startswith("sqlite") else Path(tempfile.gettempdir(), "audit-faults", name)


def copy_keys(template: str, url: str) -> None:
    """The keys and the last checkpoint of a database that was copied, for its copy."""
    keys_of(url).mkdir(parents=True, exist_ok=True)
    for name in LOG_FILES:
        keys_of(url).joinpath(name).unlink(missing_ok=True)
        if (kept := keys_of(template) / name).exists():
            shutil.copy(kept, keys_of(url))


def program(
    *arguments: object, environment: Mapping[str, str], command: Sequence[object] = (PROGRAM,), **process: Any
) -> Ended:
    """Run the real command to its end."""
    words = [os.fsencode(str(word)) for word in (*command, *arguments)]
    pipe = subprocess.PIPE
    streams = {"stdout": pipe, "stderr": pipe, "stdin": subprocess.DEVNULL} | process
    running = subprocess.Popen(words, env={**os.environ, "LC_ALL": "C.UTF-8", **environment}, **streams)
    out, said = running.communicate(timeout=300)
    return Ended(running.returncode, (out or b"").decode(), (said or b"").decode())


def program_and_peak(*arguments: object, environment: Mapping[str, str]) -> tuple[Ended, float]:
    """Run the real command to its end; with the most memory that it or a process of its own took, in MiB."""
    with tempfile.NamedTemporaryFile("r") as peak:
        command = (sys.executable, "-S", ROOT / "tests" / "faults" / "measured.py", peak.name, PROGRAM)
        ended = program(*arguments, environment=environment, command=command)
        return ended, int(peak.read()) / 1024


@dataclass(frozen=True)
class Step:
    """A command, the moment at which it is run, and what it says when it was done before."""

    name: str
    arguments: tuple[object, ...]
    clock: str
    again: str


@dataclass(frozen=True)
class Prepared:
    """A step with the database as it is before, what is in it before and after, and what the command says."""

    step: Step
    before_url: str
    before: Dump
    after: Dump
    result: Any


@dataclass
class Shelf:
    """Databases of one kind: those of prepared steps, and copies of them to work on; the first is a copy of an empty
    one."""

    kind: str
    folder: Path
    template: str
    _lent: dict[str, str] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)

    def new(self) -> str:
        """A database with the schema and nothing in it."""
        return self.copy(self.template)

    def copy(self, url: str) -> str:
        """A copy of a database that nobody is using."""
        (folder := self.folder / str(len(self._made))).mkdir()
        made = copy_of(url, folder)
        self._made.append(made)
        copy_keys(url, made)
        return made

    def clear(self) -> None:
        """Take the databases of a server away."""
        for url in self._made:
            drop(url)
            shutil.rmtree(keys_of(url), ignore_errors=True)

    @contextmanager
    def lend(self, found: Prepared) -> Iterator[str]:
        """A copy of a prepared database for as long as it is needed. On PostgreSQL one is lent again and again."""
        if self.kind == "sqlite":
            yield (url := self.copy(found.before_url))
            shutil.rmtree(Path(make_url(url).database or "").parent)
            return
        name = found.step.name
        url = self._lent.pop(name, "") or self.copy(found.before_url)
        yield url
        restore(url, found.before)
        copy_keys(found.before_url, url)
        self._lent[name] = url


def restore(url: str, content: Dump) -> None:
    """Put a database back to what was in it."""
    with opened(url) as engine, engine.begin() as db:
        db.execute(text("SET LOCAL session_replication_role = replica"))  # else the log's own triggers refuse
        for table in reversed(metadata.sorted_tables):
            db.execute(delete(table))
        for table in metadata.sorted_tables:
            if content[table.name]:
                names = table.c.keys()
                db.execute(insert(table), [dict(zip(names, row, strict=True)) for row in content[table.name]])


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """A database, and nothing of it left open."""
    engine = database.connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


def dump(url: str) -> Dump:
    """Everything that is in a database."""
    with opened(url) as engine, engine.connect() as db:
        return Dump(
            (table.name, sorted((tuple(row) for row in db.execute(select(table))), key=repr))
            for table in metadata.sorted_tables
        )


def check_whole(url: str) -> None:
    """The database is sound, and its acts are numbered without gaps."""
    with opened(url) as engine, engine.connect() as db:
        if engine.dialect.name == "sqlite":
            assert db.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []
        numbers = sorted(db.execute(select(acts.c.number)).scalars())
        assert numbers == list(range(1, len(numbers) + 1))
        last = db.execute(select(counters.c.value).where(counters.c.counter == "acts")).scalar_one_or_none()
        assert last == (len(numbers) or None)


@contextmanager
def office(url: str, clock: str = EARLY) -> Iterator[Office]:
    """The same program in this process, which is quicker."""
    found = Office(Path(tempfile.gettempdir()), settings(url, clock=""), clock)
    try:
        yield found
    finally:
        if "engine" in vars(found.runtime):
            found.runtime.engine.dispose()


def in_a_child(work: Callable[[], Any]) -> int:
    """Do something in a process that may die of it; the signal that it died of, or 0."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001 - this process ends here, whatever happens
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status <= 0
    return -status


def check_after(found: Prepared, url: str) -> str:
    """The database is as before or as after; and the command, repeated, ends as if nobody had been killed."""
    check_whole(url)
    state = dump(url)
    assert state in (found.before, found.after)
    done = state == found.after
    with office(url, found.step.clock) as again:
        if done and found.step.again:
            assert again.run(*found.step.arguments, expect=1).code == found.step.again
        elif done:
            result = again.run(*found.step.arguments).json
            assert (result["imported"], result["updated"]) == (0, 0)
        else:
            assert again.run(*found.step.arguments).json == found.result
    check_whole(url)
    assert dump(url) == found.after
    return "after" if done else "before"


def prepare(shelf: Shelf) -> dict[str, Prepared]:
    """The steps that may be cut short, each with the database before it: an import that adds units and changes others,
    the draw of a sample, the draw of teams."""
    url, prepared = shelf.new(), {}
    with office(url) as at_first:
        at_first.run("import", "units", units_file(shelf.folder / "first.csv", 300))
    steps = (
        Step("import", ("import", "units", units_file(shelf.folder / "all.csv", None)), EARLY, ""),
        Step("draw", ("draw", "run", DRAW, "--public", PUBLIC), LATE, "state-drawn"),
        Step("round", ("round", "run", f"{DRAW}/1", "--public", PUBLIC), LATE, "state-drawn"),
    )
    for step in steps:
        if step.name == "draw":
            with office(url) as at_commitment:
                for kind, name in (("people", "inspectors"), ("recusals", "recusals"), ("targets", "targets")):
                    at_commitment.run("import", kind, DEMO / f"{name}_demo.csv")
                assert at_commitment.commit() == DRAW
                at_commitment.run("round", "commit", DRAW, *EVENTS)
        before_url = shelf.copy(url)
        before = dump(url)
        with office(url, step.clock) as at_work:
            result = at_work.run(*step.arguments).json
        prepared[step.name] = Prepared(step, before_url, before, dump(url), result)
    return prepared


def units_file(file: Path, most: int | None) -> Path:
    """The demo roster, as far as it goes; the whole of it has a remark on each unit."""
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as demo:
        rows = [row | {"备注": "" if most else "现场核对"} for row in csv.DictReader(demo)][:most]
    with file.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file

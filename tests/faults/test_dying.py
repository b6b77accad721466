"""At whatever step a command dies, of its statements, commits and files: all is kept, or nothing."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.faults.desk import (
    DRAW,
    LOG_FILES,
    LONG,
    STEPS,
    Prepared,
    Shelf,
    check_after,
    check_whole,
    dump,
    in_a_child,
    office,
)
from tests.faults.dying import Death
from tests.office import EARLY, EVENTS
from tests.roster_rows import DEMO


def die(url: str, clock: str, arguments: tuple[object, ...], appointed: str, counted: Path) -> int:
    """Run a command in a process that dies at a step of its own; the signal. Living, it leaves its steps counted."""

    def work() -> None:
        death = Death(appointed)
        with office(url, clock) as dying:
            assert dying.runtime.engine  # what is there before is not what the command does
            death.appear()
            dying.run(*arguments)
            counted.write_text(json.dumps(death.counts))

    return in_a_child(work)


def count_steps(url: str, clock: str, arguments: tuple[object, ...], folder: Path) -> dict[str, int]:
    """How many steps of each kind a command has; it is carried out."""
    assert die(url, clock, arguments, "none", folder / "counted") == 0
    counts: dict[str, int] = json.loads((folder / "counted").read_text())
    return counts


def some(most: int, few: int) -> list[int]:
    """Of the numbers from 1 a few, the first and the last among them; in the long form a hundred."""
    few = 100 if LONG else max(3, few // 2)
    if most <= few:
        return list(range(1, most + 1))
    return sorted({1, most, *(1 + (most - 1) * part // (few - 1) for part in range(few))})


@pytest.mark.parametrize("step", STEPS)
def test_a_command_that_dies_at_any_statement_or_commit_is_done_or_was_never_begun(
    step: str, shelf: Shelf, prepared: dict[str, Prepared], tmp_path: Path
) -> None:
    found = prepared[step]
    command = found.step.clock, found.step.arguments
    with shelf.lend(found) as url:
        counts = count_steps(url, *command, tmp_path)
    kinds = {"statement": 5, "copied": 3, "commit": 9, "committed": 9}
    states: dict[str, list[str]] = {kind: [] for kind in kinds}
    for kind, few in kinds.items():
        for number in some(counts.get(kind, 0), few):
            with shelf.lend(found) as url:
                assert die(url, *command, f"{kind}:{number}", tmp_path / "counted") == signal.SIGKILL, (kind, number)
                states[kind].append(check_after(found, url))
    acted = states["committed"].index("after")  # before it somebody looked who may act; what comes then signs the log
    assert states["commit"][: acted + 1] == ["before"] * (acted + 1)
    assert all(found == sorted(found, reverse=True) for found in states.values()), states


@pytest.mark.parametrize("step", STEPS)
def test_a_command_that_dies_in_the_middle_of_writing_the_database_was_never_begun(
    step: str, sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared], tmp_path: Path
) -> None:
    found = sqlite_prepared[step]
    torn = 0
    with sqlite_shelf.lend(found) as url:
        count_steps(url, found.step.clock, found.step.arguments, tmp_path)
        size = Path(make_url(url).database or "").stat().st_size
    for part in some(16, 4):
        with sqlite_shelf.lend(found) as url:
            most = (size - 1) * part // 16
            assert die(url, found.step.clock, found.step.arguments, f"size:{most}", tmp_path) == signal.SIGXFSZ
            torn += is_torn(Path(make_url(url).database or ""))
            assert check_after(found, url) == "before"
    assert torn


def test_a_command_that_dies_while_it_makes_the_database_is_simply_repeated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'audit.db'}"
    command = ("import", "targets", DEMO / "targets_demo.csv")

    def work(appointed: str) -> None:
        death = Death(appointed).appear()
        with office(url) as dying:
            dying.run(*command)
        (tmp_path / "counted").write_text(json.dumps(death.counts))

    assert in_a_child(lambda: work("none")) == 0
    whole = dump(url)
    counts = json.loads((tmp_path / "counted").read_text())
    for appointed in [
        f"{kind}:{n}" for kind, few in (("statement", 6), ("commit", 9)) for n in some(counts[kind], few)
    ]:
        for name in ("audit.db", "log.last"):
            (tmp_path / name).unlink(missing_ok=True)
        assert in_a_child(partial(work, appointed)) == signal.SIGKILL
        with office(url) as again:
            again.run(*command)
        check_whole(url)
        assert dump(url) == whole


def is_torn(file: Path) -> bool:
    """Whether the file alone, without the journal beside it, is no sound database any more."""
    alone = file.with_name("alone.db")
    alone.write_bytes(file.read_bytes())
    with sqlite3.connect(alone) as db:
        try:
            return db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        except sqlite3.DatabaseError:
            return True


WRITING = {
    "freeze": ("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020"),
    "commit": ("draw", "commit", "SC-2027-01", *EVENTS),
    "bundle": ("bundle", DRAW),
}


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", WRITING)
def test_a_command_that_dies_while_it_writes_files_leaves_whole_ones_and_cleans_up_when_repeated(
    name: str, sqlite_shelf: Shelf, sqlite_prepared: dict[str, Prepared], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = (*WRITING[name], "--out", out / ("file" if name != "freeze" else ""))
    with sqlite_shelf.lend(sqlite_prepared["round"]) as url:
        if name == "commit":
            with office(url) as at_first:
                at_first.freeze("2027")
        before, file = dump(url), Path(make_url(url).database or "")
        kept = {file.with_name(each): file.with_name(each).read_bytes() for each in (file.name, *LOG_FILES)}
        steps = count_steps(url, EARLY, arguments, tmp_path)["file"]
        whole, after = files_in(out), dump(url)
        for number in some(steps, 6):
            shutil.rmtree(out)
            for each, content in kept.items():
                each.write_bytes(content)
            assert die(url, EARLY, arguments, f"file:{number}", tmp_path) == signal.SIGKILL
            left = {path: data for path, data in files_in(out).items() if not path.startswith(".")}
            assert left.items() <= whole.items()
            state = dump(url)
            if state == after and after != before:
                assert left == whole
                continue  # it was done; only the log was not signed yet
            assert state == before
            with office(url) as again:
                again.run(*arguments)
            assert (files_in(out), dump(url)) == (whole, after)

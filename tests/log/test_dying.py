"""Killed at any statement of commit, run, append and publish: the act is whole or absent, and the log goes on.

Afterwards nothing of the log differs from what is on record, the next checkpoint is signed, and it holds whatever was
signed before. `tests/faults` asks the same of the rest of the database.
"""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from audit_service.store import acts
from tests.databases import KINDS
from tests.faults.desk import LONG, Prepared, Shelf, Step, check_whole, dump, in_a_child, settings
from tests.faults.dying import Death
from tests.log.test_publishing import size
from tests.office import EARLY, EVENTS, LATE, PUBLIC, Office

DRAW: Final = "SC-2026-01"
STEPS: Final = (
    Step("append", ("people", "leave", "C510101", "--reason", "病假"), EARLY, ""),
    Step("publish", ("log", "publish"), EARLY, ""),
    Step("commit", ("draw", "commit", DRAW, *EVENTS), EARLY, ""),
    Step("run", ("draw", "run", DRAW, "--public", PUBLIC), LATE, ""),
)
FEW: Final = {"statement": 5, "commit": 2, "committed": 2, "file": 2}
FILES: Final = ("log.key", "log.last")


@dataclass(frozen=True)
class Desk:
    """A step with the database before it, and the log's files as they lay beside it."""

    found: Prepared
    files: Path


@dataclass(frozen=True)
class Room:
    """Where one trial takes place: a database lent, and the log's files in a folder of its own."""

    url: str
    folder: Path

    def office(self, clock: str) -> Office:
        return Office(self.folder, self._environment(), clock)

    def _environment(self) -> dict[str, str]:
        places = {"AUDIT_LOG_KEY_FILE": "log.key", "AUDIT_LOG_LAST_FILE": "log.last"}
        return settings(self.url, "", **{name: str(self.folder / file) for name, file in places.items()})


@pytest.fixture(scope="module", params=KINDS)
def desks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shelf, dict[str, Desk]]]:
    """Every step prepared, on SQLite and on PostgreSQL."""
    template = request.getfixturevalue(f"{request.param}_template")
    shelf = Shelf(request.param, tmp_path_factory.mktemp("desks"), template)
    yield shelf, prepare(shelf, tmp_path_factory)
    shelf.clear()


def prepare(shelf: Shelf, folders: pytest.TempPathFactory) -> dict[str, Desk]:
    room, desks = Room(shelf.new(), folders.mktemp("room")), {}
    working = room.office(EARLY)
    working.import_demo().freeze()
    for step in STEPS:
        if step.name == "publish":
            unsigned_acts(working)
        working.runtime.engine.dispose()
        before_url, before = shelf.copy(room.url), dump(room.url)
        files = folders.mktemp(step.name)
        for name in FILES:
            shutil.copy(room.folder / name, files)
        working.at(step.clock).run(*step.arguments)
        working.runtime.engine.dispose()
        desks[step.name] = Desk(Prepared(step, before_url, before, dump(room.url), None), files)
    return desks


def unsigned_acts(office: Office) -> None:
    with office.runtime.begin() as db:
        for number in range(5):
            acts.record(db, office.runtime.act("tests"), "trial", f"{DRAW}/{number}")


def die(room: Room, step: Step, appointed: str) -> int:
    """Carry a step out in a process that dies; the signal. Living, it leaves its steps counted."""

    def work() -> None:
        death = Death(appointed)
        dying = room.office(step.clock)
        assert dying.runtime.engine
        death.appear()
        dying.run(*step.arguments)
        (room.folder / "counted").write_text(json.dumps(death.counts))

    return in_a_child(work)


def trial(shelf: Shelf, desk: Desk, appointed: str, folder: Path) -> tuple[str, dict[str, int]]:
    """Kill one step at one moment, and look. Whether the act is there; of a step that lived, what was counted."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(desk.files, folder)
    with shelf.lend(desk.found) as url:
        room = Room(url, folder)
        assert die(room, desk.found.step, appointed) == (0 if appointed == "none" else signal.SIGKILL), appointed
        state = check(room, desk)
    return state, json.loads((folder / "counted").read_text()) if appointed == "none" else {}


def check(room: Room, desk: Desk) -> str:
    """The act is whole or absent; the log as it is agrees with it; the next checkpoint is signed, and holds all."""
    check_whole(room.url)
    state = dump(room.url)
    assert state in (desk.found.before, desk.found.after)
    office = room.office(desk.found.step.clock)
    assert office.run("log", "check").json["faults"] == []
    assert office.run("log", "publish").json["size"] == len(state["acts"]) == size(office)
    found = office.run("log", "check").json
    assert (found["entries"], found["faults"]) == (len(state["acts"]), [])
    office.runtime.engine.dispose()
    assert dump(room.url) == state
    return "after" if state == desk.found.after else "before"


def some(most: int, few: int) -> list[int]:
    """Of the numbers from 1 a few, the first and the last among them; in the long form all."""
    few = max(2, few // 2)
    if LONG or most <= few:
        return list(range(1, most + 1))
    return sorted({1, most, *(1 + (most - 1) * part // (few - 1) for part in range(few))})


@pytest.mark.parametrize("name", [step.name for step in STEPS])
def test_whoever_is_killed_leaves_the_act_whole_or_absent_and_a_log_that_checks_and_goes_on(
    desks: tuple[Shelf, dict[str, Desk]], name: str, tmp_path: Path
) -> None:
    shelf, desk = desks[0], desks[1][name]
    _, counts = trial(shelf, desk, "none", tmp_path / "trial")
    for kind, few in FEW.items():
        states = [trial(shelf, desk, f"{kind}:{n}", tmp_path / "trial")[0] for n in some(counts.get(kind, 0), few)]
        assert states == sorted(states, reverse=True), (kind, states)
        assert states or kind not in ("statement", "commit", "committed")

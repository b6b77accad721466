"""The publisher: a checkpoint follows what was done within seconds, whoever is killed, and there is never a fork."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine

from audit_service.core import tree
from audit_service.core.notes import Note, parse_checkpoint
from audit_service.errors import AuditError, Failed
from audit_service.publisher import Publisher, start
from audit_service.signing import Signer
from audit_service.store import acts, database, log
from tests.faults.desk import LONG, PROGRAM, in_a_child
from tests.faults.dying import Death
from tests.log.test_log import faults
from tests.office import Office, on_both

SEED: Final = 20260701
SOON: Final = 5.0
"""Seconds within which a checkpoint must follow."""


def act(office: Office, subject: str = "SC-2026-01") -> int:
    """Something is done, and not signed by whoever did it."""
    with office.runtime.begin() as db:
        return acts.record(db, office.runtime.act("tests"), "trial", subject)


def size(office: Office) -> int:
    """How far the newest checkpoint goes."""
    with office.runtime.look() as db:
        signed = log.latest(db)
    return signed.size if signed else 0


def until(true: Callable[[], bool], seconds: float = SOON) -> None:
    """Wait until something has come about."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


def stop(publisher: Publisher) -> None:
    """Tell it to end, and wait until it has: its last look uses the database."""
    publisher.stopped.set()
    for thread in threading.enumerate():
        if thread.name == "log-publisher":
            thread.join(30)


# --- the loop -------------------------------------------------------------------------------------------------------


@on_both
def test_a_checkpoint_follows_each_act_within_seconds(office: Office) -> None:
    publisher = start(office.runtime, every=0.05)
    for _ in range(3):
        number = act(office)
        until(lambda number=number: size(office) == number)  # type: ignore[misc]
    stop(publisher)
    assert faults(office) == []


def test_while_it_is_anothers_turn_nobody_else_publishes(office: Office) -> None:
    act(office)
    with office.runtime.seal.turn() as mine, office.runtime.seal.turn() as another:
        assert (mine, another) == (True, False)
        assert Publisher(office.runtime).once() is None
    assert Publisher(office.runtime).once() is not None


@on_both
def test_where_nothing_is_new_it_asks_for_no_lock(office: Office) -> None:
    act(office)
    Publisher(office.runtime).once()
    office.environment = {**office.environment, "AUDIT_DATABASE_WAIT": "1"}
    with office.runtime.begin() as db:
        acts.next_number(db, "anything")  # a writer who takes long
        assert Publisher(office.runtime).once() is None


def test_a_long_backlog_is_signed_in_parts(office: Office) -> None:
    for _ in range(7):
        act(office)
    sizes: list[int] = []

    def signed(note: Note) -> None:
        sizes.append(parse_checkpoint(note.text).size)
        if sizes[-1] == 7:
            publisher.stopped.set()

    publisher = Publisher(office.runtime, 0.01, signed, most=3)
    publisher.run()
    assert sizes == [3, 6, 7]
    assert faults(office) == []


def test_a_part_is_no_smaller_than_what_was_signed_by_somebody_who_was_killed(office: Office) -> None:
    for _ in range(7):
        act(office)
    office.runtime.engine.dispose()
    assert in_a_child(lambda: die_publishing(office, "commit:1")) == signal.SIGKILL
    assert (office.runtime.seal.last.size, size(office)) == (7, 0)  # type: ignore[union-attr]
    note = Publisher(office.runtime, most=2).once()
    assert note is not None
    assert parse_checkpoint(note.text).size == 7


def die_publishing(office: Office, appointed: str) -> None:
    death = Death(appointed)
    assert office.runtime.engine
    death.appear()
    office.runtime.publish_log()


def test_a_failure_is_logged_and_the_next_look_tries_again(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    act(office)
    Publisher(office.runtime).once()
    act(office)
    last = office.folder / "log.last"
    good = last.read_bytes()
    last.write_bytes(b"not a checkpoint")
    with caplog.at_level(logging.WARNING, "audit_service.publisher"):
        publisher = start(office.runtime, every=0.01)
        until(lambda: bool(caplog.records))
        last.write_bytes(good)
        until(lambda: size(office) == 2)
        stop(publisher)
    assert len(caplog.records) == 2
    assert [record.__dict__["code"] for record in caplog.records] == ["log-last-wrong", "log-published-again"]


def test_what_nobody_expected_does_not_end_the_thread(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(office)
    with monkeypatch.context() as broken:
        broken.setattr("audit_service.publisher.unsigned", lambda _: 1 // 0)
        publisher = start(office.runtime, every=0.01)
        until(lambda: bool(caplog.records))
    until(lambda: size(office) == 1)
    stop(publisher)
    assert "ZeroDivisionError" in caplog.text


@on_both
def test_the_command_publishes_until_it_is_told_to_end(office: Office) -> None:
    act(office)
    environment = {**os.environ, **office.environment, "LC_ALL": "C.UTF-8"}
    words = [PROGRAM, "log", "publish", "--every", "0.1", "--json"]
    running = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: size(office) == 1, 30)
    act(office)
    until(lambda: size(office) == 2)
    running.terminate()
    out, said = running.communicate(timeout=30)
    assert (running.returncode, json.loads(out)) == (0, {"size": 2, "checkpoints": 2})
    assert said.splitlines() == ["Signed the checkpoint at 1 entry.", "Signed the checkpoint at 2 entries."]


SERVER = """
preload_app = True
def post_worker_init(worker):
    from audit_service.publisher import start
    start(worker.wsgi.extensions["runtime"], 0.1)
"""


@on_both
def test_the_workers_of_a_server_publish_though_one_after_another_is_killed(office: Office) -> None:
    config = office.folder / "gunicorn.conf.py"
    config.write_text(SERVER)
    environment = {**os.environ, **office.environment}
    words = ["-m", "gunicorn", "--workers", "2", "--bind", f"unix:{office.folder}/s", "--config", config, "wsgi:app"]
    server = subprocess.Popen(
        [sys.executable, *words], cwd=Path(__file__).parents[2], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(4):
            number = act(office)
            until(lambda number=number: size(office) == number, 30)  # type: ignore[misc]
            os.kill(workers(server.pid)[0], signal.SIGKILL)
    finally:
        server.terminate()
        server.wait(30)
    assert faults(office) == []


def workers(server: int) -> list[int]:
    """The processes of a server that is up."""
    found = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(each) for each in found]


# --- never a fork ---------------------------------------------------------------------------------------------------


def watched(file: Path) -> None:
    """From here on this process writes down whatever it signs, before anybody is given it."""
    own = Signer.sign

    def sign(signer: Signer, text: str) -> Note:
        note = own(signer, text)
        with file.open("ab", buffering=0) as written:
            written.write(text.encode() + b"\0")
        return note

    Signer.sign = sign  # type: ignore[method-assign]


def check_no_fork(office: Office, file: Path) -> int:
    """Everything that was ever signed is the beginning of the log as it is now; how many checkpoints that are."""
    office.run("log", "publish")
    assert faults(office) == []
    texts = file.read_text(encoding="utf-8").split("\0")[:-1] if file.exists() else []
    with office.runtime.look() as db:
        hashes = log.all_hashes(db)
    for text in texts:
        found = parse_checkpoint(text)
        assert tree.root(lambda *where: hashes[where], found.size) == found.root
    return len(texts)


def act_and_publish_until_death(office: Office, file: Path, appointed: str) -> None:
    watched(file)
    death = Death(appointed)
    publisher = Publisher(office.runtime)
    assert office.runtime.engine
    death.appear()
    while True:
        try:
            act(office)
            publisher.once()
        except Failed as error:
            if error.code != "database-busy":
                raise


@on_both
@pytest.mark.parametrize("number", range(20 if LONG else 2))
def test_publishers_that_are_killed_at_random_steps_never_sign_a_fork(office: Office, number: int) -> None:
    chance, file = random.Random(f"{SEED} {number}"), office.folder / "signed"
    act(office)
    for _ in range(3):
        office.runtime.engine.dispose()
        steps = [f"{kind}:{chance.randint(1, most)}" for kind, most in chance.sample(KINDS, 3)]
        children = [in_background(lambda step=step: act_and_publish_until_death(office, file, step)) for step in steps]  # type: ignore[misc]
        assert [ended(child) for child in children] == [signal.SIGKILL] * 3, steps
    assert check_no_fork(office, file) > 1


KINDS = [("statement", 120), ("commit", 20), ("committed", 20), ("file", 30)]


def in_background(work: Callable[[], object]) -> int:
    """Do something in a process of its own; its number."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - this process ends here, whatever happens
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    return child


def ended(child: int) -> int:
    """The signal that ended a process, or minus its exit status."""
    return -os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@on_both
def test_a_publisher_that_dies_at_any_step_leaves_a_log_that_the_next_one_signs(office: Office) -> None:
    file, dead = office.folder / "signed", 0
    for kind in ("statement", "commit", "committed", "file"):
        for step in range(1, 99):
            act(office)
            office.runtime.engine.dispose()
            signal_of_death = in_a_child(lambda step=step: publish_and_die(office, file, f"{kind}:{step}"))  # type: ignore[misc] # noqa: B023
            check_no_fork(office, file)
            if not signal_of_death:
                break
            dead += 1
    assert dead > 12


def publish_and_die(office: Office, file: Path, appointed: str) -> None:
    watched(file)
    die_publishing(office, appointed)


def diverged(engine: Engine, office: Office) -> None:
    with database.transaction(engine) as db:
        acts.record(db, office.runtime.act("tests"), "trial", "another")


@pytest.mark.parametrize("number", range(40 if LONG else 8))
def test_of_two_databases_that_part_only_one_is_ever_signed(office: Office, number: int) -> None:
    """A copy of the database that somebody works on as well: with one key and one last checkpoint."""
    act(office)
    office.run("log", "publish")
    with office.earlier() as copy:
        other = Office(office.folder, {**office.environment, "AUDIT_DATABASE_URL": copy})
        act(office, "one")
        act(other, "other")
        office.close()
        other.close()
        file, (reads, writes) = office.folder / "signed", os.pipe()
        children = [in_background(lambda of=of: publish_at_once(of, file, reads, writes)) for of in (office, other)]  # type: ignore[misc]
        os.close(writes)
        os.close(reads)
        assert sorted(map(ended, children)) == [-3, 0]
        assert len(file.read_bytes().split(b"\0")) == 2


def publish_at_once(office: Office, file: Path, reads: int, writes: int) -> None:
    """Publish when the other does: when nobody holds the pipe's end any more. Exit status 3 where it is refused."""
    watched(file)
    assert office.runtime.engine
    os.close(writes)
    os.read(reads, 1)
    try:
        office.runtime.publish_log()
    except AuditError as error:
        os._exit(3 if error.code == "log-forked" else 4)

"""Many clients write at once while workers die: what was acknowledged is there, once; what was not, at most once."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Barrier, Event
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select

from audit_service.store import tables
from audit_service.store.account_tables import accounts, answered
from tests.faults.desk import LONG, check_whole, opened
from tests.office import LATE, PUBLIC, Office, on_both
from tests.web.test_server import Server, served

TIMES = 200 if LONG else 2
AGAIN = {"database-busy"}
"""Refusals after which a client sends the same again: nothing was done, or it is being done."""


@dataclass
class Client:
    """Makes one account after the other, and sends each request again, with its key, until it is answered."""

    port: int
    token: str
    name: str
    done: dict[str, Any] = field(default_factory=dict)
    """What was answered about each account."""
    begun: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    def work(self, until: float) -> None:
        for number in count():
            account = f"{self.name}-{number}"
            self.begun.append(account)
            while account not in self.done:
                if monotonic() > until:
                    return
                self._send(account)

    def _send(self, account: str) -> None:
        try:
            status, told = ask(
                self.port, self.token, "users", {"account": account, "role": "auditor"}, Idempotency_Key=account
            )
        except (OSError, HTTPException) as error:
            self.met[type(error).__name__] += 1
            return
        if status == 201:
            self.done[account] = told
        else:
            self.met[told["code"]] += 1


def ask(port: int, token: str, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """One request on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **named}
    try:
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), sent)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def token_of(office: Office, role: str) -> str:
    token: str = office.run("user", "add", role, "--role", role, "--token").json["token"]
    return token


def kill_one_each(server: Server, seconds: float, every: float) -> int:
    """For so many seconds kill a worker each so often, the oldest first; how many."""
    stopped, until, killed = Event(), monotonic() + seconds, 0
    while not stopped.wait(min(every, max(0.0, until - monotonic()))) and monotonic() < until:
        for worker in server.workers()[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
    return killed


def end(server: Server) -> None:
    """Take all of it away at once, as a power cut does."""
    for process in [server.process.pid, *server.workers()]:
        os.kill(process, signal.SIGKILL)
    server.process.wait()


def written(url: str) -> Iterator[str]:
    """The accounts that stand, one for each time that one was made."""
    with opened(url) as engine, engine.begin() as db:
        yield from db.execute(select(accounts.c.account)).scalars()


def recorded(url: str) -> Iterator[str]:
    """The accounts that acts tell of."""
    with opened(url) as engine, engine.begin() as db:
        yield from db.execute(select(tables.acts.c.subject).where(tables.acts.c.action == "account")).scalars()


@on_both
@pytest.mark.parametrize(
    ("clients", "seconds", "every"),
    [(16, 3.0, 0.7), pytest.param(64, 60.0, 5.0, marks=pytest.mark.long)],
    ids=["short", "whole"],
)
def test_no_acknowledged_write_is_lost_and_none_is_done_twice(
    office: Office, clients: int, seconds: float, every: float
) -> None:
    office.at("")
    token, url = token_of(office, "administrator"), office.environment["AUDIT_DATABASE_URL"]
    with served(office) as server, ThreadPoolExecutor(clients) as pool:
        server.wait_until_ready()
        working = [Client(server.port, token, f"c{number}") for number in range(clients)]
        until = monotonic() + seconds
        ended = [pool.submit(client.work, until) for client in working]
        killed = kill_one_each(server, seconds, every)
        for work in ended:
            work.result(120)
        server.wait_for_workers(2)
        end(server)
        failed = [line for line in server.lines() if line["event"] == "failed" or line.get("status") == 500]
    done = {account: told for client in working for account, told in client.done.items()}
    met = sum((client.met for client in working), Counter[str]())
    print(f"{len(done)} writes acknowledged, {killed} workers killed, met: {dict(met)}")
    check_nothing_lost(office, url, done, {account for client in working for account in client.begun})
    died = {"RemoteDisconnected", "ConnectionResetError", "IncompleteRead"}
    assert met.keys() <= AGAIN | died
    assert failed == []
    assert killed > 1
    assert len(done) > clients


def check_nothing_lost(office: Office, url: str, done: dict[str, Any], begun: set[str]) -> None:
    standing, told = Counter(written(url)), Counter(recorded(url))
    assert standing == told
    assert set(standing.values()) == {1}
    assert done.keys() <= standing.keys() <= begun | {"administrator"}
    with opened(url) as engine, engine.begin() as db:
        kept = {row.key: json.loads(row.body) for row in db.execute(select(answered.c.key, answered.c.body))}
    assert kept.keys() == standing.keys() - {"administrator"}
    assert all(kept[account] == answer for account, answer in done.items())
    check_whole(url)
    office.run("log", "publish")
    found = office.run("log", "check").json
    assert found["faults"] == []
    assert found["entries"] >= len(standing)


@on_both
def test_of_two_who_carry_out_the_same_draw_at_once_over_http_one_wins_and_the_other_is_told(office: Office) -> None:
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    token, barrier = token_of(office.import_demo(), "province"), Barrier(2)
    office.environment = {**office.environment, "AUDIT_TOKEN": token}

    def run(draw: str) -> tuple[int, Any]:
        barrier.wait(60)
        return ask(server.port, token, f"draws/{draw}/seed", {"public": PUBLIC}, Audit_Demo_Clock=LATE)

    with served(office) as server, ThreadPoolExecutor(2) as pool:
        server.wait_until_ready()
        for year in range(2026, 2026 + TIMES):
            draw = office.commit(campaign=str(year))
            (won, shown), (lost, told) = sorted(pool.map(run, [draw, draw]), key=lambda answer: answer[0])
            assert (won, shown["state"]) == (200, "drawn")
            assert (lost, told["code"]) == (409, "state-drawn")
        end(server)
    with opened(office.environment["AUDIT_DATABASE_URL"]) as engine, engine.begin() as db:
        ran = db.execute(select(tables.acts.c.number).where(tables.acts.c.action == "run")).all()
    assert len(ran) == TIMES

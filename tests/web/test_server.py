"""The service under its real server: how soon it is ready, and that nobody's request is cut off when it stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import make_url, text

from tests.office import Office, on_both

ROOT = Path(__file__).parents[2]
GUNICORN = Path(sys.executable).with_name("gunicorn")


class Server:
    """A gunicorn as gunicorn.conf.py sets it up.

    Who is to be stopped has one worker, which has answered: gunicorn's word to stop is lost on one that has just been
    forked, and comes again, with force, when the patience is over.
    """

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            return self._read(connection.getresponse())
        finally:
            connection.close()

    @staticmethod
    def _read(answer: HTTPResponse) -> tuple[int, Any]:
        data = answer.read()
        return answer.status, json.loads(data) if answer.headers.get_content_subtype() == "json" else data.decode()

    def wait_until_ready(self) -> None:
        """As a proxy does: ask again until it answers; not so often that it takes the processor from who starts."""
        deadline = monotonic() + 30
        while monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError):
                if self.get("/readyz")[0] == 200:
                    return
            sleep(0.02)
        raise AssertionError(self.log.read_text())

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def workers(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]

    def wait_for_workers(self, number: int, without: int = 0) -> None:
        deadline = monotonic() + 20
        while monotonic() < deadline:
            if len(found := self.workers()) == number and without not in found:
                return
            self.get("/healthz")
        raise AssertionError(self.log.read_text())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def served(office: Office, **more: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = office.folder / "server.log"
    environment = {**os.environ, **office.environment, "AUDIT_BIND": f"127.0.0.1:{port}", "LC_ALL": "C.UTF-8", **more}
    with log.open("wb") as out:
        command = [GUNICORN, "wsgi:app"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield Server(process, port, log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@on_both
def test_it_tells_systemd_when_it_is_ready_and_stops_when_it_is_told(office: Office) -> None:
    """How soon it is ready, `make bench BENCH=visit` measures."""
    office.import_demo()
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(f"\0audit-{office.folder}"[:100])
    name = f"@{told.getsockname()[1:].decode()}"
    with told, served(office, AUDIT_WORKERS="1", NOTIFY_SOCKET=name) as server:
        server.wait_until_ready()
        assert told.recv(1000, socket.MSG_DONTWAIT).startswith(b"READY=1")
        assert server.stop() == 0


def test_a_request_that_is_running_is_answered_before_the_server_stops(office: Office) -> None:
    office.import_demo()
    with served(office, AUDIT_WORKERS="1") as server:
        server.wait_until_ready()
        answers: list[tuple[int, Any]] = []
        asking = threading.Thread(target=lambda: answers.append(server.get("/readyz")))
        with held(office):  # the request waits for the database
            asking.start()
            wait_for_somebody_who_reads(server)
            server.process.send_signal(signal.SIGTERM)
            wait_until_nobody_listens(server)
            assert server.process.poll() is None
            assert answers == []
        asking.join(30)
        assert [status for status, _ in answers] == [200]
        assert server.process.wait(60) == 0


@contextmanager
def held(office: Office) -> Iterator[None]:
    """Nobody else can look into the database."""
    if office.url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(office.url).database, isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield
    else:
        with office.runtime.engine.begin() as db:
            db.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
            yield


def wait_for_somebody_who_reads(server: Server) -> None:
    """A worker has accepted the connection: it stands under ESTABLISHED with a worker as its holder."""
    for _ in range(100_000):
        for worker in server.workers():
            if any("socket:" in os.readlink(entry) and accepted(entry, server.port) for entry in opened(worker)):
                return
    raise AssertionError("nobody took the request")


def opened(process: int) -> list[Path]:
    return list(Path(f"/proc/{process}/fd").iterdir())


def accepted(entry: Path, port: int) -> bool:
    inode = os.readlink(entry).strip("socket:[]")
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[9] == inode and fields[3] == "01" and fields[1].endswith(f":{port:04X}"):
            return True
    return False


def wait_until_nobody_listens(server: Server) -> None:
    deadline = monotonic() + 30
    while monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            return
    raise AssertionError("it still listens")


def test_a_worker_that_was_killed_is_replaced_and_the_figures_of_all_are_added_up(office: Office) -> None:
    office.import_demo()
    with served(office) as server:
        server.wait_until_ready()
        asked = 20
        for _ in range(asked):
            assert server.get("/healthz")[0] == 200
        killed = server.workers()[0]
        os.kill(killed, signal.SIGKILL)
        for _ in range(asked):
            assert server.get("/healthz")[0] == 200
        told = server.get("/metrics")[1]
        assert f'audit_requests_total{{method="GET",rule="/healthz",status="200"}} {2 * asked}.0' in told
        assert server.get("/metrics", **{"X-Forwarded-For": "10.0.0.1"})[0] == 404
        server.wait_for_workers(2, without=killed)


def test_everything_that_the_server_writes_is_a_line_of_json_with_nothing_personal(office: Office) -> None:
    office.import_demo()
    with served(office, AUDIT_WORKERS="1") as server:
        server.wait_until_ready()
        server.get("/people/%E5%BC%A0%E4%B8%89?name=lisi")
        with socket.create_connection(("127.0.0.1", server.port)) as bad:
            bad.sendall("GET /张三 HTTP/9\r\n\r\n".encode())
            assert bad.recv(100).startswith(b"HTTP/1.1 4")
        assert server.stop() == 0
        said = server.lines()
    assert {"request", "Invalid request"} <= {line["event"] for line in said}
    assert not any(secret in json.dumps(said, ensure_ascii=False) for secret in ("张三", "E5%BC", "lisi", "127.0.0.1/"))


def test_the_workers_count_together_whose_tokens_are_wrong_by_the_address_that_the_proxy_tells(office: Office) -> None:
    office.import_demo()
    with served(office, AUDIT_WORKERS="4") as server:
        server.wait_until_ready()
        for number in range(40):
            asked = {"Authorization": "Bearer aud_x_x", "X-Forwarded-For": f"203.0.113.{number % 2}"}
            assert server.get("/api/v1/me", **asked)[0] == 401
    with office.runtime.look() as db:
        counted = db.exec_driver_sql("SELECT sum(count) FROM attempts GROUP BY name").all()
    assert counted == [(20,), (20,)]  # one mark an address, whichever worker answered


def test_a_request_line_has_a_limit(office: Office) -> None:
    office.import_demo()
    with served(office, AUDIT_WORKERS="1") as server:
        server.wait_until_ready()
        assert status_of(server, "GET /healthz") == 200
        assert status_of(server, "GET /" + "x" * 5000) in (400, 414)


def status_of(server: Server, request_line: str) -> int:
    with socket.create_connection(("127.0.0.1", server.port)) as asking:
        asking.sendall(f"{request_line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return int(asking.recv(100).decode().split()[1])


def test_a_wrong_setting_is_told_in_words_and_nothing_starts(office: Office) -> None:
    with served(office, AUDIT_WORKERS="many") as server:
        assert server.process.wait(30) != 0
        said = server.log.read_text()
    assert "AUDIT_WORKERS is “many”; expected a whole number from 1 to 64." in said
    assert "Traceback" not in said

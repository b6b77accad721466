"""A gunicorn for as long as it is measured, and the client that asks it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, process_time, sleep
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
GUNICORN: Final = Path(sys.executable).with_name("gunicorn")
WORKERS: Final = 2
_ONCE: Final = 1 << 16
_TICK: Final = 1 / os.sysconf("SC_CLK_TCK")
"""By which the kernel counts a process's time, in seconds: a load that is over at once has used less than one."""


@dataclass(frozen=True)
class Load:
    """Requests that were answered: how many a second, how long half of them and 99 % of them took at most, and the
    processor's time of each, the server's and the client's."""

    rate: float
    median: float
    p99: float
    server_cpu: float
    client_cpu: float


@dataclass(frozen=True)
class Server:
    """A server that answers at a port of this machine."""

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """One request with a body as JSON, or as bytes of a form."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body), "application/json"
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(data) if answer.headers.get_content_subtype() == "json" else data

    def load(self, path: str, seconds: float, clients: int, **headers: str) -> Load:
        """Clients that ask again as soon as they are answered. A sync worker ends each connection, so each request has
        one of its own, over bare sockets: what the client does takes the same two cores."""
        lines = [f"GET {path} HTTP/1.1", "Host: bench", *(f"{name}: {value}" for name, value in headers.items())]
        request = "\r\n".join([*lines, "", ""]).encode()
        times: list[list[float]] = [[] for _ in range(clients)]
        until = monotonic() + seconds
        threads = [threading.Thread(target=self._repeat, args=(request, until, own)) for own in times]
        server, client, start = self.worked(), process_time(), monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = monotonic() - start
        every = sorted(each for own in times for each in own)
        return Load(
            rate=len(every) / took,
            median=every[len(every) // 2],
            p99=every[len(every) * 99 // 100],
            server_cpu=max(self.worked() - server, _TICK) / len(every),
            client_cpu=(process_time() - client) / len(every),
        )

    def _repeat(self, request: bytes, until: float, times: list[float]) -> None:
        while not times or monotonic() < until:
            start = perf_counter()
            with socket.create_connection(("127.0.0.1", self.port)) as connection:
                connection.sendall(request)
                first = data = connection.recv(_ONCE)
                while data:
                    data = connection.recv(_ONCE)
            times.append(perf_counter() - start)
            if not first.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(first.decode(errors="replace"))

    def worked(self) -> float:
        """Seconds of a processor, of the server and its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        stats = [Path(f"/proc/{pid}/stat").read_text(encoding="ascii") for pid in (self.process.pid, *children.split())]
        ticks = sum(int(field) for stat in stats for field in stat.rpartition(")")[2].split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(words: Sequence[object], environment: Mapping[str, str], ready: str) -> Iterator[Server]:
    """A gunicorn that is ready when `ready` is answered with 200; its lines go nowhere."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    bound = {**os.environ, **environment, "AUDIT_BIND": f"127.0.0.1:{port}", "AUDIT_WORKERS": str(WORKERS)}
    command = [GUNICORN, "--bind", f"127.0.0.1:{port}", *words]
    with subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env=bound, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            server = Server(process, port)
            _wait_for(server, ready)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)


def _wait_for(server: Server, path: str) -> None:
    until = monotonic() + 30
    while monotonic() < until and server.process.poll() is None:
        with suppress(OSError):
            if server.ask("GET", path)[0] == 200:
                return
        sleep(0.02)
    raise RuntimeError("the server did not become ready")

"""Workbooks are read in a process of their own, which has little memory and time.

What comes from outside may be damaged or made to harm: calamine, handed a damaged .xls, takes all memory that there is,
or panics. There it takes the reading process down, and the file is refused; the program and its data never notice.
The process (`reader.py`) is handed bytes and gives back lines of JSON; it reads one workbook after the other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Any, Final

from audit_service.errors import Failed, Unreadable
from audit_service.files.tables import Table

BEYOND: Final = 3
"""The exit status of a reading process that ran out of memory and could still say so."""


class Reader:
    """Reads workbooks in a process of its own, which is started with the first of them."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answering = False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._stop()

    def tables(self, kind: str, data: bytes) -> Iterator[Table]:
        """The worksheets of a workbook. The rows of each are to be taken before the next, all of them."""
        try:
            self._ask(kind, data)
            while head := self._answer():
                name, merged, hidden, *rows = head
                yield Table(name, self._rows(), tuple(map(tuple, merged)), hidden, *map(tuple, rows))
            self._answering = False
        finally:
            if self._answering:  # it died, or nobody wants the rest
                self._stop()

    def _rows(self) -> Iterator[list[str]]:
        while batch := self._answer():
            yield from batch

    def _ask(self, kind: str, data: bytes) -> None:
        if self._process is None:
            self._process = _start()
        self._answering = True
        try:
            stream = _stream(self._process.stdin)
            stream.write(json.dumps([kind, len(data)]).encode() + b"\n" + data)
            stream.flush()
        except BrokenPipeError:
            raise self._died() from None

    def _answer(self) -> Any:
        """The next line; `Unreadable` where it says so, or where there is none because the process died."""
        line = _stream(self._process.stdout if self._process else None).readline()
        if not line.endswith(b"\n"):
            raise self._died()
        found = json.loads(line)
        if isinstance(found, dict):
            self._answering = False
            raise Unreadable(found["code"], **found["params"])
        return found

    def _died(self) -> Unreadable:
        status = self._process.wait() if self._process else 0
        return Unreadable("file-beyond-limits" if status < 0 or status == BEYOND else "file-unreadable")

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "audit_service.files.reader"]
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # nosec B603  # all ours
    except OSError as error:
        raise Failed("reader-failed", cause=error.strerror or "") from error
    if _stream(process.stdout).readline() != b"ready\n":
        process.kill()
        raise Failed("reader-failed", cause=f"exit {process.wait()}")
    return process


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream

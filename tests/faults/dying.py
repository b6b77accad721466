"""A program that kills itself at the n-th step of some kind, by a signal that leaves it no time for anything.

    python -m tests.faults.dying statement:7 draw run SC-2026-01 --public …

Kinds of steps: `statement` before each SQL statement, `copied` before each row that PostgreSQL is sent, `commit` before
each commit and `committed` after it, `file` before each step of writing a file; `size` dies in the write that would
make any file larger than n bytes, in the middle of the database's own commit. `none` counts steps, and measures.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect


class Death:
    """Counts steps; at the one that was appointed it comes."""

    def __init__(self, appointed: str) -> None:
        self.kind, _, number = appointed.partition(":")
        self.number = int(number or 0)
        self.counts: Counter[str] = Counter()
        self.moments: list[float] = []

    def step(self, kind: str) -> None:
        """A step of a kind."""
        self.counts[kind] += 1
        if kind == "statement":
            self.moments.append(time.monotonic())
        if (kind, self.counts[kind]) == (self.kind, self.number):
            os.kill(os.getpid(), signal.SIGKILL)

    def appear(self) -> Death:
        """From here on it watches every step of this process."""
        event.listen(Engine, "before_cursor_execute", lambda *_: self.step("statement"))
        self._before(DefaultDialect, "do_commit", "commit", "committed")
        self._before(psycopg.Copy, "write_row", "copied")
        for name in ("fsync", "replace", "chmod"):
            self._before(os, name, "file")
        if self.kind == "size":
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.number, resource.RLIM_INFINITY))
        return self

    def _before(self, where: Any, name: str, kind: str, after: str = "") -> None:
        own: Callable[..., Any] = getattr(where, name)

        def watched(*arguments: Any, **named: Any) -> Any:
            self.step(kind)
            result = own(*arguments, **named)
            if after:
                self.step(after)
            return result

        setattr(where, name, watched)


def main() -> None:
    """Run a command under death's eyes. On standard error, last, comes what was counted, and when it worked."""
    from audit_service.app import main as program

    death = Death(sys.argv.pop(1)).appear()
    try:
        program()
    finally:
        print(json.dumps({**death.counts, "first": death.moments[0], "end": time.monotonic()}), file=sys.stderr)


if __name__ == "__main__":
    main()

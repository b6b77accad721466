"""The process in which workbooks are read: `python -m audit_service.files.reader`, started by `apart.py`.

It is handed, for each workbook, a line `[kind, length]` and so many bytes. It answers with lines of JSON: for each
sheet its head, batches of its rows, an empty batch; at the end `null`; or what is wrong, `{"code": …, "params": …}`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from audit_service.errors import Unreadable
from audit_service.files.apart import BEYOND
from audit_service.files.tables import Table
from audit_service.files.workbooks import read_old_workbook, read_workbook

READERS: Final[dict[str, Callable[[bytes], Iterator[Table]]]] = {"xlsx": read_workbook, "xls": read_old_workbook}
MEGABYTES: Final = {"xlsx": 1536, "xls": 768}
"""The largest workbook that is read takes half of it: 200,000 rows of 24 columns, 190 MB unpacked, some 700 MB."""
SECONDS: Final = 120
MOST_CHARACTERS: Final = 100_000_000

_BATCH: Final = 100_000


def main() -> None:
    """Read workbooks until there are no more."""
    _say_line("ready")
    while line := sys.stdin.buffer.readline():
        kind, length = json.loads(line)
        _limit(kind)
        try:
            for answer in _answers(READERS[kind](sys.stdin.buffer.read(length))):
                _say_line(json.dumps(answer))
        except Unreadable as error:
            _say_line(json.dumps({"code": error.code, "params": error.params}))
        except MemoryError:
            os._exit(BEYOND)


def _limit(kind: str) -> None:
    """From here on no more memory and time than this workbook may take: beyond it the process dies."""
    used = int(time.process_time())
    for limit, most in ((resource.RLIMIT_AS, MEGABYTES[kind] << 20), (resource.RLIMIT_CPU, used + SECONDS)):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answers(tables: Iterable[Table]) -> Iterator[object]:
    room = MOST_CHARACTERS
    for name, rows, *rest in tables:
        yield [name, *rest]
        for batch, size in _batches(rows):
            room -= size
            if room < 0:
                raise Unreadable("file-too-much-text", most=MOST_CHARACTERS // 1_000_000)
            yield batch
        yield []
    yield None


def _batches(rows: Iterable[list[str]]) -> Iterator[tuple[list[list[str]], int]]:
    """Some rows at a time, with the number of characters in them."""
    batch: list[list[str]] = []
    size = weight = 0
    for cells in rows:
        batch.append(cells if any(cells) else [])
        characters = sum(map(len, cells))
        size += characters
        weight += characters + len(batch[-1]) + 1
        if weight > _BATCH:
            yield batch, size
            batch, size, weight = [], 0, 0
    if batch:
        yield batch, size


def _say_line(line: str) -> None:
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

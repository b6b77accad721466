"""Many values in one statement: SQLite takes 32,766 of them, PostgreSQL 65,535."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

T = TypeVar("T")

AT_ONCE: Final = 10_000
"""Values that a list in a statement names at most, so that a statement may have three such lists."""


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, each once, in lists that a statement can name; nothing of none."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), AT_ONCE):
        yield distinct[start : start + AT_ONCE]

"""What can be measured, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from benchmarks import after, drawing, growth, importing, log_load, replaying, seating, serving, visiting
from benchmarks.rows import Row

Figure = Callable[[int], Iterator[Row]]
"""Measures, at full size divided by its argument."""

FIGURES: Final[dict[str, Figure]] = {
    "draw": drawing.figure,
    "replay": replaying.figure,
    "verify": replaying.verifying,
    "seats": seating.figure,
    "one-city": seating.one_city,
    "import": importing.figure,
    "growth": growth.figure,
    "log": log_load.figure,
    "serve": serving.figure,
    "after": after.figure,
    "visit": visiting.figure,
}

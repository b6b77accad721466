"""What the readers of every kind of file give back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

MOST_CELLS: Final = 30_000_000
"""Between the first and the last cell of a sheet."""

Merged = tuple[int, int, int]
"""A merged cell that goes down: its first and last row and its first column, from 0 (the column as in the rows)."""


class Table(NamedTuple):
    """What stands in a sheet, from the first row on, empty rows included. Take a table's rows before the next table."""

    name: str
    rows: Iterable[list[str]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    struck_rows: tuple[int, ...] = ()
    """Rows, as a spreadsheet numbers them, that are hidden, or have a cell with a line through it (删除线)."""

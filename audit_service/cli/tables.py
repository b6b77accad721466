"""Tables on a terminal, with Chinese characters as wide as they are."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of a table; columns that hold numbers alone are flush right."""
    cells = [list(headings), *([str(value) for value in row] for row in rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(headings))]
    right = [all(isinstance(row[column], int) for row in rows) for column in range(len(headings))]
    return ["  " + "  ".join(map(_padded, row, widths, right)).rstrip() for row in cells]


def _padded(text: str, columns: int, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space

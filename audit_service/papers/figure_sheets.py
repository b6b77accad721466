"""Tables of figures as sheets: for a workbook, and row by row for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from audit_service.files.excel import Cell, Group, TableSheet
from audit_service.papers.wording import Wording

_NARROW, _WIDE, _MOST = 10, 18, 48


def figure_sheet(
    wording: Wording,
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    lines: Sequence[str] = (),
    total: bool = False,
) -> TableSheet:
    """A sheet under headings that are codes of texts; as wide as what stands in it asks."""
    headings = tuple(wording.text(column) for column in columns)
    return sheet_of(name, title, headings, rows, lines=lines, total=total)


def sheet_of(
    name: str,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    lines: Sequence[str] = (),
    total: bool = False,
) -> TableSheet:
    """A sheet under headings that are texts themselves, as a policy's own labels are."""
    widths = tuple(_width(heading, [row[place] for row in rows]) for place, heading in enumerate(headings))
    return TableSheet(name, title, tuple(lines), (Group("", tuple(headings)),), rows, widths, total)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    if all(isinstance(cell, int) for cell in cells):
        return max(_NARROW, len(heading) * 2)
    longest = max((len(str(cell)) for cell in cells), default=0)
    return min(_MOST, max(_WIDE, longest))

"""Workbooks out: tables that offices read, print and send on. Text stays text: no cell is ever a formula.

Nothing is lost without a word: Excel's cells and sheet names are short, and XlsxWriter leaves out what is beyond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any, Final

from xlsxwriter import Workbook

Cell = str | int
_FONT: Final = {"font_name": "宋体", "font_size": 11}
_AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What begins with = or looks like an address came from somebody's roster: whoever opens the file must not run it."""
MOST: Final = 32_767
"""Characters of a cell, by Excel's own limits."""
_LONGEST_NAME: Final = 31
_ROOM: Final = 20
"""For the mark of what is left out."""
_BOXED: Final = {**_FONT, "border": 1, "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True)
class Group:
    """A heading that stands above several columns; an empty one leaves each column's heading as high as both rows."""

    heading: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class TableSheet:
    """A sheet: its name, a title, lines below it, a table under grouped headings, a total as its last row if wanted.

    A line that a cell does not hold goes on in the next; a name that is too long, or there already, is made to fit.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]
    rows: Sequence[Sequence[Cell]]
    widths: tuple[int, ...]
    total: bool = False


def write_workbook(sheets: Sequence[TableSheet], at: datetime) -> bytes:
    """The bytes of an .xlsx file with these sheets, dated as told."""
    data = BytesIO()
    with Workbook(data, {"in_memory": True, **_AS_TEXT}) as book:
        book.set_properties({"created": at.replace(tzinfo=None)})
        for sheet, name in zip(sheets, _names([sheet.name for sheet in sheets]), strict=True):
            _Writing(book, sheet, name).write()
    return data.getvalue()


def _names(wanted: Sequence[str]) -> list[str]:
    """A name for each sheet, no two alike: Excel does not tell capital letters from small ones there."""
    found: list[str] = []
    for name in wanted:
        taken = {each.casefold() for each in found}
        found.append(next(each for each in _spellings(name) if each.casefold() not in taken))
    return found


def _spellings(name: str) -> Iterator[str]:
    yield name[:_LONGEST_NAME]
    for number in count(2):
        yield f"{name[: _LONGEST_NAME - len(f'~{number}')]}~{number}"


def _within(text: str) -> str:
    """What a cell holds of a text, and how many characters it does not."""
    if len(text) <= MOST:
        return text
    kept = text[: MOST - _ROOM]
    return f"{kept}…[+{len(text) - len(kept):,}]"


def _in_parts(line: str) -> Iterator[str]:
    """A line as one that a cell holds, or as several."""
    for place in range(0, len(line) or 1, MOST):
        yield line[place : place + MOST]


class _Writing:
    """Writes one sheet, from its title down."""

    def __init__(self, book: Workbook, sheet: TableSheet, name: str) -> None:
        self._sheet = sheet
        self._page: Any = book.add_worksheet(name)
        self._columns = [column for group in sheet.groups for column in group.columns]
        self._title = book.add_format({**_FONT, "bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self._line = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
        self._heading = book.add_format({**_BOXED, "bold": True, "align": "center"})
        self._text = book.add_format({**_BOXED, "num_format": "@"})
        self._number = book.add_format({**_BOXED, "align": "center"})
        self._sum = book.add_format({**_BOXED, "bold": True, "align": "center"})

    def write(self) -> None:
        """Title, lines, headings, rows."""
        row = self._above()
        row = self._headings(row)
        for number, cells in enumerate(self._sheet.rows, start=1):
            last = self._sheet.total and number == len(self._sheet.rows)
            for column, value in enumerate(cells):
                self._cell(row, column, value, self._sum if last else None)
            row += 1
        self._for_print()

    def _above(self) -> int:
        last = len(self._columns) - 1
        self._page.merge_range(0, 0, 0, last, "", self._title)
        self._page.write_string(0, 0, _within(self._sheet.title), self._title)
        self._page.set_row(0, 30)
        lines = [part for line in self._sheet.lines for part in _in_parts(line)]
        for place, line in enumerate(lines, start=1):
            self._page.merge_range(place, 0, place, last, "", self._line)
            self._page.write_string(place, 0, line, self._line)
        return 1 + len(lines)

    def _headings(self, row: int) -> int:
        grouped = any(group.heading for group in self._sheet.groups)
        column = 0
        for group in self._sheet.groups:
            if group.heading:
                self._page.merge_range(row, column, row, column + len(group.columns) - 1, group.heading, self._heading)
            for name in group.columns:
                if grouped and not group.heading:
                    self._page.merge_range(row, column, row + 1, column, name, self._heading)
                else:
                    self._page.write_string(row + grouped, column, name, self._heading)
                column += 1
        self._below = row + 1 + grouped
        return self._below

    def _cell(self, row: int, column: int, value: Cell, form: Any) -> None:
        if isinstance(value, int):
            self._page.write_number(row, column, value, form or self._number)
        else:
            self._page.write_string(row, column, _within(value), form or self._text)

    def _for_print(self) -> None:
        for column, width in enumerate(self._sheet.widths):
            self._page.set_column(column, column, width)
        self._page.freeze_panes(self._below, 0)
        self._page.repeat_rows(self._below - 1)
        self._page.set_paper(9)
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        self._page.set_footer("&C&P / &N")

"""What comes in from outside, as values: first the cells of files, then rows of values that know their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from audit_service.errors import Finding, Problem

UNSAVED: Final = "#UNSAVED!"
"""What stands for a cell with a formula whose value the file does not hold."""

_LONGEST_SHOWN: Final = 60


class Sheet(NamedTuple):
    """A sheet's rows that have something in them, each with its number as the spreadsheet counts (from 1).

    All rows are equally long. Cells are text without white space around it. A CSV file is one sheet without a name.
    `filled` are the places (row's number, column from 0) whose text stands in a merged cell that begins further up.
    A `hidden_rows` is hidden or filtered out, a `struck_rows` has a cell with a line through it (删除线).
    """

    name: str
    rows: list[tuple[int, list[str]]]
    filled: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SourceFile:
    """A file as it was read: the digest of its bytes and its sheets, or why it could not be read."""

    file: str
    digest: str
    sheets: tuple[Sheet, ...]
    errors: tuple[Finding, ...] = ()


class Source(NamedTuple):
    """Where rows come from: a sheet of a file, how it heads the column of each field, and which fields it lacks."""

    file: str
    sheet: str
    headings: Mapping[str, str]
    absent: frozenset[str] = frozenset()


class Row(NamedTuple):
    """A row's values by field, without fields whose cell was wrong (noted elsewhere) or whose column is absent."""

    source: Source
    number: int
    values: dict[str, Any]

    def finding(self, field: str, code: str, /, **params: object) -> Finding:
        """Something found in this row, in the column of a field."""
        source = self.source
        return Finding(source.file, source.sheet, self.number, source.headings.get(field, ""), Problem(code, params))

    @property
    def sheet(self) -> str:
        """The sheet in a message: `roster.xlsx · Sheet1`."""
        return " · ".join(filter(None, (self.source.file, self.source.sheet)))


@dataclass(frozen=True)
class Incoming:
    """Everything that a set of files says: their digests, all rows, and all that is wrong or remarkable in them."""

    digests: tuple[tuple[str, str], ...]
    sheets: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings in the order in which a reader of the files comes upon them."""
        files = {file: place for place, (file, _) in enumerate(self.digests)}
        sheets = {sheet: place for place, sheet in enumerate(self.sheets)}
        return sorted(findings, key=lambda f: (files.get(f.file, -1), sheets.get((f.file, f.sheet), -1), f.row))


def shown(text: str) -> str:
    """A cell's text as a message may show it: short, on one line, nothing that a terminal would obey."""
    line = "".join(char if char.isprintable() else "␣" for char in text)
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"

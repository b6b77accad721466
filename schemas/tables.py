"""Reading one table of a sheet by a schema: its rows of data, what is wrong in them, what was passed over or tidied.

marshmallow declares the fields; here they are applied column by column, and a text that a column has had before is
not read again. That says what loading each row would say (tests/schemas/test_rows.py), in less than half the time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from audit_service.core.incoming import Row, Sheet, Source, shown
from audit_service.errors import Finding, Problem
from schemas.columns import Column, Odd
from schemas.days import Day
from schemas.fields import CELL_EMPTY, RosterSchema
from schemas.header_rows import HeaderRows, header_at
from schemas.headings import read_headings
from schemas.other_rows import OtherRows
from schemas.totals import disagreement

_MOST_RUNS: Final = 8
_WHOLE_DAY: Final = len("2020-03-01")
_NO_PLACES: Final[frozenset[int]] = frozenset()


@dataclass
class Found:
    """What was found so far: rows of data, errors, warnings."""

    rows: list[Row] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


class TableReader:
    """Reads a table from its header to the end of the sheet, or to the header of another table below it."""

    def __init__(self, schema: RosterSchema, file: str, sheet: Sheet, header: HeaderRows, rows: list[Row]) -> None:
        self._schema, self._sheet, self._header, self._rows = schema, sheet, header, rows
        self._headings = headings = read_headings(schema, file, sheet, header)
        absent = frozenset(schema.load_fields.keys() - headings.places.keys())
        self._source = Source(file, sheet.name, headings.texts, absent)
        self._other = OtherRows(schema, headings, header)
        self._filled: dict[int, set[int]] = defaultdict(set)
        for number, place in sheet.filled:
            self._filled[number].add(place)
        self._passed: dict[str, list[int]] = defaultdict(list)
        self._mended: dict[tuple[str, str], list[tuple[Row, str, Odd]]] = defaultdict(list)
        self._nameless = set(headings.nameless)
        self._first = self._last_total = len(rows)

    def read(self, found: Found) -> HeaderRows | None:
        """Add what the table says to what was found; the header of the next table, if there is one."""
        found.errors += self._headings.errors
        found.warnings += self._headings.warnings
        following = self._read_rows(found)
        found.warnings += [*self._mending(), *self._filling(), *self._unseen(), *self._firsts(), *self._passing()]
        return following

    def _read_rows(self, found: Found) -> HeaderRows | None:
        columns = [(place, name, Column(self._schema, name)) for name, place in self._headings.places.items()]
        code, start = self._schema.code, self._header.place + self._header.height
        body = enumerate(self._sheet.rows[start:], start)
        for at, (number, cells) in body:
            values: dict[str, Any] = {}
            odd: list[tuple[str, str, Odd]] = []
            for place, name, column in columns:
                value = column[cells[place]]
                if type(value) is Odd:
                    odd.append((name, cells[place], value))
                else:
                    values[name] = value
            row = Row(self._source, number, values)
            if odd or values.get(code) is None:
                kind = self._other.kind(cells, self._filled_in(number))
                if kind == "headings":
                    header = header_at(self._schema, self._sheet, at)
                    if not header.heads_as(self._header):
                        return header
                    kind = "header"
                    for _ in range(1, header.height):
                        next(body, None)
                if kind:
                    self._pass_over(kind, row, cells, found)
                    continue
            self._settle(row, odd, cells, found)
        return None

    @cached_property
    def _own(self) -> list[Row]:
        """The table's rows of data, once all were read."""
        return self._rows[self._first :]

    def _filled_in(self, number: int) -> frozenset[int]:
        return frozenset(self._filled[number]) if number in self._filled else _NO_PLACES

    def _pass_over(self, kind: str, row: Row, cells: list[str], found: Found) -> None:
        """Keep in mind a row that is no data; a total is compared with the rows above."""
        self._passed[kind].append(row.number)
        if kind == "total":
            found.warnings += self._compare(row, cells)
            self._last_total = len(self._rows)

    def _compare(self, row: Row, cells: list[str]) -> list[Finding]:
        rows = [each.values for each in self._rows]
        parts = [rows, rows[self._last_total :], rows[self._first :]]
        differs = disagreement(self._schema, self._headings.places, cells, parts)
        if differs is None:
            return []
        name, said, counted = differs
        return [row.finding(name, "total-differs", found=said, counted=counted)]

    def _settle(self, row: Row, odd: Sequence[tuple[str, str, Odd]], cells: list[str], found: Found) -> None:
        """Take a row of data, with the errors of its odd cells; the others have a value, and are counted."""
        lacking = [name for name, _, outcome in odd if outcome.problem and outcome.problem.code == CELL_EMPTY]
        if len(lacking) > 1 and (lone := self._other.lone(cells, self._filled_in(row.number))):
            headings = "、".join(self._source.headings[name] for name in lacking)
            found.errors.append(row.finding("", "row-alone", found=shown(lone), lacking=headings))
            return
        for name, text, outcome in odd:
            if outcome.problem:
                found.errors.append(row.finding(name, outcome.problem.code, **outcome.problem.params))
            else:
                row.values[name] = outcome.value
                self._mended[name, outcome.notice].append((row, text, outcome))
        if self._nameless:
            found.errors += self._beside(row, cells)
        self._rows.append(row)

    def _beside(self, row: Row, cells: list[str]) -> list[Finding]:
        """Columns that hold something and have no heading, each at its first row: a comma too many, a heading lost."""
        places = sorted(place for place in self._nameless if cells[place])
        self._nameless.difference_update(places)
        return [row.finding("", "heading-empty", found=shown(cells[place]), place=place + 1) for place in places]

    def _mending(self) -> list[Finding]:
        """What was read as if it were written otherwise: a column each, with how many and the first."""
        findings = []
        for (name, notice), cases in self._mended.items():
            row, text, odd = cases[0]
            params = {"count": len(cases), "found": shown(text), "read": shown(odd.tidied)}
            findings.append(row.finding(name, notice, **params))
        return findings

    def _filling(self) -> list[Finding]:
        """Which columns were filled from merged cells, and how many cells of them."""
        rows = {row.number for row in self._own} if self._sheet.filled else ()
        counts = Counter(place for number, place in self._sheet.filled if number in rows)
        named = {place: name for name, place in self._headings.places.items()}
        return [
            self._of_sheet("merged-filled", self._source.headings[named[place]], count=count)
            for place, count in sorted(counts.items())
            if place in named
        ]

    def _unseen(self) -> list[Finding]:
        """The rows that were taken though whoever looks at the sheet does not see them, or sees a line through them."""
        findings = []
        for code, numbers in (("rows-hidden", self._sheet.hidden_rows), ("rows-struck", self._sheet.struck_rows)):
            if rows := [row.number for row in self._own if row.number in numbers] if numbers else []:
                findings.append(self._of_sheet(code, "", rows=_numbers(rows), count=len(rows)))
        return findings

    def _firsts(self) -> list[Finding]:
        """Columns all of whose days are the first of a month: in .xls a month that Excel keeps as a day is not seen."""
        findings = []
        for name in self._headings.places:
            if isinstance(self._schema.load_fields[name], Day):
                days = [row.values[name] for row in self._own if row.values.get(name)]
                if len(days) > 1 and all(day.endswith("-01") and len(day) == _WHOLE_DAY for day in days):
                    findings.append(self._of_sheet("days-first", self._source.headings[name], count=len(days)))
        return findings

    def _passing(self) -> list[Finding]:
        """The rows that were passed over, a kind each."""
        return [
            self._of_sheet(f"rows-{kind}", "", rows=_numbers(numbers), count=len(numbers))
            for kind, numbers in self._passed.items()
        ]

    def _of_sheet(self, code: str, column: str, **params: object) -> Finding:
        return Finding(self._source.file, self._source.sheet, 0, column, Problem(code, params))


def _numbers(numbers: Sequence[int]) -> str:
    """Row numbers as a message lists them, runs as 5-30; of many runs the first few."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return "、".join("-".join(map(str, run)) for run in runs[:_MOST_RUNS]) + ("…" if len(runs) > _MOST_RUNS else "")

"""Reading one sheet by a schema: its rows of data, what is wrong in them, and what was passed over or made alike.

marshmallow declares the fields; here they are applied column by column, and a text that a column has had before is
not read again. That says what loading each row would say (tests/schemas/test_rows.py), in less than half the time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from marshmallow import ValidationError

from audit_service.core.incoming import UNSAVED, Row, Sheet, Source, shown
from audit_service.errors import Finding, Problem
from schemas.fields import Cell, RosterSchema
from schemas.header_rows import HeaderRows
from schemas.headings import read_headings
from schemas.other_rows import OtherRows, disagreement

_FORMULA_ERRORS: Final = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
_NO_PLACES: Final[frozenset[int]] = frozenset()


class Odd(NamedTuple):
    """What a cell reads as that is wrong, or was not written as it should be."""

    value: Any
    problem: Problem | None
    tidied: str = ""


class Column(dict[str, Any]):
    """What each text of a column reads as: a value, or an `Odd`."""

    def __init__(self, cell: Cell[Any]) -> None:
        super().__init__()
        self._cell = cell

    def __missing__(self, text: str) -> Any:
        self[text] = outcome = self._read(text)
        return outcome

    def _read(self, text: str) -> Any:
        if text in _FORMULA_ERRORS:
            return Odd(None, Problem("formula-error", {"found": text}))
        if text == UNSAVED:
            return Odd(None, Problem("formula-unsaved"))
        try:
            value = self._cell.deserialize(text)
        except ValidationError as error:
            return Odd(None, _problem(error))
        tidied = self._cell.tidied(text)
        return value if tidied == text or not value else Odd(value, None, tidied)


def _problem(error: ValidationError) -> Problem:
    message = error.messages[0]
    return message if isinstance(message, Problem) else Problem(message)


@dataclass
class Found:
    """What was found so far: rows of data, errors, warnings."""

    rows: list[Row] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


class SheetReader:
    """Reads a sheet that has a header."""

    def __init__(self, schema: RosterSchema, file: str, sheet: Sheet, header: HeaderRows) -> None:
        self._schema, self._sheet = schema, sheet
        self._headings = headings = read_headings(schema, file, sheet, header)
        absent = frozenset(schema.load_fields.keys() - headings.places.keys())
        self._source = Source(file, sheet.name, headings.texts, absent)
        self._body = sheet.rows[header.place + header.height :]
        self._other = OtherRows(schema, headings, header.texts)
        self._filled: dict[int, set[int]] = defaultdict(set)
        for number, place in sheet.filled:
            self._filled[number].add(place)
        self._passed: dict[str, list[int]] = defaultdict(list)
        self._mended: dict[str, list[tuple[Row, str, Odd]]] = defaultdict(list)
        self._nameless = set(headings.nameless)
        self._last_total = 0

    def read(self, found: Found) -> None:
        """Add what the sheet says to what was found."""
        found.errors += self._headings.errors
        found.warnings += self._headings.warnings
        rows: list[Row] = []
        columns = [(place, name, Column(_cell(self._schema, name))) for name, place in self._headings.places.items()]
        code = self._schema.code
        for number, cells in self._body:
            values: dict[str, Any] = {}
            odd: list[tuple[str, str, Odd]] = []
            for place, name, column in columns:
                value = column[cells[place]]
                if type(value) is Odd:
                    odd.append((name, cells[place], value))
                else:
                    values[name] = value
            row = Row(self._source, number, values)
            if (odd or values.get(code) is None) and self._is_other(row, cells, rows, found):
                continue
            if odd:
                found.errors += self._settle(row, odd)
            if self._nameless:
                found.errors += self._beside(row, cells)
            rows.append(row)
        found.rows += rows
        found.warnings += [*self._mending(), *self._filling(), *self._passing()]

    def _is_other(self, row: Row, cells: list[str], rows: Sequence[Row], found: Found) -> bool:
        """Whether this is no row of data; a total is compared with the rows above."""
        filled = frozenset(self._filled[row.number]) if row.number in self._filled else _NO_PLACES
        kind = self._other.kind(cells, filled)
        if kind is None:
            return False
        self._passed[kind].append(row.number)
        if kind == "total":
            found.warnings += self._compare(row, cells, rows)
            self._last_total = len(rows)
        return True

    def _compare(self, row: Row, cells: list[str], rows: Sequence[Row]) -> list[Finding]:
        parts = [[each.values for each in rows], [each.values for each in rows[self._last_total :]]]
        differs = disagreement(self._schema, self._headings.places, cells, parts)
        if differs is None:
            return []
        name, said, counted = differs
        return [row.finding(name, "total-differs", found=said, counted=counted)]

    def _settle(self, row: Row, odd: Sequence[tuple[str, str, Odd]]) -> list[Finding]:
        """The errors of a row's odd cells; the others have a value, and are counted."""
        errors = []
        for name, text, outcome in odd:
            if outcome.problem:
                errors.append(row.finding(name, outcome.problem.code, **outcome.problem.params))
            else:
                row.values[name] = outcome.value
                self._mended[name].append((row, text, outcome))
        return errors

    def _beside(self, row: Row, cells: list[str]) -> list[Finding]:
        """Columns that hold something and have no heading, each at its first row: a comma too many, a heading lost."""
        places = sorted(place for place in self._nameless if cells[place])
        self._nameless.difference_update(places)
        return [row.finding("", "heading-empty", found=shown(cells[place]), place=place + 1) for place in places]

    def _mending(self) -> list[Finding]:
        """What was written with spaces or full-width forms: a column each, with how many and the first."""
        findings = []
        for name, cases in self._mended.items():
            row, text, odd = cases[0]
            params = {"count": len(cases), "found": shown(text), "read": shown(odd.tidied)}
            findings.append(row.finding(name, "cells-mended", **params))
        return findings

    def _filling(self) -> list[Finding]:
        """Which columns were filled from merged cells, and how many cells of them."""
        rows = {number for number, _ in self._body} - {number for passed in self._passed.values() for number in passed}
        counts = Counter(place for number, place in self._sheet.filled if number in rows)
        named = {place: name for name, place in self._headings.places.items()}
        return [
            self._of_sheet("merged-filled", self._source.headings[named[place]], count=count)
            for place, count in sorted(counts.items())
            if place in named
        ]

    def _passing(self) -> list[Finding]:
        """The rows that were passed over, a kind each."""
        codes = {"total": "rows-total", "note": "rows-note", "header": "rows-header", "blank": "rows-blank"}
        return [
            self._of_sheet(codes[kind], "", rows=_numbers(numbers), count=len(numbers))
            for kind, numbers in self._passed.items()
        ]

    def _of_sheet(self, code: str, column: str, **params: object) -> Finding:
        return Finding(self._source.file, self._source.sheet, 0, column, Problem(code, params))


def _cell(schema: RosterSchema, name: str) -> Cell[Any]:
    cell = schema.load_fields[name]
    if not isinstance(cell, Cell):
        raise TypeError(f"{name} is no field of a roster")
    return cell


def _numbers(numbers: Sequence[int]) -> str:
    """Row numbers as a message lists them; of many the first few."""
    return "、".join(map(str, numbers[:8])) + ("…" if len(numbers) > 8 else "")

"""Reading the sheets of files by a schema: every row of every file, all errors at once.

marshmallow declares the fields; here they are applied column by column, and a text that a column has had before is
not read again. That says what loading each row would say (tests/schemas/test_rows.py), in less than half the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from marshmallow import ValidationError, missing

from audit_service.core.incoming import Incoming, Row, Sheet, Source, SourceFile, shown
from audit_service.errors import Finding, Problem
from schemas.fields import Cell, RosterSchema
from schemas.headings import Headings, read_headings

_FORMULA_ERRORS: Final = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})


class Wrong(NamedTuple):
    """What a cell reads as that is wrong."""

    problem: Problem


class Column(dict[str, Any]):
    """What each text of a column reads as: a value, or what is wrong with it."""

    def __init__(self, cell: Cell[Any]) -> None:
        super().__init__()
        self._cell = cell

    def __missing__(self, text: str) -> Any:
        self[text] = outcome = self._read(text)
        return outcome

    def _read(self, text: str) -> Any:
        if text in _FORMULA_ERRORS:
            return Wrong(Problem("formula-error", {"found": text}))
        try:
            return self._cell.deserialize(text or missing)
        except ValidationError as error:
            return Wrong(_problem(error))


def _problem(error: ValidationError) -> Problem:
    message = error.messages[0]
    return message if isinstance(message, Problem) else Problem(message)


@dataclass
class _Found:
    rows: list[Row] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def read_rows(schema: RosterSchema, files: Sequence[SourceFile]) -> Incoming:
    """All rows of all files. A row with errors is among them too, without the values that were wrong."""
    found = _Found()
    for file in files:
        found.errors += file.errors
        for sheet in file.sheets:
            _read_sheet(schema, file.file, sheet, found)
    return Incoming(
        digests=tuple((file.file, file.digest) for file in files),
        sheets=tuple((file.file, sheet.name) for file in files for sheet in file.sheets),
        rows=tuple(found.rows),
        errors=tuple(found.errors),
        warnings=tuple(found.warnings),
    )


def _read_sheet(schema: RosterSchema, file: str, sheet: Sheet, found: _Found) -> None:
    headings = read_headings(schema, file, sheet)
    found.errors += headings.errors
    found.warnings += headings.warnings
    if not headings.places:
        return
    source = Source(file, sheet.name, headings.texts, frozenset(schema.load_fields.keys() - headings.places.keys()))
    columns = [(place, name, Column(_cell(schema, name))) for name, place in headings.places.items()]
    body = sheet.rows[1:]
    found.errors += _beside(headings, file, sheet.name, body)
    for number, cells in body:
        values: dict[str, Any] = {}
        row = Row(source, number, values)
        for place, name, column in columns:
            value = column[cells[place]]
            if type(value) is Wrong:
                found.errors.append(row.finding(name, value.problem.code, **value.problem.params))
            else:
                values[name] = value
        found.rows.append(row)


def _cell(schema: RosterSchema, name: str) -> Cell[Any]:
    cell = schema.load_fields[name]
    if not isinstance(cell, Cell):
        raise TypeError(f"{name} is no field of a roster")
    return cell


def _beside(headings: Headings, file: str, sheet: str, body: Iterable[tuple[int, list[str]]]) -> list[Finding]:
    """Columns that hold something and have no heading, each at its first row: a comma too many, a forgotten heading."""
    unseen = set(headings.nameless)
    errors = []
    for number, cells in body if unseen else ():
        for place in [place for place in unseen if cells[place]]:
            unseen.discard(place)
            problem = Problem("heading-empty", {"found": shown(cells[place]), "place": place + 1})
            errors.append(Finding(file, sheet, number, "", problem))
    return errors

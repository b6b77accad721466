"""Which column of a sheet is which field, by the headings in the sheet's first row with content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from audit_service.core.incoming import Sheet, shown
from audit_service.core.labels import nearest, squeezed
from audit_service.errors import Finding, Problem
from schemas.fields import RosterSchema

_MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class Headings:
    """Where each field's column is, from 0, and what it is headed; columns without heading; what is wrong."""

    places: dict[str, int]
    texts: dict[str, str]
    nameless: tuple[int, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def read_headings(schema: RosterSchema, file: str, sheet: Sheet) -> Headings:
    """The headings of a sheet. A field whose heading is missing is headed as expected, and has no place."""
    number, cells = sheet.rows[0]
    expected = {name: cell.data_key or name for name, cell in schema.load_fields.items()}
    first = {squeezed(cell): place for place, cell in reversed(list(enumerate(cells))) if cell}
    places = {name: first[squeezed(text)] for name, text in expected.items() if squeezed(text) in first}

    def finding(column: str, code: str, **params: object) -> Finding:
        return Finding(file, sheet.name, number, column, Problem(code, params))

    if not places:
        params = {"found": _listed(cells), "expected": _listed(list(expected.values()))}
        return Headings({}, {}, (), (finding("", "sheet-without-header", **params),), ())
    strange = [cell for cell in cells if cell and squeezed(cell) not in map(squeezed, _welcome(schema))]
    errors = [finding(cell, "column-twice", found=shown(cell)) for cell in _repeated(cells)]
    for name, cell in schema.load_fields.items():
        if name not in places and not cell.metadata.get("may_lack_column"):
            errors.append(
                finding(expected[name], "column-missing", found=_listed(cells), near=nearest(expected[name], strange))
            )
    warnings = [finding(cell, "column-unknown", found=shown(cell)) for cell in dict.fromkeys(strange)]
    if len(sheet.rows) == 1:
        warnings.append(finding("", "no-rows"))
    texts = {name: cells[places[name]] if name in places else text for name, text in expected.items()}
    nameless = tuple(place for place, cell in enumerate(cells) if not cell)
    return Headings(places, texts, nameless, tuple(errors), tuple(warnings))


def _welcome(schema: RosterSchema) -> list[str]:
    return [*(cell.data_key or name for name, cell in schema.load_fields.items()), *schema.ignored_headings]


def _repeated(cells: list[str]) -> list[str]:
    """Headings that stand twice, as they stand the second time."""
    counts: Counter[str] = Counter()
    repeated = []
    for cell in filter(None, cells):
        counts[squeezed(cell)] += 1
        if counts[squeezed(cell)] == 2:
            repeated.append(cell)
    return repeated


def _listed(cells: list[str]) -> str:
    texts = [shown(cell) for cell in cells if cell]
    return "、".join(texts[:_MOST_SHOWN]) + ("…" if len(texts) > _MOST_SHOWN else "")

"""Which column of a sheet is which field, by the headings in its header."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from audit_service.core.incoming import Sheet, shown
from audit_service.core.labels import heading_form, nearest
from audit_service.errors import Finding, Problem
from schemas.fields import RosterSchema
from schemas.header_rows import HeaderRows, known_headings

_MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class Headings:
    """Where each field's column is, from 0, and what it is headed; columns without heading; what is wrong."""

    places: dict[str, int]
    texts: dict[str, str]
    nameless: tuple[int, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def read_headings(schema: RosterSchema, file: str, sheet: Sheet, header: HeaderRows) -> Headings:
    """The headings of a sheet. A field whose heading is missing is headed as expected, and has no place."""
    cells = list(header.texts)
    expected = {name: cell.data_key or name for name, cell in schema.load_fields.items()}
    columns = _columns(schema, cells)
    places = {name: columns[name][0] for name in expected if name in columns}

    def finding(column: str, code: str, **params: object) -> Finding:
        return Finding(file, sheet.name, header.number, column, Problem(code, params))

    welcome = known_headings(schema).keys() | set(map(heading_form, schema.ignored_headings))
    strange = [cell for cell in cells if cell and heading_form(cell) not in welcome]
    errors = [finding(cell, "column-twice", found=shown(cell)) for cell in _repeated(cells)]
    errors += [
        finding(
            cells[second], "columns-alike", found=shown(cells[second]), first=shown(cells[first]), means=expected[name]
        )
        for name, (first, *others) in columns.items()
        for second in others
        if heading_form(cells[second]) != heading_form(cells[first])
    ]
    for name in needed(schema):
        if name not in places:
            near = nearest(expected[name], strange)
            errors.append(finding(expected[name], "column-missing", found=listed(cells), near=near))
    lacking = [text for name, text in expected.items() if name not in places]
    warnings = [
        finding(cell, "column-unknown", found=shown(cell), near=nearest(cell, lacking))
        for cell in dict.fromkeys(strange)
    ]
    if header.above:
        rows = "、".join(map(str, header.above))
        warnings.append(finding("", "rows-above-header", rows=rows, header=header.number))
    if len(sheet.rows) == header.place + header.height:
        warnings.append(finding("", "no-rows"))
    texts = {name: cells[places[name]] if name in places else text for name, text in expected.items()}
    nameless = tuple(place for place, cell in enumerate(cells) if not cell)
    return Headings(places, texts, nameless, tuple(errors), tuple(warnings))


def lacking(schema: RosterSchema, header: HeaderRows) -> list[str]:
    """The columns that a header should have and has not, as they should be headed."""
    columns = _columns(schema, header.texts)
    return [schema.load_fields[name].data_key or name for name in needed(schema) if name not in columns]


def needed(schema: RosterSchema) -> list[str]:
    """The fields whose columns every file must have."""
    return [name for name, cell in schema.load_fields.items() if not cell.metadata.get("may_lack_column")]


def _columns(schema: RosterSchema, cells: Iterable[str]) -> dict[str, list[int]]:
    """The columns that each field could be."""
    known = known_headings(schema)
    columns: dict[str, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        name = known.get(heading_form(cell)) if cell else None
        if name:
            columns[name].append(place)
    return columns


def _repeated(cells: list[str]) -> list[str]:
    """Headings that stand twice, as they stand the second time."""
    counts: Counter[str] = Counter()
    repeated = []
    for cell in filter(None, cells):
        counts[heading_form(cell)] += 1
        if counts[heading_form(cell)] == 2:
            repeated.append(cell)
    return repeated


def listed(cells: Iterable[str]) -> str:
    """The first few cells that hold something, as a message shows them."""
    texts = [shown(cell) for cell in dict.fromkeys(cells) if cell]
    return "、".join(texts[:_MOST_SHOWN]) + ("…" if len(texts) > _MOST_SHOWN else "")

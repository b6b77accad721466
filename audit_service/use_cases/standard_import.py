"""A scoring standard out of an office's own table: a row a criterion, or several that stand numbered in one cell.

Numbers are taken as measures where the words leave no doubt (`core.measures`). What the table does not say is not
there afterwards either: no points, no English; the Chinese stands for both until somebody translates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from audit_service.core.incoming import Incoming, Row, shown
from audit_service.core.labels import squeezed
from audit_service.core.measures import measures_in
from audit_service.core.rules import Label, Rule
from audit_service.core.standards import Area, Criterion, Standard
from audit_service.errors import Finding, RosterErrors
from audit_service.use_cases.roster_changes import Entry
from audit_service.use_cases.roster_rules import repeated

_NUMBERED: Final = re.compile(
    r"\s*([（(]\s*[0-9一二三四五六七八九十]{1,3}\s*[）)]|[0-9]{1,3}(?:[.．、](?![0-9])|[)）])|[一二三四五六七八九十]{1,3}、|[①-⑳])"
    r"\s*(\S.*)",
    re.DOTALL,
)
_ENDING: Final = "；;。 \t\r\n"


@dataclass(frozen=True)
class Tabled:
    """A standard as a table has it, and what is remarkable in the table."""

    standard: Standard
    warnings: tuple[Finding, ...]


@dataclass
class _Part:
    """An area while its rows are read."""

    name: str
    place: str
    methods: dict[str, None] = field(default_factory=dict)
    criteria: list[Criterion] = field(default_factory=list)


def standard_of(incoming: Incoming, name: str, label: Label, of: str) -> Tabled:
    """The standard that rows of `CriterionIn` make up; `RosterErrors` with everything that is wrong, and then none.

    Identifiers begin with the standard's name, so that they are its own in whatever policy it is put into.
    """
    errors = list(incoming.errors)
    entries = list(_entries(incoming.rows, errors))
    errors += repeated(entries, ("area", "text"), "criterion-twice")
    if errors:
        raise RosterErrors(incoming.in_order(errors))
    parts: dict[str, _Part] = {}
    for row, record in entries:
        area = squeezed(record["area"])
        part = parts.setdefault(area, _Part(record["area"], _place(row)))
        part.methods.update(dict.fromkeys(row.values["methods"]))
        prefix = f"{name}-{list(parts).index(area) + 1}"
        part.criteria += _criteria(row, prefix, len(part.criteria))
    areas = (_area(f"{name}-{number}", part) for number, part in enumerate(parts.values(), start=1))
    warnings = (*incoming.warnings, *_without_points([row for row, _ in entries]))
    return Tabled(Standard(name, label, of, tuple(areas), ()), warnings)


def _entries(rows: Sequence[Row], errors: list[Finding]) -> Iterator[Entry]:
    """Each row with its area: what stands in it, or in the row above it on the same sheet."""
    area, source = "", None
    for row in rows:
        if row.source is not source:
            area, source = "", row.source
        area = row.values.get("area") or area
        if not area and "area" not in row.source.absent:
            errors.append(row.finding("area", "criterion-no-area"))
        yield row, {"area": area or None, "text": row.values.get("text")}


def _criteria(row: Row, prefix: str, before: int) -> Iterator[Criterion]:
    """The criterion of a row; where clauses stand numbered in its cell and no points with them, each is one."""
    text, points = row.values["text"], row.values.get("points")
    lines = [line for line in text.splitlines() if line.strip()]
    numbered = len(lines) > 1 and points is None and all(_NUMBERED.fullmatch(line) for line in lines)
    for place, line in enumerate(lines if numbered else [text], start=before + 1):
        match = _NUMBERED.fullmatch(line)
        number, words = match.groups() if match else ("", line)
        words = words.strip().rstrip(_ENDING)
        yield Criterion(
            criterion=f"{prefix}-{place}",
            number="".join(number.split()),
            text=Label(words, words),
            points=points,
            veto=row.values.get("veto", False),
            measures=measures_in(words),
        )


def _place(row: Row) -> str:
    """Where a row stands, as a rule names it: the file's name without its folder, the sheet, the row."""
    return " · ".join(filter(None, (PurePath(row.source.file).name, row.source.sheet, str(row.number))))


def _area(name: str, part: _Part) -> Area:
    """An area; its rule is the table's own words and where they stand."""
    rule = Rule(part.place, part.name, None)
    return Area(name, Label(part.name, part.name), tuple(part.methods), tuple(part.criteria), rule)


def _without_points(rows: Sequence[Row]) -> Iterator[Finding]:
    """Criteria that can give nothing beside others that do; one that decides alone needs no points."""
    if any(row.values.get("points") is not None for row in rows):
        for row in rows:
            if row.values.get("points") is None and not row.values.get("veto"):
                yield row.finding("points", "criterion-no-points", found=shown(row.values["text"]))

"""Places of rosters that are written otherwise than they are called, and mean the same: read as called, and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Row, shown
from audit_service.core.place_names import below, is_county
from audit_service.core.towns import Towns
from audit_service.errors import Finding
from audit_service.use_cases.roster_changes import Entry


@dataclass(frozen=True)
class Mended:
    """What was read otherwise than it was written: told once for a column of a sheet, with the first of its cells."""

    _cells: dict[tuple[str, str, str], list[tuple[Row, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def note(self, row: Row, name: str, written: str, read: str) -> None:
        self._cells[row.source.file, row.source.sheet, name].append((row, written, read))

    def findings(self) -> Iterable[Finding]:
        for (*_, name), cells in self._cells.items():
            row, written, read = cells[0]
            yield row.finding(name, "cells-mended", count=len(cells), found=shown(written), read=shown(read))


def mended_places(entries: Sequence[Entry], divisions: Divisions, towns: Towns | None = None) -> Mended:
    """Read the cities of rows, and with a table of divisions their counties, as they are called."""
    mended = Mended()
    _mend_cities(entries, divisions, mended)
    if towns:
        _mend_counties(entries, divisions, towns, mended)
    return mended


def _mend_cities(entries: Iterable[Entry], divisions: Divisions, mended: Mended) -> None:
    """Cities that are given by another code than theirs of six digits, with the province before them or 本级 behind."""
    for row, record in entries:
        label, city = row.values.get("city"), divisions.by_code.get(record.get("city") or "")
        if label and city and divisions.called(label) is None:
            mended.note(row, "city", label, city.name)


def _mend_counties(entries: Iterable[Entry], divisions: Divisions, towns: Towns, mended: Mended) -> None:
    """Counties with their city before them, and those that are called so in short alone."""
    meant = cache(partial(_county, divisions, towns))  # rows are many, counties few
    cells = ((row, record, name) for row, record in entries for name in ("county", "new_county") if record.get(name))
    for row, record, name in cells:
        city, label = record.get("city"), record[name]
        if city and (county := meant(city, label)) != label:
            mended.note(row, name, label, county)
            record[name] = county


def _county(divisions: Divisions, towns: Towns, city: str, label: str) -> str:
    """The county that is meant; the label itself where it is not known, as of one that is no more."""
    behind = list(below(label, divisions.names_before(city)))
    known = (towns.county(city, each) for each in (label, *behind))
    return next(filter(None, known), next(filter(is_county, behind), label))

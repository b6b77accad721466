"""The codes of units that come without one: found by city, county and name (`unit_names.py`), or issued by the office.

No code is issued to a name that is like a division's: that unit would be listed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from audit_service.core.divisions import ISSUED
from audit_service.core.incoming import Row
from audit_service.core.towns import Place, Towns, place
from audit_service.errors import Finding
from audit_service.store import acts, rosters, tables
from audit_service.use_cases.roster_changes import Entry, Key, Record
from audit_service.use_cases.unit_names import NameSearch, named, place_of

SERIES: Final = "units"
_MOST_HINTS: Final = 200


def find_codes(entries: Sequence[Entry], search: NameSearch, *, issue: bool) -> None:
    """Give rows without a code the one that their names mean. Those without any are errors, unless codes are issued."""
    known, unmatched = search.known, 0
    for row, record in entries:
        where = place_of(record) if record.get("unit", "") is None else None
        if where is None:
            continue
        found = search.code_of(row, record, where)
        if found:
            record["unit"] = found
        elif found is None and not issue:
            near = _near(known.towns, where, unmatched := unmatched + 1)
            search.errors.append(row.finding("name", "unit-unmatched", found=named(record), near=near))
        elif found is None and (alike := known.alike(where)):
            near = "、".join(alike)
            search.errors.append(row.finding("name", "unit-code-not-issued", found=named(record), near=near))


def namesakes(
    entries: Sequence[Entry], current: Mapping[Key, Record], towns: Towns, errors: list[Finding]
) -> list[Finding]:
    """Rows of one city, county and name: errors where a code is missing that would tell them apart.

    With codes they may be two units; since a unit listed twice would be drawn with twice its chance, the office is
    told. So it is of names that are not those of their codes.
    """
    remarks: list[Finding] = []
    first: dict[Place, Entry] = {}
    listed = {place(each["city"], each["county"], each["name"]): unit for (unit,), each in current.items()}
    coming = {record.get("unit") for _, record in entries}
    for row, record in entries:
        where = place_of(record)
        if where is None or "unit" not in record:
            continue
        unit = record["unit"]
        earlier = first.setdefault(where, (row, record))
        if earlier[1] is not record:
            _compare(row, record, earlier, errors, remarks)
        elif unit is not None and listed.get(where, unit) != unit and listed[where] not in coming:
            remarks.append(row.finding("name", "unit-under-other-code", found=named(record), other=listed[where]))
        town = towns.by_code.get(unit) if unit else None
        if town and where[1:] != place("", town.county, town.name)[1:]:
            params = {"found": named(record), "unit": unit, "named": town.county + town.name}
            remarks.append(row.finding("name", "name-differs-from-code", **params))
    return remarks


def _compare(row: Row, record: Record, earlier: Entry, errors: list[Finding], remarks: list[Finding]) -> None:
    """Two rows of one name; where both have the same code, that is told elsewhere."""
    first, other = earlier
    unit, before = record["unit"], other["unit"]
    params = {"found": named(record), "sheet": first.sheet, "first": first.number}
    if unit is None or before is None:
        errors.append(row.finding("name", "unit-twice", **params))
    elif unit != before:
        remarks.append(row.finding("name", "units-alike", **params, unit=unit, other=before))


def issue_unit_codes(db: Connection, entries: Iterable[Entry], towns: Towns) -> list[Finding]:
    """Give rows still without a code the next one of their city, in the order of the files; what was given to whom."""
    codeless = [(row, record) for row, record in entries if record["unit"] is None]
    used = {code.lower() for code in rosters.ever(db, tables.units.c.unit)} if codeless else set()
    used |= {record["unit"].lower() for _, record in entries if record["unit"]} if codeless else set()
    issued = []
    for number, (row, record) in enumerate(codeless, start=1):
        record["unit"] = _next_free(db, record["city"], used)
        near = _near(towns, place(record["city"], record["county"], record["name"]), number)
        issued.append(row.finding("unit", "unit-code-issued", found=named(record), issued=record["unit"], near=near))
    return issued


def _near(towns: Towns, where: Place, number: int) -> str:
    """The names probably meant, for the first so many that are not known: the search is long, and so is the list."""
    return "、".join(towns.near(where)) if number <= _MOST_HINTS else ""


def _next_free(db: Connection, city: str, used: set[str]) -> str:
    while True:
        code = f"{ISSUED}{city}-{acts.next_number(db, f'{SERIES}:{city}'):04d}"
        if code.lower() not in used:
            return code

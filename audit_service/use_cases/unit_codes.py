"""The codes of units that come without one: found by city, county and name, or issued by the office.

A name is looked up among former names first (the office wrote them down, and they are newer than any printed table),
then in the table of divisions, then on the roster, where parks and communities have the codes that they were issued.
Nothing is guessed: a name that is merely alike, or lacks its 街道 or 镇, is offered and not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from audit_service.core.incoming import Row, shown
from audit_service.core.towns import Place, Towns, place
from audit_service.errors import Finding
from audit_service.store import acts, rosters, tables
from audit_service.use_cases.former_names import by_place, latest
from audit_service.use_cases.places import ISSUED
from audit_service.use_cases.roster_changes import FORMER_NAMES, Entry, Key, Record

SERIES: Final = "units"
_MOST_HINTS: Final = 200


@dataclass(frozen=True)
class KnownNames:
    """Where a unit's code can be found by its name."""

    towns: Towns
    former: Mapping[Place, Record]
    roster: Mapping[Place, frozenset[str]]

    @classmethod
    def of(cls, db: Connection, towns: Towns, current: Iterable[Record]) -> KnownNames:
        """What the office knows now; of units that left the roster, the codes that it issued."""
        columns = tables.units.c
        known: dict[Place, set[str]] = defaultdict(set)
        for record in current:
            known[place(record["city"], record["county"], record["name"])].add(record["unit"])
        for unit, *where in rosters.versions(db, columns.unit, columns.city, columns.county, columns.name):
            if unit.startswith(ISSUED):
                known[place(*where)].add(unit)
        former = by_place(FORMER_NAMES.current(db).values())
        return cls(towns, former, {where: frozenset(codes) for where, codes in known.items()})


def find_codes(entries: Sequence[Entry], known: KnownNames, errors: list[Finding], *, issue: bool) -> list[Finding]:
    """Give rows without a code the one that their names mean. Those without any are errors, unless codes are issued."""
    remarks: list[Finding] = []
    unmatched = 0
    for row, record in entries:
        if record.get("unit", "") is not None:
            continue
        where = _place(record)
        if where is None:
            continue
        found = _find(row, record, where, known, errors, remarks)
        if found:
            record["unit"] = found
        elif found is None and not issue:
            near = _near(known.towns, where, unmatched := unmatched + 1)
            errors.append(row.finding("name", "unit-unmatched", found=_named(record), near=near))
    return remarks


def _find(
    row: Row, record: Record, where: Place, known: KnownNames, errors: list[Finding], remarks: list[Finding]
) -> str | None:
    """The code that a name means; nothing where it is not known, empty where it is known too well."""
    town, change = known.towns.find(where), latest(known.former, where)
    if town and change and change["unit"] != town.code and change["changed_on"] <= known.towns.as_of:
        params = {"found": _named(record), "code": town.code, "new": change["new"], "other": change["unit"]}
        errors.append(row.finding("name", "name-also-former", **params))
        return ""
    if change:
        params = {"found": record["name"], "new": change["new"], "unit": change["unit"], "day": change["changed_on"]}
        remarks.append(row.finding("name", "former-name-used", **params, document=shown(change["document"])))
        record["former_name"] = record.get("former_name") or record["name"]
        record["name"] = change["new"]
        return str(change["unit"])
    if town:
        return town.code
    codes = known.roster.get(where, frozenset())
    if len(codes) > 1:
        errors.append(row.finding("name", "unit-ambiguous", found=_named(record), codes="、".join(sorted(codes))))
        return ""
    return next(iter(codes), None)


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
        where = _place(record)
        if where is None or "unit" not in record:
            continue
        unit = record["unit"]
        earlier = first.setdefault(where, (row, record))
        if earlier[1] is not record:
            _compare(row, record, earlier, errors, remarks)
        elif unit is not None and listed.get(where, unit) != unit and listed[where] not in coming:
            remarks.append(row.finding("name", "unit-under-other-code", found=_named(record), other=listed[where]))
        town = towns.by_code.get(unit) if unit else None
        if town and where[1:] != place("", town.county, town.name)[1:]:
            named = town.county + town.name
            remarks.append(row.finding("name", "name-differs-from-code", found=_named(record), unit=unit, named=named))
    return remarks


def _compare(row: Row, record: Record, earlier: Entry, errors: list[Finding], remarks: list[Finding]) -> None:
    """Two rows of one name; where both have the same code, that is told elsewhere."""
    first, other = earlier
    unit, before = record["unit"], other["unit"]
    params = {"found": _named(record), "sheet": first.sheet, "first": first.number}
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
        issued.append(row.finding("unit", "unit-code-issued", found=_named(record), issued=record["unit"], near=near))
    return issued


def _near(towns: Towns, where: Place, number: int) -> str:
    """The names probably meant, for the first so many that are not known: the search is long, and so is the list."""
    return "、".join(towns.near(where)) if number <= _MOST_HINTS else ""


def _next_free(db: Connection, city: str, used: set[str]) -> str:
    while True:
        code = f"{ISSUED}{city}-{acts.next_number(db, f'{SERIES}:{city}'):04d}"
        if code.lower() not in used:
            return code


def _place(record: Record) -> Place | None:
    city, county, name = record.get("city"), record.get("county"), record.get("name")
    return place(city, county, name) if city and county and name else None


def _named(record: Record) -> str:
    return shown(f"{record['county']}{record['name']}")

"""Which unit of the office's, or which division, the name of a unit without a code means.

A name is looked up among former names first (the office wrote them down, and they are newer than any printed table),
then in the table of divisions, then on the roster, where parks and communities have the codes that they were issued.
Nothing is guessed: a name that is merely alike, or lacks its 街道 or 镇, is offered and not taken. With its city or
county before it, or 办事处 or 人民政府 behind, it is the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from audit_service.core.divisions import ISSUED, Divisions
from audit_service.core.incoming import Row, shown
from audit_service.core.place_names import spellings
from audit_service.core.towns import Place, Towns, place
from audit_service.errors import Finding
from audit_service.store import rosters, tables
from audit_service.use_cases.former_names import by_place, latest
from audit_service.use_cases.roster_changes import FORMER_NAMES, Record
from audit_service.use_cases.roster_spellings import Mended


@dataclass(frozen=True)
class KnownNames:
    """Where a unit's code can be found by its name."""

    divisions: Divisions
    towns: Towns
    former: Mapping[Place, Record]
    roster: Mapping[Place, frozenset[str]]

    @classmethod
    def of(cls, db: Connection, divisions: Divisions, towns: Towns, current: Iterable[Record]) -> KnownNames:
        """What the office knows now; of units that left the roster, the codes that it issued."""
        columns = tables.units.c
        known: dict[Place, set[str]] = defaultdict(set)
        for record in current:
            known[place(record["city"], record["county"], record["name"])].add(record["unit"])
        for unit, *where in rosters.versions(db, columns.unit, columns.city, columns.county, columns.name):
            if unit.startswith(ISSUED):
                known[place(*where)].add(unit)
        former = by_place(FORMER_NAMES.current(db).values())
        return cls(divisions, towns, former, {where: frozenset(codes) for where, codes in known.items()})

    def spelled(self, where: Place) -> Iterable[Place]:
        """A place by all the names that are its own."""
        city, county, name = where
        above = [before + each for before in (*self.divisions.names_before(city), "") for each in (county, "")]
        return ((city, county, each) for each in spellings(name, above))

    def alike(self, where: Place) -> list[str]:
        """The divisions that a name probably means; none of a name that is like no division's."""
        return next(filter(None, map(self.towns.alike, self.spelled(where))), [])


@dataclass(frozen=True)
class NameSearch:
    """The search for what names mean: what is wrong with them goes to `errors`, what was found out of the way to
    `mended` and `remarks`."""

    known: KnownNames
    errors: list[Finding]
    mended: Mended
    remarks: list[Finding] = field(default_factory=list)

    def code_of(self, row: Row, record: Record, where: Place) -> str | None:
        """The code that a name means, as it is written or as it could be; the record gets the name that was found.

        Nothing where it is not known, empty where it is known too well.
        """
        written = record["name"]
        for spelled in self.known.spelled(where):
            record["name"] = written if spelled == where else spelled[2]
            found = self._exactly(row, record, spelled)
            if found is not None:
                if spelled != where:
                    self.mended.note(row, "name", written, spelled[2])
                return found
        record["name"] = written
        return None

    def _exactly(self, row: Row, record: Record, where: Place) -> str | None:
        known = self.known
        town, change = known.towns.find(where), latest(known.former, where)
        if town and change and change["unit"] != town.code and change["changed_on"] <= known.towns.as_of:
            params = {"found": named(record), "code": town.code, "new": change["new"], "other": change["unit"]}
            return self._refused(row, "name-also-former", **params)
        if change:
            return self._present(row, record, change)
        if town:
            return town.code
        codes = known.roster.get(where, frozenset())
        if len(codes) > 1:
            return self._refused(row, "unit-ambiguous", found=named(record), codes="、".join(sorted(codes)))
        return next(iter(codes), None)

    def _refused(self, row: Row, problem: str, /, **params: object) -> str:
        self.errors.append(row.finding("name", problem, **params))
        return ""

    def _present(self, row: Row, record: Record, change: Record) -> str:
        """The unit that a former name means now; it is recorded under its present one, and in its present county."""
        county, name = change["new_county"] or change["county"], change["new"]
        moved = county != record["county"]
        was, new = (record["county"] + record["name"], county + name) if moved else (record["name"], name)
        params = {"found": was, "new": new, "unit": change["unit"], "day": change["changed_on"]}
        self.remarks.append(row.finding("name", "former-name-used", **params, document=shown(change["document"])))
        record["former_name"] = record.get("former_name") or was
        record["name"], record["county"] = name, county
        return str(change["unit"])


def place_of(record: Record) -> Place | None:
    """Where a row says that its unit is; nothing of a row that lacks a part of it."""
    city, county, name = record.get("city"), record.get("county"), record.get("name")
    return place(city, county, name) if city and county and name else None


def named(record: Record) -> str:
    """A unit as a message shows it."""
    return shown(f"{record['county']}{record['name']}")

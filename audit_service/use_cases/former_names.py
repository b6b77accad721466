"""Former names of units: what must hold of them, and what a name means now.

A name is of a place: of its county too, which may be renamed itself. 双流县 黄水镇 is now 双流区 黄水镇.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Row, shown
from audit_service.core.towns import Place, Towns, place
from audit_service.errors import Finding
from audit_service.use_cases.roster_changes import Entry, Key, Record
from audit_service.use_cases.roster_rules import check_code, known_city


def former_entries(rows: Iterable[Row], divisions: Divisions, errors: list[Finding]) -> list[Entry]:
    """What the table records of each row."""
    entries = []
    for row in rows:
        record: Record = {"unit": "", "new_county": "", **row.values, "city": known_city(row, divisions, errors)}
        if record["unit"]:
            check_code(row, record["unit"], record["city"], divisions, errors)
        entries.append((row, record))
    return entries


@dataclass(frozen=True)
class FormerNames:
    """The settling of former names: `current` are those that stay beside the ones that come in, `listed` by their codes
    the counties of the roster's units."""

    current: Mapping[Key, Record]
    towns: Towns
    listed: Mapping[str, str]

    def settle(self, entries: Sequence[Entry], errors: list[Finding]) -> list[Finding]:
        """Give each former name the county and the code of the unit that it means now; what leads nowhere is an error.

        Counties that nobody wrote down are told.
        """
        whole = [(row, record) for row, record in entries if _whole(record)]
        remarks = self._find_counties(whole)
        known = {**by_place(self.current.values()), **by_place(record for _, record in whole)}
        for row, record in whole:
            if record["new"] == record["old"] and not record["new_county"]:
                errors.append(row.finding("new", "former-name-same", found=shown(record["new"])))
            elif not record["unit"]:
                self._find_code(row, record, known, errors)
        return remarks

    def _find_counties(self, entries: Sequence[Entry]) -> list[Finding]:
        remarks = []
        for row, record in entries:
            told = record["new_county"]
            county = told or self._present_county(record)
            record["new_county"] = "" if county == record["county"] else county
            if record["new_county"] and not told:
                found, read = shown(record["new"]), shown(record["new_county"] + record["new"])
                remarks.append(row.finding("new", "former-name-county", found=found, read=read))
        return remarks

    def _present_county(self, record: Record) -> str:
        """The county of the unit whose code is given; without one, of the one division that can be meant where the
        former county is no more."""
        if unit := record["unit"]:
            town = self.towns.by_code.get(unit)
            return town.county if town else self.listed.get(unit, "")
        moved = self.towns.moved(place(record["city"], record["county"], record["new"]))
        return moved.county if moved else ""

    def _find_code(self, row: Row, record: Record, known: Mapping[Place, Record], errors: list[Finding]) -> None:
        last = latest(known, place(record["city"], record["county"], record["old"]))
        town = self.towns.find(present(last)) if last else None
        if last and (last["unit"] or town):
            record["unit"] = last["unit"] or (town.code if town else "")
        else:
            county = record["new_county"] or record["county"]
            near = "、".join(self.towns.near(place(record["city"], county, record["new"])))
            errors.append(row.finding("new", "former-name-unmatched", found=shown(county + record["new"]), near=near))


def _whole(record: Record) -> bool:
    return all(record.get(name) for name in ("city", "county", "old", "new"))


def by_place(records: Iterable[Record]) -> dict[Place, Record]:
    """Former names by the place that they name."""
    return {place(each["city"], each["county"], each["old"]): each for each in records if _whole(each)}


def present(change: Record) -> Place:
    """The place that a former name became."""
    return place(change["city"], change["new_county"] or change["county"], change["new"])


def latest(known: Mapping[Place, Record], where: Place) -> Record | None:
    """The last of the changes that a name went through; nothing where it went through none, or round in a circle."""
    met, found = {where}, None
    while (change := known.get(where)) is not None:
        found = change
        where = present(change)
        if where in met:
            return None
        met.add(where)
    return found

"""Former names of units: what must hold of them, and what a name means now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
        record: Record = {"unit": "", **row.values, "city": known_city(row, divisions, errors)}
        if record["unit"]:
            check_code(row, record["unit"], record["city"], divisions, errors)
        if record.get("old") is not None and record["old"] == record.get("new"):
            errors.append(row.finding("new", "former-name-same", found=shown(record["new"])))
        entries.append((row, record))
    return entries


def settle_former_names(
    entries: Sequence[Entry], current: Mapping[Key, Record], towns: Towns, errors: list[Finding]
) -> None:
    """Give each former name the code of the unit that it means now; what leads nowhere is an error."""
    known = {**by_place(current.values()), **by_place(record for _, record in entries)}
    for row, record in entries:
        if record["unit"] or not _whole(record):
            continue
        last = latest(known, place(record["city"], record["county"], record["old"]))
        where = place(last["city"], last["county"], last["new"]) if last else None
        town = towns.find(where) if where else None
        if last and (last["unit"] or town):
            record["unit"] = last["unit"] or (town.code if town else "")
        else:
            found = shown(f"{record['county']}{record['new']}")
            near = "、".join(towns.near(place(record["city"], record["county"], record["new"])))
            errors.append(row.finding("new", "former-name-unmatched", found=found, near=near))


def _whole(record: Record) -> bool:
    return all(record.get(name) for name in ("city", "county", "old", "new"))


def by_place(records: Iterable[Record]) -> dict[Place, Record]:
    """Former names by the place that they name."""
    return {place(each["city"], each["county"], each["old"]): each for each in records if _whole(each)}


def latest(known: Mapping[Place, Record], where: Place) -> Record | None:
    """The last of the changes that a name went through; nothing where it went through none, or round in a circle."""
    met, found = {where}, None
    while (change := known.get(where)) is not None:
        found = change
        where = place(change["city"], change["county"], change["new"])
        if where in met:
            return None
        met.add(where)
    return found

"""The roster of places: what an office knows beside the cities that come with the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core import places
from audit_service.core.divisions import ISSUED, City, Divisions
from audit_service.core.incoming import shown
from audit_service.core.labels import squeezed
from audit_service.core.places import COUNTY, LEVELS, PROVINCE, TOWNSHIP
from audit_service.errors import Finding
from audit_service.store import life_tables, rosters, tables
from audit_service.use_cases.roster_changes import Entry, Key, Record, Roster

PLACES: Final = Roster("places", life_tables.places, ("place",))


def known(db: Connection, shipped: Divisions) -> Divisions:
    """Every place that a roster may name as a unit's or a person's city: those that come with the program, and the
    office's own below the province; beside them those that quotas alone go by."""
    rows = sorted(rosters.current(db, life_tables.places), key=lambda row: str(row["place"]))
    names = {row["place"]: row["name"] for row in rows} | {city.code: city.name for city in shipped.cities}
    own: list[City] = []
    aside: list[City] = []
    for row in rows:
        if row["level"] != PROVINCE:
            place = City(row["place"], row["name"], names.get(row["parent"], ""))
            (aside if _for_quotas_alone(row, shipped) else own).append(place)
    return shipped.joined(own, aside)


def _for_quotas_alone(row: Mapping[str, Any], shipped: Divisions) -> bool:
    """Of places in the cities that come with the program: a county with a class or a number of townships, by which a
    quota goes, and a city itself. Who lists counties without them, or townships, works below the city."""
    if shipped.of_code(row["place"]) is None or row["level"] == TOWNSHIP:
        return False
    return row["level"] != COUNTY or bool(row["class_name"]) or row["townships"] is not None


def counties(db: Connection, divisions: Divisions, at: int | None = None) -> frozenset[str]:
    """The counties that are units' cities themselves."""
    found = rosters.chosen(db, life_tables.places, at, level=[COUNTY])
    return frozenset(row["place"] for row in found if row["place"] in divisions.by_code)


def in_other_cities(db: Connection, divisions: Divisions) -> list[rosters.Row]:
    """The roster's units that by their codes lie in another city than the one they were imported with."""
    units = rosters.current(db, tables.units)
    return [unit for unit in units if (city := city_of(divisions, unit["unit"])) and city.code != unit["city"]]


def city_of(divisions: Divisions, unit: str) -> City | None:
    """The city in which a unit lies by its code, the office's own codes too."""
    return divisions.of_code(unit.removeprefix(ISSUED))


def city_of_place(divisions: Divisions, place: str) -> str:
    """The city in which lies what something is ordered of: a county or township by its code or by its city's, a unit by
    its own code. A place that is on no roster any more counts as a city of its own; nothing of the whole."""
    code = places.city_of(place)
    city = city_of(divisions, code)
    return city.code if city else code


def settle_parents(
    entries: Sequence[Entry], current: Mapping[Key, Record], divisions: Divisions, errors: list[Finding]
) -> None:
    """Give each place the code of the one above it, which must be known, and stand above it."""
    levels = {city.code: "city" for city in divisions.cities} | {
        place: row["level"] for (place,), row in current.items()
    }
    labels = {city.name: city.code for city in divisions.cities} | {
        row["name"]: row["place"] for row in current.values()
    }
    for _, record in entries:
        if record.get("place") and record.get("name"):
            levels[record["place"]] = record.get("level")
            labels[record["name"]] = record["place"]
    for row, record in entries:
        label = squeezed(record.get("parent") or "")
        if not label:
            continue
        parent = label if label in levels else labels.get(label)
        if parent is None:
            errors.append(row.finding("parent", "place-parent-unknown", found=shown(label)))
        elif record.get("level") and levels[parent] and not _above(levels[parent], record["level"]):
            errors.append(row.finding("parent", "place-parent-below", found=shown(label)))
        else:
            record["parent"] = parent


def _above(upper: str, lower: str) -> bool:
    return LEVELS.index(upper) < LEVELS.index(lower)

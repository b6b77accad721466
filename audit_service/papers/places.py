"""Names of places and people, for papers and screens."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from audit_service.core.divisions import Divisions
from audit_service.files.divisions import sichuan
from audit_service.use_cases import places, views

Cities = Mapping[str, str]
"""The names of the cities by their codes."""


def divisions(db: Connection) -> Divisions:
    """Every place that can be a unit's city: Sichuan's, and those of the office's own roster."""
    return places.known(db, sichuan())


def cities(db: Connection) -> dict[str, str]:
    """The names of the cities by their codes."""
    return {city.code: city.name for city in divisions(db).cities}


def city_code(db: Connection, label: str) -> str:
    """The code of a city that somebody named, by its code or by its name, long or short."""
    return divisions(db).named(label).code


def names(db: Connection) -> views.Names:
    """The names of cities, units and people as they are now."""
    return views.names(db, cities(db))

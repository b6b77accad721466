"""Names of places and people, for papers and screens."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from audit_service.errors import NotFound
from audit_service.files.divisions import sichuan
from audit_service.use_cases import views

Cities = Mapping[str, str]
"""The names of the cities by their codes."""


def cities() -> dict[str, str]:
    """The names of the cities by their codes."""
    return {city.code: city.name for city in sichuan().cities}


def city_code(label: str) -> str:
    """The code of a city that somebody named, by its code or by its name, long or short."""
    found = sichuan().find(label)
    if found is None:
        raise NotFound("city-not-known", found=label, near=sichuan().nearest(label))
    return found.code


def names(db: Connection) -> views.Names:
    """The names of cities, units and people as they are now."""
    return views.names(db, cities())

"""Names of places and people, for what a command prints."""

from __future__ import annotations

from sqlalchemy import Connection

from audit_service.files.divisions import sichuan
from audit_service.use_cases import views


def cities() -> dict[str, str]:
    """The names of the cities by their codes."""
    return {city.code: city.name for city in sichuan().cities}


def names(db: Connection) -> views.Names:
    """The names of cities, units and people as they are now."""
    return views.names(db, cities())

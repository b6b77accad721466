"""Places of an office's own: levels, and where a unit counts for what is ordered of places of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

PROVINCE: Final = "province"
COUNTY: Final = "county"
TOWNSHIP: Final = "township"
UNIT: Final = "unit"
LEVELS: Final = (PROVINCE, "city", COUNTY, TOWNSHIP)
"""From above to below."""
WHOLE: Final = "*"
"""The place for which everything counts: what is ordered of the whole of an office's own area."""


def county_of(city: str, county: str) -> str:
    """A county of a city, where it has no code of its own: `511600/广安区`."""
    return f"{city}/{county}"


def city_of(place: str) -> str:
    """The city in which a place is; nothing of the whole."""
    return "" if place == WHOLE else place.partition("/")[0]


def place_of(unit: Mapping[str, str], level: str, counties: Collection[str]) -> str:
    """The place of a level for which a unit counts.

    `counties` are the codes of counties that are units' cities themselves, as in a municipality (重庆).
    """
    if level == PROVINCE:
        return WHOLE
    if level == UNIT:
        return unit["unit"]
    if level == COUNTY and unit["city"] not in counties:
        return county_of(unit["city"], unit["county"])
    return unit["city"]

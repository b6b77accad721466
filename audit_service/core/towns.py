"""The township-level divisions of the province: which code a city, a county and a name together mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple

from audit_service.core.labels import squeezed
from audit_service.core.place_names import short_counties

Place = tuple[str, str, str]
"""A unit's city by code, its county and its name, as they are compared."""

_ENDING: Final = re.compile(r"(?:街道办事处|街道|镇人民政府|乡人民政府|民族乡|镇|乡)$")
_MOST_OFFERED: Final = 3


def place(city: str, county: str, name: str) -> Place:
    """A place in the form in which places are compared: whatever the width of brackets in it."""
    return city, _form(county), _form(name)


def _form(name: str) -> str:
    return name if name.isalnum() else squeezed(name)


class Town(NamedTuple):
    """A division: its code of nine digits, its city by code, its county and name."""

    code: str
    city: str
    county: str
    name: str


@dataclass(frozen=True)
class Towns:
    """A table of divisions, and the day (2023-06-30) of which it is. City, county and name are unique together."""

    as_of: str
    towns: tuple[Town, ...]

    @cached_property
    def by_code(self) -> dict[str, Town]:
        """The divisions by their codes."""
        return {town.code: town for town in self.towns}

    @cached_property
    def _by_place(self) -> dict[Place, Town]:
        return {place(town.city, town.county, town.name): town for town in self.towns}

    @cached_property
    def _by_county(self) -> dict[tuple[str, str], list[Town]]:
        towns = defaultdict(list)
        for town in self.towns:
            towns[town.city, town.county].append(town)
        return towns

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Town]]:
        towns = defaultdict(list)
        for town in self.towns:
            towns[town.city, town.name].append(town)
        return towns

    @cached_property
    def _counties(self) -> dict[tuple[str, str], set[str]]:
        """By city and label the counties that are called so: in full, or without their ending."""
        counties = defaultdict(set)
        for city, county in {(town.city, town.county) for town in self.towns}:
            for label in short_counties(county):
                counties[city, label].add(county)
        return counties

    def county(self, city: str, label: str) -> str | None:
        """The county of a city that a label means: its own name before another's short one; none where two would do."""
        if (city, label) in self._by_county:
            return label
        found = self._counties.get((city, label), set())
        return next(iter(found)) if len(found) == 1 else None

    def find(self, where: Place) -> Town | None:
        """The division of exactly this city, county and name. A name without its ending matches nothing."""
        return self._by_place.get(where)

    def moved(self, where: Place) -> Town | None:
        """The one division of a city that has a name, of a county that is no more."""
        city, county, name = where
        found = self._by_name.get((city, name), [])
        return found[0] if len(found) == 1 and (city, county) not in self._by_county else None

    def near(self, where: Place) -> list[str]:
        """The names that were probably meant: of that county, or with their counties where it is not a known one."""
        city, county, name = where
        known = self._by_county.get((city, county))
        if known:
            return _nearest(name, {town.name: town.name for town in known})
        own = [town for town in self.towns if town.city == city]
        return self.alike(where)[:_MOST_OFFERED] or _nearest(
            county + name, {town.county + town.name: town.name for town in own}
        )

    def alike(self, where: Place) -> list[str]:
        """The divisions of a county whose names differ by their endings alone; of a county that is not known those of
        the city that have the name, each with its county."""
        city, county, name = where
        known = self._by_county.get((city, county))
        if known is None:
            return [f"{town.county}{town.name}" for town in self._by_name.get((city, name), ())]
        bare = _ENDING.sub("", name)
        return [town.name for town in known if _ENDING.sub("", town.name) == bare]


def _nearest(name: str, known: dict[str, str]) -> list[str]:
    """Names that differ by their endings alone (街道, 镇, 乡), then those that are written alike."""
    bare = _ENDING.sub("", name)
    same = [shown for shown, town in known.items() if _ENDING.sub("", town) == bare]
    return _unique([*same, *get_close_matches(name, list(known), n=_MOST_OFFERED, cutoff=0.5)])[:_MOST_OFFERED]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))

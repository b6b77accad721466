"""The places that an office knows: how their names are written, and in which of them the code of a division lies.

Sichuan's cities come with the program. An office elsewhere, or one below a province, has its own on the roster of
places: there a unit's “city” is a county or district, or a township.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from audit_service.core.labels import nearest, squeezed
from audit_service.errors import NotFound

_PREFECTURE: Final = re.compile(r"(?:藏族|羌族|彝族)*自治州$")
_SHORTENED: Final = re.compile(r"(?<=..)[市区县]$")
ISSUED: Final = "X-"
"""How identifiers begin that the office issued to units without a code; the digits of the city follow."""
_CITY_DIGITS: Final = 4
_WHOLE_CODE: Final = 6
_TOWNSHIP: Final = 9
_OF_ITS_OWN: Final = "本级"
"""What stands behind a city's name where its own level is meant, and not its counties: 成都市本级."""


def digits_of(city: str) -> str:
    """With which digits the codes of a city's divisions begin: of its own six without pairs of noughts at the end."""
    while len(city) <= _WHOLE_CODE and city.endswith("00"):
        city = city.removesuffix("00")
    return city


def beginnings(city: str) -> tuple[str, ...]:
    """How the codes of a city's units begin, those that the office issued too; none where its own is
    but the beginning of one (`51`), of which nobody knows what it means."""
    digits = digits_of(city)
    return (digits, ISSUED + digits) if len(city) >= _WHOLE_CODE else ()


def is_township(city: str) -> bool:
    """Whether a place that rosters give as a city lies within a county, not above it."""
    return city.isdigit() and len(city) > _WHOLE_CODE


@dataclass(frozen=True)
class City:
    """A place as rosters name it: its code of six digits (of a township nine), which is its identifier; its full name.

    `within` is the name of the place above it, by which two places of one name are told apart; empty where not needed.
    """

    code: str
    name: str
    within: str = ""

    @property
    def short_names(self) -> tuple[str, ...]:
        """What it is also called: 成都 for 成都市, 沙坪坝 for 沙坪坝区; 阿坝 and 阿坝州 for 阿坝藏族羌族自治州."""
        bare = _PREFECTURE.sub("", self.name)
        return (bare, bare + "州") if bare != self.name else (_SHORTENED.sub("", self.name),)

    @property
    def digits(self) -> str:
        """With which digits the codes of its divisions begin."""
        return digits_of(self.code)


@dataclass(frozen=True)
class Divisions:
    """All cities that a roster may name; `aside` are places that are known, and no unit's or person's city."""

    cities: tuple[City, ...]
    aside: tuple[City, ...] = ()
    province: str = ""
    """What may stand before their names: 四川省."""

    @cached_property
    def by_code(self) -> dict[str, City]:
        """The cities by their codes."""
        return {city.code: city for city in self.cities}

    @cached_property
    def _by_label(self) -> dict[str, City]:
        """What names one of them: its code always, a name unless two have it."""
        named: dict[str, set[City]] = defaultdict(set)
        for city in self.cities:
            for label in (city.name, *city.short_names, *((city.within + city.name,) if city.within else ())):
                named[label].add(city)
        return self.by_code | {label: next(iter(cities)) for label, cities in named.items() if len(cities) == 1}

    @cached_property
    def _by_digits(self) -> dict[str, City]:
        return {city.digits: city for city in self.cities}

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(digits) for digits in self._by_digits}, reverse=True)

    def find(self, label: str) -> City | None:
        """The city that a label means: its full name, its usual short name, or its code; else what is written otherwise
        and means the same."""
        return self.called(label) or self._by_label.get(self._usual(squeezed(label)))

    def called(self, label: str) -> City | None:
        """The city of which a label is the full name, the usual short name, or the code."""
        return self._by_label.get(label) or self._by_label.get(squeezed(label))

    def named(self, label: str) -> City:
        """The city that somebody named, by its code or by its name, long or short; `NotFound` for any other."""
        found = self.find(label)
        if found is None:
            raise NotFound("city-not-known", found=label, near=self.nearest(label))
        return found

    def _usual(self, label: str) -> str:
        """A label without the province before it and 本级 behind it; a code of four, nine or twelve digits in six."""
        if not (label.isascii() and label.isdigit()):
            return label.removeprefix(self.province).removesuffix(_OF_ITS_OWN)
        whole = label + "00" if len(label) == _CITY_DIGITS else label
        return next((whole[:length] for length in (_WHOLE_CODE, _TOWNSHIP) if not whole[length:].strip("0")), label)

    def names_before(self, city: str) -> list[str]:
        """What of a city may stand before the names of its counties and divisions, the longest first."""
        known = self.by_code.get(city)
        if known is None:
            return []
        names = (known.name, *known.short_names)
        return sorted({name for each in names for name in (self.province + each, each)}, key=lambda n: (-len(n), n))

    def of_code(self, code: str) -> City | None:
        """The city in which a division lies: the one whose digits are the longest beginning of the division's code."""
        found = (self._by_digits.get(code[:length]) for length in self._lengths)
        return next((city for city in found if city), None)

    def find_aside(self, label: str) -> City | None:
        """The place that a label means which is no unit's or person's city."""
        return Divisions(self.aside, province=self.province).find(label)

    def nearest(self, label: str) -> str:
        """The full name of the city that was probably meant, or nothing."""
        close = nearest(label, self._by_label)
        return self._by_label[close].name if close else ""

    def joined(self, cities: Iterable[City], aside: Iterable[City] = ()) -> Divisions:
        """With more cities, and with places that are none."""
        return Divisions((*self.cities, *cities), tuple(aside), self.province)


NOWHERE: Final = Divisions(())
"""Where nothing stands for a city."""

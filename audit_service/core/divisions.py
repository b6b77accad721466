"""The cities of the province: how their names are written, and which of them a division code names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from audit_service.core.labels import nearest, squeezed

_PREFECTURE: Final = re.compile(r"(?:藏族|羌族|彝族)*自治州$")
_CITY_DIGITS: Final = 4


@dataclass(frozen=True)
class City:
    """A city or prefecture (市、州): its six-digit code, which is its identifier, and its full name."""

    code: str
    name: str

    @property
    def short_names(self) -> tuple[str, ...]:
        """What it is also called: 成都 for 成都市; 阿坝 and 阿坝州 for 阿坝藏族羌族自治州."""
        bare = _PREFECTURE.sub("", self.name)
        return (bare, bare + "州") if bare != self.name else (self.name.removesuffix("市"),)


@dataclass(frozen=True)
class Divisions:
    """All cities that a roster may name."""

    cities: tuple[City, ...]

    @cached_property
    def _by_label(self) -> dict[str, City]:
        return {label: city for city in self.cities for label in (city.code, city.name, *city.short_names)}

    @cached_property
    def _by_digits(self) -> dict[str, City]:
        return {city.code[:_CITY_DIGITS]: city for city in self.cities}

    def find(self, label: str) -> City | None:
        """The city that a label means: its full name, its usual short name, or its code."""
        return self._by_label.get(label) or self._by_label.get(squeezed(label))

    def of_code(self, code: str) -> City | None:
        """The city in which a division lies, by the first four digits of the division's code."""
        return self._by_digits.get(code[:_CITY_DIGITS])

    def nearest(self, label: str) -> str:
        """The full name of the city that was probably meant, or nothing."""
        close = nearest(label, self._by_label)
        return self._by_label[close].name if close else ""

"""What people declare under 回避单位及理由: which units it names, and whether something in it was not understood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from audit_service.core.institutions import listed_institutions
from audit_service.core.labels import squeezed
from audit_service.core.place_names import STREET_OFFICE
from audit_service.core.rules import Attributes

_SHORTEST: Final = 2
_NOTHING: Final = frozenset({"", "无", "没有", "暂无", "无回避", "无回避单位", "不涉及"})
_READ: Final = "\0"
_OFFICE: Final = re.compile(STREET_OFFICE)
_BETWEEN: Final = re.compile(r"[、,;:。./|()]+|[和与及](?=..)")
_WHERE: Final = re.compile(r"[^镇乡道村院局\0]{1,24}[省市州县区](?=\0)")
"""The city and county before a name that was read."""
_OF_A_REASON: Final = re.compile(
    r"[该本此其我原贵上](?:街道|镇|乡|社区|村|园区|县|区|市|州|院|所|公司|局|中心)|所在地?|安全(?:发展)?社区"
    r"|[家故]乡|老乡|[省市州县区镇乡村局院所]长|市州|区县|县区|[省市州县区]级|乡镇"
)
"""What ends like a name of a unit and is none."""
_LIKE_A_NAME: Final = re.compile(
    r"\w{2}(?:街道|镇|乡|社区|村|园区|开发区|新区|[省市州县区]|管委会|院|所|公司|局|厅|中心|协会|学会|大学|厂|集团)|\d{9}|X-\d"
)


class Declarations:
    """Units by what people may call them: code, name, the institutions that coached them."""

    def __init__(self, units: Sequence[Attributes]) -> None:
        self._county = {unit["unit"]: unit["county"] for unit in units}
        self._coached: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for unit in units:
            for name in listed_institutions(unit["coach"]):
                self._coached[name].add(unit["unit"])
            self._named[_told(unit["name"])].add(unit["unit"])
            self._named[unit["unit"]].add(unit["unit"])
        self._words = self._named.keys() | self._coached.keys()
        self._longest = max(map(len, self._words), default=0)

    def read(self, text: str) -> tuple[set[str], bool]:
        """The units that a text names, and whether all that it says was understood.

        What is left beside the names is a reason, unless it looks like the name of a unit or an institution.
        """
        told = _told(text)
        found: set[str] = set()
        rest = []
        for word, known in self._words_in(told):
            rest.append(_READ if known else word)
            if known:
                alike = self._named.get(word, set())
                found |= self._coached.get(word, set())
                found |= {unit for unit in alike if self._county[unit] in told} or alike
        if not found:
            return found, not _says_something(told)
        return found, not any(map(_names_something, _BETWEEN.split("".join(rest))))

    def _words_in(self, text: str) -> Iterator[tuple[str, bool]]:
        """The names that occur in a text, the longest at each place, and the characters between them."""
        place = 0
        while place < len(text):
            lengths = range(min(self._longest, len(text) - place), _SHORTEST - 1, -1)
            length = next((n for n in lengths if text[place : place + n] in self._words), 0)
            yield text[place : place + (length or 1)], bool(length)
            place += length or 1


def _told(text: str) -> str:
    """A text in which a township's office is the township: 苏坡街办 is 苏坡街道."""
    return _OFFICE.sub("街道", squeezed(text))


def _says_something(told: str) -> bool:
    return "".join(filter(str.isalnum, told)) not in _NOTHING


def _names_something(part: str) -> bool:
    """Whether what is left of a part looks like a name."""
    return any(map(_LIKE_A_NAME.search, _OF_A_REASON.sub(" ", _WHERE.sub("", part)).split(_READ)))

"""When two ways to write an institution mean one, and which institutions a cell lists.

Officials write 四川省安全科学技术研究院 as 省安科院: the characters of the short form stand in the long one, in order.
That is no proof (四川大学 stands so in 四川农业大学), so who relies on it says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from audit_service.core.labels import squeezed

_SHORTEST: Final = 2
_SHORTEST_OF_LONG: Final = 3
_LONG: Final = 5
_LONGEST: Final = 60
_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_BETWEEN: Final = re.compile(r"[、,;:。.!/|\\()\s]+")
_AND: Final = re.compile(r"(?<=\w\w)(?:以及|[和与及暨])(?=\w\w)")
_KINDS: Final = re.compile(
    r".{2,}(?:局|院|所|中心|公司|集团|协会|学会|研究会|联合会|委员会|基金会|大学|学校|厅|委|办|办公室|站|[支大总]队|政府|街道|厂)"
)
_WHOLES: Final = re.compile(r"[局院厅]|公司|集团|协会|学会|大学|中心|研究所|设计所")
_WORDS_BEFORE: Final = re.compile(r"\A[均都皆全分别]{0,3}(?:为|是|系|属于?|来自|原|现任?|时任|(?:工作)?单位)?")
_OF_NO_NAMED_PLACE: Final = re.compile(r"市(?![政场])|州|[区县](?!域)|应急|安监|安委")
_ROLES_BEHIND: Final = re.compile(
    r"(?:专家|评审|评定|评价|技术|工作|支撑|检查|验收|考评|现场|小|组|团队|成员|人员|负责人|等\d*[家个]?(?:单位|机构)?|\d|-)+$"
)


class Likeness(IntEnum):
    """How alike two names are: not at all, one by its characters in order, or one a part of the other."""

    NONE = 0
    ABBREVIATED = 1
    PART = 2


def likeness(one: str, other: str) -> Likeness:
    """How alike two names are, white space and full-width forms apart."""
    short, long = sorted((squeezed(one), squeezed(other)), key=len)
    if len(short) < _SHORTEST:
        return Likeness.NONE
    if short in long:
        return Likeness.PART
    enough = len(short) >= _SHORTEST_OF_LONG or len(long) < _LONG
    return Likeness.ABBREVIATED if enough and _stands_in(short, long) else Likeness.NONE


def _stands_in(short: str, long: str) -> bool:
    """Whether the characters of a short form stand in a long one, in order."""
    rest = iter(long)
    return all(character in rest for character in short)


def is_institution(text: str) -> bool:
    """Whether a text ends as names of institutions do. Departments (处, 科) do not count: they are of one's own."""
    return _KINDS.fullmatch(squeezed(text)) is not None


def is_of_no_named_place(name: str) -> bool:
    """Whether a name does not say of which place it is: 市应急局 is that of the city where it is written."""
    return _OF_NO_NAMED_PLACE.match(name) is not None


def without_roles(text: str) -> str:
    """A name of an institution without what a list adds behind it: 专家组, 技术团队, a telephone number."""
    return _ROLES_BEHIND.sub("", squeezed(text))


def listed_institutions(text: str) -> set[str]:
    """What a cell may list as institutions outside of brackets, each as written and without roles.

    Where 和 may join two of them or be a part of a name, all three readings are given.
    """
    told = _BETWEEN.split(_BRACKETS.sub(" ", unicodedata.normalize("NFKC", text)))
    written = {squeezed(entry) for part in told for entry in (part, *_AND.split(part)) if len(entry) <= _LONGEST}
    return {name for entry in written for name in (entry, without_roles(entry)) if len(name) >= _SHORTEST}


def institutions_aside(text: str) -> set[str]:
    """What a cell has as institutions in brackets; the name of a place there is none."""
    asides = _BRACKETS.findall(unicodedata.normalize("NFKC", text))
    return {name for aside in asides for name in listed_institutions(aside) if is_institution(name)}


def with_wholes(name: str) -> Iterator[str]:
    """A name, and the institutions with which it begins: 省安科院安评中心 is of 省安科院."""
    yield name
    yield from (name[: kind.end()] for kind in _WHOLES.finditer(name, _SHORTEST) if kind.end() < len(name))


def pieces(aside: str) -> Iterator[str]:
    """What stands in brackets, entry by entry, without such words as 均为."""
    yield from filter(None, (_WORDS_BEFORE.sub("", squeezed(entry)) for entry in _BETWEEN.split(aside)))

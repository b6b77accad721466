"""Names of places that are written otherwise and mean the same: with places above before them, or by their offices.

成都市锦江区 in the column of counties is 锦江区; 牛市口街道办事处 and 锦江区牛市口街道 are 牛市口街道. What is read so
is looked up like any other name: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

STREET_OFFICE: Final = "街道办事处|街道办公室|街道办|街办"
"""What the office of a 街道 is called, as a pattern."""
_OFFICES: Final = (
    (re.compile(rf"(?:{STREET_OFFICE}|办事处)$"), "街道"),
    (re.compile(r"镇(?:人民)?政府$"), "镇"),
    (re.compile(r"乡(?:人民)?政府$"), "乡"),
)
_AUTONOMOUS: Final = re.compile(r"(?:[羌彝藏]族)+自治县$")
_COUNTY_ENDING: Final = re.compile(r"[区县市]$")
_A_COUNTY: Final = re.compile(r"..+[区县市]$")


def spellings(name: str, above: Iterable[str]) -> Iterator[str]:
    """A unit's name as it is, then without places above before it, and each with the division for its office."""
    for bare in (name, *below(name, above)):
        yield bare
        division = of_office(bare)
        if division != bare:
            yield division


def below(label: str, above: Iterable[str]) -> Iterator[str]:
    """What stands behind the names of places above."""
    for prefix in above:
        if prefix and label.startswith(prefix) and label != prefix:
            yield label.removeprefix(prefix)


def of_office(name: str) -> str:
    """The division whose office a name is: 街道 for 街道办事处, 镇 for 镇人民政府, 乡 for 乡人民政府; else the name."""
    for office, division in _OFFICES:
        name = office.sub(division, name)
    return name


def short_counties(name: str) -> tuple[str, ...]:
    """A county without its ending: 青羊 for 青羊区; 北川 and 北川县 for 北川羌族自治县."""
    bare = _AUTONOMOUS.sub("", name)
    return (bare, bare + "县") if bare != name else (_COUNTY_ENDING.sub("", name),)


def is_county(name: str) -> bool:
    """Whether something is named like a county, though it were one that is no more."""
    return _A_COUNTY.fullmatch(name) is not None

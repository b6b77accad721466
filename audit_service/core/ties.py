"""Who must not inspect a unit because of what the rosters say of both: recusal by institution and by declaration.

Who assessed a unit on site, and who is of the institution that coached it, does not inspect it where the policy says
so. What people declare themselves (回避单位及理由) always counts, where it can be read: a unit's code or name, or the
name of an institution that coached units. A name that several units bear means all of them, unless the text names a
county of some: rather one recusal too many than one too few. What cannot be read is told of, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from audit_service.core.labels import squeezed
from audit_service.core.rules import Attributes

ASSESSOR: Final = "assessor"
COACH: Final = "coach"
DECLARED: Final = "declared"

_BETWEEN: Final = re.compile(r"[、,;/|\s]+(?![^()]*\))")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SPACED_NAME: Final = re.compile(r"(?<![^、,;/|\s])([^、,;/|\s])\s+([^、,;/|\s])(?![^、,;/|\s(])")
"""A name of two characters that was spaced to be as wide as one of three."""
_SHORTEST: Final = 2
_NOTHING: Final = frozenset({"", "无", "没有", "暂无", "无回避", "无回避单位", "不涉及"})


class Tie(NamedTuple):
    """A person, a unit, and what ties them: `assessor`, `coach`, or `declared`."""

    inspector: str
    unit: str
    tie: str


@dataclass(frozen=True)
class Ties:
    """All ties between some people and some units, and the people whose declaration names no unit that is known."""

    ties: tuple[Tie, ...]
    unread: tuple[str, ...]


def find_ties(units: Sequence[Attributes], people: Iterable[Attributes], recused: Mapping[str, Sequence[str]]) -> Ties:
    """The ties of people to units. `recused` says for each person which kinds of tie the policy recuses."""
    known = _Units(units)
    ties: set[Tie] = set()
    unread: list[str] = []
    for person in people:
        who = person["inspector"]
        kinds = recused.get(who, ())
        if ASSESSOR in kinds:
            ties |= {Tie(who, unit, ASSESSOR) for unit in known.assessed_by(person["name"], person["employer"])}
        if COACH in kinds:
            ties |= {Tie(who, unit, COACH) for unit in known.coached_by(person["employer"])}
        declared = list(known.named_in(person["avoids"]))
        ties |= {Tie(who, unit, DECLARED) for unit in declared}
        if not declared and _says_something(person["avoids"]):
            unread.append(who)
    return Ties(tuple(sorted(ties)), tuple(sorted(unread)))


class _Units:
    """Units by what ties people and institutions to them."""

    def __init__(self, units: Sequence[Attributes]) -> None:
        self._county = {unit["unit"]: unit["county"] for unit in units}
        self._experts: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._coached: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for unit in units:
            code = unit["unit"]
            for name, aside in listed_names(unit["assessors"]):
                self._experts[name].add((code, aside))
            for name, _ in listed_names(unit["coach"]):
                self._coached[name].add(code)
            self._named[squeezed(unit["name"])].add(code)
            self._named[code].add(code)
        self._words = self._named.keys() | self._coached.keys()
        self._longest = max(map(len, self._words), default=0)

    def assessed_by(self, name: str, employer: str) -> set[str]:
        """Units whose list of experts has this name, or this institution where it lists institutions.

        Where an institution stands in brackets behind the name, somebody of another one is another person.
        """
        own = squeezed(employer)
        experts = self._experts.get(squeezed(name), set())
        return {unit for unit, aside in experts if not aside or _same(aside, own)} | {
            unit for unit, _ in self._experts.get(own, set())
        }

    def coached_by(self, employer: str) -> set[str]:
        """Units that an institution coached, be it named as a whole or as a part of itself."""
        own = squeezed(employer)
        return {unit for coach, units in self._coached.items() if _same(coach, own) for unit in units}

    def named_in(self, text: str) -> set[str]:
        """Units that a text names by code or name, or by the institution that coached them."""
        told = squeezed(text)
        found: set[str] = set()
        for word in self._words_in(told):
            alike = self._named.get(word, set())
            found |= self._coached.get(word, set())
            found |= {unit for unit in alike if self._county[unit] in told} or alike
        return found

    def _words_in(self, text: str) -> Iterator[str]:
        """The names that occur in a text, the longest at each place."""
        place = 0
        while place < len(text):
            lengths = range(min(self._longest, len(text) - place), _SHORTEST - 1, -1)
            length = next((n for n in lengths if text[place : place + n] in self._words), 0)
            if length:
                yield text[place : place + length]
            place += length or 1


def _says_something(text: str) -> bool:
    return "".join(filter(str.isalnum, squeezed(text))) not in _NOTHING


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def listed_names(text: str) -> Iterator[tuple[str, str]]:
    """The names in a list of experts or institutions, each with what stands in brackets behind it."""
    plain = _SPACED_NAME.sub(r"\1\2", unicodedata.normalize("NFKC", text))
    for entry in _BETWEEN.split(plain):
        name = squeezed(_BRACKETS.sub("", entry))
        if len(name) >= _SHORTEST:
            yield name, squeezed("".join(found[1:-1] for found in _BRACKETS.findall(entry)))

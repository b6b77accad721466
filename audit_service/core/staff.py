"""Whom of some people, and whose institutions, a cell of the roster names: who assessed a unit, who coached it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

from audit_service.core.institutions import (
    Likeness,
    institutions_aside,
    is_institution,
    is_of_no_named_place,
    likeness,
    listed_institutions,
    with_wholes,
)
from audit_service.core.labels import squeezed
from audit_service.core.mentions import Mention, Standing, mentions, name_form
from audit_service.core.rules import Attributes

_SHORTEST_NAME: Final = 2
_SHORTEST_ASSESSOR: Final = 3
"""A shorter name of an institution among experts is none."""


class Reading(Enum):
    """How sure it is that a cell names somebody: surely, perhaps, or rather somebody else of that name."""

    SURE = 1
    PERHAPS = 2
    DOUBT = 3


class Staff:
    """People by their names and their institutions."""

    def __init__(self, people: Sequence[Attributes]) -> None:
        self._named: dict[str, list[Attributes]] = defaultdict(list)
        self._of: dict[str, list[Attributes]] = defaultdict(list)
        for person in people:
            name, employer = name_form(person["name"]), squeezed(person["employer"])
            if len(name) >= _SHORTEST_NAME:
                self._named[name].append(person)
            self._of[employer].append(person)
        self._lengths = sorted(set(map(len, self._named)))
        self._alike: dict[tuple[str, bool], dict[str, Reading]] = {}

    def read(self, text: str, city: str, *, coach: bool) -> Iterator[tuple[str, Reading]]:
        """Who is meant by a cell of a unit in a city, by name or by institution.

        Institutions in brackets are those of experts beside whom they stand; among coaches they are coaches, too.
        """
        for mention in mentions(text, self._named.keys(), self._lengths):
            for person in self._named[mention.name]:
                yield person["inspector"], self._of_name(mention, person, city)
        for name in listed_institutions(text) | (institutions_aside(text) if coach else set()):
            for employer, reading in self._employers(name, coach).items():
                for person in self._of[employer]:
                    if _may_mean(name, person, city):
                        yield person["inspector"], reading

    def _of_name(self, mention: Mention, person: Attributes, city: str) -> Reading:
        """Whether a name means a person: what stands beside may be the person's institution, or speak for another."""
        alike = [_likeness(each, person["employer"]) for each in mention.beside if _may_mean(each, person, city)]
        best = max(alike, default=Likeness.NONE)
        if best is not Likeness.NONE:
            sure = best is Likeness.PART and mention.standing is not Standing.WITHIN
            return Reading.SURE if sure else Reading.PERHAPS
        if mention.standing is Standing.WITHIN or any(map(self._is_institution, mention.beside)):
            return Reading.DOUBT
        return Reading.SURE if mention.standing is Standing.WHOLE else Reading.PERHAPS

    def _is_institution(self, text: str) -> bool:
        return is_institution(text) or any(employer and employer in text for employer in self._of)

    def _employers(self, name: str, coach: bool) -> dict[str, Reading]:
        """The institutions of people that a name may mean. They are remembered: a name stands in many cells."""
        if (name, coach) not in self._alike:
            self._alike[name, coach] = dict(self._meant(name, coach))
        return self._alike[name, coach]

    def _meant(self, name: str, coach: bool) -> Iterator[tuple[str, Reading]]:
        """Experts are people in the first place: what is no employer and does not look like an institution is none."""
        if name in self._of:
            yield name, Reading.SURE
        if coach or (len(name) >= _SHORTEST_ASSESSOR and is_institution(name)):
            for employer in self._of.keys() - {name}:
                alike = max(likeness(each, employer) for each in with_wholes(name))
                if alike is not Likeness.NONE:
                    yield employer, Reading.SURE if coach and alike is Likeness.PART else Reading.PERHAPS


_likeness = lru_cache(maxsize=100_000)(likeness)
"""The same few institutions stand beside many names."""


def _may_mean(name: str, person: Attributes, city: str) -> bool:
    """市应急局 is that of the city where it is written: of the unit's, or of the person's."""
    named = not is_of_no_named_place(name) and not is_of_no_named_place(squeezed(person["employer"]))
    return named or person.get("city", "") == city

"""The people of one role by load and rank (docs/protocol.md, section 6, *Seats*).

People with room stand on a ladder, a rung a load. The rank depends on load and name alone, so the order on a rung never
changes; only the one whose load grows moves.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from audit_service.core.frozen import Inspector


class Ranked(NamedTuple):
    """Somebody with a rank; the order is that of the ranks."""

    rank: str
    inspector: str
    home: str
    closed: frozenset[str]
    """The cities to whose people none of this person's places is open (`Sitting.closed`)."""


class Rung:
    """Some people in order of rank, kept in groups of one home whose places are closed to the same cities.

    It is of home and places that most cannot help with a seat. They are passed over by the group.
    """

    def __init__(self) -> None:
        self._groups: dict[str, dict[frozenset[str], list[Ranked]]] = {}
        self._firsts: list[Ranked] = []

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def add(self, person: Ranked) -> None:
        """Take somebody in. The firsts of all groups stay sorted, and only they are touched when one changes."""
        group = self._groups.setdefault(person.home, {}).setdefault(person.closed, [])
        if group and person < group[-1]:
            insort(group, person)
            return
        if group:
            del self._firsts[bisect_left(self._firsts, group[-1])]
        group.append(person)
        insort(self._firsts, person)

    def remove(self, person: Ranked) -> None:
        """Let somebody out who is on this rung; the next of the group, if there is one, is its first."""
        group = self._group(person)
        if person < group[-1]:
            del group[bisect_left(group, person)]
            return
        group.pop()
        del self._firsts[bisect_left(self._firsts, person)]
        if group:
            insort(self._firsts, group[-1])
        else:
            del self._groups[person.home][person.closed]

    def has_from(self, city: str) -> bool:
        return bool(self._groups.get(city))

    def of(self, city: str) -> Iterator[Ranked]:
        """The people at home in a city, highest rank first."""
        return merge(*map(reversed, self._groups.get(city, {}).values()), reverse=True)

    def first_outside(self, cities: Collection[str]) -> str:
        """The highest in rank of those at home elsewhere than in these cities; empty if there is nobody."""
        for first in reversed(self._firsts):
            if first.home not in cities:
                return first.inspector
        return ""

    def outside(self, cities: Collection[str], wanted: str | None = None) -> Iterator[Ranked]:
        """The people at home elsewhere than in these cities, highest rank first.

        With a wanted city only those who have a place that is open to its people. A group is looked into only when its
        first is next.
        """
        ahead: list[tuple[Ranked, int]] = []
        for first in reversed(self._firsts):
            if first.home not in cities and wanted not in first.closed:
                while ahead and first < ahead[-1][0]:
                    yield self._pass(ahead)
                yield first
                self._put_next(ahead, first, len(self._group(first)) - 1)
        while ahead:
            yield self._pass(ahead)

    def _pass(self, ahead: list[tuple[Ranked, int]]) -> Ranked:
        person, place = ahead.pop()
        self._put_next(ahead, person, place)
        return person

    def _put_next(self, ahead: list[tuple[Ranked, int]], person: Ranked, place: int) -> None:
        if place:
            insort(ahead, (self._group(person)[place - 1], place - 1))

    def _group(self, person: Ranked) -> list[Ranked]:
        return self._groups[person.home][person.closed]


class Ladder:
    """Everybody of one role: load, room and rank."""

    def __init__(
        self,
        people: Sequence[Inspector],
        load: Mapping[str, int],
        closed: Callable[[str], frozenset[str]],
        draw: Callable[[str], str],
    ) -> None:
        self._closed = closed
        self._draw = draw
        self._home = {person.inspector: person.city for person in people}
        self._capacity = {person.inspector: person.capacity for person in people}
        self._load = {inspector: load.get(inspector, 0) for inspector in self._home}
        self._ranked: dict[str, Ranked] = {}
        self.rungs: dict[int, Rung] = {}
        self._full = Rung()
        self._rung: dict[str, Rung] = {}
        self._at_home: dict[str, list[str]] = {}
        for inspector, home in self._home.items():
            self._at_home.setdefault(home, []).append(inspector)
            self._step_on(inspector, self._draw_rank(inspector))

    def load(self, inspector: str) -> int:
        return self._load[inspector]

    def rank(self, inspector: str) -> str:
        return self._ranked[inspector].rank

    def has_room(self, inspector: str) -> bool:
        capacity = self._capacity[inspector]
        return capacity is None or self._load[inspector] < capacity

    def stands_on(self, load: int, inspector: str) -> bool:
        """Whether this is somebody of the role with this load, and with room."""
        return self._load.get(inspector) == load and self.has_room(inspector)

    def at_home(self, city: str) -> list[str]:
        return self._at_home.get(city, [])

    def outside(self, cities: Collection[str], wanted: str | None = None) -> Iterator[Ranked]:
        """Everybody at home elsewhere than in these cities, as on a rung, with room or without."""
        return merge(*[rung.outside(cities, wanted) for rung in (*self.rungs.values(), self._full)], reverse=True)

    def climb(self, inspector: str) -> None:
        """The load of somebody with room grows by 1, by another place."""
        self._step_off(inspector)
        self._load[inspector] += 1
        self._step_on(inspector, self._draw_rank(inspector))

    def shift(self, inspector: str) -> None:
        """Somebody has changed places."""
        if self._closed(inspector) != self._ranked[inspector].closed:
            self._step_off(inspector)
            self._step_on(inspector, self.rank(inspector))

    def _draw_rank(self, inspector: str) -> str:
        return self._draw(f"inspector:{self._load[inspector]}:{inspector}")

    def _step_off(self, inspector: str) -> None:
        rung = self._rung[inspector]
        rung.remove(self._ranked[inspector])
        if not rung and rung is not self._full:
            del self.rungs[self._load[inspector]]

    def _step_on(self, inspector: str, rank: str) -> None:
        load = self._load[inspector]
        if not self.has_room(inspector):
            rung = self._full
        elif load in self.rungs:
            rung = self.rungs[load]
        else:
            rung = self.rungs[load] = Rung()
        person = Ranked(rank, inspector, self._home[inspector], self._closed(inspector))
        rung.add(person)
        self._rung[inspector] = rung
        self._ranked[inspector] = person

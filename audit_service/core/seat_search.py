"""The search for a chain of people who move up (docs/protocol.md, section 6, *Seats*; docs/adr/0004).

The text reaches every packet and meets every person there is, then chooses. Here the search is for people of one load
and goes no further than it must to know the choice. What it does reach, it reaches in the order of the text.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from audit_service.core.ladder import Ladder, Ranked
from audit_service.core.table import Sitting, Table, Unmet

NEVER: Final = sys.maxsize
"""More than any load."""
Met = tuple[str, str]
"""Somebody who is met, and the packet from which."""
Reached = tuple[str, int]
"""A packet that is reached, and its distance."""


class Floors:
    """For each person of a role a load; nobody with less can be reached through this person, as vain searches showed.

    What they showed holds for good. A chain ends with the least load that can be reached from its packets and through
    its people, and that is one and the same for all of them; so the ways that open when they move lead to no less.
    """

    def __init__(self, home: dict[str, str]) -> None:
        self._home = home
        self._floor = dict.fromkeys(home, 0)
        self._homes = {0: Counter(home.values())}

    def leads(self, inspector: str, load: int) -> bool:
        """Whether this is somebody of the role through whom people of this load may be reached."""
        return inspector in self._floor and self._floor[inspector] <= load

    def count(self, load: int, cities: Iterable[str]) -> int:
        """How many such people there are who are not at home in these cities."""
        homes = [homes for floor, homes in self._homes.items() if floor <= load]
        return sum(each.total() - sum(each[city] for city in cities) for each in homes)

    def lift(self, people: Iterable[str], load: int) -> None:
        """Nobody with less than this load can be reached through these people."""
        self._floor.update(dict.fromkeys(people, load))
        self._homes = {}
        for inspector, floor in self._floor.items():
            self._homes.setdefault(floor, Counter())[self._home[inspector]] += 1

    def next_above(self, load: int) -> int:
        return min([floor for floor in self._homes if floor > load], default=NEVER)


@dataclass(frozen=True)
class Crew:
    """The people of one role: what they may do, how much they do, where they sit, and where they do not lead."""

    table: Table
    ladder: Ladder
    sitting: Sitting
    floors: Floors


class Search:
    """Breadth first from an open seat, through those people alone through whom the wanted load may be reached."""

    def __init__(self, crew: Crew, start: str, load: int) -> None:
        self.through: dict[str, Met] = {}
        self._crew = crew
        self._table = crew.table
        self._start = start
        self._load = load

    def nearest(self) -> list[Met]:
        """Of the people of the wanted load those met at the least distance, as far as any of them may be chosen.

        Of the people of one city who are met from one packet, the highest in rank stands for all: they differ in
        nothing else. If nobody is met, that is noted.
        """
        if not self._meets_anybody():
            return []
        found = self._after_one_move()
        if found:
            return found
        met = self.everybody()
        if any(self._is_wanted(who) for who in met):
            return self._after_more()
        loads = [self._crew.ladder.load(who) for who in met if self._crew.ladder.has_room(who)]
        self._crew.floors.lift(met, min([*loads, self._crew.floors.next_above(self._load)]))
        return []

    def everybody(self) -> list[str]:
        """The people whom the whole search meets, in any order."""
        unmet = self._unmet()
        met = [mover.inspector for mover in self._movers()]
        for mover in met:
            if unmet.single or unmet.cities - self._crew.sitting.closed(mover):
                for place in self._crew.sitting.places(mover):
                    met += self._meet(place, unmet)
        return met

    def _meets_anybody(self) -> bool:
        """Whether anybody at all can be met from the open seat."""
        shut = self._table.shut_cities(self._start)
        number = self._crew.floors.count(self._load, shut)
        return number > 0 and number > len(self._unmet().single)

    def _after_one_move(self) -> list[Met]:
        """Those at distance 1: somebody met from the open seat gives up a place that they can take."""
        waiting = self._waiting()
        found: list[Met] = []
        for city in waiting.cities:
            place = self._first_place(city, partial(self._table.is_open, city))
            if place:
                found += [(who, place) for who in self._highest(city, place)]
                waiting.single.update(who for who in waiting.kept_off(place) if self._table.home[who] == city)
        for who in sorted(waiting.single, key=self._crew.ladder.rank, reverse=True):
            place = self._first_place(self._table.home[who], partial(self._table.can, who))
            if place:
                found.append((who, place))
                if self._table.is_new_city(who, place):
                    break  # the rest is lower in rank
        return found

    def _first_place(self, city: str, is_open: Callable[[str], bool]) -> str:
        """The first place reached that is open to somebody of this city."""
        for mover in self._movers(city):
            for place in self._crew.sitting.places(mover.inspector):
                if is_open(place):
                    self.through[place] = (mover.inspector, self._start)
                    return place
        return ""

    def _after_more(self) -> list[Met]:
        """Those at a greater distance, the least at which there is anybody."""
        waiting = self._waiting()
        found: list[Met] = []
        nearest = NEVER
        for packet, distance in self._packets():
            if distance > nearest or not waiting:
                break
            cities, single = waiting.meet(packet)
            found += [(who, packet) for who in single]
            found += [(who, packet) for city in cities for who in self._highest(city, packet)]
            if found:
                nearest = distance
        return found

    def _packets(self) -> Iterator[Reached]:
        """The packets reached from the first, in order, with their distance: who has seen enough asks for no more."""
        unmet = self._unmet()
        reached, distance = [self._start], {self._start: 0}
        for packet in reached:
            people = self._meet(packet, unmet) if distance[packet] else (mover.inspector for mover in self._movers())
            for inspector in people:
                for place in self._crew.sitting.places(inspector):
                    if place not in distance:
                        distance[place] = distance[packet] + 1
                        self.through[place] = (inspector, packet)
                        reached.append(place)
                        yield place, distance[place]

    def _meet(self, packet: str, unmet: Unmet) -> list[str]:
        """The people who are met from a packet after the first, in order of rank."""
        if not unmet:
            return []
        cities, single = unmet.meet(packet)
        group = [who for city in cities for who in self._crew.ladder.at_home(city) if self._leads(who, packet)]
        return sorted([*group, *single], key=self._crew.ladder.rank, reverse=True)

    def _movers(self, wanted: str | None = None) -> Iterator[Ranked]:
        """The people who are met from the open seat, in order of rank; those with a place open to the wanted city."""
        everybody = self._crew.ladder.outside(self._table.shut_cities(self._start), wanted)
        return (mover for mover in everybody if self._leads(mover.inspector, self._start))

    def _leads(self, inspector: str, packet: str) -> bool:
        return self._crew.floors.leads(inspector, self._load) and self._table.can(inspector, packet)

    def _unmet(self) -> Unmet:
        return Unmet(self._table, self._start, lambda who: self._crew.floors.leads(who, self._load))

    def _is_wanted(self, inspector: str) -> bool:
        return self._crew.ladder.stands_on(self._load, inspector)

    def _waiting(self) -> Unmet:
        waiting = Unmet(self._table, self._start, self._is_wanted)
        waiting.cities = {city for city in waiting.cities if self._crew.ladder.rungs[self._load].has_from(city)}
        return waiting

    def _highest(self, city: str, packet: str) -> Iterator[str]:
        """Of a city's people of the wanted load the highest in rank who can sit on the packet, if anybody can."""
        people = self._crew.ladder.rungs[self._load].of(city)
        return islice((who.inspector for who in people if self._table.can(who.inspector, packet)), 1)

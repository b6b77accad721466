"""Section 6, *Seats*, of docs/protocol.md once more: written down line by line, slow, and without any short cut.

It shares nothing with `audit_service.core.assignment` but the values that come in and go out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from audit_service.core.assignment import Assignment, Stuck
from audit_service.core.frozen import Inspector, Pool, Role, Seat, Standing
from audit_service.core.packets import Packet
from audit_service.core.tickets import ticket
from tests.strategies import Seating


class Held(NamedTuple):
    """A seat that somebody has, and whether by standing."""

    inspector: str
    packet: str
    role: str
    stands: bool


class Choice(NamedTuple):
    """How a seat was filled: over how many moves, and whether people with room and less load were out of reach."""

    moves: int
    in_vain: bool


def assign_by_the_text(seating: Seating) -> Assignment:
    """The outcome of a round."""
    return play(seating)[0]


def play(seating: Seating) -> tuple[Assignment, list[Choice]]:
    """Pools in their order, in each its roles in order, up to the first that is infeasible: outcome and choices."""
    held: list[Held] = []
    choices: list[Choice] = []
    stuck: list[Stuck] = []
    for pool in seating.pools:
        held += [Held(row.inspector, row.packet, row.role, True) for row in _standing(seating, pool)]
        for role in pool.seats:
            proof = OneRole(seating, pool, role, held, choices).fill()
            if proof:
                stuck.append(Stuck(pool.pool, role.role, tuple(sorted(proof))))
                break
    pool_of = {packet.packet: packet.pool for packet in seating.packets}
    seats = tuple(Seat(pool_of[seat.packet], seat.packet, seat.role, seat.inspector) for seat in held)
    return (Assignment((), tuple(stuck)) if stuck else Assignment(seats, ())), choices


def _standing(seating: Seating, pool: Pool) -> list[Standing]:
    names = {packet.packet for packet in seating.packets if packet.pool == pool.pool and packet.units}
    return [row for row in seating.standing if row.packet in names]


@dataclass
class Reached:
    """The packets reached from an open seat, and the people met."""

    packets: list[str]
    distance: dict[str, int]
    through: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    met_from: dict[str, str] = field(default_factory=dict)


@dataclass
class OneRole:
    """The people of one role of one pool, who fill its seats by themselves. `held` is everybody who sits so far."""

    seating: Seating
    pool: Pool
    role: Role
    held: list[Held]
    choices: list[Choice]

    @property
    def people(self) -> list[Inspector]:
        own = (self.pool.pool, self.role.role)
        return [person for person in self.seating.people if (person.pool, person.role) == own]

    @property
    def turns(self) -> list[Packet]:
        own = [packet for packet in self.seating.packets if packet.pool == self.pool.pool and packet.units]
        return sorted(own, key=lambda packet: self.ticket(f"turn:{packet.packet}"), reverse=True)

    def ticket(self, name: str) -> str:
        return ticket(name, self.seating.seed)

    def team(self, packet: str) -> list[str]:
        return [seat.inspector for seat in self.held if seat.packet == packet]

    def load(self, inspector: str) -> int:
        return len([seat for seat in self.held if seat.inspector == inspector])

    def rank(self, inspector: str) -> str:
        return self.ticket(f"inspector:{self.load(inspector)}:{inspector}")

    def can(self, person: Inspector, packet: Packet) -> bool:
        if person.inspector in self.team(packet.packet):
            return False
        if self.pool.same_city == "forbid" and person.city in packet.cities:
            return False
        return all((person.inspector, unit) not in self.seating.recusals for unit in packet.units)

    def seats_left_open_by_standing(self, packet: Packet) -> int:
        taken = [s for s in self.held if s.stands and (s.packet, s.role) == (packet.packet, self.role.role)]
        return self.role.count - len(taken)

    def sits_by_this_round(self, inspector: str, packet: Packet) -> bool:
        return Held(inspector, packet.packet, self.role.role, False) in self.held

    def fill(self) -> set[str]:
        """Every open seat of the role; the proof if it is infeasible, else nothing."""
        for s in range(1, self.role.count + 1):
            for packet in self.turns:
                if self.seats_left_open_by_standing(packet) >= s:
                    found = self.reach(packet)
                    free = [person for person in self.people if self.is_free(person, found)]
                    if not free:
                        return set(found.packets)
                    chosen = self.choose(free, found)
                    self.choices.append(self.describe(chosen, found))
                    self.move(found, packet.packet, chosen)
        return set()

    def reach(self, packet: Packet) -> Reached:
        found = Reached([packet.packet], {packet.packet: 0})
        named = {each.packet: each for each in self.turns}
        for q in found.packets:
            by_rank = sorted(self.people, key=lambda person: self.rank(person.inspector), reverse=True)
            for person in by_rank:
                if person.inspector not in found.met_from and self.can(person, named[q]):
                    found.met_from[person.inspector] = q
                    self.go_on(found, person.inspector, q)
        return found

    def go_on(self, found: Reached, inspector: str, q: str) -> None:
        for r in self.turns:
            if self.sits_by_this_round(inspector, r) and r.packet not in found.packets:
                found.packets.append(r.packet)
                found.through[r.packet] = inspector
                found.origin[r.packet] = q
                found.distance[r.packet] = found.distance[q] + 1

    def is_free(self, person: Inspector, found: Reached) -> bool:
        if person.inspector not in found.met_from:
            return False
        return person.capacity is None or self.load(person.inspector) < person.capacity

    def choose(self, free: list[Inspector], found: Reached) -> str:
        least = min(self.load(person.inspector) for person in free)
        free = [person for person in free if self.load(person.inspector) == least]
        nearest = min(found.distance[found.met_from[person.inspector]] for person in free)
        free = [person for person in free if found.distance[found.met_from[person.inspector]] == nearest]
        strangers = [person for person in free if self.is_from_elsewhere(person, found.met_from[person.inspector])]
        return max((person.inspector for person in strangers or free), key=self.rank)

    def is_from_elsewhere(self, person: Inspector, packet: str) -> bool:
        home = {other.inspector: other.city for other in self.seating.people}
        return person.city not in [home[other] for other in self.team(packet)]

    def describe(self, chosen: str, found: Reached) -> Choice:
        roomy = [p for p in self.people if p.capacity is None or self.load(p.inspector) < p.capacity]
        less = any(self.load(person.inspector) < self.load(chosen) for person in roomy)
        return Choice(found.distance[found.met_from[chosen]], less)

    def move(self, found: Reached, p: str, chosen: str) -> None:
        x, q = chosen, found.met_from[chosen]
        self.held.append(Held(x, q, self.role.role, False))
        while q != p:
            y = found.through[q]
            self.held.remove(Held(y, q, self.role.role, False))
            x, q = y, found.origin[q]
            self.held.append(Held(x, q, self.role.role, False))

"""Why a role cannot be filled, and what would help (docs/protocol.md, section 6).

The proof names packets that have more open seats than all people together can take. Here it is told by whom they are
missed: who is kept away by a recusal, who by the home city, and how many people from elsewhere would do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit_service.core.assignment import Filling, Stuck, assign
from audit_service.core.frozen import Inspector, Pool, Recusal, Role, Standing
from audit_service.core.packets import Packet
from audit_service.core.table import Table
from audit_service.core.tickets import drawer

_ELSEWHERE = ""
"""A home city that is no packet's: identifiers are never empty."""


@dataclass(frozen=True)
class Barrier:
    """A packet of the proof: its units, its open seats, and who of the role is kept away from it, and why."""

    packet: Packet
    seats: int
    recusals: tuple[Recusal, ...]
    at_home: tuple[tuple[str, int], ...]
    """Cities of the packet with the number of people of the role who live there, where that keeps them away."""


@dataclass(frozen=True)
class Shortage:
    """What is missing for a role: seats that nobody can take, and people from elsewhere who would do.

    `cities` are those cities of the pool's packets from any one of which as many people would do too.
    """

    stuck: Stuck
    seats: int
    people: int
    cities: tuple[str, ...]
    barriers: tuple[Barrier, ...]


def shortage(
    pool: Pool,
    stuck: Stuck,
    packets: Sequence[Packet],
    people: Iterable[Inspector],
    recusals: Iterable[Recusal],
    standing: Iterable[Standing],
) -> Shortage:
    """The shortage behind a proof, from the frozen files of its round.

    `people` of the result is the least number of people of this role, without a limit and from a city that is in no
    packet, with whom every seat can be filled; `seats` is how many seats nobody takes however people are moved.
    """
    role = next(seat for seat in pool.seats if seat.role == stuck.role)
    problem = _Problem(pool, role, packets, people, recusals, standing)
    needed = next(count for count in range(1, role.count + 1) if problem.unfilled(count) == 0)
    return Shortage(
        stuck=stuck,
        seats=problem.unfilled(0),
        people=needed,
        cities=tuple(city for city in problem.cities if problem.unfilled(needed, city) == 0),
        barriers=tuple(problem.barrier(packet) for packet in problem.packets if packet.packet in stuck.packets),
    )


def shortages(
    pools: Sequence[Pool],
    stuck: Iterable[Stuck],
    packets: Sequence[Packet],
    people: Sequence[Inspector],
    recusals: Sequence[Recusal],
    standing: Sequence[Standing],
) -> list[Shortage]:
    """The shortage behind each proof of a round."""
    by_name = {pool.pool: pool for pool in pools}
    return [shortage(by_name[proof.pool], proof, packets, people, recusals, standing) for proof in stuck]


def untried(
    pools: Sequence[Pool],
    stuck: Iterable[Stuck],
    packets: Sequence[Packet],
    people: Sequence[Inspector],
    recusals: Sequence[Recusal],
    standing: Sequence[Standing],
) -> list[Shortage]:
    """The shortages of those roles that were not tried, since an earlier one of their pool could not be filled.

    They are no part of a round's result; but who asks the cities for people should know of all that are missing.
    """
    failed = {proof.pool: proof.role for proof in stuck}
    found: list[Stuck] = []
    for pool in pools:
        roles = [seat.role for seat in pool.seats]
        for role in pool.seats[roles.index(failed[pool.pool]) + 1 :] if pool.pool in failed else ():
            kept = [row for row in standing if row.role == role.role]
            found += assign([replace(pool, seats=(role,))], packets, people, recusals, kept, "").stuck
    return shortages(pools, found, packets, people, recusals, standing)


class _Problem:
    """One role of one pool: its packets, people, recusals and standing seats."""

    def __init__(
        self,
        pool: Pool,
        role: Role,
        packets: Sequence[Packet],
        people: Iterable[Inspector],
        recusals: Iterable[Recusal],
        standing: Iterable[Standing],
    ) -> None:
        self.packets = [packet for packet in packets if packet.pool == pool.pool and packet.units]
        self._role = role
        self._forbid = pool.same_city == "forbid"
        self._people = [who for who in people if (who.pool, who.role) == (pool.pool, role.role)]
        own = {who.inspector for who in self._people}
        self._recusals = [row for row in recusals if row.inspector in own]
        names = {packet.packet for packet in self.packets}
        self._standing = [row for row in standing if row.packet in names and row.role == role.role]

    @property
    def cities(self) -> list[str]:
        """The cities of the pool's packets."""
        return sorted({city for packet in self.packets for city in packet.cities})

    def unfilled(self, more: int, home: str = _ELSEWHERE) -> int:
        """How many seats stay open at best, with some more people, all from one city: by default from elsewhere."""
        people = [*self._people, *(Inspector(f"+{n}", "", self._role.role, home, None) for n in range(more))]
        holder = {unit: packet.packet for packet in self.packets for unit in packet.units}
        barred = {(row.inspector, holder[row.unit]) for row in self._recusals if row.unit in holder}
        table = Table(self.packets, self._forbid, barred, {who.inspector: who.city for who in people})
        for row in self._standing:
            table.seat(row.inspector, row.packet)
        turns = [packet.packet for packet in self.packets]
        return Filling(table, people, self._standing, turns, drawer("")).count_unfilled(self._role)

    def barrier(self, packet: Packet) -> Barrier:
        """Who is kept away from a packet."""
        kept = sum(row.packet == packet.packet for row in self._standing)
        home = Counter(who.city for who in self._people if self._forbid and who.city in packet.cities)
        away = [row for row in self._recusals if row.unit in packet.units]
        return Barrier(packet, self._role.count - kept, tuple(sorted(away)), tuple(sorted(home.items())))

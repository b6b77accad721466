"""Who sits on which packet (docs/protocol.md, section 6, *Seats*).

Seats are filled one at a time. When somebody with the least load can take a seat at once, that is the choice.
Otherwise people may have to move up: the one who could take the open seat sits elsewhere, where somebody else could
follow. The search goes breadth first through such chains, as in a bipartite matching; it ends with the person of least
load who can be reached, so that loads stay as even as they can be, or, if nobody with room can be reached, with a set
of packets that proves that no assignment at all exists: Hall's condition fails for them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audit_service.core import canonical
from audit_service.core.canonical import A_PACKET, AN_IDENTIFIER, checked, keyed, listed
from audit_service.core.frozen import ASSIGNMENT, Inspector, Pool, Recusal, Role, Seat, Standing
from audit_service.core.packets import Packet
from audit_service.core.tickets import drawer, in_ticket_order
from audit_service.errors import FormError


@dataclass(frozen=True)
class Stuck:
    """A role that cannot be filled, and the packets that prove it: they have more open seats than people can take."""

    pool: str
    role: str
    packets: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """The outcome of a round: every seat, or, if any role is stuck, no assignment and the proofs."""

    seats: tuple[Seat, ...]
    stuck: tuple[Stuck, ...]


def assign(
    pools: Sequence[Pool],
    packets: Sequence[Packet],
    people: Sequence[Inspector],
    recusals: Iterable[Recusal],
    standing: Sequence[Standing],
    seed: str,
) -> Assignment:
    """The assignment that a round's seed gives. The order of people, recusals and standing rows does not matter."""
    ticket = drawer(seed)
    holder = {unit: packet.packet for packet in packets for unit in packet.units}
    barred = {(row.inspector, holder[row.unit]) for row in recusals if row.unit in holder}
    seats: list[Seat] = []
    stuck: list[Stuck] = []
    for pool in pools:
        own = [packet for packet in packets if packet.pool == pool.pool and packet.units]
        names = {packet.packet for packet in own}
        members = [person for person in people if person.pool == pool.pool]
        taken, proof = _assign_pool(
            pool, own, members, barred, [row for row in standing if row.packet in names], ticket
        )
        seats += taken
        stuck += proof
    return Assignment((), tuple(stuck)) if stuck else Assignment(tuple(seats), ())


def _assign_pool(
    pool: Pool,
    packets: Sequence[Packet],
    people: Sequence[Inspector],
    barred: set[tuple[str, str]],
    standing: Sequence[Standing],
    ticket: Callable[[str], str],
) -> tuple[list[Seat], list[Stuck]]:
    home = {person.inspector: person.city for person in people}
    table = Table(packets, pool.same_city == "forbid", barred, home)
    for row in standing:
        table.seat(row.inspector, row.packet)
    turns = in_ticket_order((packet.packet for packet in packets), lambda packet: ticket(f"turn:{packet}"))
    seats = [Seat(pool.pool, row.packet, row.role, row.inspector) for row in standing]
    for role in pool.seats:
        kept = [row for row in standing if row.role == role.role]
        filling = Filling(table, [p for p in people if p.role == role.role], kept, turns, ticket)
        proof = filling.fill(role)
        if proof:
            return [], [Stuck(pool.pool, role.role, tuple(sorted(proof)))]
        seats += [Seat(pool.pool, packet, role.role, who) for who, places in filling.sits.items() for packet in places]
    return seats, []


class Table:
    """Who sits with whom on the packets of one pool, and who may sit where."""

    def __init__(
        self, packets: Sequence[Packet], forbid: bool, barred: set[tuple[str, str]], home: dict[str, str]
    ) -> None:
        self._cities = {packet.packet: packet.cities if forbid else frozenset() for packet in packets}
        self._barred = barred
        self._home = home
        self._team: dict[str, list[str]] = {packet.packet: [] for packet in packets}

    def seat(self, inspector: str, packet: str) -> None:
        self._team[packet].append(inspector)

    def unseat(self, inspector: str, packet: str) -> None:
        self._team[packet].remove(inspector)

    def can(self, inspector: str, packet: str) -> bool:
        """`can(i, p)` of the protocol, for a person of the pool and role in question."""
        return (
            self._home[inspector] not in self._cities[packet]
            and inspector not in self._team[packet]
            and (inspector, packet) not in self._barred
        )

    def is_new_city(self, inspector: str, packet: str) -> bool:
        """Whether nobody on the packet's team has this person's home city."""
        return all(self._home[other] != self._home[inspector] for other in self._team[packet])


@dataclass
class Search:
    """One breadth-first search from an open seat: the packets reached, how, and the people met, from where."""

    reached: list[str]
    distance: dict[str, int]
    through: dict[str, tuple[str, str]] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)


class Filling:
    """Fills the seats of one role of one pool."""

    def __init__(
        self,
        table: Table,
        people: Sequence[Inspector],
        standing: Sequence[Standing],
        turns: Sequence[str],
        ticket: Callable[[str], str],
    ) -> None:
        self._table = table
        self._ticket = ticket
        self._turns = turns
        self._turn = {packet: number for number, packet in enumerate(turns)}
        self._kept = Counter(row.packet for row in standing)
        self._room = {person.inspector: person.capacity for person in people}
        self.sits: dict[str, list[str]] = {person.inspector: [] for person in people}
        self._load = dict.fromkeys(self.sits, 0)
        for row in standing:
            self._load[row.inspector] += 1
        self._ladder: dict[int, list[tuple[str, str]]] = {}
        for inspector in self.sits:
            self._climb(inspector)

    def fill(self, role: Role) -> set[str]:
        """Fill every open seat of the role; empty when done, else the packets that prove it impossible."""
        return next((proof for proof in self._proofs(role) if proof), set())

    def count_unfilled(self, role: Role) -> int:
        """Fill every seat that can be filled; how many cannot. A seat that finds nobody once never does later."""
        return sum(bool(proof) for proof in self._proofs(role))

    def _proofs(self, role: Role) -> Iterator[set[str]]:
        """For each open seat in turn nothing, once it is filled, or the proof that it cannot be."""
        for number in range(1, role.count + 1) if self._turns else ():
            for packet in self._turns:
                if number <= role.count - self._kept[packet]:
                    yield self._fill_seat(packet)

    def _fill_seat(self, packet: str) -> set[str]:
        search = Search([packet], {packet: 0})
        chosen = self._at_once(packet)
        if chosen:
            search.met[chosen] = packet
        else:
            self._search(search)
            chosen = self._choose(search)
        if not chosen:
            return set(search.reached)
        self._move_up(search, chosen)
        return set()

    def _at_once(self, packet: str) -> str:
        """The choice, if somebody of the least load of all with room can take the seat directly.

        No search can find a lesser load, and none a lesser distance, so the protocol's order of preference ends here.
        """
        if not self._ladder:
            return ""
        able = (who for _, who in reversed(self._ladder[min(self._ladder)]) if self._table.can(who, packet))
        first = next(able, "")
        if not first or self._table.is_new_city(first, packet):
            return first
        return next((who for who in able if self._table.is_new_city(who, packet)), first)

    def _search(self, search: Search) -> None:
        unmet = sorted(self.sits, key=self._rank, reverse=True)
        least = min(self._ladder, default=-1)
        enough = -1  # the distance at which somebody of least load was met: nobody farther is ever chosen
        for packet in search.reached:
            if 0 <= enough < search.distance[packet]:
                return
            for inspector in [who for who in unmet if self._table.can(who, packet)]:
                search.met[inspector] = packet
                if self._load[inspector] == least and self._has_room(inspector):
                    enough = search.distance[packet]
                self._reach(search, inspector, packet)
            unmet = [who for who in unmet if who not in search.met]

    def _reach(self, search: Search, inspector: str, packet: str) -> None:
        for place in sorted(self.sits[inspector], key=self._turn.__getitem__):
            if place not in search.distance:
                search.reached.append(place)
                search.distance[place] = search.distance[packet] + 1
                search.through[place] = (inspector, packet)

    def _choose(self, search: Search) -> str:
        free = [who for who in search.met if self._has_room(who)]
        if not free:
            return ""
        least = min((self._load[who], search.distance[search.met[who]]) for who in free)
        best = [who for who in free if (self._load[who], search.distance[search.met[who]]) == least]
        strangers = [who for who in best if self._table.is_new_city(who, search.met[who])]
        return max(strangers or best, key=self._rank)

    def _move_up(self, search: Search, chosen: str) -> None:
        self._descend(chosen)
        self._load[chosen] += 1
        self._climb(chosen)
        inspector, packet = chosen, search.met[chosen]
        while True:
            self.sits[inspector].append(packet)
            self._table.seat(inspector, packet)
            if packet not in search.through:
                return
            mover, origin = search.through[packet]
            self.sits[mover].remove(packet)
            self._table.unseat(mover, packet)
            inspector, packet = mover, origin

    def _rank(self, inspector: str) -> str:
        return self._ticket(f"inspector:{self._load[inspector]}:{inspector}")

    def _has_room(self, inspector: str) -> bool:
        room = self._room[inspector]
        return room is None or self._load[inspector] < room

    def _climb(self, inspector: str) -> None:
        """Put somebody with room on the rung of the present load, in order of rank."""
        if self._has_room(inspector):
            insort(self._ladder.setdefault(self._load[inspector], []), (self._rank(inspector), inspector))

    def _descend(self, inspector: str) -> None:
        rung = self._ladder[self._load[inspector]]
        del rung[bisect_left(rung, (self._rank(inspector), inspector))]
        if not rung:
            del self._ladder[self._load[inspector]]


def write_assignment(assignment: Assignment) -> dict[str, bytes]:
    """The result file of a round, by its name: `assignment.csv` or `infeasible.json`."""
    if assignment.stuck:
        proofs = [{"pool": s.pool, "role": s.role, "packets": list(s.packets)} for s in assignment.stuck]
        return {"infeasible.json": canonical.write_json({"infeasible": proofs})}
    return {"assignment.csv": ASSIGNMENT.write(assignment.seats)}


def read_infeasible(data: bytes, where: str) -> tuple[Stuck, ...]:
    """`infeasible.json` as values; `FormError` if it is not one."""
    proofs = listed(keyed(canonical.read_json(data, where), ("infeasible",), where)["infeasible"], where)
    if not proofs:
        raise FormError("infeasible-empty", where=where)
    stuck = tuple(_proofs(proofs, where))
    canonical.no_case_twins("pool", (proof.pool for proof in stuck), where)
    canonical.no_case_twins("role", (proof.role for proof in stuck), where)
    return stuck


def _proofs(proofs: Sequence[object], where: str) -> Iterator[Stuck]:
    for proof in proofs:
        entry = keyed(proof, ("packets", "pool", "role"), where)
        packets = [checked(name, A_PACKET, where) for name in listed(entry["packets"], where)]
        if not packets:
            raise FormError("infeasible-empty", where=where)
        yield Stuck(
            checked(entry["pool"], AN_IDENTIFIER, where), checked(entry["role"], AN_IDENTIFIER, where), tuple(packets)
        )

"""Who sits on which packet (docs/protocol.md, section 6, *Seats*).

Seats are filled one at a time. When somebody with the least load can take a seat at once, that is the choice.
Otherwise people may have to move up: the one who could take the open seat sits elsewhere, where somebody else could
follow. The search goes breadth first through such chains, as in a bipartite matching; it ends with the person of least
load who can be reached, so that loads stay as even as they can be, or, if nobody with room can be reached, with a set
of packets that proves that no assignment at all exists: Hall's condition fails for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from audit_service.core import canonical
from audit_service.core.canonical import A_PACKET, AN_IDENTIFIER, checked, keyed, listed
from audit_service.core.frozen import ASSIGNMENT, Inspector, Pool, Recusal, Role, Seat, Standing
from audit_service.core.ladder import Ladder, Rung
from audit_service.core.packets import Packet
from audit_service.core.seat_search import NEVER, Crew, Floors, Met, Search
from audit_service.core.table import Sitting, Table
from audit_service.core.tickets import in_ticket_order, ticket
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
    draw = partial(ticket, seed=seed)  # no name is asked for twice
    holder = {unit: packet.packet for packet in packets for unit in packet.units}
    barred = {(row.inspector, holder[row.unit]) for row in recusals if row.unit in holder}
    seats: list[Seat] = []
    stuck: list[Stuck] = []
    for pool in pools:
        own = [packet for packet in packets if packet.pool == pool.pool and packet.units]
        names = {packet.packet for packet in own}
        members = [person for person in people if person.pool == pool.pool]
        taken, proof = _assign_pool(pool, own, members, barred, [row for row in standing if row.packet in names], draw)
        seats += taken
        stuck += proof
    return Assignment((), tuple(stuck)) if stuck else Assignment(tuple(seats), ())


def _assign_pool(
    pool: Pool,
    packets: Sequence[Packet],
    people: Sequence[Inspector],
    barred: set[tuple[str, str]],
    standing: Sequence[Standing],
    draw: Callable[[str], str],
) -> tuple[list[Seat], list[Stuck]]:
    home = {person.inspector: person.city for person in people}
    table = Table(packets, pool.same_city == "forbid", barred, home)
    for row in standing:
        table.seat(row.inspector, row.packet)
    turns = in_ticket_order((packet.packet for packet in packets), lambda packet: draw(f"turn:{packet}"))
    seats = [Seat(pool.pool, row.packet, row.role, row.inspector) for row in standing]
    for role in pool.seats:
        kept = [row for row in standing if row.role == role.role]
        filling = Filling(table, [p for p in people if p.role == role.role], kept, turns, draw)
        proof = filling.fill(role)
        if proof:
            return [], [Stuck(pool.pool, role.role, tuple(sorted(proof)))]
        seats += [Seat(pool.pool, packet, role.role, who) for packet, who in filling.sitting.seats()]
    return seats, []


class Filling:
    """Fills the seats of one role of one pool."""

    def __init__(
        self,
        table: Table,
        people: Sequence[Inspector],
        standing: Sequence[Standing],
        turns: Sequence[str],
        draw: Callable[[str], str],
    ) -> None:
        home = {person.inspector: person.city for person in people}
        self._table = table
        self._turns = turns
        self._kept = Counter(row.packet for row in standing)
        self.sitting = Sitting(table, home, turns)
        self._ladder = Ladder(people, Counter(row.inspector for row in standing), self.sitting.closed, draw)
        self._crew = Crew(table, self._ladder, self.sitting, Floors(home))

    def fill(self, role: Role) -> set[str]:
        """Fill every open seat of the role; empty when done, else the packets that prove it impossible."""
        return next((self._proof(packet) for packet in self._open_seats(role) if not self._fill_seat(packet)), set())

    def count_unfilled(self, role: Role) -> int:
        """Fill every seat that can be filled; how many cannot. A seat that finds nobody once never does later."""
        return sum(not self._fill_seat(packet) for packet in self._open_seats(role))

    def _open_seats(self, role: Role) -> Iterator[str]:
        """For each open seat in turn its packet."""
        for number in range(1, role.count + 1) if self._turns else ():
            for packet in self._turns:
                if number <= role.count - self._kept.get(packet, 0):
                    yield packet

    def _fill_seat(self, packet: str) -> bool:
        """Give the seat to the least load that can be reached; whether anybody with room can."""
        for load in sorted(self._ladder.rungs):
            if self._sit_down(packet, load):
                return True
            if self._move_up(packet, load):
                return True
        return False

    def _sit_down(self, packet: str, load: int) -> bool:
        """Give the seat to somebody of this load who can take it at once, if there is anybody."""
        rung, table = self._ladder.rungs[load], self._table
        chosen = self._at_once(packet, rung, table.team_and_shut_cities(packet))
        chosen = chosen or self._at_once(packet, rung, table.shut_cities(packet))
        if chosen:
            self._seat(chosen, packet, {})
        return bool(chosen)

    def _at_once(self, packet: str, rung: Rung, cities: frozenset[str]) -> str:
        first = rung.first_outside(cities)
        if not first or self._table.can(first, packet):
            return first
        people = (person.inspector for person in rung.outside(cities))
        return next((who for who in people if self._table.can(who, packet)), "")

    def _move_up(self, packet: str, load: int) -> bool:
        """Give it to somebody of this load for whom others move up, if anybody can be reached."""
        search = Search(self._crew, packet, load)
        found = search.nearest()
        if found:
            strangers = [(who, place) for who, place in found if self._table.is_new_city(who, place)]
            chosen, place = max(strangers or found, key=lambda met: self._ladder.rank(met[0]))
            self._seat(chosen, place, search.through)
        return bool(found)

    def _proof(self, packet: str) -> set[str]:
        """Every packet that can be reached."""
        met = Search(self._crew, packet, NEVER).everybody()
        return {packet, *(place for who in met for place in self.sitting.places(who))}

    def _seat(self, chosen: str, packet: str, through: Mapping[str, Met]) -> None:
        """The chosen takes a seat in the packet; who gives up that seat takes one where the packet was reached from."""
        self.sitting.seat(chosen, packet)
        self._ladder.climb(chosen)
        while packet in through:
            mover, origin = through[packet]
            self.sitting.unseat(mover, packet)
            self.sitting.seat(mover, origin)
            self._ladder.shift(mover)
            packet = origin


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

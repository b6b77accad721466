"""Who sits with whom on the packets of one pool, and who may sit where (docs/protocol.md, section 6, *Seats*)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

from audit_service.core.packets import Packet


class Table:
    """The teams of one pool's packets, and what keeps people off them."""

    def __init__(
        self, packets: Sequence[Packet], forbid: bool, barred: Iterable[tuple[str, str]], home: dict[str, str]
    ) -> None:
        self.home = home
        self._cities = {packet.packet: packet.cities if forbid else frozenset() for packet in packets}
        self._team: dict[str, list[str]] = {packet.packet: [] for packet in packets}
        self._barred: dict[str, set[str]] = {}
        for inspector, packet in barred:
            self._barred.setdefault(packet, set()).add(inspector)

    def seat(self, inspector: str, packet: str) -> None:
        self._team[packet].append(inspector)

    def unseat(self, inspector: str, packet: str) -> None:
        self._team[packet].remove(inspector)

    def can(self, inspector: str, packet: str) -> bool:
        """`can(i, p)` of the protocol, for a person of the pool and role in question."""
        return (
            self.home[inspector] not in self._cities[packet]
            and inspector not in self._team[packet]
            and inspector not in self._barred.get(packet, ())
        )

    def shut_cities(self, packet: str) -> frozenset[str]:
        """The cities whose people cannot sit on the packet, all of them."""
        return self._cities[packet]

    def is_open(self, city: str, packet: str) -> bool:
        return city not in self._cities[packet]

    def kept_off(self, packet: str) -> set[str]:
        """The single people who cannot sit on the packet, wherever they are at home: its team, and who is recused."""
        return {*self._barred.get(packet, ()), *self._team[packet]}

    def team_and_shut_cities(self, packet: str) -> frozenset[str]:
        """These, and the home cities of the packet's team."""
        return self._cities[packet].union([self.home[other] for other in self._team[packet]])

    def is_new_city(self, inspector: str, packet: str) -> bool:
        """Whether nobody on the packet's team has this person's home city."""
        return self.home[inspector] not in [self.home[other] for other in self._team[packet]]


class Sitting:
    """Where the people of one role sit by this round, standing seats not counted."""

    def __init__(self, table: Table, home: dict[str, str], turns: Sequence[str]) -> None:
        self._table = table
        self._turn = {packet: number for number, packet in enumerate(turns)}
        self._places: dict[str, list[str]] = {inspector: [] for inspector in home}
        self._homes = frozenset(home.values())
        self._closed = dict.fromkeys(home, self._homes)

    def seat(self, inspector: str, packet: str) -> None:
        self._table.seat(inspector, packet)
        self._places[inspector].append(packet)
        self._closed[inspector] = self._still_closed(self._closed[inspector], packet)

    def unseat(self, inspector: str, packet: str) -> None:
        self._table.unseat(inspector, packet)
        self._places[inspector].remove(packet)
        self._closed[inspector] = reduce(self._still_closed, self._places[inspector], self._homes)

    def _still_closed(self, closed: frozenset[str], packet: str) -> frozenset[str]:
        return closed and closed & self._table.shut_cities(packet)

    def closed(self, inspector: str) -> frozenset[str]:
        """The cities to whose people none of somebody's places is open: all cities, if there are no places."""
        return self._closed[inspector]

    def places(self, inspector: str) -> list[str]:
        """The packets on which somebody sits, in turns."""
        return sorted(self._places[inspector], key=self._turn.__getitem__)

    def seats(self) -> Iterator[tuple[str, str]]:
        """Every seat: packet and person."""
        return ((packet, inspector) for inspector, places in self._places.items() for packet in places)


class Unmet:
    """Those of some people whom a search has not met yet.

    A packet lets everybody in but the people of its cities and a few single ones. So once the first packet is done,
    the people of its cities and a few single ones are all that is left, and soon nobody.
    """

    def __init__(self, table: Table, start: str, among: Callable[[str], bool]) -> None:
        self._table = table
        self._among = among
        self.cities = set(table.shut_cities(start))
        self.single = {who for who in self.kept_off(start) if table.home[who] not in self.cities}

    def __bool__(self) -> bool:
        return bool(self.cities or self.single)

    def kept_off(self, packet: str) -> list[str]:
        return [who for who in self._table.kept_off(packet) if self._among(who)]

    def meet(self, packet: str) -> tuple[set[str], list[str]]:
        """The cities and the single people who are met from this packet; whom of the cities it keeps off waits on."""
        cities = self.cities.difference(self._table.shut_cities(packet))
        single = [who for who in self.single if self._table.can(who, packet)]
        self.cities -= cities
        self.single.difference_update(single)
        if cities:
            self.single.update(who for who in self.kept_off(packet) if self._table.home[who] in cities)
        return cities, single

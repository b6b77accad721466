"""The search for somebody who moves up, part by part: what it notes of vain searches, and whom it passes over.

Most of what is here decides no seat: without it the same people would be found, but by looking at everybody
(docs/adr/0004). The rank of a person is the name here, so the last in the alphabet is the highest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from audit_service.core.frozen import Inspector
from audit_service.core.ladder import Ladder, Ranked, Rung
from audit_service.core.packets import Packet
from audit_service.core.seat_search import NEVER, Crew, Floors, Search
from audit_service.core.table import Sitting, Table
from tests.core.seating_checks import lead


def a_packet(name: str, city: str) -> Packet:
    return Packet("n", name, (f"unit of {name}",), frozenset({city}))


class Noting(Ladder):
    """A ladder that notes who was looked at as one who could make room."""

    def outside(self, cities: Collection[str], wanted: str | None = None) -> Iterator[Ranked]:
        for person in super().outside(cities, wanted):
            self.looked_at.append(person.inspector)
            yield person

    looked_at: list[str]


class Room:
    """Packets, people, who sits where, and who is recused from which packet."""

    def __init__(
        self, packets: list[Packet], people: list[Inspector], sits: dict[str, str], recused: set[tuple[str, str]]
    ) -> None:
        home = {person.inspector: person.city for person in people}
        table = Table(packets, True, recused, home)
        self.sitting = Sitting(table, home, [packet.packet for packet in packets])
        for who, packet in sits.items():
            self.sitting.seat(who, packet)
        self.ladder = Noting(people, Counter(sits), self.sitting.closed, lambda name: name.rpartition(":")[2])
        self.ladder.looked_at = []
        self._crew = Crew(table, self.ladder, self.sitting, Floors(home))

    def search(self, load: int) -> Search:
        return Search(self._crew, "open", load)


PACKETS = [a_packet("open", "x"), a_packet("in x", "x"), a_packet("in y", "y"), a_packet("in z", "z")]


# --- floors ---------------------------------------------------------------------------------------------------------


def test_those_through_whom_a_load_may_be_reached_are_counted_by_home() -> None:
    floors = Floors({"p": "x", "q": "x", "r": "y"})
    assert [floors.count(0, cities) for cities in ((), ("x",), ("x", "y"))] == [3, 1, 0]
    floors.lift(["p"], 2)
    assert [floors.count(1, cities) for cities in ((), ("x",), ("x", "y"))] == [2, 1, 0]
    assert [floors.count(2, cities) for cities in ((), ("x",), ("x", "y"))] == [3, 1, 0]


def test_the_next_floor_is_above_the_load_and_not_at_it() -> None:
    floors = Floors({"p": "x", "q": "x", "r": "y"})
    floors.lift(["p"], 2)
    floors.lift(["q"], 5)
    assert [floors.next_above(load) for load in (0, 1, 2, 4, 5)] == [2, 2, 5, 5, NEVER]


# --- rungs and the ladder -------------------------------------------------------------------------------------------


def test_a_rung_has_nobody_of_a_city_from_which_nobody_came() -> None:
    assert list(Rung().of("x")) == []


def test_who_has_changed_places_can_make_room_for_others_than_before() -> None:
    room = Room(PACKETS, [lead("p", "y"), lead("q", "x")], {"p": "in x"}, set())
    assert [person.inspector for person in room.ladder.outside((), "x")] == []
    room.sitting.unseat("p", "in x")
    room.sitting.seat("p", "in z")
    room.ladder.shift("p")
    assert [person.inspector for person in room.ladder.outside((), "x")] == ["p"]


# --- searches -------------------------------------------------------------------------------------------------------


def test_the_highest_of_a_city_stands_for_all_and_only_who_has_a_place_open_to_them_is_looked_at() -> None:
    """The packet is in x. r could take it, but sits in x too; p and q sit where people of x can follow, q first."""
    people = [lead("a", "x"), lead("b", "x"), lead("c", "x"), lead("p", "y"), lead("q", "y"), lead("r", "z")]
    room = Room(PACKETS, people, {"p": "in y", "q": "in z", "r": "in x"}, set())
    search = room.search(0)
    assert search.nearest() == [("c", "in z")]
    assert search.through == {"in z": ("q", "open")}
    assert room.ladder.looked_at == ["q"]


def test_for_somebody_who_is_recused_only_who_has_a_place_open_to_the_home_is_looked_at() -> None:
    """a is recused from the packet, which is in x. q sits in a's own city, p where a can follow."""
    people = [lead("a", "y"), lead("p", "z"), lead("q", "z")]
    room = Room(PACKETS, people, {"p": "in x", "q": "in y"}, {("a", "open")})
    search = room.search(0)
    assert search.nearest() == [("a", "in x")]
    assert search.through == {"in x": ("p", "open")}
    assert room.ladder.looked_at == ["p"]


def test_if_everybody_who_could_lead_on_is_kept_off_one_by_one_nobody_is_looked_at() -> None:
    room = Room(PACKETS, [lead("a", "y"), lead("b", "x")], {}, {("a", "open")})
    assert room.search(0).nearest() == []
    assert room.ladder.looked_at == []

"""Who sits on which packet (section 6, *Seats*): against the text written down literally, and against a flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_service.core.assignment import Filling, read_infeasible, write_assignment
from audit_service.core.frozen import Inspector, Recusal, Role, Standing
from audit_service.core.packets import Packet
from audit_service.core.table import Table
from audit_service.core.tickets import drawer
from tests.core import seat_flow
from tests.core.seating_checks import SEED, a_packet, a_pool, assigned, best, lead, same
from tests.core.seats_by_the_text import play
from tests.reading import ROUNDS, Round
from tests.strategies import Seating, seating, seatings, with_a_large_city

# --- by the text ----------------------------------------------------------------------------------------------------

SOME, MANY = 150, 4000
"""Examples of the comparison with the text and with the flow: in the normal run, and in the long one."""


@settings(max_examples=SOME)
@given(seatings())
def test_the_assignment_is_that_of_the_text(made: Seating) -> None:
    same(made)


@pytest.mark.long
@settings(max_examples=MANY)
@given(seatings())
def test_the_assignment_is_that_of_the_text_in_thousands_of_instances(made: Seating) -> None:
    same(made)


@settings(max_examples=SOME // 30)
@given(st.integers(0, 2**64))
def test_the_assignment_is_that_of_the_text_where_dozens_of_packets_share_a_large_city(number: int) -> None:
    same(with_a_large_city(Random(number), 36))


@pytest.mark.long
@settings(max_examples=MANY // 10)
@given(st.integers(0, 2**64))
def test_the_assignment_is_that_of_the_text_in_hundreds_of_instances_with_a_large_city(number: int) -> None:
    same(with_a_large_city(Random(number), 48))


# --- by a flow ------------------------------------------------------------------------------------------------------


@settings(max_examples=SOME)
@given(seatings())
def test_seats_are_filled_whenever_they_can_be_as_evenly_as_they_can_be(made: Seating) -> None:
    best(made)


@pytest.mark.long
@settings(max_examples=MANY)
@given(seatings())
def test_seats_are_filled_whenever_they_can_be_as_evenly_as_they_can_be_in_thousands_of_instances(
    made: Seating,
) -> None:
    best(made)


def unfilled(task: seat_flow.Task) -> int:
    """How many open seats of a role the core leaves, if it goes on after a seat that cannot be filled."""
    holder = {unit: packet.packet for packet in task.packets for unit in packet.units}
    barred = {(row.inspector, holder[row.unit]) for row in task.seating.recusals if row.unit in holder}
    homes = {person.inspector: person.city for person in task.seating.people}
    kept = [row for row in task.seating.standing if row.packet in holder.values() and row.role == task.role.role]
    table = Table(task.packets, task.pool.same_city == "forbid", barred, homes)
    for row in kept:
        table.seat(row.inspector, row.packet)
    turns = [packet.packet for packet in task.packets]
    return Filling(table, task.people, kept, turns, drawer(task.seating.seed)).count_unfilled(task.role)


@settings(max_examples=SOME)
@given(seatings())
def test_as_few_seats_stay_open_as_a_flow_leaves(made: Seating) -> None:
    for task in [task for pool in made.pools for task in seat_flow.tasks(made, pool)]:
        everywhere = [packet.packet for packet in task.packets]
        assert unfilled(task) == task.all_open(everywhere) - task.most_seats(everywhere)


def test_the_instances_are_hard_enough_to_tell() -> None:
    """A good part of what the comparisons see is infeasible, moves people, has standing people, proofs of several."""
    made = [seating(Random(number)) for number in range(SOME)]
    found = [assigned(each) for each in made]
    assert sum(bool(each.stuck) for each in found) > SOME // 5
    assert sum(len(each.seats) > 4 for each in found) > SOME // 5
    assert sum(any(len(stuck.packets) > 1 for stuck in each.stuck) for each in found) > SOME // 40
    assert sum(bool(each.standing) for each in made) > SOME // 5


def test_the_instances_need_every_kind_of_search() -> None:
    """With a large city people often move, one or more at a time, and often less load is out of reach."""
    chosen = [choice for number in range(SOME) for choice in play(with_a_large_city(Random(number)))[1]]
    moves = Counter(choice.moves for choice in chosen)
    assert moves[1] > SOME // 3
    assert moves[2] > SOME // 30
    assert sum(choice.in_vain for choice in chosen) > SOME // 2
    assert sum(choice.in_vain and choice.moves > 0 for choice in chosen) > SOME // 30


# --- at the size of a province --------------------------------------------------------------------------------------

A_FEW = 10 * 4000
"""Times that somebody is tried on a packet: ten for each seat, several times what it takes. A search of everything for
every seat would try the 500 people and their places each time."""


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often it was asked whether somebody can sit on a packet."""
    count, can = Counter[str](), Table.can

    def counted(self: Table, inspector: str, packet: str) -> bool:
        count["can"] += 1
        return can(self, inspector, packet)

    monkeypatch.setattr(Table, "can", counted)
    return count


def in_a_province(share: float, capacity: int | None = None) -> Seating:
    """2,000 packets in twenty cities and 500 people for two seats on each; the largest city has a share of both."""
    rng = Random(7)
    cities = ["large"] + [f"c{number}" for number in range(19)]
    weights = [share] + [(1 - share) / 19] * 19
    packets = [a_packet(number, *rng.choices(cities, weights)) for number in range(1, 2001)]
    people = [lead(f"p{number:03d}", *rng.choices(cities, weights), capacity) for number in range(500)]
    return Seating((a_pool(Role("lead", 2)),), packets, people, [], [], SEED)


def loads_by_home(made: Seating) -> tuple[set[int], set[int]]:
    """The loads of the people of the large city, and of all others."""
    loads = Counter(seat.inspector for seat in assigned(made).seats)
    local = {person.inspector for person in made.people if person.city == "large"}
    return {loads[name] for name in local}, {load for name, load in loads.items() if name not in local}


@pytest.mark.parametrize("share", [0.3, 0.4, 0.48])
def test_where_a_large_city_can_be_balanced_all_loads_are_the_same_within_one(
    share: float, tried: Counter[str]
) -> None:
    local, others = loads_by_home(in_a_province(share))
    assert max(local | others) - min(local | others) <= 1
    assert tried["can"] < A_FEW


def test_where_it_cannot_be_balanced_loads_are_the_same_within_one_on_both_sides(tried: Counter[str]) -> None:
    local, others = loads_by_home(in_a_province(0.6))
    assert max(local) - min(local) <= 1 < min(others) - max(local)
    assert max(others) - min(others) <= 1
    assert tried["can"] < A_FEW


def test_that_the_others_cannot_take_all_of_a_large_city_is_proved_by_its_packets(tried: Counter[str]) -> None:
    made = in_a_province(0.6, capacity=10)
    (found,) = assigned(made).stuck
    assert set(found.packets) >= {packet.packet for packet in made.packets if "large" in packet.cities}
    assert tried["can"] < A_FEW


# --- what holds of every assignment ---------------------------------------------------------------------------------


@given(seatings())
def test_every_seat_is_filled_once_by_somebody_of_the_role(made: Seating) -> None:
    found = assigned(made)
    alive = [packet for packet in made.packets if packet.units]
    seats = {pool.pool: pool.seats for pool in made.pools}
    wanted = Counter({(p.packet, seat.role): seat.count for p in alive for seat in seats[p.pool]})
    own = {person.inspector: (person.pool, person.role) for person in made.people}
    if not found.stuck:
        assert Counter((seat.packet, seat.role) for seat in found.seats) == wanted
        assert all(own[seat.inspector] == (seat.pool, seat.role) for seat in found.seats)
        assert len({(seat.packet, seat.inspector) for seat in found.seats}) == len(found.seats)


@given(seatings())
def test_who_stands_keeps_the_seat(made: Seating) -> None:
    found = assigned(made)
    alive = {packet.packet for packet in made.packets if packet.units}
    kept = {Standing(seat.packet, seat.inspector, seat.role) for seat in found.seats}
    assert found.stuck or {row for row in made.standing if row.packet in alive} <= kept


def newly_seated(made: Seating) -> list[tuple[Inspector, Packet]]:
    """Everybody who sits by this round, with the packet."""
    people = {person.inspector: person for person in made.people}
    packets = {packet.packet: packet for packet in made.packets}
    seats = [
        seat for seat in assigned(made).seats if Standing(seat.packet, seat.inspector, seat.role) not in made.standing
    ]
    return [(people[seat.inspector], packets[seat.packet]) for seat in seats]


@given(seatings())
def test_nobody_is_newly_seated_where_the_own_city_is_forbidden(made: Seating) -> None:
    forbidding = {pool.pool for pool in made.pools if pool.same_city == "forbid"}
    assert not [p for p, packet in newly_seated(made) if p.pool in forbidding and p.city in packet.cities]


@given(seatings())
def test_nobody_is_newly_seated_against_a_recusal(made: Seating) -> None:
    assert not [p for p, packet in newly_seated(made) for u in packet.units if Recusal(p.inspector, u) in made.recusals]


@given(seatings())
def test_nobody_is_newly_seated_beyond_the_own_capacity(made: Seating) -> None:
    loads = Counter(seat.inspector for seat in assigned(made).seats)
    for person, _ in newly_seated(made):
        assert person.capacity is None or loads[person.inspector] <= person.capacity


@given(seatings(), st.randoms())
def test_the_order_of_people_recusals_and_standing_rows_does_not_matter(made: Seating, rng: Random) -> None:
    parts = (made.people, made.recusals, made.standing)
    people, recusals, standing = (rng.sample(part, len(part)) for part in parts)
    found = assigned(replace(made, people=people, recusals=recusals, standing=standing))
    assert write_assignment(found) == write_assignment(assigned(made))


@given(seatings(), st.randoms())
def test_the_order_in_which_packets_come_does_not_matter(made: Seating, rng: Random) -> None:
    found = assigned(replace(made, packets=rng.sample(made.packets, len(made.packets))))
    assert write_assignment(found) == write_assignment(assigned(made))


@given(seatings())
def test_pools_do_not_touch_each_other(made: Seating) -> None:
    alone = [assigned(replace(made, pools=(pool,))) for pool in made.pools]
    found = assigned(made)
    assert found.stuck == tuple(stuck for each in alone for stuck in each.stuck)
    assert found.stuck or found.seats == tuple(seat for each in alone for seat in each.seats)


@given(seatings())
def test_a_recusal_of_somebody_who_is_not_listed_has_no_effect(made: Seating) -> None:
    more = [Recusal("stranger", unit) for packet in made.packets for unit in packet.units]
    assert assigned(replace(made, recusals=made.recusals + more)) == assigned(made)


# --- the file of proofs ---------------------------------------------------------------------------------------------


@given(seatings())
def test_an_outcome_is_written_as_seats_or_as_proofs_that_are_read_back(made: Seating) -> None:
    found = assigned(made)
    written = write_assignment(found)
    if found.stuck:
        assert read_infeasible(written["infeasible.json"], "here") == found.stuck
        assert list(written) == ["infeasible.json"]
        assert all(list(stuck.packets) == sorted(set(stuck.packets)) for stuck in found.stuck)
    else:
        rows = sorted(",".join(seat) for seat in found.seats)
        assert written == {"assignment.csv": "\n".join(["pool,packet,role,inspector", *rows, ""]).encode()}


# --- vectors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_the_assignment_of_every_vector_is_that_of_the_text(round_: Round) -> None:
    files = round_.files
    same(Seating(files.teams, round_.packets, files.inspectors, files.recusals, files.standing, round_.seed))


@pytest.mark.parametrize("round_", ROUNDS, ids=str)
def test_the_assignment_of_every_vector_cannot_be_bettered_by_a_flow(round_: Round) -> None:
    files = round_.files
    best(Seating(files.teams, round_.packets, files.inspectors, files.recusals, files.standing, round_.seed))

"""Who sits on which packet (section 6, *Seats*): against the text written down literally, and against a flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_service.core.assignment import Assignment, Filling, Stuck, assign, read_infeasible, write_assignment
from audit_service.core.frozen import Inspector, Pool, Recusal, Role, Seat, Standing
from audit_service.core.packets import Packet
from audit_service.core.table import Table
from audit_service.core.tickets import drawer
from tests.core import seat_flow
from tests.core.seats_by_the_text import assign_by_the_text, play
from tests.reading import ROUNDS, Round
from tests.strategies import Seating, seating, seatings, with_a_large_city

SOME, MANY = 300, 4000
"""Examples of the comparison with the text and with the flow: in the normal run, and in the long one."""


def assigned(made: Seating) -> Assignment:
    return assign(made.pools, made.packets, made.people, made.recusals, made.standing, made.seed)


def same(made: Seating) -> None:
    """The core and the literal text agree on every seat or every proof."""
    found, expected = assigned(made), assign_by_the_text(made)
    assert (sorted(found.seats), found.stuck) == (sorted(expected.seats), expected.stuck)


def best(made: Seating) -> None:
    """A flow can do no more, and no more evenly; and it confirms every proof."""
    found = assigned(made)
    assert [(stuck.pool, stuck.role) for stuck in found.stuck] == seat_flow.first_infeasible(made)
    tasks = [task for pool in made.pools for task in seat_flow.tasks(made, pool)]
    for stuck in found.stuck:
        (task,) = (task for task in tasks if (task.pool.pool, task.role.role) == (stuck.pool, stuck.role))
        assert task.is_violator(stuck)
    if not found.stuck:
        assert [task.squares(found) for task in tasks] == [task.least_squares for task in tasks]


# --- by the text ----------------------------------------------------------------------------------------------------


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

A_MOMENT = 20
"""Seconds of computing, some hundred times what it takes: a search of everything for every seat takes minutes."""


def in_a_province(share: float, capacity: int | None = None) -> Seating:
    """2,000 packets in twenty cities and 500 people for two seats on each; the largest city has a share of both."""
    rng = Random(7)
    cities = ["large"] + [f"c{number}" for number in range(19)]
    weights = [share] + [(1 - share) / 19] * 19
    packets = [a_packet(number, *rng.choices(cities, weights)) for number in range(1, 2001)]
    people = [lead(f"p{number:03d}", *rng.choices(cities, weights), capacity) for number in range(500)]
    return Seating((a_pool(Role("lead", 2)),), packets, people, [], [], SEED)


def loads_by_home(made: Seating, started: float) -> tuple[set[int], set[int]]:
    """The loads of the people of the large city, and of all others; and it took but a moment."""
    loads = Counter(seat.inspector for seat in assigned(made).seats)
    assert process_time() - started < A_MOMENT
    local = {person.inspector for person in made.people if person.city == "large"}
    return {loads[name] for name in local}, {load for name, load in loads.items() if name not in local}


def test_where_a_large_city_can_be_balanced_all_loads_are_the_same_within_one() -> None:
    for share in (0.3, 0.4, 0.48):
        local, others = loads_by_home(in_a_province(share), process_time())
        assert max(local | others) - min(local | others) <= 1


def test_where_it_cannot_be_balanced_loads_are_the_same_within_one_on_both_sides() -> None:
    local, others = loads_by_home(in_a_province(0.6), process_time())
    assert max(local) - min(local) <= 1 < min(others) - max(local)
    assert max(others) - min(others) <= 1


def test_that_the_others_cannot_take_all_of_a_large_city_is_proved_by_its_packets() -> None:
    made, started = in_a_province(0.6, capacity=10), process_time()
    (found,) = assigned(made).stuck
    assert process_time() - started < A_MOMENT
    assert set(found.packets) >= {packet.packet for packet in made.packets if "large" in packet.cities}


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


# --- small cases that one can follow --------------------------------------------------------------------------------

SEED = "0" * 64


def a_pool(*seats: Role, same_city: str = "forbid", name: str = "n") -> Pool:
    return Pool(name, (), 1, same_city, seats, ())


def a_packet(number: int, city: str = "c", pool: str = "n") -> Packet:
    return Packet(pool, f"{pool}-{number:03d}", (f"{pool}{number}",), frozenset({city}))


def lead(name: str, city: str = "far", capacity: int | None = None, pool: str = "n", role: str = "lead") -> Inspector:
    return Inspector(name, pool, role, city, capacity)


LEAD = Role("lead", 1)


def solve(packets: list[Packet], people: list[Inspector], *pools: Pool, **other: list) -> Assignment:
    made = Seating(
        pools or (a_pool(LEAD),), packets, people, other.get("recusals", []), other.get("standing", []), SEED
    )
    same(made)
    best(made)
    return assigned(made)


def test_without_pools_there_is_nothing_to_assign() -> None:
    assert assign((), [], [], [], [], SEED) == Assignment((), ())


def test_a_pool_without_seats_or_packets_needs_nobody() -> None:
    assert solve([a_packet(1)], [], a_pool()) == Assignment((), ())
    assert solve([], [], a_pool(LEAD)) == Assignment((), ())


def test_a_packet_without_units_has_no_seats() -> None:
    assert solve([replace(a_packet(1), units=(), cities=frozenset())], []) == Assignment((), ())


def test_without_people_the_first_packet_in_turn_is_the_proof() -> None:
    found = solve([a_packet(1), a_packet(2)], [])
    assert [(stuck.pool, stuck.role, len(stuck.packets)) for stuck in found.stuck] == [("n", "lead", 1)]


def test_one_person_takes_every_packet_if_there_is_no_limit() -> None:
    found = solve([a_packet(1), a_packet(2)], [lead("p")])
    assert sorted(found.seats) == [Seat("n", "n-001", "lead", "p"), Seat("n", "n-002", "lead", "p")]


def test_a_person_of_the_city_is_kept_out_or_let_in_as_the_pool_says() -> None:
    assert solve([a_packet(1)], [lead("p", "c")]).stuck == (Stuck("n", "lead", ("n-001",)),)
    assert solve([a_packet(1)], [lead("p", "c")], a_pool(LEAD, same_city="allow")).seats


def test_nobody_sits_twice_on_a_packet() -> None:
    assert solve([a_packet(1)], [lead("p")], a_pool(Role("lead", 2))).stuck


def test_a_recusal_from_one_unit_keeps_the_person_off_the_whole_packet() -> None:
    packet = replace(a_packet(1), units=("u1", "u2"))
    assert solve([packet], [lead("p")], recusals=[Recusal("p", "u2")]).stuck
    assert solve([packet], [lead("p")], recusals=[Recusal("p", "u3")]).seats


def test_capacity_that_is_too_small_is_proved_by_all_packets_that_share_it() -> None:
    found = solve([a_packet(1), a_packet(2), a_packet(3)], [lead("p", capacity=2)])
    assert found.stuck == (Stuck("n", "lead", ("n-001", "n-002", "n-003")),)


def test_somebody_moves_up_if_only_that_fills_the_seat() -> None:
    """q can only do the first packet. Under half of the seeds p is drawn for it first, and has to give it up."""
    packets, people = [a_packet(1, "c"), a_packet(2, "d")], [lead("p", "far", 1), lead("q", "d", 1)]
    for number in range(16):
        made = Seating((a_pool(LEAD),), packets, people, [], [], f"{number:064x}")
        same(made)
        assert sorted(assigned(made).seats) == [Seat("n", "n-001", "lead", "q"), Seat("n", "n-002", "lead", "p")]


def test_loads_grow_evenly_with_standing_ones_counted() -> None:
    packets = [a_packet(number) for number in range(1, 7)]
    standing = [Standing(f"n-{number:03d}", "p", "lead") for number in (1, 2, 3)]
    loads = Counter(seat.inspector for seat in solve(packets, [lead("p"), lead("q")], standing=standing).seats)
    assert loads == {"p": 3, "q": 3}


def test_a_standing_seat_stays_against_recusal_city_and_capacity() -> None:
    packets, keeper = [a_packet(1), a_packet(2)], lead("p", "c", 1)
    standing = [Standing("n-001", "p", "lead"), Standing("n-002", "p", "lead")]
    found = solve(packets, [keeper, lead("q")], standing=standing, recusals=[Recusal("p", "n1")])
    assert {seat.inspector for seat in found.seats} == {"p"}


def test_a_standing_person_is_never_moved_even_if_that_leaves_a_seat_empty() -> None:
    packets = [a_packet(1, "c"), a_packet(2, "d")]
    people = [lead("p", "far", 1), lead("q", "d", 1)]
    assert solve(packets, people, standing=[Standing("n-001", "p", "lead")]).stuck == (Stuck("n", "lead", ("n-002",)),)


def test_a_team_is_mixed_from_cities_where_loads_allow_it() -> None:
    people = [lead("p1", "x"), lead("p2", "x"), lead("p3", "x"), lead("q", "y")]
    found = solve([a_packet(1)], people, a_pool(Role("lead", 2)))
    assert "q" in {seat.inspector for seat in found.seats}


def test_mixing_counts_the_people_of_all_roles() -> None:
    people = [lead("p", "x"), *(lead(f"a{n}", "x", role="aide") for n in range(4)), lead("b", "y", role="aide")]
    found = solve([a_packet(1)], people, a_pool(LEAD, Role("aide", 1)))
    assert {seat.inspector for seat in found.seats} == {"p", "b"}


def test_mixing_yields_to_the_load() -> None:
    """Over three packets everybody sits once, though the teams of people of one city are not mixed then."""
    people = [lead(f"p{number}", "x") for number in range(5)] + [lead("q", "y")]
    found = solve([a_packet(number) for number in (1, 2, 3)], people, a_pool(Role("lead", 2)))
    assert set(Counter(seat.inspector for seat in found.seats).values()) == {1}


def test_after_a_role_that_is_stuck_the_later_ones_are_not_tried_but_other_pools_are() -> None:
    pools = (a_pool(LEAD, Role("aide", 1)), a_pool(LEAD, name="m"), a_pool(LEAD, name="o"))
    packets = [a_packet(1), a_packet(1, pool="m"), a_packet(1, pool="o")]
    found = solve(packets, [lead("p", pool="m")], *pools)
    assert [(stuck.pool, stuck.role) for stuck in found.stuck] == [("n", "lead"), ("o", "lead")]
    assert found.seats == ()


def test_people_of_another_role_or_pool_do_not_help() -> None:
    assert solve([a_packet(1)], [lead("p", role="aide"), lead("q", pool="m")]).stuck


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

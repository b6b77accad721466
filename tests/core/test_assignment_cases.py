"""Who sits on which packet, in small cases that one can follow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from audit_service.core.assignment import Assignment, Filling, Stuck, assign
from audit_service.core.frozen import Inspector, Pool, Recusal, Role, Seat, Standing
from audit_service.core.packets import Packet
from audit_service.core.table import Table
from audit_service.core.tickets import drawer
from tests.core.seating_checks import SEED, a_packet, a_pool, assigned, best, lead, same
from tests.strategies import Seating

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


def test_a_count_that_nobody_could_ever_fill_costs_nothing_where_there_is_no_packet() -> None:
    made = Seating((a_pool(Role("lead", 10**30)),), [], [lead("p")], [], [], SEED)
    assert assigned(made) == Assignment((), ())


def test_a_role_without_open_seats_is_filled() -> None:
    assert Filling(Table([], True, (), {}), [], [], [], drawer(SEED)).fill(LEAD) == set()


def under_many_seeds(cities: list[str], people: list[Inspector]) -> None:
    """As in the text, whatever the order of packets and people: two seats on packets of these cities, one a letter."""
    packets = [replace(a_packet(number), cities=frozenset(letters)) for number, letters in enumerate(cities, 1)]
    for number in range(64):
        same(Seating((a_pool(Role("lead", 2)),), packets, people, [], [], f"{number:064x}"))


def test_somebody_at_fewer_moves_is_chosen_before_somebody_of_higher_rank_at_more() -> None:
    """Under two of the seeds people of the least load are met after two moves and, higher in rank, after three."""
    people = [lead("p", "c"), lead("q", "a"), lead("r", "d"), lead("s", "b", 1), lead("t", "a")]
    under_many_seeds(["ac", "a", "b", "c"], people)


def test_who_has_moved_makes_room_for_others_at_the_new_place() -> None:
    """Under three of the seeds p or q moves, and is the first who can move again for somebody the old place was shut
    to."""
    under_many_seeds(["a", "c", "c"], [lead("p", "d"), lead("q", "d", 1), lead("r", "c"), lead("s", "a")])

"""What is missing for a role that cannot be filled, and that what is said to help does help."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from audit_service.core.assignment import Stuck, assign
from audit_service.core.frozen import Inspector, Pool, Recusal, Role
from audit_service.core.packets import Packet
from audit_service.core.shortage import shortage, shortages, untried
from tests.strategies import Seating, seatings


def stuck_after(made: Seating, proof: Stuck, more: int, home: str = "zz-elsewhere") -> bool:
    """Whether the role stays stuck with some more people from a city, without a limit."""
    helpers = [Inspector(f"zz{n}", proof.pool, proof.role, home, None) for n in range(more)]
    pools = [
        replace(p, seats=tuple(s for s in p.seats if s.role == proof.role)) for p in made.pools if p.pool == proof.pool
    ]
    standing = [row for row in made.standing if row.role == proof.role]
    found = assign(pools, made.packets, [*made.people, *helpers], made.recusals, standing, made.seed)
    return bool(found.stuck)


@settings(max_examples=300)
@given(seatings())
def test_the_people_from_elsewhere_who_are_said_to_do_are_enough_and_one_less_is_not(made: Seating) -> None:
    found = assign(made.pools, made.packets, made.people, made.recusals, made.standing, made.seed)
    told = shortages(made.pools, found.stuck, made.packets, made.people, made.recusals, made.standing)
    assert [entry.stuck for entry in told] == list(found.stuck)
    for entry in told:
        assert entry.seats >= entry.people >= 1
        assert not stuck_after(made, entry.stuck, entry.people)
        assert stuck_after(made, entry.stuck, entry.people - 1)
        inspected = {city for packet in made.packets if packet.pool == entry.stuck.pool for city in packet.cities}
        assert set(entry.cities) == {
            city for city in inspected if not stuck_after(made, entry.stuck, entry.people, city)
        }
        assert {barrier.packet.packet for barrier in entry.barriers} == set(entry.stuck.packets)


@given(seatings())
def test_roles_that_were_not_tried_are_told_of_where_people_are_missing_too(made: Seating) -> None:
    found = assign(made.pools, made.packets, made.people, made.recusals, made.standing, made.seed)
    told = untried(made.pools, found.stuck, made.packets, made.people, made.recusals, made.standing)
    failed = {proof.pool: proof.role for proof in found.stuck}
    later = [
        Stuck(pool.pool, seat.role, ())
        for pool in made.pools
        if pool.pool in failed
        for seat in pool.seats[[seat.role for seat in pool.seats].index(failed[pool.pool]) + 1 :]
    ]
    expected = [(proof.pool, proof.role) for proof in later if stuck_after(made, proof, 0)]
    assert [(entry.stuck.pool, entry.stuck.role) for entry in told] == expected
    for entry in told:
        assert not stuck_after(made, entry.stuck, entry.people)
        assert stuck_after(made, entry.stuck, entry.people - 1)


POOL = Pool("p", ("s",), 2, "forbid", (Role("lead", 1),), ())
PACKETS = [Packet("p", "p-001", ("u1", "u2"), frozenset("c")), Packet("p", "p-002", ("u3",), frozenset("d"))]


def test_it_says_who_is_kept_away_from_which_packet_and_why() -> None:
    people = [Inspector("i1", "p", "lead", "c", None), Inspector("i2", "p", "lead", "d", 1)]
    recusals = [Recusal("i2", "u2"), Recusal("i1", "x"), Recusal("nobody", "u1")]
    proof = Stuck("p", "lead", ("p-001",))
    found = shortage(POOL, proof, PACKETS, people, recusals, [])
    assert (found.seats, found.people) == (1, 1)
    (barrier,) = found.barriers
    assert barrier.at_home == (("c", 1),)
    assert barrier.recusals == (Recusal("i2", "u2"),)
    assert barrier.seats == 1


def test_where_any_city_will_do_nobody_is_kept_away_by_it() -> None:
    people = [Inspector("i1", "p", "lead", "c", 1)]
    found = shortage(replace(POOL, same_city="allow"), Stuck("p", "lead", ("p-001", "p-002")), PACKETS, people, [], [])
    assert found.seats == 1
    assert all(barrier.at_home == () for barrier in found.barriers)

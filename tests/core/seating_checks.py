"""An assignment against the text written down literally, and against a flow."""

from __future__ import annotations

from audit_service.core.assignment import Assignment, assign
from audit_service.core.frozen import Inspector, Pool, Role
from audit_service.core.packets import Packet
from tests.core import seat_flow
from tests.core.seats_by_the_text import assign_by_the_text
from tests.strategies import Seating


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


SEED = "0" * 64


def a_pool(*seats: Role, same_city: str = "forbid", name: str = "n") -> Pool:
    return Pool(name, (), 1, same_city, seats, ())


def a_packet(number: int, city: str = "c", pool: str = "n") -> Packet:
    return Packet(pool, f"{pool}-{number:03d}", (f"{pool}{number}",), frozenset({city}))


def lead(name: str, city: str = "far", capacity: int | None = None, pool: str = "n", role: str = "lead") -> Inspector:
    return Inspector(name, pool, role, city, capacity)

"""Filling seats: how long it takes, how even the loads are, and a flow solver on the same problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from audit_service.core.assignment import Assignment, assign
from benchmarks import made
from benchmarks.measure import call, in_turn, peer
from benchmarks.rows import Row, faster, plain, within

PACKETS, PEOPLE, CITIES = 120_000, 10_000, 333
SMALL_PACKETS, SMALL_PEOPLE = 2_000, 500
IN_ONE = 40


def figure(scale: int = 1) -> Iterator[Row]:
    """120,000 packets, cities uniform; then 2,000 packets beside OR-tools."""
    yield from _filling(made.seating(PACKETS // scale, PEOPLE // scale, CITIES), "cities uniform", 5, scale)
    yield from _beside_flow(made.seating(max(2, SMALL_PACKETS // scale), max(4, SMALL_PEOPLE // scale), CITIES), scale)


def one_city(scale: int = 1) -> Iterator[Row]:
    """The same with 40 % of the packets and of the people in one city."""
    seating = made.seating(PACKETS // scale, PEOPLE // scale, CITIES, IN_ONE)
    yield from _filling(seating, f"{IN_ONE} % of packets and people in one city", 30, scale)


def filled(seating: made.Seating) -> Assignment:
    return assign(seating.pools, seating.packets, seating.people, (), seating.standing, made.SEED)


def _filling(seating: made.Seating, where: str, most: float, scale: int) -> Iterator[Row]:
    packets, people = len(seating.packets), len(seating.people)
    what = f"fill {packets:,} packets of 2 seats with {people:,} people, {where}"
    made_now: list[Assignment] = []
    best = in_turn({"ours": call(lambda: made_now.append(filled(seating)))}, 2 if scale == 1 else 1)
    yield within(what, best["ours"], most)
    spread = _spread(Counter(seat.inspector for seat in made_now[-1].seats), people)
    yield plain("… greatest and least load differ by", spread, str(spread), "≤ 1", spread <= 1)


def _spread(loads: Counter[str], people: int) -> int:
    return max(loads.values()) - (min(loads.values()) if len(loads) == people else 0)


def _beside_flow(seating: made.Seating, scale: int) -> Iterator[Row]:
    runs: dict[str, Callable[[], object]] = {"ours": lambda: filled(seating)}
    module, numpy = peer("ortools.graph.python.min_cost_flow"), peer("numpy")
    if module is not None:
        runs["flow"] = lambda: flow_loads(module, numpy, seating)
    best = in_turn({name: call(run) for name, run in runs.items()}, 5 if scale == 1 else 1)
    if "flow" in best:
        what = f"fill {len(seating.packets):,} packets of 2 seats with {len(seating.people):,} people, cities uniform"
        yield faster(what, best["ours"], "OR-tools SimpleMinCostFlow", best["flow"])
        ours = Counter(seat.inspector for seat in filled(seating).seats)
        same = sorted(ours.values()) == sorted(flow_loads(module, numpy, seating))
        yield plain("… the loads are those of the flow's optimum", same, "yes" if same else "no", "yes", same)


def flow_loads(module: Any, np: Any, seating: made.Seating) -> list[int]:
    """The loads that are as even as can be: the k-th packet of a person costs 2k − 1, as few such arcs as will do."""
    towns = {city: number for number, city in enumerate(sorted({person.city for person in seating.people}))}
    home = np.array([towns[person.city] for person in seating.people])
    place = np.array([towns.get(min(packet.cities), -1) for packet in seating.packets])
    people, packets, seats = len(home), len(place), seating.pools[0].seats[0].count
    who, where = np.nonzero(home[:, None] != place[None, :])
    most = -(-seats * packets // people) + 1
    source, sink = people + packets, people + packets + 1
    flow = module.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    ones = np.ones(len(who), dtype=np.int64)
    add(
        np.full(people * most, source),
        np.repeat(np.arange(people), most),
        np.ones(people * most, dtype=np.int64),
        np.tile(2 * np.arange(most) + 1, people),
    )
    sits = add(who, people + where, ones, ones - 1)
    add(people + np.arange(packets), np.full(packets, sink), np.full(packets, seats), np.zeros(packets, dtype=np.int64))
    flow.set_node_supply(source, seats * packets)
    flow.set_node_supply(sink, -seats * packets)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow has no optimum")
    loads: list[int] = np.bincount(who[flow.flows(sits) > 0], minlength=people).tolist()
    return loads

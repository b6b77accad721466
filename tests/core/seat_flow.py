"""The problem of the seats as a flow: an oracle for whether a role can be filled, and how evenly at best.

A person takes one seat of a packet at most; the k-th packet of a person costs 2k - 1, so that the costs of a person
with load L add up to the square of L.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from audit_service.core.assignment import Assignment, Stuck
from audit_service.core.frozen import Inspector, Pool, Role
from audit_service.core.packets import Packet
from tests.strategies import Seating


@dataclass(frozen=True)
class Task:
    """One role of one pool: the open seats of its packets, and who may take which."""

    seating: Seating
    pool: Pool
    role: Role

    @property
    def packets(self) -> list[Packet]:
        return [packet for packet in self.seating.packets if packet.pool == self.pool.pool and packet.units]

    @property
    def people(self) -> list[Inspector]:
        own = (self.pool.pool, self.role.role)
        return [person for person in self.seating.people if (person.pool, person.role) == own]

    def open_seats(self, packet: str) -> int:
        kept = [row for row in self.seating.standing if (row.packet, row.role) == (packet, self.role.role)]
        return self.role.count - len(kept)

    def standing_load(self, inspector: str) -> int:
        alive = {packet.packet for packet in self.packets}
        return len([r for r in self.seating.standing if r.inspector == inspector and r.packet in alive])

    def may_take(self, person: Inspector, packet: Packet) -> bool:
        own_city = self.pool.same_city == "forbid" and person.city in packet.cities
        stands = any((r.packet, r.inspector) == (packet.packet, person.inspector) for r in self.seating.standing)
        recused = any(r.inspector == person.inspector and r.unit in packet.units for r in self.seating.recusals)
        return not (own_city or stands or recused)

    def network(self, among: Collection[str]) -> nx.DiGraph:
        """From the source through each person's next loads to the open seats of these packets, and to the sink."""
        packets = [packet for packet in self.packets if packet.packet in among]
        graph = nx.DiGraph()
        graph.add_nodes_from(("source", "sink"))
        for packet in packets:
            graph.add_edge(("packet", packet.packet), "sink", capacity=max(0, self.open_seats(packet.packet)), weight=0)
        for person in self.people:
            start = self.standing_load(person.inspector)
            most = start + len(packets) if person.capacity is None else person.capacity
            for load in range(start, min(most, start + len(packets))):
                step = ("load", person.inspector, load)
                graph.add_edge("source", step, capacity=1, weight=2 * load + 1)
                graph.add_edge(step, ("person", person.inspector), capacity=1, weight=0)
            for packet in packets:
                if self.may_take(person, packet):
                    graph.add_edge(("person", person.inspector), ("packet", packet.packet), capacity=1, weight=0)
        return graph

    def most_seats(self, among: Collection[str]) -> int:
        """How many open seats of these packets all people together can take."""
        return nx.maximum_flow_value(self.network(among), "source", "sink")

    def all_open(self, among: Collection[str]) -> int:
        return sum(max(0, self.open_seats(packet)) for packet in among)

    @property
    def is_feasible(self) -> bool:
        everywhere = [packet.packet for packet in self.packets]
        return self.most_seats(everywhere) == self.all_open(everywhere)

    @property
    def least_squares(self) -> int:
        """The least sum of squares of the loads with which every seat can be filled."""
        graph = self.network([packet.packet for packet in self.packets])
        cost = nx.cost_of_flow(graph, nx.max_flow_min_cost(graph, "source", "sink"))
        return cost + sum(self.standing_load(person.inspector) ** 2 for person in self.people)

    def squares(self, assignment: Assignment) -> int:
        """The sum of squares of the loads that an assignment gives."""
        names = [seat.inspector for seat in assignment.seats]
        return sum(names.count(person.inspector) ** 2 for person in self.people)

    def is_violator(self, proof: Stuck) -> bool:
        """Whether the packets of a proof have more open seats than all people together can take of them."""
        return self.most_seats(proof.packets) < self.all_open(proof.packets)


def tasks(seating: Seating, pool: Pool) -> list[Task]:
    """The roles of a pool, in order."""
    return [Task(seating, pool, role) for role in pool.seats]


def first_infeasible(seating: Seating) -> list[tuple[str, str]]:
    """Of each pool the first role that cannot be filled, if any."""
    stuck = ([task for task in tasks(seating, pool) if not task.is_feasible] for pool in seating.pools)
    return [(found[0].pool.pool, found[0].role.role) for found in stuck if found]

"""Visits that nobody has recorded yet: of samples and of checks beside them.

What is under a seal the office and the team alone learn, the team once it has opened its packet; nobody else's list is
made from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.due import Kind, Waiting
from audit_service.core.outcomes import POSTPONED
from audit_service.core.packets import make_packets
from audit_service.store import draws as draws_store
from audit_service.store import waiting as store
from audit_service.store.rosters import Row
from audit_service.store.waiting import Drawn
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import latest_seats, open_draw, sample_of
from audit_service.use_cases.packets import told_of
from audit_service.use_cases.sampled import SampledUnit, kept, numbers_of, to_visit, to_visit_sealed
from audit_service.use_cases.visited import OUTCOME
from audit_service.vault import Vault


def visits(db: Connection, vault: Vault, inspector: str) -> Iterator[Waiting]:
    """The visits that are still to be recorded: all of them, or those of an inspector's own packets."""
    substituted = store.substituted(db)
    counts = store.visited(db)
    everything = store.drawn(db)
    allocations = store.kept_files(db, ("allocation.csv",))
    for each in everything:
        allocation = allocations.get((each.draw, "allocation.csv"))
        own = substituted.get(each.draw, [])
        if allocation and not each.sealed and _complete(allocation, own, counts[each.draw]):
            continue
        units = _units(db, vault, each, own)
        done = _done(db, vault, each)
        left = [unit for unit in units if unit.unit not in done]
        yield from _own(db, vault, each, left, inspector) if inspector and left else _waiting(db, vault, each, left)
    yield from _checks(db, inspector)


def _complete(allocation: bytes, substitutions: list[Row], settled: int) -> bool:
    """Whether so many outcomes are surely of every unit: those of replaced units are among them."""
    return settled >= sum(numbers_of(allocation).values()) + len(substitutions)


def _units(db: Connection, vault: Vault, each: Drawn, substitutions: Iterable[Row]) -> list[SampledUnit]:
    if each.sealed:
        return to_visit_sealed(db, vault, each.draw, substitutions)
    return to_visit(kept(db, [each.draw])[each.draw], substitutions)


def _done(db: Connection, vault: Vault, each: Drawn) -> set[str]:
    if not each.sealed:
        return store.visited_units(db, each.draw)
    told = happenings.told(db, vault, each.draw, SAMPLE_ROUND, OUTCOME)
    last = {str(each["unit"]): json.loads(each["content"])["said"]["kind"] for each in told}
    return {unit for unit, kind in last.items() if kind != POSTPONED}


def _own(db: Connection, vault: Vault, each: Drawn, left: Iterable[SampledUnit], inspector: str) -> Iterator[Waiting]:
    """An inspector's own; of a packet under a seal that the team has not opened that it waits, not for which units."""
    packets = _packets(db, vault, each.draw, inspector)
    told = told_of(db, vault, each.draw, packets.keys())
    units = {unit for packet in told for unit in packets[packet]}
    yield from _waiting(db, vault, each, [unit for unit in left if unit.unit in units])
    names = {unit.unit for unit in left}
    for packet in sorted(packets.keys() - set(told)):
        if names.intersection(packets[packet]):
            told_alone, day = f"{each.draw}/{packet}", _end_of_year(each)
            yield Waiting(Kind.VISIT, day, told_alone, "", "", each.campaign, each.policy, each.day)


def _end_of_year(each: Drawn) -> str:
    return date(int(each.day[:4]), 12, 31).isoformat()


def _packets(db: Connection, vault: Vault, name: str, inspector: str) -> dict[str, Sequence[str]]:
    """The packets that an inspector is on by the latest assignment, with their units."""
    draw = open_draw(db, name)
    packets = {seat.packet for seat in latest_seats(db, vault, draw) if seat.inspector == inspector}
    if not packets:
        return {}
    substitutions = draws_store.substitutions_of(db, name)
    made = make_packets(draw.programme.public_teams, sample_of(db, vault, draw), substitutions)
    return {packet.packet: packet.units for packet in made if packet.packet in packets}


def _waiting(db: Connection, vault: Vault, each: Drawn, units: Iterable[SampledUnit]) -> Iterator[Waiting]:
    """By the day of the visit that the city was told; where none was told by the end of the draw's year."""
    units = list(units)
    days = _visit_days(db, vault, each.draw) if units else {}
    for unit in units:
        yield Waiting(
            Kind.VISIT,
            days.get(unit.unit, _end_of_year(each)),
            each.draw,
            unit.unit,
            unit.city,
            each.campaign,
            each.policy,
            each.day,
        )


def _visit_days(db: Connection, vault: Vault, draw: str) -> Mapping[str, str]:
    told = happenings.told(db, vault, draw, SAMPLE_ROUND, "release")
    return {str(said["unit"]): str(said["visit"]) for said in told}


def _checks(db: Connection, inspector: str) -> Iterator[Waiting]:
    for row in store.open_checks(db):
        team = frozenset(filter(None, row["team"].split(",")))
        if not inspector or inspector in team:
            told = {name: row[name] for name in ("unit", "city", "campaign", "policy", "running")}
            yield Waiting(Kind.CHECK, row["due_on"], row["occasion"], **told)

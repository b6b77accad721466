"""Packets: the units that one team inspects on one circuit (docs/protocol.md, section 6).

Packets follow from the sample, the substitutions and the teams file alone; no seed of a round and no person has a part
in them. A region's sampled units are lined up city by city and cut into runs of nearly equal length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit_service.core.frozen import PACKETS, Pool, Substitution
from audit_service.core.selection import Sample, SampleUnit


@dataclass(frozen=True)
class Packet:
    """A packet of a pool, with the units that it holds now and their cities. Without units it has no seats."""

    pool: str
    packet: str
    units: tuple[str, ...]
    cities: frozenset[str]


def make_packets(pools: Sequence[Pool], sample: Sample, substitutions: Sequence[Substitution]) -> list[Packet]:
    """Every packet of every pool, in the order in which they are numbered, emptied ones included."""
    now = _units_now(substitutions)
    city_of = dict(zip(sample.frame.units, sample.frame.cities, strict=True))
    return [
        _packet(pool, f"{pool.pool}-{number:03d}", run, now, city_of)
        for pool in pools
        for number, run in enumerate(_runs(pool, sample), start=1)
    ]


def _units_now(substitutions: Sequence[Substitution]) -> dict[str, str]:
    """For each replaced unit its substitute, empty if it has none."""
    return {row.unit: row.substitute for row in substitutions}


def _packet(pool: Pool, name: str, run: Sequence[str], now: dict[str, str], city_of: Mapping[str, str]) -> Packet:
    units = []
    for unit in run:
        held = unit
        while held in now:
            held = now[held]
        if held:
            units.append(held)
    return Packet(pool.pool, name, tuple(units), frozenset(city_of[unit] for unit in units))


def _runs(pool: Pool, sample: Sample) -> Iterator[list[str]]:
    by_city: dict[str, list[SampleUnit]] = {}
    strata = set(pool.strata)
    for row in sample.selected:
        if row.stratum in strata:
            by_city.setdefault(row.city, []).append(row)
    for region in _regions(pool, set(by_city)):
        yield from cut(list(_line(region, by_city)), pool.packet_size)


def _regions(pool: Pool, cities: set[str]) -> list[Sequence[str]]:
    named = {city for region in pool.regions for city in region}
    return [*pool.regions, *([city] for city in sorted(cities - named))]


def _line(region: Sequence[str], by_city: Mapping[str, list[SampleUnit]]) -> Iterator[str]:
    for city in region:
        for row in sorted(by_city.get(city, ()), key=lambda row: row.ticket, reverse=True):
            yield row.unit


def cut(units: Sequence[str], size: int) -> Iterator[list[str]]:
    """Runs of at most `size`, as few as can be, lengths differing by at most one, the longer ones first."""
    runs = (len(units) + size - 1) // size
    start = 0
    for number in range(runs):
        length = len(units) // runs + (number < len(units) % runs)
        yield list(units[start : start + length])
        start += length


def write_packets(packets: Iterable[Packet]) -> bytes:
    """`packets.csv`."""
    return PACKETS.write((packet.pool, packet.packet, unit) for packet in packets for unit in packet.units)

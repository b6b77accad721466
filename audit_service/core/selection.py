"""Which units are sampled (docs/protocol.md, section 5).

In each cell the units stand in ticket order; the first n_c are selected, the rest are reserves in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from audit_service.core import merkle
from audit_service.core.allocation import Cell, allocate, cell_sizes
from audit_service.core.frozen import ALLOCATION, SAMPLE, FrameUnit, Policy
from audit_service.core.tickets import drawer, falling_within, ticket_digests


class SampleUnit(NamedTuple):
    """A unit of the frame with its place in the draw: a row of `sample.csv`. Positions count from 1."""

    stratum: str
    city: str
    unit: str
    position: int
    ticket: str


@dataclass(frozen=True)
class Sample:
    """A drawn sample: every cell, and every unit in ticket order within its cell, cell after cell."""

    seed: str
    cells: tuple[Cell, ...]
    units: tuple[SampleUnit, ...]

    @cached_property
    def sampled_of(self) -> dict[tuple[str, str], int]:
        """n_c by stratum and city."""
        return {(cell.stratum, cell.city): cell.sampled for cell in self.cells}

    @cached_property
    def by_unit(self) -> dict[str, SampleUnit]:
        return {row.unit: row for row in self.units}

    def is_selected(self, row: SampleUnit) -> bool:
        """Whether the unit stands at one of its cell's first n_c positions."""
        return row.position <= self.sampled_of[row.stratum, row.city]

    @cached_property
    def selected(self) -> tuple[SampleUnit, ...]:
        return tuple(row for row in self.units if self.is_selected(row))


def draw_sample(policy: Policy, frame: Sequence[FrameUnit], seed: str) -> Sample:
    """The sample that a seed gives. The order of the frame's rows does not matter (section 5)."""
    cells = allocate(policy, cell_sizes((row.stratum, row.city) for row in frame), drawer(seed))
    number_of = {(cell.stratum, cell.city): number for number, cell in enumerate(cells)}
    groups = np.fromiter((number_of[row.stratum, row.city] for row in frame), dtype=np.intp, count=len(frame))
    digests = ticket_digests([row.unit for row in frame], seed)
    return Sample(
        seed,
        tuple(cells),
        tuple(_positions(frame, groups.tolist(), digests.tobytes().hex(), falling_within(groups, digests).tolist())),
    )


def _positions(
    frame: Sequence[FrameUnit], groups: Sequence[int], tickets: str, order: Sequence[int]
) -> Iterator[SampleUnit]:
    group, position = -1, 0
    for place in order:
        position = position + 1 if groups[place] == group else 1
        group = groups[place]
        row = frame[place]
        yield SampleUnit(row.stratum, row.city, row.unit, position, tickets[place * 64 : place * 64 + 64])


def notice(salt: str, row: SampleUnit, sampled: int) -> bytes:
    """The data of one unit's leaf in the notice tree."""
    return f"{salt}/{row.unit}/{row.stratum}/{row.city}/{row.position}/{sampled}".encode()


def notice_root(frame: Iterable[FrameUnit], sample: Sample, ticket: Callable[[str], str]) -> str:
    """The root of the notice tree over the frame's rows in the frame's order (section 5)."""
    leaves = (
        notice(ticket(f"salt:{row.unit}"), sample.by_unit[row.unit], sample.sampled_of[row.stratum, row.city])
        for row in frame
    )
    return merkle.root(leaves).hex()


def write_allocation(sample: Sample) -> bytes:
    """`allocation.csv`."""
    return ALLOCATION.write((c.stratum, c.city, str(c.units), str(c.sampled)) for c in sample.cells)


def write_sample(sample: Sample) -> bytes:
    """`sample.csv`."""
    return SAMPLE.write((u.stratum, u.city, u.unit, str(u.position), u.ticket) for u in sample.units)


def octo41_files(sample: Sample) -> dict[str, bytes]:
    """For each cell with somebody to select, the two inputs of ICANN's program, by name under `octo41/` (section 5)."""
    units: dict[tuple[str, str], list[str]] = {}
    for row in sample.units:
        units.setdefault((row.stratum, row.city), []).append(row.unit)
    files: dict[str, bytes] = {}
    for cell in sample.cells:
        if cell.sampled:
            name = f"{cell.stratum}/{cell.city}"
            files[f"{name}.candidates"] = _lines(sorted(units[cell.stratum, cell.city]))
            files[f"{name}.selection"] = _lines([str(cell.sampled), sample.seed])
    return files


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()

"""Which units are sampled (docs/protocol.md, section 5).

In each cell the units stand in ticket order; the first n_c are selected, the rest are reserves in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audit_service.core import merkle
from audit_service.core.allocation import Cell, allocate
from audit_service.core.frame import Frame
from audit_service.core.frozen import ALLOCATION, SAMPLE, Policy
from audit_service.core.tickets import Digests, drawer, falling_within, ticket_digests


class SampleUnit(NamedTuple):
    """A unit of the frame with its place in the draw: a row of `sample.csv`. Positions count from 1."""

    stratum: str
    city: str
    unit: str
    position: int
    ticket: str


@dataclass(frozen=True, eq=False)
class Sample:
    """A drawn sample. Units are numbered as in the frame, cells as in `cells`.

    `cell_of` (shape (N,)) gives each unit's cell, `tickets` (N, 32) its ticket, `order` (N,) the units cell after cell
    in ticket order, `position` (N,) each unit's position in its cell, from 1. Rows are made when they are asked for.
    """

    seed: str
    frame: Frame
    cells: tuple[Cell, ...]
    cell_of: NDArray[np.intp]
    tickets: Digests
    order: NDArray[np.intp]
    position: NDArray[np.intp]

    @cached_property
    def sampled_of(self) -> dict[tuple[str, str], int]:
        """n_c by stratum and city."""
        return {(cell.stratum, cell.city): cell.sampled for cell in self.cells}

    @cached_property
    def is_drawn(self) -> NDArray[np.bool_]:
        """For each unit whether it is selected: shape (N,)."""
        sampled = np.fromiter((cell.sampled for cell in self.cells), dtype=np.intp)
        drawn: NDArray[np.bool_] = self.position <= sampled[self.cell_of]
        return drawn

    @cached_property
    def selected_units(self) -> list[str]:
        """The codes of the selected units, cell after cell, in each in ticket order."""
        units = self.frame.units
        return [units[place] for place in self.order[self.is_drawn[self.order]].tolist()]

    @cached_property
    def units(self) -> tuple[SampleUnit, ...]:
        """Every unit, cell after cell, in each in ticket order."""
        return tuple(self._rows(self.order))

    @cached_property
    def selected(self) -> tuple[SampleUnit, ...]:
        """The selected units, cell after cell, in each in ticket order."""
        return tuple(self._rows(self.order[self.is_drawn[self.order]]))

    @property
    def ticket_texts(self) -> list[str]:
        """Each unit's ticket as the protocol writes it, in the frame's order."""
        text = self.tickets.tobytes().hex()
        return [text[place : place + 64] for place in range(0, len(text), 64)]

    @cached_property
    def by_unit(self) -> dict[str, SampleUnit]:
        return {row.unit: row for row in self.units}

    def is_selected(self, row: SampleUnit) -> bool:
        """Whether the unit stands at one of its cell's first n_c positions."""
        return row.position <= self.sampled_of[row.stratum, row.city]

    def _rows(self, places: NDArray[np.intp]) -> Iterator[SampleUnit]:
        frame, tickets = self.frame, self.tickets[places].tobytes().hex()
        for number, (place, position) in enumerate(zip(places.tolist(), self.position[places].tolist(), strict=True)):
            ticket = tickets[number * 64 : number * 64 + 64]
            yield SampleUnit(frame.strata[place], frame.cities[place], frame.units[place], position, ticket)


def draw_sample(policy: Policy, frame: Frame, seed: str) -> Sample:
    """The sample that a seed gives. The order of the frame's rows does not matter (section 5)."""
    names, places = frame.cells
    counts = np.bincount(places).tolist()
    sizes: dict[str, dict[str, int]] = {}
    for (stratum, city), size in zip(names, counts, strict=True):
        sizes.setdefault(stratum, {})[city] = size
    cells = tuple(allocate(policy, sizes, drawer(seed)))
    number_of = {(cell.stratum, cell.city): number for number, cell in enumerate(cells)}
    cell_of = np.array([number_of[name] for name in names], dtype=np.intp)[places]
    digests = ticket_digests(frame.units, seed)
    order = falling_within(cell_of, digests)
    return Sample(seed, frame, cells, cell_of, digests, order, _positions(cells, order))


def _positions(cells: Iterable[Cell], order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each unit's position in its cell, from 1, where `order` runs through the cells one after the other."""
    position = np.empty(len(order), dtype=np.intp)
    start = 0
    for cell in cells:
        position[order[start : start + cell.units]] = np.arange(1, cell.units + 1)
        start += cell.units
    return position


def notice_leaves(sample: Sample) -> Iterator[bytes]:
    """The data of the notice tree's leaves: the frame's rows in the frame's order (section 5)."""
    frame = sample.frame
    salts = ticket_digests([f"salt:{unit}" for unit in frame.units], sample.seed).tobytes().hex()
    names = [f"{cell.stratum}/{cell.city}" for cell in sample.cells]
    sampled = [cell.sampled for cell in sample.cells]
    rows = zip(frame.units, sample.position.tolist(), sample.cell_of.tolist(), strict=True)
    return (
        f"{salts[place * 64 : place * 64 + 64]}/{unit}/{names[cell]}/{position}/{sampled[cell]}".encode()
        for place, (unit, position, cell) in enumerate(rows)
    )


def notice_root(sample: Sample) -> str:
    """The root of the notice tree (section 5)."""
    return merkle.root(notice_leaves(sample)).hex()


def write_allocation(sample: Sample) -> bytes:
    """`allocation.csv`."""
    return ALLOCATION.write((c.stratum, c.city, str(c.units), str(c.sampled)) for c in sample.cells)


def write_sample(sample: Sample) -> bytes:
    """`sample.csv`."""
    frame, positions = sample.frame, map(str, sample.position.tolist())
    return SAMPLE.write(zip(frame.strata, frame.cities, frame.units, positions, sample.ticket_texts, strict=True))


def octo41_files(sample: Sample) -> dict[str, bytes]:
    """For each cell with somebody to select, the two inputs of ICANN's program, by name under `octo41/` (section 5)."""
    units, places = sample.frame.units, iter(sample.order.tolist())
    files: dict[str, bytes] = {}
    for cell in sample.cells:
        own = sorted(units[place] for place in islice(places, cell.units))
        if cell.sampled:
            name = f"{cell.stratum}/{cell.city}"
            files[f"{name}.candidates"] = _lines(own)
            files[f"{name}.selection"] = _lines([str(cell.sampled), sample.seed])
    return files


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()

"""Samples made by hand, for rules that are clearest on units whose order one can see."""

from __future__ import annotations

from audit_service.core.allocation import Cell
from audit_service.core.selection import Sample, SampleUnit


def handmade(ticket_order: str, sampled: dict[str, int]) -> Sample:
    """A sample of the units `stratum/city/unit`, given highest ticket first, and of each cell's number of sampled."""
    names = [tuple(name.split("/")) for name in ticket_order.split()]
    positions: dict[str, int] = {}
    units = []
    for place, (stratum, city, unit) in enumerate(names):
        cell = f"{stratum}/{city}"
        positions[cell] = positions.get(cell, 0) + 1
        units.append(SampleUnit(stratum, city, unit, positions[cell], f"{len(names) - place:064x}"))
    cells = tuple(Cell(*name.split("/"), count, sampled[name]) for name, count in positions.items())
    return Sample("seed", cells, tuple(units))

"""Samples made by hand, for rules that are clearest on units whose order one can see."""

from __future__ import annotations

import numpy as np

from audit_service.core.allocation import Cell
from audit_service.core.frame import Frame
from audit_service.core.selection import Sample


def handmade(ticket_order: str, sampled: dict[str, int]) -> Sample:
    """A sample of the units `stratum/city/unit`, given highest ticket first, and of each cell's number of sampled."""
    names = [tuple(name.split("/")) for name in ticket_order.split()]
    cells = list(dict.fromkeys(f"{stratum}/{city}" for stratum, city, _ in names))
    cell_of = [cells.index(f"{stratum}/{city}") for stratum, city, _ in names]
    tickets = b"".join((len(names) - place).to_bytes(32, "big") for place in range(len(names)))
    return Sample(
        seed="seed",
        frame=Frame.of((unit, stratum, city) for stratum, city, unit in names),
        cells=tuple(Cell(*name.split("/"), cell_of.count(cells.index(name)), sampled[name]) for name in cells),
        cell_of=np.array(cell_of, dtype=np.intp),
        tickets=np.frombuffer(tickets, dtype=np.uint8).reshape(len(names), 32),
        order=np.argsort(cell_of, kind="stable"),
        position=np.array([cell_of[: place + 1].count(cell) for place, cell in enumerate(cell_of)], dtype=np.intp),
    )

"""Why a unit was or was not drawn, in numbers that can be followed by hand (docs/protocol.md, sections 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass

from audit_service.core.allocation import Comb, comb
from audit_service.core.frozen import Policy, Stratum
from audit_service.core.selection import Sample, SampleUnit
from audit_service.core.tickets import drawer


@dataclass(frozen=True)
class CityShare:
    """How a city got its share of a stratum's sample: the place of its first unit on the line, and its teeth."""

    before: int
    units: int
    low: int
    high: int


@dataclass(frozen=True)
class Explanation:
    """A unit's place in a draw, and how its cell's number came about. `line`, `city_units`
    (the cities in their random order with their units) and `share` are of base `stratum` only."""

    row: SampleUnit
    selected: bool
    stratum: Stratum
    stratum_units: int
    stratum_sampled: int
    cell_units: int
    cell_sampled: int
    line: Comb | None
    city_units: tuple[tuple[str, int], ...]
    share: CityShare | None
    last_selected: str
    """The lowest ticket of the cell that was selected; empty if none was."""


def explain(policy: Policy, sample: Sample, unit: str) -> Explanation:
    """The explanation for a unit of the frame. `KeyError` for a unit that is not in it."""
    row = sample.by_unit[unit]
    stratum = next(stratum for stratum in policy.strata if stratum.stratum == row.stratum)
    cells = [cell for cell in sample.cells if cell.stratum == row.stratum]
    own = next(cell for cell in cells if cell.city == row.city)
    sizes = {cell.city: cell.units for cell in cells}
    line = None
    if stratum.base == "stratum":
        line = comb(stratum.stratum, sizes, stratum.rate_bp, drawer(sample.seed))
    chosen = [
        u.ticket for u in sample.units if (u.stratum, u.city) == (row.stratum, row.city) and sample.is_selected(u)
    ]
    return Explanation(
        row=row,
        selected=sample.is_selected(row),
        stratum=stratum,
        stratum_units=sum(sizes.values()),
        stratum_sampled=sum(cell.sampled for cell in cells),
        cell_units=own.units,
        cell_sampled=own.sampled,
        line=line,
        city_units=tuple((city, sizes[city]) for city in line.cities) if line else (),
        share=_share(line, sizes, row.city) if line else None,
        last_selected=min(chosen, default=""),
    )


def _share(line: Comb, sizes: dict[str, int], city: str) -> CityShare:
    before = sum(sizes[other] for other in line.cities[: line.cities.index(city)])
    low, high = (before * line.sampled + line.start, (before + sizes[city]) * line.sampled + line.start)
    return CityShare(before, sizes[city], low // line.units, high // line.units)

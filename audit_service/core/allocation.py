"""How many units of each cell are sampled (docs/protocol.md, section 5).

With base `city` each city's share is rounded up by itself. With base `stratum` the stratum's total is rounded up, and
the cities share it by *systematic sampling with a random start*: lay the stratum's units out on a line, city after
city in random order; put a comb of n teeth, equally spaced, on it at a random start; a city gets as many as teeth
fall on it. So each city gets its share rounded down or up, the total is exact, and no unit's chance depends on its
city.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audit_service.core.frozen import Policy, Stratum
from audit_service.core.tickets import in_ticket_order


@dataclass(frozen=True)
class Cell:
    """A stratum in one city: how many units it has, and how many of them are sampled."""

    stratum: str
    city: str
    units: int
    sampled: int


@dataclass(frozen=True)
class Comb:
    """How a stratum with base `stratum` was shared out: everything that is needed to follow it by hand."""

    units: int
    sampled: int
    start: int
    cities: tuple[str, ...]


def sample_size(units: int, rate_bp: int) -> int:
    """The rate's share of some units, rounded up: the mandated rate is always reached."""
    return (rate_bp * units + 9999) // 10000


def comb(stratum: str, sizes: Mapping[str, int], rate_bp: int, ticket: Callable[[str], str]) -> Comb:
    """Where the comb's teeth lie over a stratum whose cities have these sizes (at least one unit in all)."""
    units = sum(sizes.values())
    return Comb(
        units=units,
        sampled=sample_size(units, rate_bp),
        start=int(ticket(f"start:{stratum}"), 16) % units,
        cities=tuple(in_ticket_order(sizes, lambda city: ticket(f"city:{stratum}:{city}"))),
    )


def teeth_before(line: Comb, place: int) -> int:
    """How many teeth of the comb lie before a place on the line (times N, without the start's own share)."""
    return (place * line.sampled + line.start) // line.units


def allocate_stratum(stratum: Stratum, sizes: Mapping[str, int], ticket: Callable[[str], str]) -> dict[str, int]:
    """How many are sampled in each city of one stratum; `sizes` holds the cities that have units."""
    if stratum.base == "city":
        return {city: sample_size(size, stratum.rate_bp) for city, size in sizes.items()}
    if not sizes:
        return {}
    line = comb(stratum.stratum, sizes, stratum.rate_bp, ticket)
    shares: dict[str, int] = {}
    place = 0
    for city in line.cities:
        shares[city] = teeth_before(line, place + sizes[city]) - teeth_before(line, place)
        place += sizes[city]
    return shares


def allocate(policy: Policy, sizes: Mapping[str, Mapping[str, int]], ticket: Callable[[str], str]) -> Sequence[Cell]:
    """Every cell that has a unit, with its sampled number, in the order of the policy and of the cities' bytes."""
    return [
        Cell(stratum.stratum, city, sizes[stratum.stratum][city], sampled)
        for stratum in policy.strata
        if stratum.stratum in sizes
        for city, sampled in sorted(allocate_stratum(stratum, sizes[stratum.stratum], ticket).items())
    ]

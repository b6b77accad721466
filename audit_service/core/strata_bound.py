"""The upper bound on the marked (failing) units of several strata together: Wendell and Schmee, Exact Inference for
Proportions from a Stratified Finite Population, Journal of the American Statistical Association 91 (1996), 825-830.

Samples are ordered by the stratified estimate, the sum over the strata of units x marked / sampled. A total M is
ruled out if, however the M units are spread over the strata, an estimate as small as the one found or smaller comes
about with a chance of at most the level. The bound is the greatest M that is not ruled out.

Of the spreads only those count that the sample leaves possible; the true one is always among them. Where even these
are too many to look through, only those count in which each stratum by itself is credible, and what that leaves out is
taken off the level (Berger and Boos, Journal of the American Statistical Association 89 (1994), 1012-1016); and they
are looked at in blocks (`spreads`), each by its corner with the fewest marked units, whose chance is the block's
greatest. So no bound is ever too small, and where there are few spreads it is the exact one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from audit_service.core.hypergeometric import least_marked, most_marked
from audit_service.core.spreads import Strip, block_for, greatest_total

SPARED: Final = Fraction(1, 10_000)
"""Of the level, for spreads in which a stratum by itself would be incredible."""
WIDEST: Final = 1 << 62
"""Sums of weights stay below it."""


@dataclass(frozen=True)
class Part:
    """A stratum for one bound: its units and how many were sampled; how many of these are marked for certain, how many
    are counted as marked, and how many may be marked at most."""

    units: int
    sampled: int
    certain: int
    counted: int
    possible: int

    @property
    def most(self) -> int:
        """How many of its units can be marked at most."""
        return self.units - self.sampled + self.possible

    @property
    def is_open(self) -> bool:
        """Whether its sample says something, and not everything."""
        return 0 < self.sampled < self.units

    def credible(self, level: Fraction) -> tuple[int, int]:
        """The least and the greatest number of marked units that the stratum's own sample does not rule out, each at a
        level."""
        low = least_marked(self.units, self.sampled, self.certain, level)
        return low, min(most_marked(self.units, self.sampled, self.counted, level), self.most)


def most_in_all(parts: Sequence[Part], level: Fraction) -> int:
    """The greatest number of marked units in all strata that is not ruled out at a level; never below the exact one."""
    settled = sum(part.most for part in parts if not part.is_open)
    opened = [part for part in parts if part.is_open]
    return settled + (_joint(opened, level) if opened else 0)


def _joint(parts: Sequence[Part], level: Fraction) -> int:
    """The bound of strata that were sampled in part; what is too much to look through together is halved, each half at
    half the level."""
    if len(parts) == 1:
        (part,) = parts
        return min(most_marked(part.units, part.sampled, part.counted, level), part.most)
    for spared in (Fraction(0), SPARED):
        strips = strips_of(parts, spared)
        block = block_for(strips, 1 if not spared else None) if strips else None
        if block:
            return greatest_total(strips, block, level - spared)
    middle = len(parts) // 2
    return _joint(parts[:middle], level / 2) + _joint(parts[middle:], level / 2)


def strips_of(parts: Sequence[Part], spared: Fraction) -> list[Strip]:
    """What is to be looked through of each stratum, the widest last; nothing where its weights would be too large."""
    multiple = lcm(*(part.sampled for part in parts))
    if multiple * sum(part.units for part in parts) >= WIDEST:
        return []
    level = spared / (2 * len(parts))
    found = []
    for part in parts:
        first, end = part.credible(level) if spared else (part.certain, part.most)
        weight = part.units * (multiple // part.sampled)
        found.append(Strip(part.units, part.sampled, part.counted, weight, first, end))
    return sorted(found, key=lambda strip: strip.width)

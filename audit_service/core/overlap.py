"""Whether two samples meet as often as chance has it: how many units both of them drew, beside the exact distribution.

Given the earlier sample, and how many of each cell the later one drew, the later one's choice within a cell is of all
sets alike: how many units of the earlier one it meets there is hypergeometric, and in all cells together the
convolution of these. No assumption is made of how the earlier one came about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from audit_service.core.hypergeometric import ways

REMARKABLE: Final = Fraction(1, 20)
"""A chance, of both sides together, below which an outcome would say something."""


class Meeting(NamedTuple):
    """A cell of the later sample: its units, how many of them the earlier sample drew, and how many the later one."""

    units: int
    earlier: int
    drawn: int


@dataclass(frozen=True)
class Overlap:
    """How many units both samples drew, how many chance would have it on average, and the chances of as many or more
    and of as few or fewer. None for both where no outcome could have been remarkable: it cannot tell."""

    shared: int
    expected: Fraction
    as_many: Fraction | None
    as_few: Fraction | None


def overlap(cells: Iterable[Meeting], shared: int) -> Overlap:
    """Whether samples that share so many units do so more or less than by chance."""
    met = [cell for cell in cells if cell.earlier and cell.drawn]
    counts = outcomes(met)
    expected = sum((Fraction(cell.earlier * cell.drawn, cell.units) for cell in met), Fraction(0))
    whole = sum(counts)
    if not _can_tell(counts, whole):
        return Overlap(shared, expected, None, None)
    many, few = sum(counts[shared:]), sum(counts[: shared + 1])
    return Overlap(shared, expected, Fraction(many, whole), Fraction(few, whole))


def outcomes(cells: Sequence[Meeting]) -> list[int]:
    """In how many ways each number of shared units comes about, from 0 on."""
    counts = [1]
    for cell in cells:
        own = [ways(*cell, found) for found in range(min(cell.earlier, cell.drawn) + 1)]
        counts = _product(counts, own)
    return counts


def _product(first: Sequence[int], second: Sequence[int]) -> list[int]:
    found = [0] * (len(first) + len(second) - 1)
    for place, factor in enumerate(first):
        for other, count in enumerate(second, start=place):
            found[other] += factor * count
    return found


def _can_tell(counts: Sequence[int], whole: int) -> bool:
    """Whether the least or the greatest possible outcome would be remarkable."""
    possible = [count for count in counts if count]
    return 2 * min(possible[0], possible[-1]) < REMARKABLE * whole

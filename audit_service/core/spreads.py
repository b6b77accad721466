"""How marked units may be spread over strata, looked through in blocks (`strata_bound` says what for).

The chance of a small estimate falls with every marked unit in any stratum. So a block of spreads is ruled out by that
one spread, whether there is such a one or not, which has of every stratum the fewest marked units in the block.

Chances are whole numbers: of ways where all of them fit into 62 bits, and otherwise of parts of 2**31, always rounded
up. NumPy adds and multiplies them; no float takes part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import comb, isqrt, prod
from operator import mul
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audit_service.core.hypergeometric import ways

Whole = NDArray[np.int64]
BITS: Final = 31
BUDGET: Final = 150_000_000
"""Products that a bound may take; a tenth of a second or so."""
LEAST: Final = 1 << 7
"""Parts below which a result is not counted by itself."""
ROW: Final = 60
"""Products that take as long as one chance by itself."""
GATHER: Final = 10
"""And as long as looking one up."""
MOST_HELD: Final = 4_000_000
"""Chances held at once; 32 MB."""
FEWEST: Final = 8
"""Blocks of a stratum. Where these are too many for the budget, there are too many strata."""


@dataclass(frozen=True)
class Strip:
    """A stratum of which between `first` and `end` units are marked, and in whose sample `counted` were found.

    Each marked unit of its sample adds `weight` to the estimate (times what the strata's samples have in common).
    It has fewer than 2**16 units, so that no product is too large.
    """

    units: int
    sampled: int
    counted: int
    weight: int
    first: int
    end: int

    @property
    def width(self) -> int:
        return self.end - self.first + 1

    @property
    def spots(self) -> int:
        """About how many results of its sample are likely enough to be counted by themselves."""
        return min(self.sampled + 1, self.width * self.sampled // self.units + 2 * isqrt(11 * self.sampled) + 30)


def block_for(strips: Sequence[Strip], only: int | None) -> int | None:
    """The smallest size of blocks that the budget allows, or whether it allows the `only` one; None where none is."""
    for block in [only] if only else count(1):
        blocks = [-(-strip.width // block) for strip in strips[:-1]]
        spots = [strip.spots for strip in strips]
        rows = [*blocks, strips[-1].width]
        held = _held(blocks, spots)
        if max(held) <= MOST_HELD and _products(held, blocks) + ROW * sum(map(mul, rows, spots)) <= BUDGET:
            return block
        if max(blocks) <= FEWEST:
            return None
    return None


def _held(blocks: Sequence[int], spots: Sequence[int]) -> list[int]:
    """How many chances are held at once when one stratum after the other has been joined, all but the last of them: one
    for each of the blocks so far and each of the likely results of the strata to come."""
    return [prod(blocks[:place]) * prod(spots[place:]) for place in range(1, len(spots))]


def _products(held: Sequence[int], blocks: Sequence[int]) -> int:
    """How many products it takes: to join a stratum, one for each chance held and each of its blocks; then to judge."""
    joined = sum(count * more for count, more in zip(held, blocks[1:], strict=False))
    return GATHER * held[0] + joined + held[-1]


def greatest_total(strips: Sequence[Strip], block: int, limit: Fraction) -> int:
    """The greatest total of marked units that some block does not rule out: in which an estimate as small as the one
    found comes about with a chance of more than `limit`."""
    spreads = _Spreads(strips, block, limit)
    low, high = sum(strip.first for strip in strips), sum(strip.end for strip in strips)
    left = np.arange(len(spreads.fewest))
    while low < high:
        middle = (low + high + 1) // 2
        likely, later = spreads.judge(left, middle)
        if likely.any():
            low, left = middle, left[likely | later]
        else:
            high = middle - 1
    return low


class _Spreads:
    """All blocks, by the fewest and the most marked units that they have in all strata but the last."""

    def __init__(self, strips: Sequence[Strip], block: int, limit: Fraction) -> None:
        self._last = strips[-1]
        marked = [np.arange(strip.first, strip.end + 1, block) for strip in strips[:-1]]
        tops = [np.minimum(low + block - 1, strip.end) for low, strip in zip(marked, strips, strict=False)]
        self.fewest, self._most = _sums(marked), _sums(tops)
        totals = [comb(strip.units, strip.sampled) for strip in strips]
        self._ways = prod(totals) < 1 << 2 * BITS
        rows = [self._rows(strip, low) for strip, low in zip(strips, marked, strict=False)]
        spots, self._of_last = self._rows(self._last, np.arange(self._last.first, self._last.end + 1))
        self._joined = self._join(strips, [*rows, (spots, self._of_last)])
        whole = prod(totals) if self._ways else 1 << 2 * BITS
        self._limit = limit.numerator * whole // limit.denominator

    def judge(self, blocks: Whole, total: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which of the blocks have spreads of this total and do not rule it out; and which have only greater totals."""
        later = total - self.fewest[blocks] < self._last.first
        over = total - self._most[blocks] > self._last.end
        rest = np.maximum(total - self._most[blocks], self._last.first) - self._last.first
        judged = np.flatnonzero(~later & ~over)
        chances = np.einsum("ij,ij->i", self._joined[blocks[judged]], self._of_last[rest[judged]])
        likely = np.zeros(len(blocks), dtype=np.bool_)
        likely[judged] = chances > self._limit
        return likely, later

    def _rows(self, strip: Strip, marked: Whole) -> tuple[Whole, Whole]:
        return _exact_rows(strip, marked) if self._ways else _rounded_rows(strip, marked)

    def _join(self, strips: Sequence[Strip], rows: Sequence[tuple[Whole, Whole]]) -> Whole:
        """For each block and each result of the last stratum's sample: the chance that the others' results leave the
        estimate as small as the one found."""
        left = np.array(sum(strip.weight * strip.counted for strip in strips), dtype=np.int64)
        for strip, (spots, _) in zip(strips[1:], rows[1:], strict=True):
            left = np.subtract.outer(left, strip.weight * spots)
        spots, chances = rows[0]
        up_to = np.concatenate([np.zeros((len(chances), 1), dtype=np.int64), np.cumsum(chances, axis=1)], axis=1)
        joined = up_to[:, np.searchsorted(spots, left // strips[0].weight, side="right")]
        for _, chances in rows[1:-1]:
            flat = joined.reshape(len(joined), chances.shape[1], -1)
            products = np.stack([_weighted(row, flat) for row in chances], axis=1)
            joined = (products if self._ways else _risen(products)).reshape(-1, *joined.shape[2:])
        return joined


def _sums(marked: Sequence[Whole]) -> Whole:
    found = np.zeros(1, dtype=np.int64)
    for low in marked:
        found = np.add.outer(found, low).ravel()
    return found


def _exact_rows(strip: Strip, marked: Whole) -> tuple[Whole, Whole]:
    """Every result of a stratum's sample, and for each number of marked units in how many ways it comes about."""
    spots = range(strip.sampled + 1)
    rows = [[ways(strip.units, number, strip.sampled, spot) for spot in spots] for number in marked.tolist()]
    return np.array(spots, dtype=np.int64), np.array(rows, dtype=np.int64)


def _rounded_rows(strip: Strip, marked: Whole) -> tuple[Whole, Whole]:
    """The likely results of a stratum's sample, 0 always among them, and for each number of marked units their chances
    in parts of 2**31, rounded up.

    A chance follows from its neighbour's, from the likeliest outwards, where it is put at 2**31 parts; each step rounds
    up, so that a weight is too great by at most its distance. What is left out weighs at most `LEAST` parts each, and
    is added to the result 0, where it does most.
    """
    size = strip.sampled
    middle = (size + 1) * (marked + 1) // (strip.units + 2)
    climbed = [*_climb(strip, marked, middle, 1), *_climb(strip, marked, middle, -1)]
    low = min(int(spot.min()) for spot, _ in climbed)
    high = max(int(spot.max()) for spot, _ in climbed)
    weights = np.zeros((len(marked), high - low + 1), dtype=np.int64)
    rows = np.arange(len(marked))
    for spot, weight in climbed:
        weights[rows, spot - low] = np.maximum(weights[rows, spot - low], weight)
    surely = weights.sum(axis=1) - len(climbed) ** 2
    chances = -(-(weights << BITS) // surely[:, None])
    left_out = -(-(size * LEAST << BITS) // surely)
    if low == 0:
        chances[:, 0] += left_out
        return np.arange(high + 1), chances
    spots = np.concatenate([[0], np.arange(low, high + 1)])
    return spots, np.concatenate([left_out[:, None], chances], axis=1)


def _climb(strip: Strip, marked: Whole, spot: Whole, step: int) -> Iterator[tuple[Whole, Whole]]:
    """For each number of marked units a result and its weight, from the likeliest on, upwards or downwards, until all
    weigh little. Beyond the last possible result the weight is 0, and the result stays."""
    weight = np.full(len(marked), 1 << BITS, dtype=np.int64)
    passing = strip.units - marked - strip.sampled
    while weight.max() > LEAST:
        yield spot, weight
        if step > 0:
            up, down = (marked - spot) * (strip.sampled - spot), (spot + 1) * (passing + spot + 1)
        else:
            up, down = spot * (passing + spot), (marked - spot + 1) * (strip.sampled - spot + 1)
        weight = -(-weight * up // down)
        spot = np.clip(spot + step, 0, strip.sampled)


def _weighted(row: Whole, joined: Whole) -> Whole:
    """The sum over a stratum's results, shape (blocks, results, rest) to (blocks, rest); most are of no weight."""
    places = np.flatnonzero(row)
    products: Whole = row[places] @ joined[:, places]
    return products


def _risen(products: Whole) -> Whole:
    """Products of parts, as parts again, rounded up."""
    return -(-products >> BITS)

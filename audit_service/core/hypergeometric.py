"""Drawing without putting back: exact chances as whole numbers of ways, and what they say of what was not drawn.

Of `units` units `marked` are of a kind, `drawn` are drawn at random, all sets of that many being equally likely; the
number of marked ones among them is hypergeometric (Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 6).
A chance is a number of ways over `comb(units, drawn)`: a decision compares whole numbers, never rounded ones.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb


def ways(units: int, marked: int, drawn: int, found: int) -> int:
    """In how many ways exactly `found` marked units are drawn."""
    if not max(0, drawn - (units - marked)) <= found <= min(marked, drawn):
        return 0
    return comb(marked, found) * comb(units - marked, drawn - found)


def is_likelier(units: int, marked: int, drawn: int, found: int, level: Fraction) -> bool:
    """Whether `found` marked units or fewer are drawn with a chance of more than `level`.

    Each term follows from its neighbour, downwards from `found`. No more of them are added up than decide: once they
    fall, all that are left are at most so many of the last one.
    """
    least, start = max(0, drawn - (units - marked)), min(found, marked, drawn)
    limit = level.numerator * comb(units, drawn) // level.denominator
    total, term = 0, ways(units, marked, drawn, start)
    for x in range(start, least - 1, -1):
        total += term
        if total > limit:
            return True
        up, down = x * (units - marked - drawn + x), (marked - x + 1) * (drawn - x + 1)
        if up <= down and total + term * (x - least) <= limit:
            return False
        term = term * up // down
    return False


def most_marked(units: int, drawn: int, found: int, level: Fraction) -> int:
    """The upper bound: the greatest number of marked units with which `found` or fewer of them are drawn with a chance
    of more than `level`. Whatever the number is, the bound is below it with a chance of at most `level`."""
    return last(lambda marked: is_likelier(units, marked, drawn, found, level), found, units - drawn + found)


def least_marked(units: int, drawn: int, found: int, level: Fraction) -> int:
    """The lower bound, which is the upper bound of those that are not marked, seen from the other side."""
    return units - most_marked(units, drawn, drawn - found, level)


def finding(units: int, marked: int, drawn: int) -> Fraction:
    """The chance that at least one marked unit is drawn."""
    return 1 - Fraction(ways(units, marked, drawn, 0), comb(units, drawn))


def drawn_to_find(units: int, marked: int, power: Fraction) -> int:
    """The least number to draw so that at least one of `marked` (≥ 1) units is found with a chance of `power`."""
    return units - last(lambda spared: finding(units, marked, units - spared) >= power, 0, units)


def last(holds: Callable[[int], bool], first: int, end: int) -> int:
    """The last number up to `end` for which something holds that holds for `first`, and once it ceases, ceases."""
    while first < end:
        middle = (first + end + 1) // 2
        if holds(middle):
            first = middle
        else:
            end = middle - 1
    return first

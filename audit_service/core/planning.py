"""Before a draw: how likely a sample is to find what fails, and how large it must be (docs/estimates.md)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from audit_service.core.allocation import sample_size
from audit_service.core.estimates import MOST_UNITS
from audit_service.core.hypergeometric import drawn_to_find, finding
from audit_service.errors import FormError, RuleError


@dataclass(frozen=True)
class Plan:
    """With `sampled` of `units` units, at least one of the `failing` ones is found with this chance."""

    units: int
    failing: int
    sampled: int
    chance: Fraction


def plan(
    units: int, failing: int, *, sampled: int | None = None, rate: int | None = None, power: int | None = None
) -> Plan:
    """By a size, by a rate or by the chance that is wanted, both in per cent: by one of them; `FormError` otherwise."""
    given = sum(each is not None for each in (sampled, rate, power))
    if given != 1:
        raise FormError("plan-one", found=given)
    if sampled is not None:
        return plan_sample(units, failing, sampled)
    if rate is not None:
        return plan_rate(units, failing, rate * 100)
    return plan_power(units, failing, Fraction(power or 0, 100))


def plan_sample(units: int, failing: int, sampled: int) -> Plan:
    """The chance of a sample of this size; `RuleError` for numbers that cannot be."""
    _check(units, failing)
    if not 0 <= sampled <= units:
        raise RuleError("plan-sampled", found=sampled, units=units)
    return Plan(units, failing, sampled, finding(units, failing, sampled))


def plan_rate(units: int, failing: int, rate_bp: int) -> Plan:
    """The chance of the sample that a rate in basis points (1 to 10000) makes of these units."""
    _check(units, failing)
    return plan_sample(units, failing, sample_size(units, rate_bp))


def plan_power(units: int, failing: int, power: Fraction) -> Plan:
    """The least sample whose chance is at least `power` (0 to 1)."""
    _check(units, failing)
    return plan_sample(units, failing, drawn_to_find(units, failing, power))


def _check(units: int, failing: int) -> None:
    if not 1 <= units <= MOST_UNITS:
        raise RuleError("plan-units", found=units, most=MOST_UNITS)
    if not 1 <= failing <= units:
        raise RuleError("plan-failing", found=failing, units=units)

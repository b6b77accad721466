"""What a sample says of the whole: how many units fail, at most and at least, with 95 % each (docs/estimates.md).

A unit that refused is taken for failing in the upper bound, and for passing in the lower one. Every decision compares
whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from audit_service.core.strata_bound import Part, most_in_all
from audit_service.errors import FormError, RuleError

LEVEL: Final = Fraction(1, 20)
"""The chance with which each bound may fail."""
GUARD: Final = 1
"""How many more of a stratum's sampled units the guarded bound takes for failing."""
MOST_UNITS: Final = 20_000
"""Of a stratum."""
MOST_STRATA: Final = 12
STRATUM: Final = "[0-9]{1,9}:[0-9]{1,9}:[0-9]{1,9}(?::[0-9]{1,9})?"
"""How a stratum is written: units, sampled, failed and, where any did, refused."""


@dataclass(frozen=True)
class Stratum:
    """A stratum and what was found in its sample: of `units` `sampled` were visited; of these `failed` failed, and
    `refused` could not be judged because they refused. `RuleError` for numbers that cannot be."""

    units: int
    sampled: int
    failed: int
    refused: int = 0

    def __post_init__(self) -> None:
        told = {"stratum": f"{self.units}:{self.sampled}:{self.failed}:{self.refused}"}
        if not 0 <= self.units <= MOST_UNITS:
            raise RuleError("stratum-units", found=self.units, most=MOST_UNITS, **told)
        if not 0 <= self.sampled <= self.units:
            raise RuleError("stratum-sampled", found=self.sampled, units=self.units, **told)
        if self.failed < 0 or self.refused < 0 or self.failed + self.refused > self.sampled:
            raise RuleError("stratum-failed", found=self.failed + self.refused, sampled=self.sampled, **told)

    @property
    def rate(self) -> Fraction | None:
        """The share of failing units among those that were judged; None where none was."""
        judged = self.sampled - self.refused
        return Fraction(self.failed, judged) if judged else None

    @property
    def failing(self) -> Fraction | None:
        """The estimate of its failing units; None where nothing was judged, and so nothing is known."""
        if not self.units:
            return Fraction(0)
        return None if self.rate is None else self.units * self.rate

    def failing_at_worst(self, guard: int) -> Part:
        """For an upper bound: with those that refused for failing, and `guard` of the sampled that passed too."""
        counted = self.failed + self.refused
        return Part(self.units, self.sampled, self.failed, min(counted + guard, self.sampled), counted)

    def passing_at_worst(self, guard: int) -> Part:
        """For a lower bound, which is an upper one of the units that pass: with those that refused for passing, and
        `guard` of the sampled that failed too."""
        counted = self.sampled - self.failed
        return Part(self.units, self.sampled, counted - self.refused, min(counted + guard, self.sampled), counted)


@dataclass(frozen=True)
class Estimate:
    """How many units of all strata fail: an estimate (None where of some stratum nothing was judged), and bounds of
    95 % each. `upper_guarded` stands where the cities' shares of a sample were rounded (docs/protocol.md, section 5).
    """

    estimate: Fraction | None
    lower: int
    upper: int
    upper_guarded: int


def parse_stratum(text: str) -> Stratum:
    """The stratum that a text `N:n:x` or `N:n:x:r` tells; `FormError` for another form, `RuleError` for numbers that
    cannot be."""
    if not re.fullmatch(STRATUM, text):
        raise FormError("stratum-form", found=text)
    return Stratum(*map(int, text.split(":")))


def estimate(strata: Sequence[Stratum]) -> Estimate:
    """What the samples of one stratum or several say of all their units; `RuleError` for none or too many strata."""
    if not 1 <= len(strata) <= MOST_STRATA:
        raise RuleError("strata-count", found=len(strata), most=MOST_STRATA)
    known = [stratum.failing for stratum in strata if stratum.failing is not None]
    return Estimate(
        estimate=sum(known, Fraction(0)) if len(known) == len(strata) else None,
        lower=_lower(strata, 0),
        upper=most_in_all([stratum.failing_at_worst(0) for stratum in strata], LEVEL),
        upper_guarded=most_in_all([stratum.failing_at_worst(GUARD) for stratum in strata], LEVEL),
    )


def lower_guarded(strata: Sequence[Stratum]) -> int:
    """The lower bound that stands where the cities' shares were rounded, for the sentence that is quoted."""
    return _lower(strata, GUARD)


def _lower(strata: Sequence[Stratum], guard: int) -> int:
    passing = most_in_all([stratum.passing_at_worst(guard) for stratum in strata], LEVEL)
    return sum(stratum.units for stratum in strata) - passing

"""A standard: the areas and criteria by which a unit, or a place that answers for units, is looked at.

A criterion may carry the number that the document asks for (`Measure`), points where the document gives points, and
whether it decides alone (一票否决). Where a document gives no points, its criteria have none: nothing is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from audit_service.core.rules import Label, Rule

OF_UNITS: Final = "unit"
OF_PLACES: Final = "place"
LEAST: Final = "least"
MOST: Final = "most"
PERIODS: Final = ("", "month", "quarter", "half-year", "year")


@dataclass(frozen=True)
class Counts:
    """What the system itself knows of a number: the checks on some grounds, or a report of the unit's."""

    checks: tuple[str, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class Measure:
    """The number that a criterion asks for: at least, or at most, so many of something within a period, if any.

    `value` is exact (`1.5` m² a head, `80` %); `of` is what is counted, with its unit of measure; `counts` what the
    system can count of it by itself.
    """

    bound: str
    value: Decimal
    of: Label
    per: str
    counts: Counts | None = None

    def met_by(self, found: Decimal) -> bool:
        """Whether a number that was found is what is asked for."""
        return found >= self.value if self.bound == LEAST else found <= self.value


@dataclass(frozen=True)
class Criterion:
    """One thing to look at. `number` is the document's own; `points` the most it can give, if it gives any."""

    criterion: str
    number: str
    text: Label
    points: Decimal | None
    veto: bool
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Area:
    """A part of a standard (考评项目), how it is looked at (考评方式), and where it comes from."""

    area: str
    label: Label
    methods: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    rule: Rule


@dataclass(frozen=True)
class Band:
    """From how many points on a unit reaches what."""

    band: str
    label: Label
    least: Decimal
    rule: Rule


@dataclass(frozen=True)
class Standard:
    """A whole standard: of units, or of the places that answer for them; bands come highest first."""

    standard: str
    label: Label
    of: str
    areas: tuple[Area, ...]
    bands: tuple[Band, ...]

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its identifier."""
        return {criterion.criterion: criterion for area in self.areas for criterion in area.criteria}

    @property
    def full(self) -> Decimal | None:
        """All the points that there are; None where the standard gives none."""
        given = [criterion.points for criterion in self.criteria.values() if criterion.points is not None]
        return sum(given, Decimal(0)) if given else None

    def band_of(self, score: Decimal) -> Band | None:
        """The highest band that a score reaches."""
        return next((band for band in self.bands if score >= band.least), None)

"""Figures of a campaign, by city and stratum: listed, excluded, sampled, visited, verdicts, findings, exits.

Every share stands beside the number that it is a share of, and cities in the order of their codes: of one or two
visits nothing is ranked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from audit_service.core.estimates import Stratum
from audit_service.core.outcomes import INSPECTED, REFUSED
from audit_service.errors import RuleError

FAILED: Final = "failed"


class Cell(NamedTuple):
    """A stratum of a city; the empty stratum are checks beside the sample, which no estimate counts."""

    city: str
    stratum: str


class Home(NamedTuple):
    """Where an exit case counts: in the figures of a campaign, or beside all of them (no campaign) in the year in which
    it was opened. Each has one."""

    campaign: str
    year: str


@dataclass
class Figures:
    """The figures of a cell, or of several together. `sampled` is None while it is under seal.

    `unsigned` visits wait for signatures: nothing of them is in the other figures, which count what is signed alone.
    `failed` are the inspected units that failed. `in_time` of the `closed` findings were closed by their deadline;
    `overdue` are with the city and past it. `causes` are the exit cases that were opened, by cause; `exits` how those
    that are decided ended.
    """

    listed: int = 0
    excluded: Counter[str] = field(default_factory=Counter)
    sampled: int | None = 0
    visited: int = 0
    unsigned: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    closed: int = 0
    in_time: int = 0
    overdue: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    exits: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Take the figures of another cell in."""
        self.listed += other.listed
        self.sampled = None if self.sampled is None or other.sampled is None else self.sampled + other.sampled
        self.visited += other.visited
        for name in ("unsigned", "failed", "closed", "in_time", "overdue"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("excluded", "kinds", "verdicts", "findings", "causes", "exits"):
            getattr(self, name).update(getattr(other, name))

    @property
    def cases(self) -> int:
        """How many exit cases were opened."""
        return sum(self.causes.values())

    @property
    def undecided(self) -> int:
        """How many of them are not decided yet."""
        return self.cases - sum(self.exits.values())

    @property
    def judged(self) -> int:
        """How many visits ended with a verdict."""
        return sum(self.verdicts.values())

    @property
    def sample(self) -> Stratum | None:
        """What the sample of a stratum found (`core.estimates`), once every unit of it was judged or refused, and that
        is signed."""
        refused = self.kinds[REFUSED]
        if not self.sampled or self.kinds[INSPECTED] + refused != self.sampled:
            return None
        return Stratum(self.listed - sum(self.excluded.values()), self.sampled, self.failed, refused)


Cells = Mapping[Cell, Figures]


def summed(figures: Iterable[Figures]) -> Figures:
    """Several cells together."""
    found = Figures()
    for each in figures:
        found.add(each)
    return found


def by_city(cells: Cells) -> dict[str, Figures]:
    """The sample's figures of each city, by code; checks beside it are not among them."""
    return _by(cells, lambda cell: cell.city)


def by_stratum(cells: Cells) -> dict[str, Figures]:
    """The sample's figures of each stratum."""
    return _by(cells, lambda cell: cell.stratum)


def samples(cells: Cells, in_cities: Collection[str]) -> dict[str, Stratum]:
    """What the sample found, a stratum each; of one whose rate holds in each city (`in_cities`) a city each, since that
    is what was drawn by itself. `RuleError` naming the strata of which a visit is still to be recorded or signed, or
    sealed."""
    parts: dict[str, list[Figures]] = defaultdict(list)
    for cell, figures in cells.items():
        if cell.stratum and figures.listed > sum(figures.excluded.values()):
            parts[f"{cell.stratum}/{cell.city}" if cell.stratum in in_cities else cell.stratum].append(figures)
    found = {name: summed(parts[name]).sample for name in sorted(parts)}
    missing = [name for name, sample in found.items() if sample is None]
    if missing or not found:
        raise RuleError("estimate-visits-missing", strata=", ".join(missing) or "-")
    return {name: sample for name, sample in found.items() if sample is not None}


def _by(cells: Cells, key: Callable[[Cell], str]) -> dict[str, Figures]:
    grouped: dict[str, list[Figures]] = defaultdict(list)
    for cell, figures in cells.items():
        if cell.stratum:
            grouped[key(cell)].append(figures)
    return {name: summed(grouped[name]) for name in sorted(grouped)}


def whole(cells: Cells) -> Figures:
    """The sample's figures."""
    return summed(figures for cell, figures in cells.items() if cell.stratum)


def beside(cells: Cells) -> Figures:
    """The figures of checks beside the sample."""
    return summed(figures for cell, figures in cells.items() if not cell.stratum)

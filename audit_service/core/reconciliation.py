"""The check of a sampling frame before it is frozen, 抽样框核对表.

In each city, and for each number that the annex orders of it: ordered = listed = in the frame + excluded. Every
exclusion has its ground from the policy's closed list, and a unit is in one stratum. What differs must be explained.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from audit_service.core.canonical import sha256_hex, write_json
from audit_service.core.policy import Programme
from audit_service.core.rules import Attributes

UNSAID: Final = "astray-livelihood-unsaid"
"""Of a unit of which it was not said whether it is a livelihood target, where that decides whether it is drawn."""
Orders = Mapping[str, Mapping[str, int]]
"""By city what the annex orders of it, by target. An empty one is no annex."""


@dataclass(frozen=True)
class Explained:
    """A difference that was explained: how many units more (or, below zero, fewer) were listed than ordered, and why.

    It is one difference, of one annex and one list: `listing` is the digest of the units that were listed. It is empty
    where that was not noted, which settles nothing; None where the number alone counts, as it once did.
    """

    difference: int
    document: str
    day: str
    ordered: int | None
    listing: str | None

    @property
    def listed(self) -> int | None:
        return None if self.ordered is None else self.ordered + self.difference


@dataclass(frozen=True)
class Line:
    """One target of one city: how many units are ordered; which are listed; how many of them can be drawn or not."""

    city: str
    target: str
    ordered: int
    units: tuple[str, ...]
    framed: int
    excluded: int
    explained: Explained | None

    @property
    def listed(self) -> int:
        return len(self.units)

    @property
    def difference(self) -> int:
        """How many more are listed than ordered; below zero, fewer."""
        return self.listed - self.ordered

    @cached_property
    def listing(self) -> str:
        """The digest of the units listed, by which an explanation knows them again."""
        return sha256_hex(write_json(list(self.units)))

    @property
    def settled(self) -> bool:
        """Whether there is no difference, or it is this one that was explained."""
        return self.difference == 0 or self.settling is not None

    @property
    def settling(self) -> Explained | None:
        """What explains the difference that there is."""
        told = self.explained
        return told if self.difference and told and self._is_of_this(told) else None

    @property
    def outdated(self) -> Explained | None:
        """An explanation that was given for other numbers or other units than there are; none where nothing differs."""
        return self.explained if self.difference and self.settling is None else None

    def _is_of_this(self, told: Explained) -> bool:
        """The same units listed and the same difference: then the same number is ordered."""
        return told.difference == self.difference and told.listing in (None, self.listing)


@dataclass(frozen=True)
class Astray:
    """A unit that the policy puts in no one place: `code` says what is wrong, `names` between what."""

    unit: str
    city: str
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Reconciliation:
    """What a roster and an annex come to under a policy."""

    annex: bool
    lines: tuple[Line, ...]
    astray: tuple[Astray, ...]
    exclusions: Mapping[tuple[str, str], int]
    """How many units of a city are excluded on a ground."""

    @property
    def open(self) -> tuple[Line, ...]:
        """The differences that nobody explained; none where there is no annex to differ from."""
        return tuple(line for line in self.lines if not line.settled) if self.annex else ()

    @property
    def agrees(self) -> bool:
        return not self.open and not self.astray

    @cached_property
    def cities(self) -> tuple[str, ...]:
        return tuple(sorted({line.city for line in self.lines}))


def reconcile(
    programme: Programme,
    units: Iterable[Attributes],
    orders: Orders,
    explained: Mapping[tuple[str, str], Explained],
) -> Reconciliation:
    """Hold the roster's units against the annex. `explained` are differences explained so far, by city and target."""
    counted: dict[tuple[str, str], _Count] = defaultdict(_Count)
    exclusions: Counter[tuple[str, str]] = Counter()
    astray: list[Astray] = []
    for unit in units:
        strata, targets = programme.strata_of(unit), programme.targets_of(unit)
        grounds = [programme.ground_of(unit, stratum) for stratum in strata]
        exclusions.update((unit["city"], ground) for ground in grounds if ground)
        astray += _astray(programme, unit, strata, targets)
        for target in targets:
            counted[unit["city"], target].take(unit["unit"], drawn="" in grounds, excluded=any(grounds))
    cities = sorted({city for city, _ in counted} | orders.keys())
    lines = (
        counted[city, target.target].line(city, target.target, orders, explained)
        for city in cities
        for target in programme.targets
    )
    return Reconciliation(bool(orders), tuple(lines), tuple(astray), exclusions)


class _Count:
    """The units of a city that count for a target."""

    def __init__(self) -> None:
        self._units: list[str] = []
        self._framed = self._excluded = 0

    def take(self, unit: str, *, drawn: bool, excluded: bool) -> None:
        self._units.append(unit)
        self._framed += drawn
        self._excluded += excluded

    def line(self, city: str, target: str, orders: Orders, explained: Mapping[tuple[str, str], Explained]) -> Line:
        """What was counted of a city for a target, beside what is ordered and explained of it."""
        return Line(
            city=city,
            target=target,
            ordered=orders.get(city, {}).get(target, 0),
            units=tuple(sorted(self._units)),
            framed=self._framed,
            excluded=self._excluded,
            explained=explained.get((city, target)),
        )


def _astray(programme: Programme, unit: Attributes, strata: list[str], targets: list[str]) -> Iterable[Astray]:
    if len(strata) > 1:
        yield Astray(unit["unit"], unit["city"], "astray-two-strata", tuple(strata))
    if targets and not strata:
        yield Astray(unit["unit"], unit["city"], "astray-no-stratum", tuple(targets))
    undecided = programme.undecided(unit)
    if undecided:
        yield Astray(unit["unit"], unit["city"], UNSAID, tuple(undecided))
    if strata and programme.targets and not targets:
        yield Astray(unit["unit"], unit["city"], "astray-no-target", tuple(strata))

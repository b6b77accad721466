"""How steps were taken in the time that a document gives them (时间节点): too early, in time, or too late.

A stage of a document (考评验收阶段: 9月) has a first day and a last one. A step outside of it stands, and is told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audit_service.core.after import Milestone
from audit_service.core.orders import Taken


class Timing(StrEnum):
    """When a step was taken."""

    EARLY = "early"
    IN_TIME = "in-time"
    LATE = "late"


@dataclass(frozen=True)
class Timed:
    """A unit that took a milestone's step: in which city, on which day, and how that lies to the milestone's time."""

    unit: str
    city: str
    day: str
    timing: Timing


@dataclass(frozen=True)
class Held:
    """A milestone in a year: its days, and who took its step in that year."""

    milestone: Milestone
    since: date | None
    due: date
    units: tuple[Timed, ...]

    def count(self, timing: Timing) -> int:
        """How many units took the step so."""
        return sum(each.timing is timing for each in self.units)


def held(milestones: Sequence[Milestone], policy: str, year: int, taken: Iterable[Taken]) -> tuple[Held, ...]:
    """Each milestone of a policy in a year. Of a unit that took a step more than once (it was sent back) the day counts
    that lies in the milestone's time, else the last."""
    steps = [each for each in taken if each.policy == policy]
    return tuple(_held(milestone, year, [each for each in steps if each.step == milestone.step])
                 for milestone in milestones)  # fmt: skip


def _held(milestone: Milestone, year: int, taken: Iterable[Taken]) -> Held:
    since = date.fromisoformat(f"{year}-{milestone.since}") if milestone.since else None
    due = date.fromisoformat(f"{year}-{milestone.by}")
    best: dict[str, Timed] = {}
    for each in taken:
        found = Timed(each.unit, each.attributes["city"], each.day, _timing(each.day, since, due))
        before = best.get(each.unit)
        if before is None or before.timing is not Timing.IN_TIME:
            best[each.unit] = found
    return Held(milestone, since, due, tuple(sorted(best.values(), key=lambda each: (each.city, each.day, each.unit))))


def _timing(day: str, since: date | None, due: date) -> Timing:
    if since and day < since.isoformat():
        return Timing.EARLY
    return Timing.LATE if day > due.isoformat() else Timing.IN_TIME

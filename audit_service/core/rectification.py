"""Rectification: what becomes of a finding, step by step (docs/rectification.md has the table).

A finding is notified to the city with a deadline (整改通知书), may be dispatched to who answers for it (派单), is
rectified and shown so by the city, rechecked by somebody who did not find it (复查意见书), and closed (销号) or
escalated. A deadline that passes changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from audit_service.core.periods import Clock
from audit_service.core.steps import Said, check_day, check_said
from audit_service.errors import Refused


class FindingState(StrEnum):
    """How far a finding has come."""

    OPEN = "open"
    NOTIFIED = "notified"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    HANDED_IN = "handed-in"
    PASSED = "passed"
    FAILED = "failed"
    ESCALATED = "escalated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


S = FindingState
OFFICE, CITY, INSPECTOR, CASE = "office", "city", "inspector", "case"
"""Who takes a step; `case`: an exit case that ends so. An inspector's the office may record too."""
WITH_THE_CITY: Final = (S.NOTIFIED, S.DISPATCHED, S.ACKNOWLEDGED, S.FAILED, S.ESCALATED)
"""Where the city has to do something by the deadline."""
ENDED: Final = (S.CLOSED, S.WITHDRAWN)
"""A finding is withdrawn by a correction of the outcome that it stands in, and by no step of its own."""
NOT_ENDED: Final = tuple(state for state in S if state not in ENDED)
"""Where something is still to be done about it."""


@dataclass(frozen=True)
class Step:
    """A step: from which states, to which (None: it stays), who takes it, and what it must say."""

    step: str
    sources: tuple[FindingState, ...]
    to: FindingState | None
    by: str
    needs: tuple[str, ...] = ()


_BEFORE_EVIDENCE: Final = (S.NOTIFIED, S.DISPATCHED, S.ACKNOWLEDGED, S.FAILED)
_STEPS: Final = (
    Step("notify", (S.OPEN,), S.NOTIFIED, OFFICE, ("document", "deadline")),
    Step("dispatch", (*_BEFORE_EVIDENCE, S.ESCALATED), S.DISPATCHED, OFFICE, ("person",)),
    Step("acknowledge", (S.DISPATCHED,), S.ACKNOWLEDGED, CITY, ("person",)),
    Step("postpone", WITH_THE_CITY, None, OFFICE, ("document", "deadline", "text")),
    Step("hand-in", (*WITH_THE_CITY, S.HANDED_IN), S.HANDED_IN, CITY, ("text", "files")),
    Step("assign", (S.HANDED_IN,), None, OFFICE, ("person",)),
    Step("recheck-pass", (S.HANDED_IN,), S.PASSED, INSPECTOR, ("document", "person")),
    Step("recheck-fail", (S.HANDED_IN,), S.FAILED, INSPECTOR, ("document", "person", "text", "deadline")),
    Step("close", (S.PASSED,), S.CLOSED, OFFICE),
    Step("escalate", _BEFORE_EVIDENCE, S.ESCALATED, OFFICE, ("document", "text")),
    Step("renew", (*WITH_THE_CITY, S.HANDED_IN, S.OPEN), S.NOTIFIED, CASE, ("document", "deadline")),
)

STEPS: Final[Mapping[str, Step]] = {step.step: step for step in _STEPS}
"""Every step by its name."""
_TELL: Final = ("notify", "dispatch", "postpone", "recheck-fail", "renew")
"""What they say the city learns on the day on which they are recorded, whatever earlier day they name: a deadline that
they set lies behind that day, and runs from it."""
OF_INSPECTORS: Final = ("assign", *(step.step for step in _STEPS if step.by == INSPECTOR))
"""Steps whose person is an inspector: who is named to recheck, and who did."""


@dataclass(frozen=True)
class Finding:
    """A finding and all that was done about it. `deadline` was set on the day `deadline_since`.

    `found_by` are inspectors' codes; `recheck_days` how long a recheck may take, None where no policy says it;
    `rechecker` who is to recheck what was handed in, if somebody was named.
    """

    finding: str
    state: FindingState
    found_by: frozenset[str]
    last_on: str
    deadline: str
    deadline_since: str
    recheck_days: int | None = None
    responsible: str = ""
    rechecks: int = 0
    rechecker: str = ""
    closed_on: str = ""
    document: str = ""
    handed_in_on: str = ""
    failed_on: str = ""
    steps: tuple[Said, ...] = ()

    def due_on(self, clock: Clock) -> str:
        """The next day by which somebody has to do something; empty where nothing is to be done any more."""
        day, since = self.due
        return clock.moved(since, day)

    @property
    def due(self) -> tuple[str, str]:
        """That day as it was set, before any pause, and the day since which pauses move it (empty: none does)."""
        if self.state in ENDED:
            return "", ""
        if self.state is S.HANDED_IN and self.recheck_days is not None:
            return Clock(self.handed_in_on).end(self.handed_in_on, self.recheck_days), self.handed_in_on
        if self.state in (S.HANDED_IN, S.PASSED):
            return self.last_on, ""
        return self.deadline, self.deadline_since

    def ends_on(self, clock: Clock) -> str:
        """The deadline, as the clock has stood meanwhile."""
        return clock.moved(self.deadline_since, self.deadline)

    @property
    def is_failed(self) -> bool:
        """Whether its last recheck failed, and nothing new was handed in since."""
        return bool(self.failed_on) and self.state in WITH_THE_CITY and self.handed_in_on <= self.failed_on

    def is_overdue(self, clock: Clock) -> bool:
        """Whether the city let the deadline pass."""
        return self.state in WITH_THE_CITY and clock.is_over(self.ends_on(clock))


def taken(finding: Finding, said: Said, clock: Clock) -> Finding:
    """The finding after a step that is taken now; `Refused` for one that may not be taken so.

    The last of its steps is the one to keep: of one that tells the city something it says on which day it did.
    """
    step = STEPS[said.step]
    if finding.state not in step.sources:
        found = {"finding": finding.finding, "state": finding.state.value, "states": ", ".join(step.sources)}
        raise Refused("finding-state", step=said.step, **found)
    check_said(said, step.needs)
    check_day(said, finding.last_on, clock.today)
    _check_deadline(finding, said, clock)
    _check_persons(finding, said)
    if said.step == "escalate" and not (finding.state is S.FAILED or finding.is_overdue(clock)):
        raise Refused("finding-not-overdue", finding=finding.finding, deadline=finding.ends_on(clock))
    return after(finding, replace(said, told_on=clock.today) if said.step in _TELL else said)


def _check_deadline(finding: Finding, said: Said, clock: Clock) -> None:
    """A deadline lies ahead of the day on which the city is told of it; a postponed one later than before, as the
    clocks stood."""
    if not said.deadline:
        return
    least = max(clock.today, finding.ends_on(clock)) if said.step == "postpone" else clock.today
    if said.deadline <= least:
        raise Refused("finding-deadline", finding=finding.finding, deadline=said.deadline, least=least)


def _check_persons(finding: Finding, said: Said) -> None:
    """Nobody rechecks what they found themselves."""
    if said.step in OF_INSPECTORS and said.person in finding.found_by:
        raise Refused("recheck-by-finder", finding=finding.finding, inspector=said.person)


def after(finding: Finding, said: Said) -> Finding:
    """What a step makes of a finding; it was found to be allowed when it was taken."""
    state = STEPS[said.step].to or finding.state
    found = replace(finding, state=state, last_on=said.day, steps=(*finding.steps, said), **_changed(finding, said))
    found = replace(found, document=said.document or found.document)
    if "deadline" not in STEPS[said.step].needs or not said.deadline:
        return found
    return replace(found, deadline=said.deadline, deadline_since=said.told_on or said.day)


def _changed(finding: Finding, said: Said) -> dict[str, Any]:
    """What a step changes beside state, document and deadline."""
    changes: dict[str, dict[str, Any]] = {
        "dispatch": {"responsible": said.person},
        "hand-in": {"handed_in_on": said.day, "rechecker": ""},
        "assign": {"rechecker": said.person},
        "recheck-pass": {"rechecks": finding.rechecks + 1},
        "recheck-fail": {"rechecks": finding.rechecks + 1, "failed_on": said.day},
        "close": {"closed_on": said.day},
    }
    return changes.get(said.step, {})


def replayed(finding: Finding, steps: Iterable[Said]) -> Finding:
    """What a finding has come to by the steps that were recorded of it, from how it began."""
    for said in steps:
        finding = after(finding, said)
    return finding

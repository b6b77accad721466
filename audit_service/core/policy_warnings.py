"""What a policy may say and yet hardly means: told by `policy check`, and no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from audit_service.core.after import After
from audit_service.core.policy import Programme
from audit_service.core.standards import OF_PLACES
from audit_service.errors import Problem

_FULL: Final = 100
_NEARLY: Final = 10
"""A standard so near to a hundred points was meant to have a hundred; one that is further away has its own sum."""
_ONE_PER_CENT: Final = 100


def policy_warnings(programme: Programme) -> list[Problem]:
    """Each with its place."""
    after = programme.after
    return [
        *_rates(programme),
        *_states(programme),
        *_points(after),
        *_of_places(after),
        *_severities(after),
        *_consequences(after),
    ]


def _rates(programme: Programme) -> Iterator[Problem]:
    """A rate is in basis points: who writes 15 for 15 % draws 0.15 %."""
    for place, stratum in enumerate(programme.strata):
        if stratum.rate_bp < _ONE_PER_CENT:
            rate, meant = f"{stratum.rate_bp / 100:g}%", stratum.rate_bp * 100
            yield _at(f"/strata/{place}/rate_bp", "policy-rate-small", rate=rate, found=stratum.rate_bp, meant=meant)


def _states(programme: Programme) -> Iterator[Problem]:
    """Orders, quotas and titles go by a unit's life, which begins with the state of its status; or, of units that are
    ordered to register, with that step."""
    after = programme.after
    coming = {
        name for order in after.orders if order.step == "register" for name in dict(order.when.fields).get("status", ())
    }
    if after.orders or after.quotas or after.titles:
        for place, status in enumerate(programme.statuses):
            if not status.state and status.status not in coming:
                yield _at(f"/statuses/{place}", "policy-status-stateless", status=status.status)


def _points(after: After) -> Iterator[Problem]:
    for place, standard in enumerate(after.standards):
        full = standard.full
        if full is not None and full != _FULL and abs(full - _FULL) <= _NEARLY:
            yield _at(f"/standards/{place}", "policy-points-not-hundred", standard=standard.standard, full=f"{full:f}")


def _of_places(after: After) -> Iterator[Problem]:
    """What a place reaches by a standard is known from a report that goes by it, and from nothing else."""
    reported = {report.standard.standard for report in after.reports if report.standard}
    for place, standard in enumerate(after.standards):
        if standard.of == OF_PLACES and standard.standard not in reported:
            yield _at(f"/standards/{place}", "policy-standard-unreported", standard=standard.standard)


def _severities(after: After) -> Iterator[Problem]:
    """Gravest first; a document may well give what is grave more days, so that the order is its author's to know."""
    for place, (first, second) in enumerate(pairwise(after.severities), start=1):
        if second.days < first.days:
            days = {"days": second.days, "before": first.days}
            where = f"/rectification/severities/{place}"
            yield _at(where, "policy-severity-quicker", severity=second.severity, above=first.severity, **days)


def _consequences(after: After) -> Iterator[Problem]:
    """A consequence befalls who has not done what was ordered by the step of a milestone that names it."""
    steps = {*(order.step for order in after.orders), *(quota.step for quota in after.quotas)}
    named = {milestone.consequence for milestone in after.milestones}
    for place, milestone in enumerate(after.milestones):
        if milestone.consequence and milestone.step not in steps:
            where, told = f"/milestones/{place}/step", {"milestone": milestone.milestone, "step": milestone.step}
            yield _at(where, "policy-milestone-idle", consequence=milestone.consequence, **told)
    for place, consequence in enumerate(after.consequences):
        if consequence.consequence not in named:
            yield _at(f"/consequences/{place}", "policy-consequence-idle", consequence=consequence.consequence)


def _at(path: str, code: str, **params: object) -> Problem:
    return Problem(code, {"path": path, **params})

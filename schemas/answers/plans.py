"""Answers about plans that do not fit together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit_service.use_cases.plans import Planned
from schemas.answers.parts import Out, many, text


class VisitOut(Out):
    """A visit that a level plans."""

    level = text()
    day = text()


class PlannedOut(Out):
    """A unit that several levels would visit in a period."""

    unit = text()
    city = text()
    period = text()
    visits = many(VisitOut)


class PlansOut(Out):
    """Every unit that would be visited twice."""

    policy = text()
    twice = many(PlannedOut)


def plans_json(policy: str, found: Iterable[Planned]) -> dict[str, Any]:
    """Every unit that would be visited twice."""
    return {
        "policy": policy,
        "twice": [
            {
                "unit": each.unit,
                "city": each.city,
                "period": each.period,
                "visits": [{"level": level, "day": day} for level, day in each.visits],
            }
            for each in found
        ],
    }

"""What the system itself counts of what a criterion asks for: checks that were recorded, reports that were handed in.

A team sees it in the checklist and the form before it judges. It stands beside the number that a team wrote down, and
decides nothing: where they differ, it is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.outcomes import INSPECTED
from audit_service.core.reporting_periods import first_day, last_day, period_of
from audit_service.core.standards import Counts
from audit_service.store import acts, life_tables, rosters, steps
from audit_service.store.visit_tables import checks, outcomes
from audit_service.use_cases.visits import Visit


class Own(NamedTuple):
    """What the system counts of a number, in which period."""

    period: str
    number: int


Owns = Mapping[str, Sequence[Own | None]]
"""By criterion what the system counts of each number that it asks for; nothing of one that only the team can know."""
Counted = dict[str, str]
"""A criterion, its number as the team wrote it (`said`), and as it is counted here (`own`) of which period."""


def known(db: Connection, visit: Visit, day: date) -> dict[str, list[Own | None]]:
    """What the system counts by itself of what a visit's checklist asks for, as it stands on a day: a team is shown it
    before it judges."""
    found = {}
    for standard in visit.programme.after.standards_of(visit.checklist):
        for name, criterion in standard.criteria.items():
            asked = [measure.counts and (measure.counts, measure.per) for measure in criterion.measures]
            if any(asked):
                found[name] = [_own(db, visit, day, *each) if each else None for each in asked]
    return found


def counted(db: Connection, visit: Visit, day: date, answers: Sequence[Mapping[str, Any]]) -> list[Counted]:
    """The numbers of some answers that the system counts too, as they stand on the day of the visit."""
    numbers = {answer["criterion"]: answer["numbers"] for answer in answers}
    return [
        {"criterion": name, "said": said, "period": own.period, "own": str(own.number)}
        for name, owns in known(db, visit, day).items()
        for own, said in zip(owns, numbers.get(name, ()), strict=False)
        if own
    ]


def _own(db: Connection, visit: Visit, day: date, counts: Counts, per: str) -> Own | None:
    if counts.report:
        return _reports(db, visit, day, counts.report, per)
    period = period_of(day, per)
    return Own(period, _checks(db, visit, day, counts.checks, first_day(period)))


def _checks(db: Connection, visit: Visit, day: date, grounds: Sequence[str], since: date) -> int:
    """Checks of the unit in the period up to the day, with this one."""
    policy, unit = [visit.programme.policy], [visit.whose]
    own = {row["occasion"] for row in rosters.chosen(db, checks, ground=grounds, policy=policy, unit=unit)}
    rows = rosters.chosen(db, outcomes, occasion=own - {visit.occasion}, kind=[INSPECTED])
    before = [row for row in rows if since.isoformat() <= row["inspected_on"] <= day.isoformat()]
    return len(before) + (visit.occasion in own)


def _reports(db: Connection, visit: Visit, day: date, report: str, per: str) -> Own | None:
    """The report of the running period, if it is there, else of the last one that is over; nothing where the unit did
    not live then."""
    running = period_of(day, per)
    last = period_of(first_day(running) - timedelta(days=1), per)
    wanted = {"policy": [visit.programme.policy], "report": [report], "reporter": [visit.whose]}
    there = set(rosters.columns(db, life_tables.reports, ("period",), None, period=[running, last], **wanted))
    if (running,) in there:
        return Own(running, 1)
    began = steps.began(db, [visit.whose], acts.last_number(db)).get(visit.whose)
    if began is None or beijing_day(acts.act_of(db, began).at) > last_day(last):
        return None
    return Own(last, int((last,) in there))

"""What the system itself counts of what a criterion asks for: checks that were recorded, reports that were handed in.

It stands beside the number that a team wrote down, and decides nothing: where they differ, it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.outcomes import INSPECTED
from audit_service.core.reporting_periods import first_day, last_day, period_of
from audit_service.core.standards import Counts
from audit_service.store import acts, life_tables, rosters, steps
from audit_service.store.visit_tables import checks, outcomes
from audit_service.use_cases.visits import Visit

Counted = dict[str, str]
"""A criterion, its number as the team wrote it (`said`), and as it is counted here (`own`) of which period."""


def counted(db: Connection, visit: Visit, day: date, answers: Sequence[Mapping[str, Any]]) -> list[Counted]:
    """The numbers of some answers that the system counts too, as they stand on the day of the visit."""
    numbers = {answer["criterion"]: answer["numbers"] for answer in answers}
    return list(_counted(db, visit, day, numbers))


def _counted(db: Connection, visit: Visit, day: date, numbers: Mapping[str, Sequence[str]]) -> Iterator[Counted]:
    for standard in visit.programme.after.standards_of(visit.checklist):
        for name, criterion in standard.criteria.items():
            for measure, said in zip(criterion.measures, numbers.get(name, ()), strict=False):
                found = _own(db, visit, day, measure.counts, measure.per) if measure.counts else None
                if found:
                    yield {"criterion": name, "said": said, "period": found[0], "own": str(found[1])}


def _own(db: Connection, visit: Visit, day: date, counts: Counts, per: str) -> tuple[str, int] | None:
    if counts.report:
        return _reports(db, visit, day, counts.report, per)
    period = period_of(day, per)
    return period, _checks(db, visit, day, counts.checks, first_day(period))


def _checks(db: Connection, visit: Visit, day: date, grounds: Sequence[str], since: date) -> int:
    """Checks of the unit in the period up to the day, with this one."""
    policy, unit = [visit.programme.policy], [visit.whose]
    own = {row["occasion"] for row in rosters.chosen(db, checks, ground=grounds, policy=policy, unit=unit)}
    rows = rosters.chosen(db, outcomes, occasion=own - {visit.occasion}, kind=[INSPECTED])
    before = [row for row in rows if since.isoformat() <= row["inspected_on"] <= day.isoformat()]
    return len(before) + (visit.occasion in own)


def _reports(db: Connection, visit: Visit, day: date, report: str, per: str) -> tuple[str, int] | None:
    """The report of the running period, if it is there, else of the last one that is over; nothing where the unit did
    not live then."""
    running = period_of(day, per)
    last = period_of(first_day(running) - timedelta(days=1), per)
    wanted = {"policy": [visit.programme.policy], "report": [report], "reporter": [visit.whose]}
    there = set(rosters.columns(db, life_tables.reports, ("period",), None, period=[running, last], **wanted))
    if (running,) in there:
        return running, 1
    began = steps.began(db, [visit.whose], acts.last_number(db)).get(visit.whose)
    if began is None or beijing_day(acts.act_of(db, began).at) > last_day(last):
        return None
    return last, int((last,) in there)

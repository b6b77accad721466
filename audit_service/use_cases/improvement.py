"""Evidence that a unit goes on improving (持续改进), where it is missing: what is due and what may open an exit case
ask here alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from audit_service.core.after import ReportRules
from audit_service.core.life import IN_FORCE
from audit_service.core.reporting_periods import last_day, period_of
from audit_service.core.reports import due_on
from audit_service.store import steps


class Unreported(NamedTuple):
    """A report of a unit that is not there: of which period, due on which day; when the unit was named, if known."""

    report: str
    unit: str
    city: str
    named_on: str
    period: str
    due: str


def unreported(
    db: Connection, policy: str, report: ReportRules, today: date, last: str, unit: str = ""
) -> list[Unreported]:
    """Evidence of improvement that is missing and due up to a day, of units with a title, for each period after the
    year of the naming; of a unit of which nobody knows that day, since last year. Of one unit, if it is named; the city
    is empty of one that the roster has no more."""
    last_year = date(today.year - 1, 1, 1)
    first = steps.first_named(db, policy, IN_FORCE, unit)
    opened = min(date.fromisoformat(first), last_year) if first else last_year
    due = {period: due_on(report, period).isoformat() for period in due_periods(report, opened, last)}
    rows = steps.unreported(db, policy, report.report, list(due), IN_FORCE, unit) if due else []
    known = (row for row in rows if row[2] or last_day(row[3]) >= last_year)
    return [Unreported(report.report, *row, due[row[3]]) for row in known]


def due_periods(report: ReportRules, opened: date, last: str) -> list[str]:
    """The periods of a report, asked for since a day (`opened`), that are due up to another day. Of one that is asked
    for once that is the first: it does not come back with the years."""
    return list(_due_periods(report, opened, last))


def _due_periods(report: ReportRules, day: date, last: str) -> Iterator[str]:
    while due_on(report, period := period_of(day, report.every)).isoformat() <= last:
        yield period
        if report.every == "once":
            return
        day = last_day(period) + timedelta(days=1)

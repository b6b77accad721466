"""What stood at the end of a day: right after the last act before it ended, in Beijing (ADR 15).

Whatever is asked as of a past day is the same whenever it is asked: rosters and reports are versions.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from audit_service.core.reporting_periods import check_period, first_day, last_day
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.use_cases.orders import beginning_of


def at_end_of(db: Connection, day: date) -> int:
    """The last act before a day ended."""
    return acts.last_before(db, beginning_of(day + timedelta(days=1)))


def at_end_of_month(db: Connection, month: str, today: date) -> tuple[date, int]:
    """The last day of a month, and the last act before it ended; of the present one (or of none) today and now.

    `Refused` for a month that has not begun.
    """
    if not month:
        return today, acts.last_number(db)
    if first_day(check_period(month, "month")) > today:
        raise Refused("report-ahead", period=month, today=today)
    day = min(last_day(month), today)
    return day, at_end_of(db, day)


def as_of(db: Connection, day: date | None, today: date) -> tuple[date, int | None]:
    """The day of which somebody asks and the last act before its end; of now (no day) today, and no act.

    `Refused` for a day that lies ahead.
    """
    if day is None:
        return today, None
    if day > today:
        raise Refused("as-of-ahead", day=day, today=today)
    return day, at_end_of(db, day)

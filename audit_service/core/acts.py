"""Who acts, and when: taken once at the entry of a command or request, and handed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Act:
    """One act of one person. `demo` marks what is done under a clock that was set by hand.

    `role` is that of the account that acts, empty in one-office mode, where nobody has one. `request` is the number of
    the act by which this one was asked for, where a second person confirmed it; else 0.
    """

    at: datetime
    by: str
    demo: bool = False
    role: str = ""
    request: int = 0


def in_beijing(moment: datetime) -> datetime:
    """A moment by the clock in Beijing; of what a calendar has no day for, the last moment that there is."""
    try:
        return moment.astimezone(BEIJING)
    except OverflowError:
        return datetime.max.replace(tzinfo=BEIJING)


def beijing_day(moment: datetime) -> date:
    """The day in Beijing, where the offices are."""
    return in_beijing(moment).date()

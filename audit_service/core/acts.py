"""Who acts, and when: taken once at the entry of a command, and handed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Act:
    """One act of one person. `demo` marks what is done under a clock that was set by hand."""

    at: datetime
    by: str
    demo: bool = False


def beijing_day(moment: datetime) -> date:
    """The day in Beijing, where the offices are."""
    return moment.astimezone(BEIJING).date()

"""Periods of a year: `2020`, `2020-H1`, `2020-Q3`, `2020-03`; which day lies in which, and when one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from audit_service.errors import FormError

_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12, "once": 12}
"""How many months a period of each kind has; what is due once is due of a year."""
_WRITTEN: Final = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)
_LETTERS: Final = {"quarter": "Q", "half-year": "H"}


def period_of(day: date, every: str) -> str:
    """The period of a kind in which a day lies."""
    months = _MONTHS[every]
    if months == 12:
        return f"{day.year}"
    if months == 1:
        return f"{day.year}-{day.month:02d}"
    return f"{day.year}-{_LETTERS[every]}{(day.month - 1) // months + 1}"


def check_period(text: str, every: str) -> str:
    """A period of a kind as it was written; `FormError` for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None or period_of(first_day(text), every) != text:
        raise FormError("period-form", found=text, expected=period_of(date(2020, 3, 1), every))
    return text


def first_day(period: str) -> date:
    """The day with which a period begins."""
    found = _WRITTEN.fullmatch(period)
    if found is None:
        raise FormError("period-form", found=period, expected="2020-03")
    month = 1
    if found["half"]:
        month = int(found["half"]) * 6 - 5
    elif found["quarter"]:
        month = int(found["quarter"]) * 3 - 2
    elif found["month"]:
        month = int(found["month"])
    return date(int(found["year"]), month, 1)


def last_day(period: str) -> date:
    """The day with which a period ends."""
    return _month_later(first_day(period), _length(period)) - timedelta(days=1)


def _length(period: str) -> int:
    kind = period[5:6]
    return {"": 12, "H": 6, "Q": 3}.get(kind, 1)


def _month_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1)


def ended(since: date, until: date, every: str) -> Iterator[str]:
    """The periods of a kind that ended on a day or later, and are over on another; in order."""
    day = since
    while last_day(period := period_of(day, every)) < until:
        yield period
        day = last_day(period) + timedelta(days=1)

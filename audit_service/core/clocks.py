"""Clocks that stand while a pause lasts (疫情、汛情): a deadline moves on by the days that were paused while it ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

DAY: Final = timedelta(days=1)


class Pause(NamedTuple):
    """A pause from its first to its last day; `until` is None while it lasts."""

    since: date
    until: date | None


def extend(day: date, pauses: Iterable[Pause], *, today: date, running: date = date.min) -> date:
    """The day to which a deadline has moved by today, of a clock that began to run on a day (`running`).

    The clock counts the days after the one on which it began. A day that several pauses cover is one day; what of a
    pause lies behind the deadline does not move it; a pause that lasts has moved it by its days so far.
    """
    moved = day
    for since, until in _merged(pauses, today):
        first = max(since, running + DAY)
        if first > moved:
            break
        moved += max(until - first + DAY, timedelta(0))
    return moved


def _merged(pauses: Iterable[Pause], today: date) -> Iterator[tuple[date, date]]:
    """The paused days as spans that do not touch, in order."""
    spans = sorted((pause.since, today if pause.until is None else pause.until) for pause in pauses)
    open_span: tuple[date, date] | None = None
    for since, until in spans:
        if until < since:
            continue
        if open_span is None:
            open_span = since, until
        elif since <= open_span[1] + DAY:
            open_span = open_span[0], max(open_span[1], until)
        else:
            yield open_span
            open_span = since, until
    if open_span:
        yield open_span

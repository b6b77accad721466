"""Clocks stand while a pause lasts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.clocks import Pause, extend

FIRST = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(number))
pauses = st.lists(st.builds(Pause, days, st.none() | days), max_size=4)


def by_hand(day: date, found: list[Pause], today: date, running: date) -> date:
    """Count the days one after the other: the clock runs on each that no pause covers."""
    left, now = (day - running).days, running
    while left > 0:
        now += timedelta(1)
        left -= not any(pause.since <= now <= (pause.until or today) for pause in found)
    return now if (day - running).days > 0 else day


@given(days, pauses, days, days)
def test_a_deadline_moves_by_the_days_that_were_paused_while_its_clock_ran(
    day: date, found: list[Pause], today: date, running: date
) -> None:
    if running < day:
        assert extend(day, found, today=today, running=running) == by_hand(day, found, today, running)


def test_a_pause_that_lasts_moves_a_deadline_day_by_day() -> None:
    flood = Pause(date(2026, 7, 10), None)
    moved = [extend(date(2026, 7, 12), [flood], today=date(2026, 7, day)) for day in (9, 10, 11)]
    assert moved == [date(2026, 7, 12), date(2026, 7, 13), date(2026, 7, 14)]


def test_a_pause_behind_the_deadline_or_before_the_clock_began_does_not_move_it() -> None:
    day, today = date(2026, 7, 12), date(2026, 9, 1)
    assert extend(day, [Pause(date(2026, 7, 13), date(2026, 7, 20))], today=today) == day
    assert extend(day, [Pause(date(2026, 7, 1), date(2026, 7, 5))], today=today, running=date(2026, 7, 5)) == day
    assert extend(day, [Pause(date(2026, 7, 5), date(2026, 7, 1))], today=today) == day

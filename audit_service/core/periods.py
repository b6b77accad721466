"""Days by which something is due, as the clocks stood meanwhile, and the three colours that say how near they are.

Days are ISO text, as they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from audit_service.core.after import Warning
from audit_service.core.clocks import Pause, extend
from audit_service.core.colours import Colour, colour_of


@dataclass(frozen=True)
class Clock:
    """How time passes for a unit: today's day, and the pauses in which its clocks stood or still stand."""

    today: str
    pauses: Sequence[Pause] = ()

    def end(self, since: str, days: int) -> str:
        """The last day of a period of so many days after a day."""
        return self.moved(since, (date.fromisoformat(since) + timedelta(days=days)).isoformat())

    def moved(self, since: str, until: str) -> str:
        """A deadline that was set on a day, moved on by the days on which the clocks have stood since; as it is where
        there is none, or no clock runs (`since` is empty)."""
        if not (self.pauses and since and until):
            return until
        began, ends, today = map(date.fromisoformat, (since, until, self.today))
        return extend(ends, self.pauses, today=today, running=began).isoformat()

    @property
    def stands(self) -> bool:
        """Whether a pause lasts."""
        return any(pause.until is None for pause in self.pauses)

    def is_over(self, day: str) -> bool:
        """Whether a day is over; the empty one, by which nothing is due, never is."""
        return bool(day) and day < self.today


@dataclass(frozen=True)
class Stop:
    """A pause: of which campaign (empty: all) and in which cities (none: everywhere) the clocks stood."""

    campaign: str
    cities: frozenset[str]
    pause: Pause

    def covers(self, campaign: str, city: str) -> bool:
        """Whether it stops the clocks of a campaign in a city."""
        return self.campaign in ("", campaign) and (not self.cities or city in self.cities)


def clock_of(stops: Iterable[Stop], campaign: str, city: str, today: str) -> Clock:
    """How time has passed by a day for units of a city, as to a campaign: for everybody who shows a deadline."""
    return Clock(today, tuple(stop.pause for stop in stops if stop.covers(campaign, city)))


def colour(warning: Warning | None, due_on: str, clock: Clock, *, runs: bool) -> str:
    """The colour of something that is due on a day, wherever it is shown; nothing where nothing is due.

    Green with more days left than the warning's `yellow`, red with fewer than its `red`; without a warning red once it
    is over. While the clock stands by which it `runs`, it is green.
    """
    if not due_on:
        return ""
    if runs and clock.stands:
        return Colour.GREEN
    return colour_of(date.fromisoformat(due_on), date.fromisoformat(clock.today), warning)

"""Days by which something is due, as the clocks stood meanwhile, and the three colours that say how near they are.

Days are ISO text, as they are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from audit_service.core.after import Warning
from audit_service.core.clocks import Pause, extend
from audit_service.core.colours import colour_of


@dataclass(frozen=True)
class Clock:
    """How time passes for a unit: today's day, and the pauses in which its clocks stood or still stand."""

    today: str
    pauses: Sequence[Pause] = ()

    def end(self, since: str, days: int) -> str:
        """The last day of a period of so many days after a day."""
        return self.moved(since, (date.fromisoformat(since) + timedelta(days=days)).isoformat())

    def moved(self, since: str, until: str) -> str:
        """A deadline that was set on a day, moved on by the days on which the clocks have stood since."""
        if not self.pauses:
            return until
        began, ends, today = map(date.fromisoformat, (since, until, self.today))
        return extend(ends, self.pauses, today=today, running=began).isoformat()

    def is_over(self, day: str) -> bool:
        """Whether a day is over; the empty one, by which nothing is due, never is."""
        return bool(day) and day < self.today


def colour(warning: Warning | None, due_on: str, today: str) -> str:
    """The colour of something that is due on a day; nothing where nothing is due, or the policy has no colours.

    Green with more days left than the warning's `yellow`, red with fewer than its `red`, and so red when it is over.
    """
    if not due_on or warning is None:
        return ""
    return colour_of(date.fromisoformat(due_on), date.fromisoformat(today), warning)

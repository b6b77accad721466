"""What requests say about statistics."""

from __future__ import annotations

from schemas.asks.bodies import Ask, maybe_text, name


class MonthAsk(Ask):
    """As of the end of which month; of now where none is named."""

    month = maybe_text(7)


class StatisticsAsk(MonthAsk):
    """Of which campaign."""

    campaign = name()

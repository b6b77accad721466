"""What requests say about statistics."""

from __future__ import annotations

from schemas.asks.bodies import Ask, maybe_text, name


class StatisticsAsk(Ask):
    """Of which campaign, as of the end of which month; of now where none is named."""

    campaign = name()
    month = maybe_text(7)

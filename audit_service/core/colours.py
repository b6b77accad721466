"""Three colours by the days to a deadline (三色预警)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from audit_service.core.after import Warning


class Colour(StrEnum):
    """How near a deadline is."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


COLOURS: Final = (Colour.RED, Colour.YELLOW, Colour.GREEN)
"""The most urgent first."""


def colour_of(due: date, today: date, warning: Warning | None) -> Colour:
    """The colour of a deadline on a day: by the policy's days, or without any red alone once it is over."""
    left = (due - today).days
    if left < (warning.red if warning else 0):
        return Colour.RED
    return Colour.YELLOW if warning and left <= warning.yellow else Colour.GREEN

"""A unit's life: its states, and the steps that lead from one to another (docs/life.md has the table).

A step is taken by somebody who may, by a document, on a day; it is an act, and so in the log. Nothing else changes a
state: a title whose time is over lapses when the office records it, and a title is revoked at the end of an exit case
alone. Policies name states and steps; which of them a document closes, and how long a title holds, stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LifeState(StrEnum):
    """Where a unit stands."""

    NOTHING = ""
    REGISTERED = "registered"
    BUILDING = "building"
    SELF_ASSESSED = "self-assessed"
    APPLIED = "applied"
    ASSESSED = "assessed"
    NAMED = "named"
    RE_EVALUATION = "re-evaluation"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    NOT_TO_BE_NAMED = "not-to-be-named"
    MERGED = "merged"
    """Its division is gone; the title went with it into another one, or nowhere."""


_BEFORE: Final = (
    *(LifeState.REGISTERED, LifeState.BUILDING, LifeState.SELF_ASSESSED, LifeState.APPLIED, LifeState.ASSESSED),
)
_TITLED: Final = (LifeState.NAMED, LifeState.RE_EVALUATION, LifeState.LAPSED)
_ENDED: Final = (LifeState.REVOKED, LifeState.SURRENDERED, LifeState.MERGED)


@dataclass(frozen=True)
class Step:
    """A step: from which states, to which (None: it stays), and what it does to the title.

    `title` is `grant`, `renew`, `end` or nothing. `by_case`: only the end of an exit case takes it, with two persons of
    two institutions. `city`: the unit's city may record it, not the office alone.
    """

    step: str
    sources: tuple[LifeState, ...]
    to: LifeState | None
    title: str = ""
    by_case: bool = False
    city: bool = False


_STEPS: Final = (
    Step("register", (LifeState.NOTHING,), LifeState.REGISTERED, city=True),
    Step("start", (LifeState.REGISTERED,), LifeState.BUILDING, city=True),
    Step("self-assess", (LifeState.BUILDING,), LifeState.SELF_ASSESSED, city=True),
    Step("apply", (LifeState.SELF_ASSESSED,), LifeState.APPLIED, city=True),
    Step("assess", (LifeState.APPLIED,), LifeState.ASSESSED),
    Step("send-back", (LifeState.SELF_ASSESSED, LifeState.APPLIED, LifeState.ASSESSED), LifeState.BUILDING),
    Step("name", (LifeState.ASSESSED,), LifeState.NAMED, title="grant"),
    Step("check", _TITLED, None),
    Step("re-evaluate", (LifeState.NAMED, LifeState.LAPSED), LifeState.RE_EVALUATION),
    Step("postpone", (LifeState.NAMED, LifeState.RE_EVALUATION), None),
    Step("re-name", (LifeState.RE_EVALUATION,), LifeState.NAMED, title="renew"),
    Step("lapse", (LifeState.NAMED, LifeState.RE_EVALUATION), LifeState.LAPSED),
    Step("surrender", _TITLED, LifeState.SURRENDERED, title="end"),
    Step("revoke", _TITLED, LifeState.REVOKED, title="end", by_case=True),
    Step("not-to-be-named", _BEFORE, LifeState.NOT_TO_BE_NAMED),
    Step("rename", (*_BEFORE, *_TITLED), None),
    Step("merge", (*_BEFORE, *_TITLED), LifeState.MERGED, title="end"),
    Step("receive", (LifeState.NOTHING, *_BEFORE, *_TITLED), LifeState.NAMED, title="grant"),
    Step("recall-plaque", _ENDED, None),
)

STEPS: Final[Mapping[str, Step]] = {step.step: step for step in _STEPS}
"""Every step by its name."""

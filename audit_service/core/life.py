"""A unit's life: its states, and the steps that lead from one to another (docs/life.md has the table).

A step is taken by somebody who may, by a document, on a day; it is an act, and so in the log. Nothing else changes a
state: a title whose time is over lapses when the office records it, and a title is revoked at the end of an exit case
alone. Policies name states and steps; which of them a document closes, and how long a title holds, stands there.
What a step needs, and what it leads to, is in `core.life_steps`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
    """Its division is gone, or has another code; the title went with it into another one, or nowhere, or waits: an
    exit case decides whether the division into which it went is named."""


BEFORE: Final = (
    *(LifeState.REGISTERED, LifeState.BUILDING, LifeState.SELF_ASSESSED, LifeState.APPLIED, LifeState.ASSESSED),
)
"""On the way to a title."""
IN_FORCE: Final = (LifeState.NAMED, LifeState.RE_EVALUATION)
TITLED: Final = (*IN_FORCE, LifeState.LAPSED)
ENDED: Final = (LifeState.REVOKED, LifeState.SURRENDERED, LifeState.NOT_TO_BE_NAMED, LifeState.MERGED)


@dataclass(frozen=True)
class Step:
    """A step: from which states, to which (None: it stays), and what it does to the title.

    `title` is `grant`, `renew`, `end`, `carry` (what it was elsewhere), or nothing. `told`: the act tells the state to
    which it leads. `by_case`: only the end of an exit case takes it, with two persons of two institutions. `city`: the
    unit's city may record it, not the office alone. `own`: it has an act of its own, and is not taken as others are.
    `waiting`: it is taken of a unit alone whose title waits for what an exit case decides.
    """

    step: str
    sources: tuple[LifeState, ...]
    to: LifeState | None
    title: str = ""
    told: bool = False
    by_case: bool = False
    city: bool = False
    own: bool = False
    waiting: bool = False


_STEPS: Final = (
    Step("adopt", (LifeState.NOTHING,), None, title="carry", told=True, own=True),
    Step("register", (LifeState.NOTHING,), LifeState.REGISTERED, city=True),
    Step("start", (LifeState.REGISTERED,), LifeState.BUILDING, city=True),
    Step("self-assess", (LifeState.BUILDING,), LifeState.SELF_ASSESSED, city=True),
    Step("apply", (LifeState.SELF_ASSESSED,), LifeState.APPLIED, city=True),
    Step("assess", (LifeState.APPLIED,), LifeState.ASSESSED),
    Step("send-back", (LifeState.SELF_ASSESSED, LifeState.APPLIED, LifeState.ASSESSED), LifeState.BUILDING),
    Step("name", (LifeState.ASSESSED,), LifeState.NAMED, title="grant"),
    Step("check", TITLED, None),
    Step("re-evaluate", (LifeState.NAMED, LifeState.LAPSED), LifeState.RE_EVALUATION),
    Step("postpone", IN_FORCE, None),
    Step("re-name", (LifeState.RE_EVALUATION,), LifeState.NAMED, title="renew"),
    Step("lapse", IN_FORCE, LifeState.LAPSED),
    Step("surrender", TITLED, LifeState.SURRENDERED, title="end", city=True),
    Step("revoke", TITLED, LifeState.REVOKED, title="end", by_case=True, own=True),
    Step("not-to-be-named", BEFORE, LifeState.NOT_TO_BE_NAMED),
    Step("rename", (*BEFORE, *TITLED), None, own=True),
    Step("recode", (*BEFORE, *TITLED), LifeState.MERGED, title="end", own=True),
    Step("merge", (*BEFORE, *TITLED), LifeState.MERGED, title="end", own=True),
    Step("merge-unbuilt", (*BEFORE, *TITLED), LifeState.NOT_TO_BE_NAMED, title="end", own=True),
    Step("merge-undecided", IN_FORCE, LifeState.MERGED, own=True),
    Step("merge-unnamed", (LifeState.MERGED,), LifeState.NOT_TO_BE_NAMED, title="end", own=True, waiting=True),
    Step("merge-transfer", (LifeState.MERGED,), None, title="end", own=True, waiting=True),
    Step("receive", (LifeState.NOTHING, *BEFORE, LifeState.LAPSED), LifeState.NAMED, title="grant", own=True),
    Step("succeed", (LifeState.NOTHING,), None, title="carry", told=True, own=True),
    Step("recall-plaque", (*ENDED, LifeState.LAPSED), None),
    Step("award", (*BEFORE, *TITLED), None),
)

STEPS: Final[Mapping[str, Step]] = {step.step: step for step in _STEPS}
"""Every step by its name."""


@dataclass(frozen=True)
class Standing:
    """Where a unit stands in its life and what title it holds; days are text, empty where there is none.

    `since` is the day of the last step that changed the state, `document` that of the last step; `successor` the unit
    into which a merged one went, or under whose code it lives on.
    """

    policy: str = ""
    state: LifeState = LifeState.NOTHING
    since: str = ""
    title: str = ""
    named_on: str = ""
    valid_until: str = ""
    checked_on: str = ""
    re_evaluate_by: str = ""
    plaque_recalled_on: str = ""
    successor: str = ""
    document: str = ""


@dataclass(frozen=True)
class Facts:
    """What a step says: its day and document, and what only some steps need. Kept with the act, whole.

    `state` is where an adopted or succeeding unit stands, `since` since when, if that is known; `other` the unit
    into which, or from which, something went, `name` what it is called from now on.
    `started_on`, `score` and the two reviews belong to a self-assessment, `hurried` is `yes` of one that came too soon
    after the start, `unknown` where no start was recorded; `unreviewed` says of an application whose review is missing.
    `declared_by` is who said for the unit that it gives up its title, `scan` the SHA-256 of the paper.
    `case` is the exit case at whose end this was done, `request` the number of the act by which one
    institution asked for what another confirmed. `award` is the policy's that was given.
    """

    on: str
    document: str = ""
    policy: str = ""
    state: str = ""
    since: str = ""
    title: str = ""
    named_on: str = ""
    valid_until: str = ""
    checked_on: str = ""
    re_evaluate_by: str = ""
    other: str = ""
    name: str = ""
    started_on: str = ""
    score: str = ""
    county_review: str = ""
    city_review: str = ""
    hurried: str = ""
    unreviewed: str = ""
    declared_by: str = ""
    scan: str = ""
    case: str = ""
    request: str = ""
    award: str = ""
    reason: str = ""

    def said(self) -> dict[str, str]:
        """What of it says something, by name."""
        return {name: value for name, value in asdict(self).items() if value}


NOT_BORN: Final = Standing()
"""Of a unit that was never taken into life."""

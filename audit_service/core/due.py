"""What is due: rows of what waits for a day, as items of one list, with a colour each.

A deadline that passes changes nothing; it makes a red entry here, and stays one until somebody acts (ADR 15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from audit_service.core.after import TitleRules, Warning
from audit_service.core.colours import Colour
from audit_service.core.life import LifeState
from audit_service.core.life_steps import check_by
from audit_service.core.periods import Clock, Stop, clock_of, colour
from audit_service.core.rights import Role
from audit_service.core.rules import Label, Rule


class Kind(StrEnum):
    """What is to be done."""

    VISIT = "visit"
    CHECK = "check"
    SIGN = "sign"
    ANSWER = "answer"
    DEVIATION = "deviation"
    NOTIFY = "notify"
    RECTIFY = "rectify"
    RECHECK = "recheck"
    CLOSE = "close"
    DEFENCE = "defence"
    PUBLICATION = "publication"
    CANDIDATE = "candidate"
    CASE = "case"
    PLAQUE = "plaque"
    LAPSE = "lapse"
    TITLE_CHECK = "title-check"
    RE_EVALUATION = "re-evaluation"
    REVEAL = "reveal"
    REPORT = "report"
    MILESTONE = "milestone"
    REQUEST = "request"


FOR: Final[Mapping[Role, frozenset[Kind]]] = {
    Role.PROVINCE: frozenset(Kind),
    Role.SECOND_OFFICER: frozenset({Kind.REVEAL, Kind.REQUEST}),
    Role.AUDITOR: frozenset({Kind.REVEAL, Kind.REQUEST}),
    Role.CITY: frozenset(
        {
            *(Kind.RECTIFY, Kind.DEFENCE, Kind.PUBLICATION, Kind.LAPSE, Kind.RE_EVALUATION),
            *(Kind.REPORT, Kind.MILESTONE),
        }
    ),
    Role.INSPECTOR: frozenset({Kind.VISIT, Kind.CHECK, Kind.SIGN, Kind.RECHECK}),
    Role.ADMINISTRATOR: frozenset(),
}
"""Which kinds a role is told of: the office of all, everybody else of what is theirs to do or to watch."""

SETTLED: Final = (Kind.DEVIATION, Kind.REPORT, Kind.MILESTONE)
"""What stays on the list until the office records that it was seen to, or given up: nothing else could end it."""
_OF_FINDINGS: Final = {"open": Kind.NOTIFY, "handed-in": Kind.RECHECK, "passed": Kind.CLOSE}
_OF_CASES: Final = {"notified": Kind.DEFENCE, "published": Kind.PUBLICATION}


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a day. `running` is the day on which its clock began, empty where no pause moves it; an
    exit case comes with its day as it moved, and says by itself whether its clock stands (`paused`). `occasion` is
    what it was found or opened on, `ended` how the life of its unit ended, if it did; `left` how many of what is
    ordered are still to do, or of a unit's reports missing. `signer` has not signed; `label` and `rules` are
    what is to follow by the policy, and where that stands; `own` is the digest of the policy file that is kept for it,
    if one is."""

    kind: Kind
    day: str
    subject: str
    unit: str = ""
    city: str = ""
    campaign: str = ""
    policy: str = ""
    running: str = ""
    occasion: str = ""
    paused: bool = False
    ended: str = ""
    left: int = 0
    own: str = ""
    signer: str = ""
    label: Label | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """By what the office records that it was settled."""
        return self.kind.value, self.policy, self.city, self.unit, self.subject


@dataclass(frozen=True)
class Item:
    """An entry of the list: by which day, as clocks have stood so far; `paused` while they stand. `ended` is how the
    life of its unit ended: what is wrong there is to be put right all the same."""

    kind: Kind
    day: date
    colour: Colour
    subject: str
    unit: str
    city: str
    policy: str
    paused: bool
    ended: str
    left: int = 0
    signer: str = ""
    label: Label | None = None
    rules: tuple[Rule, ...] = ()


def finding_kind(state: str) -> Kind:
    """What is to be done about a finding: whatever the city has before it is to be rectified."""
    return _OF_FINDINGS.get(state, Kind.RECTIFY)


def case_kind(state: str) -> Kind:
    """What is to be done in an exit case; what has no period of its own waits for its next step."""
    return _OF_CASES.get(state, Kind.CASE)


def items(
    waiting: Iterable[Waiting],
    warning: Callable[[str, str, str], Warning | None],
    stops: Sequence[Stop],
    today: date,
    within: int,
) -> list[Item]:
    """What is due up to so many days from today, what is overdue first; `warning` says by occasion, policy and file by
    how many days the colours go."""
    last = (today + timedelta(days=within)).isoformat()
    clocks = cache(lambda campaign, city: clock_of(stops, campaign, city, today.isoformat()))
    found = [_item(each, warning, clocks) for each in waiting if each.day and each.day <= last]
    near = [item for item in found if item.day.isoformat() <= last]
    return sorted(near, key=lambda item: (item.day, item.kind, item.city, item.subject, item.unit, item.signer))


def _item(
    each: Waiting, warning: Callable[[str, str, str], Warning | None], clocks: Callable[[str, str], Clock]
) -> Item:
    clock = clocks(each.campaign, each.city)
    day = clock.moved(each.running, each.day)
    paused = each.paused or (bool(each.running) and clock.stands)
    days = warning(each.occasion, each.policy, each.own)
    shown = Colour.GREEN if paused else Colour(colour(days, day, clock, runs=False))
    where = each.subject, each.unit, each.city, each.policy
    moved = date.fromisoformat(day)
    return Item(each.kind, moved, shown, *where, paused, each.ended, each.left, each.signer, each.label, each.rules)


def of_title(
    standing: Mapping[str, str], city: str, rules: Callable[[str, str], TitleRules | None]
) -> Iterable[Waiting]:
    """What is due of a title: its sampled check, its re-evaluation, its end."""
    unit, policy, state = standing["unit"], standing["policy"], standing["state"]

    def waiting(kind: Kind, day: str) -> Waiting:
        return Waiting(kind, day, standing["title"], unit, city, policy=policy)

    yield waiting(Kind.LAPSE, standing["valid_until"])
    if state == LifeState.NAMED:
        yield waiting(Kind.RE_EVALUATION, standing["re_evaluate_by"])
    until = check_by(rules(policy, standing["title"]), standing["named_on"], standing["checked_on"])
    if until:
        yield waiting(Kind.TITLE_CHECK, until)

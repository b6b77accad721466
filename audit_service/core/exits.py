"""The exit mechanism (退出机制): what becomes of an exit case, step by step (docs/exit.md has the table).

A case is opened for a cause that is there. The unit's city is told and may answer (陈述申辩), officers propose, review
and sign what is to happen, or a meeting decides it, and it is published for objections (公示). Only then does the
commission's document (撤销命名通知) take the title away. Officers record decisions here, and make none; nothing ends by
itself. What a case was opened under (periods, ways to end) it keeps, whatever becomes of the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from audit_service.core.periods import Clock
from audit_service.core.steps import Said, check_day, check_said
from audit_service.errors import Refused


class CaseState(StrEnum):
    """How far an exit case has come; the last ones say how it ended."""

    OPENED = "opened"
    NOTIFIED = "notified"
    HEARD = "heard"
    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    PUBLISHED = "published"
    REVOKED = "revoked"
    PLAQUE_RECALLED = "plaque-recalled"
    DELISTED = "delisted"
    NOT_TO_BE_NAMED = "not-to-be-named"
    RECTIFY_AGAIN = "rectify-again"
    DISMISSED = "dismissed"


S = CaseState
REVOKED, NOT_TO_BE_NAMED, RECTIFY_AGAIN, DISMISSED = "revoked", "not-to-be-named", "rectify-again", "dismissed"
AGAINST: Final = (REVOKED, NOT_TO_BE_NAMED)
"""Endings that take something from the unit, and so are published first."""
OVER: Final = (S.DELISTED, S.NOT_TO_BE_NAMED, S.RECTIFY_AGAIN, S.DISMISSED)
"""Where nothing is left to do."""
DECIDED: Final = (S.REVOKED, S.PLAQUE_RECALLED, *OVER)
OFFICE, CITY, TWO = "office", "city", "two"
"""Who takes a step; `two`: the office asks for it, and a second person of another institution confirms it."""


@dataclass(frozen=True)
class Step:
    """A step: from which states, to which (None: it stays), who takes it, and what it must and what else it may say.

    `ending` is the one that must have been decided for it; empty where it does not matter.
    """

    step: str
    sources: tuple[CaseState, ...]
    to: CaseState | None
    by: str
    needs: tuple[str, ...] = ()
    ending: str = ""
    may: tuple[str, ...] = ()


_TO_PROPOSE: Final = (S.OPENED, S.NOTIFIED, S.HEARD)
_TO_RETURN: Final = (S.PROPOSED, S.REVIEWED, S.SIGNED, S.PUBLISHED)
_BEGIN_PERIODS: Final = ("notify", "publish")
"""Their periods run from the day on which they are recorded: from then on the city can answer, and the office cannot
have let a period pass by naming an earlier day."""
_BY_PAPER: Final = ("document", "person", "files")
_STEPS: Final = (
    Step("notify", (S.OPENED,), S.NOTIFIED, OFFICE, ("document",)),
    Step("defend", (S.NOTIFIED, S.HEARD), S.HEARD, CITY, ("text",)),
    Step("waive", (S.NOTIFIED,), S.HEARD, OFFICE),
    Step("propose", _TO_PROPOSE, S.PROPOSED, OFFICE, ("person", "ending", "text")),
    Step("review", (S.PROPOSED,), S.REVIEWED, OFFICE, ("person", "text")),
    Step("sign", (S.REVIEWED,), S.SIGNED, OFFICE, _BY_PAPER),
    Step("meet", (*_TO_PROPOSE, S.PROPOSED, S.REVIEWED), S.SIGNED, OFFICE, (*_BY_PAPER, "ending", "text")),
    Step("return", _TO_RETURN, None, OFFICE, ("text",)),
    Step("publish", (S.SIGNED,), S.PUBLISHED, OFFICE, ("document",)),
    Step("object", (S.PUBLISHED,), None, OFFICE, ("text",)),
    Step("answer", (S.PUBLISHED,), None, OFFICE, ("number", "document", "text")),
    Step("revoke", (S.PUBLISHED,), S.REVOKED, TWO, ("document", "files", "request"), REVOKED),
    Step("recall-plaque", (S.REVOKED,), S.PLAQUE_RECALLED, OFFICE, ("text",)),
    Step("delist", (S.PLAQUE_RECALLED,), S.DELISTED, OFFICE, ("document",)),
    Step("not-to-be-named", (S.PUBLISHED,), S.NOT_TO_BE_NAMED, OFFICE, ("document", "files"), NOT_TO_BE_NAMED),
    Step("rectify-again", (S.SIGNED,), S.RECTIFY_AGAIN, OFFICE, ("document", "deadline"), RECTIFY_AGAIN, ("findings",)),
    Step("dismiss", (S.SIGNED,), S.DISMISSED, OFFICE, ("document",), DISMISSED),
)

STEPS: Final[Mapping[str, Step]] = {step.step: step for step in _STEPS}
"""Every step by its name."""


@dataclass(frozen=True)
class Case:
    """An exit case: when it was opened, the periods and endings of the policy at that time, and the steps since.

    `notified_on` and `published_on` are the days from which its two periods run; `heard`: a defence was handed in, or
    declared waived. `ending` is what was proposed or decided, `persons` who did so since the case was last returned.
    `objections` counts them, `answers` says which of them were answered.
    """

    case: str
    opened_on: str
    defence_days: int
    publication_days: int
    endings: tuple[str, ...]
    state: CaseState = S.OPENED
    last_on: str = ""
    notified_on: str = ""
    heard: bool = False
    published_on: str = ""
    ending: str = ""
    persons: tuple[str, ...] = ()
    objections: int = 0
    answers: frozenset[int] = frozenset()
    document: str = ""
    steps: tuple[Said, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in OVER

    def defence_until(self, clock: Clock) -> str:
        """The last day of the defence period; empty before it began."""
        return clock.end(self.notified_on, self.defence_days) if self.notified_on else ""

    def objections_until(self, clock: Clock) -> str:
        """The last day on which objections are taken; empty before the publication."""
        return clock.end(self.published_on, self.publication_days) if self.published_on else ""

    def due_on(self, clock: Clock) -> str:
        """The day on which the next step is due: the end of a running period, else the day of the last step, since
        what waits for the office alone waits from then on. Empty where nothing is left to do."""
        if not self.is_open:
            return ""
        if self.state in (S.NOTIFIED, S.HEARD):
            return max(self.defence_until(clock), self.last_on)
        if self.state is S.PUBLISHED:
            return self.objections_until(clock)
        return self.last_on

    @property
    def runs(self) -> bool:
        """Whether what is due is the end of a period, which a pause moves."""
        return self.state in (S.NOTIFIED, S.HEARD, S.PUBLISHED)

    @property
    def unanswered(self) -> list[int]:
        """Objections that nobody has answered yet, by number."""
        return [number for number in range(1, self.objections + 1) if number not in self.answers]


def opened(
    case: str, opened_on: str, defence_days: int, publication_days: int, endings: Iterable[str], document: str = ""
) -> Case:
    """A case as it begins, by a document if there is one."""
    terms = defence_days, publication_days, tuple(endings)
    return Case(case, opened_on, *terms, last_on=opened_on, document=document)


def taken(case: Case, said: Said, clock: Clock) -> Case:
    """The case after a step that is taken now; `Refused` for one that may not be taken so.

    The last of its steps is the one to keep: of a notice and a publication it says from when their periods run.
    """
    step = STEPS[said.step]
    if case.state not in step.sources:
        states = ", ".join(step.sources)
        raise Refused("case-state", case=case.case, step=said.step, state=case.state.value, states=states)
    check_said(said, step.needs)
    check_day(said, case.last_on, clock.today)
    if step.ending and step.ending != case.ending:
        raise Refused("case-ending-other", case=case.case, step=said.step, ending=case.ending)
    _check_ending(case, said, clock)
    _check_periods(case, said, clock)
    _check_persons(case, said)
    _check_objections(case, said)
    return after(case, replace(said, told_on=clock.today) if said.step in _BEGIN_PERIODS else said)


def _check_ending(case: Case, said: Said, clock: Clock) -> None:
    """An ending is one of the trigger's; what goes against the unit needs that it was heard, and only that is
    published. A new deadline lies ahead of the day on which it is recorded."""
    if said.ending and said.ending not in case.endings:
        raise Refused("case-ending-none", case=case.case, ending=said.ending, endings=", ".join(case.endings))
    if said.ending and said.ending != DISMISSED and not case.heard:
        raise Refused("case-not-heard", case=case.case, ending=said.ending)
    if said.step == "publish" and case.ending not in AGAINST:
        raise Refused("case-not-published", case=case.case, ending=case.ending)
    if said.deadline and said.deadline <= clock.today:
        raise Refused("case-deadline", case=case.case, deadline=said.deadline, day=clock.today)


def _check_periods(case: Case, said: Said, clock: Clock) -> None:
    """Nothing is decided against a unit before its periods are over; objections are taken until then."""
    defence, publication = case.defence_until(clock), case.objections_until(clock)
    if said.step == "waive" or (said.ending and said.ending != DISMISSED):
        _check_over(case, said, defence)
    if said.step in ("revoke", "not-to-be-named"):
        _check_over(case, said, publication)
    if said.step == "object" and said.day > publication:
        raise Refused("case-objection-late", case=case.case, day=said.day, until=publication)


def _check_over(case: Case, said: Said, until: str) -> None:
    if said.day <= until:
        raise Refused("case-period", case=case.case, step=said.step, day=said.day, until=until)


def _check_persons(case: Case, said: Said) -> None:
    """Who proposes, who reviews and who signs are three persons."""
    if said.step in ("review", "sign") and _alike(said.person) in map(_alike, case.persons):
        raise Refused("case-same-person", case=case.case, step=said.step)


def _alike(name: str) -> str:
    return "".join(name.split()).casefold()


def _check_objections(case: Case, said: Said) -> None:
    """Each objection is answered once, before the case goes on."""
    if said.step == "answer" and said.number not in case.unanswered:
        raise Refused("case-objection-none", case=case.case, number=said.number)
    if said.step in ("revoke", "not-to-be-named", "return") and case.unanswered:
        numbers = ", ".join(map(str, case.unanswered))
        raise Refused("case-objections-open", case=case.case, numbers=numbers)


def after(case: Case, said: Said) -> Case:
    """What a step makes of a case; it was found to be allowed when it was taken."""
    state = STEPS[said.step].to or case.state
    plain = {"state": state, "last_on": said.day, "steps": (*case.steps, said)}
    found = replace(case, **{**plain, **_changed(case, said)})
    return replace(found, document=said.document or found.document)


def _changed(case: Case, said: Said) -> dict[str, Any]:
    """What a step changes beside state and document; one that is returned goes back to where it is proposed what is to
    happen, and who was heard need not be heard again."""
    before = S.HEARD if case.heard else S.NOTIFIED if case.notified_on else S.OPENED
    changes: dict[str, dict[str, Any]] = {
        "notify": {"notified_on": said.told_on or said.day},
        "defend": {"heard": True},
        "waive": {"heard": True},
        "propose": {"ending": said.ending, "persons": (said.person,)},
        "review": {"persons": (*case.persons, said.person)},
        "sign": {"persons": (*case.persons, said.person)},
        "meet": {"ending": said.ending, "persons": (said.person,)},
        "return": {"state": before, "ending": "", "persons": (), "published_on": ""},
        "publish": {"published_on": said.told_on or said.day},
        "object": {"objections": case.objections + 1},
        "answer": {"answers": case.answers | {said.number}},
    }
    return changes.get(said.step, {})


def replayed(case: Case, steps: Iterable[Said]) -> Case:
    """What a case has come to by the steps that were recorded of it, from how it was opened."""
    for said in steps:
        case = after(case, said)
    return case

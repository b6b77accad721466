"""A small standard made by hand, with what a standard can have; and what follows under a policy that has all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from audit_service.core.after import After, Deviation, Rectification, Severity, VerdictRule, VerdictWhen
from audit_service.core.outcomes import INSPECTED, Answer, Said
from audit_service.core.rules import Label, Rule
from audit_service.core.standards import LEAST, MOST, Area, Band, Criterion, Measure, Standard

NAMED: Final = Label("名称", "name")
CHOSEN: Final = Rule("", "", Label("由办公室确定", "the office's choice"))
DAY: Final = date(2026, 7, 20)


def criterion(name: str, points: str = "", *, veto: bool = False, measures: tuple[Measure, ...] = ()) -> Criterion:
    return Criterion(name, name, NAMED, Decimal(points) if points else None, veto, measures)


DRILLS: Final = Measure(LEAST, Decimal(4), NAMED, "year")
DEATHS: Final = Measure(MOST, Decimal(0), NAMED, "year")
AREA: Final = Area("plans", NAMED, ("查阅资料", "实地走访"), (
    criterion("files", "60"),
    criterion("drills", "40", measures=(DRILLS,)),
), CHOSEN)  # fmt: skip
PLAIN: Final = Area("plain", NAMED, (), (
    criterion("rooms"),
    criterion("deaths", veto=True, measures=(DEATHS,)),
), CHOSEN)  # fmt: skip
STANDARD: Final = Standard("made", NAMED, "unit", (AREA, PLAIN), (Band("good", NAMED, Decimal(90), CHOSEN),))


def when(verdict: str, **conditions: object) -> VerdictRule:
    return VerdictRule(verdict, replace(VerdictWhen(), **conditions), CHOSEN)


AFTER: Final = After(
    standards=(STANDARD,),
    checklists=(("*", ("made",)),),
    verdicts=(
        when("failed", kinds=("refused",)),
        when("failed", vetoes=1),
        when("failed", score_below=7000),
        when("rectify", findings=1),
        when("rectify", unmet=1),
        when("passed"),
    ),
    rectification=Rectification(
        (Severity("major", NAMED, 15, CHOSEN), Severity("general", NAMED, 30, CHOSEN)), 15, CHOSEN
    ),
    deviation=Deviation(1000, True, NAMED, CHOSEN),
)
ALL_WELL: Final = (
    Answer("files", off=Decimal(0)),
    Answer("drills", numbers=(Decimal(6),)),
    Answer("rooms", "met"),
    Answer("deaths", numbers=(Decimal(0),)),
)


def said(*changed: Answer, **more: object) -> Said:
    """Everything well, but for these answers."""
    others = {answer.criterion: answer for answer in changed}
    return replace(Said(INSPECTED, DAY, answers=tuple(others.get(a.criterion, a) for a in ALL_WELL)), **more)

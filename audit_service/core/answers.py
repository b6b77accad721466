"""One criterion: what was said of it, what follows from it, and what is missing or wrong.

Whether it is met follows from the points that were taken off, else from the numbers found. Who says it otherwise than
the numbers gives the reason; so does who takes points off, or leaves a number out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from audit_service.core.outcomes import MET, NOT_APPLICABLE, NOT_MET, PARTLY, Answer
from audit_service.core.standards import Criterion
from audit_service.errors import Problem

NOTHING: Final = Decimal(0)


def settle(criterion: Criterion, answer: Answer) -> tuple[Answer, list[Problem]]:
    """An answer with what follows from it (state, points off, points that remain), and all that is wrong in it."""
    off, faults = _points_off(criterion, answer)
    by_number = _by_numbers(criterion, answer)
    state = answer.state or _by_points(criterion, off) or by_number
    if state in (MET, NOT_APPLICABLE) and off:
        faults.append(_fault("answer-met-off", criterion, off=off))
    if not state:
        faults = faults or [_fault("answer-missing", criterion)]
    elif state != NOT_APPLICABLE:
        faults += _of_numbers(criterion, answer, state, by_number)
        off, wrong = _points_of_state(criterion, state, off)
        faults += wrong
    if off and not answer.reason.strip():
        faults.append(_fault("answer-reason", criterion, off=off))
    got = criterion.points - off if criterion.points is not None and off is not None else None
    return replace(answer, state=state, off=off, got=None if state == NOT_APPLICABLE else got), faults


def _fault(code: str, criterion: Criterion, **params: object) -> Problem:
    return Problem(code, {"criterion": criterion.number or criterion.criterion, **params})


def _points_off(criterion: Criterion, answer: Answer) -> tuple[Decimal | None, list[Problem]]:
    """The points taken off as they were said, or as they follow from those that remain."""
    off, got, points = answer.off, answer.got, criterion.points
    if points is None:
        return None, [_fault("answer-points-none", criterion)] if off or got is not None else []
    fine = next((said for said in (off, got) if said is not None and said != round(said, 2)), None)
    if fine is not None:
        return None, [_fault("answer-points-fine", criterion, found=fine)]
    if off is None and got is not None:
        if not NOTHING <= got <= points:
            return None, [_fault("answer-got-range", criterion, got=got, points=points)]
        off = points - got
    elif off is not None and got is not None and off + got != points:
        return None, [_fault("answer-points-sum", criterion, off=off, got=got, points=points)]
    if off is not None and not NOTHING <= off <= points:
        return None, [_fault("answer-points-range", criterion, off=off, points=points)]
    return off, []


def _by_points(criterion: Criterion, off: Decimal | None) -> str:
    if off is None or criterion.points is None:
        return ""
    return MET if off == NOTHING else NOT_MET if off == criterion.points else PARTLY


def _by_numbers(criterion: Criterion, answer: Answer) -> str:
    """Met where every number is what is asked for, not met where one is not; nothing while one is missing."""
    pairs = list(zip(criterion.measures, answer.numbers, strict=False))
    if any(number is not None and not measure.met_by(number) for measure, number in pairs):
        return NOT_MET
    known = [number for _, number in pairs if number is not None]
    return MET if criterion.measures and len(known) == len(criterion.measures) else ""


def _of_numbers(criterion: Criterion, answer: Answer, state: str, by_number: str) -> Iterator[Problem]:
    count = len(criterion.measures)
    if len(answer.numbers) > count:
        yield _fault("answer-numbers-many", criterion, found=len(answer.numbers), count=count)
    missing = count - sum(number is not None for number in answer.numbers[:count])
    if missing > 0 and not answer.reason.strip():
        yield _fault("answer-number-missing", criterion, count=count, found=count - missing)
    if by_number and (state == MET) != (by_number == MET) and not answer.reason.strip():
        yield _fault("answer-against-number", criterion, said=state, follows=by_number)


def _points_of_state(criterion: Criterion, state: str, off: Decimal | None) -> tuple[Decimal | None, list[Problem]]:
    """The points that a state alone says: none where it is met, all where it is not."""
    if criterion.points is None:
        return None, [_fault("answer-partly", criterion)] if state == PARTLY else []
    if state == PARTLY and off in (None, NOTHING, criterion.points):
        return off, [_fault("answer-partly", criterion)]
    if state == NOT_MET and off == NOTHING:
        return off, [_fault("answer-not-met-off", criterion)]
    if off is None:
        return NOTHING if state == MET else criterion.points, []
    return off, []

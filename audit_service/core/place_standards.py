"""What a report says by a standard of places: each criterion, judged as a unit's criteria are (`core.answers`).

A report is text by field. Of a criterion `coverage` it says in `coverage` the number that was found (several with a
semicolon between), or a state; in `coverage.off` the points that are off, where it gives points; in `coverage.reason`
why, where that is needed. Beside them `coverage.state` is kept: what followed when it was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from audit_service.core.answers import settle
from audit_service.core.judging import score_of
from audit_service.core.labels import squeezed
from audit_service.core.outcomes import MET, NOT_APPLICABLE, NOT_MET, PARTLY, STATES, Answer, written
from audit_service.core.standards import Band, Criterion, Standard
from audit_service.errors import Problem

OFF: Final = ".off"
REASON: Final = ".reason"
STATE: Final = ".state"
_BETWEEN: Final = re.compile(r"[;；]")
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_STATES: Final = {
    **{state: state for state in STATES},
    **{"符合": MET, "部分符合": PARTLY, "不符合": NOT_MET, "不适用": NOT_APPLICABLE},
    **{"是": MET, "yes": MET, "否": NOT_MET, "no": NOT_MET},
}


@dataclass(frozen=True)
class Reached:
    """What a place reaches: each criterion with its state, the score in hundredths of a point, and its band."""

    answers: tuple[Answer, ...]
    score: int | None
    band: Band | None

    @property
    def unmet(self) -> tuple[Answer, ...]:
        """The criteria that are not met, or not wholly."""
        return tuple(answer for answer in self.answers if answer.state in (NOT_MET, PARTLY))


def said_of(standard: Standard) -> list[str]:
    """The fields by which a report says what a place reaches."""
    return [
        field
        for name, criterion in standard.criteria.items()
        for field in (name, *((name + OFF,) if criterion.points is not None else ()), name + REASON)
    ]


def read_answers(standard: Standard, said: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """What is said of each criterion in its one form, with the state that follows; and everything that is wrong."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, criterion in standard.criteria.items():
        answer, wrong = _read(criterion, said)
        if not wrong:
            answer, wrong = settle(criterion, answer)
        problems += wrong
        found |= {name: _text(answer, said.get(name, "")), name + STATE: answer.state}
        found |= {name + OFF: written(answer.off)} if answer.off is not None else {}
        found |= {name + REASON: answer.reason} if answer.reason else {}
    return found, problems


def reached(standard: Standard, said: Mapping[str, str]) -> Reached:
    """What a report said when it was handed in. A criterion that came into the standard later is not there."""
    answers = []
    for name, criterion in standard.criteria.items():
        if said.get(name + STATE):
            answer, _ = settle(criterion, _read(criterion, said)[0])
            answers.append(replace(answer, state=said[name + STATE]))
    by_name = {answer.criterion: answer for answer in answers}
    score = score_of([c for name, c in standard.criteria.items() if name in by_name], by_name)
    return Reached(tuple(answers), score, standard.band_of(Decimal(score) / 100) if score is not None else None)


def _read(criterion: Criterion, said: Mapping[str, str]) -> tuple[Answer, list[Problem]]:
    """What is said of a criterion; and what of it can be read as neither a state nor numbers."""
    name = criterion.criterion
    text, off, reason = (said.get(name + part, "").strip() for part in ("", OFF, REASON))
    state = _STATES.get(squeezed(text), "")
    numbers = [_number(part) for part in _BETWEEN.split(text)] if text and not state else []
    wrong = [_form(criterion, text)] if None in numbers or (numbers and not criterion.measures) else []
    points = _number(off) if off else None
    wrong += [_form(criterion, off)] if off and points is None else []
    return Answer(name, state, tuple(numbers), points, reason=reason), wrong


def _number(text: str) -> Decimal | None:
    bare = squeezed(text).replace(",", "").removesuffix("%")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def _form(criterion: Criterion, found: str) -> Problem:
    name, count = criterion.number or criterion.criterion, len(criterion.measures)
    return Problem("report-answer-form", {"criterion": name, "found": found[:40], "count": count})


def _text(answer: Answer, said: str) -> str:
    """Numbers and states as they are kept: exact, and in one language."""
    if answer.numbers:
        return "; ".join(written(number) for number in answer.numbers if number is not None)
    return answer.state if said.strip() else ""

"""What a team says of a unit that it was sent to, and how that is kept: as plain JSON, numbers exact and as text.

A visit ends in one of four ways. The unit was inspected; it refused (拒绝抽验), and counts as failed in the upper bound
of what the sample says (`core.estimates`), never replaced; it is out of scope, which a document shows and after which
the next unit of the draw takes its place (递补); or the visit was postponed by force majeure (不可抗力延期), by a
document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

INSPECTED: Final = "inspected"
REFUSED: Final = "refused"
OUT_OF_SCOPE: Final = "out-of-scope"
POSTPONED: Final = "postponed"
KINDS: Final = (INSPECTED, REFUSED, OUT_OF_SCOPE, POSTPONED)
BY_DOCUMENT: Final = (OUT_OF_SCOPE, POSTPONED)
"""The kinds that a document shows and that have no verdict."""

MET: Final = "met"
PARTLY: Final = "partly"
"""Some of a criterion's points were taken off, not all."""
NOT_MET: Final = "not-met"
NOT_APPLICABLE: Final = "not-applicable"
STATES: Final = (MET, PARTLY, NOT_MET, NOT_APPLICABLE)

OPEN: Final = "open"
WITHDRAWN: Final = "withdrawn"
"""The state of a finding that a correction of its outcome took back, with its reason."""

SIGNED: Final = "signed"
LEFT: Final = "left"
"""Of a member who signs no more (离岗): the office records it with its reason, as it does that one refuses."""
AGREES: Final = "agrees"
OBJECTS: Final = "objects"
REFUSES: Final = "refuses"
STANCES: Final = (AGREES, OBJECTS, REFUSES)
"""How the unit signs: 属实, 有异议, 拒签."""
WITHOUT: Final = (LEFT, REFUSES)
"""Why a member's signature is not there, and is not waited for."""
MEMBERS: Final = (SIGNED, *WITHOUT)
THE_UNIT: Final = "unit"
"""The unit's own person as a signer; members of the team sign as inspectors."""
CITY_VERDICTS: Final = {
    "合格": "passed",
    "通过": "passed",
    "限期整改": "rectify",
    "不合格": "failed",
    "未通过": "failed",
}
"""How cities write the conclusion of their own review (市级复评结论) into the roster."""


DRAFT: Final = "draft"
"""The state of an outcome that waits for signatures (记录待签); `SIGNED` is that of one that counts (已签)."""


def signers(kind: str, team: Sequence[str]) -> tuple[str, ...]:
    """Who has to sign an outcome before it counts (ADR 17): every member of its team, and the unit if it was
    inspected; nobody of what a document shows."""
    if kind in BY_DOCUMENT:
        return ()
    return (*team, THE_UNIT) if kind == INSPECTED else tuple(team)


@dataclass(frozen=True)
class Answer:
    """What was found of one criterion: a state, the numbers found (in the order of its measures), the points off.

    What is not said is empty or None; `got` are the points that remain, where those were written instead.
    """

    criterion: str
    state: str = ""
    numbers: tuple[Decimal | None, ...] = ()
    off: Decimal | None = None
    got: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Wrong:
    """A finding (问题): what is wrong, how grave it is, by when it is to be put right.

    `finding` is its number if it has one; without a deadline the policy's days of its severity count.
    """

    description: str
    severity: str = ""
    criterion: str = ""
    deadline: date | None = None
    responsible: str = ""
    finding: str = ""


@dataclass(frozen=True)
class Said:
    """All that a team says of a visit. Scores are in hundredths of a point; the city's own are those of its own review.

    `document` shows why a unit is out of scope or a visit postponed; `remarks` how access was refused. `reason` is why
    the verdict is another one than the policy's rules propose.
    """

    kind: str
    day: date
    document: str = ""
    remarks: str = ""
    answers: tuple[Answer, ...] = ()
    findings: tuple[Wrong, ...] = ()
    verdict: str = ""
    reason: str = ""
    city_score: int | None = None
    city_verdict: str = ""


def write_said(said: Said) -> dict[str, Any]:
    """What was said as JSON's own types."""
    return {
        "kind": said.kind,
        "day": said.day.isoformat(),
        "document": said.document,
        "remarks": said.remarks,
        "answers": [_write_answer(answer) for answer in said.answers],
        "findings": [_write_wrong(wrong) for wrong in said.findings],
        "verdict": said.verdict,
        "reason": said.reason,
        "city_score": points_text(said.city_score),
        "city_verdict": said.city_verdict,
    }


def _write_answer(answer: Answer) -> dict[str, Any]:
    return {
        "criterion": answer.criterion,
        "state": answer.state,
        "numbers": [_text(number) for number in answer.numbers],
        "off": _text(answer.off),
        "got": _text(answer.got),
        "reason": answer.reason,
    }


def _write_wrong(wrong: Wrong) -> dict[str, Any]:
    return {
        "finding": wrong.finding,
        "criterion": wrong.criterion,
        "severity": wrong.severity,
        "description": wrong.description,
        "deadline": wrong.deadline.isoformat() if wrong.deadline else "",
        "responsible": wrong.responsible,
    }


def read_said(value: Mapping[str, Any]) -> Said:
    """What was said, of JSON whose form was checked where it came in; `off`, `got` and numbers are texts of numbers."""
    return Said(
        kind=value["kind"],
        day=date.fromisoformat(value["day"]),
        document=value["document"],
        remarks=value["remarks"],
        answers=tuple(_read_answer(answer) for answer in value["answers"]),
        findings=tuple(_read_wrong(wrong) for wrong in value["findings"]),
        verdict=value["verdict"],
        reason=value["reason"],
        city_score=hundredths(value["city_score"]),
        city_verdict=value["city_verdict"],
    )


def _read_answer(value: Mapping[str, Any]) -> Answer:
    numbers: Sequence[str] = value["numbers"]
    return Answer(
        criterion=value["criterion"],
        state=value["state"],
        numbers=tuple(_number(number) for number in numbers),
        off=_number(value["off"]),
        got=_number(value["got"]),
        reason=value["reason"],
    )


def _read_wrong(value: Mapping[str, Any]) -> Wrong:
    return Wrong(
        description=value["description"],
        severity=value["severity"],
        criterion=value["criterion"],
        deadline=date.fromisoformat(value["deadline"]) if value["deadline"] else None,
        responsible=value["responsible"],
        finding=value["finding"],
    )


def hundredths(text: str) -> int | None:
    """A score of at most two decimals in hundredths of a point; None for nothing. `ValueError` for a finer one."""
    if not text:
        return None
    found = Decimal(text) * 100
    if found != int(found):
        raise ValueError(text)
    return int(found)


def points_text(score: int | None) -> str:
    """Hundredths of a point as people write points; nothing for None."""
    return "" if score is None else _text(Decimal(score) / 100)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _text(number: Decimal | None) -> str:
    return "" if number is None else written(number)


def written(number: Decimal) -> str:
    """A number as people write it: exact, without noughts at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

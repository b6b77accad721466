"""What follows from what a team says: whether each criterion is met, the score, the verdict that the policy proposes.

Everything that is missing or wrong is told at once, each with its criterion. Nothing follows here that a team may not
change, but a change needs its reason: a verdict against the rule, a state against the number (`core.answers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from audit_service.core.after import VERDICTS, After, Deviation, VerdictWhen
from audit_service.core.answers import NOTHING, settle
from audit_service.core.outcomes import (
    BY_DOCUMENT,
    INSPECTED,
    NOT_APPLICABLE,
    NOT_MET,
    REFUSED,
    Answer,
    Said,
    Wrong,
)
from audit_service.core.standards import Criterion, Standard
from audit_service.errors import Problem

Fault = tuple[str, Problem]
"""A criterion, or nothing where it is about the whole, and what is wrong."""


@dataclass(frozen=True)
class Deviated:
    """How far the city's own result is from ours: points in hundredths where both have some, whether the conclusions
    differ, and whether something follows by the policy."""

    points: int | None
    verdict: bool
    follows: bool


@dataclass(frozen=True)
class Judged:
    """What was said, settled: every answer with its state and points off, every finding with its deadline.

    `vetoes` are the criteria that decide alone and are not met; `bands` what each standard's score reaches; the score
    is in hundredths of a point, None where the standards give none.
    """

    said: Said
    vetoes: tuple[str, ...]
    score: int | None
    bands: tuple[tuple[str, str], ...]
    proposed: str
    verdict: str
    deviated: Deviated


def judge(after: After, stratum: str, said: Said) -> tuple[Judged | None, list[Fault]]:
    """What follows from what was said of a unit of a stratum; or all that is wrong with it, and nothing."""
    standards = after.standards_of(stratum) if said.kind == INSPECTED else []
    criteria = {name: criterion for standard in standards for name, criterion in standard.criteria.items()}
    faults = [*_of_kind(said), *_of_names(said.answers, criteria)]
    answers: list[Answer] = []
    for name, criterion in criteria.items():
        given = next((answer for answer in said.answers if answer.criterion == name), Answer(name))
        settled, wrong = settle(criterion, given)
        answers.append(settled)
        faults += [(name, problem) for problem in wrong]
    findings, wrong_findings = _deadlines(after, said, criteria)
    faults += wrong_findings
    if faults:
        return None, faults
    return _decide(after, standards, replace(said, answers=tuple(answers), findings=findings))


def _of_kind(said: Said) -> Iterator[Fault]:
    if said.kind != INSPECTED and (said.answers or said.findings):
        yield "", Problem("outcome-not-inspected", {"kind": said.kind})
    if said.kind in BY_DOCUMENT and not said.document.strip():
        yield "", Problem("outcome-document", {"kind": said.kind})
    if said.kind in BY_DOCUMENT and said.verdict:
        yield "", Problem("outcome-no-verdict", {"kind": said.kind})
    if said.kind == REFUSED and not said.remarks.strip():
        yield "", Problem("outcome-refused-how")


def _of_names(answers: Iterable[Answer], criteria: Mapping[str, Criterion]) -> Iterator[Fault]:
    for name, count in Counter(answer.criterion for answer in answers).items():
        if name not in criteria:
            yield name, Problem("answer-unknown", {"criterion": name})
        if count > 1:
            yield name, Problem("answer-twice", {"criterion": name, "count": count})


# --- findings -----------------------------------------------------------------------------------------------------


def _deadlines(after: After, said: Said, criteria: Mapping[str, Criterion]) -> tuple[tuple[Wrong, ...], list[Fault]]:
    days = {s.severity: s.days for s in after.rectification.severities} if after.rectification else {}
    settled, faults = [], []
    for place, wrong in enumerate(said.findings, start=1):
        faults += [(wrong.criterion, problem) for problem in _of_finding(place, wrong, said.day, days, criteria)]
        within = days.get(wrong.severity)
        ends = wrong.deadline or (said.day + timedelta(days=within) if within is not None else None)
        settled.append(replace(wrong, deadline=ends))
    return tuple(settled), faults


def _of_finding(
    place: int, wrong: Wrong, day: date, days: Mapping[str, int], criteria: Mapping[str, Criterion]
) -> Iterator[Problem]:
    if wrong.criterion and wrong.criterion not in criteria:
        yield Problem("finding-criterion", {"place": place, "criterion": wrong.criterion})
    if wrong.severity not in days and (days or wrong.severity):
        yield Problem(
            "finding-severity", {"place": place, "found": wrong.severity or "-", "known": ", ".join(days) or "-"}
        )
    if not days and wrong.deadline is None:
        yield Problem("finding-deadline-missing", {"place": place})
    if wrong.deadline and wrong.deadline < day:
        yield Problem("finding-deadline-past", {"place": place, "found": wrong.deadline, "day": day})
    if not wrong.description.strip():
        yield Problem("finding-description", {"place": place})


# --- score and verdict --------------------------------------------------------------------------------------------


def _decide(after: After, standards: Sequence[Standard], said: Said) -> tuple[Judged | None, list[Fault]]:
    answers = {answer.criterion: answer for answer in said.answers}
    score = score_of([criterion for standard in standards for criterion in standard.criteria.values()], answers)
    vetoes = tuple(
        name
        for standard in standards
        for name, criterion in standard.criteria.items()
        if criterion.veto and answers[name].state == NOT_MET
    )
    proposed = propose(after, said, vetoes, score)
    faults = list(_of_verdict(after, said, proposed))
    if faults:
        return None, faults
    verdict = said.verdict or proposed
    deviated = deviate(after.deviation, score, verdict, said)
    return Judged(said, vetoes, score, _bands(standards, answers), proposed, verdict, deviated), []


def _of_verdict(after: After, said: Said, proposed: str) -> Iterator[Fault]:
    if said.verdict and said.verdict not in VERDICTS:
        yield "", Problem("verdict-unknown", {"found": said.verdict, "known": ", ".join(VERDICTS)})
    elif said.verdict and said.verdict != proposed and not said.reason.strip():
        yield "", Problem("verdict-reason", {"said": said.verdict, "proposed": proposed or "-"})
    elif said.kind == INSPECTED and after.verdicts and not (said.verdict or proposed):
        yield "", Problem("verdict-missing")


def score_of(criteria: Sequence[Criterion], answers: Mapping[str, Answer]) -> int | None:
    """The score in hundredths of a point, half a hundredth up; None where no criterion that applies gives points.

    What does not apply (空项) is left out and the rest brought up to the full points, as offices reckon it.
    """
    full = sum((c.points for c in criteria if c.points is not None), NOTHING)
    applying = [c for c in criteria if c.points is not None and answers[c.criterion].state != NOT_APPLICABLE]
    most = sum((c.points for c in applying if c.points is not None), NOTHING)
    if not most:
        return None
    got = sum((answers[c.criterion].got or NOTHING for c in applying), NOTHING)
    return int((got * full * 100 / most).quantize(Decimal(1), ROUND_HALF_UP))


def _bands(standards: Sequence[Standard], answers: Mapping[str, Answer]) -> tuple[tuple[str, str], ...]:
    found = []
    for standard in standards:
        score = score_of(list(standard.criteria.values()), answers)
        band = standard.band_of(Decimal(score) / 100) if score is not None else None
        if band:
            found.append((standard.standard, band.band))
    return tuple(found)


def propose(after: After, said: Said, vetoes: Sequence[str], score: int | None) -> str:
    """The verdict of the first rule that holds; nothing where none does, and of what was not inspected at all.

    A refusal meets only rules that name it: a rule for whatever was inspected says nothing of what nobody saw.
    """
    if said.kind in BY_DOCUMENT:
        return ""
    rules = [
        rule
        for rule in after.verdicts
        if said.kind in rule.when.kinds or (said.kind == INSPECTED and not rule.when.kinds)
    ]
    return next((rule.verdict for rule in rules if _holds(rule.when, said, vetoes, score)), "")


def _holds(when: VerdictWhen, said: Said, vetoes: Sequence[str], score: int | None) -> bool:
    applying = [answer for answer in said.answers if answer.state != NOT_APPLICABLE]
    unmet = sum(answer.state == NOT_MET for answer in applying)
    grave = sum(not when.severity or wrong.severity == when.severity for wrong in said.findings)
    least = when.findings if when.findings is not None else (1 if when.severity else None)
    return (
        (when.vetoes is None or len(vetoes) >= when.vetoes)
        and (when.unmet is None or unmet >= when.unmet)
        and (when.unmet_bp is None or (bool(applying) and 10_000 * unmet >= when.unmet_bp * len(applying)))
        and (least is None or grave >= least)
        and (when.score_below is None or (score is not None and score < when.score_below))
    )


def deviate(rules: Deviation | None, score: int | None, verdict: str, said: Said) -> Deviated:
    """How far the city's own result is from ours, and whether something follows."""
    points = abs(score - said.city_score) if score is not None and said.city_score is not None else None
    other = bool(verdict and said.city_verdict and verdict != said.city_verdict)
    far = bool(rules and rules.points is not None and points is not None and points >= rules.points)
    return Deviated(points, other, far or bool(rules and rules.verdict and other))

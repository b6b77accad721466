"""What a place reaches by a standard: read from a report's texts, judged, and told again as it was."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from audit_service.core.place_standards import reached, read_answers, said_of
from audit_service.core.rules import Label, Rule
from audit_service.core.standards import LEAST, MOST, Area, Band, Criterion, Measure, Standard

WORDS = Label("条款", "clause")
RULE = Rule("一", "条款", None)


def criterion(name: str, *asked: tuple[str, str], points: str = "") -> Criterion:
    measures = tuple(Measure(bound, Decimal(value), WORDS, "") for bound, value in asked)
    return Criterion(name, "", WORDS, Decimal(points) if points else None, veto=False, measures=measures)


COVERAGE = criterion("coverage", (LEAST, "80"))
CIRCLE = criterion("circle", (MOST, "1"), (MOST, "3"), (MOST, "5"))
PLAN = criterion("plan")
POINTS = criterion("leadership", points="40"), criterion("drills", (LEAST, "2"), points="60")


def standard(*criteria: Criterion) -> Standard:
    bands = (Band("good", WORDS, Decimal(90), RULE), Band("fair", WORDS, Decimal(60), RULE))
    return Standard("own", WORDS, "place", (Area("all", WORDS, (), criteria, RULE),), bands)


@pytest.mark.parametrize(
    ("asked", "said", "kept", "state"),
    [
        (COVERAGE, "80", "80", "met"),
        (COVERAGE, " 80.0% ", "80", "met"),
        (COVERAGE, "79.99", "79.99", "not-met"),
        (COVERAGE, "不适用", "not-applicable", "not-applicable"),
        (CIRCLE, "1；3 ;5", "1; 3; 5", "met"),
        (CIRCLE, "1;3;5.5", "1; 3; 5.5", "not-met"),
        (CIRCLE, "2", "2", "not-met"),
        (PLAN, "是", "met", "met"),
        (PLAN, "不符合", "not-met", "not-met"),
    ],
)
def test_a_number_or_a_state_says_whether_a_criterion_is_met(
    asked: Criterion, said: str, kept: str, state: str
) -> None:
    reason = {f"{asked.criterion}.reason": "其余未测"} if said == "2" else {}
    found, wrong = read_answers(standard(asked), {asked.criterion: said, **reason})
    assert (wrong, found[asked.criterion], found[f"{asked.criterion}.state"]) == ([], kept, state)
    again, _ = read_answers(standard(asked), {name: text for name, text in found.items() if ".state" not in name})
    assert again == found


@pytest.mark.parametrize(
    ("asked", "said", "code"),
    [
        (COVERAGE, "", "answer-missing"),
        (COVERAGE, "八成", "report-answer-form"),
        (COVERAGE, "-1", "report-answer-form"),
        (COVERAGE, "80;", "report-answer-form"),
        (COVERAGE, "80;90", "answer-numbers-many"),
        (COVERAGE, "符合", "answer-number-missing"),
        (CIRCLE, "1;3", "answer-missing"),
        (PLAN, "1", "report-answer-form"),
        (PLAN, "部分符合", "answer-partly"),
    ],
)
def test_what_is_neither_is_told(asked: Criterion, said: str, code: str) -> None:
    _, wrong = read_answers(standard(asked), {asked.criterion: said})
    assert [each.code for each in wrong] == [code]


def test_points_that_are_off_make_score_and_band() -> None:
    own = standard(*POINTS)
    assert said_of(own) == [f"{name}{part}" for name in ("leadership", "drills") for part in ("", ".off", ".reason")]
    said = {"leadership.off": "10", "leadership.reason": "无计划", "drills": "2"}
    found, wrong = read_answers(own, said)
    assert (wrong, found["leadership.state"], found["drills.off"]) == ([], "partly", "0")
    result = reached(own, found)
    assert (result.score, result.band and result.band.band) == (9000, "good")
    assert [answer.criterion for answer in result.unmet] == ["leadership"]
    _, wrong = read_answers(own, {**said, "leadership.reason": "", "drills.off": "全部"})
    assert [each.code for each in wrong] == ["answer-reason", "report-answer-form"]


def test_what_was_handed_in_is_told_as_it_was_under_a_standard_that_changed() -> None:
    found, _ = read_answers(standard(COVERAGE), {"coverage": "82"})
    stricter = replace(COVERAGE, measures=(replace(COVERAGE.measures[0], value=Decimal(90)),))
    (answer,) = reached(standard(stricter, PLAN), found).answers
    assert (answer.state, answer.numbers) == ("met", (Decimal(82),))

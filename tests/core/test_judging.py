"""What follows from what a team says, and what it is told at once that is missing or wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.after import After
from audit_service.core.judging import Judged, judge
from audit_service.core.outcomes import Answer, Said, Wrong, hundredths, points_text, read_said, write_said
from tests.core.standards_made import AFTER, ALL_WELL, DAY, said, when


def judged(what: Said, after: After = AFTER) -> Judged:
    found, faults = judge(after, "all", what)
    assert found is not None, faults
    return found


def faults(what: Said, after: After = AFTER) -> set[tuple[str, str]]:
    found, told = judge(after, "all", what)
    assert (found is None) == bool(told)
    return {(criterion, problem.code) for criterion, problem in told}


def test_all_met_is_passed_with_all_points() -> None:
    found = judged(said())
    assert (found.score, found.proposed, found.verdict, found.bands) == (10000, "passed", "passed", (("made", "good"),))
    assert [answer.state for answer in found.said.answers] == ["met"] * 4


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("files"), "answer-missing"),
        (Answer("files", off=Decimal(5)), "answer-reason"),
        (Answer("files", off=Decimal(61), reason="x"), "answer-points-range"),
        (Answer("files", off=Decimal(-1), reason="x"), "answer-points-range"),
        (Answer("files", got=Decimal(61)), "answer-got-range"),
        (Answer("files", got=Decimal(-1)), "answer-got-range"),
        (Answer("files", off=Decimal(5), got=Decimal(50), reason="x"), "answer-points-sum"),
        (Answer("files", "met", off=Decimal(5), reason="x"), "answer-met-off"),
        (Answer("files", "not-met", off=Decimal(0)), "answer-not-met-off"),
        (Answer("files", "partly", reason="x"), "answer-partly"),
        (Answer("rooms", "partly"), "answer-partly"),
        (Answer("rooms", "met", off=Decimal(1), reason="x"), "answer-points-none"),
        (Answer("rooms", "met", numbers=(Decimal(1),)), "answer-numbers-many"),
        (Answer("drills", "met"), "answer-number-missing"),
        (Answer("drills", "met", numbers=(Decimal(3),)), "answer-against-number"),
        (Answer("deaths", "not-met", numbers=(Decimal(0),)), "answer-against-number"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_its_criterion(answer: Answer, code: str) -> None:
    assert (answer.criterion, code) in faults(said(answer))


def test_points_that_cannot_be_are_not_told_again_as_no_answer() -> None:
    assert faults(said(Answer("files", got=Decimal(61)))) == {("files", "answer-got-range")}


def test_everything_wrong_is_told_at_once() -> None:
    wrong = Wrong("", "grave", "nowhere", DAY - timedelta(1))
    what = said(Answer("files"), Answer("drills", "met", numbers=(Decimal(1),)), findings=(wrong,), verdict="passed")
    what = replace(what, answers=(*what.answers, Answer("other", "met"), Answer("rooms", "met")))
    assert faults(what) == {
        ("files", "answer-missing"),
        ("drills", "answer-against-number"),
        ("other", "answer-unknown"),
        ("rooms", "answer-twice"),
        ("nowhere", "finding-criterion"),
        ("nowhere", "finding-severity"),
        ("nowhere", "finding-deadline-past"),
        ("nowhere", "finding-description"),
    }


def test_whether_a_criterion_is_met_follows_from_its_number() -> None:
    found = judged(said(Answer("deaths", numbers=(Decimal(1),))))
    assert (found.vetoes, found.proposed) == (("deaths",), "failed")
    against = said(Answer("deaths", "met", numbers=(Decimal(1),), reason="登记在邻镇"))
    assert judged(against).proposed == "passed"


def test_points_off_are_partly_met_and_all_of_them_not_met() -> None:
    found = judged(
        said(
            Answer("files", off=Decimal("12.5"), reason="缺台账"),
            Answer("drills", numbers=(Decimal(2),), off=Decimal(40), reason="少"),
        )
    )
    assert [answer.state for answer in found.said.answers[:2]] == ["partly", "not-met"]
    assert (found.score, found.proposed) == (4750, "failed")
    alike = judged(
        said(
            Answer("files", got=Decimal("47.5"), reason="缺台账"),
            Answer("drills", "not-met", (Decimal(2),), reason="少"),
        )
    )
    assert alike == replace(found, said=alike.said)
    assert alike.said.answers == found.said.answers


def test_what_does_not_apply_is_left_out_and_the_rest_brought_up_to_the_full_points() -> None:
    found = judged(
        said(
            Answer("files", "not-applicable"),
            Answer("drills", off=Decimal(10), numbers=(Decimal(4),), reason="记录不全"),
        )
    )
    assert found.score == 7500
    nothing = judged(said(Answer("files", "not-applicable"), Answer("drills", "not-applicable")))
    assert nothing.score is None
    assert nothing.proposed == "passed"


def test_the_first_rule_that_holds_proposes_and_another_verdict_needs_its_reason() -> None:
    finding = Wrong("消防通道堵塞", "general", "rooms")
    assert judged(said(findings=(finding,))).proposed == "rectify"
    assert judged(said(Answer("rooms", "not-met"))).proposed == "rectify"
    assert faults(said(findings=(finding,), verdict="passed")) == {("", "verdict-reason")}
    changed = judged(said(findings=(finding,), verdict="passed", reason="当场整改"))
    assert (changed.proposed, changed.verdict) == ("rectify", "passed")
    assert faults(said(verdict="fine")) == {("", "verdict-unknown")}


def test_a_share_of_the_criteria_that_apply_decides_where_the_rule_says_so() -> None:
    after = replace(AFTER, verdicts=(when("failed", unmet_bp=3000), when("rectify", severity="major"), when("passed")))
    one = said(Answer("rooms", "not-met"))
    assert judged(one, after).proposed == "passed"
    fewer = replace(
        one,
        answers=tuple(
            replace(a, state="not-applicable", numbers=(), off=None) if a.criterion == "files" else a
            for a in one.answers
        ),
    )
    assert judged(fewer, after).proposed == "failed"
    assert judged(said(findings=(Wrong("重大", "major"),)), after).proposed == "rectify"


def test_a_policy_without_rules_proposes_nothing_and_one_whose_rules_do_not_hold_leaves_it_to_the_team() -> None:
    assert judged(said(), replace(AFTER, verdicts=())).verdict == ""
    after = replace(AFTER, verdicts=(when("failed", vetoes=1),))
    assert faults(said(), after) == {("", "verdict-missing")}
    assert judged(said(verdict="passed", reason="全部符合"), after).verdict == "passed"


def test_the_deadline_of_a_finding_is_the_policys_unless_another_is_said() -> None:
    findings = (Wrong("a", "major"), Wrong("b", "general", deadline=date(2026, 7, 25)))
    assert [wrong.deadline for wrong in judged(said(findings=findings)).said.findings] == [
        date(2026, 8, 4), date(2026, 7, 25)
    ]  # fmt: skip
    bare = replace(AFTER, rectification=None)
    assert faults(said(findings=(Wrong("a"),)), bare) == {("", "finding-deadline-missing")}
    assert faults(said(findings=(Wrong("a", "major", deadline=DAY),)), bare) == {("", "finding-severity")}


def test_a_refusal_is_judged_by_the_rules_that_name_it_alone() -> None:
    refused = Said("refused", DAY, remarks="门卫不让进")
    assert judged(refused).verdict == "failed"
    assert judged(refused, replace(AFTER, verdicts=AFTER.verdicts[1:])).verdict == ""
    assert faults(Said("refused", DAY)) == {("", "outcome-refused-how")}


@pytest.mark.parametrize("kind", ["out-of-scope", "postponed"])
def test_out_of_scope_and_postponed_need_a_document_and_are_never_a_verdict(kind: str) -> None:
    assert judged(Said(kind, DAY, "川安办函〔2026〕3号")).verdict == ""
    assert faults(Said(kind, DAY)) == {("", "outcome-document")}
    assert faults(Said(kind, DAY, "号", verdict="failed")) == {("", "outcome-no-verdict")}
    assert faults(Said(kind, DAY, "号", answers=ALL_WELL)) >= {("", "outcome-not-inspected")}


@pytest.mark.parametrize(
    ("score", "verdict", "points", "other", "follows"),
    [(9500, "passed", 500, False, False), (9000, "", 1000, False, True), (None, "failed", None, True, True)],
)
def test_how_far_the_citys_own_result_is_from_ours(
    score: int | None, verdict: str, points: int | None, other: bool, follows: bool
) -> None:
    found = judged(said(city_score=score, city_verdict=verdict)).deviated
    assert (found.points, found.verdict, found.follows) == (points, other, follows)


@given(st.integers(0, 6000), st.integers(0, 4000), st.booleans())
def test_the_score_is_what_remains_of_the_points_that_apply(off: int, more: int, left_out: bool) -> None:
    files = Answer("files", "not-applicable") if left_out else Answer("files", off=Decimal(off) / 100, reason="x")
    drills = Answer("drills", numbers=(Decimal(4),), off=Decimal(more) / 100, reason="x")
    score = judged(said(files, drills)).score
    exact = (4000 - more) * 10000 / 4000 if left_out else 10000 - off - more
    assert score is not None
    assert abs(score - exact) <= 0.5


@given(
    st.builds(
        Said,
        st.sampled_from(["inspected", "refused"]), st.dates(), st.text(), st.text(),
        st.lists(st.builds(
            Answer, st.text(), st.sampled_from(["", "met"]),
            st.lists(st.none() | st.decimals(0, 1000, places=2)).map(tuple), st.none() | st.decimals(0, 99, places=1),
        )).map(tuple),
        st.lists(st.builds(Wrong, st.text(), st.text(), st.text(), st.none() | st.dates())).map(tuple),
        city_score=st.none() | st.integers(0, 10000),
    )
)  # fmt: skip
def test_what_was_said_is_read_back_as_it_was_written(what: Said) -> None:
    assert read_said(write_said(what)) == what


def test_a_score_finer_than_hundredths_is_none() -> None:
    assert (hundredths("91.5"), hundredths(""), points_text(9150), points_text(9000)) == (9150, None, "91.5", "90")
    with pytest.raises(ValueError, match=r"1\.234"):
        hundredths("1.234")

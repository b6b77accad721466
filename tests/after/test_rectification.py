"""What may become of a finding, and what may not."""

from __future__ import annotations

from datetime import date

import pytest

from audit_service.core.after import Warning
from audit_service.core.clocks import Pause
from audit_service.core.periods import Clock, colour
from audit_service.core.rectification import STEPS, Finding, FindingState, after, replayed, taken
from audit_service.core.rules import Rule
from audit_service.core.steps import Said, Shown, read_said
from audit_service.errors import Refused

PHOTO = (Shown("photo.jpg", "ab" * 32),)
OPEN = Finding("F-2020-0001", FindingState.OPEN, frozenset({"C1", "C2"}), "2020-09-01", "2020-09-30", "2020-09-01", 15)


def said(step: str, day: str, **more: object) -> Said:
    everything = {"document": "川安办〔2020〕12号", "text": "…", "person": "C9", "files": PHOTO}
    needed = {name: everything[name] for name in STEPS[step].needs if name in everything}
    return Said(step, day, **{**needed, **more})  # type: ignore[arg-type]


def go(finding: Finding, *steps: Said, today: str = "", pauses: tuple[Pause, ...] = ()) -> Finding:
    """Steps, each recorded on its own day, or all of them on another."""
    for step in steps:
        finding = taken(finding, step, Clock(today or min(step.day, "2020-12-31"), pauses))
    return finding


NOTIFY = said("notify", "2020-09-02", deadline="2020-09-30")
HAND_IN = said("hand-in", "2020-09-20")


def test_a_finding_is_notified_rectified_rechecked_and_closed() -> None:
    found = go(OPEN, NOTIFY, HAND_IN, said("recheck-pass", "2020-09-25"), said("close", "2020-09-26"))
    assert (found.state, found.closed_on, found.rechecks) == (FindingState.CLOSED, "2020-09-26", 1)
    assert found.due_on(Clock("2020-10-01")) == ""


def test_a_finding_that_fails_its_recheck_has_a_new_deadline_and_goes_round_again() -> None:
    failed = said("recheck-fail", "2020-09-25", deadline="2020-10-15")
    found = go(OPEN, NOTIFY, HAND_IN, failed)
    assert (found.state, found.deadline, found.failed_on) == (FindingState.FAILED, "2020-10-15", "2020-09-25")
    again = go(found, said("hand-in", "2020-10-10"), said("recheck-pass", "2020-10-12"))
    assert (again.state, again.rechecks) == (FindingState.PASSED, 2)


def test_nobody_rechecks_what_they_found() -> None:
    for step in ("recheck-pass", "recheck-fail", "assign"):
        with pytest.raises(Refused, match="recheck-by-finder"):
            go(OPEN, NOTIFY, HAND_IN, said(step, "2020-09-25", person="C2", deadline="2020-10-15"))


def test_what_is_dispatched_is_acknowledged_and_then_rectified() -> None:
    dispatched = go(OPEN, NOTIFY, said("dispatch", "2020-09-03", person="区住建局"))
    assert (dispatched.state, dispatched.responsible) == (FindingState.DISPATCHED, "区住建局")
    done = go(dispatched, said("acknowledge", "2020-09-04"), HAND_IN)
    assert done.state is FindingState.HANDED_IN


def test_only_what_is_overdue_or_failed_is_escalated() -> None:
    with pytest.raises(Refused, match="finding-not-overdue"):
        go(OPEN, NOTIFY, said("escalate", "2020-09-30"))
    assert go(OPEN, NOTIFY, said("escalate", "2020-10-01")).state is FindingState.ESCALATED


def test_a_deadline_is_put_off_by_a_document_and_only_to_a_later_day() -> None:
    notified = go(OPEN, NOTIFY)
    assert go(notified, said("postpone", "2020-09-10", deadline="2020-11-30")).deadline == "2020-11-30"
    with pytest.raises(Refused, match="finding-deadline"):
        go(notified, said("postpone", "2020-09-10", deadline="2020-09-29"))
    with pytest.raises(Refused, match="step-lacks"):
        go(notified, said("postpone", "2020-09-10", deadline="2020-11-30", document=" "))


@pytest.mark.parametrize("day", ["2020-09-01", "2021-01-01"])
def test_a_step_lies_neither_before_the_last_one_nor_ahead(day: str) -> None:
    with pytest.raises(Refused, match=r"step-(before|ahead)"):
        go(OPEN, NOTIFY, said("hand-in", day))


def test_a_deadline_that_passes_changes_nothing_by_itself() -> None:
    found = go(OPEN, NOTIFY)
    assert (found.is_overdue(Clock("2020-09-30")), found.is_overdue(Clock("2020-10-01"))) == (False, True)
    assert go(found, said("hand-in", "2020-10-05")).state is FindingState.HANDED_IN


def test_a_deadline_moves_by_the_days_of_a_pause_that_came_after_it_was_set() -> None:
    flood = (Pause(date(2020, 8, 1), date(2020, 9, 11)),)
    found = go(OPEN, NOTIFY)
    clock = Clock("2020-10-05", flood)
    assert (found.ends_on(clock), found.is_overdue(clock)) == ("2020-10-09", False)
    handed = go(found, HAND_IN)
    assert handed.due_on(Clock("2020-10-05", (Pause(date(2020, 9, 30), None),))) == "2020-10-11"


def test_what_is_replayed_from_what_was_kept_is_what_it_came_to() -> None:
    found = go(
        OPEN, NOTIFY, HAND_IN, said("assign", "2020-09-21"), said("recheck-fail", "2020-09-25", deadline="2020-10-15")
    )
    kept = [step.details for step in found.steps]
    assert replayed(OPEN, map(read_said, kept)) == found


def test_every_step_leads_only_from_the_states_that_the_table_names() -> None:
    for step in STEPS.values():
        for state in FindingState:
            finding = after(OPEN, NOTIFY) if state is FindingState.NOTIFIED else OPEN
            finding = Finding(**{**vars(finding), "state": state})
            step_said = said(step.step, "2020-10-02", deadline="2020-12-01")
            if state in step.sources:
                assert go(finding, step_said).state is (step.to or state)
            else:
                with pytest.raises(Refused, match="finding-state"):
                    go(finding, step_said)


def test_the_three_colours_go_by_the_days_that_are_left() -> None:
    warning = Warning(7, 3, Rule("", "", None))
    days = {
        "2020-09-18": "green",
        "2020-09-17": "yellow",
        "2020-09-13": "yellow",
        "2020-09-12": "red",
        "2020-09-01": "red",
    }
    today, stands = Clock("2020-09-10"), Clock("2020-09-10", (Pause(date(2020, 9, 10), None),))
    assert {day: colour(warning, day, today, runs=True) for day in days} == days
    assert colour(warning, "", today, runs=True) == ""
    assert [colour(None, day, today, runs=False) for day in ("2020-09-09", "2020-09-10")] == ["red", "green"]
    assert [colour(warning, "2020-09-01", stands, runs=runs) for runs in (True, False)] == ["green", "red"]


def test_a_notice_that_is_dated_back_takes_nothing_of_the_citys_time() -> None:
    """The city is told on the day on which it is recorded: no deadline is over, or runs, before that day."""
    for step, begun in (("notify", OPEN), ("postpone", go(OPEN, NOTIFY)), ("renew", OPEN)):
        back = said(step, "2020-09-02", deadline="2020-10-15")
        with pytest.raises(Refused, match="finding-deadline"):
            go(begun, back, today="2020-10-15")
        told = go(begun, back, today="2020-10-14")
        assert (told.deadline_since, told.steps[-1].told_on, told.last_on) == ("2020-10-14", "2020-10-14", "2020-09-02")
    failed = said("recheck-fail", "2020-09-25", deadline="2020-10-15")
    with pytest.raises(Refused, match="finding-deadline"):
        go(go(OPEN, NOTIFY, HAND_IN), failed, today="2020-10-15")


def test_a_dispatch_sets_no_deadline_and_says_when_it_was_recorded() -> None:
    nearer = said("dispatch", "2020-09-03", person="区住建局", deadline="2020-09-05")
    found = go(go(OPEN, NOTIFY), nearer, today="2020-09-04")
    assert (found.deadline, found.deadline_since, found.steps[-1].told_on) == ("2020-09-30", "2020-09-02", "2020-09-04")


def test_a_deadline_that_a_pause_moved_is_put_off_to_a_later_day_than_that() -> None:
    flood = (Pause(date(2020, 9, 3), date(2020, 9, 12)),)
    with pytest.raises(Refused, match="finding-deadline"):
        go(go(OPEN, NOTIFY), said("postpone", "2020-09-20", deadline="2020-10-09"), pauses=flood)

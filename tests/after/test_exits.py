"""What may become of an exit case, and what may not."""

from __future__ import annotations

from datetime import date

import pytest

from audit_service.core.clocks import Pause
from audit_service.core.exits import DECIDED, STEPS, Case, CaseState, opened, replayed, taken
from audit_service.core.periods import Clock
from audit_service.core.steps import Said, Shown, read_said
from audit_service.errors import Refused

SCAN = (Shown("scan.pdf", "cd" * 32),)
ENDINGS = ("revoked", "not-to-be-named", "rectify-again", "dismissed")
NEW = opened("E-2020-001", "2020-10-01", 5, 7, ENDINGS)


def said(step: str, day: str, **more: object) -> Said:
    everything = {
        "document": "川安办〔2020〕12号",
        "text": "…",
        "files": SCAN,
        "request": 9,
        "number": 1,
        "person": step,
    }
    needed = {name: everything[name] for name in STEPS[step].needs if name in everything}
    return Said(step, day, **{**needed, **more})  # type: ignore[arg-type]


def go(case: Case, *steps: Said, today: str = "", pauses: tuple[Pause, ...] = ()) -> Case:
    """What steps make of a case: each recorded on its own day, or all of them `today`."""
    for step in steps:
        case = taken(case, step, Clock(today or step.day, pauses))
    return case


HEARD = (said("notify", "2020-10-02"), said("defend", "2020-10-05"))
SIGNED = (said("propose", "2020-10-08", ending="revoked"), said("review", "2020-10-09"), said("sign", "2020-10-10"))
PUBLISHED = (*HEARD, *SIGNED, said("publish", "2020-10-11"))


def test_a_title_is_revoked_after_notice_defence_decision_and_publication() -> None:
    case = go(NEW, *PUBLISHED, said("revoke", "2020-10-19"))
    assert (case.state, case.persons, case.ending) == (CaseState.REVOKED, ("propose", "review", "sign"), "revoked")
    case = go(case, said("recall-plaque", "2020-10-20"), said("delist", "2020-10-21"))
    assert (case.state, case.is_open) == (CaseState.DELISTED, False)


def test_nothing_is_decided_against_a_unit_before_its_defence_period_is_over() -> None:
    case = go(NEW, *HEARD)
    with pytest.raises(Refused, match="case-period"):
        go(case, said("propose", "2020-10-07", ending="rectify-again"))
    with pytest.raises(Refused, match="case-period"):
        go(NEW, HEARD[0], said("waive", "2020-10-07"))
    assert go(NEW, HEARD[0], said("waive", "2020-10-08")).state is CaseState.HEARD


def test_no_period_is_let_pass_by_recording_its_beginning_late() -> None:
    told = go(NEW, HEARD[0], today="2020-10-20")
    assert told.defence_until(Clock("2020-10-20")) == "2020-10-25"
    for step in (said("waive", "2020-10-08"), said("waive", "2020-10-25")):
        with pytest.raises(Refused, match="case-period"):
            go(told, step, today="2020-10-25")
    assert go(told, said("waive", "2020-10-26")).state is CaseState.HEARD
    case = go(NEW, *HEARD, *SIGNED)
    case = go(case, said("publish", "2020-10-11"), today="2020-11-11")
    assert go(case, said("object", "2020-11-18")).objections == 1
    with pytest.raises(Refused, match="case-period"):
        go(case, said("revoke", "2020-11-18"))
    assert go(case, said("revoke", "2020-11-19")).state is CaseState.REVOKED


def test_a_pause_lengthens_the_periods() -> None:
    flood = (Pause(date(2020, 10, 3), date(2020, 10, 12)),)
    with pytest.raises(Refused, match="case-period"):
        go(NEW, HEARD[0], said("waive", "2020-10-17"), pauses=flood)
    assert go(NEW, HEARD[0], said("waive", "2020-10-18"), pauses=flood).state is CaseState.HEARD


def test_nothing_is_revoked_before_the_publication_is_over_or_while_objections_are_unanswered() -> None:
    case = go(NEW, *PUBLISHED)
    with pytest.raises(Refused, match="case-period"):
        go(case, said("revoke", "2020-10-18"))
    objected = go(case, said("object", "2020-10-18"))
    with pytest.raises(Refused, match="case-objections-open"):
        go(objected, said("revoke", "2020-10-19"))
    with pytest.raises(Refused, match="case-objection-none"):
        go(objected, said("answer", "2020-10-19", number=2))
    answered = go(objected, said("answer", "2020-10-19"))
    assert go(answered, said("revoke", "2020-10-19")).state is CaseState.REVOKED
    with pytest.raises(Refused, match="case-objection-late"):
        go(case, said("object", "2020-10-19"))


def test_who_proposes_who_reviews_and_who_signs_are_three_persons() -> None:
    case = go(NEW, *HEARD, SIGNED[0])
    with pytest.raises(Refused, match="case-same-person"):
        go(case, said("review", "2020-10-09", person=" Pro pose"))
    with pytest.raises(Refused, match="case-same-person"):
        go(case, SIGNED[1], said("sign", "2020-10-10", person="review"))


def test_a_meeting_decides_in_place_of_the_chain_but_hears_the_unit_first() -> None:
    meet = said("meet", "2020-10-09", ending="revoked")
    assert go(NEW, *HEARD, meet).state is CaseState.SIGNED
    with pytest.raises(Refused, match="case-not-heard"):
        go(NEW, meet)
    unheard = go(NEW, said("propose", "2020-10-02", ending="dismissed"))
    with pytest.raises(Refused, match="case-not-heard"):
        go(unheard, meet)


def test_a_case_is_dismissed_without_hearing_or_publication_and_not_otherwise_ended() -> None:
    dismissed = (said("propose", "2020-10-02", ending="dismissed"), *SIGNED[1:])
    case = go(NEW, *dismissed)
    with pytest.raises(Refused, match="case-not-published"):
        go(case, said("publish", "2020-10-11"))
    with pytest.raises(Refused, match="case-ending-other"):
        go(case, said("rectify-again", "2020-10-11", deadline="2020-12-01"))
    assert go(case, said("dismiss", "2020-10-11")).state is CaseState.DISMISSED


def test_an_ending_is_one_that_the_trigger_has() -> None:
    with pytest.raises(Refused, match="case-ending-none"):
        go(opened("E", "2020-10-01", 5, 7, ("dismissed",)), *HEARD, SIGNED[0])


def test_what_is_returned_is_proposed_anew_and_published_anew() -> None:
    case = go(NEW, *PUBLISHED, said("return", "2020-10-12"))
    assert (case.state, case.ending, case.persons, case.published_on) == (CaseState.HEARD, "", (), "")
    again = (said("propose", "2020-10-13", ending="revoked"), said("review", "2020-10-13"), said("sign", "2020-10-13"))
    with pytest.raises(Refused, match="case-period"):
        go(case, *again, said("publish", "2020-10-14"), said("revoke", "2020-10-19"))


def test_a_revocation_needs_its_document_its_scan_and_what_was_asked_for() -> None:
    case = go(NEW, *PUBLISHED)
    for lacking in ({"document": ""}, {"files": ()}, {"request": 0}):
        with pytest.raises(Refused, match="step-lacks"):
            go(case, said("revoke", "2020-10-19", **lacking))


def test_an_open_case_is_always_due_on_some_day_and_an_ended_one_never() -> None:
    for state in CaseState:
        case = Case(**{**vars(go(NEW, *PUBLISHED)), "state": state})
        assert bool(case.due_on(Clock("2020-10-12"))) is case.is_open


def test_what_is_replayed_from_what_was_kept_is_what_it_came_to() -> None:
    case = go(NEW, *PUBLISHED, said("object", "2020-10-12"), said("answer", "2020-10-13"), said("revoke", "2020-10-19"))
    kept = [{**step.details, **({"request": step.request} if step.request else {})} for step in case.steps]
    assert [step["told_on"] for step in kept if "told_on" in step] == ["2020-10-02", "2020-10-11"]
    assert replayed(NEW, map(read_said, kept)) == case


def test_every_step_leads_only_from_the_states_that_the_table_names() -> None:
    for step in STEPS.values():
        for state in CaseState:
            case = Case(**{**vars(go(NEW, *HEARD)), "state": state, "ending": step.ending})
            if state not in step.sources:
                with pytest.raises(Refused, match="case-state"):
                    go(case, said(step.step, "2020-10-20"))
            assert not (state in DECIDED[1:] and step.step != "delist" and state in step.sources)

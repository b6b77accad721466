"""What may be committed to: events that nobody can know yet."""

from __future__ import annotations

import pytest

from audit_service.use_cases import rounds
from tests.campaign import (
    AFTER_FALLBACK,
    BALLS,
    DRAW,
    DRAWN,
    EVENTS,
    FALLBACK,
    MARCH,
    POLICY,
    PUBLIC,
    begun,
    bundle,
    commit_round,
    drawn,
    list_alone,
    run_round,
)
from tests.office import Office, on_both
from tests.policy_files import install
from tests.roster_rows import DEMO

TOMORROW = ("--event", "kl8:2027075@2027-03-24T13:30:00Z")
SEAL = ("--sealed", "--reveal-by", "2027-04-30")


def refused(office: Office, *command: object) -> str:
    """The code with which a command is refused; the log must be as it was."""
    before = office.run("log", "show").json["size"]
    code = office.run(*command, expect=1).code
    assert office.run("log", "show").json["size"] == before
    return code


# --- events whose value may be known ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event",
    [
        "d10:meeting:20@2027-04-06T07:00:00Z",
        "d10:Meeting:20@2027-04-06T07:00:00Z",
        "d10:meeting:40@2027-04-06T07:00:00Z",
    ],
)
def test_a_round_names_no_event_that_has_decided_the_sample_whatever_time_is_typed(office: Office, event: str) -> None:
    drawn(office)
    said = office.show("round", "commit", DRAW, "--event", event, expect=1)
    assert (f":{event.split(':')[1]} may be known" in said, f"an event of {DRAW}," in said) == (True, True)
    assert refused(office, "round", "commit", DRAW, "--event", event) == "event-known"
    assert refused(office, "round", "commit", DRAW, *TOMORROW, "--fallback", event) == "event-known"


@on_both
def test_a_round_names_no_event_of_an_earlier_round(office: Office) -> None:
    drawn(office)
    run_round(office, commit_round(office, 6)["round"], 6)
    again = ("round", "commit", DRAW, "--event", "kl8:2027086@2027-04-09T13:30:00Z")
    assert refused(office, *again) == "event-known"
    assert f"{DRAW}/1" in office.show(*again, expect=1)
    commit_round(office, 7)


def test_a_fallback_that_did_not_decide_is_known_too_once_its_time_is_past(office: Office) -> None:
    drawn(office)
    later = ("round", "commit", DRAW, "--event", "kl8:2027068@2027-04-06T13:30:00Z")
    assert refused(office.at(AFTER_FALLBACK), *later) == "event-known"


def test_what_happened_is_known_before_it_is_typed(office: Office) -> None:
    begun(office).at(DRAWN)
    later = ("round", "commit", DRAW, "--event", "ssq:2027030@2027-04-06T13:15:00Z", *TOMORROW)
    assert refused(office, *later) == "event-known"


def test_another_campaign_names_no_event_that_has_decided_this_one(office: Office) -> None:
    drawn(office)
    other = office.run("draw", "freeze", "--campaign", "spring", *POLICY).json["draw"]
    used = ("--event", "d10:meeting:20@2027-04-06T07:00:00Z")
    assert refused(office, "draw", "commit", other, *TOMORROW, *used) == "event-known"
    office.run("draw", "commit", other, *TOMORROW)


def test_a_later_successor_names_no_event_of_the_first_draw(office: Office) -> None:
    drawn(office).run("draw", "set-aside", DRAW, "--ground", "frame-error")
    second = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    office.run("draw", "commit", second, *TOMORROW, "--replaces", DRAW)
    office.at("2027-03-24T13:30:00Z").run("draw", "run", second, "--public", f"kl8:2027075:{BALLS}")
    office.run("draw", "set-aside", second, "--ground", "frame-error")
    third = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    first_events = ("--event", "d10:meeting:20@2027-04-06T07:00:00Z", "--event", "ssq:2027030@2027-04-06T13:15:00Z")
    assert refused(office, "draw", "commit", third, *first_events, "--replaces", second) == "event-known"


def test_sample_and_first_round_name_the_same_events_before_these_happen(office: Office) -> None:
    begun(office).run("round", "commit", DRAW, *EVENTS, "--fallback", "kl8:2027068@2027-03-17T13:30:00Z")
    office.at(AFTER_FALLBACK).run("draw", "run", DRAW, "--public", FALLBACK, "--document", "notice")
    office.run("round", "run", f"{DRAW}/1", "--public", FALLBACK, "--document", "notice")
    bundle(office)


def test_a_meeting_that_was_moved_is_named_again_with_its_new_day(office: Office) -> None:
    begun(office).run("draw", "withdraw", DRAW, "--reason", "the meeting is moved")
    office.at(DRAWN)
    again = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    moved = ("--event", "d10:meeting:20@2027-03-24T07:00:00Z", "--event", "ssq:2027033@2027-03-23T13:15:00Z")
    office.run("draw", "commit", again, *moved)
    public = PUBLIC.replace("2027030", "2027033")
    office.at("2027-03-24T07:00:00Z").run("draw", "run", again, "--public", public)


# --- open rounds after sealed ones ------------------------------------------------------------------------------------


def test_no_open_round_follows_a_sealed_one_before_its_reveal(office: Office) -> None:
    drawn(office)
    run_round(office, commit_round(office, 6, *SEAL)["round"], 6)
    open_round = ("round", "commit", DRAW, "--event", "kl8:2027087@2027-04-07T13:30:00Z")
    assert refused(office, *open_round) == "round-must-be-sealed"
    assert f"{DRAW}/1 is sealed" in office.show(*open_round, expect=1)
    office.run("round", "reveal", f"{DRAW}/1")
    commit_round(office, 7)


def test_nor_when_a_sealed_one_lies_between(office: Office) -> None:
    drawn(office)
    run_round(office, commit_round(office, 6, *SEAL)["round"], 6)
    run_round(office, commit_round(office, 7, *SEAL)["round"], 7)
    office.run("round", "reveal", f"{DRAW}/2")
    assert refused(office, "round", "commit", DRAW, "--event", "kl8:2027088@2027-04-08T13:30:00Z") == (
        "round-must-be-sealed"
    )


def test_nor_when_the_sealed_sample_alone_is_revealed(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    office.run("import", "people", DEMO / "inspectors_demo.csv")
    draw = office.at(MARCH).run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    for kind in ("draw", "round"):
        office.run(kind, "commit", draw, *EVENTS, *SEAL)
    office.at(DRAWN).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    open_round = ("round", "commit", draw, *TOMORROW)
    assert f"{draw} is sealed" in office.show(*open_round, expect=1)
    office.run("draw", "reveal", draw)
    assert refused(office, *open_round) == "round-must-be-sealed"
    assert f"{draw}/1 is sealed" in office.show(*open_round, expect=1)
    office.run("round", "reveal", f"{draw}/1")
    office.run(*open_round)


def test_a_sealed_round_without_teams_has_nothing_to_tell(office: Office) -> None:
    drawn(office)
    list_alone(office, "C5101", "T")
    run_round(office, commit_round(office, 6, *SEAL)["round"], 6, expect=3)
    commit_round(office, 7)


# --- commitments that nobody could read -------------------------------------------------------------------------------

TWINS = ("--event", "d10:Meeting:20@2027-03-24T07:00:00Z", "--fallback", "kl8:meeting@2027-03-25T13:30:00Z")


def test_events_that_differ_by_case_alone_are_not_committed_to_and_nothing_is_blocked(office: Office) -> None:
    begun(office).run("draw", "withdraw", DRAW, "--reason", "the meeting is moved")
    draw = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    assert refused(office, "draw", "commit", draw, *TWINS, *EVENTS[2:]) == "form-case-twins"
    office.run("draw", "commit", draw, *EVENTS)
    assert refused(office, "round", "commit", draw, *TWINS, *EVENTS[2:]) == "form-case-twins"
    office.run("round", "commit", draw, *EVENTS)
    assert [row["state"] for row in office.run("draw", "list").json["draws"]] == ["withdrawn", "committed"]


# --- numbers that bundles account for ---------------------------------------------------------------------------------


def test_a_lower_number_is_not_committed_after_a_higher_one(office: Office) -> None:
    drawn(office)
    lower, higher = (office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"] for _ in range(2))
    office.run("draw", "set-aside", DRAW, "--ground", "frame-error")
    office.run("draw", "commit", higher, *TOMORROW, "--replaces", DRAW)
    office.at("2027-03-24T13:30:00Z").run("draw", "run", higher, "--public", f"kl8:2027075:{BALLS}")
    bundle(office, higher)
    office.run("draw", "set-aside", higher, "--ground", "procedure")
    later = ("--event", "kl8:2027090@2027-04-08T13:30:00Z", "--replaces", higher)
    assert refused(office, "draw", "commit", lower, *later) == "commit-out-of-order"
    assert higher in office.show("draw", "commit", lower, *later, expect=1)
    bundle(office, higher)
    anew = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    office.run("draw", "commit", anew, *later)
    office.at("2027-04-08T13:30:00Z").run("draw", "run", anew, "--public", f"kl8:2027090:{BALLS}")
    for draw in (DRAW, higher, anew):
        bundle(office, draw)


def test_a_campaign_keeps_its_prefix_and_the_next_one_may_have_another(office: Office) -> None:
    install(office)
    office.at(MARCH).import_demo()
    freeze = ("draw", "freeze", *POLICY, "--campaign")
    office.run(*freeze, "2027")
    install(office, version=2, draw_prefix="SCN")
    assert refused(office, *freeze, "2027") == "campaign-other-prefix"
    assert "“SC-2027-01”" in office.show(*freeze, "2027", expect=1)
    assert office.run(*freeze, "2028").json["draw"] == "SCN-2028-01"
    install(office, version=3)
    assert office.run(*freeze, "2027").json["draw"] == DRAW.replace("01", "02")


# --- rounds before their sample ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--event", "--fallback"])
@pytest.mark.parametrize(
    "event",
    [
        "kl8:2027070@2027-03-17T13:29:59Z",
        "d10:meeting:40@2027-03-16T07:00:00Z",
        "d10:meeting:20@2027-03-15T07:00:00Z",
    ],
)
def test_a_round_is_not_decided_before_its_sample(office: Office, option: str, event: str) -> None:
    begun(office)
    commit = ("round", "commit", DRAW, *TOMORROW, option, event)
    assert refused(office, *commit) == "round-before-sample"
    assert "2027-03-17T13:30:00Z" in office.show(*commit, expect=1)
    office.run("round", "commit", DRAW, "--event", "kl8:2027070@2027-03-17T13:30:00Z")


def test_a_sample_is_withdrawn_by_its_own_events_and_its_round_goes_with_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(office)
    monkeypatch.setattr(rounds, "check_round_after", lambda *_: None)  # a round from before this was refused
    office.run("round", "commit", DRAW, "--event", "kl8:2027060@2027-03-09T13:30:00Z")
    office.at("2027-03-10T01:00:00Z")
    assert refused(office, "round", "withdraw", f"{DRAW}/1", "--reason", "x") == "withdraw-late"
    office.run("draw", "withdraw", DRAW, "--reason", "the meeting is moved")
    assert [row["state"] for row in office.run("round", "list", DRAW).json["rounds"]] == ["withdrawn"]


# --- fallback events before the first ones ----------------------------------------------------------------------------


def test_a_result_from_early_fallback_events_is_due_after_the_first_ones(office: Office) -> None:
    begun(office).run("draw", "withdraw", DRAW, "--reason", "the meeting is moved")
    draw = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    office.run("draw", "commit", draw, *EVENTS, "--fallback", "kl8:2027064@2027-03-13T13:30:00Z")
    run = ("draw", "run", draw, "--public", f"kl8:2027064:{BALLS}", "--document", "notice")
    assert refused(office.at("2027-03-13T13:30:00Z"), *run) == "event-ahead"
    office.at("2027-03-17T13:15:00Z").run(*run)
    assert office.run("draw", "show", draw).json["violations"] == []

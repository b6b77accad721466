"""Every way a draw can go, in the order of docs/ways.md and with its commands; there they are typed and explained.

Sections 7 to 10 are in `test_every_way_on.py`. Each way begins as that document does: the demonstration's rosters, a
frozen frame, a commitment with a fallback.
"""

from __future__ import annotations

import pytest

from audit_service.store import acts
from tests.campaign import (
    AFTER_FALLBACK,
    BALLS,
    DRAW,
    DRAWN,
    EVENTS,
    FALLBACK,
    POLICY,
    PUBLIC,
    WRONG,
    begun,
    bundle,
    commit_round,
    drawn,
    round_of,
)
from tests.office import Office, on_both

# --- 1 Withdrawn in time, and too late --------------------------------------------------------------------------------


@on_both
def test_1_what_is_withdrawn_in_time_keeps_its_number_and_has_no_bundle(office: Office) -> None:
    begun(office)
    first = commit_round(office, 6)["round"]
    office.run("round", "withdraw", first, "--reason", "the letters go out later")
    assert commit_round(office, 13)["round"] == f"{DRAW}/2"
    assert office.run("draw", "withdraw", DRAW, "--reason", " ", expect=1).code == "reason-empty"
    office.run("draw", "withdraw", DRAW, "--reason", "the meeting is moved")
    assert [row["state"] for row in office.run("round", "list", DRAW).json["rounds"]] == ["withdrawn"] * 2
    office.at(DRAWN)
    for command in (("draw", "run", DRAW, "--public", PUBLIC), ("record", DRAW, "--out", office.folder / "r.docx")):
        assert office.run(*command, expect=1).code == "state-withdrawn"
    assert office.run("bundle", DRAW, "--out", office.folder / "b.zip", expect=1).code == "state-withdrawn"
    assert office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"] == "SC-2027-02"
    assert "the meeting is moved" in office.show("draw", "show", DRAW)


def test_1_from_the_first_event_on_nothing_is_withdrawn(office: Office) -> None:
    begun(office)
    commit_round(office, 6)
    withdraw = (("draw", "withdraw", DRAW), ("round", "withdraw", f"{DRAW}/1"))
    office.at("2027-03-16T07:00:00Z")
    assert office.run(*withdraw[0], "--reason", "x", expect=1).code == "withdraw-late"
    office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    assert office.run(*withdraw[0], "--reason", "x", expect=1).code == "state-drawn"
    office.at("2027-04-06T13:30:00Z")
    assert office.run(*withdraw[1], "--reason", "x", expect=1).code == "withdraw-late"


# --- 2 Overdue --------------------------------------------------------------------------------------------------------


def test_2_a_result_is_due_within_24_hours_and_what_was_late_stays_so(office: Office) -> None:
    begun(office)

    def violations() -> list[str]:
        found: list[str] = office.run("draw", "list").json["draws"][0]["violations"]
        return found

    office.at("2027-03-17T13:15:00Z")
    assert violations() == []
    office.at("2027-03-17T13:15:01Z")
    assert violations() == ["overdue-result"]
    office.run("draw", "run", DRAW, "--public", PUBLIC)
    assert violations() == ["overdue-result"]
    commit_round(office, 6)
    office.at("2027-04-07T13:30:01Z")
    assert [row["violations"] for row in office.run("round", "list", DRAW).json["rounds"]] == [["overdue-result"]]
    run = ("round", "run", f"{DRAW}/1", "--public", f"kl8:2027086:{BALLS}")
    office.run(*run)
    assert office.run("round", "show", f"{DRAW}/1").json["violations"] == ["overdue-result"]
    assert "VIOLATION" in office.show("round", "show", f"{DRAW}/1")


def test_2_when_the_fallback_decided_its_own_times_count(office: Office) -> None:
    begun(office).at("2027-03-18T13:30:00Z")
    assert office.run("draw", "show", DRAW).json["violations"] == ["overdue-result"]
    office.run("draw", "run", DRAW, "--public", FALLBACK, "--document", "notice")
    assert office.run("draw", "show", DRAW).json["violations"] == []


# --- 3 Typed wrongly, and corrected -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        PUBLIC.replace("0583", "058"),
        PUBLIC.replace(",", ", "),
        ",".join(reversed(PUBLIC.split(","))),
        PUBLIC.replace("+07", "+17"),
    ],
)
def test_3_what_is_no_value_of_the_events_is_refused_and_changes_nothing(office: Office, typed: str) -> None:
    begun(office).at(DRAWN).run("draw", "run", DRAW, "--public", typed, expect=1)
    assert office.run("draw", "show", DRAW).json["state"] == "committed"


@on_both
def test_3_a_wrong_number_is_corrected_wherever_the_event_was_named(office: Office) -> None:
    begun(office).run("round", "commit", DRAW, *EVENTS)
    office.at(DRAWN).run("draw", "run", DRAW, "--public", WRONG)
    office.run("round", "run", f"{DRAW}/1", "--public", WRONG)
    correct = ("draw", "correct", DRAW, "--public", PUBLIC, "--document")
    assert office.run("draw", "run", DRAW, "--public", PUBLIC, expect=1).code == "state-drawn"
    assert office.run(*correct, " ", expect=1).code == "document-empty"
    changed = office.run(*correct, "minutes of 16 March").json["corrected"]
    assert [row["name"] for row in changed] == [DRAW, f"{DRAW}/1"]
    assert office.run(*correct, "minutes of 16 March", expect=1).code == "correct-same"
    shown = office.run("draw", "show", DRAW).json
    assert shown["corrections"] == [
        {"wrong": WRONG, "right": PUBLIC, "document": "minutes of 16 March", "request": None}
    ]
    for command in (("draw", "show", DRAW), ("round", "show", f"{DRAW}/1")):
        said = office.show(*command)
        assert (WRONG in said, "minutes of 16 March" in said) == (True, True)
    bundle(office)


def test_3_what_people_kept_their_seats_by_cannot_be_corrected_any_more(office: Office) -> None:
    drawn(office)
    round_of(office, 6)
    first = ("round", "correct", f"{DRAW}/1", "--document", "x", "--public")
    assert office.run("draw", "correct", DRAW, "--public", WRONG, "--document", "x", expect=1).code == "correct-late"
    office.run(*first, f"kl8:2027086:{BALLS[:-2]}21")
    round_of(office, 7)
    assert office.run(*first, f"kl8:2027086:{BALLS[:-2]}22", expect=1).code == "correct-late"


# --- 4 The fallback is used -------------------------------------------------------------------------------------------


@on_both
def test_4_the_fallback_decides_late_and_on_a_document_that_is_recorded_and_shown(office: Office) -> None:
    begun(office).at(DRAWN)
    run = ("draw", "run", DRAW, "--public")
    assert office.run(*run, FALLBACK, "--document", "notice", expect=1).code == "event-ahead"
    office.at(AFTER_FALLBACK)
    assert office.run(*run, FALLBACK, expect=1).code == "fallback-undocumented"
    assert office.run(*run, FALLBACK, "--document", " ", expect=1).code == "fallback-undocumented"
    assert office.run(*run, PUBLIC, "--document", "notice", expect=1).code == "fallback-not-used"
    mixed = f"d10:meeting:84729150366271940583,{FALLBACK}"
    assert office.run(*run, mixed, "--document", "notice", expect=1).code == "public-other-events"
    office.run(*run, FALLBACK, "--document", " the lottery's notice ")
    assert office.run("draw", "show", DRAW).json["cancelled_by"] == "the lottery's notice"
    assert "cancelled by: the lottery's notice" in office.show("draw", "show", DRAW)
    with office.runtime.look() as db:
        (ran,) = acts.all_details(db, DRAW, "run")
    assert ran == {"public": FALLBACK, "document": "the lottery's notice"}
    bundle(office)
    assert "fallback" in office.show("verify", office.folder / "b.zip", expect=4)


def test_4_so_it_does_in_a_round(office: Office) -> None:
    drawn(office)
    commit_round(office, 6, "--fallback", "d10:hall:20@2027-04-08T01:00:00Z")
    office.at("2027-04-08T01:00:00Z")
    run = ("round", "run", f"{DRAW}/1", "--public", "d10:hall:27182818284590452353")
    assert office.run(*run, expect=1).code == "fallback-undocumented"
    office.run(*run, "--document", "notice")
    assert office.run("round", "show", f"{DRAW}/1").json["cancelled_by"] == "notice"
    assert "cancelled by: notice" in office.show("round", "show", f"{DRAW}/1")
    assert office.run("draw", "show", DRAW).json["cancelled_by"] is None
    bundle(office)


# --- 5 Sealed, and revealed -------------------------------------------------------------------------------------------


@on_both
def test_5_nothing_of_a_sealed_draw_leaves_the_office_before_its_reveal(office: Office) -> None:
    begun(office).run("draw", "withdraw", DRAW, "--reason", "to be unannounced")
    draw = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    event = ("--event", "kl8:2027067@2027-03-16T13:30:00Z")
    for seal, code in ((("--sealed",), "seal-half"), (("--sealed", "--reveal-by", "2027-12-31"), "reveal-by")):
        assert office.run("draw", "commit", draw, *event, *seal, expect=1).code == code
    sealed = (*event, "--sealed", "--reveal-by", "2027-04-30")
    office.run("draw", "commit", draw, *sealed)
    office.run("round", "commit", draw, *sealed)
    office.deposit(draw)
    office.at("2027-03-16T13:30:00Z")
    for command in (("draw", "run", draw), ("round", "run", f"{draw}/1")):
        office.run(*command, "--public", f"kl8:2027067:{BALLS}")
    unit = office.run("draw", "show", draw).json["sample"][0]["unit"]
    for command in (
        ("bundle", draw, "--out", office.folder / "b.zip"),
        ("record", draw, "--out", office.folder / "r.docx"),
        ("draw", "substitute", draw, unit, "--document", "document 12"),
        ("draw", "set-aside", draw, "--ground", "procedure"),
        ("round", "reveal", f"{draw}/1"),
    ):
        assert office.run(*command, expect=1).code == "sealed"
    open_round = ("round", "commit", draw, "--event", "kl8:2027088@2027-04-06T13:30:00Z")
    assert office.run(*open_round, expect=1).code == "round-must-be-sealed"
    office.at("2027-05-01T00:00:00Z").run("draw", "reveal", draw)
    assert office.run("bundle", draw, "--out", office.folder / "b.zip", expect=1).code == "sealed"
    office.run("round", "reveal", f"{draw}/1")
    bundle(office, draw)
    late = office.run("draw", "show", draw).json
    assert late["violations"] == ["overdue-reveal", "deposit-unshown"]
    assert late["rounds"][0]["violations"] == ["overdue-reveal", "deposit-missing"]


# --- 6 Set aside, and replaced ----------------------------------------------------------------------------------------


@on_both
def test_6_what_is_set_aside_stays_to_be_seen_and_its_successor_names_it(office: Office) -> None:
    begun(office)
    aside = ("draw", "set-aside", DRAW, "--ground")
    assert office.run(*aside, "frame-error", expect=1).code == "state-committed"
    office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    assert office.run(*aside, "dislike", expect=1).code == "ground-unknown"
    office.run(*aside, "frame-error", "--reason", "two units were left out")
    event = ("--event", "kl8:2027088@2027-04-06T13:30:00Z")
    assert office.run("round", "commit", DRAW, *event, expect=1).code == "state-set-aside"
    successor = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    commit = ("draw", "commit", successor, "--event")
    own, old = "kl8:2027075@2027-03-24T13:30:00Z", "kl8:2027068@2027-03-24T13:30:00Z"
    assert office.run(*commit, own, expect=1).code == "replaces-other"
    assert office.run(*commit, old, "--replaces", DRAW, expect=1).code == "replaces-same-event"
    office.run(*commit, own, "--replaces", DRAW)
    office.at("2027-03-24T13:30:00Z").run("draw", "run", successor, "--public", f"kl8:2027075:{BALLS}")
    assert [row["state"] for row in office.run("draw", "list").json["draws"]] == ["set-aside", "drawn"]
    assert b'"replaces":"SC-2027-01"' in bundle(office, successor)["sample/commitment.json"]
    bundle(office)
    office.run("record", DRAW, "--out", office.folder / "r.docx")


def test_6_a_successor_that_is_withdrawn_leaves_its_place_to_the_next(office: Office) -> None:
    drawn(office).run("draw", "set-aside", DRAW, "--ground", "order-changed")
    for number, event in ((2, "kl8:2027075@2027-03-24T13:30:00Z"), (3, "kl8:2027076@2027-03-25T13:30:00Z")):
        draw = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
        assert draw == f"SC-2027-0{number}"
        assert office.run("draw", "commit", draw, "--event", event, expect=1).code == "replaces-other"
        office.run("draw", "commit", draw, "--event", event, "--replaces", DRAW)
        office.run("draw", "withdraw", draw, "--reason", "the meeting is moved")

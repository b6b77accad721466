"""A public value that was typed wrongly is corrected by a record that shows both; it is no other draw."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from audit_service.files.bundles import read_bundle
from audit_service.store import tables
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both

WRONG = PUBLIC.replace("+07", "+08")
LETTER = ("--document", "更正说明")


@on_both
def test_a_correction_gives_what_the_right_value_would_have_given(office: Office, tmp_path: Path) -> None:
    draw = office.import_demo().commit()
    office.run("round", "commit", draw, *EVENTS)
    office.at(LATE).run("draw", "run", draw, "--public", WRONG)
    office.run("round", "run", f"{draw}/1", "--public", WRONG)
    changed = office.run("draw", "correct", draw, "--public", PUBLIC, *LETTER).json["corrected"]
    assert [(entry["name"], entry["wrong"], entry["right"]) for entry in changed] == [
        (draw, WRONG, PUBLIC),
        (f"{draw}/1", WRONG, PUBLIC),
    ]
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    (tmp_path / "anchors").write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors").json["verdict"] == "verified"
    assert json.loads(read_bundle(tmp_path / "b.zip")["rounds/1/seed.json"])["public"] == PUBLIC
    shown = office.run("draw", "show", draw).json
    assert shown["corrections"] == [{"wrong": WRONG, "right": PUBLIC, "document": "更正说明", "request": None}]


def test_what_followed_from_the_wrong_value_is_kept_aside(office: Office) -> None:
    draw = office.import_demo().commit()
    office.at(LATE).run("draw", "run", draw, "--public", WRONG)
    office.run("draw", "correct", draw, "--public", PUBLIC, *LETTER)
    with office.runtime.look() as db:
        names = set(db.execute(select(tables.draw_files.c.name)).scalars())
    assert {name.rpartition("/")[2] for name in names if name.startswith("superseded/")} == {
        "seed.json",
        "allocation.csv",
        "sample.csv",
        "notices.txt",
    }


def test_a_correction_needs_a_document_another_value_and_a_draw_that_was_run(office: Office) -> None:
    draw = office.import_demo().commit()
    correct = ("draw", "correct", draw, "--public")
    assert office.at(LATE).run(*correct, PUBLIC, *LETTER, expect=1).code == "state-committed"
    office.run("draw", "run", draw, "--public", WRONG)
    assert office.run(*correct, PUBLIC, "--document", " ", expect=1).code == "document-empty"
    assert office.run(*correct, WRONG, *LETTER, expect=1).code == "correct-same"
    assert office.run(*correct, PUBLIC[:-1], *LETTER, expect=1).code == "value-d10"


def test_in_one_office_mode_it_is_said_that_nobody_confirmed_it(office: Office) -> None:
    draw = office.import_demo().commit()
    office.at(LATE).run("draw", "run", draw, "--public", WRONG)
    assert "no second person confirmed" in office.show(
        "draw", "correct", draw, "--public", PUBLIC, *LETTER, "--lang", "en"
    )


def wrongly_drawn(office: Office, *seal: str) -> str:
    """A draw and its first round by a value that was typed wrongly, as one act afterwards may find them."""
    draw = office.import_demo().commit(*EVENTS, *seal)
    office.run("round", "commit", draw, *EVENTS, *seal)
    office.at(LATE).run("draw", "run", draw, "--public", WRONG)
    office.run("round", "run", f"{draw}/1", "--public", WRONG)
    return draw


def substitute(office: Office, draw: str) -> None:
    office.run("draw", "substitute", draw, first_unit(office, draw), "--document", "x")


def notice(office: Office, draw: str) -> None:
    office.run("notice", "make", draw, first_unit(office, draw), "--as", "json", "--out", office.folder / "notice.json")


def release(office: Office, draw: str) -> None:
    office.run("release", "make", draw, "--city", "成都市", "--visit", "2026-08-01", "--days", "2")


def open_packet(office: Office, draw: str) -> None:
    seat = office.run("round", "show", f"{draw}/1").json["assignment"][0]
    office.run("packet", "open", draw, seat["packet"], "--inspector", seat["inspector"])


def another_round(office: Office, draw: str) -> None:
    office.run("round", "commit", draw, "--event", "d10:hall:20@2026-08-10T13:00:00Z")


def first_unit(office: Office, draw: str) -> str:
    return str(office.run("draw", "show", draw).json["sample"][0]["unit"])


@pytest.mark.parametrize("build", [substitute, notice, release, open_packet, another_round])
def test_what_was_built_on_the_wrong_value_cannot_be_corrected_away(
    office: Office, build: Callable[[Office, str], None]
) -> None:
    draw = wrongly_drawn(office)
    build(office, draw)
    before = office.run("draw", "show", draw).json["sample"]
    for part in (("draw", "correct", draw), ("round", "correct", f"{draw}/1")):
        assert office.run(*part, "--public", PUBLIC, *LETTER, expect=1).code == "correct-late"
    assert office.run("draw", "show", draw).json["sample"] == before


@on_both
def test_nor_under_a_seal_and_it_is_not_told_what_was_done(office: Office) -> None:
    draw = wrongly_drawn(office, "--sealed", "--reveal-by", "2026-12-01")
    said = set()
    correct = ("draw", "correct", draw, "--public", PUBLIC, *LETTER)
    for build in (notice, release, open_packet):
        build(office, draw)
        refused = office.run(*correct, expect=1)
        assert refused.code == "correct-late"
        said.add(refused.said)
    assert len(said) == 1
    office.at("2026-09-01T01:00:00Z").run("draw", "reveal", draw)
    assert office.run(*correct, expect=1).code == "correct-late"


def test_a_round_that_was_withdrawn_is_built_on_nothing(office: Office) -> None:
    draw = wrongly_drawn(office)
    another_round(office, draw)
    office.run("round", "withdraw", f"{draw}/2", "--reason", "换日期")
    office.run("draw", "correct", draw, "--public", PUBLIC, *LETTER)


def test_the_value_of_a_second_round_is_corrected_though_people_keep_their_seats_in_it(office: Office) -> None:
    draw = office.drawn()
    wrong, right = "01234567890123456789", "01234567890123456788"
    for number, day in ((1, 10), (2, 20)):
        office.run("round", "commit", draw, "--event", f"d10:hall{number}:20@2026-08-{day}T13:00:00Z")
        office.at(f"2026-08-{day}T14:00:00Z")
        office.run("round", "run", f"{draw}/{number}", "--public", f"d10:hall{number}:{wrong}")
    office.run("round", "correct", f"{draw}/2", "--public", f"d10:hall2:{right}", *LETTER)
    first = ("round", "correct", f"{draw}/1", "--public", f"d10:hall1:{right}", *LETTER)
    assert office.run(*first, expect=1).code == "correct-late"


def test_a_round_is_corrected_by_itself_where_its_events_are_its_own(office: Office) -> None:
    draw = office.drawn()
    office.run("round", "commit", draw, "--event", "d10:hall:20@2026-08-10T13:00:00Z")
    wrong, right = "d10:hall:01234567890123456789", "d10:hall:01234567890123456788"
    office.at("2026-08-10T13:00:00Z").run("round", "run", f"{draw}/1", "--public", wrong)
    before = office.run("draw", "show", draw).json
    changed = office.run("round", "correct", f"{draw}/1", "--public", right, *LETTER).json["corrected"]
    assert [entry["name"] for entry in changed] == [f"{draw}/1"]
    assert office.run("draw", "show", draw).json["sample"] == before["sample"]
    office.run("bundle", draw, "--out", office.folder / "b.zip")
    assert office.run("verify", office.folder / "b.zip", expect=4).json["verdict"] == "consistent"

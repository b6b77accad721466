"""A public value that was typed wrongly is corrected by a record that shows both; it is no other draw."""

from __future__ import annotations

import json
from pathlib import Path

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
    assert shown["corrections"] == [{"wrong": WRONG, "right": PUBLIC, "document": "更正说明"}]


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


def test_what_was_built_on_the_wrong_value_cannot_be_corrected_away(office: Office) -> None:
    draw = office.import_demo().commit()
    office.at(LATE).run("draw", "run", draw, "--public", WRONG)
    unit = office.run("draw", "show", draw).json["sample"][0]["unit"]
    office.run("draw", "substitute", draw, unit, "--document", "x")
    assert office.run("draw", "correct", draw, "--public", PUBLIC, *LETTER, expect=1).code == "correct-late"


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

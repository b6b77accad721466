"""Checkpoints on paper: on the record of a draw, on the screen as a code, and typed in again years later."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import text

from audit_service.core.notes import parse_checkpoint, parse_key, parse_note
from audit_service.signing import verify
from audit_service.store import log
from tests.cli.test_record import facts, record, styled
from tests.databases import unguarded
from tests.office import LATE, PUBLIC, Office, on_both

QR_CODE = zxingcpp.BarcodeFormat.QRCode
"""Nothing else is looked for: the squares of a code may happen to look like another kind of one."""


def codes(file: Path) -> list[str]:
    """The texts of the codes in a Word document, as a telephone reads them."""
    with ZipFile(file) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("word/media/"))
        pictures = [Image.open(BytesIO(parts.read(name))) for name in names]
    return [code.text for each in pictures for code in zxingcpp.read_barcodes(each, formats=QR_CODE)]


@on_both
def test_the_record_of_a_draw_shows_the_first_checkpoint_that_holds_it_as_text_and_code(office: Office) -> None:
    draw = office.drawn()
    shown = office.run("log", "show").json
    said = facts(record(office, draw))
    (code,) = codes(office.folder / "record.docx")
    checkpoint = parse_checkpoint(parse_note(code.encode()).text)
    verify(parse_note(code.encode()), parse_key(shown["key"]))
    assert (said["条数"], said["根"].replace(" ", "")) == (str(checkpoint.size), checkpoint.root.hex())
    assert said["签署时间"] == "2026-07-01 21:30:00（北京时间） 2026-07-01 13:30:00（UTC）"
    assert said["日志名称"] == "audit-service"
    assert code == shown["checkpoint"]
    office.freeze("2027")
    record(office, draw)
    assert codes(office.folder / "record.docx") == [code]


def test_what_was_done_with_the_draw_later_is_in_the_checkpoint_of_a_later_record(office: Office) -> None:
    draw = office.drawn()
    first = facts(record(office, draw))["条数"]
    office.run("draw", "set-aside", draw, "--ground", "procedure")
    assert int(facts(record(office, draw))["条数"]) == int(first) + 1


def test_where_nothing_was_signed_yet_the_record_says_so(office: Office) -> None:
    draw = office.import_demo().commit()
    last = office.folder / "log.last"
    last.write_bytes(b"nothing is signed while this is no checkpoint")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    said = record(office, draw)
    assert any("尚未签署" in note for note in styled(said, "Note"))
    assert "根" not in facts(said)
    assert codes(office.folder / "record.docx") == []
    english = docx.Document(str(made(office, draw)))
    assert any("had signed no checkpoint yet" in note for note in styled(english, "Note"))


def made(office: Office, draw: str) -> Path:
    file = office.folder / "record.docx"
    office.run("record", draw, "--out", file, "--lang", "en")
    return file


def test_the_screen_shows_the_checkpoint_as_a_code(office: Office) -> None:
    note = office.import_demo().run("log", "show").json["checkpoint"]
    lines = [line for line in office.show("log", "show", "--qr").splitlines() if set(line) <= set("█▀▄ ") and line]
    light = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    rows = [[light[each][half] for each in line] for line in lines for half in (0, 1)]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([255 * each for row in rows for each in row])
    (code,) = zxingcpp.read_barcodes(picture.resize((8 * len(rows[0]), 8 * len(rows)), Image.Resampling.NEAREST))
    assert code.text == note


# --- typed in again -------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(office: Office) -> dict[str, Any]:
    """A checkpoint on paper, after which more was done."""
    found: dict[str, Any] = office.import_demo().run("log", "show").json
    office.freeze()
    return found


def groups(digits: str) -> list[str]:
    return [digits[place : place + 4] for place in range(0, len(digits), 4)]


def test_a_checkpoint_from_paper_is_still_contained_however_it_is_typed(office: Office, kept: dict[str, Any]) -> None:
    root = kept["root"]
    base64 = kept["checkpoint"].split("\n")[2]
    for typed in ([root], groups(root), [root.upper()], [" ".join(groups(root))], [root[:32], root[32:]], [base64]):
        assert office.run("log", "contains", 4, *typed).json == {"size": 4, "root": root}


def test_what_was_mistyped_is_not_contained(office: Office, kept: dict[str, Any]) -> None:
    root = kept["root"]
    other = ("1" if root[0] == "0" else "0") + root[1:]
    assert office.run("log", "contains", 4, other, expect=1).code == "log-not-contained"
    assert office.run("log", "contains", 3, root, expect=1).code == "log-not-contained"
    assert office.run("log", "contains", 7, root, expect=1).code == "log-shorter"
    for typed in (root[:-1], root + "0", "x" * 64, "", "é"):
        assert office.run("log", "contains", 4, typed, expect=1).code == "log-root-form"
    assert office.run("log", "contains", 0, root, expect=2, json_wanted=False).status == 2


def test_a_log_that_was_changed_no_longer_contains_it_though_its_hashes_were_left(
    office: Office, kept: dict[str, Any]
) -> None:
    with unguarded(office.runtime.engine) as db:
        (content,) = db.execute(text("SELECT content FROM entries WHERE place = 2")).one()
        db.execute(text("UPDATE entries SET content = :longer WHERE place = 2"), {"longer": content + b" "})
    assert office.run("log", "contains", 4, kept["root"], expect=1).code == "log-not-contained"
    with office.runtime.look() as db:
        assert log.published(db) == 6


def test_a_log_that_was_begun_anew_does_not_contain_it(office: Office, kept: dict[str, Any], template: str) -> None:
    office.begin_anew(template)
    office.import_demo()
    assert office.run("log", "contains", 4, kept["root"], expect=1).code == "log-not-contained"

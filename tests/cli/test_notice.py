"""Task notices as a unit gets them: read from paper by their codes, and checked at once."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.log.test_log import entries
from tests.office import EVENTS, PUBLIC, Office, on_both

ROOT = Path(__file__).parents[2]
FONTS = Path("/usr/share/fonts/opentype/noto")
needs_fonts = pytest.mark.skipif(not FONTS.exists(), reason="no Chinese fonts here (fonts-noto-cjk)")


def first_unit(office: Office, draw: str) -> str:
    unit: str = office.run("draw", "show", draw).json["sample"][0]["unit"]
    return unit


def made(office: Office, draw: str, unit: str, name: str, *options: str) -> Path:
    file = office.folder / name
    office.run("notice", "make", draw, unit, "--out", file, *options)
    return file


def anchors(office: Office, draw: str) -> list[str]:
    """What a unit has from elsewhere."""
    root = office.run("draw", "show", draw).json["notices"]
    return ["--root", root, "--log-key", office.run("log", "show").json["key"]]


def by_both(office: Office, file: Path, *options: str, expect: int = 0) -> Any:
    """What the office's program and the independent verifier say, which must be the same verdict."""
    found = office.run("notice", "check", file, *options, expect=expect)
    program = [sys.executable, "-I", ROOT / "verifier" / "verify.py", "--notice", file, "--json", *options]
    run = subprocess.run(program, capture_output=True, text=True, check=False)
    assert run.returncode == expect, run.stderr
    assert expect == 1 or json.loads(run.stdout)["verdict"] == found.json["verdict"]
    return found.json


def codes(image: Image.Image) -> list[str]:
    """The texts of the codes of a picture, from left to right."""
    found = sorted(zxingcpp.read_barcodes(image), key=lambda code: code.position.top_left.x)
    return [code.text for code in found]


def codes_in_word(file: Path) -> list[str]:
    with ZipFile(file) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("word/media/"))
        return [text for name in names for text in codes(Image.open(BytesIO(parts.read(name))))]


@on_both
def test_a_unit_checks_its_notice_at_once_with_either_program(office: Office) -> None:
    draw = office.drawn()
    unit = first_unit(office, draw)
    file = made(office, draw, unit, "n.json")
    told = by_both(office, file, *anchors(office, draw))
    assert (told["verdict"], told["unit"], told["drawn"]) == ("verified", unit, True)
    assert by_both(office, file, expect=4)["verdict"] == "consistent"
    by_both(office, file, "--root", "00" * 32, expect=1)
    file.write_text(file.read_text().replace(unit, first_other(office, draw, unit), 1))
    by_both(office, file, *anchors(office, draw), expect=1)


def first_other(office: Office, draw: str, unit: str) -> str:
    units = [row["unit"] for row in office.run("draw", "show", draw).json["sample"]]
    return next(other for other in units if other != unit)


def test_the_codes_of_the_word_document_are_the_notices_text(office: Office) -> None:
    draw = office.drawn()
    unit = first_unit(office, draw)
    file = made(office, draw, unit, "n.docx", "--lang", "zh")
    scanned = office.folder / "scanned.json"
    scanned.write_text("\n".join(codes_in_word(file)))
    assert by_both(office, scanned, *anchors(office, draw))["unit"] == unit
    text = "\n".join(
        [p.text for p in docx.Document(str(file)).paragraphs]
        + [c.text for t in docx.Document(str(file)).tables for r in t.rows for c in r.cells]
    )
    for said in ("抽验任务通知书", unit, draw, "不需要网络", "本通知只证明本办事先受其约束"):
        assert said in text


@needs_fonts
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_telephone_reads_the_codes_from_the_printed_pdf(office: Office, language: str) -> None:
    draw = office.drawn()
    unit = first_unit(office, draw)
    file = made(office, draw, unit, "n.pdf", "--lang", language)
    pages = list(pypdfium2.PdfDocument(str(file)))
    assert all((round(page.get_width()), round(page.get_height())) == (595, 842) for page in pages)  # A4, in points
    scanned = office.folder / "scanned.json"
    scanned.write_text("\n".join(text for page in pages for text in codes(page.render(scale=150 / 72).to_pil())))
    assert by_both(office, scanned, *anchors(office, draw))["unit"] == unit
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert unit in text
    assert ("抽验任务通知书" if language == "zh" else "Notice of inspection") in text


def test_a_pdf_without_a_chinese_font_is_refused_and_says_what_to_install(office: Office) -> None:
    draw = office.drawn()
    office.environment = {**office.environment, "AUDIT_FONT_FOLDER": str(office.folder / "none")}
    size = office.run("log", "show").json["size"]
    done = office.run("notice", "make", draw, first_unit(office, draw), "--out", office.folder / "n.pdf", expect=1)
    assert done.code == "fonts-missing"
    assert "fonts-noto-cjk" in done.said
    assert office.run("log", "show").json["size"] == size  # nothing was made, so nothing is recorded


def test_every_notice_is_an_act_of_the_log_that_hides_the_unit(office: Office) -> None:
    draw = office.drawn()
    unit = first_unit(office, draw)
    made(office, draw, unit, "n.json")
    last = entries(office)[-1]
    assert (last["action"], last["subject"]) == ("notice", draw)
    assert unit not in json.dumps(last)


def test_all_notices_are_a_file_each(office: Office) -> None:
    draw = office.drawn()
    units = {row["unit"] for row in office.run("draw", "show", draw).json["sample"]}
    folder = office.folder / "notices"
    told = office.run("notice", "make", draw, "--all", "--as", "json", "--out", folder).json
    assert set(told["units"]) == units
    assert {file.stem for file in folder.iterdir()} == units
    for file in sorted(folder.iterdir())[:3]:
        assert by_both(office, file, *anchors(office, draw))["unit"] == file.stem


def test_a_substitutes_notice_says_whom_it_replaces(office: Office) -> None:
    draw = office.drawn()
    unit = first_unit(office, draw)
    (row,) = office.run("draw", "substitute", draw, unit, "--document", "川民政〔2026〕8号").json["substitutions"]
    document = docx.Document(str(made(office, draw, row["substitute"], "n.docx", "--lang", "zh")))
    assert any("川民政〔2026〕8号" in paragraph.text and "递补" in paragraph.text for paragraph in document.paragraphs)
    file = made(office, draw, row["substitute"], "n.json")
    assert by_both(office, file, *anchors(office, draw))["drawn"] is False
    gone = office.run("notice", "make", draw, unit, "--out", office.folder / "x.json", expect=1)
    assert gone.code == "notice-not-inspected"


def test_after_a_correction_the_notice_is_of_the_root_that_counts(office: Office) -> None:
    draw = office.import_demo().commit()
    office.at("2026-07-01T13:30:00Z").run("draw", "run", draw, "--public", PUBLIC.replace("+07", "+08"))
    wrong = office.run("draw", "show", draw).json["notices"]
    office.run("draw", "correct", draw, "--public", PUBLIC, "--document", "开奖公告")
    file = made(office, draw, first_unit(office, draw), "n.json")
    assert by_both(office, file, *anchors(office, draw))["root"] != wrong


def test_no_notice_before_the_draw_after_it_was_set_aside_or_of_others(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS)
    out = ("--out", office.folder / "n.json")
    assert office.run("notice", "make", draw, "510104026", *out, expect=1).code == "state-committed"
    office.at("2026-07-01T13:30:00Z").run("draw", "run", draw, "--public", PUBLIC)
    assert office.run("notice", "make", draw, "nobody", *out, expect=1).code == "notice-not-inspected"
    assert office.run("notice", "make", draw, *out, expect=2).code == "notice-one-or-all"
    assert office.run("notice", "make", draw, "--all", "x", *out, expect=2).code == "notice-one-or-all"
    unknown = office.run("notice", "make", draw, "x", "--out", office.folder / "n.odt", expect=2)
    assert unknown.code == "notice-format"
    office.run("draw", "set-aside", draw, "--ground", "procedure", "--reason", "x")
    assert office.run("notice", "make", draw, "x", *out, expect=1).code == "state-set-aside"


@pytest.mark.parametrize("text", ["", "x", "{}", "[]", '{"notice":"task-notice/1"}', "\xff"])
def test_what_is_no_notice_is_refused_in_words(office: Office, text: str) -> None:
    file = office.folder / "n.json"
    file.write_bytes(text.encode("latin-1"))
    by_both(office, file, expect=1)

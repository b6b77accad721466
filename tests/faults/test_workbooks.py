"""Workbooks that are damaged, swollen or made to harm: a clear error in both languages, and nothing is imported."""

from __future__ import annotations

import re
import socket
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.faults import hostile
from tests.faults.desk import Dump, dump, program_and_peak, settings
from tests.faults.hostile import HEADINGS, PARTS, VALUES, book, cell, row, sheet
from tests.office import Office
from tests.roster_rows import csv_bytes

HAN = re.compile(r"[\u4e00-\u9fff]")
MOST_ROWS = 1_048_576
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
LAUGHTER = f'<!DOCTYPE x [<!ENTITY a "lollollollol">{LAUGHS}]>'
FORMULA = [*VALUES[:3], "<c><f>1+1</f></c>", "510104099", "<c><f>B2</f><v></v></c>", *VALUES[6:]]


def laughing(part: str, old: str, new: str) -> bytes:
    """A workbook of which a part defines a text of a billion laughs, and uses it."""
    return book(more={part: PARTS[part].replace("?><", f"?>{LAUGHTER}<").replace(old, new)})


def empty_rows(cells: str = "") -> list[str]:
    return [f'<row r="{n}">{cells.replace("@", str(n))}</row>' for n in range(3, MOST_ROWS + 1)]


def content(office: Office) -> Dump:
    return dump(office.environment["AUDIT_DATABASE_URL"])


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "file-empty"),
    "cut off": (lambda: book()[:-300], "file-unreadable"),
    "without its end": (lambda: book()[:900], "file-unreadable"),
    "old, cut off": (lambda: hostile.old_book()[:2000], "file-unreadable"),
    "broken XML of a sheet": (lambda: book(sheet()[:700]), "file-unreadable"),
    "broken XML of the book": (
        lambda: book(more={"xl/workbook.xml": PARTS["xl/workbook.xml"][:200]}),
        "file-unreadable",
    ),
    "broken XML of the texts": (
        lambda: book(sheet(row(3, ['<c t="s"><v>0</v></c>'])), {STRINGS: "<sst><si>"}),
        "file-unreadable",
    ),
    "a text that there is not": (lambda: book(sheet(row(3, ['<c t="s"><v>9</v></c>']))), "file-unreadable"),
    "a sheet that there is not": (
        lambda: book(more={"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "file-unreadable",
    ),
    "UTF-16 inside": (lambda: book(sheet().replace("UTF-8", "UTF-16").encode("utf-16")), "file-unreadable"),
    "new, with a password": (hostile.encrypted, "file-password"),
    "old, with a password": (lambda: hostile.locked(hostile.old_book()), "file-password"),
    "a web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "file-format"),
    "a CSV file": (lambda: csv_bytes([HEADINGS, VALUES]), "file-format"),
    "a Word document": (lambda: hostile.added(zipped({}), "word/document.xml", b"<x/>"), "file-format"),
    "random bytes": (lambda: bytes(range(1, 256)) * 40, "file-format"),
    "a part twice": (lambda: hostile.added(book(), SHEET.upper(), b"<x/>"), "file-parts-twice"),
    "only a million empty rows": (
        lambda: book(sheet(*empty_rows()).replace(row(1, HEADINGS) + row(2, VALUES), "")),
        "file-empty",
    ),
    "a cell at the far end": (
        lambda: book(sheet(f'<row r="{MOST_ROWS}">{cell(MOST_ROWS, 16383, "x")}</row>')),
        "sheet-too-spread",
    ),
    "a cell at the far end, hidden": (
        lambda: book(sheet('<row><c x=">" r="XFD1048576"><v>1</v></c></row>')),
        "file-beyond-limits",
    ),
    "laughs in a sheet": (lambda: book(sheet(row(3, ["X"]).replace("X", "&j;"), head=LAUGHTER)), "file-unreadable"),
    "laughs in the book": (lambda: laughing("xl/workbook.xml", "名单", "&j;"), "file-unreadable"),
    "laughs in the texts": (lambda: laughing(STRINGS, "<t>x", "<t>&j;"), "file-unreadable"),
    "formulas without values": (lambda: book(sheet(row(3, FORMULA))), "formula-unsaved"),
    "formulas who knows where": (lambda: book(sheet("<row><c><f>1+1</f></c></row>")), "file-formulas-unsaved"),
}


def zipped(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_that_cannot_be_read_says_why_and_nothing_is_imported(
    name: str, office: Office, tmp_path: Path
) -> None:
    make, code = REFUSED[name]
    file = tmp_path / "名单.xlsx"
    file.write_bytes(make())
    good = tmp_path / "good.csv"
    good.write_bytes(csv_bytes([HEADINGS, [*VALUES[:2], "督院街街道", "街道", "510104020", *VALUES[5:]]]))
    before = content(office)
    for language in ("zh", "en"):
        done = office.run("import", "units", good, file, "--lang", language, expect=1)
        assert {finding["code"] for finding in done.json["errors"]} == {code}
        for finding in done.json["errors"]:
            assert finding["file"] == str(file)
            assert bool(HAN.search(finding["message"])) == (language == "zh")
        assert "名单.xlsx" in done.said
    assert content(office) == before


def test_a_formula_without_its_value_is_told_with_its_row_and_column(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(sheet(row(3, FORMULA))))
    errors = office.run("import", "units", tmp_path / "a.xlsx", expect=1).json["errors"]
    assert [(error["sheet"], error["row"], error["column"]) for error in errors] == [
        ("名单", 3, HEADINGS[3]),
        ("名单", 3, HEADINGS[5]),
    ]


READ: dict[str, Callable[[], bytes]] = {
    "an old workbook": hostile.old_book,
    "other content types": lambda: book(more={"[Content_Types].xml": "<Types/>"}),
    "a dimension of everything": lambda: book(
        sheet().replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "a million empty rows": lambda: book(sheet(*empty_rows())),
    "a million rows without numbers": lambda: book(sheet("<row/>" * (MOST_ROWS - 2))),
    "a part that climbs out": lambda: hostile.added(book(), "../../../../climbed", b"x"),
    "a workbook in the workbook": lambda: hostile.added(book(), "xl/embeddings/b.xlsx", book()),
    "formulas with their values": lambda: book(
        sheet().replace(cell(2, 1, VALUES[1]), f'<c r="B2" t="str"><f>"锦江"&amp;"区"</f><v>{VALUES[1]}</v></c>')
    ),
    "a formula of nothing": lambda: book(
        sheet(row(3, ["", "", "", "", "", "", '<c t="str"><f>IF(A4="","",1)</f><v></v></c>']))
    ),
    "an error in a column that nobody reads": lambda: book(
        sheet()
        .replace("</row>", f"{cell(1, 8, '排序')}</row>", 1)
        .replace("</row></", '<c r="I2"><f>A9</f></c></row></')
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_workbook_that_is_only_odd_is_read(name: str, office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(READ[name]())
    done = office.run("import", "units", tmp_path / "a.xlsx")
    assert done.json["imported"] == 1
    assert [path.name for path in tmp_path.rglob("climbed")] == []


def test_a_sheet_of_sixteen_thousand_columns_is_read_and_each_unknown_column_is_told(
    office: Office, tmp_path: Path
) -> None:
    others = "".join(cell(1, place, f"x{place}") for place in range(8, 16_384))
    (tmp_path / "a.xlsx").write_bytes(book(sheet().replace("</row>", f"{others}</row>", 1)))
    done = office.run("import", "units", tmp_path / "a.xlsx")
    assert done.json["imported"] == 1
    assert len(done.json["warnings"]) == 16_384 - 8


def test_links_to_other_workbooks_are_not_followed(office: Office, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        target = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/other.xlsx"
        linked = f'<c r="D2" t="str"><f>[1]Sheet1!A1</f><v>{VALUES[3]}</v></c>'
        links = PARTS["xl/_rels/workbook.xml.rels"].replace(
            "</Rel",
            f'<Relationship Id="rId9" Type="{hostile.OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
            "</Rel",
        )
        more = {
            "xl/_rels/workbook.xml.rels": links,
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{hostile.MAIN}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'<Relationships xmlns="{hostile.PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{hostile.OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
            ),
        }
        (tmp_path / "a.xlsx").write_bytes(book(sheet().replace(cell(2, 3, VALUES[3]), linked), more))
        assert office.run("import", "units", tmp_path / "a.xlsx").json["imported"] == 1
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


HEAVY: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "a sheet of 2 GB": (lambda: hostile.bomb(SHEET, 2048), "file-unpacked-too-large", 500),
    "texts of 2 GB, which it does not say": (lambda: hostile.bomb(STRINGS, 2048, 1000), "file-unreadable", 500),
    "a picture of 2 GB, which it does not say": (lambda: hostile.bomb("xl/a.png", 2048, 1000), "file-unreadable", 500),
    "a long text 40,000 times": (
        lambda: book(
            sheet(*(row(n, ['<c t="s"><v>0</v></c>'] * 8) for n in range(3, 5003))),
            {STRINGS: PARTS[STRINGS].replace(">x<", f">{'字' * 32_000}<")},
        ),
        "file-beyond-limits",
        1600,
    ),
    "an old workbook whose chain of sectors is a ring": (lambda: ring(hostile.old_book()), "file-beyond-limits", 800),
}


def ring(data: bytes) -> bytes:
    """An .xls whose table of sectors says of the first of its directory that it is followed by itself."""
    table = 512 + 512 * int.from_bytes(data[0x4C:0x50], "little")
    first = data[0x30:0x34]
    place = table + 4 * int.from_bytes(first, "little")
    return data[:place] + first + data[place + 4 :]


@pytest.mark.parametrize("name", HEAVY)
def test_a_file_that_swells_is_refused_before_it_takes_the_memory(name: str, sqlite_url: str, tmp_path: Path) -> None:
    make, code, most = HEAVY[name]
    (tmp_path / "a.xlsx").write_bytes(make())
    before = dump(sqlite_url)
    done, peak = program_and_peak("import", "units", tmp_path / "a.xlsx", "--json", environment=settings(sqlite_url))
    assert (done.status, [error["code"] for error in done.json["errors"]]) == (1, [code])
    assert "Traceback" not in done.said
    assert peak < most
    assert dump(sqlite_url) == before

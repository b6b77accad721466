"""Files become sheets of cells as text, or say why they cannot."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.incoming import SourceFile
from audit_service.files import spreadsheets
from audit_service.files.cells import cell_text
from audit_service.files.spreadsheets import read_file
from tests.roster_rows import DEMO, csv_bytes, workbook

ROSTERS = ("roster", "inspectors", "recusals", "targets")
TABLE = [["市(州)", "命名目标数"], ["成都市", "8"]]


@pytest.fixture
def written(tmp_path: Path):
    """Write bytes to a file and read it as a roster."""

    def write_and_read(data: bytes, name: str = "a.csv") -> SourceFile:
        (tmp_path / name).write_bytes(data)
        return read_file(str(tmp_path / name))

    return write_and_read


def only_error(source: SourceFile) -> tuple[str, int]:
    assert source.sheets == ()
    (finding,) = source.errors
    assert (finding.file, finding.sheet, finding.column) == (source.file, "", "")
    return finding.problem.code, finding.row


def repacked(data: bytes, part: str, change) -> bytes:
    """A workbook with one part changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return changed.getvalue()


@pytest.mark.parametrize("roster", ROSTERS)
def test_the_demo_files_say_the_same_as_csv_and_as_xlsx(roster):
    as_csv, as_xlsx = (read_file(str(DEMO / f"{roster}_demo.{suffix}")) for suffix in ("csv", "xlsx"))
    assert as_csv.errors == as_xlsx.errors == ()
    assert as_csv.sheets[0].rows == as_xlsx.sheets[0].rows
    assert (as_csv.sheets[0].name, as_xlsx.sheets[0].name) == ("", "Sheet")


def test_a_file_is_known_by_the_digest_of_its_bytes(written):
    data = csv_bytes(TABLE)
    assert written(data).digest == sha256(data).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_and_with_the_separators_that_offices_use(written, encoding, separator):
    data = csv_bytes(TABLE, encoding, separator)
    assert written(data).sheets[0].rows == [(1, TABLE[0]), (2, TABLE[1])]


def test_commas_inside_the_cells_of_another_separator_part_nothing(written):
    rows = [["甲", "乙", "丙"], ["1,2", "3", "4"]]
    assert written(csv_bytes(rows, "utf-8", "\t")).sheets[0].rows == [(1, rows[0]), (2, rows[1])]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(written):
    rows = [["", ""], ["a", "b"], ["", "  "], ["1", "2"]]
    assert written(csv_bytes(rows)).sheets[0].rows == [(2, ["a", "b"]), (4, ["1", "2"])]
    assert written(workbook({"表": rows}, row=3, column=2), "a.xlsx").sheets[0].rows == [
        (5, ["a", "b"]),
        (7, ["1", "2"]),
    ]


def test_a_csv_record_over_two_lines_is_one_row(written):
    assert written(b'a,b\r\n"1\r\n2",x\r\n3,y\r\n').sheets[0].rows == [
        (1, ["a", "b"]),
        (2, ["1\r\n2", "x"]),
        (3, ["3", "y"]),
    ]


def test_short_rows_are_filled_up(written):
    assert written(b"a,b,c\n1\n1,2,3,4\n").sheets[0].rows == [
        (1, ["a", "b", "c", ""]),
        (2, ["1", "", "", ""]),
        (3, ["1", "2", "3", "4"]),
    ]


def test_what_a_file_is_its_bytes_say(written):
    assert written(workbook({"表": TABLE}), "roster.csv").sheets[0].rows == [(1, TABLE[0]), (2, TABLE[1])]


def test_empty_sheets_are_passed_over_and_others_kept_by_name(written):
    sheets = written(workbook({"空": [], "甲": TABLE, "乙": TABLE}), "a.xlsx").sheets
    assert [sheet.name for sheet in sheets] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (510104026.0, "510104026"),
        (510104026001.0, "510104026001"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (1e21, "1" + "0" * 21),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2019, 11, 30), "2019-11-30"),
        (datetime(2019, 11, 30), "2019-11-30"),
        (datetime(2019, 11, 30, 8, 5), "2019-11-30 08:05:00"),
        (time(8, 5), "08:05:00"),
        ("\u3000 成都市\n\u200b\ufeff", "成都市"),
        ("a b", "a b"),
        ("", ""),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_type(value, text):
    assert cell_text(value) == text


def test_numbers_and_dates_of_a_workbook_become_text(written):
    cells = [["编码", "日期"], [510104026, datetime(2019, 11, 30)]]
    assert written(workbook({"表": cells}), "a.xlsx").sheets[0].rows[1] == (2, ["510104026", "2019-11-30"])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"', "2027-03"),
        ('[$-804]yyyy"年"m"月";@', "2027-03"),
        ("yyyy\\-mm", "2027-03"),
        ("mmm-yy", "2027-03"),
        (57, "2027-03"),
        (17, "2027-03"),
        ("yyyy/m/d", "2027-03-01"),
        ('yyyy"年"m"月"d"日"', "2027-03-01"),
        ('yyyy"date"mm', "2027-03"),
        (14, "2027-03-01"),
        (31, "2027-03-01"),
        ("yyyy", "2027-03-01"),
    ],
)
def test_a_day_that_is_shown_as_a_month_is_one(written, code, text):
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": code})
        sheet.write_row(1, 1, ["a", "b"])
        sheet.write_datetime(2, 2, datetime(2027, 3, 1), shown)
        sheet.write_datetime(3, 2, datetime(2027, 3, 11), shown)
    rows = written(data.getvalue(), "a.xlsx").sheets[0].rows
    assert [cells[1] for _, cells in rows[1:]] == [text, "2027-03-11"]


def test_a_failed_formula_is_not_an_empty_cell(written):
    cells = [["a", "b"], [("=1/0", "#DIV/0!"), 1], ["x", ("=NA()", "#N/A")]]
    rows = written(workbook({"表": cells}, row=1, column=3), "a.xlsx").sheets[0].rows
    assert rows == [(2, ["a", "b"]), (3, ["#DIV/0!", "1"]), (4, ["x", "#N/A"])]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOOK = workbook({"表": TABLE})


@pytest.mark.parametrize(
    ("name", "data", "code", "row"),
    [
        ("a.csv", b"", "file-empty", 0),
        ("a.xlsx", b" \n", "file-empty", 0),
        ("a.csv", b"\xef\xbb\xbf,,\r\n,,\r\n", "file-empty", 0),
        ("a.xlsx", workbook({"空": []}), "file-empty", 0),
        ("~$a.xlsx", b"\x05user" + b" " * 160, "file-lock", 0),
        ("a.csv", b'a,b\r\n1,2\r\n"3,4\r\n', "file-csv-form", 3),
        ("a.csv", b'a,b\r\n"1"2,3\r\n', "file-csv-form", 2),
        ("a.xlsx", b"a,b\n1,2\n", "file-format", 0),
        ("a.docx", b"a,b\n1,2\n", "file-format", 0),
        ("a.xls", OLE, "file-unreadable", 0),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file-password", 0),
        ("a.xlsx", BOOK[:2000], "file-unreadable", 0),
        ("a.xlsx", b"PK\x03\x04", "file-unreadable", 0),
        ("a.xlsx", repacked(BOOK, "xl/worksheets/sheet1.xml", lambda xml: xml[:300]), "file-unreadable", 0),
        ("a.xlsx", repacked(BOOK, "xl/workbook.xml", lambda xml: xml[:300]), "file-unreadable", 0),
        ("a.xlsx", repacked(BOOK, "xl/workbook.xml", lambda xml: xml.replace(b"rId1", b"rId9")), "file-unreadable", 0),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(written, name, data, code, row):
    assert only_error(written(data, name)) == (code, row)


def test_a_zip_that_is_no_workbook_is_another_kind_of_file(written):
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert only_error(written(data.getvalue(), "a.xlsx")) == ("file-format", 0)


def test_a_file_that_may_not_be_opened_says_why(tmp_path):
    assert only_error(read_file(str(tmp_path)))[0] == "file-not-read"


def test_a_file_that_is_too_large_is_not_read(written, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MEGABYTE", 1)
    assert written(b"a" * 50).errors == ()
    assert only_error(written(b"a" * 51)) == ("file-too-large", 0)


@pytest.mark.parametrize("sheets", [{"甲": ["h", "1", "2"]}, {"甲": ["h", "1"], "乙": ["h", "2"]}])
def test_a_file_with_too_many_rows_is_not_read(written, monkeypatch, sheets):
    data = workbook({name: [[cell] for cell in cells] for name, cells in sheets.items()})
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    assert written(data, "a.xlsx").errors == ()
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 1)
    assert only_error(written(data, "a.xlsx")) == ("file-too-many-rows", 0)


@pytest.mark.parametrize(
    "cell",
    [b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b'<row r="3"><c r="XFD1048576"><v>1</v></c></row>'],
)
def test_a_stray_cell_at_the_far_end_does_not_take_all_memory(written, cell):
    data = repacked(BOOK, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))
    assert only_error(written(data, "a.xlsx")) == ("sheet-too-spread", 0)


def test_empty_cells_with_a_format_do_not_make_a_sheet_wide(written):
    cell = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    data = repacked(BOOK, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))
    assert written(data, "a.xlsx").sheets[0].rows == [(1, TABLE[0]), (2, TABLE[1])]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\t;"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6))
def test_a_csv_file_gives_back_what_was_written(tmp_path_factory, rows):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(csv_bytes([["h"], *rows], "utf-8-sig"))
    texts = [(number, [cell_text(cell) for cell in row]) for number, row in enumerate([["h"], *rows], start=1)]
    width = max(len(row) for _, row in texts if any(row))
    expected = [(number, row + [""] * (width - len(row))) for number, row in texts if any(row)]
    assert read_file(str(file)).sheets[0].rows == expected


@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"PK", b"PK\x03\x04", OLE[:8]]),
    st.sampled_from(["csv", "xlsx", "xls"]),
)
def test_whatever_the_bytes_are_a_file_is_read_or_says_why(tmp_path_factory, data, head, suffix):
    file = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    file.write_bytes(head + data)
    source = read_file(str(file))
    assert bool(source.sheets) != bool(source.errors)

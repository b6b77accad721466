"""Workbooks that are written hold what was to stand in them, or say that they do not."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from audit_service.files.excel import MOST, Group, TableSheet, write_workbook

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)


def sheet(name: str = "s", title: str = "t", lines: tuple[str, ...] = (), cell: str = "x") -> TableSheet:
    return TableSheet(name, title, lines, (Group("", ("a", "b")),), [[cell, 1]], (10, 10))


def read_back(*sheets: TableSheet) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(write_workbook(sheets, NOON)))


def test_a_cell_that_is_too_long_says_how_much_of_it_is_left_out() -> None:
    long = "测" * (MOST + 2233)
    rows = read_back(sheet(title=long, cell=long)).get_sheet_by_index(0).to_python()
    for written in (rows[0][0], rows[2][0]):
        assert len(written) <= MOST
        kept, _, left_out = written.partition("…[+")
        assert (set(kept), len(kept) + int(left_out.rstrip("]").replace(",", ""))) == ({"测"}, len(long))


def test_a_cell_that_is_just_full_is_whole() -> None:
    full = "测" * MOST
    assert read_back(sheet(cell=full)).get_sheet_by_index(0).to_python()[2][0] == full


def test_a_line_above_a_table_goes_on_in_the_next_row_where_a_cell_does_not_hold_it() -> None:
    long = "".join(f"{number}、" for number in range(12_000))
    rows = read_back(sheet(lines=("first", long, ""))).get_sheet_by_index(0).to_python()
    below = len(long) // MOST + 1
    assert rows[1][0] == "first"
    assert "".join(row[0] for row in rows[2 : 2 + below]) == long
    assert rows[3 + below][:2] == ["a", "b"]


def test_sheets_that_are_alike_in_what_excel_keeps_of_a_name_are_told_apart() -> None:
    long = "started-in-the-towns-of-the-year-before"
    names = read_back(*map(sheet, (f"{long}-a", f"{long}-b", long.upper(), "s", "S"))).sheet_names
    assert names == [long[:31], f"{long[:29]}~2", f"{long.upper()[:29]}~3", "s", "S~2"]

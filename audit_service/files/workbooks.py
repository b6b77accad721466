"""Excel workbooks: calamine reads the cells; a look at the XML beforehand finds what calamine does not tell.

calamine gives a cell whose formula failed as an empty one, which a rule could take for "not said"; and it makes room
for the whole rectangle between the first and the last cell, so that one stray cell at the far end takes all memory.
In .xls (at most 65,536 rows of 256 cells) there is no such look: there a failed formula is an empty cell.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from posixpath import join, normpath
from typing import Final, NamedTuple
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from audit_service.errors import Unreadable
from audit_service.files.cells import cell_text

MOST_UNPACKED: Final = 500_000_000
MOST_CELLS: Final = 30_000_000

_ROW: Final = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*([0-9]+)["']""")
_FILLED: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)[0-9]+["'][^>]*(?<!/)>""")
_FILLED_PLACE: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]+)([0-9]+)["'][^>]*(?<!/)>""")
_UNPLACED: Final = re.compile(rb"<(?:\w+:)?c(?=[\s>/])(?![^>]*\sr\s*=)")
_ERROR: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])(?:[^>]*?\s)?r=["']([A-Za-z]+)([0-9]+)["'][^>]*(?<!/)>(.*?)</(?:\w+:)?c>""",
    re.S,
)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)<")

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

Rows = list[list[str]]
Merged = tuple[int, int, int]
"""A merged cell that goes down: its first and last row and its first column, from 0 (the column as in the rows)."""
Place = tuple[int, int]
"""Row and column, both from 0."""


class Table(NamedTuple):
    """What stands in a sheet, from the first row on, empty rows included."""

    name: str
    rows: Iterable[list[str]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False


def read_workbook(data: bytes) -> list[Table]:
    """The worksheets of an .xlsx workbook, empty ones included; `Unreadable`."""
    with _archive(data) as archive:
        broken = {name: _look_at(archive.read(part)) for name, part in _parts(archive).items()}
    return _tables(data, broken)


def read_old_workbook(data: bytes) -> list[Table]:
    """The worksheets of an .xls workbook; `Unreadable`, also for a new workbook with a password, which looks alike."""
    if _ENCRYPTED in data:
        raise Unreadable("file-password")
    return _tables(data, {})


def _tables(data: bytes, broken: dict[str, dict[Place, str]]) -> list[Table]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            return [
                _table(book.get_sheet_by_name(sheet.name), broken.get(sheet.name, {}), sheet.visible)
                for sheet in sheets
            ]
    except PasswordError:
        raise Unreadable("file-password") from None
    except (CalamineError, LookupError):
        raise Unreadable("file-unreadable") from None


@contextmanager
def _archive(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The workbook as a zip file whose parts are not too large; what is damaged is `Unreadable`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("file-unpacked-too-large", most=MOST_UNPACKED // 1_000_000)
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("file-format")
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        LookupError,
        RuntimeError,
        ValueError,
        ElementTree.ParseError,
    ):
        raise Unreadable("file-unreadable") from None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive in which each sheet stands."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            parts[sheet.get("name", "")] = normpath(join("/xl", targets[link])).lstrip("/")
    return parts


def _look_at(xml: bytes) -> dict[Place, str]:
    """The cells whose formulas failed; `Unreadable` where the cells lie too far apart."""
    rows = max(map(int, set(_ROW.findall(xml))), default=0)
    unplaced = max(row.count(b"<c") for row in xml.split(b"<row"))
    columns = max(map(_column, set(_FILLED.findall(xml))), default=0)
    if rows * max(columns, unplaced) > MOST_CELLS:
        _refuse_spread(xml)
    if b'"e"' not in xml and b"'e'" not in xml:
        return {}
    return {(int(row) - 1, _column(column) - 1): _error(inside) for column, row, inside in _ERROR.findall(xml)}


def _refuse_spread(xml: bytes) -> None:
    """A closer look, at cells that hold something alone: a million rows may be empty ones that have a format."""
    places = set(_FILLED_PLACE.findall(xml))
    rows = max((int(row) for _, row in places), default=0)
    columns = max((_column(column) for column, _ in places), default=0)
    if rows * max(columns, 1) > MOST_CELLS or _UNPLACED.search(xml):
        raise Unreadable("sheet-too-spread", rows=rows, columns=columns)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _error(inside: bytes) -> str:
    value = _VALUE.search(inside)
    return value[1].decode("utf-8", "replace") if value else "#VALUE!"


def _table(sheet: CalamineSheet, broken: dict[Place, str], visible: SheetVisibleEnum) -> Table:
    """All rows from the first, their cells from the first column that has any; failed formulas put back in."""
    rows = [list(map(cell_text, row)) for row in sheet.iter_rows()]
    first_column = sheet.start[1] if sheet.start else 0
    for (row, column), error in broken.items():
        rows[row][column - first_column] = error
    ranges = sheet.merged_cell_ranges or ()
    merged = tuple(
        (top, bottom, column - first_column)
        for (top, column), (bottom, _) in ranges
        if bottom > top and first_column <= column < first_column + sheet.width
    )
    return Table(sheet.name, rows, merged, visible is not SheetVisibleEnum.Visible)

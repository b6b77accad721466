"""Excel workbooks (.xlsx): calamine reads the cells; a look at the XML beforehand finds what calamine does not tell.

calamine gives a cell whose formula failed as an empty one, which a rule could take for "not said"; and it makes room
for the whole rectangle between the first and the last cell, so that one stray cell at the far end takes all memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from audit_service.errors import Unreadable
from audit_service.files.cells import cell_text

MOST_UNPACKED: Final = 500_000_000
MOST_CELLS: Final = 30_000_000

_ROW: Final = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*([0-9]+)["']""")
_FILLED: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)[0-9]+["'][^>]*(?<!/)>""")
_ERROR: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])(?:[^>]*?\s)?r=["']([A-Za-z]+)([0-9]+)["'][^>]*(?<!/)>(.*?)</(?:\w+:)?c>""",
    re.S,
)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)<")

Rows = list[list[str]]
Place = tuple[int, int]
"""Row and column, both from 0."""


def read_workbook(data: bytes) -> list[tuple[str, Rows]]:
    """The worksheets of a workbook by name, from the first row on, empty ones included; `Unreadable`."""
    with _archive(data) as archive:
        broken = {name: _look_at(archive.read(part)) for name, part in _parts(archive).items()}
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            return [(name, _rows(book.get_sheet_by_name(name), broken[name])) for name in names]
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
        raise Unreadable("sheet-too-spread", rows=rows, columns=columns)
    if b'"e"' not in xml and b"'e'" not in xml:
        return {}
    return {(int(row) - 1, _column(column) - 1): _error(inside) for column, row, inside in _ERROR.findall(xml)}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _error(inside: bytes) -> str:
    value = _VALUE.search(inside)
    return value[1].decode("utf-8", "replace") if value else "#VALUE!"


def _rows(sheet: CalamineSheet, broken: dict[Place, str]) -> Rows:
    """All rows from the first, their cells from the first column that has any; failed formulas put back in."""
    rows = [list(map(cell_text, row)) for row in sheet.iter_rows()]
    first_column = sheet.start[1] if sheet.start else 0
    for (row, column), error in broken.items():
        rows[row][column - first_column] = error
    return rows

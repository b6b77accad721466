"""Excel workbooks: calamine reads the cells, after a look at what it does not tell (`worksheets.py`).

Damaged files make calamine panic or take all memory, so it reads in a process of its own (`apart.py`). In .xls (at
most 65,536 rows of 256 cells) there is no look at the cells: there a failed formula is an empty cell.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree  # nosec B405  # in a process of its own, within limits (apart.py)

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
from audit_service.files.tables import MOST_CELLS, Merged, Table
from audit_service.files.worksheets import Place, look_at

MOST_UNPACKED: Final = 500_000_000

_STRETCH: Final = 1 << 20
_LOCKED: Final = 0x1
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_LOCKED: Final = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0", re.S)
"""The first records of a locked .xls: BOF, perhaps WriteProtect, FilePass."""
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ElementTree.ParseError, CalamineError,
    EOFError, OSError, LookupError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip
"""What the readers of zip, of XML and of cells raise over damaged or hostile files."""


def read_workbook(data: bytes) -> Iterator[Table]:
    """The worksheets of an .xlsx workbook, empty ones included; `Unreadable`."""
    with _in_words():
        _check_parts(data)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _sheet_parts(archive)
            yield from _tables(data, lambda name: look_at(partial(archive.open, parts[name])))


def read_old_workbook(data: bytes) -> Iterator[Table]:
    """The worksheets of an .xls workbook; `Unreadable`, also for a new workbook with a password, which looks alike."""
    if _ENCRYPTED in data:
        raise Unreadable("file-password")
    try:
        with _in_words():
            yield from _tables(data, lambda _: {})
    except Unreadable:
        raise Unreadable("file-password" if _OLD_LOCKED.search(data) else "file-unreadable") from None


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except PasswordError:
        raise Unreadable("file-password") from None
    except _BROKEN:
        raise Unreadable("file-unreadable") from None


def _check_parts(data: bytes) -> None:
    """Refuse a zip that is no workbook, that is locked, that unpacks to too much or to more than it says, or that has
    a part twice, of which different readers take different ones."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        names = [part.filename.casefold() for part in parts]
        if "xl/workbook.xml" not in names:
            raise Unreadable("file-format")
        if any(part.flag_bits & _LOCKED for part in parts):
            raise Unreadable("file-password")
        if len(set(names)) < len(names):
            raise Unreadable("file-parts-twice")
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Unreadable("file-unpacked-too-large", most=MOST_UNPACKED // 1_000_000)
        for part in parts:
            _check_size(archive, part)


def _check_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    said, part.file_size = part.file_size, MOST_UNPACKED  # so that what is there is unpacked, not what is said
    found = 0
    with archive.open(part) as opened:
        while found <= said and (stretch := opened.read(_STRETCH)):
            found += len(stretch)
    if found != said:
        raise Unreadable("file-unreadable")


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive in which each sheet stands."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # nosec B314  # as the import
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # nosec B314
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            name = sheet.get("name", "")
            if name in parts:
                raise Unreadable("file-parts-twice")
            parts[name] = normpath(join("/xl", targets[link])).lstrip("/")
    return parts


def _tables(data: bytes, look: Callable[[str], Mapping[Place, str]]) -> Iterator[Table]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                broken = look(sheet.name)
                yield _table(book.get_sheet_by_name(sheet.name), broken, sheet.visible)


def _table(sheet: CalamineSheet, broken: Mapping[Place, str], visible: SheetVisibleEnum) -> Table:
    """All rows from the first, their cells from the first column that has any; failed formulas put back in."""
    columns = [column for _, column in broken] + ([sheet.start[1]] if sheet.start else [])
    left = min(columns, default=0)
    merged = tuple(_merged(sheet, left))
    return Table(sheet.name, _rows(sheet, broken, left), merged, visible is not SheetVisibleEnum.Visible)


def _merged(sheet: CalamineSheet, left: int) -> Iterator[Merged]:
    (last, right), room = sheet.end or (0, 0), MOST_CELLS
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        if min(bottom, last) > top and left <= column <= right:
            room -= min(bottom, last) - top
            if room < 0:  # more than there are cells: they lie upon each other
                raise Unreadable("file-unreadable")
            yield top, min(bottom, last), column - left


def _rows(sheet: CalamineSheet, broken: Mapping[Place, str], left: int) -> Iterator[list[str]]:
    mended: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for (place, column), text in broken.items():
        mended[place].append((column - left, text))
    before = [""] * (sheet.start[1] - left if sheet.start else 0)
    number = 0
    for row in sheet.iter_rows():
        yield _with([*before, *map(cell_text, row)], mended.get(number, ()))
        number += 1
    for below in range(number, max(mended, default=-1) + 1):
        yield _with([], mended.get(below, ()))


def _with(cells: list[str], mended: Iterable[tuple[int, str]]) -> list[str]:
    for column, text in mended:
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text
    return cells

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
from collections.abc import Callable, Iterable, Iterator
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
from audit_service.files.styles import Styles, read_styles
from audit_service.files.tables import MOST_CELLS, Merged, Table
from audit_service.files.worksheets import Look, Place, look_at

MOST_UNPACKED: Final = 500_000_000

_FIRST: Final = re.compile(r"[0-9]{4}-[0-9]{2}-01")
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
            links = _links(archive)
            parts, styles = _sheet_parts(archive, links), _styles(archive, links)
            yield from _tables(data, lambda name: look_at(partial(archive.open, parts[name]), styles))


def read_old_workbook(data: bytes) -> Iterator[Table]:
    """The worksheets of an .xls workbook; `Unreadable`, also for a new workbook with a password, which looks alike."""
    if _ENCRYPTED in data:
        raise Unreadable("file-password")
    try:
        with _in_words():
            yield from _tables(data, lambda _: Look())
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


def _links(archive: zipfile.ZipFile) -> list[ElementTree.Element]:
    """What the workbook says of its parts."""
    return list(ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")))  # nosec B314  # as the import


def _part(link: ElementTree.Element) -> str:
    return normpath(join("/xl", link.get("Target", ""))).lstrip("/")


def _styles(archive: zipfile.ZipFile, links: Iterable[ElementTree.Element]) -> Styles:
    parts = [_part(link) for link in links if link.get("Type", "").endswith("/styles")]
    found = [part for part in parts if part in archive.namelist()]
    return read_styles(archive.read(found[0])) if found else Styles()


def _sheet_parts(archive: zipfile.ZipFile, links: Iterable[ElementTree.Element]) -> dict[str, str]:
    """The part of the archive in which each sheet stands."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # nosec B314
    targets = {link.get("Id", ""): _part(link) for link in links}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            name = sheet.get("name", "")
            if name in parts:
                raise Unreadable("file-parts-twice")
            parts[name] = targets[link]
    return parts


def _tables(data: bytes, look: Callable[[str], Look]) -> Iterator[Table]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                found = look(sheet.name)
                yield _table(book.get_sheet_by_name(sheet.name), found, sheet.visible)


def _table(sheet: CalamineSheet, look: Look, visible: SheetVisibleEnum) -> Table:
    """All rows from the first, their cells from the first column that has any; failed formulas put back in."""
    columns = [column for _, column in look.broken] + ([sheet.start[1]] if sheet.start else [])
    left = min(columns, default=0)
    merged = tuple(_merged(sheet, left))
    hidden, struck = (tuple(sorted(row + 1 for row in rows)) for rows in (look.hidden, look.struck))
    return Table(sheet.name, _rows(sheet, look, left), merged, visible is not SheetVisibleEnum.Visible, hidden, struck)


def _merged(sheet: CalamineSheet, left: int) -> Iterator[Merged]:
    (last, right), room = sheet.end or (0, 0), MOST_CELLS
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        if min(bottom, last) > top and left <= column <= right:
            room -= min(bottom, last) - top
            if room < 0:  # more than there are cells: they lie upon each other
                raise Unreadable("file-unreadable")
            yield top, min(bottom, last), column - left


def _rows(sheet: CalamineSheet, look: Look, left: int) -> Iterator[list[str]]:
    broken = _by_row((place, text) for place, text in look.broken.items())
    months = _by_row((place, "") for place in look.months)
    before = [""] * (sheet.start[1] - left if sheet.start else 0)
    number = 0
    for row in sheet.iter_rows():
        cells = [*before, *map(cell_text, row)]
        if number in months:
            _as_months(cells, [column - left for column, _ in months[number]])
        yield _with(cells, broken.get(number, ()), left)
        number += 1
    for below in range(number, max(broken, default=-1) + 1):
        yield _with([], broken.get(below, ()), left)


def _by_row(places: Iterable[tuple[Place, str]]) -> dict[int, list[tuple[int, str]]]:
    rows: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), text in places:
        rows[row].append((column, text))
    return dict(rows)


def _as_months(cells: list[str], columns: Iterable[int]) -> None:
    """Write days that are shown as months as months; but for others than the first, which somebody typed."""
    for column in columns:
        if 0 <= column < len(cells) and _FIRST.fullmatch(cells[column]):
            cells[column] = cells[column][:7]


def _with(cells: list[str], mended: Iterable[tuple[int, str]], left: int) -> list[str]:
    for column, text in mended:
        cells.extend([""] * (column - left + 1 - len(cells)))
        cells[column - left] = text
    return cells

"""Workbooks as no spreadsheet writes them: damaged, swollen, made to harm. Small on disk; made anew by each test."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

import xlwt

from tests.roster_rows import UNIT

HEADINGS: Final = tuple(UNIT)
VALUES: Final = tuple(UNIT.values())
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
PARTS: Final = {
    "[Content_Types].xml": (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}"><si><t>x</t></si></sst>',
}


def column(number: int) -> str:
    """A column's letters; 0 is A."""
    letters = ""
    while number >= 0:
        letters, number = chr(65 + number % 26) + letters, number // 26 - 1
    return letters


def cell(row: int, place: int, value: str) -> str:
    """A cell with a text in it, or with what a value beginning with < says."""
    at = f'r="{column(place)}{row}"'
    if value.startswith("<c"):
        return value.replace("<c", f"<c {at}", 1)
    return f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def row(number: int, values: Iterable[str]) -> str:
    """A row of texts."""
    return f'<row r="{number}">' + "".join(cell(number, place, value) for place, value in enumerate(values)) + "</row>"


def sheet(*rows: str, head: str = "", foot: str = "") -> str:
    """A worksheet: the headings of a roster of units, one good unit, and further rows."""
    first = row(1, HEADINGS) + row(2, VALUES)
    return f'{XML}{head}<worksheet xmlns="{MAIN}"><sheetData>{first}{"".join(rows)}</sheetData>{foot}</worksheet>'


def book(content: str | bytes = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook with one worksheet; `more` are further parts, or others instead."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**PARTS, "xl/worksheets/sheet1.xml": content or sheet(), **(more or {})}.items():
            archive.writestr(name, part)
    return data.getvalue()


def added(data: bytes, name: str, content: bytes) -> bytes:
    """A zip with an entry more, whatever is in it already."""
    changed = BytesIO(data)
    with zipfile.ZipFile(changed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return changed.getvalue()


def bomb(part: str, megabytes: int, said: int | None = None) -> bytes:
    """A workbook of which one part unpacks to so many megabytes of spaces; it says so, or says another size.

    The same packed megabyte stands in it again and again, so that making it takes no time.
    """
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = block.compress(b" " * (1 << 20)) + block.flush(zlib.Z_FULL_FLUSH)
    content = packed * megabytes + b"\3\0"
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet()}.items():
            if name != part:
                archive.writestr(name, text)
        size = megabytes << 20 if said is None else said
        at = data.tell()
        name = part.encode()
        crc = zlib.crc32(b" " * size) if size < 1 << 30 else 0
        data.write(
            struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(content), size, len(name), 0) + name + content
        )
        archive.start_dir = data.tell()
        info = zipfile.ZipInfo(part)
        info.compress_type, info.header_offset, info.CRC = zipfile.ZIP_DEFLATED, at, crc
        info.compress_size, info.file_size = len(content), size
        archive.filelist.append(info)
        archive.NameToInfo[part] = info
    return data.getvalue()


def old_book(rows: Sequence[Sequence[Any]] = (HEADINGS, VALUES)) -> bytes:
    """An .xls workbook."""
    made = xlwt.Workbook()
    page = made.add_sheet("名单")
    for down, values in enumerate(rows):
        for right, value in enumerate(values):
            page.write(down, right, value)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def locked(data: bytes) -> bytes:
    """An .xls workbook that begins as one does that is locked: with a record that says so."""
    second = data.index(b"\x09\x08\x10\x00") + 20
    return data[:second] + b"\x2f\x00" + data[second + 2 :]


def encrypted() -> bytes:
    """A new workbook with a password: a compound file of which one stream is the locked workbook."""
    name = "Workbook".encode("utf-16-le")
    other = "EncryptedPackage".encode("utf-16-le")
    data = old_book()
    place = data.index(name + bytes(64 - len(name)))
    data = data[:place] + other + data[place + len(other) :]
    return data[: place + 64] + struct.pack("<H", len(other) + 2) + data[place + 66 :]

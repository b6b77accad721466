"""Roster files in: a file becomes sheets of cells as text, each row with the number that the spreadsheet shows.

What a file is, its bytes say, not its name. Anything that keeps a file from being read becomes an error of that file,
so that several files can be looked at, and all their errors told, at once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Final

from audit_service.core.canonical import sha256_hex
from audit_service.core.incoming import Sheet, SourceFile
from audit_service.errors import Finding, Unreadable
from audit_service.files.cells import cell_text
from audit_service.files.workbooks import read_workbook

MEGABYTE: Final = 1_000_000
MOST_MEGABYTES: Final = 50
MOST_ROWS: Final = 200_000

_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_file(file: str) -> SourceFile:
    """A spreadsheet or CSV file, or why it cannot be read."""
    digest = ""
    try:
        data = _bytes(file)
        digest = sha256_hex(data)
        return SourceFile(file, digest, tuple(_sheets(data, Path(file).suffix.lower())))
    except Unreadable as error:
        row = error.params.get("row")
        finding = Finding(file, "", row if isinstance(row, int) else 0, "", error.problem)
        return SourceFile(file, digest, (), (finding,))


def _bytes(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as error:
        raise Unreadable("file-not-read", file=file, cause=error.strerror or "") from error
    if len(data) > MOST_MEGABYTES * MEGABYTE:
        raise Unreadable("file-too-large", most=MOST_MEGABYTES)
    return data


def _sheets(data: bytes, suffix: str) -> list[Sheet]:
    named: list[tuple[str, Iterable[list[str]]]]
    if data.startswith(_ZIP):
        named = [*read_workbook(data)]
    elif data.startswith(_OLE):
        raise Unreadable("file-password" if _ENCRYPTED in data else "file-old-excel")
    elif suffix == ".csv" or not data.strip():
        named = [("", _csv_rows(data))]
    else:
        raise Unreadable("file-format")
    sheets = [_with_content(name, rows) for name, rows in named]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Unreadable("file-empty")
    if sum(len(sheet.rows) - 1 for sheet in filled) > MOST_ROWS:
        raise Unreadable("file-too-many-rows", most=MOST_ROWS)
    return filled


def _with_content(name: str, rows: Iterable[list[str]]) -> Sheet:
    """The rows that have something in them, numbered, and made equally long."""
    filled: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(rows, start=1):
        if any(cells):
            filled.append((number, cells))
            if len(filled) > MOST_ROWS + 1:
                raise Unreadable("file-too-many-rows", most=MOST_ROWS)
    width = max((len(cells) for _, cells in filled), default=0)
    for _, cells in filled:
        cells.extend([""] * (width - len(cells)))
    return Sheet(name, filled)


def _csv_rows(data: bytes) -> Iterable[list[str]]:
    """The records of a CSV file; one with line breaks inside quotes is one row, as in a spreadsheet."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("file-encoding") from None
    records = csv.reader(StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for record in records:
            number += 1
            yield [cell_text(cell) for cell in record]
    except csv.Error:
        raise Unreadable("file-csv-form", row=number + 1) from None

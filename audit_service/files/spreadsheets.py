"""Roster files in: a file becomes sheets of cells as text, each row with the number that the spreadsheet shows.

What a file is, its bytes say, not its name. Anything that keeps a file from being read becomes an error of that file,
so that several files can be looked at, and all their errors told, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from audit_service.core.canonical import sha256_hex
from audit_service.core.incoming import Sheet, SourceFile
from audit_service.errors import Finding, Unreadable
from audit_service.files.apart import Reader
from audit_service.files.delimited import delimited_rows
from audit_service.files.tables import MOST_CELLS, Merged, Table

MEGABYTE: Final = 1_000_000
MOST_MEGABYTES: Final = 50
MOST_ROWS: Final = 200_000

_ZIP: Final = b"PK"
_ZIP_END: Final = b"PK\5\6"
_ZIP_END_WITHIN: Final = 22 + 0xFFFF
"""A zip ends with a list of its parts; without one it was cut off."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER: Final = 512
_LOCKS: Final = ("~$", ".~lock.")
"""What Excel, WPS and LibreOffice put beside a file while somebody has it open."""
_DELIMITED: Final = (".csv", ".tsv", ".txt")


def read_files(files: Iterable[str]) -> list[SourceFile]:
    """Spreadsheets and CSV files, or why they cannot be read."""
    with Reader() as reader:
        return [_read(reader, file, partial(_bytes, file)) for file in files]


def read_sent(files: Iterable[tuple[str, bytes]]) -> list[SourceFile]:
    """The same of files that somebody sent: their names and their bytes."""
    with Reader() as reader:
        return [_read(reader, name, partial(_within, data)) for name, data in files]


def read_file(file: str) -> SourceFile:
    """A spreadsheet or CSV file, or why it cannot be read."""
    return read_files([file])[0]


def _read(reader: Reader, file: str, content: Callable[[], bytes]) -> SourceFile:
    name, digest = file.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), ""
    try:
        data = content()
        digest = sha256_hex(data)
        if Path(file).name.startswith(_LOCKS) and not data.startswith((_ZIP, _OLE)):
            raise Unreadable("file-lock")
        return SourceFile(name, digest, tuple(_sheets(reader, data, Path(file).suffix.lower())))
    except Unreadable as error:
        row = error.params.get("row")
        finding = Finding(name, "", row if isinstance(row, int) else 0, "", error.problem)
        return SourceFile(name, digest, (), (finding,))


def _bytes(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as error:
        raise Unreadable("file-not-read", file=file, cause=error.strerror or "") from error
    return _within(data)


def _within(data: bytes) -> bytes:
    if len(data) > MOST_MEGABYTES * MEGABYTE:
        raise Unreadable("file-too-large", most=MOST_MEGABYTES)
    return data


def _sheets(reader: Reader, data: bytes, suffix: str) -> list[Sheet]:
    filled = [sheet for sheet in map(_with_content, _tables(reader, data, suffix)) if sheet.rows]
    if not filled:
        raise Unreadable("file-empty")
    if sum(len(sheet.rows) - 1 for sheet in filled) > MOST_ROWS:
        raise Unreadable("file-too-many-rows", most=MOST_ROWS)
    return filled


def _tables(reader: Reader, data: bytes, suffix: str) -> Iterable[Table]:
    if data.startswith(_ZIP):
        if _ZIP_END not in data[-_ZIP_END_WITHIN:]:
            raise Unreadable("file-unreadable")
        return reader.tables("xlsx", data)
    if data.startswith(_OLE):
        if len(data) < _OLE_HEADER:
            raise Unreadable("file-unreadable")
        return reader.tables("xls", data)
    if suffix in _DELIMITED or not data.strip():
        return [Table("", delimited_rows(data))]
    raise Unreadable("file-format")


def _with_content(table: Table) -> Sheet:
    """The rows that have something in them, numbered, and made equally long; merged cells going down are filled in."""
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(table.rows, start=1):
        if any(cells):
            rows.append((number, cells))
            if len(rows) > MOST_ROWS + 1:
                raise Unreadable("file-too-many-rows", most=MOST_ROWS)
    width = max((len(cells) for _, cells in rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise Unreadable("sheet-too-spread", rows=len(rows), columns=width)
    for _, cells in rows:
        cells.extend([""] * (width - len(cells)))
    filled = _fill(dict(rows), table.merged) if table.merged else frozenset()
    hidden, struck = frozenset(table.hidden_rows), frozenset(table.struck_rows)
    return Sheet(table.name, rows, filled, table.hidden, hidden, struck)


def _fill(rows: dict[int, list[str]], merged: Iterable[Merged]) -> frozenset[tuple[int, int]]:
    """Write the text of each merged cell into the rows that it spans and that have something of their own."""
    filled = set()
    last = max(rows, default=0)
    for top, bottom, column in merged:
        text = rows[top + 1][column] if top + 1 in rows else ""
        for number in range(top + 2, min(bottom + 1, last) + 1) if text else ():
            if number in rows and not rows[number][column]:
                rows[number][column] = text
                filled.add((number, column))
    return frozenset(filled)

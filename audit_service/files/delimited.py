"""CSV and its kin: UTF-8, GB18030 or UTF-16 with its mark (Excel's “Unicode text”), separated by commas, tabs or
semicolons, as Excel and WPS save them.

Which of the separators it is, the first records say: the one that parts them into the most cells. A file has no merged
cells; what a spreadsheet showed merged is an empty cell here, and nothing is filled in by guessing.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from audit_service.errors import Unreadable
from audit_service.files.cells import cell_text

_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAK: Final = re.compile(rb"[\r\n]")
_MULTIBYTE: Final = re.compile(rb"[\xe0-\xf4]")
_SEPARATORS: Final = ",\t;"
_SAMPLE: Final = 50
_LONGEST_LINE: Final = 1_000_000
_MOST_COLUMNS: Final = 16_384
_MOST_RECORDS: Final = 1_048_576
"""As many columns and rows as a spreadsheet has."""
_CHARACTERS_THAT_TELL: Final = 4


def delimited_rows(data: bytes) -> Iterator[list[str]]:
    """The records of a file; one with line breaks inside quotes is one row, as in a spreadsheet."""
    _check_lines(data)
    text = _text(data)
    records = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for record in records:
            number += 1
            if len(record) > _MOST_COLUMNS:
                raise Unreadable("file-csv-wide", row=number, columns=len(record), most=_MOST_COLUMNS)
            if number > _MOST_RECORDS:
                raise Unreadable("file-csv-long", most=_MOST_RECORDS)
            yield [cell_text(cell) for cell in record]
    except csv.Error:
        raise Unreadable("file-csv-form", row=number + 1) from None


def _check_lines(data: bytes) -> None:
    """Refuse zero bytes, which a text does not have, and a line longer than any roster's."""
    zero = data.find(b"\0")
    if zero >= 0 and not data.startswith(_UTF16):
        raise Unreadable("file-csv-zero", row=_line(data, zero))
    for start in range(0, len(data) - _LONGEST_LINE, _LONGEST_LINE):
        if not _BREAK.search(data, start, start + _LONGEST_LINE):
            raise Unreadable("file-csv-line", row=_line(data, start), most=_LONGEST_LINE // 1_000_000)


def _text(data: bytes) -> str:
    if data.startswith(_UTF16):
        return _unicode_text(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_mixed(data, error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0))
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable("file-encoding") from None


def _unicode_text(data: bytes) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        raise Unreadable("file-encoding") from None
    zero = text.find("\0")
    if zero >= 0:
        raise Unreadable("file-csv-zero", row=text.count("\n", 0, zero) + 1)
    return text


def _refuse_mixed(data: bytes, place: int) -> None:
    """Refuse what is UTF-8 up to some place and not from there on: taken for GB18030, its first part is gibberish."""
    if data.startswith(codecs.BOM_UTF8) or len(_MULTIBYTE.findall(data, 0, place)) >= _CHARACTERS_THAT_TELL:
        raise Unreadable("file-encoding-mixed", row=_line(data, place))


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _separator(text: str) -> str:
    """The separator that parts the first records into the most cells; the comma where none does."""
    return max(_SEPARATORS, key=lambda separator: _parts(text, separator))


def _parts(text: str, separator: str) -> int:
    parts = 0
    try:
        for record in islice(csv.reader(StringIO(text, newline=""), delimiter=separator), _SAMPLE):
            parts += len(record)
    except csv.Error:
        return 0
    return parts

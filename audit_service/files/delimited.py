"""CSV and its kin: UTF-8 or GB18030, separated by commas, tabs or semicolons, as Excel and WPS save them.

Which of the separators it is, the first records say: the one that parts them into the most cells. A file has no merged
cells; what a spreadsheet showed merged is an empty cell here, and nothing is filled in by guessing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from audit_service.errors import Unreadable
from audit_service.files.cells import cell_text

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_SEPARATORS: Final = ",\t;"
_SAMPLE: Final = 50


def delimited_rows(data: bytes) -> Iterator[list[str]]:
    """The records of a file; one with line breaks inside quotes is one row, as in a spreadsheet."""
    text = _text(data)
    records = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for record in records:
            number += 1
            yield [cell_text(cell) for cell in record]
    except csv.Error:
        raise Unreadable("file-csv-form", row=number + 1) from None


def _text(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("file-encoding")


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

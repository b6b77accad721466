"""Days as officials write them, and as the roster keeps them: 2020-03-11, or 2020-03 where no day is said."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from audit_service.core.labels import WIDTHLESS
from schemas.fields import Cell

_HOUR: Final = r"(?: +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
"""What may follow a day: the hour, as spreadsheets add it. More digits may be a second day, or a mistyped one."""
_WRITTEN: Final = (
    re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})" + _HOUR),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>份?)"),
    re.compile(r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{1,2})(?P<d>)"),
    re.compile(r"(?P<y>[0-9]{4})\.(?P<m>[0-9]{2})(?P<d>)"),
)
"""2020.3 is not among them: as a number it may have been March, or October without its nought. 2020.03 and 2019.12 may
not."""
_SERIAL: Final = re.compile(r"[345][0-9]{4}")
_BEFORE_FIRST: Final = date(1899, 12, 30)
_SERIALS: Final = (date(1990, 1, 1), date(2049, 12, 31))
"""The days that a number without a format may have been, as Excel counts from 1900 (ECMA-376 part 1, 18.17.4.1)."""
_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９．／－", "0123456789./-") | WIDTHLESS


class Day(Cell[str]):
    """A day, or a month, in ISO 8601. A day that lost its format in Excel is a number: 43901 is 2020-03-11."""

    def tidied(self, text: str) -> str:
        narrow = text.translate(_WIDE_DIGITS)
        return _counted(narrow) or narrow

    def notice(self, text: str) -> str:
        return "days-counted" if _counted(text.translate(_WIDE_DIGITS)) else super().notice(text)

    def read(self, text: str) -> str:
        spaceless = re.sub(r"\s+(?=[年月日号])|(?<=[年月])\s+", "", text)
        found = next(filter(None, (form.fullmatch(spaceless) for form in _WRITTEN)), None)
        if found is None:
            raise self.refused("day-form", text)
        digits = found["d"] if found["d"].isdigit() else ""
        try:
            day = date(int(found["y"]), int(found["m"]), int(digits or 1))
        except ValueError:
            raise self.refused("day-none", text) from None
        if not 1950 <= day.year <= 2099:
            raise self.refused("day-form", text)
        return day.isoformat() if digits else day.isoformat()[:7]


def _counted(text: str) -> str:
    """The day that a serial number of Excel means, in ISO 8601; nothing for another text."""
    if not _SERIAL.fullmatch(text):
        return ""
    day = _BEFORE_FIRST + timedelta(int(text))
    return day.isoformat() if _SERIALS[0] <= day <= _SERIALS[1] else ""

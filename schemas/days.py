"""Days as officials write them, and as the roster keeps them: 2020-03-11, or 2020-03 where no day is said."""

from __future__ import annotations

import re
from datetime import date
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
)
"""2020.3 is not among them: as a number it may have been March, or October without its nought."""
_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９．／－", "0123456789./-") | WIDTHLESS


class Day(Cell[str]):
    """A day, or a month, in ISO 8601."""

    def tidied(self, text: str) -> str:
        return text.translate(_WIDE_DIGITS)

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

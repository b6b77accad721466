"""The kinds of cells that rosters have. A wrong one is refused with a code and parameters, never with prose.

A field that is not `required` reads an empty cell, or one with a dash or 无 in it, as its `load_default`. Every column
must be in the file, unless the field says `metadata=MAY_LACK_COLUMN`.

What people write differently and mean alike is made alike first (`tidied`): full-width digits, spaces that a column of
names was padded with. Whoever reads the cell can compare, and say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, missing

from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.incoming import shown
from audit_service.core.labels import WIDTHLESS, squeezed
from audit_service.errors import Problem

T = TypeVar("T")

MAY_LACK_COLUMN: Final[dict[str, Any]] = {"may_lack_column": True}
CELL_EMPTY: Final = "cell-empty"

_DIVISION_OR_ISSUED: Final = re.compile(r"[0-9]{9}(?:[0-9]{3})?|X-[0-9]{4}(?:[0-9]{2}(?:[0-9]{3})?)?-[A-Za-z0-9_-]+")
_WHOLE_TOWNSHIP: Final = re.compile(r"^([0-9]{9})000$")
_FLOAT: Final = re.compile(r"([0-9]+)\.0+")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_SCORE: Final = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,20})?")
_FINE: Final = re.compile(r"[0-9]{1,4}\.[0-9]{3,20}")
_YES: Final = frozenset("是√✓✔Yy")
_NO: Final = frozenset("否×✗✘Nn")
_NOTHING: Final = frozenset({"", "/", "\\", "-", "—", "——", "－", "无"})
"""What people write into a cell that may be empty."""
_WIDE: Final = {
    code: code - 0xFEE0 for ends in ("０９", "ＡＺ", "ａｚ") for code in range(ord(ends[0]), ord(ends[1]) + 1)
}
_ODD_IN_NAMES: Final = re.compile(rf"[\s\uff10-\uff19\uff21-\uff3a\uff41-\uff5a{''.join(map(chr, WIDTHLESS))}]")
_SPACE_IN_NAMES: Final = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class RosterSchema(Schema):
    """A row of a roster: a field a column, `data_key` its heading. Columns without a field are not read."""

    aliases: Mapping[str, tuple[str, ...]] = {}
    """Other headings of fields; brackets and punctuation do not count."""
    ignored_headings: tuple[str, ...] = ("序号", "序", "编序", "No")
    """Headings that may stand in the file and that nobody needs to be told about."""
    identity: tuple[str, ...] = ()
    """The fields that together make a row a row of data: with them, it is never taken for a total or a note."""
    code: str = ""
    """The field whose presence alone does so."""
    summed: tuple[str, ...] = ()
    """The fields that a total adds up; where there are none, a total counts the rows."""

    class Meta:
        unknown = EXCLUDE


class Cell(fields.Field[T]):
    """A cell's text as a value."""

    default_error_messages = {"required": CELL_EMPTY}  # noqa: RUF012 - marshmallow's own way

    def tidied(self, text: str) -> str:
        """The text as it should have been written."""
        return text

    def notice(self, text: str) -> str:
        """The code of what is told of a text that is not written as it should be, but was read."""
        return "cells-mended"

    def read(self, text: str) -> T:
        """The value of a tidied text that is not empty, or `ValidationError`."""
        raise NotImplementedError

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        empty = isinstance(value, str) and (value in _NOTHING if not self.required else not value)
        return super().deserialize(missing if empty else value, attr, data, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> T:
        return self.read(self.tidied(value))

    @staticmethod
    def refused(code: str, found: str, **params: object) -> ValidationError:
        """The error that says what was found in place of a value."""
        return ValidationError([Problem(code, {"found": shown(found), **params})])


class Text(Cell[str]):
    """Any text on one line or several, of so many characters at most as are kept of it, if that is said."""

    def __init__(self, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, text: str) -> str:
        if self.most is not None and len(text) > self.most:
            raise self.refused("text-long", text, length=len(text), most=self.most)
        if not text.isprintable() and any(char < " " and char not in "\t\r\n" for char in text):
            raise self.refused("text-control", text)
        return text


class Name(Text):
    """A name: of a place, a unit, a person, an office, a kind. No spaces within Chinese, no full-width digits."""

    def tidied(self, text: str) -> str:
        if not _ODD_IN_NAMES.search(text):
            return text
        return _SPACE_IN_NAMES.sub("", text.translate(WIDTHLESS)).translate(_WIDE)


class Narrow(Cell[str]):
    """Digits and letters without spaces, none of them full-width: a code, a year, a number."""

    def tidied(self, text: str) -> str:
        return _FLOAT.sub(r"\1", squeezed(text).lstrip("'"))


class UnitCode(Narrow):
    """A division code of 9 or 12 digits, or an identifier that the office issued: `X-5101-001`.

    A township's code of 12 digits ends in 000 and is the same as its code of 9.
    """

    def tidied(self, text: str) -> str:
        code = text if text.isascii() and text.isalnum() else super().tidied(text)
        return _WHOLE_TOWNSHIP.sub(r"\1", code) if code.endswith("000") else code

    def read(self, text: str) -> str:
        if not (_DIVISION_OR_ISSUED.fullmatch(text) and AN_IDENTIFIER.matches(text)):
            raise self.refused("code-form", text)
        return text


class PersonCode(Narrow):
    """An identifier of the protocol."""

    def read(self, text: str) -> str:
        if not AN_IDENTIFIER.matches(text):
            raise self.refused("person-code-form", text)
        return text


class YesNo(Cell[bool]):
    """是 or 否, or a tick or a cross, or one of the words that say yes in a column of its own."""

    def __init__(self, *yes: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._yes = _YES.union(yes)

    def tidied(self, text: str) -> str:
        return "是" if text in self._yes else "否" if text in _NO else text

    def read(self, text: str) -> bool:
        if text not in ("是", "否"):
            raise self.refused("yes-no", text)
        return text == "是"


class Year(Narrow):
    """A calendar year in four digits."""

    def tidied(self, text: str) -> str:
        return super().tidied(text).removesuffix("度").removesuffix("年")

    def read(self, text: str) -> str:
        if not _YEAR.fullmatch(text):
            raise self.refused("year-form", text)
        return text


class Phone(Text):
    """A telephone number, or several, as people write them."""

    def tidied(self, text: str) -> str:
        return text.translate(_WIDE)


def points_written(text: str) -> str:
    """Points without what is written around them: 92.5分."""
    return Narrow().tidied(text).removesuffix("分")


class Score(Cell[str]):
    """Points, kept as they were written: 92 or 92.5.

    What a formula leaves (three experts' mean is 91.66666666666667) is rounded to two decimals, half up (四舍五入).
    """

    def tidied(self, text: str) -> str:
        points = points_written(text)
        return f"{_rounded(points).normalize():f}" if _FINE.fullmatch(points) else points

    def notice(self, text: str) -> str:
        return "scores-rounded" if _FINE.fullmatch(points_written(text)) else super().notice(text)

    def read(self, text: str) -> str:
        if not _SCORE.fullmatch(text):
            raise self.refused("score-form", text)
        return text


def _rounded(points: str) -> Decimal:
    return Decimal(points).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Whole(Cell[int]):
    """A whole number within limits: 9, or 9个."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.most = most

    def tidied(self, text: str) -> str:
        return _FLOAT.sub(r"\1", squeezed(text).removesuffix("个"))

    def read(self, text: str) -> int:
        if not (_WHOLE.fullmatch(text) and self.least <= int(text) <= self.most):
            raise self.refused("number-form", text, least=self.least, most=self.most)
        return int(text)


class Count(Whole):
    """How many of something there are; a cell that is empty or has a dash says that there are none."""

    def tidied(self, text: str) -> str:
        return "0" if text in _NOTHING else super().tidied(text)

    def notice(self, text: str) -> str:
        return "counts-nought" if text in _NOTHING else super().notice(text)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize("0" if value in _NOTHING else value, attr, data, **kwargs)

"""The kinds of cells that rosters have. A wrong one is refused with a code and parameters, never with prose.

A field that is not `required` reads an empty cell as its `load_default`. Every column must be in the file, unless the
field says `metadata=MAY_LACK_COLUMN`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load

from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.incoming import shown
from audit_service.errors import Problem

T = TypeVar("T")

MAY_LACK_COLUMN: Final[dict[str, Any]] = {"may_lack_column": True}
CELL_EMPTY: Final = "cell-empty"

_DIVISION_OR_ISSUED: Final = re.compile(r"[0-9]{9}(?:[0-9]{3})?|X-[0-9]{4}(?:[0-9]{2})?-[A-Za-z0-9_-]+")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_YES_NO: Final = {"是": True, "否": False}


class RosterSchema(Schema):
    """A row of a roster: a field a column, `data_key` its heading. Columns without a field are not read."""

    ignored_headings: tuple[str, ...] = ("序号",)
    """Headings that may stand in the file and that nobody needs to be told about."""

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def without_empty_cells(self, data: Mapping[str, str], **_: Any) -> dict[str, str]:
        """An empty cell is as good as none."""
        return {heading: text for heading, text in data.items() if text}


class Cell(fields.Field[T]):
    """A cell's text as a value."""

    default_error_messages = {"required": CELL_EMPTY}  # noqa: RUF012 - marshmallow's own way

    @staticmethod
    def refused(code: str, found: str, **params: object) -> ValidationError:
        """The error that says what was found in place of a value."""
        return ValidationError([Problem(code, {"found": shown(found), **params})])


class Text(Cell[str]):
    """Any text on one line or several."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = value
        if not text.isprintable() and any(char < " " and char not in "\t\r\n" for char in text):
            raise self.refused("text-control", text)
        return text


class UnitCode(Cell[str]):
    """A division code of 9 or 12 digits, or an identifier that the office issued: `X-5101-001`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = value
        if not (_DIVISION_OR_ISSUED.fullmatch(text) and AN_IDENTIFIER.matches(text)):
            raise self.refused("code-form", text)
        return text


class PersonCode(Cell[str]):
    """An identifier of the protocol."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = value
        if not AN_IDENTIFIER.matches(text):
            raise self.refused("person-code-form", text)
        return text


class YesNo(Cell[bool]):
    """是 or 否."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if value not in _YES_NO:
            raise self.refused("yes-no", value)
        return _YES_NO[value]


class Year(Cell[str]):
    """A calendar year in four digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = value
        if not _YEAR.fullmatch(text):
            raise self.refused("year-form", text)
        return text


class Whole(Cell[int]):
    """A whole number within limits, in digits alone."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not (_WHOLE.fullmatch(value) and self.least <= int(value) <= self.most):
            raise self.refused("number-form", value, least=self.least, most=self.most)
        return int(value)

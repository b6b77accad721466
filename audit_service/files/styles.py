"""Which of a workbook's styles say something of a cell that calamine does not tell: a month, or a line through it.

Excel turns 2027年3月, when somebody types it, into the first of March in a format that shows no day (ECMA-376 part 1,
18.8.30 and 18.8.31). The styles' part gives each number that a cell's `s` may have (`cellXfs`) its format and its font.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from xml.etree import ElementTree  # nosec B405  # in a process of its own, within limits (apart.py)

_MONTHS: Final = frozenset({17, 27, 36, 50, 52, 57})
"""mmm-yy, and those that are yyyy"年"m"月" in Chinese; they need not be written in the file."""
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].')


class Styles(NamedTuple):
    """The numbers of styles that show months, and of those with a line through (删除线)."""

    months: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def read_styles(xml: bytes) -> Styles:
    """The styles of a workbook, from its styles' part."""
    root = ElementTree.fromstring(xml)  # nosec B314  # as the import
    codes = {_number(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter() if _is(each, "numFmt")}
    fonts = [font for part in root if _is(part, "fonts") for font in part]
    struck = {place for place, font in enumerate(fonts) if any(_is_on(mark) for mark in font if _is(mark, "strike"))}
    formats = [each for part in root if _is(part, "cellXfs") for each in part]
    return Styles(
        frozenset(n for n, each in enumerate(formats) if _is_month(codes, _number(each.get("numFmtId")))),
        frozenset(n for n, each in enumerate(formats) if _number(each.get("fontId")) in struck),
    )


def _is_month(codes: dict[int, str], number: int) -> bool:
    return shows_month(codes[number]) if number in codes else number in _MONTHS


def shows_month(code: str) -> bool:
    """Whether a number's format shows a year and a month, and no day: yyyy"年"m"月", yyyy-mm, mmm-yy."""
    signs = set(_LITERAL.sub("", code).partition(";")[0].lower())
    return {"y", "m"} <= signs and not signs & set("dhs0#")


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _is_on(mark: ElementTree.Element) -> bool:
    return mark.get("val", "1") not in ("0", "false")


def _number(text: str | None) -> int:
    return int(text or 0)

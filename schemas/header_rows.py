"""Where in a sheet the headings are: titles and 填报单位 rows stand above them, and groups of columns have two rows.

The row (or two rows) in which the most columns of the schema are found is the header, the first of these if several
are alike. A row in which fewer than two are found is none: single words that are headings elsewhere stand in data too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audit_service.core.incoming import Sheet
from audit_service.core.labels import heading_form
from schemas.fields import RosterSchema

_DEEPEST: Final = 30
_FEWEST: Final = 2
_GROUP: Final = re.compile(r"(?:情况|信息|相关情况)$")
_WHOLE_GROUP: Final = frozenset({"总数", "合计", "小计", "总计", "数量", "个数", "目标数", "任务数", "计"})
"""What stands below a group for the number of all, beside 其中 …."""


@dataclass(frozen=True)
class HeaderRows:
    """The header of a sheet: its first row's place among the sheet's rows and its number, how many rows, its texts."""

    place: int
    number: int
    height: int
    texts: tuple[str, ...]
    printed: tuple[tuple[str, ...], ...]
    """Its rows as they stand in the sheet."""
    above: tuple[int, ...] = ()
    """Rows over the header that look like more than a title: several different cells."""

    def heads_as(self, other: HeaderRows) -> bool:
        """Whether every column is headed as in another header."""
        return list(map(heading_form, self.texts)) == list(map(heading_form, other.texts))


def known_headings(schema: RosterSchema) -> dict[str, str]:
    """What may stand over a column, in the form in which headings are compared, and the field that it names."""
    known = {heading_form(cell.data_key or name): name for name, cell in schema.load_fields.items()}
    for name, aliases in schema.aliases.items():
        for alias in aliases:
            known.setdefault(heading_form(alias), name)
    return known


def find_header(schema: RosterSchema, sheet: Sheet) -> HeaderRows | None:
    """The header, if the sheet has one."""
    known = in_headers(schema)
    best, most = None, _FEWEST - 1
    for place, height, texts in _candidates(known, sheet):
        found = _found(known, texts)
        if found > most:
            best, most = (place, height, texts), found
    if best is None:
        return None
    place, height, texts = best
    above = tuple(number for number, cells in sheet.rows[:place] if len(set(filter(None, cells))) > 2)
    return _header(sheet, place, height, texts, above)


def header_at(schema: RosterSchema, sheet: Sheet, place: int) -> HeaderRows:
    """The header that begins at this place among the sheet's rows, of one row or of two."""
    return _header(sheet, place, *_own(in_headers(schema), sheet, place))


def _header(sheet: Sheet, place: int, height: int, texts: list[str], above: tuple[int, ...] = ()) -> HeaderRows:
    printed = tuple(tuple(cells) for _, cells in sheet.rows[place : place + height])
    return HeaderRows(place, sheet.rows[place][0], height, tuple(texts), printed, above)


def in_headers(schema: RosterSchema) -> dict[str, str]:
    """Known headings, with those that name no field."""
    return known_headings(schema) | dict.fromkeys(map(heading_form, schema.ignored_headings), "")


def _found(known: dict[str, str], texts: list[str]) -> int:
    """How many fields, and the numbering, are headed."""
    return len({known[form] for form in map(heading_form, texts) if form in known})


def _candidates(known: dict[str, str], sheet: Sheet) -> Iterator[tuple[int, int, list[str]]]:
    """Each of the first rows alone, or with the one below where that heads as much; then all with the one below."""
    rows = sheet.rows[:_DEEPEST]
    for place in range(len(rows)):
        yield place, *_own(known, sheet, place)
    for place in range(len(rows)):
        joined = _joined_at(known, sheet, place)
        if joined:
            yield place, 2, joined


def _own(known: dict[str, str], sheet: Sheet, place: int) -> tuple[int, list[str]]:
    """The height and the texts of a header that begins here: of two rows where the upper one heads columns too, and
    the two together head more, or as many of which some are written in neither (有效期 over 起 and 止)."""
    alone, joined = sheet.rows[place][1], _joined_at(known, sheet, place)
    found = _found(known, alone)
    if joined is None or found < _FEWEST:
        return 1, alone
    more = _found(known, joined) - found
    made = set(joined).difference(alone, sheet.rows[place + 1][1])
    if more > 0 or (more == 0 and any(heading_form(text) in known for text in made)):
        return 2, joined
    return 1, alone


def _joined_at(known: dict[str, str], sheet: Sheet, place: int) -> list[str] | None:
    """The texts of a row and of the one right below it as one, if they are a header."""
    (number, upper), *following = sheet.rows[place : place + 2]
    if following and following[0][0] == number + 1:
        return _joined(known, upper, following[0][1])
    return None


def _joined(known: dict[str, str], upper: list[str], lower: list[str]) -> list[str] | None:
    """Group headings and the headings below them as one: 现场评定 and 得分. Nothing where the lower row is data.

    It is data where something stands below a known heading that is no group. A group goes on to the right.
    """
    texts, group = [], ""
    for place, (top, sub) in enumerate(zip(upper, lower, strict=True)):
        group = top or (group if sub else "")
        told = _told(known, group, sub)
        if top and heading_form(top) in known and sub not in ("", top) and not (told or _goes_on(upper, lower, place)):
            return None
        texts.append(told or (top or sub if sub in ("", group) else _below(known, group, sub)))
    return texts


def _told(known: dict[str, str], group: str, sub: str) -> str:
    """The known heading that a group and what stands below it make: 现场评定(情况) and 得分; 命名目标数 and 总数."""
    if not group or not sub or sub == group:
        return ""
    bare = _GROUP.sub("", group)
    whole = [group] if heading_form(sub) in _WHOLE_GROUP else []
    return next((text for text in (group + sub, bare + sub, *whole) if heading_form(text) in known), "")


def _goes_on(upper: list[str], lower: list[str], place: int) -> bool:
    """Whether a heading is over the next column too: nothing is written there, and something below."""
    return place + 1 < len(upper) and not upper[place + 1] and bool(lower[place + 1])


def _below(known: dict[str, str], group: str, sub: str) -> str:
    return sub if heading_form(sub) in known else group + sub

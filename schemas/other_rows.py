"""Rows below a header that are no data: totals, notes, headings printed again, rows that have a number alone.

What they are, their structure says, never a word alone: a row with a code, or with a whole identity, is data, whatever
its unit is called (合计镇 is a unit). A total's number is compared with the rows, and a difference told; it never keeps
a row out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal

from marshmallow import ValidationError

from audit_service.core.labels import heading_form, squeezed
from schemas.fields import RosterSchema
from schemas.headings import Headings

Kind = Literal["total", "note", "header", "blank"]

_TOTAL: Final = re.compile(
    r"(?:本页|全省|全市|全州|全县|全区|各市州|\w{2,12}[市州县区])?(?:合计|小计|总计|共计|累计)[:：]?(?:\d+[个家户人条项]?)?"
)
_NOTE: Final = re.compile(
    r"(?:备注|附注|注|说明|填表说明|填报说明|填表|填报|制表|填写|报送|审核|审批|审签|复核|核对|签发|负责|分管|主要|单位|联系|经办|统计|日期|时间|电话)"
    r"[^:：]{0,10}[:：]|(?:备注|附注|说明|注|填[表报]人|制表人?|审核人?|负责人|联系人)$|注[0-9一二三]|(?:此表|本表|以上)"
)
_NUMBER: Final = re.compile(r"(?:[^0-9]*[^0-9.])?([0-9]{1,9})[个家户人条项]?")


class OtherRows:
    """What a row is that a schema cannot read as data, or that has no code."""

    def __init__(self, schema: RosterSchema, headings: Headings, header: Sequence[str]) -> None:
        self._identity = [headings.places[name] for name in schema.identity if name in headings.places]
        self._complete = len(self._identity) == len(schema.identity)
        self._code_cell = schema.load_fields.get(schema.code)
        self._code = headings.places.get(schema.code)
        numbering = set(map(heading_form, schema.ignored_headings))
        self._others = [place for place, text in enumerate(header) if heading_form(text) not in numbering or not text]
        self._header = {place: heading_form(header[place]) for place in headings.places.values()}

    def kind(self, cells: Sequence[str], filled: frozenset[int]) -> Kind | None:
        """What a row is, or nothing where it is data. `filled` are columns whose text a merged cell above gave."""
        if not any(cells[place] for place in self._others if place not in filled) and _all_numbers(cells, filled):
            return "blank"
        if sum(heading_form(cells[place]) == text for place, text in self._header.items() if cells[place]) > 1:
            return "header"
        first = next(filter(None, (cell for place, cell in enumerate(cells) if place not in filled)), "")
        names = [squeezed(cells[place]) for place in self._identity]
        if self._coded(cells, filled):
            return None
        labels = [squeezed(first), *names]
        whole = self._complete and all(name and not _TOTAL.fullmatch(name) and not _is_note(name) for name in names)
        if not whole and any(map(_TOTAL.fullmatch, labels)):
            return "total"
        if not whole and _is_note(first):
            return "note"
        return None

    def _coded(self, cells: Sequence[str], filled: frozenset[int]) -> bool:
        """Whether a code of its own stands in the row; a number or a name in the code's column is none."""
        if self._code is None or self._code in filled or not cells[self._code]:
            return False
        try:
            return self._code_cell is not None and self._code_cell.deserialize(cells[self._code]) is not None
        except ValidationError:
            return False


def _all_numbers(cells: Sequence[str], filled: frozenset[int]) -> bool:
    return all(cell.isdigit() for place, cell in enumerate(cells) if cell and place not in filled)


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(squeezed(text)))


def numbers_in(cells: Sequence[str]) -> list[int]:
    """The whole numbers that a total's cells say: 12, 12个, 合计12."""
    found = (_NUMBER.fullmatch(squeezed(cell)) for cell in cells if cell)
    return [int(match[1]) for match in found if match]


def disagreement(
    schema: RosterSchema,
    places: Mapping[str, int],
    cells: Sequence[str],
    parts: Sequence[Sequence[Mapping[str, object]]],
) -> tuple[str, int, int | Decimal] | None:
    """Where a total differs from the rows above it: the field (or nothing), what it says, what the rows add up to.

    `parts` are the ways in which it may be meant: all rows, those since the last total.
    """
    for name in schema.summed:
        if name in places and (said := numbers_in([cells[places[name]]])):
            sums = [sum(value for row in rows if isinstance(value := row.get(name), int | Decimal)) for rows in parts]
            if said[0] not in sums:
                return name, said[0], sums[0]
    said = [] if schema.summed else numbers_in(cells)
    if said and not any(len(rows) in said for rows in parts):
        return "", said[0], len(parts[0])
    return None

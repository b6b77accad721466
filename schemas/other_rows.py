"""Rows below a header that are no data: totals, notes, headings printed again, rows that have a number alone.

What they are, their structure says, never a word alone: a row with a code, or with a whole identity, is data, whatever
its unit is called (合计镇 is a unit). A total's number is compared with the rows, and a difference told; it never keeps
a row out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from marshmallow import ValidationError

from audit_service.core.labels import heading_form, squeezed
from schemas.fields import RosterSchema
from schemas.header_rows import HeaderRows, known_headings
from schemas.headings import Headings
from schemas.totals import is_total

Kind = Literal["total", "note", "header", "headings", "blank"]
"""A `header` is the table's own, printed again; `headings` may be those of another table."""

_NOTE: Final = re.compile(
    r"(?:备注|附注|注|说明|填表说明|填报说明|填表|填报|制表|填写|报送|审核|审批|审签|复核|核对|签发|负责|分管|主要|单位|联系|经办|统计|日期|时间|电话)"
    r"[^:：]{0,10}[:：]|(?:备注|附注|说明|注|填[表报]人|制表人?|审核人?|负责人|联系人)$|注[0-9一二三]|(?:此表|本表|以上)"
)


class OtherRows:
    """What a row is that a schema cannot read as data, or that has no code."""

    def __init__(self, schema: RosterSchema, headings: Headings, header: HeaderRows) -> None:
        self._schema = schema
        self._identity = [headings.places[name] for name in schema.identity if name in headings.places]
        self._complete = len(self._identity) == len(schema.identity)
        self._code_cell = schema.load_fields.get(schema.code)
        self._code = headings.places.get(schema.code)
        numbering = set(map(heading_form, schema.ignored_headings))
        texts = enumerate(header.texts)
        self._others = [place for place, text in texts if heading_form(text) not in numbering or not text]
        self._header = {place: heading_form(header.texts[place]) for place in headings.places.values()}
        self._known = known_headings(schema) | dict.fromkeys(numbering, "")
        self._printed = header.printed

    def kind(self, cells: Sequence[str], filled: frozenset[int]) -> Kind | None:
        """What a row is, or nothing where it is data. `filled` are columns whose text a merged cell above gave."""
        if not any(cells[place] for place in self._others if place not in filled) and _all_numbers(cells, filled):
            return "blank"
        if tuple(cells) in self._printed:
            return "header"
        if self._has_headings(cells):
            return "headings"
        return None if self._coded(cells, filled) else self._around(cells, filled)

    def _around(self, cells: Sequence[str], filled: frozenset[int]) -> Kind | None:
        """Whether a row without a code is a total or a note."""
        first = next(filter(None, (cell for place, cell in enumerate(cells) if place not in filled)), "")
        names = [squeezed(cells[place]) for place in self._identity]
        totals = [is_total(self._schema, name) for name in (squeezed(first), *names)]
        if self._complete and all(names) and not any(totals[1:]) and not any(map(_is_note, names)):
            return None
        if any(totals):
            return "total"
        return "note" if _is_note(first) else None

    def _has_headings(self, cells: Sequence[str]) -> bool:
        """Whether two headings stand where they stood above, or more headings than anything else, wherever."""
        forms = {place: heading_form(cell) for place, cell in enumerate(cells) if cell}
        known = [self._known[form] for form in forms.values() if form in self._known]
        if len(set(filter(None, known))) > 1 and 2 * len(known) > len(forms):
            return True
        return sum(forms.get(place) == text for place, text in self._header.items()) > 1

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

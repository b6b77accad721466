"""Rows below a header that are no data: totals, notes, headings printed again, rows that have a number alone.

What they are, their structure says, never a word alone: a row with a code, or with a whole identity, is data, whatever
its unit is called (合计镇 is a unit). A total's number is compared with the rows, and a difference told; it never keeps
a row out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from marshmallow import ValidationError

from audit_service.core.incoming import UNSAVED
from audit_service.core.labels import heading_form, squeezed
from schemas.columns import FORMULA_ERRORS, Once
from schemas.fields import RosterSchema
from schemas.header_rows import HeaderRows, in_headers
from schemas.headings import Headings
from schemas.notes import counts_columns, is_lone, is_note, is_stamp
from schemas.totals import is_total

Kind = Literal["total", "note", "header", "headings", "blank", "unfilled", "numbering"]
"""A `header` is the table's own, printed again; `headings` may be those of another table; `unfilled` rows hold nothing
but formulas that failed; `numbering` numbers the columns (栏次)."""


class OtherRows:
    """What a row is that a schema cannot read as data, or that has no code."""

    def __init__(self, schema: RosterSchema, headings: Headings, header: HeaderRows) -> None:
        self._forms, self._notes = Once(heading_form), Once(is_note)
        self._totals = Once(lambda text: is_total(schema, squeezed(text)))
        self._identity = [headings.places[name] for name in schema.identity if name in headings.places]
        self._fields = frozenset(headings.places.values())
        self._complete = len(self._identity) == len(schema.identity)
        self._code_cell = schema.load_fields.get(schema.code)
        self._code = headings.places.get(schema.code)
        numbering = set(map(heading_form, schema.ignored_headings))
        texts = enumerate(header.texts)
        self._others = [place for place, text in texts if heading_form(text) not in numbering or not text]
        self._header = {place: heading_form(header.texts[place]) for place in headings.places.values()}
        self._known = in_headers(schema)
        self._printed = header.printed

    def kind(self, cells: Sequence[str], filled: frozenset[int]) -> Kind | None:
        """What a row is, or nothing where it is data. `filled` are columns whose text a merged cell above gave."""
        if not any(cells[place] for place in self._others if place not in filled) and _all_numbers(cells, filled):
            return "blank"
        if tuple(cells) in self._printed:
            return "header"
        if self._has_headings(cells):
            return "headings"
        if counts_columns([cell for cell in cells if cell]):
            return "numbering"
        return None if self._coded(cells, filled) else self._around(cells, filled)

    def _around(self, cells: Sequence[str], filled: frozenset[int]) -> Kind | None:
        """What a row without a code is, where it has no whole identity."""
        own = {place: cell for place, cell in enumerate(cells) if cell and place not in filled}
        first = next(iter(own.values()), "")
        names = [cells[place] for place in self._identity]
        totals = [self._totals[name] for name in (first, *names)]
        if self._complete and all(names) and not any(totals[1:]) and not any(self._notes[name] for name in names):
            return None
        if any(totals):
            return "total"
        return "note" if self._notes[first] or self._beside_data(own) else self._failed(own)

    def _beside_data(self, own: Mapping[int, str]) -> bool:
        """Whether what stands in a row cannot be what is left of a unit: a stamp with its day, or a lone cell.

        Something lone that has no form of a note is none in a column of the identity or of the code: it may be a name
        whose row was not filled in. Where one field is the identity, other columns go on below (an area, its criteria).
        """
        places = own.keys() - ({} if len(self._identity) > 1 else self._fields - set(self._identity))
        if len(places) < len(own):
            return False
        if len(own) > 1:
            return all(map(is_stamp, own.values()))
        return all(place not in (*self._identity, self._code) or is_lone(cell) for place, cell in own.items())

    def _failed(self, own: Mapping[int, str]) -> Kind | None:
        """Whether nothing but formulas that failed stands in a row, and none where a name could have stood."""
        broken = [place for place, cell in own.items() if cell in FORMULA_ERRORS or cell == UNSAVED]
        rest = own.keys() - set(broken)
        named = set(self._identity).intersection(broken)
        return "unfilled" if broken and not named and not rest.intersection(self._others) else None

    def lone(self, cells: Sequence[str], filled: frozenset[int]) -> str:
        """The text of the only cell of a row, but for its number; nothing where there are several."""
        own = [cells[place] for place in self._others if cells[place] and place not in filled]
        return own[0] if len(own) == 1 else ""

    def _has_headings(self, cells: Sequence[str]) -> bool:
        """Whether two headings stand where they stood above, or more headings than anything else, wherever."""
        forms = [(place, self._forms[cell]) for place, cell in enumerate(cells) if cell]
        known = [(place, form) for place, form in forms if form in self._known]
        if len(known) < 2:
            return False
        headed = {self._known[form] for _, form in known} - {""}
        in_place = sum(self._header.get(place) == form for place, form in known)
        return in_place > 1 or (len(headed) > 1 and 2 * len(known) > len(forms))

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

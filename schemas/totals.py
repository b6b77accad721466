"""Totals (合计、小计) below or between rows of data: which labels they have, and whether they agree with the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from audit_service.core.labels import squeezed
from schemas.fields import RosterSchema

_COUNT: Final = r"\d+[个家户人条项](?:单位|街道|乡镇|社区|园区)?"
_TOTAL: Final = re.compile(
    r"(?:本页|全省|全市|全州|全县|全区|各市州|\w{2,12}[市州县区])?"
    rf"(?:(?:合计|小计|总计|共计|累计|总数)[:：]?(?:\([^()]{{0,20}}\))?(?:{_COUNT}|\d+)?|共{_COUNT})(?:[,;。].*)?"
)
_WHOLE: Final = re.compile(r"全[省市州县区]")
"""What a total may be called where numbers are added up; elsewhere it may be what somebody wrote for a county."""
_NUMBER: Final = re.compile(rf"(?:[^0-9]*[^0-9.])?([0-9]{{1,9}})(?:{_COUNT[3:]})?\)?(?:[,;。].*)?")


def is_total(schema: RosterSchema, label: str) -> bool:
    """Whether a squeezed label is a total's: 合计, 小计（锦江区）, 共计3个单位; never 合计镇."""
    return bool(_TOTAL.fullmatch(label) or (schema.summed and _WHOLE.fullmatch(label)))


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

"""Recusals (回避): which person may not take which unit, and why."""

from __future__ import annotations

from schemas.fields import PersonCode, RosterSchema, Text, UnitCode


class RecusalIn(RosterSchema):
    """A recusal of one person from one unit."""

    inspector = PersonCode(data_key="人员编号", required=True)
    unit = UnitCode(data_key="单位编码", required=True)
    reason = Text(data_key="回避理由", required=True)

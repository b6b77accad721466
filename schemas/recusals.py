"""Recusals (回避): which person may not take which unit, and why."""

from __future__ import annotations

from schemas.fields import PersonCode, RosterSchema, Text, UnitCode
from schemas.units import CODE


class RecusalIn(RosterSchema):
    """A recusal of one person from one unit."""

    identity = ("inspector", "unit")
    aliases = {  # noqa: RUF012 - a schema's constant
        "inspector": ("编号", "人员代码"),
        "unit": (*CODE, "回避单位编码"),
        "reason": ("理由", "回避原因", "原因"),
    }

    inspector = PersonCode(data_key="人员编号", required=True)
    unit = UnitCode(data_key="单位编码", required=True)
    reason = Text(data_key="回避理由", required=True)

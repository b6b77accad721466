"""Registers of hazards and of what is to be rectified (隐患台账、整改台账), as offices keep them in Excel."""

from __future__ import annotations

from schemas.days import Day
from schemas.fields import MAY_LACK_COLUMN, Name, RosterSchema, Text, UnitCode, YesNo
from schemas.units import CODE, UNIT_NAME


class HazardIn(RosterSchema):
    """A finding of a register: what is wrong where, who answers for it by when, and what has become of it."""

    identity = ("description", "deadline")
    aliases = {  # noqa: RUF012 - a schema's constant
        "unit": CODE,
        "name": UNIT_NAME,
        "description": ("隐患描述", "存在问题", "问题", "隐患内容", "问题隐患描述"),
        "severity": ("严重程度", "隐患等级", "问题级别", "级别"),
        "office": ("责任单位/责任人", "整改责任单位", "责任单位及责任人"),
        "person": ("整改责任人",),
        "deadline": ("整改时限", "完成期限", "整改完成时限"),
        "found_on": ("检查时间", "排查时间", "发现日期", "检查日期"),
        "found_by": ("排查人", "检查人员"),
        "rectified": ("整改结果", "整改措施及情况", "整改落实情况"),
        "rechecked_by": ("复查人员", "复查人/时间"),
        "rechecked_on": ("复查日期",),
        "closed": ("销号", "是否已销号", "销号情况"),
    }

    unit = UnitCode(data_key="单位编码", load_default="", metadata=MAY_LACK_COLUMN)
    name = Name(data_key="单位名称", load_default="", metadata=MAY_LACK_COLUMN)
    description = Text(data_key="问题描述", required=True)
    severity = Name(data_key="隐患级别", load_default="", metadata=MAY_LACK_COLUMN)
    office = Text(data_key="责任单位", load_default="", metadata=MAY_LACK_COLUMN)
    person = Text(data_key="责任人", load_default="", metadata=MAY_LACK_COLUMN)
    deadline = Day(data_key="整改期限", required=True)
    found_on = Day(data_key="发现时间", load_default="", metadata=MAY_LACK_COLUMN)
    found_by = Text(data_key="检查人", load_default="", metadata=MAY_LACK_COLUMN)
    rectified = Text(data_key="整改情况", load_default="", metadata=MAY_LACK_COLUMN)
    rechecked_by = Text(data_key="复查人", load_default="", metadata=MAY_LACK_COLUMN)
    rechecked_on = Day(data_key="复查时间", load_default="", metadata=MAY_LACK_COLUMN)
    closed = YesNo(data_key="是否销号", load_default=False, metadata=MAY_LACK_COLUMN)

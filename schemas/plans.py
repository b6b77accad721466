"""Levels' plans of inspection: which unit is visited by which level, and when."""

from __future__ import annotations

from audit_service.core.policy import Programme
from audit_service.errors import Refused
from schemas.days import Day
from schemas.fields import Name, RosterSchema, UnitCode
from schemas.units import CODE


class PlanIn(RosterSchema):
    """A visit that a level plans."""

    identity = ("level", "unit")
    code = "unit"
    aliases = {  # noqa: RUF012 - a schema's constant
        "level": ("级别", "检查层级", "计划层级"),
        "unit": CODE,
        "planned_on": ("计划检查时间", "检查时间", "计划日期", "检查日期"),
    }

    level = Name(data_key="层级", required=True)
    unit = UnitCode(data_key="单位编码", required=True)
    planned_on = Day(data_key="计划时间", required=True)


def plans_schema(programme: Programme) -> RosterSchema:
    """The schema of plans; `Refused` where the policy knows of no levels that plan."""
    if programme.after.plans is None:
        raise Refused("plans-none", policy=programme.policy)
    return PlanIn()

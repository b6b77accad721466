"""Targets (目标任务) of the year by city, as the policy's annex lists them."""

from __future__ import annotations

from schemas.fields import Count, Name, RosterSchema
from schemas.units import CITY

MOST_UNITS = 99999


class TargetIn(RosterSchema):
    """What a city must get named, how many of these are livelihood units, and what it must get re-evaluated."""

    identity = ("city",)
    summed = ("naming", "livelihood", "re_evaluation")
    aliases = {  # noqa: RUF012 - a schema's constant
        "city": CITY,
        "naming": (*("命名数", "命名目标", "命名任务", "命名任务数", "命名目标任务", "命名目标任务数", "应命名数"),),
        "livelihood": ("其中民生目标", "其中民生目标数", "民生目标数", "民生"),
        "re_evaluation": (
            *("复评数", "复评目标", "复评任务", "复评任务数", "复评目标任务", "复评目标任务数", "应复评数"),
        ),
    }

    city = Name(data_key="市(州)", required=True)
    naming = Count(0, MOST_UNITS, data_key="命名目标数", required=True)
    livelihood = Count(0, MOST_UNITS, data_key="其中民生", required=True)
    re_evaluation = Count(0, MOST_UNITS, data_key="复评目标数", required=True)

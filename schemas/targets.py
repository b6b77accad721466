"""Targets (目标任务) of the year by city, as the policy's annex lists them."""

from __future__ import annotations

from schemas.fields import RosterSchema, Text, Whole

MOST_UNITS = 99999


class TargetIn(RosterSchema):
    """What a city must get named, how many of these are livelihood units, and what it must get re-evaluated."""

    city = Text(data_key="市(州)", required=True)
    naming = Whole(0, MOST_UNITS, data_key="命名目标数", required=True)
    livelihood = Whole(0, MOST_UNITS, data_key="其中民生", required=True)
    re_evaluation = Whole(0, MOST_UNITS, data_key="复评目标数", required=True)

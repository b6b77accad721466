"""Former names (曾用名) of units, as the office keeps them: what became of which name, when, by which document."""

from __future__ import annotations

from schemas.days import Day
from schemas.fields import MAY_LACK_COLUMN, Name, RosterSchema, Text, UnitCode
from schemas.units import CITY, CODE, COUNTY, County


class FormerNameIn(RosterSchema):
    """A former name. The code is that of the unit that the name now means; without one, the division table has it.

    The county is that of then; the unit's present one may be left out where it is the same, or follows from the unit.
    """

    identity = ("city", "county", "old", "new")
    aliases = {  # noqa: RUF012 - a schema's constant
        "city": CITY,
        "county": COUNTY,
        "old": ("曾用名", "旧名称", "原单位名称", "变更前名称", "更名前名称", "撤并前名称"),
        "new_county": (
            *("新县市区", "现区县", "新区县", "现所属县市区", "变更后县市区", "变更后区县", "撤并后县市区"),
            *("撤并后区县", "更名后县市区"),
        ),
        "new": ("新名称", "现单位名称", "变更后名称", "更名后名称", "撤并后名称", "单位名称", "建设单位名称"),
        "unit": (*CODE, "现单位编码", "新编码", "现区划代码"),
        "changed_on": ("变更时间", "更名日期", "更名时间", "撤并时间", "调整时间"),
        "document": ("文号", "依据", "批复文号", "文件依据"),
    }

    city = Name(data_key="市(州)", required=True)
    county = County(data_key="县(市、区)", required=True)
    old = Name(200, data_key="原名称", required=True)
    new_county = County(data_key="现县(市、区)", load_default="", metadata=MAY_LACK_COLUMN)
    new = Name(data_key="现名称", required=True)
    unit = UnitCode(data_key="单位编码", load_default="", metadata=MAY_LACK_COLUMN)
    changed_on = Day(data_key="变更日期", required=True)
    document = Text(data_key="依据文件", required=True)

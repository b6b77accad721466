"""Lists by which a step is recorded of many units (命名名单、复评名单): which unit, by which document, on which day."""

from __future__ import annotations

from schemas.days import Day
from schemas.fields import MAY_LACK_COLUMN, Name, RosterSchema, Score, Text, UnitCode
from schemas.units import CITY, CODE, COUNTY, UnitIn


class LifeStepIn(RosterSchema):
    """A unit and what is recorded of it. Without a code it is the one of that name on the roster; a document or a day
    that all units share may be given beside the file."""

    identity = ("name",)
    code = "unit"
    aliases = {  # noqa: RUF012 - a schema's constant
        "city": CITY,
        "county": COUNTY,
        "unit": CODE,
        "name": UnitIn.aliases["name"],
        "document": ("依据文件", "依据", "文件", "文件依据", "命名文号", "批复文号"),
        "on": ("时间", "命名时间", "命名日期", "发文日期", "印发日期", "登记日期"),
        "until": ("有效期", "称号有效期至", "延期至", "新期限"),
        "score": ("分数", "自评得分", "评定得分"),
        "county_review": ("县级意见", "县(市、区)审核意见"),
        "city_review": ("市级意见", "市(州)审核意见"),
        "reason": ("理由", "原因", "备注", "说明"),
    }

    unit = UnitCode(data_key="单位编码", load_default=None, metadata=MAY_LACK_COLUMN)
    city = Name(data_key="市(州)", load_default="", metadata=MAY_LACK_COLUMN)
    county = Name(data_key="县(市、区)", load_default="", metadata=MAY_LACK_COLUMN)
    name = Name(data_key="建设单位名称", load_default="", metadata=MAY_LACK_COLUMN)
    document = Text(data_key="文号", load_default="", metadata=MAY_LACK_COLUMN)
    on = Day(data_key="日期", load_default="", metadata=MAY_LACK_COLUMN)
    until = Day(data_key="有效期至", load_default="", metadata=MAY_LACK_COLUMN)
    score = Score(data_key="得分", load_default="", metadata=MAY_LACK_COLUMN)
    county_review = Text(data_key="县级审核意见", load_default="", metadata=MAY_LACK_COLUMN)
    city_review = Text(data_key="市级审核意见", load_default="", metadata=MAY_LACK_COLUMN)
    reason = Text(data_key="情况说明", load_default="", metadata=MAY_LACK_COLUMN)

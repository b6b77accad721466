"""Units (建设单位) as a roster lists them."""

from __future__ import annotations

from typing import Any, Final

from schemas.days import Day
from schemas.fields import MAY_LACK_COLUMN, Name, Phone, RosterSchema, Score, Text, UnitCode, Year, YesNo

CITY: Final = (
    *("市州", "地市", "市", "地市州", "市地州", "州市", "城市", "市州名称", "所属市州", "所在市州", "所属市", "所在市"),
    *("所属地市", "所属城市", "属地市州"),
)
COUNTY: Final = (
    *("县市区", "区县", "县区", "区市县", "县", "区", "县市区名称", "区县名称", "所属县市区", "所在县市区"),
    *("所属区县", "所在区县", "所属县区", "所在县区", "属地区县"),
)
CODE: Final = (
    *("编码", "代码", "单位代码", "区划代码", "区划编码", "行政区划代码", "行政区划编码", "行政代码"),
    *("统计用区划代码", "统计区划代码", "街道代码", "乡镇代码", "乡镇街道代码"),
)
UNIT_NAME: Final = (
    *("单位名称", "建设单位", "单位", "名称", "现名称", "命名单位", "命名单位名称", "申报单位", "申报单位名称"),
    *("街道", "乡镇", "镇街", "街镇", "乡镇街道", "街道乡镇", "镇街道", "街道名称", "乡镇名称", "乡镇街道名称"),
    *("街道乡镇名称", "镇街名称", "社区名称", "社区", "园区名称", "安全社区名称", "安全社区建设单位"),
)


MOST_COUNTY: Final = 70
"""Characters of a county's name: it stands behind its city's code (of up to nine digits) where places are kept."""


class County(Name):
    """A county's name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MOST_COUNTY, **kwargs)


class UnitIn(RosterSchema):
    """A unit. `city` and `status` are the labels that people write; the use case knows what they mean, and finds the
    code of a unit that comes without one."""

    identity: tuple[str, ...] = ("city", "county", "name")
    code = "unit"
    aliases = {  # noqa: RUF012 - a schema's constant
        "city": CITY,
        "county": COUNTY,
        "unit": CODE,
        "name": UNIT_NAME,
        "kind": ("类型", "单位性质", "建设单位类型"),
        "status": (
            *(
                "单位类别",
                "建设状态",
                "状态",
                "单位状态",
                "建设类别",
                "目标类别",
                "任务类别",
                "安全社区状态",
                "抽验类别",
            ),
        ),
        "target_year": ("下达年度", "目标年度", "任务年度", "任务下达年度", "目标任务年度", "目标任务下达年度", "年度"),
        "livelihood": (
            "民生",
            "民生目标",
            "是否民生目标",
            "是否为民生目标",
            "是否属于民生目标",
            "是否民生任务",
            "是否民生实事",
        ),
        "former_name": ("曾用名", "原单位名称", "原建设单位名称", "原乡镇名称", "更名前名称"),
        "assessed_on": ("现场评定日期", "评定时间", "评定日期", "通过现场评定时间"),
        "assessed_score": ("评定得分", "现场评定分数", "现场得分"),
        "assessors": (
            *("评定专家", "专家", "现场评定专家组", "专家组", "评审专家", "评估专家", "验收专家", "现场评审专家"),
            *("评定专家组", "评审专家组", "专家组成员", "评定专家组成员", "评审专家组成员", "现场评定专家组成员"),
            *("专家名单", "评定专家名单", "评审专家名单", "现场评定专家名单", "专家姓名", "评定人员", "现场评定人员"),
            *("评定组成员", "现场评定组成员", "评审组成员"),
        ),
        "coach": (
            *("辅导机构", "指导单位", "技术支撑单位", "辅导技术支撑单位", "技术支撑机构", "辅导单位名称", "指导机构"),
            *("技术支撑单位名称", "技术支撑机构名称", "技术支持单位", "技术支持机构", "技术指导单位", "技术服务机构"),
            *("技术服务单位", "支撑单位", "技术辅导单位", "创建辅导单位"),
        ),
        "naming_document": ("文号", "命名文件", "命名文件文号", "命名批次文号"),
        "named_on": ("命名日期", "授牌时间"),
        "valid_until": ("有效期", "有效期限", "有效期止", "称号有效期至", "有效期截止"),
        "city_score": ("市级得分", "复评得分", "市级复评分数"),
        "city_result": ("市级结论", "复评结论", "复评结果", "市级复评结果"),
        "contact": ("联络人", "联系人姓名", "单位联系人"),
        "phone": ("电话", "联系方式", "手机", "手机号码", "联系人电话"),
        "remarks": ("说明", "备注说明"),
    }

    city = Name(data_key="市(州)", required=True)
    county = County(data_key="县(市、区)", required=True)
    name = Name(data_key="建设单位名称", required=True)
    kind = Name(data_key="单位类型", required=True)
    unit = UnitCode(data_key="单位编码", load_default=None, metadata=MAY_LACK_COLUMN)
    status = Name(data_key="类别", required=True)
    target_year = Year(data_key="目标下达年度", load_default="", metadata=MAY_LACK_COLUMN)
    livelihood = YesNo(data_key="是否民生", load_default=None, metadata=MAY_LACK_COLUMN)
    former_name = Name(data_key="原名称", load_default="", metadata=MAY_LACK_COLUMN)
    assessed_on = Day(data_key="现场评定时间", load_default="", metadata=MAY_LACK_COLUMN)
    assessed_score = Score(data_key="现场评定得分", load_default="", metadata=MAY_LACK_COLUMN)
    assessors = Text(data_key="现场评定专家", load_default="", metadata=MAY_LACK_COLUMN)
    coach = Name(data_key="辅导单位", load_default="", metadata=MAY_LACK_COLUMN)
    naming_document = Text(data_key="命名文号", load_default="", metadata=MAY_LACK_COLUMN)
    named_on = Day(data_key="命名时间", load_default="", metadata=MAY_LACK_COLUMN)
    valid_until = Day(data_key="有效期至", load_default="", metadata=MAY_LACK_COLUMN)
    city_score = Score(data_key="市级复评得分", load_default="", metadata=MAY_LACK_COLUMN)
    city_result = Name(data_key="市级复评结论", load_default="", metadata=MAY_LACK_COLUMN)
    contact = Name(data_key="联系人", load_default="", metadata=MAY_LACK_COLUMN)
    phone = Phone(data_key="联系电话", load_default="", metadata=MAY_LACK_COLUMN)
    remarks = Text(data_key="备注", load_default="", metadata=MAY_LACK_COLUMN)


class UnitOfCityIn(UnitIn):
    """A unit of a list that is of one city as a whole, which the list itself need not say row by row."""

    identity = ("county", "name")

    city = Name(data_key="市(州)", load_default="", metadata=MAY_LACK_COLUMN)


def units_schema(city: str) -> UnitIn:
    """The schema of a list of units; of one city's own, if that was named."""
    return UnitOfCityIn() if city else UnitIn()

"""People (抽验人员) as the cities name them."""

from __future__ import annotations

from schemas.days import Day
from schemas.fields import MAY_LACK_COLUMN, Name, PersonCode, Phone, RosterSchema, Text, Whole, YesNo
from schemas.units import CITY

MOST_PACKETS = 9999


class PersonIn(RosterSchema):
    """A person. Who has no code is given one by the office; who has no capacity can be on any number of packets."""

    identity = ("name", "employer")
    code = "inspector"
    aliases = {  # noqa: RUF012 - a schema's constant
        "inspector": ("编号", "专家编号", "人员代码"),
        "name": ("人员姓名", "专家姓名"),
        "employer": ("单位", "所在单位", "单位名称", "工作单位名称", "所在单位名称"),
        "city": CITY,
        "category": ("类别", "身份", "人员类型"),
        "may_lead": ("是否可任组长", "可否任组长", "能否任组长", "可担任组长", "是否可担任组长"),
        "capacity": ("任务包上限", "最多承担任务包数"),
        "post": ("现任职务", "单位职务"),
        "rank": ("技术职称", "专业技术职称"),
        "speciality": ("所学专业", "从事专业", "专业领域"),
        "available_from": ("可参加时间自", "可参加开始时间", "可参加时间开始", "可参加起始时间"),
        "available_to": ("可参加时间至", "可参加结束时间", "可参加时间结束", "可参加截止时间"),
        "avoids": (
            *("回避单位", "需回避单位及理由", "回避情况", "申请回避单位及理由", "回避单位及事由", "回避单位及原因"),
            *("回避单位和理由", "回避单位理由", "回避单位及情况", "回避事项", "回避事由", "需回避单位", "应回避单位"),
            *("申请回避单位", "需回避的单位及理由", "应回避的单位及理由", "需要回避的单位及理由", "回避单位名称及理由"),
        ),
        "mobile": ("手机", "手机号", "联系电话", "电话", "联系方式", "移动电话"),
    }

    inspector = PersonCode(data_key="人员编号", load_default=None, metadata=MAY_LACK_COLUMN)
    name = Name(data_key="姓名", required=True)
    employer = Name(data_key="工作单位", required=True)
    city = Name(data_key="所属市(州)", required=True)
    category = Name(data_key="人员类别", required=True)
    may_lead = YesNo(data_key="可任组长", load_default=False)
    capacity = Whole(1, MOST_PACKETS, data_key="最多任务包数", load_default=None, metadata=MAY_LACK_COLUMN)
    post = Name(data_key="职务", load_default="", metadata=MAY_LACK_COLUMN)
    rank = Name(data_key="职称", load_default="", metadata=MAY_LACK_COLUMN)
    speciality = Name(data_key="专业", load_default="", metadata=MAY_LACK_COLUMN)
    available_from = Day(data_key="可参加时间起", load_default="", metadata=MAY_LACK_COLUMN)
    available_to = Day(data_key="可参加时间止", load_default="", metadata=MAY_LACK_COLUMN)
    avoids = Text(data_key="回避单位及理由", load_default="", metadata=MAY_LACK_COLUMN)
    mobile = Phone(data_key="手机号码", load_default="", metadata=MAY_LACK_COLUMN)

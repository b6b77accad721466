"""People (抽验人员) as the cities name them."""

from __future__ import annotations

from schemas.fields import MAY_LACK_COLUMN, PersonCode, RosterSchema, Text, Whole, YesNo

MOST_PACKETS = 9999


class PersonIn(RosterSchema):
    """A person. Who has no code is given one by the office; who has no capacity can be on any number of packets."""

    inspector = PersonCode(data_key="人员编号", load_default=None, metadata=MAY_LACK_COLUMN)
    name = Text(data_key="姓名", required=True)
    employer = Text(data_key="工作单位", required=True)
    city = Text(data_key="所属市(州)", required=True)
    category = Text(data_key="人员类别", required=True)
    may_lead = YesNo(data_key="可任组长", load_default=False)
    capacity = Whole(1, MOST_PACKETS, data_key="最多任务包数", load_default=None, metadata=MAY_LACK_COLUMN)

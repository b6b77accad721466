"""Units (建设单位) as a roster lists them."""

from __future__ import annotations

from schemas.fields import RosterSchema, Text, UnitCode, Year, YesNo


class UnitIn(RosterSchema):
    """A unit. `city` and `status` are the labels that people write; the use case knows what they mean."""

    city = Text(data_key="市(州)", required=True)
    county = Text(data_key="县(市、区)", required=True)
    name = Text(data_key="建设单位名称", required=True)
    kind = Text(data_key="单位类型", required=True)
    unit = UnitCode(data_key="单位编码", required=True)
    status = Text(data_key="类别", required=True)
    target_year = Year(data_key="目标下达年度", load_default="")
    livelihood = YesNo(data_key="是否民生", load_default=None)

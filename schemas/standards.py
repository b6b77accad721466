"""Scoring standards (考评标准) as offices keep them in tables: a row a criterion, areas as merged cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from schemas.fields import MAY_LACK_COLUMN, Cell, Name, RosterSchema, Score, Text, YesNo, points_written

_METHODS: Final = re.compile(r"[\s、，,；;/]+")


class Points(Cell[Decimal]):
    """Points, exact: of two decimals at most, in which scores are reckoned."""

    _score = Score()

    def tidied(self, text: str) -> str:
        return points_written(text)

    def read(self, text: str) -> Decimal:
        found = Decimal(self._score.read(text))
        if found != round(found, 2):
            raise self.refused("points-fine", text)
        return found


class Methods(Cell[tuple[str, ...]]):
    """How an area is looked at: several ways, on lines of their own or with commas."""

    def read(self, text: str) -> tuple[str, ...]:
        return tuple(filter(None, _METHODS.split(text)))


class CriterionIn(RosterSchema):
    """A criterion. An area that is not written again below its first row goes on; so do its methods."""

    identity = ("text",)
    summed = ("points",)
    aliases = {  # noqa: RUF012 - a schema's constant
        "area": ("项目", "考核项目", "评分项目", "评定项目", "考评类别", "考核类别", "一级指标", "考评要素"),
        "text": (
            *("具体内容", "考评内容", "考核内容", "评定内容", "评分内容", "考评标准", "考核标准", "评定标准"),
            *("二级指标", "考评要求", "考评指标", "评定指标"),
        ),
        "points": ("分值", "分数", "标准分值", "满分", "应得分", "满分值", "标准得分"),
        "methods": ("考核方式", "考评办法", "考评方法", "评定方式", "评定方法", "检查方式", "检查方法"),
        "veto": ("是否否决项", "一票否决", "是否一票否决", "否决", "一票否决项"),
    }
    ignored_headings = (
        *RosterSchema.ignored_headings,
        *("扣分", "得分", "实得分", "扣分原因", "扣分说明", "备注", "考评时间", "评分", "自评得分", "自评分"),
    )

    area = Name(data_key="考评项目", load_default="")
    text = Text(data_key="内容", required=True)
    points = Points(data_key="标准分", load_default=None, metadata=MAY_LACK_COLUMN)
    methods = Methods(data_key="考评方式", load_default=(), metadata=MAY_LACK_COLUMN)
    veto = YesNo("★", "否决", "一票否决", data_key="否决项", load_default=False, metadata=MAY_LACK_COLUMN)

"""Places (区县、镇街) of an office outside of Sichuan, or with the class and townships that a quota goes by."""

from __future__ import annotations

import re
from typing import Final

from audit_service.core.labels import heading_form
from audit_service.core.places import LEVELS
from schemas.fields import MAY_LACK_COLUMN, Cell, Name, Narrow, RosterSchema, Whole

MOST_TOWNSHIPS: Final = 9999
_CODE: Final = re.compile(r"[0-9]{6}(?:[0-9]{3})?")
_NOUGHTS: Final = re.compile(r"^([0-9]{6}(?:[0-9]{3})?)(?:000){1,2}$")
_LEVELS: Final = {
    **dict.fromkeys(("省", "省级", "直辖市", "自治区"), "province"),
    **dict.fromkeys(("市", "市级", "市州", "地市", "地级市", "州"), "city"),
    **dict.fromkeys(("县", "县级", "区", "区县", "县市区", "县区", "区级", "区县级"), "county"),
    **dict.fromkeys(("乡", "乡级", "乡镇", "乡镇级", "镇", "街道", "镇街", "乡镇街道", "镇级"), "township"),
    **{level: level for level in LEVELS},
}


class PlaceCode(Narrow):
    """A division code of six digits, or of nine for a township; one of twelve ends in noughts and is the same."""

    def tidied(self, text: str) -> str:
        code = super().tidied(text)
        return _NOUGHTS.sub(r"\1", code) if len(code) == 12 else code

    def read(self, text: str) -> str:
        if not _CODE.fullmatch(text):
            raise self.refused("place-code-form", text)
        return text


class Level(Cell[str]):
    """How high a place stands: 省, 市, 区县, 镇街."""

    def read(self, text: str) -> str:
        level = _LEVELS.get(heading_form(text))
        if level is None:
            raise self.refused("place-level", text)
        return level


class PlaceIn(RosterSchema):
    """A place, what it lies in, its class (类别), and how many townships (乡镇、街道) it has."""

    identity = ("name", "level")
    code = "place"
    aliases = {  # noqa: RUF012 - a schema's constant
        "place": ("代码", "区划代码", "行政区划代码", "地区编码", "地区代码"),
        "name": ("地区", "地区名称", "区县", "区县名称", "县市区", "镇街", "镇街名称", "行政区划名称"),
        "level": ("层级", "行政级别"),
        "parent": ("上级地区", "所属地区", "上级编码", "隶属"),
        "class_name": ("区县类别", "分类", "地区类别"),
        "townships": ("乡镇街道数", "乡镇数", "镇街数", "乡镇街道总数", "乡镇街道个数"),
    }

    place = PlaceCode(data_key="编码", required=True)
    name = Name(data_key="名称", required=True)
    level = Level(data_key="级别", required=True)
    parent = Name(data_key="上级", load_default="", metadata=MAY_LACK_COLUMN)
    class_name = Name(data_key="类别", load_default="", metadata=MAY_LACK_COLUMN)
    townships = Whole(0, MOST_TOWNSHIPS, data_key="乡镇（街道）数", load_default=None, metadata=MAY_LACK_COLUMN)

"""What stands around rows of data and is none: notes, titles of sections, stamps, page numbers, numbers of columns.

Each is known by its form alone, so whoever asks must know that the row holds nothing that could be a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from audit_service.core.labels import squeezed

_NOTE: Final = re.compile(
    r"(?:备注|附注|注|说明|填表说明|填报说明|填表|填报|制表|填写|报送|审核|审批|审签|复核|核对|签发|负责|分管|主要|单位|联系|经办|统计|日期|时间|电话)"
    r"[^:：]{0,10}[:：]|(?:备注|附注|说明|注|填[表报]人|制表人?|审核人?|负责人|联系人)$|注[0-9一二三]|(?:此表|本表|以上)"
)
_DAY: Final = r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|年月日"
_STAMP: Final = re.compile(
    rf".*\((?:盖章|公章|加盖公章|签章|签字)\):?|{_DAY}|第[0-9]+页[,/]?(?:共[0-9]+页)?|-[0-9]+-|[0-9]+/[0-9]+"
)
_LONE: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.:].*|\([一二三四五六七八九十]{1,3}\).*"
    r"|[0-9]{1,2}[.、)].*[,。;:].*|[*※★☆▲●◆].*|续表|\(续表?\)|以下空白|此页无正文"
    r"|.*(?:名录|名单|名册|一览表|汇总表|统计表|登记表|申报表|明细表|目标任务表)(?:\(.*\))?"
)
_COUNTED: Final = (
    re.compile(r"[(]?([0-9]{1,2})(?:=[0-9+\-*/×÷%]+)?[)]?"),
    re.compile(r"([甲乙丙丁戊己庚辛壬癸])"),
    re.compile(r"([A-Z])"),
)
_IN_ORDER: Final = "甲乙丙丁戊己庚辛壬癸"
_FEWEST_COUNTED: Final = 3


def is_note(text: str) -> bool:
    """Whether a row that begins so is a note: 备注：, 填表人：, 审核人： …"""
    return bool(_NOTE.match(squeezed(text)))


def is_stamp(text: str) -> bool:
    """Whether this stands below a table: an office with （盖章）, a day, the number of a page."""
    return bool(_STAMP.fullmatch(squeezed(text)))


def is_lone(text: str) -> bool:
    """Whether this, with nothing beside it, is a note or the title of a section, and no name that lost its row."""
    label = squeezed(text)
    return bool(_LONE.fullmatch(label) or _STAMP.fullmatch(label) or _NOTE.match(label))


def counts_columns(cells: Sequence[str]) -> bool:
    """Whether cells only number the columns (栏次): 1 2 3 …, or 甲 乙 丙 1 2 …."""
    labels = cells[1:] if cells and squeezed(cells[0]) in ("栏次", "栏号", "列次") else cells
    awaited = {(kind, 1) for kind in range(len(_COUNTED))}
    for label in labels:
        kind, place = counted = _counted(squeezed(label))
        if counted not in awaited:
            return False
        awaited = {(kind, place + 1), (0, 1)} if kind else {(kind, place + 1)}
    return len(labels) >= _FEWEST_COUNTED


def _counted(label: str) -> tuple[int, int]:
    """By which row of signs a label counts, and how far: 2 is (0, 2), 乙 is (1, 2)."""
    for kind, form in enumerate(_COUNTED):
        if found := form.fullmatch(label):
            sign = found[1]
            return kind, int(sign) if kind == 0 else _IN_ORDER.index(sign) + 1 if kind == 1 else ord(sign) - 64
    return -1, -1

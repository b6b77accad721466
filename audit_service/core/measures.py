"""Numbers in the words of a criterion: 不少于10人, 普查率达95%以上, 每月至少4次.

Taken only where there is no doubt: one number in a part of a sentence, one word that says at least or at most beside
it, and a period in that same part or in none of the sentence. Whatever is less clear stays text, for a person to read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from audit_service.core.rules import Label
from audit_service.core.standards import LEAST, MOST, Measure

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BEFORE: Final = re.compile(
    r"(?:(?P<least>不少于|不低于|不小于|至少|达到|(?<=率)达)|(?P<most>不超过|不多于|不高于|不大于|至多))\D{0,6}$"
)
_AFTER: Final = re.compile(r"^(?P<of>%|[^\d%]{1,4}?)(?:及?(?P<least>以上)|(?P<most>以下|以内))")
_COUNTED: Final = re.compile(r"^(?:%|[^\d%]{1,20})")
_RATIO: Final = re.compile(r"[\u4e00-\u9fff]{1,12}率")
_PERIODS: Final = {"每月": "month", "每季度": "quarter", "每半年": "half-year", "每年": "year"}
_PERIOD: Final = re.compile("|".join(sorted(_PERIODS, key=len, reverse=True)))
_SENTENCES: Final = re.compile(r"[。；;\n]")
_PARTS: Final = re.compile(r"[，,：:（）()]")


def measures_in(text: str) -> tuple[Measure, ...]:
    """The numbers that a criterion asks for beyond doubt, in their order."""
    found = []
    for sentence in _SENTENCES.split(text):
        periods = len(_PERIOD.findall(sentence))
        for part in _PARTS.split(sentence):
            measure = _measure("".join(part.split()), elsewhere=periods - len(_PERIOD.findall(part)))
            found += [measure] if measure else []
    return tuple(found)


def _measure(part: str, elsewhere: int) -> Measure | None:
    periods = _PERIOD.findall(part)
    if len(_NUMBER.findall(part)) != 1 or len(periods) > 1 or part.count("每") != len(periods):
        return None
    if not periods and elsewhere:
        return None
    number = _NUMBER.search(part)
    return _bounded(part, number, _PERIODS[periods[0]] if periods else "") if number else None


def _bounded(part: str, number: re.Match[str], per: str) -> Measure | None:
    """The number with the one word beside it that says at least or at most, and what is counted."""
    before, after = _BEFORE.search(part[: number.start()]), _AFTER.search(part[number.end() :])
    least = any(match and match["least"] for match in (before, after))
    most = any(match and match["most"] for match in (before, after))
    counted = after or _COUNTED.search(part[number.end() :])
    if least == most or counted is None:
        return None
    of = after["of"] if after else counted[0]
    return Measure(LEAST if least else MOST, Decimal(number[0]), _counted(part[: number.start()], of), per)


def _counted(before: str, of: str) -> Label:
    """What is counted, in the words of the text: `人`, `%普查率`."""
    ratio = _RATIO.search(before) if of == "%" else None
    counted = f"%{ratio[0]}" if ratio else of
    return Label(counted, counted)

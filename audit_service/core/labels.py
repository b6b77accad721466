"""How labels that people write are compared: headings, names of cities, names of statuses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_ASIDE: Final = re.compile(r"\([^()]*(?:填|空|文本|格式|位|如|年月|单位[:：])[^()]*\)|\((?:个|家|户|分|条|元|万元)\)")
"""What a form adds to a heading in brackets: that it must be filled in, how it is written, in which measure."""

WIDTHLESS: Final = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Characters that are not seen, which copying from web pages and chats leaves behind; for `str.translate`."""


def squeezed(label: str) -> str:
    """A label without what people write differently and mean alike: full-width forms (NFKC), white space, and what is
    not seen at all."""
    narrow = unicodedata.normalize("NFKC", label)
    return "".join((narrow if narrow.isprintable() else narrow.translate(WIDTHLESS)).split())


def heading_form(label: str) -> str:
    """A heading without brackets, punctuation and asides: `*单位名称（必填）` and `单位名称` are one."""
    return "".join(filter(str.isalnum, _ASIDE.sub("", squeezed(label))))


def nearest(label: str, known: Iterable[str]) -> str:
    """The known label that was probably meant, or nothing."""
    close = get_close_matches(squeezed(label), list(known), n=1, cutoff=0.5)
    return close[0] if close else ""

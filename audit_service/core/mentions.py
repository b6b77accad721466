"""Where names of known people occur in a cell that lists experts, as officials write such cells.

    组长：张三；成员：李四、王五教授（省安科院）   四川省安科院张三和李四   1.张三13800000000 2.李四 等2人

The cell is not taken apart into names, since nobody can say what is one. Each known name is looked for instead, and
what stands around it says how sure it is that the person is meant:

- `WHOLE`: on both sides is an end, a mark, a digit, a role or title, 和, or an institution;
- `BLURRED`: there may be several names without a mark between them: 王伟明李四;
- `WITHIN`: it is a part of another person's name (王伟 in 王伟明) or of an institution's (王伟 in 王伟业公司).

What may say of which institution the person is stands beside: in brackets behind, before or behind without a mark, or
before a colon.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from audit_service.core.institutions import is_institution, pieces
from audit_service.core.labels import squeezed

_DOTS: Final = re.compile(r"[·•・‧∙]")
_ASIDE: Final = re.compile(r"\(.*\)")
_OTHER_BRACKETS: Final = str.maketrans("[]【】〔〕{}", "()()()()")
_LETTER: Final = r"[^\W\d_a-zA-Z]"
_SPACED_NAMES: Final = re.compile(rf"(?<!{_LETTER})(?:{_LETTER}\s+)+{_LETTER}(?!{_LETTER})")
"""Names whose characters were spaced to make them as wide as others."""
_TITLES: Final = (
    r"(?:专家|评审|评定|评估|评价|验收|考评|检查|现场|技术|支撑){1,4}[组员师]?|副?组长|组员|成员|委员|人员|评委|小组"
    r"|[正副]?教授级?|正高|副高|[正副]?高[级工]|[总助理高级注册安全]{0,6}工程师|注安师|[副助理]*研究员|[副]?调研员|科员|讲师|院士|博士|硕士|老师|先生|女士|同志"
    r"|[总副正]{0,2}(?:主任|处长|科长|局长|厅长|院长|所长|站长|队长|部长|经理|董事长|会长|秘书长|理事长|主席|书记|总工|[省市县区镇乡]长)"
    r"|负责人|联系人|带队|牵头|主持|电话|手机"
)
_AND: Final = rf"(?:以及|[和与及暨])(?={_LETTER}{{2}})"
_BESIDE_NAME: Final = re.compile(
    rf"(?:{_TITLES}|[由请邀聘派为是有含即年月日号第组])\Z|(?<={_LETTER}{{2}})(?:以及|[和与及暨])\Z"
)
_BEFORE: Final = re.compile(rf"{_TITLES}|{_AND}")
_BEHIND: Final = re.compile(
    rf"{_TITLES}|等|共|[于在对到的]|[两二三四五六七八九十][人位名]|[任为](?={_TITLES})|担任|组成|参[加与]|签[字名]|{_AND}"
)
_FIRST: Final = re.compile(rf"\A(?:{_TITLES})")
_FARTHEST: Final = 60
"""So many characters before and behind a name are looked at."""
_LETTERS_BEFORE: Final = re.compile(rf"{_LETTER}*\Z")
_LETTERS_BEHIND: Final = re.compile(rf"{_LETTER}*")
_BRACKET: Final = re.compile(rf"[\s\d:-]*(?:{_TITLES}){{0,3}}[\s\d:-]*\(([^()]*)")
_LABEL: Final = re.compile(r"([^:;。\n、,()]+):[^:;。\n]*\Z")


class Standing(Enum):
    """How a known name stands among other letters."""

    WHOLE = 1
    BLURRED = 2
    WITHIN = 3


class Mention(NamedTuple):
    """A known name in a text, how it stands there, and what may be the person's institution."""

    name: str
    standing: Standing
    beside: tuple[str, ...]


def name_form(name: str) -> str:
    """A person's name as names are compared: 吉克·阿牛（组长） is 吉克阿牛."""
    return _ASIDE.sub("", _DOTS.sub("", squeezed(name)))


def mentions(text: str, names: Collection[str], lengths: Sequence[int]) -> Iterator[Mention]:
    """The known names, of these lengths, in a text; but for those within another one that stands there whole."""
    plain = _plain(text)
    found = [(place, _mention(plain, place, name)) for place, name in _places(plain, names, lengths)]
    ends = {place: place + len(each.name) for place, each in found if each.standing is Standing.WHOLE}
    longest = max(lengths, default=0)
    for place, each in found:
        end = place + len(each.name)
        around = (other for other in range(place - longest, place + 1) if ends.get(other, 0) >= end)
        if not any(ends[other] - other > len(each.name) for other in around):
            yield each


def _plain(text: str) -> str:
    """A text with one form of each mark, and without the spaces within names."""
    told = _DOTS.sub("", unicodedata.normalize("NFKC", text)).translate(_OTHER_BRACKETS)
    return _SPACED_NAMES.sub(lambda found: _joined(found[0].split()), told)


def _joined(characters: list[str]) -> str:
    """Three characters are a name; others are names of two."""
    size = 3 if len(characters) == 3 else 2
    return " ".join("".join(characters[place : place + size]) for place in range(0, len(characters), size))


def _places(plain: str, names: Collection[str], lengths: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Where known names occur. One that ends in a digit is not a part of a longer number: 评审专家1 of 评审专家12."""
    for place in range(len(plain)):
        for length in lengths:
            name = plain[place : place + length]
            if name in names and not _is_cut(plain, place, place + length):
                yield place, name


def _is_cut(plain: str, start: int, end: int) -> bool:
    """Whether a name's Latin letters or digits go on before or behind it."""
    ends = (plain[max(0, start - 1) : start + 1], plain[end - 1 : end + 1])
    return any(len(two) == 2 and two.isascii() and two.isalnum() for two in ends)


def _mention(plain: str, start: int, name: str) -> Mention:
    end = start + len(name)
    before, behind = plain[max(0, start - _FARTHEST) : start], plain[end : end + _FARTHEST]
    left, right = _left(before), _right(behind)
    said = [aside for found in (_BRACKET.match(behind), _LABEL.search(before)) if found for aside in pieces(found[1])]
    beside = tuple(filter(None, (*map(without_titles, said), left, right)))
    if _is_end(left) and _is_end(right):
        return Mention(name, Standing.WHOLE, beside)
    loose = "".join(letters for letters in (left, right) if not _is_end(letters))
    within = len(loose) == 1 or is_institution(left + name + right)
    return Mention(name, Standing.WITHIN if within else Standing.BLURRED, beside)


def _is_end(letters: str) -> bool:
    return not letters or is_institution(letters)


def _left(before: str) -> str:
    """The letters before a name, after the last role or title, unless all of them are an institution."""
    letters: str = _FIRST.sub("", _LETTERS_BEFORE.findall(before)[0])
    if is_institution(letters):
        return letters
    if _BESIDE_NAME.search(letters):
        rest = without_titles(letters)
        return rest if is_institution(rest) else ""
    return letters[max((title.end() for title in _BEFORE.finditer(letters)), default=0) :]


def _right(behind: str) -> str:
    """The letters behind a name, before the first role or title."""
    letters: str = _LETTERS_BEHIND.findall(behind)[0]
    title = _BEHIND.search(letters)
    return letters[: title.start()] if title else letters


def without_titles(text: str) -> str:
    """A text without the roles and titles at its end: 省安科院教授."""
    while found := _BESIDE_NAME.search(text):
        text = text[: found.start()]
    return text

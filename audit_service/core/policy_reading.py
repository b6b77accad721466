"""Strict reading of a policy file: every mistake at once, each with its place; nothing unknown is passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from audit_service.core.canonical import AN_IDENTIFIER, DATE
from audit_service.errors import AuditError, Problem

T = TypeVar("T")
D = TypeVar("D")

_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")
_MONTH_DAY: Final = re.compile(r"[0-9]{2}-[0-9]{2}")
_NO_LEAP_YEAR: Final = "2001"
_CHINESE_SIGNS: Final = "“”‘’，：；｛｝［］【】"
"""What a Chinese keyboard writes where JSON has signs of its own."""
_SHOWN: Final = 12
"""So many characters are quoted of the place where a file is no JSON any more."""


class PolicyErrors(AuditError):
    """Everything that is wrong with a policy file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("policy-errors", count=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Node:
    """A value of the file with its path. A wrong one is noted, and a neutral one returned, so that reading goes on."""

    value: object
    path: str
    problems: list[Problem] = field(repr=False)
    given: bool = True
    """Whether it stands in the file: an optional one may not."""

    def wrong(self, code: str, **params: object) -> None:
        """Note that something is wrong here."""
        self.problems.append(Problem(code, {"path": self.path or "/", **params}))

    def fields(self, *keys: str, optional: Sequence[str] = ()) -> dict[str, Node]:
        """The entries of an object that has exactly these keys, the optional ones or not; a missing one reads as
        nothing, an optional one that is missing as an empty list."""
        found = self.value if isinstance(self.value, dict) else {}
        if not isinstance(self.value, dict):
            self.wrong("policy-not-object")
        for key in found.keys() - {*keys, *optional}:
            self.wrong("policy-key-unknown", key=key, known=", ".join((*keys, *optional)))
        for key in keys:
            if isinstance(self.value, dict) and key not in found:
                self.wrong("policy-key-missing", key=key)
        entries = {key: self._below(key, found.get(key), known=key in found) for key in keys}
        return entries | {key: self._below(key, found.get(key, []), known=True, given=key in found) for key in optional}

    def _below(self, key: str, value: object, *, known: bool, given: bool = True) -> Node:
        return Node(value, f"{self.path}/{key}", self.problems if known else [], given)

    def place(self, *steps: str | int) -> Node:
        """A place further down, to note that something is wrong there."""
        return Node(None, "/".join((self.path, *map(str, steps))), self.problems)

    def or_else(self, default: D, read: Callable[[Node], T]) -> T | D:
        """An optional entry, read; the default where the file has none."""
        return read(self) if self.given else default

    def entries(self) -> dict[str, Node]:
        """The entries of an object whose keys the file's author chooses."""
        if not isinstance(self.value, dict):
            self.wrong("policy-not-object")
            return {}
        return {key: self._below(key, value, known=True) for key, value in self.value.items()}

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        """The entries of a list, each read."""
        if not isinstance(self.value, list):
            self.wrong("policy-not-list")
            return ()
        return tuple(read(self._below(str(place), entry, known=True)) for place, entry in enumerate(self.value))

    def text(self) -> str:
        """Any text with something in it."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        self.wrong("policy-not-text")
        return ""

    def text_or_nothing(self) -> str:
        """A text that may be empty."""
        return "" if self.value == "" else self.text()

    def identifier(self) -> str:
        """An identifier of the protocol."""
        if isinstance(self.value, str) and AN_IDENTIFIER.matches(self.value):
            return self.value
        self.wrong("policy-not-identifier", found=str(self.value))
        return "x"

    def whole(self, least: int, most: int) -> int:
        """A whole number within limits."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and least <= self.value <= most:
            return self.value
        quoted = isinstance(self.value, str) and self.value.isascii() and self.value.isdigit()
        code = "policy-number-quoted" if quoted else "policy-not-number"
        self.wrong(code, found=str(self.value), least=least, most=most)
        return least

    def yes_or_no(self) -> bool:
        """`true` or `false`."""
        if isinstance(self.value, bool):
            return self.value
        self.wrong("policy-not-yes-no", found=str(self.value))
        return False

    def decimal(self) -> Decimal:
        """An exact number, written as a text of digits: `"1.5"`. JSON's own numbers would not be exact."""
        if isinstance(self.value, str) and _DECIMAL.fullmatch(self.value):
            return Decimal(self.value)
        bare = isinstance(self.value, int | float) and _DECIMAL.fullmatch(str(self.value))
        self.wrong("policy-number-bare" if bare else "policy-not-decimal", found=str(self.value))
        return Decimal(0)

    def hundredths(self) -> int:
        """An exact number of at most two decimals, in hundredths."""
        found = self.decimal() * 100
        if found != int(found):
            self.wrong("policy-not-hundredths", found=str(self.value))
        return int(found)

    def points(self) -> Decimal:
        """Points: an exact number of at most two decimals, in which scores are reckoned."""
        return Decimal(self.hundredths()) / 100

    def day(self) -> date:
        """A calendar day, `2020-01-01`."""
        try:
            if isinstance(self.value, str) and re.fullmatch(DATE, self.value):
                return date.fromisoformat(self.value)
        except ValueError:
            pass
        self.wrong("policy-not-day", found=str(self.value))
        return date.min

    def day_of_year(self) -> str:
        """A day that every year has, `05-29`."""
        try:
            if isinstance(self.value, str) and _MONTH_DAY.fullmatch(self.value):
                date.fromisoformat(f"{_NO_LEAP_YEAR}-{self.value}")
                return self.value
        except ValueError:
            pass
        self.wrong("policy-not-day-of-year", found=str(self.value))
        return "01-01"

    def choice(self, *choices: str) -> str:
        """One of a few words."""
        if isinstance(self.value, str) and self.value in choices:
            return self.value
        self.wrong("policy-not-choice", found=str(self.value), choices=", ".join(choices))
        return choices[0]


def known_names(node: Node, names: Iterable[str], known: Sequence[str]) -> None:
    """Note every name that stands here and is none of those that are defined."""
    for name in sorted(set(filter(None, names)) - set(known)):
        node.wrong("policy-name-unknown", where=node.path, name=name, known=", ".join(known) or "–")


def read_root(data: bytes, read: Callable[[Node], T]) -> T:
    """Read a policy file's bytes; `PolicyErrors` with everything that is wrong."""
    problems: list[Problem] = []
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _unique(pairs, problems))
    except (ValueError, RecursionError) as error:
        raise PolicyErrors([_no_json(error)]) from None
    found = read(Node(value, "", problems))
    if problems:
        raise PolicyErrors(problems)
    return found


def _no_json(error: ValueError | RecursionError) -> Problem:
    """Why the bytes are no JSON, as whoever typed them can mend it: with the line, and what stands there."""
    if isinstance(error, UnicodeDecodeError):
        return Problem("policy-not-utf8", {"line": error.object.count(b"\n", 0, error.start) + 1})
    if not isinstance(error, json.JSONDecodeError):
        return Problem("policy-not-json", {"cause": str(error)})
    rest = error.doc[error.pos :]
    chinese = rest[:1] in tuple(_CHINESE_SIGNS)
    code = "policy-chinese-sign" if chinese else "policy-broken-here" if rest.strip() else "policy-ends-early"
    found = rest[: 1 if chinese else _SHOWN].partition("\n")[0]
    return Problem(code, {"line": error.lineno, "column": error.colno, "found": found})


def _unique(pairs: list[tuple[str, object]], problems: list[Problem]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    problems += [
        Problem("policy-key-twice", {"path": "/", "key": name}) for name in {n for n in names if names.count(n) > 1}
    ]
    return dict(pairs)

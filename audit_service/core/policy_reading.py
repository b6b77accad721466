"""Strict reading of a policy file: every mistake at once, each with its place; nothing unknown is passed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.errors import PolicyError, Problem

T = TypeVar("T")


class PolicyErrors(PolicyError):
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
        return entries | {key: self._below(key, found.get(key, []), known=True) for key in optional}

    def _below(self, key: str, value: object, *, known: bool) -> Node:
        return Node(value, f"{self.path}/{key}", self.problems if known else [])

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
        self.wrong("policy-not-number", found=str(self.value), least=least, most=most)
        return least

    def choice(self, *choices: str) -> str:
        """One of a few words."""
        if isinstance(self.value, str) and self.value in choices:
            return self.value
        self.wrong("policy-not-choice", found=str(self.value), choices=", ".join(choices))
        return choices[0]


def read_root(data: bytes, read: Callable[[Node], T]) -> T:
    """Read a policy file's bytes; `PolicyErrors` with everything that is wrong."""
    problems: list[Problem] = []
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=lambda pairs: _unique(pairs, problems))
    except (ValueError, RecursionError) as error:
        raise PolicyErrors([Problem("policy-not-json", {"cause": str(error)})]) from None
    found = read(Node(value, "", problems))
    if problems:
        raise PolicyErrors(problems)
    return found


def _unique(pairs: list[tuple[str, object]], problems: list[Problem]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    problems += [
        Problem("policy-key-twice", {"path": "/", "key": name}) for name in {n for n in names if names.count(n) > 1}
    ]
    return dict(pairs)

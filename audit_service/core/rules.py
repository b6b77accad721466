"""What the rules of a policy are made of: names, where a rule comes from, what a unit or person must be, grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Attributes = Mapping[str, str]
"""A unit's or a person's values by field, as text; yes and no are `yes`, `no`, and empty where it is not said."""
PLANNED: Final = "planned"
"""Of units the levels whose plans visit them, identifiers with a space between; absent where none does."""


@dataclass(frozen=True)
class Label:
    """A name in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Rule:
    """Where a rule comes from: the document's words and their place, or the office's own choice and why."""

    place: str
    words: str
    chosen: Label | None


@dataclass(frozen=True)
class Condition:
    """What a unit or person must be: for each field the values that will do."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]

    def holds(self, attributes: Attributes) -> bool:
        """Whether every field has one of its values; of the levels that plan a visit, if any does, one has to be."""
        return all(
            not set(values).isdisjoint(attributes.get(name, "").split(" "))
            if name == PLANNED
            else attributes[name] in values
            for name, values in self.fields
        )


@dataclass(frozen=True)
class Ground:
    """A ground on which something is done: a unit excluded (in these strata, when so), or a draw set aside."""

    ground: str
    label: Label
    strata: tuple[str, ...]
    when: Condition
    rule: Rule

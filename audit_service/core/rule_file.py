"""What every part of a policy file is made of, read strictly: labels, where a rule comes from, conditions, grounds."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Final

from audit_service.core.policy_reading import Node
from audit_service.core.rules import Condition, Ground, Label, Rule

_SHOWN: Final = 40
"""So many characters are quoted of what stands where something else is expected."""
Rules = tuple[tuple[str, Rule], ...]


def read_label(node: Node) -> Label:
    """A name in both languages."""
    if not isinstance(node.value, dict):
        node.wrong("policy-not-label", found=_short(node.value))
        return Label("", "")
    entry = node.fields("zh", "en")
    return Label(entry["zh"].text(), entry["en"].text())


def read_rule(node: Node) -> Rule:
    """The document's words with their place, or the office's own choice and why: one or the other."""
    if not isinstance(node.value, dict):
        node.wrong("policy-not-rule", found=_short(node.value))
        return Rule("", "", None)
    if "chosen" in node.value:
        if node.value.keys() & {"place", "words"}:
            node.wrong("policy-rule-both")
            return Rule("", "", None)
        return Rule("", "", read_label(node.fields("chosen")["chosen"]))
    entry = node.fields("place", "words")
    return Rule(entry["place"].text(), entry["words"].text(), None)


def _short(value: object) -> str:
    return shorten(str(value), _SHOWN, placeholder="…")


def read_rules(node: Node) -> Rules:
    """Rules by what they are about, which the file's author names."""
    return tuple((name, read_rule(entry)) for name, entry in node.entries().items())


def some_rules(node: Node) -> Rules:
    """The same where there must be one: a number that comes from nowhere has no place in a policy."""
    found = read_rules(node)
    if isinstance(node.value, dict) and not found:
        node.wrong("policy-no-rule")
    return found


def read_condition(node: Node, fields: Sequence[str]) -> Condition:
    """What a unit, finding or person must be."""
    entries = node.entries()
    for name in entries.keys() - set(fields):
        node.wrong("policy-key-unknown", key=name, known=", ".join(fields))
    return Condition(tuple((name, values.each(Node.text_or_nothing)) for name, values in entries.items()))


def read_plain_ground(node: Node) -> Ground:
    """A ground that needs no condition: an officer names it."""
    entry = node.fields("ground", "label", "rule")
    return Ground(entry["ground"].identifier(), read_label(entry["label"]), (), Condition(()), read_rule(entry["rule"]))


def write_label(label: Label) -> dict[str, str]:
    """The inverse of `read_label`."""
    return {"zh": label.zh, "en": label.en}


def write_rule(rule: Rule) -> dict[str, object]:
    """The inverse of `read_rule`."""
    if rule.chosen:
        return {"chosen": write_label(rule.chosen)}
    return {"place": rule.place, "words": rule.words}

"""How conditions and the origin of rules are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from audit_service.cli.output import Console
from audit_service.core.policy import Programme
from audit_service.core.rules import Condition, Rule

_WORDS: Final = ("livelihood", "may_lead", "source", "state")
"""The fields of conditions whose values are a few words of the program's own."""


def show_rules(console: Console, rules: Iterable[Rule]) -> None:
    """Where rules come from: the document's words, or the office's own choice; none twice in a row."""
    last = None
    for rule in rules:
        if rule.chosen:
            console.say("policy-chosen", why=console.wording.of(rule.chosen))
        elif rule != last:
            console.say("policy-says", place=rule.place, words=rule.words)
        last = rule


def show_condition(console: Console, programme: Programme, when: Condition) -> str:
    """A condition in words: fields by their names, statuses and severities by the policy's own labels."""
    if not when.fields:
        return console.text("policy-always")
    said = (
        console.text(
            f"policy.field.{name}", values=console.text("policy-either").join(_values(console, programme, name, values))
        )
        for name, values in when.fields
    )
    return console.text("policy-and").join(said)


def _values(console: Console, programme: Programme, field: str, values: Iterable[str]) -> list[str]:
    zh = console.language == "zh"
    statuses = {each.status: each.labels[0] if zh else each.english for each in programme.statuses}
    severities = {each.severity: console.wording.of(each.label) for each in programme.after.severities}
    levels = programme.after.plans.levels if programme.after.plans else ()
    planned = {level: console.wording.of(label) for level, label in levels}
    known = {"status": statuses, "severity": severities, "planned": planned}.get(field, {})
    if field in _WORDS:
        return [console.text(f"policy.value.{value or 'empty'}") for value in values]
    return [known.get(value, value) or console.text("policy.value.empty") for value in values]

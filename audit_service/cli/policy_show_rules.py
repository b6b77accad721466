"""How conditions and the origin of rules are printed."""

from __future__ import annotations

from collections.abc import Iterable

from audit_service.cli.output import Console
from audit_service.core.rules import Condition, Rule


def show_rules(console: Console, rules: Iterable[Rule]) -> None:
    """Where rules come from: the document's words, or the office's own choice; none twice in a row."""
    last = None
    for rule in rules:
        if rule.chosen:
            console.say("policy-chosen", why=console.wording.of(rule.chosen))
        elif rule != last:
            console.say("policy-says", place=rule.place, words=rule.words)
        last = rule


def show_condition(when: Condition) -> str:
    """A condition in the words of the file: `status = assessed; livelihood = yes`."""
    return "; ".join(f"{name} = {' | '.join(values)}" for name, values in when.fields)

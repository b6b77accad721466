"""Steps of units' lives as acts keep them, and where a unit stands by its acts alone.

An act keeps of a step all that was settled when it was taken, so that `replay` needs no policy: whatever policies say
later, the acts give the present standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from audit_service.core.entries import Recorded
from audit_service.core.life import NOT_BORN, Facts, Standing
from audit_service.core.life_steps import after_step, check_founded, check_source, known_step

LIFE: Final = "life"
"""The action of an act that is a step, of one unit or of several."""
TO_TITLE: Final = ("adopt", "name", "re-name", "receive", "succeed")
"""Steps with which a title comes, or goes on."""
_FACTS: Final = frozenset(field.name for field in fields(Facts))


def details_of(step: str, units: Mapping[str, Facts]) -> dict[str, object]:
    """How an act keeps a step: what its units have in common, and of each what is its own."""
    said = {unit: facts.said() for unit, facts in units.items()}
    first, *others = said.values()
    common = {name: value for name, value in first.items() if all(each.get(name) == value for each in others)}
    own = {unit: {name: each[name] for name in each.keys() - common.keys()} for unit, each in said.items()}
    return {"step": step, "facts": common, "units": own}


def steps_of(unit: str, acts: Iterable[Recorded]) -> Iterator[tuple[Recorded, str, Facts]]:
    """A unit's own steps among acts that concern it, in their order, each with the act and its facts."""
    for recorded in acts:
        said: Any = recorded.details
        if recorded.action == LIFE and unit in said["units"]:
            yield recorded, said["step"], facts_of(said, unit)


def facts_of(said: Mapping[str, Any], unit: str) -> Facts:
    """What a step said of a unit, as an act keeps it."""
    return Facts(**{name: value for name, value in {**said["facts"], **said["units"][unit]}.items() if name in _FACTS})


def replay(unit: str, acts: Iterable[Recorded]) -> Standing:
    """Where a unit stands by its acts alone. `RuleError` for a step that could not have been taken."""
    standing = NOT_BORN
    for _, name, facts in steps_of(unit, acts):
        step = known_step(name)
        check_source(standing, step)
        check_founded(step, facts)
        standing = after_step(standing, step, facts)
    return standing

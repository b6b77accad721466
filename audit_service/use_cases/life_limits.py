"""How many units may be named, and how many given an award: the numbers of a policy, held when a step is recorded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from audit_service.core.life import Facts, Standing
from audit_service.core.life_acts import LIFE, facts_of
from audit_service.core.life_steps import award_rules, title_rules
from audit_service.core.policy import Programme
from audit_service.errors import RuleError
from audit_service.store import lives as store

Taken = Mapping[str, tuple[Standing, Facts]]
"""By unit where it stands after a step, and the settled facts of that."""
_Round = tuple[str, str, str]
"""A policy, a title of it, a year."""
_NAMING = ("adopt", "name")


def check_names(db: Connection, taken: Taken, programmes: Mapping[str, Programme]) -> None:
    """Where a policy names so many at most, no more are named in a calendar year, by however many documents.

    Counted is each unit that was named in it or taken over with a title of it, whatever was recorded of it since.
    """
    limited: dict[_Round, int] = {}
    for standing, _ in taken.values():
        most = title_rules(programmes[standing.policy], standing.title).at_most
        if most is not None:
            limited[_round(standing.policy, standing.title, standing.named_on)] = most
    if not limited:
        return
    named = _named_before(db)
    for unit, (standing, _) in taken.items():
        named[_round(standing.policy, standing.title, standing.named_on)].add(unit)
    for (policy, title, year), most in limited.items():
        found = len(named[policy, title, year])
        if found > most:
            raise RuleError("life-too-many", year=year, found=found, most=most)


def _named_before(db: Connection) -> dict[_Round, set[str]]:
    found: dict[_Round, set[str]] = defaultdict(set)
    for said in store.details_of_action(db, LIFE):
        if said["step"] in _NAMING:
            for unit in said["units"]:
                facts = facts_of(said, unit)
                if facts.named_on:
                    found[_round(facts.policy, facts.title, facts.named_on)].add(unit)
    return found


def _round(policy: str, title: str, day: str) -> _Round:
    return policy, title, day[:4]


def check_awards(taken: Taken, programmes: Mapping[str, Programme]) -> None:
    """Where a policy gives an award so many times at most, one record gives it no more often."""
    given = Counter((standing.policy, facts.award) for standing, facts in taken.values())
    for (policy, award), found in given.items():
        most = award_rules(programmes[policy], award).at_most
        if most is not None and found > most:
            raise RuleError("life-awards-many", award=award, found=found, most=most)

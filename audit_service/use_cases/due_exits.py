"""What the exit mechanism and the city's own results still ask of the office: causes without a case, plaques of titles
that ended, deviations of which something follows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit_service.core.acts import beijing_day
from audit_service.core.due import Kind, Waiting
from audit_service.core.exits import CaseState
from audit_service.store import outstanding as store
from audit_service.store import rosters
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases.causes import candidates_at
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import renamed


def candidates(at: Occasions) -> Iterator[Waiting]:
    """Causes for which the policy has a trigger and no case was opened, each since it is there."""
    for each in candidates_at(at):
        cause, trigger = each.cause, each.trigger
        subject = "/".join(filter(None, (trigger.trigger, cause.finding or cause.occasion)))
        where = subject, cause.unit, cause.city, at.campaign(cause.occasion), cause.policy
        rules, label = (trigger.rule,), trigger.label
        yield Waiting(
            Kind.CANDIDATE, cause.since, *where, occasion=cause.occasion, label=label, rules=rules, own=cause.own
        )


def plaques(at: Occasions) -> Iterator[Waiting]:
    """Plaques of titles that are no more, not recalled yet, each since the title's end. Where an exit case is about to
    recall it, that case is on the list; a unit that merely has another code keeps its own."""
    rows = store.plaques_out(at.db)
    cities, same = store.cities_ever(at.db, {row["unit"] for row in rows}), renamed(at.db, rows)
    revoked = {unit for (unit,) in rosters.columns(at.db, exit_cases, ("unit",), state=[CaseState.REVOKED])}
    for row in rows:
        unit = row["unit"]
        if unit not in same and unit not in revoked:
            yield Waiting(Kind.PLAQUE, row["since"], row["state"], unit, cities.get(unit, ""), policy=row["policy"])


def deviations(at: Occasions, settled: Mapping[tuple[str, ...], int]) -> Iterator[Waiting]:
    """Signed outcomes from which the city's own result deviates so that something follows by the policy, until the
    office records that it did, of the version that counts."""
    drafts = {(each.occasion, each.unit) for each in at.drafts}
    for row in store.apart(at.db):
        occasion, unit = row["occasion"], row["unit"]
        after = at.after(occasion, row["policy"])
        if (occasion, unit) in drafts or not after.deviation or not _follows(row["content"]):
            continue
        day, where = beijing_day(row["at"]).isoformat(), (occasion, unit, row["city"])
        found = Waiting(Kind.DEVIATION, day, *where, policy=row["policy"], occasion=occasion)
        if settled.get(found.key, 0) < row["recorded_in"]:
            rules = tuple(rule for _, rule in after.deviation.rules)
            yield replace(found, label=after.deviation.follows, rules=rules)


def _follows(content: str) -> bool:
    return bool(json.loads(content).get("deviation", {}).get("follows"))

"""Plans of two levels that fit together (两级计划衔接, 002 三(三)2): in a period no unit is visited by two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.after import Plans
from audit_service.core.incoming import Incoming, Row
from audit_service.core.policy import Programme
from audit_service.core.reporting_periods import check_period, period_of
from audit_service.errors import Finding, Refused
from audit_service.store import life_tables, rosters
from audit_service.use_cases.import_rosters import Report, errors_of, refuse, take
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.roster_changes import UNITS, Entry, Roster
from audit_service.use_cases.roster_rules import repeated, unknown

PLANS: Final = Roster("plans", life_tables.plans, ("policy", "level", "unit", "period"))


@dataclass(frozen=True)
class Planned:
    """A unit that several levels would visit in a period, each with its day; the city in which it is."""

    unit: str
    city: str
    period: str
    visits: tuple[tuple[str, str], ...]


def plans_of(programme: Programme) -> Plans:
    """What a policy says of plans; `Refused` where it says nothing."""
    if programme.after.plans is None:
        raise Refused("plans-none", policy=programme.policy)
    return programme.after.plans


def import_plans(
    db: Connection, act: Act, incoming: Incoming, programme: Programme, *, document: str = "", complete: bool = False
) -> Report:
    """Take levels' plans into the roster."""
    rules = plans_of(programme)
    labels = {text: level for level, label in rules.levels for text in (level, label.zh, label.en)}
    errors = errors_of(incoming, complete)
    entries = [_entry(row, labels, rules, programme.policy, document, errors) for row in incoming.rows]
    units = {unit for (unit,) in UNITS.current(db)}
    errors += unknown(entries, "unit", "unit-unknown", units)
    errors += repeated(entries, ("level", "unit", "period"), "plan-twice")
    refuse(incoming, errors)
    current = {PLANS.key(record): record for record in rosters.chosen(db, life_tables.plans, policy=[programme.policy])}
    put_to_use(db, act, programme)
    return take(db, act, PLANS, incoming, current, entries, complete=complete)


def _entry(
    row: Row, labels: Mapping[str, str], rules: Plans, policy: str, document: str, errors: list[Finding]
) -> Entry:
    level, day = row.values.get("level"), row.values.get("planned_on")
    if level is not None and level not in labels:
        known = "、".join(label.zh for _, label in rules.levels)
        errors.append(row.finding("level", "plan-level-unknown", found=level, known=known))
    period = period_of(date.fromisoformat(f"{day}-01"[:10]), rules.period) if day else None
    known_level = labels.get(level) if level else None
    return row, {**row.values, "level": known_level, "policy": policy, "period": period, "document": document}


def twice_planned(db: Connection, programme: Programme, period: str = "", at: int | None = None) -> list[Planned]:
    """The units that two levels or more would visit within a period: of one, or of every one."""
    rules = plans_of(programme)
    wanted = {"period": [check_period(period, rules.period)]} if period else {}
    rows = rosters.chosen(db, life_tables.plans, at, policy=[programme.policy], **wanted)
    cities = dict(rosters.columns(db, UNITS.table, ("unit", "city"), at))
    visits: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        visits[row["unit"], row["period"]].append((row["level"], row["planned_on"]))
    return [
        Planned(unit, cities.get(unit, ""), when, tuple(sorted(own)))
        for (unit, when), own in sorted(visits.items())
        if len(_levels(own)) > 1
    ]


def levels_visiting(
    db: Connection, programme: Programme, day: date, at: int | None = None
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By unit the levels that plan to visit it in the period of a day, each with the plan's document: of those levels
    for which a policy excludes a unit from its frame."""
    levels = programme.excluding_levels
    if not levels:
        return {}
    period = period_of(day, plans_of(programme).period)
    wanted = {"policy": [programme.policy], "period": [period], "level": levels}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rosters.chosen(db, life_tables.plans, at, **wanted):
        found[row["unit"]].append((row["level"], row["document"]))
    return {unit: tuple(sorted(visits)) for unit, visits in found.items()}


def _levels(visits: Iterable[tuple[str, str]]) -> set[str]:
    return {level for level, _ in visits}

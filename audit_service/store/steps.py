"""Which steps of their lives units took in a time, from the versions of their standings."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, exists, func, literal, not_, or_, select, true, union_all

from audit_service.core.acts import beijing_day
from audit_service.core.life import LifeState
from audit_service.core.policy import UNIT_FIELDS
from audit_service.store import acts as acts_store
from audit_service.store import rosters
from audit_service.store.batches import batches
from audit_service.store.life_tables import reports, standings
from audit_service.store.rosters import Row
from audit_service.store.tables import acts, units

LIFE: Final = "life"
CHECK: Final = "check"
_MERGERS: Final = ("merge", "merge-transfer", "recode")
"""What a merged unit stands for later (its plaque comes back) merges it no second time."""
_UNIT_COLUMNS: Final = (*dict.fromkeys(("unit", "county", *UNIT_FIELDS)),)


def taken(db: Connection, years: tuple[int, int], at: int, wanted: Collection[str]) -> list[Row]:
    """Each of some steps, and each merger, of the years from one to another that acts up to `at` recorded, in order:
    unit, policy, act, step, day and successor. None was recorded before its day."""
    table = standings.c
    columns = (*(table.unit, table.policy, table.recorded_in), *(table.since, table.checked_on, table.state))
    first, last = f"{years[0]}-01-01", f"{years[1]}-12-31"
    days = (table.since, table.checked_on) if CHECK in wanted else (table.since,)
    within = (table.recorded_in <= at, or_(*(day.between(first, last) for day in days)))
    bounds = db.execute(select(func.min(table.recorded_in), func.max(table.recorded_in)).where(*within)).one()
    if bounds[0] is None:
        return []
    named = [acts.c.details.contains(json.dumps({"step": step})[1:-1], autoescape=True) for step in wanted]
    chosen = (
        select(*columns, table.successor, acts.c.details)
        .join(acts, acts.c.number == table.recorded_in)
        .where(*within, acts.c.action == LIFE, or_(table.successor != "", *named))
        .where(acts.c.number.between(*bounds))  # else a database looks through the acts of all years
    )
    found = (_step(row) for row in db.execute(chosen.order_by(table.recorded_in, table.unit)).all())
    meant = (row for row in found if row["step"] in wanted or row["successor"])
    return [row for row in meant if first <= row["day"] <= last]


def _step(row: Any) -> Row:
    step = str(json.loads(row.details).get("step", ""))
    merged = row.state == LifeState.MERGED and step in _MERGERS
    return {
        "unit": row.unit,
        "policy": row.policy,
        "act": row.recorded_in,
        "step": step,
        "day": row.checked_on if step == CHECK else row.since,
        "successor": row.successor if merged else "",
    }


def began_on(db: Connection, chosen: Collection[str]) -> dict[str, str]:
    """On which day the lives of some units were first recorded."""
    found = began(db, chosen, acts_store.last_number(db))
    moments = acts_store.moments_of(db, set(found.values()))
    return {unit: beijing_day(moments[number]).isoformat() for unit, number in found.items()}


def began(db: Connection, chosen: Collection[str], at: int) -> dict[str, int]:
    """By which act the lives of some units began, of those that had begun by an act."""
    table = standings.c
    first = select(table.unit, func.min(table.recorded_in)).where(table.recorded_in <= at).group_by(table.unit)
    found = (row for some in batches(chosen) for row in db.execute(first.where(table.unit.in_(some))))
    return {row[0]: row[1] for row in found}


def living(db: Connection, policy: str, states: Collection[str], at: int | None = None) -> list[tuple[str, str, str]]:
    """The roster's units that stand in one of some states under a policy, now or right after an act, with their
    cities and the days on which they were named."""
    joined = standings.join(units, units.c.unit == standings.c.unit)
    chosen = (
        select(standings.c.unit, units.c.city, standings.c.named_on)
        .select_from(joined)
        .where(*rosters.counting(standings, at), *rosters.counting(units, at))
        .where(standings.c.policy == policy, standings.c.state.in_(states))
    )
    return [(row.unit, row.city, row.named_on) for row in db.execute(chosen)]


def first_named(db: Connection, policy: str, states: Collection[str], unit: str = "") -> str:
    """The day of the oldest naming of units that stand in one of some states under a policy; empty for none."""
    table = standings.c
    own = [
        table.policy == policy,
        table.state.in_(states),
        table.named_on != "",
        *([table.unit == unit] if unit else []),
    ]
    chosen = select(func.min(table.named_on)).where(*rosters.counting(standings, None), *own)
    return str(db.execute(chosen).scalar_one() or "")


def unreported(
    db: Connection, policy: str, report: str, periods: Sequence[str], states: Collection[str], unit: str = ""
) -> list[tuple[str, str, str, str]]:
    """Of units that stand in one of some states under a policy which did not hand in a report for which of some periods
    after the year in which they were named: unit, city, day of the naming, period."""
    asked = union_all(*(select(literal(period).label("period")) for period in periods)).subquery("asked")
    table, own, there = standings.c, units.c, reports.c
    handed = exists().where(
        *(there.policy == policy, there.report == report, there.reporter == table.unit),
        *(there.period == asked.c.period, there.period.in_(periods), there.superseded_in.is_(None)),
    )
    after = (table.named_on == "") | (func.substr(table.named_on, 1, 4) < func.substr(asked.c.period, 1, 4))
    chosen = (
        select(table.unit, func.coalesce(own.city, ""), table.named_on, asked.c.period)
        .select_from(
            standings.outerjoin(units, (own.unit == table.unit) & own.superseded_in.is_(None)).join(asked, true())
        )
        .where(*rosters.counting(standings, None))
        .where(table.policy == policy, table.state.in_(states), after, not_(handed))
    )
    chosen = chosen.where(table.unit == unit) if unit else chosen
    return [tuple(row) for row in db.execute(chosen.order_by(asked.c.period, table.unit))]


def versions(db: Connection, chosen: Collection[str], at: int) -> dict[str, list[Row]]:
    """What the roster said of some units over time, oldest first, as far as an act: what orders ask of a unit."""
    columns = [units.c[name] for name in _UNIT_COLUMNS]
    query = select(*columns, units.c.recorded_in).where(units.c.recorded_in <= at)
    if len(chosen) <= _FEW:
        query = query.where(units.c.unit.in_(chosen))
    found: dict[str, list[Row]] = {unit: [] for unit in chosen}
    for row in rosters.read(db, query.order_by(units.c.recorded_in)):
        if row["unit"] in found:
            found[row["unit"]].append(row)
    return found


_FEW: Final = 500
"""Up to so many units are named in a statement; of more the whole roster is looked at."""

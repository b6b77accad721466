"""What the office still has to see to: titles that are over, plaques that are out, the city's own results that are
others than ours; and what it recorded as settled."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, exists, select

from audit_service.core.life import ENDED, IN_FORCE, LifeState
from audit_service.store import acts, rosters, tables
from audit_service.store.life_tables import standings
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import outcomes

SETTLE: Final = "settle"
DUE: Final = "due"
"""What the office records of an entry that nothing else would end, and of what it is recorded."""


def titles_over(db: Connection, today: str, unit: str) -> list[Row]:
    """Where units stand whose title's time was over before a day, recorded as lapsed or not; of one unit, or of all."""
    table = standings.c
    names = ("unit", "policy", "state", "since", "valid_until")
    over = table.state.in_(IN_FORCE) & (table.valid_until != "") & (table.valid_until < today)
    chosen = select(*(table[name] for name in names)).where(
        table.superseded_in.is_(None), (table.state == LifeState.LAPSED) | over
    )
    chosen = chosen.where(table.unit == unit) if unit else chosen
    return rosters.read(db, chosen.order_by(table.unit))


def plaques_out(db: Connection) -> list[Row]:
    """Units whose title is no more and whose plaque nobody recalled: lapsed, or ended after they had held one. One that
    waits for an exit case still has its title."""
    table, before = standings.c, standings.alias().c
    names = ("unit", "policy", "state", "since", "successor")
    held = exists().where((before.unit == table.unit) & (before.title != ""))
    ended = table.state.in_(ENDED) & (table.title == "") & held
    chosen = select(*(table[name] for name in names)).where(
        table.superseded_in.is_(None), table.plaque_recalled_on == "", (table.state == LifeState.LAPSED) | ended
    )
    return rosters.read(db, chosen.order_by(table.unit))


def cities_ever(db: Connection, chosen: Collection[str]) -> dict[str, str]:
    """The cities of some units as the roster had them last."""
    found = rosters.latest(db, tables.units.c.unit, ("city",), chosen)
    return {unit: str(row["city"]) for unit, row in found.items()}


def apart(db: Connection) -> list[Row]:
    """Outcomes that count now whose verdict or score is another than the city's own."""
    table = outcomes.c
    names = ("occasion", "unit", "city", "policy", "recorded_in", "content")
    verdict = (table.city_verdict != "") & (table.verdict != "") & (table.city_verdict != table.verdict)
    chosen = select(*(table[name] for name in names)).where(
        table.superseded_in.is_(None), verdict | (table.city_score != table.score)
    )
    rows = rosters.read(db, chosen.order_by(table.occasion, table.unit))
    moments = acts.moments_of(db, {row["recorded_in"] for row in rows})
    return [{**row, "at": moments[row["recorded_in"]]} for row in rows]


def settled(db: Connection) -> dict[tuple[str, ...], int]:
    """What the office recorded as seen to or given up, each with the act that says so last."""
    found = acts.recorded_on(db, [DUE], [SETTLE])
    names = ("kind", "policy", "city", "unit", "about")
    return {tuple(str(each.details[name]) for name in names): each.number for each in found}

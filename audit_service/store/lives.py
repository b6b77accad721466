"""Which acts concern which unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from audit_service.core.entries import Recorded
from audit_service.store.acts import as_recorded
from audit_service.store.life_tables import unit_acts
from audit_service.store.tables import acts


def concern(db: Connection, act: int, units: Iterable[str]) -> None:
    """Note that an act concerns some units: it stands in their history from now on."""
    rows = [{"unit": unit, "act": act} for unit in sorted(set(units))]
    if rows:
        db.execute(insert(unit_acts), rows)


def history(db: Connection, unit: str) -> Iterator[Recorded]:
    """The acts that concern a unit, in order."""
    chosen = select(acts).join(unit_acts, unit_acts.c.act == acts.c.number).where(unit_acts.c.unit == unit)
    for row in db.execute(chosen.order_by(acts.c.number)):
        yield as_recorded(row)

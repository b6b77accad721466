"""Steps of units' lives, written down as the office records them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.life import STEPS
from audit_service.store import acts, life_tables, lives, rosters


def step(db: Connection, act: Act, unit: str, name: str, day: str, **more: Any) -> int:
    """A unit takes a step on a day; whatever went before it."""
    number = acts.record(db, act, "life", unit, step=name, day=day)
    lives.concern(db, number, [unit])
    before = rosters.one(db, life_tables.standings, unit=unit) or {"policy": "sichuan-2020", "state": ""}
    to = STEPS[name].to
    moved = {"state": to.value, "since": day} if to is not None else {"since": before.get("since", day)}
    row = {**before, "unit": unit, **moved, **more}
    rosters.replace(db, life_tables.standings, {"unit": unit}, row, number)
    return number

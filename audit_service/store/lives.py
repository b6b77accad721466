"""Which acts concern which unit, where units stand, and in which draws they were."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, insert, select

from audit_service.core.acts import Act
from audit_service.core.entries import Recorded
from audit_service.core.life import NOT_BORN, LifeState, Standing
from audit_service.errors import Refused
from audit_service.store import rosters, tables
from audit_service.store.acts import act_of, as_recorded
from audit_service.store.batches import batches
from audit_service.store.life_tables import standings, unit_acts
from audit_service.store.rosters import Row
from audit_service.store.tables import acts

LISTED, EXCLUDED, SAMPLED = "listed", "excluded", "sampled"
_FILES: Final = {"frame.csv": (LISTED, "\n{},"), "exclusions.csv": (EXCLUDED, "\n{},"), "sample.csv": (SAMPLED, ",{},")}
"""How a unit stands in a draw's files: as the first column of its frame and exclusions, within the lines of its sample.
A sealed draw has no sample among its files before its reveal."""


def concern(db: Connection, act: int, units: Iterable[str]) -> None:
    """Note that an act concerns some units: it stands in their history from now on.

    `Refused` as for `check_clock`, so that no case, finding or title of a unit is without that guard.
    """
    concerned = sorted(set(units))
    if concerned:
        check_clock(db, act_of(db, act), concerned)
        db.execute(insert(unit_acts), [{"unit": unit, "act": act} for unit in concerned])


def check_clock(db: Connection, act: Act, units: Collection[str]) -> None:
    """Refuse under a clock that was set by hand what concerns a unit of which something is recorded under the real one:
    by another clock its periods could be over when they are not."""
    if not act.demo:
        return
    real = select(unit_acts.c.unit).join(acts, acts.c.number == unit_acts.c.act).where(acts.c.demo.is_(False))
    for some in batches(sorted(units)):
        own = real.where(unit_acts.c.unit.in_(some))
        if unit := db.execute(own.order_by(unit_acts.c.unit).limit(1)).scalar_one_or_none():
            raise Refused("demo-on-real-unit", unit=unit)


def check_pause_clock(db: Connection, act: Act) -> None:
    """Refuse under a clock that was set by hand what would stop the clocks of units under the real one."""
    real = select(unit_acts.c.unit).join(acts, acts.c.number == unit_acts.c.act).where(acts.c.demo.is_(False))
    if act.demo and (unit := db.execute(real.limit(1)).scalar_one_or_none()):
        raise Refused("demo-on-real-unit", unit=unit)


def history(db: Connection, unit: str) -> Iterator[Recorded]:
    """The acts that concern a unit, in order."""
    chosen = select(acts).join(unit_acts, unit_acts.c.act == acts.c.number).where(unit_acts.c.unit == unit)
    for row in db.execute(chosen.order_by(acts.c.number)):
        yield as_recorded(row)


def details_of_action(db: Connection, action: str) -> Iterator[dict[str, Any]]:
    """What was written down of every act of a kind, in order."""
    for text in db.execute(select(acts.c.details).where(acts.c.action == action).order_by(acts.c.number)).scalars():
        yield json.loads(text)


def one(db: Connection, unit: str) -> Standing:
    """Where a unit stands now; `NOT_BORN` where it was never taken into life."""
    return of_units(db, [unit]).get(unit, NOT_BORN)


def of_units(db: Connection, units: Collection[str]) -> dict[str, Standing]:
    """Where units stand now, those that were taken into life."""
    return {row["unit"]: as_standing(row) for row in rosters.chosen(db, standings, unit=units)}


def every(db: Connection) -> dict[str, Standing]:
    """Where all units stand now."""
    return {row["unit"]: as_standing(row) for row in rosters.current(db, standings)}


def as_standing(row: Row) -> Standing:
    """A row of the table as a value."""
    said = {name: value for name, value in row.items() if name not in ("unit", *rosters.ACTS)}
    return Standing(**{**said, "state": LifeState(said["state"])})


def stand(db: Connection, now: Mapping[str, Standing], act: int) -> None:
    """From an act on units stand so."""
    rosters.supersede(db, standings, [{"unit": unit} for unit in now], act)
    rosters.add(
        db, standings, [{"unit": unit, **vars(each), "state": each.state.value} for unit, each in now.items()], act
    )


class InDraw(NamedTuple):
    """How a unit stands in a draw: listed in its frame, excluded from it, or sampled, where that is public."""

    draw: str
    campaign: str
    how: str


def draws_with(db: Connection, unit: str) -> list[InDraw]:
    """The draws whose frame, exclusions or published sample have a unit, in the order in which they were frozen."""
    kept, named, draws = tables.files, tables.draw_files, tables.draws
    joined = draws.join(named, named.c.draw == draws.c.draw).join(kept, kept.c.digest == named.c.digest)
    columns = select(draws.c.draw, draws.c.campaign, draws.c.frozen_in, named.c.name, kept.c.content)
    chosen = columns.select_from(joined).where((named.c.round == 0) & named.c.name.in_(_FILES))
    found: dict[str, tuple[int, InDraw]] = {}
    for row in sorted(db.execute(chosen), key=lambda row: list(_FILES).index(row.name)):
        how, form = _FILES[row.name]
        if form.format(unit).encode() in row.content:
            found[row.draw] = row.frozen_in, InDraw(row.draw, row.campaign, how)
    return [in_draw for _, in_draw in sorted(found.values())]


def substitutions_with(db: Connection, unit: str) -> list[Row]:
    """By draw how a unit was substituted, or whom it substituted, and by which document."""
    table = tables.substitutions
    either = (table.c.unit == unit) | (table.c.substitute == unit)
    columns = (table.c.draw, table.c.batch, table.c.unit, table.c.substitute, table.c.document)
    return rosters.read(db, select(*columns).where(either).order_by(table.c.draw, table.c.batch))


def predecessors(db: Connection, units: Sequence[str]) -> list[str]:
    """The units that went into some units, by merger or under another code."""
    return sorted(row["unit"] for row in rosters.chosen(db, standings, successor=units))

"""What happened to single units under a seal, and the batches of it that the log has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from audit_service.store.tables import commitments, happenings, unit_days


@dataclass(frozen=True)
class Happening:
    """One of a draw (round 0) or a round, numbered from 1; `locked` holds value and opening."""

    number: int
    at: datetime
    leaf: str
    locked: str


@dataclass(frozen=True)
class Batch:
    """A batch of a draw or round, numbered from 1: the day it stands for, its leaves, and the act that logged it."""

    number: int
    day: date
    taken: int
    leaves: bytes
    recorded_in: int


def add(db: Connection, draw: str, part: int, at: datetime, leaf: str, locked: str) -> None:
    """Keep one more."""
    own = (happenings.c.draw == draw) & (happenings.c.round == part)
    last: int | None = db.execute(select(func.max(happenings.c.number)).where(own)).scalar_one()
    row = {"draw": draw, "round": part, "number": (last or 0) + 1, "at": at, "leaf": leaf, "locked": locked}
    db.execute(insert(happenings).values(**row))


def all_of(db: Connection, draw: str, part: int, after: int = 0) -> list[Happening]:
    """Those of a draw or round, in order, from a number on."""
    table = happenings
    chosen = select(table.c.number, table.c.at, table.c.leaf, table.c.locked).where(
        (table.c.draw == draw) & (table.c.round == part) & (table.c.number > after)
    )
    return [Happening(*row) for row in db.execute(chosen.order_by(table.c.number))]


def add_batch(db: Connection, draw: str, part: int, batch: Batch) -> None:
    """Keep a batch that is logged."""
    row = {"number": batch.number, "day": batch.day.isoformat(), "taken": batch.taken, "leaves": batch.leaves}
    db.execute(insert(unit_days).values(draw=draw, round=part, recorded_in=batch.recorded_in, **row))


def batches_of(db: Connection, draw: str, part: int) -> list[Batch]:
    """The batches of a draw or round, in order."""
    table = unit_days
    chosen = select(table).where((table.c.draw == draw) & (table.c.round == part)).order_by(table.c.number)
    return [
        Batch(row.number, date.fromisoformat(row.day), row.taken, row.leaves, row.recorded_in)
        for row in db.execute(chosen)
    ]


def last_day(db: Connection, draw: str, part: int) -> tuple[int, date | None, int]:
    """How many batches a draw or round has, the last one's day, and how many happenings they hold."""
    table = unit_days
    columns = select(func.count(), func.max(table.c.day), func.sum(table.c.taken))
    row = db.execute(columns.where((table.c.draw == draw) & (table.c.round == part))).one()
    return row[0], date.fromisoformat(row[1]) if row[1] else None, row[2] or 0


def parts(db: Connection) -> list[tuple[str, int]]:
    """Every draw and round that has batches."""
    chosen = select(unit_days.c.draw, unit_days.c.round).distinct()
    return sorted((row.draw, row.round) for row in db.execute(chosen))


def under_seal(db: Connection) -> list[tuple[str, int]]:
    """Every sealed draw and round that was carried out and is not revealed yet."""
    table = commitments
    locked = table.c.locked_secret != ""  # nosec B105  # nothing, not a password
    sealed = locked & table.c.run_in.is_not(None) & table.c.revealed_in.is_(None)
    return sorted((row.draw, row.round) for row in db.execute(select(table.c.draw, table.c.round).where(sealed)))

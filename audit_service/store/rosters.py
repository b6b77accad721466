"""Rosters as versions: what counts now, what is new, what is superseded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, bindparam, insert, select, update

Row = dict[str, Any]

ACTS: Final = ("recorded_in", "superseded_in")
"""The columns that say since and until when a row counts."""


def current(db: Connection, table: Table) -> list[Row]:
    """The rows of a roster that count now, without the acts that recorded them, in no particular order."""
    columns = [column for column in table.c if column.name not in ACTS]
    names = [column.name for column in columns]
    found = db.execute(select(*columns).where(table.c.superseded_in.is_(None)))
    return [dict(zip(names, row, strict=True)) for row in found]


def add(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]], act: int) -> None:
    """Record new rows, or new versions of rows whose old ones were superseded."""
    if rows:
        db.execute(insert(table), [{**row, "recorded_in": act} for row in rows])


def supersede(db: Connection, table: Table, keys: Iterable[Mapping[str, Any]], act: int) -> None:
    """From this act on the rows with these keys do not count any more. They are kept."""
    chosen = [{f"key_{name}": value for name, value in key.items()} for key in keys]
    if not chosen:
        return
    statement = update(table).where(table.c.superseded_in.is_(None)).values(superseded_in=act)
    for name in chosen[0]:
        statement = statement.where(table.c[name.removeprefix("key_")] == bindparam(name))
    db.execute(statement, chosen)


def ever(db: Connection, column: Column[str]) -> set[str]:
    """All values that a roster's column has ever had, in rows that count now and in superseded ones."""
    return set(db.scalars(select(column).distinct()))

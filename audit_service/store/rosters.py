"""Rosters as versions: what counts now, what is new, what is superseded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, func, select, update

from audit_service.store.batches import batches
from audit_service.store.copying import copy_in
from audit_service.store.tables import acts

Row = dict[str, Any]

ACTS: Final = ("recorded_in", "superseded_in")
"""The columns that say since and until when a row counts."""


def current(db: Connection, table: Table, at: int | None = None) -> list[Row]:
    """The rows of a roster that count now, or counted right after an act; without their own acts, in no order."""
    return chosen(db, table, at)


def chosen(db: Connection, table: Table, at: int | None = None, **wanted: Collection[Any]) -> list[Row]:
    """Of the rows that count now, or counted right after an act, those whose columns have one of some values each."""
    columns = [column for column in table.c if column.name not in ACTS]
    query = select(*columns).where(*counting(table, at))
    return [row for part in _parts(query, table, wanted) for row in read(db, part)]


def dated(db: Connection, table: Table, at: int | None = None) -> list[tuple[Row, datetime]]:
    """The rows that count now, or counted right after an act, each with the moment at which it was recorded."""
    columns = [column for column in table.c if column.name not in ACTS]
    query = select(*columns, acts.c.at).join(acts, acts.c.number == table.c.recorded_in).where(*counting(table, at))
    return [(row, row.pop("at")) for row in read(db, query)]


def read(db: Connection, query: Select[Any]) -> list[Row]:
    """The rows of a query, each by the names of its columns: fetched at once, which is quicker than one by one."""
    result = db.execute(query)
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def counting(table: Table, at: int | None) -> list[ColumnElement[bool]]:
    """That a row counts now, or counted right after an act."""
    end = table.c.superseded_in
    return [end.is_(None)] if at is None else [table.c.recorded_in <= at, end.is_(None) | (end > at)]


def _parts(query: Select[Any], table: Table, wanted: Mapping[str, Collection[Any]]) -> Iterator[Select[Any]]:
    """The query for the rows whose columns have one of some values each: one, or where there are too many values for a
    statement several, of which no two have a row in common."""
    for values in product(*map(batches, wanted.values())):
        own = (table.c[name].in_(some) for name, some in zip(wanted, values, strict=True))
        yield query.where(*own)


def blank(table: Table) -> Row:
    """A row of which nothing is said."""
    columns = (column for column in table.c if column.name not in ACTS)
    return {column.name: None if column.nullable else "" for column in columns}


def add(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]], act: int) -> None:
    """Record new rows, or new versions of rows whose old ones were superseded.

    Rosters are long and their columns plain, so the driver takes the rows as they are: PostgreSQL in its own quick way.
    """
    if not rows:
        return
    names = [column.name for column in table.c if column.name not in ACTS]
    values = ((*map(row.__getitem__, names), act) for row in rows)
    columns = ", ".join(f'"{name}"' for name in (*names, "recorded_in"))
    if db.dialect.name == "postgresql":
        copy_in(db, f'COPY "{table.name}" ({columns}) FROM STDIN', values)
    else:
        places = ", ".join("?" * (len(names) + 1))
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})'  # nosec B608  # names of our own tables
        db.exec_driver_sql(statement, list(values))


def supersede(db: Connection, table: Table, keys: Iterable[Mapping[str, Any]], act: int) -> None:
    """From this act on the rows with these keys do not count any more. They are kept."""
    named = [{f"key_{name}": value for name, value in key.items()} for key in keys]
    if not named:
        return
    statement = update(table).where(table.c.superseded_in.is_(None)).values(superseded_in=act)
    for name in named[0]:
        statement = statement.where(table.c[name.removeprefix("key_")] == bindparam(name))
    db.execute(statement, named)


def replace(db: Connection, table: Table, key: Mapping[str, str], row: Mapping[str, Any], act: int) -> None:
    """From this act on one row counts in place of the one with this key, if there was one."""
    supersede(db, table, [key], act)
    add(db, table, [{**blank(table), **row}], act)


def one(db: Connection, table: Table, at: int | None = None, **key: str) -> Row | None:
    """The row of a key that counts now, or counted right after an act; None where there is none."""
    return next(iter(chosen(db, table, at, **{name: [value] for name, value in key.items()})), None)


def before_steps(db: Connection, table: Table, key: Column[str], values: Sequence[str], action: str) -> dict[str, Row]:
    """By key the last version of a row that no act of some kind recorded, for some values of a roster's only key:
    as it was before the steps that are acts of that kind."""
    by_others = table.c.recorded_in.in_(select(acts.c.number).where(acts.c.action != action))
    last = select(key, func.max(table.c.recorded_in).label("last")).where(by_others).group_by(key)
    found: dict[str, Row] = {}
    for named in batches(values):
        some = last.where(key.in_(named)).subquery()
        chosen = select(table).join(
            some, (table.c[key.name] == some.c[key.name]) & (table.c.recorded_in == some.c.last)
        )
        found |= {row._mapping[key.name]: dict(row._mapping) for row in db.execute(chosen)}
    return found


def latest(
    db: Connection, key: Column[str], names: Sequence[str], values: Collection[str], at: int | None = None
) -> dict[str, Row]:
    """By key some columns of the last version of a row, whether it counts or was taken off; right after an act, if one
    is named."""
    table, found = key.table, dict[str, Row]()
    query = select(key, *(table.c[name] for name in names)).order_by(table.c.recorded_in)
    if at is not None:
        query = query.where(table.c.recorded_in <= at)
    for some in batches(values):
        for row in db.execute(query.where(key.in_(some))):
            found[row[0]] = dict(zip(names, row[1:], strict=True))
    return found


def ever(db: Connection, column: Column[str]) -> set[str]:
    """All values that a roster's column has ever had, in rows that count now and in superseded ones."""
    return set(db.scalars(select(column).distinct()))


def versions(db: Connection, *columns: Column[str]) -> list[tuple[str, ...]]:
    """Distinct values of several columns in rows that count now and in superseded ones."""
    return [tuple(row) for row in db.execute(select(*columns).distinct())]


def columns(
    db: Connection, table: Table, names: Sequence[str], at: int | None = None, **wanted: Collection[Any]
) -> list[tuple[Any, ...]]:
    """Distinct values of some columns in the rows that count now, or counted right after an act."""
    query = select(*(table.c[name] for name in names)).where(*counting(table, at)).distinct()
    found = (tuple(row) for part in _parts(query, table, wanted) for row in db.execute(part).all())
    return list(dict.fromkeys(found))


def firsts(
    db: Connection, table: Table, keys: Sequence[str], least: str, at: int | None = None, **wanted: Collection[Any]
) -> list[tuple[Any, ...]]:
    """By some columns the least value of another one in all versions, or in those recorded by an act."""
    by = [table.c[name] for name in keys]
    query = select(*by, func.min(table.c[least])).group_by(*by)
    if at is not None:
        query = query.where(table.c.recorded_in <= at)
    found: dict[tuple[Any, ...], Any] = {}
    for part in _parts(query, table, wanted):
        for *key, value in db.execute(part):
            found[tuple(key)] = min(value, found.get(tuple(key), value))
    return [(*key, value) for key, value in found.items()]

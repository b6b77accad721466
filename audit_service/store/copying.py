"""Every row of a database, out and in: table by table, row by row, so that a large one needs no more memory.

PostgreSQL hands rows out and takes them in by its own COPY; SQLite's cursor reads as it goes, and takes batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, String, Table, inspect
from sqlalchemy.exc import DatabaseError

from audit_service.core.backup import Kind, TableForm, Values
from audit_service.store.tables import Moment, metadata

VERSION_TABLE: Final = "alembic_version"
_ROWS: Final = 1000
_BYTES: Final = 1 << 20
"""With which SQLite's rows are handed over, however few: files are kept as bytes, and may be large."""
_SERIES: Final = (
    "SELECT relname, attname, pg_get_serial_sequence(quote_ident(relname), attname) "
    "FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped "
    "AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL"
)
_DRIVER_TYPES: Final[dict[Kind, str]] = {"integer": "int8", "text": "text", "boolean": "bool", "bytes": "bytea"}


def kind_of(column: Column[Any]) -> Kind:
    """What the values of a column are; `TypeError` for one that no backup can hold yet."""
    if isinstance(column.type, Boolean):
        return "boolean"
    if isinstance(column.type, Integer):
        return "integer"
    if isinstance(column.type, LargeBinary):
        return "bytes"
    if isinstance(column.type, String | Moment):
        return "text"
    raise TypeError(f"{column} is of a kind that no backup holds: {column.type!r}")


def every_table(db: Connection) -> Iterator[tuple[TableForm, Iterator[Values]]]:
    """Every table with its rows, those first that others refer to, each in the order of its key."""
    for table in metadata.sorted_tables:
        form = TableForm(table.name, {column.name: kind_of(column) for column in table.columns})
        yield form, _rows(db, table, form)


def _rows(db: Connection, table: Table, form: TableForm) -> Iterator[Values]:
    columns, order = _quoted(form), ", ".join(_ordered(db, column) for column in table.primary_key.columns)
    statement = f'SELECT {columns} FROM "{table.name}" ORDER BY {order}'  # nosec B608
    if db.dialect.name == "postgresql":
        return _copied_out(db, f"COPY ({statement}) TO STDOUT", form)
    truths = [place for place, kind in enumerate(form.columns.values()) if kind == "boolean"]
    return (_with_truths(list(row), truths) for row in db.exec_driver_sql(statement))


def _quoted(form: TableForm) -> str:
    return ", ".join(f'"{name}"' for name in form.columns)


def _ordered(db: Connection, column: Column[Any]) -> str:
    """One order for both databases, whatever the collation."""
    bytewise = db.dialect.name == "postgresql" and kind_of(column) == "text"
    return f'"{column.name}"' + (' COLLATE "C"' if bytewise else "")


def _with_truths(row: list[Any], places: Iterable[int]) -> list[Any]:
    for place in places:
        row[place] = None if row[place] is None else bool(row[place])
    return row


def _copied_out(db: Connection, statement: str, form: TableForm) -> Iterator[Values]:
    cursor = db.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            copy.set_types([_DRIVER_TYPES[kind] for kind in form.columns.values()])
            yield from copy.rows()
    except db.dialect.loaded_dbapi.Error as error:
        raise DatabaseError(None, None, error) from error
    finally:
        cursor.close()


def table_names(db: Connection) -> set[str]:
    """The tables that there are, but for the one that says which revision they are."""
    return set(inspect(db).get_table_names()) - {VERSION_TABLE}


def first_with_rows(db: Connection) -> str:
    """A table that has rows; empty where none has."""
    for name in sorted(table_names(db)):
        if db.exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1').first():  # nosec B608
            return name
    return ""


def wait_with_references(db: Connection) -> None:
    """Let what rows refer to be filled in later, until the transaction ends. On PostgreSQL a table is whole by then."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def fill(db: Connection, form: TableForm, rows: Iterable[Values]) -> None:
    """Put rows into a table as they are."""
    if db.dialect.name == "postgresql":
        copy_in(db, f'COPY "{form.name}" ({_quoted(form)}) FROM STDIN', rows)
        return
    places = ", ".join("?" * len(form.columns))
    statement = f'INSERT INTO "{form.name}" ({_quoted(form)}) VALUES ({places})'  # nosec B608  # as our tables have them
    for batch in _batches(rows):
        db.exec_driver_sql(statement, batch)


def _batches(rows: Iterable[Values]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    held = 0
    for row in rows:
        batch.append(tuple(row))
        held += sum(len(value) for value in row if isinstance(value, bytes))
        if len(batch) == _ROWS or held > _BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def count_on(db: Connection) -> None:
    """Let the series of numbers that PostgreSQL gives out itself go on after those that were filled in."""
    if db.dialect.name != "postgresql":
        return
    for table, column, series in db.exec_driver_sql(_SERIES).all():
        db.exec_driver_sql(
            f'SELECT setval(%s, coalesce(max("{column}"), 0) + 1, false) FROM "{table}"',  # nosec B608  # the catalogue's
            (series,),
        ).all()


def copy_in(db: Connection, statement: str, rows: Iterable[Values]) -> None:
    """In the same transaction; what the driver refuses is the database's failure, as it is elsewhere."""
    cursor = db.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except db.dialect.loaded_dbapi.Error as error:
        raise DatabaseError(None, None, error) from error
    finally:
        cursor.close()

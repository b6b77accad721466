"""Whether a database is what it must be, apart from what its rows mean: pages, references, guards, tables, digests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, Connection, ForeignKeyConstraint, and_, exists, func, select, text

from audit_service.core.canonical import sha256_hex
from audit_service.errors import Problem
from audit_service.store import tables
from audit_service.store.tables import APPEND_ONLY, metadata

_GUARDS_SQLITE: Final = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
_REFUSED_SQLITE: Final = ("update", "delete", "replace")
_GUARDS_POSTGRESQL: Final = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
)
_UNTRUSTED_POSTGRESQL: Final = (
    "SELECT conname FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace "
    "UNION ALL SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)"
)


def faults(db: Connection) -> Iterator[Problem]:
    """What is not as it must be, one thing after another."""
    yield from _integrity(db)
    yield from _differences(db)
    yield from _unguarded(db)
    yield from _dangling(db)
    yield from _damaged_files(db)


def _integrity(db: Connection) -> Iterator[Problem]:
    """SQLite looks at every page, index and constraint; PostgreSQL names what it does not vouch for."""
    if db.dialect.name == "sqlite":
        found = [line for line in db.execute(text("PRAGMA integrity_check")).scalars() if line != "ok"]
    else:
        found = list(db.execute(text(_UNTRUSTED_POSTGRESQL)).scalars())
    for cause in found:
        yield Problem("check-integrity", {"cause": cause})


def _differences(db: Connection) -> Iterator[Problem]:
    """Tables, columns, indexes and constraints that this program needs and does not find. Others may have their own."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    own = {"include_object": lambda _, name, kind, *rest: not (kind == "table" and name not in metadata.tables)}
    for found in compare_metadata(MigrationContext.configure(db, opts=own), metadata):
        yield Problem("check-schema", {"found": _named(found)})


def _named(difference: object) -> str:
    """What alembic found, as its kind and the things that it names."""
    while isinstance(difference, list):
        difference = difference[0]
    kind, *things = difference if isinstance(difference, tuple) else (str(difference),)
    names = [getattr(thing, "name", thing) for thing in things]
    return " ".join([str(kind), *(str(name) for name in names if isinstance(name, str))])


def _unguarded(db: Connection) -> Iterator[Problem]:
    """Append-only tables whose guard somebody took away or switched off."""
    if db.dialect.name == "sqlite":
        found = {tuple(row) for row in db.execute(text(_GUARDS_SQLITE))}
        needed = {(table, f"refuse_{change}_{table}") for table in APPEND_ONLY for change in _REFUSED_SQLITE}
    else:
        found = {tuple(row) for row in db.execute(text(_GUARDS_POSTGRESQL))}
        needed = {(table, f"refuse_change_{table}") for table in APPEND_ONLY}
    for table, guard in sorted(needed - found):
        yield Problem("check-guard", {"table": table, "guard": guard})


def _dangling(db: Connection) -> Iterator[Problem]:
    """Rows that refer to what is not there: also where the database was once told not to look."""
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            count = db.execute(select(func.count()).select_from(table).where(_unmet(constraint))).scalar_one()
            if count:
                rule = str(constraint.name)
                yield Problem("check-reference", {"table": table.name, "count": count, "rule": rule})


def _unmet(constraint: ForeignKeyConstraint) -> ColumnElement[bool]:
    target = constraint.referred_table.alias()
    pairs = [(element.parent, target.c[element.column.name]) for element in constraint.elements]
    there = exists().where(and_(*(own == other for own, other in pairs)))
    return and_(*(own.is_not(None) for own, _ in pairs), ~there)


def _damaged_files(db: Connection) -> Iterator[Problem]:
    """Kept bytes that are not those that were hashed. One at a time: a frame may be large."""
    for digest in list(db.execute(select(tables.files.c.digest)).scalars()):
        content = db.execute(select(tables.files.c.content).where(tables.files.c.digest == digest)).scalar_one()
        if sha256_hex(content) != digest:
            yield Problem("check-file", {"digest": digest})

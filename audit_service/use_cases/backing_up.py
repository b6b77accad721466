"""Everything of an installation's database into one stream of lines, and out of it into another database.

Nothing of it is an act: a backup changes nothing, and what was restored is what was backed up, to the byte
(docs/adr/0011-backups.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from audit_service.core import backup as form
from audit_service.errors import Refused
from audit_service.store import copying, database, log


@dataclass(frozen=True)
class Restored:
    """What a database was filled with: how far the log goes, the schema it came with, and how many rows."""

    acts: int
    made_at: datetime
    schema: str
    rows: int


def back_up(db: Connection, now: datetime) -> Iterator[bytes]:
    """The lines of a backup. All of it is read in this one transaction, as it is being written."""
    heading = form.Heading(database.VERSION, now, db.dialect.name, log.count(db))
    return form.write(heading, copying.every_table(db))


def restore(db: Connection, backup: form.Backup) -> Restored:
    """Fill a database that has no rows. One of an older program is filled as it was and then brought up to date.

    `Refused` where there is anything in the database, or where the backup is of a newer program.
    """
    filled = copying.first_with_rows(db)
    if filled:
        raise Refused("restore-not-empty", table=filled)
    _prepare(db, backup.heading.schema)
    copying.wait_with_references(db)
    rows, expected = 0, copying.table_names(db)
    for table, values in backup.tables():
        if table.name not in expected:
            raise Refused("restore-tables", table=table.name)
        expected.remove(table.name)
        counted = _Counted(values)
        copying.fill(db, table, counted)
        rows += counted.rows
    if expected:
        raise Refused("restore-tables", table=min(expected))
    copying.count_on(db)
    database.raise_schema(db)
    return Restored(backup.heading.acts, backup.heading.made_at, backup.heading.schema, rows)


def _prepare(db: Connection, schema: str) -> None:
    if schema not in database.revisions():
        raise Refused("restore-schema", found=schema, expected=database.VERSION)
    found = database.version_of(db)
    if found == schema:
        return
    if found:
        database.lower_schema(db, "base")
    database.raise_schema(db, schema)


class _Counted:
    def __init__(self, values: Iterator[form.Values]) -> None:
        self.rows, self._values = 0, values

    def __iter__(self) -> Iterator[form.Values]:
        for row in self._values:
            self.rows += 1
            yield row

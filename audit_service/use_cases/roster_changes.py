"""What an import changes in a roster, and writing it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table

from audit_service.core.acts import Act
from audit_service.core.incoming import Incoming, Row
from audit_service.store import acts, rosters, tables

Record = dict[str, Any]
Key = tuple[str, ...]
Entry = tuple[Row, Record]
"""A row that came in, and what the roster would record of it."""


@dataclass(frozen=True)
class Roster:
    """A roster: its name in acts, its table, and the columns by which one row is the same as another."""

    name: str
    table: Table
    keys: tuple[str, ...]

    def key(self, record: Mapping[str, Any]) -> Key:
        """By what a record is known."""
        return tuple(map(record.__getitem__, self.keys))

    def current(self, db: Connection) -> dict[Key, Record]:
        """The records that count now."""
        return {self.key(record): record for record in rosters.current(db, self.table)}


UNITS: Final = Roster("units", tables.units, ("unit",))
PEOPLE: Final = Roster("people", tables.people, ("inspector",))
RECUSALS: Final = Roster("recusals", tables.recusals, ("inspector", "unit"))
FORMER_NAMES: Final = Roster("former-names", tables.former_names, ("city", "county", "old"))
TARGETS: Final = Roster("targets", tables.targets, ("city",))


PERSONAL: Final = frozenset({"contact", "phone", "mobile"})
"""Fields whose values no report repeats: that they changed is said, not to what."""
HIDDEN: Final = "***"


class FieldChange(NamedTuple):
    """What an import changed in one field of a record."""

    key: str
    field: str
    old: object
    new: object


@dataclass(frozen=True)
class Change:
    """New records, new versions of records, how many stay as they are, and the keys of those that leave or lack."""

    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    unchanged: int
    left: tuple[Key, ...]
    fields: tuple[FieldChange, ...] = ()
    lacking: tuple[Key, ...] = ()


def compare(roster: Roster, current: Mapping[Key, Record], records: Iterable[Record], *, complete: bool) -> Change:
    """What changes. A record says nothing of fields that it does not have: they stay, or are empty in a new one."""
    blank = rosters.blank(roster.table)
    new, changed, fields, met = [], [], list[FieldChange](), set()
    for record in records:
        key = roster.key(record)
        met.add(key)
        old = current.get(key)
        if old is None:
            new.append({**blank, **record})
        elif old | record != old:
            changed.append(old | record)
            fields += _differences(" ".join(key), old, record)
    lacking = tuple(sorted(current.keys() - met))
    left = lacking if complete else ()
    unchanged = len(met) - len(new) - len(changed)
    return Change(tuple(new), tuple(changed), unchanged, left, tuple(fields), () if complete else lacking)


def _differences(key: str, old: Record, record: Record) -> Iterable[FieldChange]:
    for name, value in record.items():
        if value != old[name]:
            personal = name in PERSONAL
            yield FieldChange(key, name, HIDDEN if personal else old[name], HIDDEN if personal else value)


def keep(db: Connection, act: Act, roster: Roster, change: Change, incoming: Incoming, *, complete: bool) -> None:
    """Write a change down under one act; nothing at all where nothing changes."""
    if not (change.new or change.changed or change.left):
        return
    number = acts.record(
        db,
        act,
        f"import-{roster.name}",
        subject([PurePath(file).name for file, _ in incoming.digests]),
        files=[{"file": PurePath(file).name, "sha256": digest} for file, digest in incoming.digests],
        complete=complete,
        imported=len(change.new),
        updated=len(change.changed),
        unchanged=change.unchanged,
        left=len(change.left),
    )
    gone = [*map(roster.key, change.changed), *change.left]
    rosters.supersede(db, roster.table, [dict(zip(roster.keys, key, strict=True)) for key in gone], number)
    rosters.add(db, roster.table, [*change.new, *change.changed], number)


def subject(names: Sequence[str]) -> str:
    """Of several things the first, and how many more: an act's subject is short, its details name all."""
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"

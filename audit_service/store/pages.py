"""Long lists a page at a time, and what became of one row.

A text that is looked for may be written in upper or lower case, which databases by themselves see differently.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    cast,
    false,
    func,
    null,
    or_,
    select,
)

from audit_service.core.divisions import beginnings
from audit_service.store.account_tables import refusals
from audit_service.store.life_tables import places, standings
from audit_service.store.rosters import ACTS, Row, read
from audit_service.store.tables import acts, people, recusals, targets, units

MOST = 1000
"""Rows of the longest page."""
UNDONE = ("withdraw", "set-aside", "trial", "correct", "request", "confirm", "decline")
"""Acts that an auditor looks at first."""

UNSHOWN = frozenset({"assessors", "coach", "contact", "phone", "remarks", *ACTS})
"""Columns of a unit that no page of units shows."""


class Page(NamedTuple):
    """Some rows of a list, and how many it has in all."""

    rows: list[Row]
    total: int


class _Asked(NamedTuple):
    """The statement of a list, with the count in the last column, and that of the count alone."""

    page: Select[Any]
    total: Select[Any]


def _asked(chosen: Select[Any], order: Collection[ColumnElement[Any]]) -> _Asked:
    """One statement for both: the count is looked up once, the page by its index."""
    count = select(func.count()).select_from(chosen.subquery()).scalar_subquery()
    size, skipped = (bindparam(name, type_=Integer) for name in ("size", "skipped"))
    return _Asked(chosen.add_columns(count).order_by(*order).limit(size).offset(skipped), select(count))


def _page(db: Connection, asked: _Asked, page: int, size: int, **values: str) -> Page:
    """A page; only behind the last one there is no row to tell the count."""
    found = db.execute(asked.page, {**values, "size": size, "skipped": (page - 1) * size})
    names = list(found.keys())[:-1]
    rows = found.all()
    total: int = rows[0][-1] if rows else db.execute(asked.total, values).scalar_one()
    return Page([dict(zip(names, row[:-1], strict=True)) for row in rows], total)


def _current(table: Table) -> Select[Any]:
    return select(table).where(table.c.superseded_in.is_(None))


def units_page(db: Connection, city: str, status: str, text: str, page: int, size: int) -> Page:
    """Units by code; each filter counts if it says something."""
    asked = {"city": city, "status": status, "text": text and f"%{_escaped(text)}%"}
    said = {name: value for name, value in asked.items() if value}
    return _page(db, _units_asked(frozenset(said)), page, size, **said)


@cache
def _units_asked(filters: frozenset[str]) -> _Asked:
    """Put together once for each choice of filters, which takes as long as the database takes to answer."""
    shown = [column for column in units.c if column.name not in UNSHOWN]
    chosen = select(*shown).where(units.c.superseded_in.is_(None))
    for column in (units.c.city, units.c.status):
        if column.name in filters:
            chosen = chosen.where(column == bindparam(column.name))
    if "text" in filters:
        columns = (units.c.unit, units.c.name, units.c.county, units.c.former_name)
        chosen = chosen.where(or_(*(column.ilike(bindparam("text"), escape="/") for column in columns)))
    return _asked(chosen, [units.c.unit])


def _escaped(text: str) -> str:
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def lives_page(
    db: Connection, page: int, size: int, *, state: str = "", title: str = "", city: str = "",
    valid_before: str = "", text: str = "",
) -> Page:  # fmt: skip
    """Where units stand, by code, with their names on the roster while they are on it.

    A unit's city is told by its code: who was merged away is on no roster any more.
    """
    now, listed = standings.c, units.alias("listed")
    joined = standings.outerjoin(listed, (listed.c.unit == now.unit) & listed.c.superseded_in.is_(None))
    names = (func.coalesce(listed.c[name], "").label(name) for name in ("county", "name"))
    chosen = select(*(column for column in now if column.name not in ACTS), *names).select_from(joined)
    chosen = chosen.where(now.superseded_in.is_(None))
    for column, wanted in ((now.state, state), (now.title, title)):
        if wanted:
            chosen = chosen.where(column == wanted)
    if city:
        chosen = chosen.where(or_(false(), *map(now.unit.startswith, beginnings(city))))
    if valid_before:
        chosen = chosen.where((now.valid_until != "") & (now.valid_until < valid_before))
    if text:
        told = (now.unit, listed.c.name, listed.c.county)
        chosen = chosen.where(or_(*(column.icontains(text, autoescape=True) for column in told)))
    return _page(db, _asked(chosen, [now.unit]), page, size)


def people_page(db: Connection, city: str, text: str, page: int, size: int) -> Page:
    """People by code."""
    chosen = _current(people)
    if city:
        chosen = chosen.where(people.c.city == city)
    if text:
        columns = (people.c.inspector, people.c.name, people.c.employer)
        chosen = chosen.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return _page(db, _asked(chosen, [people.c.inspector]), page, size)


def recusals_page(db: Connection, city: str, page: int, size: int) -> Page:
    """Recusals by inspector and unit; of a city those of its own people."""
    chosen = _current(recusals)
    if city:
        own = select(people.c.inspector).where(people.c.superseded_in.is_(None) & (people.c.city == city))
        chosen = chosen.where(recusals.c.inspector.in_(own))
    return _page(db, _asked(chosen, [recusals.c.inspector, recusals.c.unit]), page, size)


def places_page(db: Connection, city: str, page: int, size: int) -> Page:
    """Places by code; of a city itself and those directly in it."""
    chosen = _current(places)
    if city:
        chosen = chosen.where((places.c.place == city) | (places.c.parent == city))
    return _page(db, _asked(chosen, [places.c.place]), page, size)


def targets_page(db: Connection, city: str, page: int, size: int) -> Page:
    """Targets by city."""
    chosen = _current(targets)
    if city:
        chosen = chosen.where(targets.c.city == city)
    return _page(db, _asked(chosen, [targets.c.city]), page, size)


def listed(
    db: Connection,
    table: Table,
    order: Collection[Column[Any]],
    page: int,
    size: int,
    wanted: Mapping[str, str],
    conditions: Collection[ColumnElement[bool]] = (),
) -> Page:
    """The rows of a roster that count now, whose columns have the values that were asked for, if any."""
    chosen = _current(table).where(*conditions)
    for name, value in wanted.items():
        if value:
            chosen = chosen.where(table.c[name] == value)
    return _page(db, _asked(chosen, order), page, size)


def versions_of(db: Connection, column: Column[str], value: str) -> list[Row]:
    """A row as it was, version by version, with the acts since and until when each counted."""
    table = column.table
    return read(db, select(table).where(column == value).order_by(table.c.recorded_in))


def attempts_page(db: Connection, page: int, size: int) -> Page:
    """What was undone, tried or asked for, and what was refused, the newest first."""
    done = select(
        acts.c.at, acts.c.by, acts.c.role, acts.c.action.label("what"), acts.c.subject, acts.c.number,
        cast(null(), String).label("code"),
    ).where(acts.c.action.in_(UNDONE))  # fmt: skip
    refused = select(
        refusals.c.at, refusals.c.by, refusals.c.role, refusals.c.asked.label("what"), refusals.c.subject,
        cast(null(), Integer).label("number"), refusals.c.code,
    )  # fmt: skip
    found = done.union_all(refused).subquery()
    chosen = select(found)
    return _page(db, _asked(chosen, [found.c.at.desc(), found.c.what, found.c.subject]), page, size)

"""Figures counted by the database: of outcomes, findings and exit cases, as they stood right after an act."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, case, func, select

from audit_service.core.rectification import WITH_THE_CITY
from audit_service.core.statistics import Cell
from audit_service.store import tables
from audit_service.store.acts import first_details
from audit_service.store.batches import batches
from audit_service.store.rosters import Row, read
from audit_service.store.visit_tables import checks, exit_cases, findings, outcomes

WITHDRAWN: Final = "withdrawn"
CLOSED: Final = "closed"


def _then(table: Table, at: int, occasions: Collection[str] | None) -> ColumnElement[bool]:
    """That a row counted right after an act, and is of one of some occasions, if these are named."""
    end = table.c.superseded_in
    of_some = () if occasions is None else (table.c.occasion.in_(occasions),)
    return and_(table.c.recorded_in <= at, end.is_(None) | (end > at), *of_some)


def outcomes_of(db: Connection, occasions: Collection[str], at: int) -> list[Row]:
    """How many visits of each city and stratum ended how."""
    names = ("city", "stratum", "kind", "verdict")
    columns = [outcomes.c[name] for name in names]
    chosen = select(*columns, func.count().label("count")).where(_then(outcomes, at, occasions)).group_by(*columns)
    return read(db, chosen)


def findings_of(db: Connection, occasions: Collection[str], at: int, day: str, without: Collection[str]) -> list[Row]:
    """How many findings there are of each city, stratum and area; how many were closed, closed by their deadline, and
    are with the city and past it on a day: overdue, as the register has it (`core.rectification`). Not `without`."""
    table = findings.c
    columns = [table.city, table.stratum, table.area]
    is_closed = table.state == CLOSED
    counts = {
        "count": func.count(),
        "closed": _count(is_closed),
        "in_time": _count(is_closed & (table.closed_on <= table.deadline)),
        "overdue": _count(table.state.in_(WITH_THE_CITY) & (table.deadline < day)),
    }
    counted = [expression.label(name) for name, expression in counts.items()]
    return read(
        db,
        select(*columns, *counted)
        .where(_then(findings, at, occasions), table.state != WITHDRAWN, table.finding.not_in(without))
        .group_by(*columns),
    )


def _count(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


def late_findings(db: Connection, occasions: Collection[str], at: int, day: str, without: Collection[str]) -> list[Row]:
    """The findings that were closed after their deadline, or are overdue by it: a pause may have moved it. Not
    `without`."""
    table = findings.c
    late = (table.state == CLOSED) & (table.closed_on > table.deadline)
    open_late = table.state.in_(WITH_THE_CITY) & (table.deadline < day)
    names = ("occasion", "city", "stratum", "deadline", "deadline_since", "closed_on", "state")
    chosen = select(*(table[name] for name in names)).where(
        _then(findings, at, occasions), late | open_late, table.finding.not_in(without)
    )
    return read(db, chosen)


def cases_of(db: Connection, occasions: Collection[str] | None, at: int) -> list[Row]:
    """The exit cases of some occasions or of all: of which unit and finding, since when, why (`cause`, as each was
    opened), how far, and how they ended."""
    names = ("exit_case", "unit", "city", "occasion", "finding", "opened_on", "state", "ending")
    columns = (exit_cases.c[name] for name in names)
    rows = read(db, select(*columns).where(_then(exit_cases, at, occasions)).order_by(exit_cases.c.exit_case))
    told = first_details(db, [row["exit_case"] for row in rows], "case")
    return [{**row, "cause": told[row["exit_case"]]["cause"]} for row in rows]


def visits_of(
    db: Connection, members: Collection[str], occasions: Collection[str], at: int
) -> dict[tuple[str, str], Cell]:
    """By occasion and member (a unit, or a finding that was drawn) in which city and stratum it was visited."""
    return _cells(db, outcomes, outcomes.c.unit, members, occasions, at)


def found_of(
    db: Connection, members: Collection[str], occasions: Collection[str], at: int
) -> dict[tuple[str, str], Cell]:
    """By occasion and finding in which city and stratum it was found."""
    return _cells(db, findings, findings.c.finding, members, occasions, at)


def _cells(
    db: Connection, table: Table, member: Column[str], members: Collection[str], occasions: Collection[str], at: int
) -> dict[tuple[str, str], Cell]:
    """By occasion and member in which city and stratum it stood right after an act."""
    chosen = select(table.c.occasion, member, table.c.city, table.c.stratum).where(_then(table, at, occasions))
    found = (row for some in batches(members) for row in db.execute(chosen.where(member.in_(some))))
    return {(row[0], row[1]): Cell(row[2], row[3]) for row in found}


def draws_of(db: Connection, campaign: str, at: int) -> dict[str, int]:
    """The draws of a campaign as far as an act, the oldest first, each with the act that froze it."""
    table = tables.draws.c
    chosen = select(table.draw, table.frozen_in).where(table.campaign == campaign, table.frozen_in <= at)
    return {row[0]: row[1] for row in db.execute(chosen.order_by(table.ordinal))}


def checks_of(db: Connection, at: int) -> dict[str, str]:
    """The checks beside the samples of campaigns that were opened, as far as an act, each with its campaign."""
    table, opened = checks.c, tables.campaigns.c
    chosen = select(table.occasion, table.campaign).join(tables.campaigns, opened.campaign == table.campaign)
    found = db.execute(chosen.where(table.recorded_in <= at, opened.opened_in <= at).order_by(table.occasion))
    return {row.occasion: row.campaign for row in found}


def files_then(db: Connection, draws: Collection[str], names: Collection[str], at: int) -> dict[tuple[str, str], bytes]:
    """Files of samples as they were right after an act: one that a later correction put aside counted then."""
    named, kept = tables.draw_files, tables.files
    chosen = (
        select(named.c.draw, named.c.name, kept.c.content)
        .join(kept, kept.c.digest == named.c.digest)
        .where(named.c.round == 0, named.c.draw.in_(draws), named.c.recorded_in <= at)
    )
    wanted = chosen.where(named.c.name.in_(names) | named.c.name.startswith("superseded/"))
    found: dict[tuple[str, str], bytes] = {}
    for row in sorted(db.execute(wanted), key=_put_aside, reverse=True):
        put_aside = _put_aside(row)
        name = row.name.rsplit("/", 1)[-1]
        if name in names and (put_aside == _NEVER or put_aside > at):
            found[row.draw, name] = row.content
    return found


_NEVER: Final = 2**62


def _put_aside(row: Any) -> int:
    """By which act a file was put aside."""
    return int(row.name.split("/")[1]) if row.name.startswith("superseded/") else _NEVER

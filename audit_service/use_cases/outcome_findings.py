"""Findings of an outcome as rows of the rectification register (整改台账), and what a correction does to them.

A correction names the findings that stay. What it leaves out is withdrawn: quietly while nobody was told of it, with a
reason of its own once the unit was (its 整改通知书 says it), and not at all once it is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.after import After
from audit_service.core.judging import Fault
from audit_service.core.outcomes import OPEN, WITHDRAWN, Said, Wrong
from audit_service.core.policy import FINDING_SOURCES
from audit_service.errors import Problem
from audit_service.store import acts, rosters
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import findings as table
from audit_service.use_cases.visits import Visit

HAZARD: Final = FINDING_SOURCES[0]
"""What a team finds is a hazard (隐患); what an accident's investigation asks for comes in otherwise."""
_ENDED: Final = (WITHDRAWN, "closed")


@dataclass(frozen=True)
class Change:
    """What an outcome does to the register: findings with their numbers, and new versions of rows by their keys."""

    findings: tuple[Wrong, ...]
    rows: Sequence[Row]
    withdrawn: Mapping[str, str]


def plan(
    db: Connection, visit: Visit, said: Said, today: date, known: Collection[str], why: Mapping[str, str]
) -> tuple[Change | None, list[Fault]]:
    """What a version with these findings does to the register; or what is wrong with that.

    `known` are the findings of earlier versions; `why` says of single ones, of which the unit was told, why they are
    withdrawn. Numbers are those of the year in which they are given out.
    """
    current = {row["finding"]: row for row in rosters.chosen(db, table, finding=known)}
    found = said.findings
    kept = {wrong.finding for wrong in found if wrong.finding}
    faults = [*_of_kept(found, current), *_of_dropped(current, kept, why)]
    if faults:
        return None, faults
    rows: list[Row] = []
    numbered: list[Wrong] = []
    for wrong in found:
        code = wrong.finding or f"F-{today.year}-{acts.next_number(db, f'finding:{today.year}'):04d}"
        numbered.append(replace(wrong, finding=code))
        if code not in current or current[code]["state"] == OPEN:
            rows.append(_row(visit, numbered[-1], current.get(code), said.day))
    dropped = {code: row for code, row in current.items() if code not in kept and row["state"] not in _ENDED}
    rows += [{**row, "state": WITHDRAWN, "due_on": "", "due_since": ""} for row in dropped.values()]
    return Change(tuple(numbered), rows, {code: why.get(code, "") for code in dropped}), []


def numbered_too_early(found: Sequence[Wrong]) -> Iterator[Fault]:
    """What is wrong with findings that name a number under a seal, where none has one before the reveal."""
    for wrong in found:
        if wrong.finding:
            yield wrong.criterion, Problem("finding-not-here", {"finding": wrong.finding})


def _of_kept(found: Sequence[Wrong], current: Mapping[str, Row]) -> Iterator[Fault]:
    for wrong in found:
        row = current.get(wrong.finding)
        if wrong.finding and (row is None or row["state"] == WITHDRAWN):
            yield wrong.criterion, Problem("finding-not-here", {"finding": wrong.finding})
        elif row and row["state"] != OPEN and _said(wrong) != {name: row[name] for name in _said(wrong)}:
            yield wrong.criterion, Problem("finding-told", {"finding": wrong.finding, "state": row["state"]})


def _of_dropped(current: Mapping[str, Row], kept: set[str], why: Mapping[str, str]) -> Iterator[Fault]:
    for code, row in current.items():
        if code not in kept and row["state"] not in (OPEN, *_ENDED) and not why.get(code, "").strip():
            yield row["criterion"], Problem("finding-dropped", {"finding": code, "state": row["state"]})
    for code in why.keys() - (current.keys() - kept):
        yield "", Problem("finding-not-here", {"finding": code})


def _said(wrong: Wrong) -> dict[str, Any]:
    """What a team says of a finding, as the register keeps it."""
    return {"criterion": wrong.criterion, "severity": wrong.severity, "description": wrong.description}


def _row(visit: Visit, wrong: Wrong, before: Row | None, day: date) -> Row:
    deadline = wrong.deadline.isoformat() if wrong.deadline else ""
    told = {**_said(wrong), "responsible": wrong.responsible, "deadline": deadline, "due_on": deadline}
    if before:
        return {**before, **told}
    return {
        **rosters.blank(table),
        **told,
        "finding": wrong.finding,
        "occasion": visit.occasion,
        "unit": visit.whose,
        "city": visit.city,
        "policy": visit.programme.policy,
        "stratum": visit.stratum,
        "area": area_of(visit.programme.after, wrong.criterion),
        "found_by": ",".join(visit.team),
        "found_on": day.isoformat(),
        "deadline_since": day.isoformat(),
        "due_since": day.isoformat(),
        "source": HAZARD,
        "state": OPEN,
        "rechecks": 0,
    }


def area_of(after: After, criterion: str) -> str:
    """The area of a standard in which a criterion stands; nothing for none."""
    areas = (area for standard in after.standards for area in standard.areas)
    return next((area.area for area in areas if any(c.criterion == criterion for c in area.criteria)), "")


def keep(db: Connection, rows: Sequence[Row], act: int) -> None:
    """Write the new versions down."""
    rosters.supersede(db, table, [{"finding": row["finding"]} for row in rows], act)
    rosters.add(db, table, rows, act)

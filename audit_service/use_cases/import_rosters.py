"""Import of the rosters: all rows of all files at once, or nothing.

Each function is handed what the files say, adds what the rules find to what the schemas found, and refuses everything
if anything is wrong: `RosterErrors` with all findings. Otherwise rows that differ from what the roster says become new
versions, under one act; nothing is recorded where nothing changes. A row that the files lack stays, unless they are
said to be complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Incoming
from audit_service.core.policy import Status
from audit_service.core.towns import Towns
from audit_service.errors import Finding, Problem, RosterErrors
from audit_service.store import rosters, tables
from audit_service.use_cases.former_names import FormerNames, former_entries
from audit_service.use_cases.places import PLACES, city_of, in_other_cities, known, settle_parents
from audit_service.use_cases.roster_changes import (
    FORMER_NAMES,
    PEOPLE,
    RECUSALS,
    TARGETS,
    UNITS,
    Change,
    Entry,
    FieldChange,
    Key,
    Record,
    Roster,
    compare,
    keep,
)
from audit_service.use_cases.roster_people import issue_codes, people_alike, person_entries, recognise
from audit_service.use_cases.roster_rules import (
    StatusLabels,
    UnitRules,
    case_twins,
    repeated,
    reversed_periods,
    target_entry,
    unknown,
)
from audit_service.use_cases.roster_spellings import mended_places
from audit_service.use_cases.unit_codes import find_codes, issue_unit_codes, namesakes
from audit_service.use_cases.unit_names import KnownNames, NameSearch

_LISTED_BY: Final = {UNITS: ("city",), PEOPLE: ("city", "category")}
"""What a list is of, in rosters that come list by list: technical-support people come apart from a city's own."""


@dataclass(frozen=True)
class Report:
    """What an import did: rows new, changed, as before, gone from a complete list; and what the office should know."""

    imported: int
    updated: int
    unchanged: int
    left: int
    warnings: tuple[Finding, ...]
    changes: tuple[FieldChange, ...] = ()
    missing: tuple[Record, ...] = ()
    """Units or people that the roster has where the files have others: of a city; of people, of its category there."""


def import_units(
    db: Connection,
    act: Act,
    incoming: Incoming,
    divisions: Divisions,
    towns: Towns,
    statuses: Iterable[Status],
    *,
    complete: bool = False,
    issue: bool = False,
    city: str = "",
) -> Report:
    """Take units into the roster. Who comes without a code is found by city, county and name, or issued one.

    `city` is that of rows that name none, and then of all; `NotFound` where it is not known.
    """
    errors = errors_of(incoming, complete)
    current = UNITS.current(db)
    rules = UnitRules(divisions, StatusLabels(statuses), divisions.named(city) if city else None)
    entries = [rules.entry(row, errors) for row in incoming.rows]
    mended = mended_places(entries, divisions, towns)
    search = NameSearch(KnownNames.of(db, divisions, towns, current.values()), errors, mended)
    find_codes(entries, search, issue=issue)
    errors += repeated(entries, UNITS.keys, "code-twice")
    errors += case_twins(entries, "unit", () if complete else (unit for (unit,) in current))
    remarks = [*search.remarks, *namesakes(entries, {} if complete else current, towns, errors)]
    refuse(incoming, errors)
    remarks += mended.findings()
    remarks += rules.statuses.livelihood_unsaid(entries, current)
    remarks += issue_unit_codes(db, entries, towns)
    return take(db, act, UNITS, incoming, current, entries, remarks, complete=complete)


def import_people(
    db: Connection, act: Act, incoming: Incoming, divisions: Divisions, *, complete: bool = False
) -> Report:
    """Take people into the roster. Who comes without a code, and is not one of those on the roster, is issued one."""
    errors = errors_of(incoming, complete)
    current = PEOPLE.current(db)
    entries = person_entries(incoming.rows, divisions, errors)
    errors += reversed_periods(entries)
    recognise(entries, current.values(), errors)
    errors += repeated(entries, PEOPLE.keys, "code-twice")
    errors += case_twins(entries, "inspector", () if complete else (code for (code,) in current))
    refuse(incoming, errors)
    given = {record["inspector"] for _, record in entries if record["inspector"]}
    remarks = issue_codes(db, entries, rosters.ever(db, tables.people.c.inspector) | given)
    remarks += mended_places(entries, divisions).findings()
    remarks += people_alike(entries, {} if complete else current)
    return take(db, act, PEOPLE, incoming, current, entries, remarks, complete=complete)


def import_recusals(db: Connection, act: Act, incoming: Incoming, *, complete: bool = False) -> Report:
    """Take recusals into the roster, of people and units that are on theirs. A complete list may be an empty one."""
    errors = list(incoming.errors)
    entries: list[Entry] = [(row, dict(row.values)) for row in incoming.rows]
    errors += unknown(entries, "inspector", "person-unknown", {code for (code,) in PEOPLE.current(db)})
    errors += unknown(entries, "unit", "unit-unknown", {unit for (unit,) in UNITS.current(db)})
    errors += repeated(entries, RECUSALS.keys, "recusal-twice")
    refuse(incoming, errors)
    return take(db, act, RECUSALS, incoming, RECUSALS.current(db), entries, complete=complete)


def import_targets(
    db: Connection, act: Act, incoming: Incoming, divisions: Divisions, *, complete: bool = False
) -> Report:
    """Take the cities' targets into the roster."""
    errors = errors_of(incoming, complete)
    entries = [target_entry(row, divisions, errors) for row in incoming.rows]
    errors += repeated(entries, TARGETS.keys, "city-twice")
    refuse(incoming, errors)
    remarks = list(mended_places(entries, divisions).findings())
    return take(db, act, TARGETS, incoming, TARGETS.current(db), entries, remarks, complete=complete)


def import_former_names(
    db: Connection, act: Act, incoming: Incoming, divisions: Divisions, towns: Towns, *, complete: bool = False
) -> Report:
    """Take former names into the office's table, each with the code of the unit that it means now."""
    errors = errors_of(incoming, complete)
    current = FORMER_NAMES.current(db)
    entries = former_entries(incoming.rows, divisions, errors)
    mended = mended_places(entries, divisions, towns)
    errors += repeated(entries, FORMER_NAMES.keys, "former-name-twice")
    listed = {unit: record["county"] for (unit,), record in UNITS.current(db).items()}
    told = FormerNames({} if complete else current, towns, listed).settle(entries, errors)
    refuse(incoming, errors)
    remarks = [*mended.findings(), *told]
    return take(db, act, FORMER_NAMES, incoming, current, entries, remarks, complete=complete)


def import_places(
    db: Connection, act: Act, incoming: Incoming, divisions: Divisions, *, complete: bool = False
) -> Report:
    """Take places of the office's own into the roster: what a unit's city may be, and what quotas go by.

    Units that came before their places keep the city that they came with, which the report says.
    """
    errors = errors_of(incoming, complete)
    current = PLACES.current(db)
    entries: list[Entry] = [(row, dict(row.values)) for row in incoming.rows]
    errors += repeated(entries, PLACES.keys, "code-twice")
    settle_parents(entries, {} if complete else current, divisions, errors)
    refuse(incoming, errors)
    report = take(db, act, PLACES, incoming, current, entries, complete=complete)
    return replace(report, warnings=(*report.warnings, *_stale(db, known(db, divisions))))


def _stale(db: Connection, divisions: Divisions) -> Iterator[Finding]:
    moved = in_other_cities(db, divisions)
    if moved:
        first = moved[0]["unit"]
        city = city_of(divisions, first)
        told = {"count": len(moved), "unit": first, "city": city.name if city else ""}
        yield Finding("", "", 0, "", Problem("units-in-other-cities", told))


def errors_of(incoming: Incoming, complete: bool) -> list[Finding]:
    """What the schemas found; and a complete list without a row would empty the roster, which nobody means."""
    errors = list(incoming.errors)
    if complete and not errors and not incoming.rows:
        file, _ = incoming.digests[0]
        errors.append(Finding(file, "", 0, "", Problem("complete-without-rows")))
    return errors


def refuse(incoming: Incoming, errors: Sequence[Finding]) -> None:
    if errors:
        raise RosterErrors(incoming.in_order(errors))


def take(
    db: Connection,
    act: Act,
    roster: Roster,
    incoming: Incoming,
    current: Mapping[Key, Record],
    entries: Sequence[Entry],
    remarks: Sequence[Finding] = (),
    *,
    complete: bool,
) -> Report:
    """Record what changes."""
    change = compare(roster, current, (record for _, record in entries), complete=complete)
    keep(db, act, roster, change, incoming, complete=complete)
    warnings = tuple(incoming.in_order([*incoming.warnings, *remarks]))
    counts = len(change.new), len(change.changed), change.unchanged, len(change.left)
    return Report(*counts, warnings, change.fields, _missing(roster, current, change, entries))


def _missing(
    roster: Roster, current: Mapping[Key, Record], change: Change, entries: Iterable[Entry]
) -> tuple[Record, ...]:
    """Units that the files lack though they have others of their cities; people of a city's category likewise."""
    if roster not in _LISTED_BY:
        return ()
    listed_by = itemgetter(*_LISTED_BY[roster])
    told = {listed_by(record) for _, record in entries}
    return tuple(current[key] for key in change.lacking if listed_by(current[key]) in told)

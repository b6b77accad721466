"""Reports that came as a table, one row a reporter, or of lists each of its rows: all are handed in, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Incoming, Row, shown
from audit_service.core.places import county_of
from audit_service.core.policy import Programme
from audit_service.errors import Finding, NotFound
from audit_service.use_cases import places, reports
from audit_service.use_cases.import_rosters import errors_of, refuse
from audit_service.use_cases.roster_changes import Entry
from audit_service.use_cases.roster_rules import known_city, repeated

_SAID: Final = "said "
"""How the fields of a row begin that hold what is reported."""


def import_reports(
    db: Connection, act: Act, incoming: Incoming, divisions: Divisions, programme: Programme, report: str, period: str
) -> list[reports.Handed]:
    """Hand in a report of each row; everything that is wrong in any of them is told at once, and then none is."""
    errors = errors_of(incoming, complete=False)
    own = places.counties(db, divisions)
    entries: list[Entry] = [(row, {"reporter": _reporter(row, divisions, own, errors)}) for row in incoming.rows]
    rules = reports.report_rules(programme, report)
    errors += [] if rules.rows else repeated(entries, ("reporter",), "report-twice")
    refuse(incoming, errors)
    asked = reports.reporters(db, programme, rules)
    handed = []
    for reporter, rows in _by_reporter(entries).items():
        said = [_said(row) for row in rows]
        one, several = ({}, said) if rules.rows else (said[0], [])
        try:
            told = report, reporter, period, one
            handed.append(reports.hand_in(db, act, programme, *told, asked=asked, rows=several))
        except reports.ReportWrong as wrong:
            found = [(rows[max(0, each.row - 1)], each.problem) for each in wrong.findings]
            errors += [_finding(row, problem.code, problem.params) for row, problem in found]
        except NotFound as none:
            errors.append(_finding(rows[0], none.code, none.params))
    refuse(incoming, errors)
    return handed


def _by_reporter(entries: Iterable[Entry]) -> dict[str, list[Row]]:
    """The rows of each reporter: of a list all of them are its one report."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row, record in entries:
        found[record["reporter"]].append(row)
    return found


def _said(row: Row) -> dict[str, str]:
    return {name.removeprefix(_SAID): text for name, text in row.values.items() if name.startswith(_SAID)}


def _finding(row: Row, code: str, params: Mapping[str, object]) -> Finding:
    return row.finding("unit" if "unit" in row.values else "city", code, **params)


def _reporter(row: Row, divisions: Divisions, own: frozenset[str], errors: list[Finding]) -> str | None:
    """Who reports: a unit, a city, or a county of one."""
    if "unit" in row.values:
        return shown(row.values["unit"])
    city = known_city(row, divisions, errors)
    county = row.values.get("county")
    return county_of(city, county) if city and county and city not in own else city

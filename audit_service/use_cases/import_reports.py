"""Reports that came as a table, one row a reporter: all of them are handed in, or none."""

from __future__ import annotations

from collections.abc import Mapping
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
    errors += repeated(entries, ("reporter",), "report-twice")
    refuse(incoming, errors)
    asked = reports.reporters(db, programme, reports.report_rules(programme, report))
    handed = []
    for row, record in entries:
        try:
            what = record["reporter"], period, _said(row)
            handed.append(reports.hand_in(db, act, programme, report, *what, asked=asked))
        except reports.ReportWrong as wrong:
            errors += [_finding(row, each.problem.code, each.problem.params) for each in wrong.findings]
        except NotFound as none:
            errors.append(_finding(row, none.code, none.params))
    refuse(incoming, errors)
    return handed


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

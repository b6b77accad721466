"""Which units, and which facts, somebody means who records a step: by codes, or by a list of rows with names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from audit_service.core.divisions import Divisions
from audit_service.core.incoming import Incoming, Row, shown
from audit_service.core.life import Facts
from audit_service.core.towns import place
from audit_service.errors import Finding
from audit_service.store import rosters, tables
from audit_service.use_cases.lives import Wanted, in_city
from audit_service.use_cases.roster_rules import known_city

SAID: Final = (
    *("document", "on", "title", "award", "score", "county_review", "city_review", "declared_by", "scan", "reason"),
)
"""What can be said of a step beside its units, and `until`: how long a title holds, or a re-evaluation waits."""
_DAY: Final = len("2020-03-11")


def facts_of(step: str, said: Mapping[str, str]) -> Facts:
    """The facts of a step as somebody says them."""
    until = said.get("until", "")
    named = {"re_evaluate_by": until} if step == "postpone" else {"valid_until": until}
    return Facts(**{name: said[name] for name in SAID if said.get(name)}, **named)


def wanted_units(step: str, units: Sequence[str], said: Mapping[str, str]) -> list[Wanted]:
    """A step of units that are named by their codes, with the same facts."""
    facts = facts_of(step, said)
    return [Wanted(unit, facts) for unit in units]


def wanted_rows(
    db: Connection, step: str, incoming: Incoming, divisions: Divisions, said: Mapping[str, str], city: str = ""
) -> tuple[list[Wanted], list[Finding]]:
    """A step of the units of a list, and everything that is wrong with its rows; what a row leaves out is `said`.

    What a `city` names is looked for among its own units alone: it learns nothing of others.
    """
    errors, wanted = list(incoming.errors), []
    named = _Named(db, city)
    for row in incoming.rows:
        told = {**said, **{name: value for name, value in row.values.items() if value}}
        refused = "unit" not in row.values and "unit" not in row.source.absent
        unit = "" if refused else row.values.get("unit") or named.find(row, divisions, errors)
        whole = [name for name in ("on", "until") if told.get(name) and len(told[name]) != _DAY]
        errors += [row.finding(name, "life-day-form", found=told[name]) for name in whole]
        if not told.get("on") and not _refused(row, errors):
            errors.append(row.finding("on", "life-on-missing"))
        elif unit and told.get("on") and not whole:
            wanted.append(Wanted(unit, facts_of(step, told), row))
    return wanted, errors


def _refused(row: Row, errors: Sequence[Finding]) -> bool:
    return any((each.file, each.sheet, each.row) == (row.source.file, row.source.sheet, row.number) for each in errors)


class _Named:
    """The units of the roster, or of a city, by all the ways in which a list may name them."""

    def __init__(self, db: Connection, city: str) -> None:
        self._codes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for each in (row for row in rosters.current(db, tables.units) if in_city(row["unit"], city)):
            for key in _ways(each["city"], each["county"], each["name"]):
                self._codes[key].add(each["unit"])

    def find(self, row: Row, divisions: Divisions, errors: list[Finding]) -> str:
        """The code of the unit that a row names; empty where there is none, or more than one, which is an error."""
        name, county = row.values.get("name", ""), row.values.get("county", "")
        city = known_city(row, divisions, errors) if row.values.get("city") else ""
        if not name or city is None:
            errors += [] if city is None else [row.finding("unit", "life-unit-unmatched", found="")]
            return ""
        codes = self._codes.get(place(city, county, name), set())
        if len(codes) == 1:
            return next(iter(codes))
        found = shown(f"{row.values.get('city', '')}{county}{name}")
        if codes:
            errors.append(row.finding("name", "life-unit-ambiguous", found=found, codes="、".join(sorted(codes))))
        else:
            errors.append(row.finding("name", "life-unit-unmatched", found=found))
        return ""


def _ways(city: str, county: str, name: str) -> Iterator[tuple[str, ...]]:
    """In full, and with city or county left out; the county may stand before the name."""
    for at in (city, ""):
        yield place(at, county, name)
        yield place(at, "", name)
        yield place(at, "", county + name)

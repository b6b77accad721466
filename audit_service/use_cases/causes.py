"""Why an exit case may be opened: causes that are there, found in what is kept, and none that somebody only says.

A cause is a failed verdict, a failed recheck, a finding that is overdue, a title that lapsed, a yearly report on
improvement that is missing, or a change of divisions into one that has not built. A policy's trigger makes of it a
candidate, on a list; nothing is opened by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from audit_service.core.after import ReportRules, Trigger
from audit_service.core.exits import OVER
from audit_service.core.life import ENDED, IN_FORCE, LifeState
from audit_service.core.periods import Clock
from audit_service.core.reports import due_on
from audit_service.store import rosters
from audit_service.store.life_tables import reports, standings
from audit_service.store.rosters import Row
from audit_service.store.tables import units
from audit_service.store.visit_tables import exit_cases, outcomes
from audit_service.use_cases.findings import list_findings
from audit_service.use_cases.lives import Policies
from audit_service.use_cases.occasions import Occasions

_FEW: Final = 500
_NOT_BUILT: Final = (LifeState.NOTHING, LifeState.REGISTERED)


@dataclass(frozen=True)
class Cause:
    """What may open an exit case of a unit, shown by reference; there since a day.

    `occasion` is the draw or check whose outcome failed or in which the finding stands; for a missing report its
    period, for a change of divisions the unit that was merged. `finding` is the finding, if it is one's.
    """

    cause: str
    unit: str
    city: str
    policy: str
    occasion: str
    finding: str
    since: str

    @property
    def reference(self) -> tuple[str, str, str]:
        """What shows it; a case is of the same cause if it names the same."""
        return self.unit, self.occasion, self.finding


@dataclass(frozen=True)
class Candidate:
    """A cause for which the policy has a trigger and no case has been opened."""

    cause: Cause
    trigger: Trigger


def candidates(db: Connection, policies: Policies, today: str, *, unit: str = "", city: str = "") -> list[Candidate]:
    """What may be opened and has not been, the oldest cause first; of one unit or city if it is named.

    Nothing against a unit whose life has ended: there is nothing left that a case could take away.
    """
    at = Occasions(db, policies, today)
    known, ended = _cases(db), {row["unit"] for row in rosters.chosen(db, standings, None, state=list(ENDED))}
    found = []
    for cause in (cause for cause in causes(at, unit) if cause.unit not in ended):
        trigger = at.programme(cause.occasion, cause.policy).after.trigger_of(cause.cause)
        if trigger and city in ("", cause.city) and not _is_opened(known, cause, trigger):
            found.append(Candidate(cause, trigger))
    return sorted(found, key=lambda each: (each.cause.since, *each.cause.reference, each.cause.cause))


def _cases(db: Connection) -> dict[tuple[str, ...], list[Row]]:
    known: dict[tuple[str, ...], list[Row]] = {}
    for row in rosters.current(db, exit_cases):
        known.setdefault((row["trigger_name"], row["unit"], row["occasion"], row["finding"]), []).append(row)
    return known


def _is_opened(known: Mapping[tuple[str, ...], list[Row]], cause: Cause, trigger: Trigger) -> bool:
    """Whether a case is open for a cause, or was opened since it is there."""
    rows = known.get((trigger.trigger, *cause.reference), [])
    return any(row["state"] not in OVER or row["opened_on"] >= cause.since for row in rows)


def causes(at: Occasions, unit: str = "") -> Iterator[Cause]:
    """Every cause that is there, of all units or of one."""
    yield from _failed(at, unit)
    yield from _of_findings(at, unit)
    wanted = {"unit": [unit]} if unit else {}
    standing = rosters.chosen(at.db, standings, None, **wanted)
    cities = _cities(at.db, [row["unit"] for row in standing])
    reported = _reported(at.db, unit)
    for row in standing:
        city = cities.get(row["unit"], "")
        yield from _lapsed(at, row, city)
        yield from _unimproved(at, row, city, reported)
    yield from _merged(at, unit)


def _failed(at: Occasions, unit: str) -> Iterator[Cause]:
    wanted = {"verdict": ["failed"], **({"unit": [unit]} if unit else {})}
    for row in rosters.chosen(at.db, outcomes, None, **wanted):
        where = row["unit"], row["city"], row["policy"], row["occasion"], ""
        yield Cause("failed", *where, row["inspected_on"])


def _of_findings(at: Occasions, unit: str) -> Iterator[Cause]:
    for found in list_findings(at.db, at.policies, at.today, ended=False, unit=unit):
        row = found.row
        where = row["unit"], row["city"], row["policy"], row["occasion"], row["finding"]
        if found.overdue:
            yield Cause("overdue", *where, found.ends_on)
        if found.finding.is_failed:
            yield Cause("recheck-failed", *where, found.finding.failed_on)


def _lapsed(at: Occasions, row: Row, city: str) -> Iterator[Cause]:
    """A title whose time is over, whether or not the office has recorded yet that it lapsed."""
    where = row["unit"], city, row["policy"], "", ""
    if row["state"] == LifeState.LAPSED:
        yield Cause("lapsed", *where, row["since"])
    elif row["state"] in IN_FORCE and _clock(at, city).is_over(row["valid_until"]):
        yield Cause("lapsed", *where, row["valid_until"])


def _unimproved(at: Occasions, row: Row, city: str, reported: set[tuple[str, ...]]) -> Iterator[Cause]:
    """A named unit's yearly report on improvement that is missing after its day, for each whole year of its title."""
    if row["state"] not in IN_FORCE or not row["named_on"]:
        return
    clock = _clock(at, city)
    for rules in at.programme("", row["policy"]).after.reports:
        for year in _years(rules, row["named_on"], at.today):
            due = clock.moved(f"{year}-12-31", due_on(rules, str(year)).isoformat())
            if clock.is_over(due) and (row["policy"], rules.report, row["unit"], str(year)) not in reported:
                yield Cause("no-improvement", row["unit"], city, row["policy"], str(year), "", due)


def _years(rules: ReportRules, named_on: str, today: str) -> range:
    """The calendar years for which a unit owes such a report: none, for a report of another kind."""
    if not rules.improvement or (rules.reporter, rules.every) != ("unit", "year"):
        return range(0)
    return range(int(named_on[:4]) + 1, int(today[:4]) + 1)


def _reported(db: Connection, unit: str) -> set[tuple[str, ...]]:
    wanted = {"reporter": [unit]} if unit else {}
    rows = rosters.chosen(db, reports, None, **wanted)
    return {(row["policy"], row["report"], row["reporter"], row["period"]) for row in rows}


def _merged(at: Occasions, unit: str) -> Iterator[Cause]:
    """A division that took in a named unit and has not built itself (000, 四(三))."""
    gone = rosters.chosen(at.db, standings, None, state=[LifeState.MERGED])
    into = {row["successor"] for row in gone if row["successor"] and unit in ("", row["successor"])}
    built = {row["unit"] for row in rosters.chosen(at.db, standings, None, unit=into) if row["state"] not in _NOT_BUILT}
    cities = _cities(at.db, into)
    for row in gone:
        if row["successor"] in into - built:
            new = row["successor"]
            yield Cause("division", new, cities.get(new, ""), row["policy"], row["unit"], "", row["since"])


def _clock(at: Occasions, city: str) -> Clock:
    return at.clock("", city)


def _cities(db: Connection, wanted: Collection[str]) -> dict[str, str]:
    """By unit its city, as the roster has it: of few of them those alone are looked up."""
    few = {"unit": wanted} if len(wanted) <= _FEW else {}
    return {row["unit"]: row["city"] for row in rosters.chosen(db, units, None, **few)}

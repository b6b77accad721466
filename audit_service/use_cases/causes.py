"""Why an exit case may be opened: causes that are there, found in what is kept, and none that somebody only says.

A cause is a failed verdict, a failed recheck, a finding that is overdue, a title that lapsed, a yearly report on
improvement that is missing, or a change of divisions into one that has not built. A policy's trigger makes of it a
candidate, on a list; nothing is opened by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from sqlalchemy import Connection

from audit_service.core.after import ReportRules, Trigger
from audit_service.core.exits import OVER
from audit_service.core.life import ENDED, IN_FORCE, LifeState
from audit_service.core.periods import Clock
from audit_service.core.reports import due_on, is_owed
from audit_service.store import pages, rosters
from audit_service.store.life_tables import reports, standings
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import exit_cases, findings, outcomes
from audit_service.use_cases.findings import list_findings
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import Onward, cities_of, onward
from audit_service.use_cases.policies import Policies

_NOT_BUILT: Final = (LifeState.NOTHING, LifeState.REGISTERED)
_LEFT: Final = (LifeState.MERGED, LifeState.NOT_TO_BE_NAMED)
"""Where a unit stands that went into another division; into one that has not built, it is not to be named."""


@dataclass(frozen=True)
class Cause:
    """What may open an exit case of a unit, shown by reference; there since a day.

    `own` is the digest of the policy file that is kept for what it is of, where its occasion does not tell.
    `occasion` is the draw or check whose outcome failed or in which the finding stands; for a missing report its
    period, for a change of divisions the unit that was merged. `finding` is the finding, if it is one's, or of a
    look-back.
    """

    cause: str
    unit: str
    city: str
    policy: str
    occasion: str
    finding: str
    since: str
    own: str = ""

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

    What was found of a unit under an earlier code is of that under which its life goes on. Nothing against a unit whose
    life has ended: there is nothing left that a case could take away.
    """
    at, codes = Occasions(db, policies, today), onward(db)
    known, ended = _cases(db, codes), {row["unit"] for row in rosters.chosen(db, standings, None, state=list(ENDED))}
    found = []
    for cause in (cause for cause in causes(at, codes, unit and codes.now(unit)) if cause.unit not in ended):
        trigger = at.programme(cause.occasion, cause.policy, cause.own).after.trigger_of(cause.cause)
        if trigger and city in ("", cause.city) and not _is_opened(known, cause, trigger):
            found.append(Candidate(cause, trigger))
    return sorted(found, key=lambda each: (each.cause.since, *each.cause.reference, each.cause.cause))


def about_findings(db: Connection, case: Row, codes: Sequence[str]) -> set[str]:
    """The findings that an exit case is about, by what it was opened for: the finding whose deadline or recheck it is;
    those of the visit that failed, of a look-back those that were found when its own finding was looked at again. A
    title, a report, a division or the office's document is about none."""
    occasion, finding = case["occasion"], case["finding"]
    if finding and rosters.one(db, findings, finding=finding, occasion=occasion):
        return {finding}
    if finding:
        visit = rosters.one(db, outcomes, occasion=occasion, unit=finding)
        found = json.loads(visit["content"]).get("said", {}).get("findings", ()) if visit else ()
        return {each["finding"] for each in found}
    if not rosters.chosen(db, outcomes, None, occasion=[occasion], unit=codes):
        return set()
    return {row["finding"] for row in rosters.chosen(db, findings, None, occasion=[occasion], unit=codes)}


def _cases(db: Connection, codes: Onward) -> dict[tuple[str, ...], list[Row]]:
    known: dict[tuple[str, ...], list[Row]] = {}
    for row in rosters.current(db, exit_cases):
        what = row["trigger_name"], codes.now(row["unit"]), row["occasion"], row["finding"]
        known.setdefault(what, []).append(row)
    return known


def _is_opened(known: Mapping[tuple[str, ...], list[Row]], cause: Cause, trigger: Trigger) -> bool:
    """Whether a case is open for a cause, or was opened since it is there."""
    rows = known.get((trigger.trigger, *cause.reference), [])
    return any(row["state"] not in OVER or row["opened_on"] >= cause.since for row in rows)


def causes(at: Occasions, codes: Onward, unit: str = "") -> Iterator[Cause]:
    """Every cause that is there, of all units or of one by its present code."""
    for cause in (*_failed(at, codes, unit), *_of_findings(at, codes, unit)):
        yield _moved(at, codes, cause)
    wanted = {"unit": [unit]} if unit else {}
    standing = rosters.chosen(at.db, standings, None, **wanted)
    cities = cities_of(at.db, [row["unit"] for row in standing])
    reported = _reported(at.db, unit)
    for row in standing:
        city = cities.get(row["unit"], "")
        yield from _lapsed(at, row, city)
        yield from _unimproved(at, row, city, reported)
    yield from _merged(at, codes, unit)


def _moved(at: Occasions, codes: Onward, cause: Cause) -> Cause:
    """A cause as one of the code under which its unit's life goes on, in the city where that is."""
    now = codes.now(cause.unit)
    return cause if now == cause.unit else replace(cause, unit=now, city=cities_of(at.db, [now]).get(now, cause.city))


def _failed(at: Occasions, codes: Onward, unit: str) -> Iterator[Cause]:
    """Failed verdicts; one of a look-back is of a finding, and so against the unit in which that was found."""
    wanted: dict[str, list[str]] = {"verdict": ["failed"]}
    if unit:
        whole = codes.codes(unit)
        wanted["unit"] = [*whole, *(row["finding"] for row in rosters.chosen(at.db, findings, None, unit=whole))]
    rows = rosters.chosen(at.db, outcomes, None, **wanted)
    drawn = {row["unit"] for row in rows}
    found_in = {row["finding"]: row["unit"] for row in rosters.chosen(at.db, findings, None, finding=drawn)}
    for row in rows:
        member = str(row["unit"])
        finding = member if member in found_in else ""
        where = str(found_in.get(member, member)), row["city"], row["policy"], row["occasion"], finding
        yield Cause("failed", *where, row["inspected_on"])


def _of_findings(at: Occasions, codes: Onward, unit: str) -> Iterator[Cause]:
    listed = (
        list_findings(at.db, at.policies, at.today, ended=False, unit=code)
        for code in (codes.codes(unit) if unit else [""])
    )
    for found in chain.from_iterable(listed):
        row = found.row
        where = row["unit"], row["city"], row["policy"], row["occasion"], row["finding"]
        if found.overdue:
            yield Cause("overdue", *where, found.ends_on, row["programme"])
        if found.finding.is_failed:
            yield Cause("recheck-failed", *where, found.finding.failed_on, row["programme"])


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
    for rules in at.programme("", row["policy"]).after.reports:
        for year in _years(rules, row["named_on"], at.today):
            due = due_on(rules, year).isoformat()
            if due < at.today and (row["policy"], rules.report, row["unit"], year) not in reported:
                yield Cause("no-improvement", row["unit"], city, row["policy"], year, "", due)


def _years(rules: ReportRules, named_on: str, today: str) -> list[str]:
    """The calendar years for which a unit owes such a report: none, for a report of another kind."""
    if not rules.improvement or (rules.reporter, rules.every) != ("unit", "year"):
        return []
    years = map(str, range(int(named_on[:4]), int(today[:4]) + 1))
    return [year for year in years if is_owed(rules, named_on, year)]


def _reported(db: Connection, unit: str) -> set[tuple[str, ...]]:
    wanted = {"reporter": [unit]} if unit else {}
    rows = rosters.chosen(db, reports, None, **wanted)
    return {(row["policy"], row["report"], row["reporter"], row["period"]) for row in rows}


def _merged(at: Occasions, codes: Onward, unit: str) -> Iterator[Cause]:
    """A division that took in a named unit and has not built itself (000, 四(三))."""
    left = rosters.chosen(at.db, standings, None, state=_LEFT)
    gone = [(row, codes.now(row["successor"])) for row in left if row["successor"]]
    into = {new for _, new in gone if unit in ("", new)}
    built = {row["unit"] for row in rosters.chosen(at.db, standings, None, unit=into) if row["state"] not in _NOT_BUILT}
    cities = cities_of(at.db, into)
    for row, new in gone:
        if new in into - built and _was_titled(at.db, row["unit"]):
            yield Cause("division", new, cities.get(new, ""), row["policy"], row["unit"], "", row["since"])


def _was_titled(db: Connection, unit: str) -> bool:
    """Whether a unit held a title when it went into another one."""
    versions = pages.versions_of(db, standings.c.unit, unit)
    return any(
        before["state"] in IN_FORCE and after["successor"] and not before["successor"]
        for before, after in pairwise(versions)
    )


def _clock(at: Occasions, city: str) -> Clock:
    return at.clock("", city)

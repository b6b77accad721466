"""Why an exit case may be opened: causes that are there, found in what is kept, and none that somebody only says.

A cause is a failed verdict, a failed recheck, a finding that is overdue, a title that lapsed, a yearly report on
improvement that is missing, a re-evaluation that the city's own review failed, or a change of divisions into one that
has not built. What an outcome says is a cause once it is signed (ADR 17). A policy's trigger makes of it a candidate,
on a list; nothing is opened by itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from sqlalchemy import Connection

from audit_service.core.after import Trigger
from audit_service.core.causes import Cause
from audit_service.core.exits import OVER
from audit_service.core.life import ENDED, IN_FORCE, LifeState
from audit_service.core.rectification import WITH_THE_CITY
from audit_service.store import pages, rosters
from audit_service.store.life_tables import standings
from audit_service.store.rosters import Row
from audit_service.store.signed import findings_of
from audit_service.store.visit_tables import exit_cases, findings, outcomes
from audit_service.store.waiting import open_findings
from audit_service.use_cases.findings import some_findings
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import Onward, cities_of, onward
from audit_service.use_cases.policies import Policies
from audit_service.use_cases.title_causes import of_titles

_NOT_BUILT: Final = (LifeState.NOTHING, LifeState.REGISTERED)
_LEFT: Final = (LifeState.MERGED, LifeState.NOT_TO_BE_NAMED)
"""Where a unit stands that went into another division; into one that has not built, it is not to be named."""


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
    return candidates_at(Occasions(db, policies, today), unit=unit, city=city)


def candidates_at(at: Occasions, *, unit: str = "", city: str = "") -> list[Candidate]:
    """The same, for who has looked up policies and clocks already."""
    db, codes = at.db, onward(at.db)
    known, ended = _cases(db, codes), {row["unit"] for row in rosters.chosen(db, standings, None, state=list(ENDED))}
    found = []
    for cause in (cause for cause in causes(at, codes, unit and codes.now(unit)) if cause.unit not in ended):
        trigger = at.after(cause.occasion, cause.policy, cause.own).trigger_of(cause.cause)
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
    visits = {(each.occasion, each.unit) for each in at.drafts}
    found = _failed(at, codes, unit, visits), _of_findings(at, codes, unit, findings_of(at.drafts))
    for cause in chain.from_iterable(found):
        yield _moved(at, codes, cause)
    yield from of_titles(at, unit)
    yield from _merged(at, codes, unit)


def _moved(at: Occasions, codes: Onward, cause: Cause) -> Cause:
    """A cause as one of the code under which its unit's life goes on, in the city where that is."""
    now = codes.now(cause.unit)
    return cause if now == cause.unit else replace(cause, unit=now, city=cities_of(at.db, [now]).get(now, cause.city))


def _failed(at: Occasions, codes: Onward, unit: str, drafts: set[tuple[str, str]]) -> Iterator[Cause]:
    """Failed verdicts that are signed; one of a look-back is of a finding, and so against the unit in which that was
    found."""
    wanted: dict[str, list[str]] = {"verdict": ["failed"]}
    if unit:
        whole = codes.codes(unit)
        wanted["unit"] = [*whole, *(row["finding"] for row in rosters.chosen(at.db, findings, None, unit=whole))]
    rows = rosters.columns(at.db, outcomes, ("unit", "city", "policy", "occasion", "inspected_on"), None, **wanted)
    found_in = dict(
        rosters.columns(at.db, findings, ("finding", "unit"), finding=list({member for member, *_ in rows}))
    )
    for member, city, policy, occasion, day in rows:
        if (occasion, member) not in drafts:
            finding = member if member in found_in else ""
            yield Cause("failed", found_in.get(member, member), city, policy, occasion, finding, day)


def _of_findings(at: Occasions, codes: Onward, unit: str, drafts: set[str]) -> Iterator[Cause]:
    """Findings of signed outcomes, and of registers: overdue, or failed their recheck."""
    rows = _with_the_city(at, codes.codes(unit) if unit else None)
    again = {row["finding"] for row in rows if row["rechecks"]}
    failed = {each.row["finding"]: each.finding for each in some_findings(at, again) if each.finding.is_failed}
    for row in rows:
        name = row["finding"]
        clock = at.clock(row["occasion"], row["city"])
        ends = clock.moved(row["deadline_since"], row["deadline"])
        where = row["unit"], row["city"], row["policy"], row["occasion"], name
        if name not in drafts and clock.is_over(ends):
            yield Cause("overdue", *where, ends, row["programme"])
        if name not in drafts and name in failed:
            yield Cause("recheck-failed", *where, failed[name].failed_on, row["programme"])


def _with_the_city(at: Occasions, units: Collection[str] | None) -> list[Row]:
    """Findings with the city whose deadline, as it was set, lies before today, or that were rechecked and are back; of
    some units or of all."""
    known = at.open_findings if units is None else open_findings(at.db, units=units)
    late = (row for row in known if row["deadline"] < at.today or row["rechecks"] > 0)
    return sorted((row for row in late if row["state"] in WITH_THE_CITY), key=lambda row: row["finding"])


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

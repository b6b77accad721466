"""A unit's whole history on one page, and lists of where units stand. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.entries import Recorded
from audit_service.core.life import NOT_BORN, Facts, Standing
from audit_service.core.life_acts import LIFE, facts_of
from audit_service.errors import NotFound
from audit_service.store import lives as store
from audit_service.store import pages, rosters, tables
from audit_service.store.lives import InDraw
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import findings, outcomes
from audit_service.use_cases import case_views
from audit_service.use_cases.case_views import Stood, is_behind_doors
from audit_service.use_cases.lives import in_city
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.policies import Policies
from audit_service.use_cases.title_checks import Check, Checks
from audit_service.use_cases.visited import is_told

CHECK: Final = "check"
_BETWEEN_OFFICES: Final = ("request", "confirm", "decline")
"""Acts of which a city is told what comes of them."""
_KINDS: Final = ("step", "kind", "stance", "basis", "ground")
"""What of an act that is no step of a life says which kind it was."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a unit: its act, the day on which it was, by which document, by a post of which role.
    `subject` is what was done something about: a case, a finding, a check.

    `unit` is the code under which it happened. `facts` are those of a step of its life, `other` the unit that took it,
    where it was another one that this one concerns.
    """

    number: int
    unit: str
    at: datetime
    role: str
    action: str
    subject: str
    step: str
    on: str
    document: str
    other: str
    facts: Facts | None


@dataclass(frozen=True)
class Life:
    """Everything of a unit: `codes` are its own and those under which it stood before; `listed` its row of the roster,
    of now or the last one; `standing` with the last check of the title, `checks` all in order, `check_by` the day by
    which one is due; the newest rows of its outcomes (of its findings' too), findings and exit cases."""

    unit: str
    codes: tuple[str, ...]
    listed: Row | None
    standing: Standing
    check_by: str
    merged_in: tuple[str, ...]
    checks: Sequence[Check]
    events: Sequence[Event]
    draws: Sequence[InDraw]
    substitutions: Sequence[Mapping[str, Any]]
    outcomes: Sequence[Row]
    findings: Sequence[Row]
    cases: Sequence[Stood]


def standing(db: Connection, unit: str, city: str = "") -> tuple[Row | None, Standing]:
    """What the roster says of a unit now, or last said, and where it stands; `NotFound` for one that neither roster
    nor life ever had, and for one of another city."""
    listed, now = pages.versions_of(db, tables.units.c.unit, unit), store.one(db, unit)
    if (not listed and now == NOT_BORN) or not in_city(unit, city):
        raise NotFound("unit-not-known", unit=unit)
    return (listed[-1] if listed else None), now


def stands(db: Connection, policies: Policies, unit: str, city: str = "") -> tuple[Row | None, Standing]:
    """The same with the day of the unit's last check, by step or visit."""
    listed, now = standing(db, unit, city)
    return listed, Checks(db, policies).newest(unit, now)


def show(db: Connection, policies: Policies, today: str, unit: str, city: str = "") -> Life:
    """A unit's history, as its city sees it where one is named; `NotFound` as for where it stands."""
    listed, now = standing(db, unit, city)
    codes, events = _events(db, unit)
    found = sorted(rosters.chosen(db, findings, unit=codes), key=lambda row: str(row["finding"]))
    members = [*codes, *(row["finding"] for row in found)]
    known = Checks(db, policies)
    checked = known.newest(unit, now)
    life = Life(
        unit=unit,
        codes=tuple(codes),
        listed=listed,
        standing=checked,
        check_by=known.due_by(checked),
        merged_in=tuple(code for code in store.predecessors(db, [unit]) if code not in codes),
        checks=known.of_unit(unit, now, _check_steps(events)),
        events=events,
        draws=[in_draw for code in codes for in_draw in store.draws_with(db, code)],
        substitutions=[row for code in codes for row in store.substitutions_with(db, code)],
        outcomes=sorted(rosters.chosen(db, outcomes, unit=members), key=lambda row: str(row["inspected_on"])),
        findings=found,
        cases=case_views.of_units(Occasions(db, policies, today), codes),
    )
    return for_city(life) if city else life


def named_files(db: Connection, unit: str, city: str = "") -> set[str]:
    """The digests of the papers that steps in a unit's history name, as its city sees it where one is named."""
    standing(db, unit, city)
    return {event.facts.scan for event in _events(db, unit)[1] if event.facts and event.facts.scan}


def for_city(life: Life) -> Life:
    """What of a unit's history its city sees: of a case what it sees of it elsewhere, and so nothing of what one office
    asked of another; no check that is still to come or due, nor on which ground and by which document one came."""
    cases = [case_views.for_city(stood) for stood in life.cases]
    unheard = {stood.row["exit_case"] for stood in cases if "document" not in stood.beginning}
    return replace(
        life,
        check_by="",
        events=[_for_city(event, unheard) for event in life.events if _is_told(event)],
        outcomes=[row for row in life.outcomes if is_told(row["stratum"], row["kind"])],
        cases=cases,
    )


def _is_told(event: Event) -> bool:
    if event.action in _BETWEEN_OFFICES:
        return False
    return event.action != case_views.ACTION or not is_behind_doors(event.step)


def _for_city(event: Event, unheard: Collection[str]) -> Event:
    if event.action == CHECK:
        return replace(event, step="", document="")
    hidden = event.action == case_views.ACTION and event.step == case_views.OPEN and event.subject in unheard
    return replace(event, document="") if hidden else event


def _events(db: Connection, unit: str) -> tuple[list[str], list[Event]]:
    """A unit's codes, its own first, and what happened under any of them, in order."""
    codes, found = [unit], dict[int, Event]()
    for code in codes:
        for recorded in store.history(db, code):
            event = _event(code, recorded)
            found.setdefault(recorded.number, event)
            if event.step == "succeed" and event.facts and event.facts.other not in codes:
                codes.append(event.facts.other)
    return codes, [found[number] for number in sorted(found)]


def _event(unit: str, recorded: Recorded) -> Event:
    said: Any = recorded.details
    other, facts = "", None
    if recorded.action == LIFE:
        other = "" if unit in said["units"] else next(iter(said["units"]))
        facts = facts_of(said, other or unit)
    step = next((str(said[name]) for name in _KINDS if name in said), "")
    on = facts.on if facts else str(said.get("on") or beijing_day(recorded.act.at))
    document = facts.document if facts else str(said.get("document", ""))
    act = recorded.act
    who = act.at, act.role, recorded.action, recorded.subject
    return Event(recorded.number, unit, *who, step, on, document, other, facts)


def _check_steps(events: Iterable[Event]) -> Iterator[Facts]:
    """The checks of a unit that were recorded as steps of its own life."""
    for event in events:
        if event.action == LIFE and event.step == CHECK and event.facts and not event.other:
            yield event.facts


def list_lives(db: Connection, policies: Policies, page: int, size: int, **filters: str) -> pages.Page:
    """Where units stand, by code, a page at a time: of a `state`, `title`, `city`, with a title `valid_before` a day,
    whose code or name holds a `text`; each filter counts if it says something."""
    found = pages.lives_page(db, page, size, **filters)
    return found._replace(rows=Checks(db, policies).with_newest(found.rows))


def every_life(db: Connection, policies: Policies, **filters: str) -> Iterator[Row]:
    """The same, all of them."""
    number, known = 1, Checks(db, policies)
    while rows := pages.lives_page(db, number, pages.MOST, **filters).rows:
        yield from known.with_newest(rows)
        number += 1

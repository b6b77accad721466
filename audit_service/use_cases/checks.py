"""Checks beside the sample (定向抽查): a complaint, an accident, last year's failure. No estimate counts them.

Nothing is drawn: the office says which unit, on which ground of the policy, by which document, and names the team. It
is recused as a drawn one is: nobody of the unit's own city where the policy's pools forbid it (a city that supervises
its own counties has no pools, and no other people), nobody whom the rosters tie to it. In the unit's history,
which its city reads, the order stands once the outcome does (`use_cases.outcomes`). Last year's failure must be there
(`use_cases.last_year`); a complaint or an accident the office's document says. On which ground a check was ordered
no city learns, nor anybody from the log, where it is hidden (`basis`): a complaint tells who complained.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import FAILED_LAST_YEAR
from audit_service.core.policy import Programme
from audit_service.core.rules import Attributes
from audit_service.core.ties import DECLARED, find_ties
from audit_service.errors import Finding, NotFound, Problem, RosterErrors
from audit_service.store import acts, lives, rosters, tables
from audit_service.store import draws as draws_store
from audit_service.store.visit_tables import checks as table
from audit_service.store.visit_tables import findings
from audit_service.use_cases import pauses
from audit_service.use_cases.last_year import wrong_last_year
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.reconciling import as_attributes, person_attributes

_NAME: Final = re.compile(r"T-[0-9]{4}-[0-9]{3,}")
LEAST_TEAM: Final = 2
"""Inspectors of a team (行政处罚法 2021, article 42; the detailed rules of 双随机、一公开)."""


@dataclass(frozen=True)
class Asked:
    """A check that is to be made: of which unit, why, by whom, until when. `campaign` may be empty."""

    unit: str
    ground: str
    reason: str
    document: str
    team: tuple[str, ...]
    due_on: date
    campaign: str = ""


def open_check(db: Connection, act: Act, programme: Programme, asked: Asked) -> str:
    """Order a check; its number. `RosterErrors` with everything that is wrong at once."""
    unit = rosters.one(db, tables.units, unit=asked.unit)
    if unit is None:
        raise NotFound("unit-not-known", unit=asked.unit)
    lives.check_clock(db, act, [asked.unit])
    attributes, today = as_attributes(unit), beijing_day(act.at)
    problems = [*_of_ground(db, programme, asked, today), *_of_team(db, programme, attributes, asked.team)]
    if asked.campaign and draws_store.campaign_policy(db, asked.campaign) is None:
        problems.append(Problem("campaign-unknown", {"campaign": asked.campaign}))
    if asked.due_on < today:
        problems.append(Problem("check-past", {"due_on": asked.due_on, "today": today}))
    if problems:
        raise RosterErrors([Finding("", "", 0, "", problem) for problem in problems], "check-errors")
    name = _next_name(db, today.year)
    row = {
        "campaign": asked.campaign,
        "policy": programme.policy,
        "unit": asked.unit,
        "city": unit["city"],
        "ground": asked.ground,
        "reason": asked.reason.strip(),
        "document": asked.document.strip(),
        "team": ",".join(asked.team),
        "due_on": asked.due_on.isoformat(),
        "programme": put_to_use(db, act, programme).digest,
    }
    told = {("basis" if column == "ground" else column): value for column, value in row.items()}
    number = acts.record(db, act, "check", name, **told)
    rosters.replace(db, table, {"occasion": name}, {**row, "occasion": name}, number)
    return name


def is_name(text: str) -> bool:
    """Whether a text is, or could become, the number of a check."""
    return _NAME.fullmatch(text) is not None


def _next_name(db: Connection, year: int) -> str:
    """The next number of a year; none that a register of hazards was given once, before such names were refused."""
    while True:
        name = f"T-{year}-{acts.next_number(db, f'check:{year}'):03d}"
        if rosters.one(db, findings, occasion=name) is None:
            return name


def opened_on(db: Connection, check: str) -> str:
    """The day on which a check was ordered."""
    return beijing_day(acts.act_of(db, acts.numbers_of(db, [check], ["check"])[0]).at).isoformat()


def moved_to(db: Connection, row: rosters.Row, now: datetime) -> str:
    """The day by which a check is due, with the pauses until now."""
    running, today = opened_on(db, row["occasion"]), beijing_day(now)
    return pauses.moved(db, row["occasion"], row["city"], row["due_on"], running, today)


def _of_ground(db: Connection, programme: Programme, asked: Asked, today: date) -> Iterator[Problem]:
    ground = next((ground for ground in programme.after.checks if ground.ground == asked.ground), None)
    if ground is None:
        known = ", ".join(ground.ground for ground in programme.after.checks) or "-"
        yield Problem("check-ground", {"ground": asked.ground, "known": known})
    elif ground.needs == FAILED_LAST_YEAR:
        yield from wrong_last_year(db, asked.unit, today.year - 1)
    for name, text in (("reason", asked.reason), ("document", asked.document)):
        if not text.strip():
            yield Problem(f"{name}-empty")


def _of_team(db: Connection, programme: Programme, unit: Attributes, team: Sequence[str]) -> Iterator[Problem]:
    """Who is not on the roster, who is of the unit's own city (which a policy's pools may forbid) or tied to it, and
    whether they are enough."""
    people = {person["inspector"]: person for person in person_attributes(db)}
    abroad = any(pool.same_city == "forbid" for pool in programme.pools)
    for who, count in Counter(team).items():
        if who not in people:
            yield Problem("check-person", {"inspector": who})
        elif abroad and people[who]["city"] == unit["city"]:
            yield Problem("check-own-city", {"inspector": who})
        if count > 1:
            yield Problem("check-twice", {"inspector": who})
    if len(set(team)) < LEAST_TEAM:
        yield Problem("check-team", {"found": len(set(team)), "least": LEAST_TEAM})
    listed = {row["inspector"] for row in rosters.chosen(db, tables.recusals, unit=[unit["unit"]])}
    named = [people[who] for who in team if who in people]
    recused = {pool.pool: pool.recused for pool in programme.pools}
    seats = {seat.inspector: recused[seat.pool] for seat in programme.inspectors(named)}
    every = tuple(sorted({kind for kinds in recused.values() for kind in kinds}))
    tied = find_ties([unit], named, {who["inspector"]: seats.get(who["inspector"], every) for who in named})
    grounds = {tie.inspector: tie.tie for tie in tied.ties} | dict.fromkeys(listed, DECLARED)
    for who in dict.fromkeys(team):
        if who in grounds:
            yield Problem("check-tied", {"inspector": who, "tie": grounds[who]})

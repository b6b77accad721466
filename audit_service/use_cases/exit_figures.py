"""Exit cases in figures: each counts once, in the campaign from which it comes, or beside all of them.

A case comes from a campaign where the visit that it is about does: of a sample that stands, or of a check beside it. A
title that lapsed, a missing report, a change of divisions, the office's own document, a register of hazards, a check of
no campaign and a sample that was set aside are of none: such a case counts in the year in which it was opened. So the
sum over all is the number of cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from audit_service.core.exits import DECIDED
from audit_service.core.statistics import Cell, Figures, Home
from audit_service.store import figures, waiting
from audit_service.store.rosters import Row
from audit_service.use_cases import past
from audit_service.use_cases.onward import onward


@dataclass(frozen=True)
class Exits:
    """All exit cases by where they count; those beside the campaigns also by year and city, where they were opened."""

    day: date
    act: int
    homes: Mapping[Home, Figures]
    cities: Mapping[tuple[str, str], Figures]


def exits(db: Connection, month: str, today: date) -> Exits:
    """All exit cases, now or as they stood at the end of a month."""
    day, at = past.at_end_of_month(db, month, today)
    campaigns = campaigns_of(db, at)
    homes: dict[Home, Figures] = defaultdict(Figures)
    cities: dict[tuple[str, str], Figures] = defaultdict(Figures)
    for row in figures.cases_of(db, None, at):
        campaign, year = campaigns.get(row["occasion"], ""), row["opened_on"][:4]
        _count(homes[Home(campaign, "" if campaign else year)], row)
        if not campaign:
            _count(cities[year, row["city"]], row)
    return Exits(day, at, dict(sorted(homes.items(), key=_campaigns_first)), dict(sorted(cities.items())))


def _campaigns_first(item: tuple[Home, Figures]) -> tuple[bool, Home]:
    return not item[0].campaign, item[0]


def campaigns_of(db: Connection, at: int) -> dict[str, str]:
    """By occasion the campaign in whose figures it counted right after an act: samples that stood, and were not under
    seal, and checks beside them."""
    drawn = {each.draw: each.campaign for each in waiting.drawn(db, at) if not each.sealed}
    return drawn | figures.checks_of(db, at)


def count_cases(db: Connection, cells: dict[Cell, Figures], occasions: Collection[str], at: int) -> None:
    """Exit cases, each where the visit was that it is about: under whatever code its unit stood then."""
    rows = figures.cases_of(db, occasions, at)
    if not rows:
        return
    codes = onward(db, at)
    members = {row["exit_case"]: [row["finding"], row["unit"], *codes.codes(row["unit"])] for row in rows}
    every = {member for own in members.values() for member in own if member}
    where = figures.found_of(db, every, occasions, at) | figures.visits_of(db, every, occasions, at)
    for row in rows:
        asked = ((row["occasion"], member) for member in members[row["exit_case"]])
        _count(cells[next((where[each] for each in asked if each in where), Cell(row["city"], ""))], row)


def _count(own: Figures, row: Row) -> None:
    own.causes[row["cause"]] += 1
    if row["state"] in DECIDED:
        own.exits[row["ending"] or row["state"]] += 1

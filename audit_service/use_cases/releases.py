"""The host city learns of its units when the office releases them: T − n days, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.canonical import parse_date
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.errors import NotFound, Refused
from audit_service.store import draws as store
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import Draw, open_draw, sample_of, take_draw
from audit_service.use_cases.notices import inspected
from audit_service.vault import Vault

MOST_DAYS: Final = 366


@dataclass(frozen=True)
class Released:
    """Units of a draw that a city may know of from a day on, and the first day on which they are inspected."""

    draw: str
    city: str
    units: tuple[str, ...]
    since: date
    visit: date


def release(db: Connection, act: Act, vault: Vault, name: str, city: str, visit: date, days: int) -> Released:
    """Release a draw's units to the city in which they are, from some days before the visit on.

    A later release of the same city takes the place of the earlier one: visits are moved. Until its day nobody but the
    office sees it; each unit's is recorded.
    """
    if not 0 <= days <= MOST_DAYS:
        raise Refused("release-days", found=days, most=MOST_DAYS)
    if visit < beijing_day(act.at):
        raise Refused("release-past", visit=visit, today=beijing_day(act.at))
    draw = take_draw(db, act, name)
    store.progress_of(db, name, SAMPLE_ROUND).require(State.DRAWN)
    units = _units_in(db, vault, draw, city)
    if not units:
        raise NotFound("release-none", draw=name, city=city)
    since = visit - timedelta(days=days)
    days_told = {"since": since.isoformat(), "visit": visit.isoformat()}
    for unit in units:
        happenings.record(db, act, "release", vault, name, SAMPLE_ROUND, unit=unit, city=city, **days_told)
    return Released(name, city, tuple(units), since, visit)


def _units_in(db: Connection, vault: Vault, draw: Draw, city: str) -> list[str]:
    sample = sample_of(db, vault, draw)
    units = inspected(sample, store.substitutions_of(db, draw.row.draw))
    return sorted(unit for unit in units if sample.by_unit[unit].city == city)


def released_units(db: Connection, vault: Vault, city: str, today: date) -> list[Released]:
    """What a city may know of today (the day in Beijing): its units by draw and day, and nothing of anybody else's.

    A city to which nothing was released gets the same whether it has sampled units or not.
    """
    found: list[Released] = []
    for row in store.all_draws(db):
        if store.progress_of(db, row.draw, SAMPLE_ROUND).state is State.DRAWN:
            found += _released_of(db, vault, row.draw, city, today)
    return found


def _released_of(db: Connection, vault: Vault, name: str, city: str, today: date) -> Iterator[Released]:
    latest = {
        str(said["unit"]): (parse_date(said["since"], "since"), parse_date(said["visit"], "visit"))
        for said in happenings.told(db, vault, name, SAMPLE_ROUND, "release")
        if said["city"] == city
    }
    if not latest:
        return
    still = set(_units_in(db, vault, open_draw(db, name), city))  # a unit may have been substituted meanwhile
    for since, visit in sorted(set(latest.values())):
        units = sorted(unit for unit, days in latest.items() if days == (since, visit) and unit in still)
        if since <= today and units:
            yield Released(name, city, tuple(units), since, visit)

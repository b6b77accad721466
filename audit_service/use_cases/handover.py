"""What a post hands over (交接单): everything that is still open, so that nothing is forgotten when people change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.accounts import Request
from audit_service.core.acts import beijing_day
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.life import IN_FORCE
from audit_service.core.rectification import NOT_ENDED
from audit_service.store import draws as draws_store
from audit_service.store import lives as store
from audit_service.store import requests as requests_store
from audit_service.store import rosters, waiting
from audit_service.store.rosters import Row
from audit_service.store.signed import Unsigned
from audit_service.store.visit_tables import findings
from audit_service.use_cases.case_views import Stood, list_cases
from audit_service.use_cases.drawn import open_draw, sample_of
from audit_service.use_cases.happenings import hides_teams
from audit_service.use_cases.lives import in_city
from audit_service.use_cases.looking import campaigns
from audit_service.use_cases.notices import inspected
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.policies import Policies
from audit_service.vault import Vault

AHEAD: Final = timedelta(days=365)
"""Titles that end within a year are handed over too."""


@dataclass(frozen=True)
class OpenDraw:
    """A draw that is not done with: how far it has gone, and how many of its sampled units have no outcome yet (None
    while it may not be known which they are)."""

    draw: str
    state: State
    under_seal: bool
    unvisited: int | None


@dataclass(frozen=True)
class Handover:
    """All that is open at a moment; of a city its own units' alone, and then no requests, draws, checks and signatures,
    which are not a city's to know of. `due_on` of checks, findings and cases is the next day on which something is
    due, as the clocks stood."""

    at: datetime
    city: str
    campaigns: Sequence[dict[str, Any]]
    requests: Sequence[Request]
    draws: Sequence[OpenDraw]
    checks: Sequence[Row]
    unsigned: Sequence[Unsigned]
    """Outcomes that wait for signatures; under a seal on teams none, since they name who was drawn."""
    findings: Sequence[Row]
    cases: Sequence[Stood]
    ending: Sequence[tuple[str, str]]
    """Units whose title ends within a year or is over and was not recorded as lapsed, with the day."""


def handover(db: Connection, vault: Vault, policies: Policies, now: datetime, city: str = "") -> Handover:
    """What is open now."""
    today = beijing_day(now).isoformat()
    at = Occasions(db, policies, today)
    until = (beijing_day(now) + AHEAD).isoformat()
    ending = (
        (standing.valid_until, unit)
        for unit, standing in store.every(db).items()
        if standing.state in IN_FORCE and standing.valid_until and standing.valid_until <= until
    )
    return Handover(
        at=now,
        city=city,
        campaigns=[] if city else campaigns(db),
        requests=[] if city else [each for each in requests_store.all_requests(db) if each.confirmed is None],
        draws=[] if city else list(_open_draws(db, vault)),
        checks=[] if city else _ordered(at, waiting.open_checks(db), "running"),
        unsigned=[] if city else [each for each in at.drafts if not hides_teams(db, each.occasion)],
        findings=_ordered(at, _findings(db, city), "due_since"),
        cases=list_cases(db, policies, today, ended=False, told=bool(city), city=city),
        ending=[(unit, day) for day, unit in sorted(ending) if in_city(unit, city)],
    )


def _ordered(at: Occasions, rows: Sequence[Row], since: str) -> list[Row]:
    """Rows by the day on which they are due, with the pauses since a day that each says."""
    moved = [{**row, "due_on": at.clock(row["occasion"], row["city"]).moved(row[since], row["due_on"])} for row in rows]
    return sorted(moved, key=lambda row: (row["due_on"], row["unit"]))


def _findings(db: Connection, city: str) -> list[Row]:
    rows = rosters.chosen(db, findings, state=NOT_ENDED)
    return [row for row in rows if city in ("", row["city"])]


def _open_draws(db: Connection, vault: Vault) -> Iterator[OpenDraw]:
    for row in draws_store.all_draws(db):
        progress = draws_store.progress_of(db, row.draw, SAMPLE_ROUND)
        if progress.state in (State.WITHDRAWN, State.SET_ASIDE):
            continue
        unvisited = _unvisited(db, vault, row.draw) if progress.published else None
        if unvisited != 0:
            yield OpenDraw(row.draw, progress.state, progress.run and not progress.published, unvisited)


def _unvisited(db: Connection, vault: Vault, draw: str) -> int:
    sample = sample_of(db, vault, open_draw(db, draw))
    units = inspected(sample, draws_store.substitutions_of(db, draw))
    return len(set(units) - waiting.visited_units(db, draw))

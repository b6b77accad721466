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
from audit_service.core.periods import Clock, clock_of
from audit_service.core.rectification import NOT_ENDED
from audit_service.store import draws as draws_store
from audit_service.store import lives as store
from audit_service.store import requests as requests_store
from audit_service.store import rosters, waiting
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import findings
from audit_service.use_cases.drawn import open_draw, sample_of
from audit_service.use_cases.lives import in_city
from audit_service.use_cases.looking import campaigns
from audit_service.use_cases.notices import inspected
from audit_service.use_cases.pauses import stops_of
from audit_service.vault import Vault

AHEAD: Final = timedelta(days=365)
"""Titles that end within a year are handed over too."""
_EVER: Final = "9999-12-31"


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
    """All that is open at a moment; of a city its own units' alone, and then no requests, draws and checks, which are
    not a city's to know of beforehand. `due_on` of checks, findings and cases is the next day on which something is
    due, as the clocks stood."""

    at: datetime
    city: str
    campaigns: Sequence[dict[str, Any]]
    requests: Sequence[Request]
    draws: Sequence[OpenDraw]
    checks: Sequence[Row]
    findings: Sequence[Row]
    cases: Sequence[Row]
    ending: Sequence[tuple[str, str]]
    """Units whose title ends within a year or is over and was not recorded as lapsed, with the day."""


def handover(db: Connection, vault: Vault, now: datetime, city: str = "") -> Handover:
    """What is open now."""
    clocks = _Clocks(db, beijing_day(now).isoformat())
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
        checks=[] if city else clocks.ordered(waiting.open_checks(db), "running"),
        findings=clocks.ordered(_findings(db, city), "due_since"),
        cases=clocks.ordered(_cases(db, city), "running"),
        ending=[(unit, day) for day, unit in sorted(ending) if in_city(unit, city)],
    )


class _Clocks:
    """How time has passed until a day, for whatever waits."""

    def __init__(self, db: Connection, today: str) -> None:
        self._stops, self._campaigns, self._today = stops_of(db), waiting.campaigns_of(db), today

    def _of(self, row: Row) -> Clock:
        return clock_of(self._stops, self._campaigns.get(row["occasion"], ""), row["city"], self._today)

    def ordered(self, rows: Sequence[Row], since: str) -> list[Row]:
        """Rows by the day on which they are due, with the pauses since a day that each says."""
        moved = [{**row, "due_on": self._of(row).moved(row[since], row["due_on"])} for row in rows]
        return sorted(moved, key=lambda row: (row["due_on"], row["unit"]))


def _findings(db: Connection, city: str) -> list[Row]:
    rows = rosters.chosen(db, findings, state=NOT_ENDED)
    return [row for row in rows if city in ("", row["city"])]


def _cases(db: Connection, city: str) -> list[Row]:
    rows = waiting.open_cases(db, city, _EVER)
    began = waiting.days_of(db, {row["recorded_in"] for row in rows})
    return [{**row, "running": began[row["recorded_in"]]} for row in rows]


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

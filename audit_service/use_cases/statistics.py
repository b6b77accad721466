"""Statistics of campaigns, now or as they stood at the end of a month: the same whenever they are asked for.

What stood at the end of a month is what counted right after the last act before it (ADR 15): rosters as versions, draws
by what was done to them so far. What is still under a seal is not told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core import statistics as rules
from audit_service.core.estimates import Stratum
from audit_service.core.frozen import EXCLUSIONS, read_frame
from audit_service.core.outcomes import INSPECTED, POSTPONED
from audit_service.core.periods import clock_of
from audit_service.core.policy import Programme
from audit_service.core.statistics import FAILED, Cell, Figures
from audit_service.errors import NotFound
from audit_service.store import draws as draws_store
from audit_service.store import figures, rosters, signed, tables, visit_tables, waiting
from audit_service.store.rosters import Row
from audit_service.use_cases import past
from audit_service.use_cases.drawn import open_draw, programme_of
from audit_service.use_cases.exit_figures import campaigns_of, count_cases
from audit_service.use_cases.pauses import stops_of
from audit_service.use_cases.policies import kept
from audit_service.use_cases.sampled import numbers_of

_FILES: Final = ("frame.csv", "exclusions.csv", "allocation.csv")


@dataclass(frozen=True)
class Statistics:
    """The figures of a campaign by city and stratum; `day` is the last that they tell of, `act` the last one before;
    `programme` the policy of its last draw by then, or of its last check where it has none (None where that is not
    known)."""

    campaign: str
    policy: str
    day: date
    act: int
    sealed: bool
    cells: Mapping[Cell, Figures]
    programme: Programme | None = None


def statistics(db: Connection, campaign: str, today: date, month: str = "") -> Statistics:
    """The figures of a campaign; `NotFound` for one that was not opened by then."""
    day, at = past.at_end_of_month(db, month, today)
    policy = draws_store.campaign_policy(db, campaign)
    beside = [check for check, own in figures.checks_of(db, at).items() if own == campaign]
    if policy is None or not (beside or figures.draws_of(db, campaign, at)):
        raise NotFound("campaign-unknown-then", campaign=campaign, day=day, known=", ".join(draws_store.campaigns(db)))
    cells: dict[Cell, Figures] = defaultdict(Figures)
    standing = [each for each in waiting.drawn(db, at) if each.campaign == campaign]
    sealed = _sample(db, cells, campaign, standing, at)
    shown = [occasion for occasion, own in campaigns_of(db, at).items() if own == campaign]
    drafts = signed.unsigned(db, at, occasion=shown)
    _outcomes(cells, figures.outcomes_of(db, shown, at), drafts)
    without = signed.findings_of(drafts)
    _findings(cells, figures.findings_of(db, shown, at, day.isoformat(), without))
    _paused(db, cells, campaign, figures.late_findings(db, shown, at, day.isoformat(), without), at, day)
    count_cases(db, cells, shown, at)
    programme = _programme(db, campaign, beside, at)
    return Statistics(campaign, policy, day, at, sealed, dict(sorted(cells.items())), programme)


def _programme(db: Connection, campaign: str, checks: Collection[str], at: int) -> Programme | None:
    if draws := figures.draws_of(db, campaign, at):
        return programme_of(db, [*draws][-1])
    rows = rosters.chosen(db, visit_tables.checks, at, occasion=checks)
    last = max((row["occasion"], row["programme"]) for row in rows)[1] if rows else ""
    return kept(db, last) if last else None


def samples(db: Connection, campaign: str, today: date, month: str = "") -> dict[str, Stratum]:
    """What a campaign's sample found, for what it says of the whole (`core.estimates`), now or as of a month's end."""
    found = statistics(db, campaign, today, month)
    draw = draws_store.of_campaign(db, campaign)[0].draw
    strata = open_draw(db, draw).programme.strata
    return rules.samples(found.cells, {stratum.stratum for stratum in strata if stratum.base == "city"})


def _sample(db: Connection, cells: dict[Cell, Figures], campaign: str, drawn: Iterable[waiting.Drawn], at: int) -> bool:
    """Listed, excluded and sampled, from the files of the draws that stood; whether some of it is under seal."""
    standing = {each.draw: each for each in drawn}
    frozen = figures.draws_of(db, campaign, at)
    draws = list(standing) or list(frozen)[-1:]
    files = figures.files_then(db, draws, _FILES, at)
    for draw in draws:
        _listed(cells, files[draw, "frame.csv"])
        _excluded(db, cells, files[draw, "exclusions.csv"], frozen[draw])
        allocation = files.get((draw, "allocation.csv"))
        if draw in standing and standing[draw].sealed:
            for own in cells.values():
                own.sampled = None
        elif allocation:
            for (stratum, city), number in numbers_of(allocation).items():
                own = cells[Cell(city, stratum)]
                own.sampled = None if own.sampled is None else own.sampled + number
    return any(standing[draw].sealed for draw in standing)


def _listed(cells: dict[Cell, Figures], frame: bytes) -> None:
    drawn = read_frame(frame, "frame.csv")
    for (city, stratum), number in Counter(zip(drawn.cities, drawn.strata, strict=True)).items():
        cells[Cell(city, stratum)].listed += number


def _excluded(db: Connection, cells: dict[Cell, Figures], exclusions: bytes, frozen_in: int) -> None:
    """Excluded units are listed too; their cities are those that the roster had when the frame was frozen."""
    rows = EXCLUSIONS.read(exclusions, "exclusions.csv")
    cities = dict(rosters.columns(db, tables.units, ("unit", "city"), frozen_in)) if rows else {}
    for unit, stratum, ground in rows:
        own = cells[Cell(cities.get(unit, ""), stratum)]
        own.listed += 1
        own.excluded[ground] += 1


def _outcomes(cells: dict[Cell, Figures], rows: Iterable[Row], drafts: Iterable[signed.Unsigned]) -> None:
    """What was found of whom; what waits for signatures is counted by itself (ADR 17)."""
    waiting = Counter((each.city, each.stratum, each.kind, each.verdict) for each in drafts)
    for row in rows:
        own, lacking = cells[Cell(row["city"], row["stratum"])], waiting[_like(row)]
        count = row["count"] - lacking
        own.unsigned += lacking
        own.visited += count if row["kind"] != POSTPONED else 0
        own.kinds[row["kind"]] += count
        if row["verdict"]:
            own.verdicts[row["verdict"]] += count
        if (row["kind"], row["verdict"]) == (INSPECTED, FAILED):
            own.failed += count


def _like(row: Row) -> tuple[str, str, str, str]:
    return row["city"], row["stratum"], row["kind"], row["verdict"]


def _findings(cells: dict[Cell, Figures], rows: Iterable[Row]) -> None:
    for row in rows:
        own = cells[Cell(row["city"], row["stratum"])]
        own.findings[row["area"]] += row["count"]
        own.closed += row["closed"]
        own.in_time += row["in_time"]
        own.overdue += row["overdue"]


def _paused(db: Connection, cells: dict[Cell, Figures], campaign: str, late: Iterable[Row], at: int, day: date) -> None:
    """What was late by its deadline as it was written and in time as the clocks stood."""
    stops = stops_of(db, at)
    if not any(stop.campaign in ("", campaign) for stop in stops):
        return
    for row in late:
        clock = clock_of(stops, campaign, row["city"], day.isoformat())
        ended = clock.moved(row["deadline_since"], row["deadline"])
        own = cells[Cell(row["city"], row["stratum"])]
        if row["state"] == figures.CLOSED:
            own.in_time += row["closed_on"] <= ended
        else:
            own.overdue -= day.isoformat() <= ended

"""Reports that nobody handed in, from the first that was asked for on: none leaves the list by growing old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from audit_service.core.after import ReportRules
from audit_service.core.due import Kind, Waiting
from audit_service.core.life import IN_FORCE
from audit_service.core.policy import Programme
from audit_service.core.reporting_periods import last_day, period_of
from audit_service.core.reports import due_on
from audit_service.store import life_tables, rosters, steps
from audit_service.store import waiting as store
from audit_service.use_cases.reports import owing


def reports(
    db: Connection, programmes: Mapping[str, Programme], settled: Collection[tuple[str, ...]], today: date, last: str
) -> Iterator[Waiting]:
    """Reports that are missing under the policies in use and that the office did not give up, due up to a day. Of a
    unit's overdue ones the oldest stands for all, with how many they are."""
    for policy, opened in store.policies_in_use(db).items():
        programme = programmes.get(policy)
        for report in programme.after.reports if programme else ():
            assert programme
            find = _improvement if report.improvement else _of_lives if report.reporter == "unit" else _of_places
            missing = find(db, programme, report, opened, today, last)
            left = [each for each in missing if each.key not in settled]
            yield from _oldest(left, today) if report.reporter == "unit" else left


def due_periods(report: ReportRules, opened: date, last: str) -> list[str]:
    """The periods of a report, asked for since a day (`opened`), that are due up to another day. Of one that is asked
    for once that is the first: it does not come back with the years."""
    found, day = [], opened
    while due_on(report, period := period_of(day, report.every)).isoformat() <= last:
        found.append(period)
        day = last_day(period) + timedelta(days=1)
        if report.every == "once":
            break
    return found


def _improvement(
    db: Connection, programme: Programme, report: ReportRules, _opened: date, today: date, last: str
) -> list[Waiting]:
    """Evidence of improvement, asked for since the oldest naming; of a unit of which nobody knows that day, since last
    year."""
    named = {unit: day for unit, _, day in steps.living(db, programme.policy, IN_FORCE)}
    last_year = date(today.year - 1, 1, 1)
    first = min([*(date.fromisoformat(day) for day in named.values() if day), last_year])
    found = _missing(db, programme, report, due_periods(report, first, last))
    return [each for _, each in found if named.get(each.unit, "-") or each.day >= last_year.isoformat()]


def _of_lives(
    db: Connection, programme: Programme, report: ReportRules, opened: date, _today: date, last: str
) -> list[Waiting]:
    """Other reports of units: none of a period that was over before a unit's life began."""
    found = _missing(db, programme, report, due_periods(report, opened, last))
    began = steps.began_on(db, {each.unit for _, each in found}) if found else {}
    return [each for period, each in found if last_day(period).isoformat() >= began.get(each.unit, "")]


def _of_places(
    db: Connection, programme: Programme, report: ReportRules, opened: date, _today: date, last: str
) -> list[Waiting]:
    return [each for _, each in _missing(db, programme, report, due_periods(report, opened, last))]


def _missing(
    db: Connection, programme: Programme, report: ReportRules, periods: list[str]
) -> list[tuple[str, Waiting]]:
    """What is missing of some periods, each with its period."""
    wanted = {"policy": [programme.policy], "report": [report.report], "period": periods}
    there = set(rosters.columns(db, life_tables.reports, ("reporter", "period"), None, **wanted)) if periods else set()
    found = []
    for period, asked in owing(db, programme, report, periods).items() if periods else ():
        day = due_on(report, period).isoformat()
        for reporter, city in asked.items():
            if (reporter, period) not in there:
                unit = reporter if report.reporter == "unit" else ""
                subject = f"{report.report}/{reporter}/{period}"
                found.append((period, Waiting(Kind.REPORT, day, subject, unit, city, policy=programme.policy)))
    return found


def _oldest(missing: Sequence[Waiting], today: date) -> Iterator[Waiting]:
    """What is still to come as it is; of what is overdue the oldest of each unit, for all of its own."""
    over: dict[str, list[Waiting]] = defaultdict(list)
    for each in missing:
        if each.day < today.isoformat():
            over[each.unit].append(each)
        else:
            yield each
    for own in over.values():
        oldest = min(own, key=lambda each: each.day)
        told = oldest.subject, oldest.unit, oldest.city
        yield Waiting(Kind.REPORT, oldest.day, *told, policy=oldest.policy, left=len(own))

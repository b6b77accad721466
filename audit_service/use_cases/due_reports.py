"""Reports that nobody handed in, from the first that was asked for on: none leaves the list by growing old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from audit_service.core.after import ReportRules
from audit_service.core.due import Kind, Waiting
from audit_service.core.policy import Programme
from audit_service.core.reporting_periods import last_day
from audit_service.core.reports import due_on
from audit_service.store import life_tables, rosters, steps
from audit_service.use_cases.improvement import due_periods
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.reports import owing


def reports(
    at: Occasions,
    programmes: Mapping[str, Programme],
    in_use: Mapping[str, date],
    settled: Collection[tuple[str, ...]],
) -> Iterator[Waiting]:
    """Reports that are missing under the policies in use, each since a day, and that the office did not give up, due up
    to the day that is asked for. Of a unit's overdue ones the oldest stands for all, with how many they are."""
    known = ((programmes[policy], opened) for policy, opened in in_use.items() if policy in programmes)
    for programme, opened in known:
        for report in programme.after.reports:
            find = _improvement if report.improvement else _of_lives if report.reporter == "unit" else _of_places
            left = [each for each in find(at, programme, report, opened) if each.key not in settled]
            yield from _oldest(left, at.today) if report.reporter == "unit" else left


def _improvement(at: Occasions, programme: Programme, report: ReportRules, _opened: date) -> list[Waiting]:
    """Evidence of improvement, whenever the office began."""
    return [
        _waiting(programme, report, each.unit, each.city, each.period)
        for each in at.unreported(programme.policy, report)
        if each.city
    ]


def _of_lives(at: Occasions, programme: Programme, report: ReportRules, opened: date) -> list[Waiting]:
    """Other reports of units: none of a period that was over before a unit's life began."""
    found = _missing(at.db, programme, report, due_periods(report, opened, at.last))
    began = steps.began_on(at.db, {each.unit for _, each in found}) if found else {}
    return [each for period, each in found if last_day(period).isoformat() >= began.get(each.unit, "")]


def _of_places(at: Occasions, programme: Programme, report: ReportRules, opened: date) -> list[Waiting]:
    return [each for _, each in _missing(at.db, programme, report, due_periods(report, opened, at.last))]


def _missing(
    db: Connection, programme: Programme, report: ReportRules, periods: list[str]
) -> list[tuple[str, Waiting]]:
    """What is missing of some periods, each with its period."""
    if not periods:
        return []
    wanted = {"policy": [programme.policy], "report": [report.report], "period": periods}
    there = set(rosters.columns(db, life_tables.reports, ("reporter", "period"), None, **wanted))
    return [
        (period, _waiting(programme, report, reporter, city, period))
        for period, asked in owing(db, programme, report, periods).items()
        for reporter, city in asked.items()
        if (reporter, period) not in there
    ]


def _waiting(programme: Programme, report: ReportRules, reporter: str, city: str, period: str) -> Waiting:
    day, unit = due_on(report, period).isoformat(), reporter if report.reporter == "unit" else ""
    subject = f"{report.report}/{reporter}/{period}"
    return Waiting(Kind.REPORT, day, subject, unit, city, policy=programme.policy)


def _oldest(missing: Sequence[Waiting], today: str) -> Iterator[Waiting]:
    """What is still to come as it is; of what is overdue the oldest of each unit, for all of its own."""
    over: dict[str, list[Waiting]] = defaultdict(list)
    for each in missing:
        if each.day < today:
            over[each.unit].append(each)
        else:
            yield each
    for own in over.values():
        oldest = min(own, key=lambda each: each.day)
        told = oldest.subject, oldest.unit, oldest.city
        yield Waiting(Kind.REPORT, oldest.day, *told, policy=oldest.policy, left=len(own))

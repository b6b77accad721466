"""Reports (月报告、持续改进年度报告、阶段评估): handed in, corrected as a new version, missing, added up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import ReportField, ReportRules
from audit_service.core.life import IN_FORCE, LifeState
from audit_service.core.outcomes import Answer
from audit_service.core.place_standards import Reached, reached
from audit_service.core.places import city_of, county_of
from audit_service.core.policy import Programme
from audit_service.core.reporting_periods import check_period, first_day
from audit_service.core.reports import due_on, is_owed, read_list, read_report, rules_of, short_of, summed
from audit_service.errors import Finding, NotFound, Problem, Refused, RosterErrors
from audit_service.store import acts, life_tables, lives, rosters, steps, tables
from audit_service.use_cases.policies import put_to_use

_ENDED: Final = (LifeState.REVOKED, LifeState.SURRENDERED, LifeState.MERGED, LifeState.NOT_TO_BE_NAMED)
_LIVING: Final = tuple(state for state in LifeState if state not in _ENDED)


class ReportWrong(RosterErrors):
    """A report that does not say what it should: everything at once, of a list with the numbers of its rows."""

    def __init__(self, report: str, problems: Sequence[tuple[int, Problem]]) -> None:
        super().__init__([Finding("", "", row, "", problem) for row, problem in problems])
        self.problem = Problem("report-wrong", {"report": report, "count": len(problems)})


@dataclass(frozen=True)
class Handed:
    """A report as it stands: what it says, since when, and whether it came late. Of a list `said` are the sums of its
    `rows`."""

    reporter: str
    period: str
    said: Mapping[str, str]
    day: str
    late: bool
    reached: Reached | None = None
    """By the policy's standard of places, where the report goes by one."""
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Short:
    """A report that says less of something than the document asks for: of a field, or (None) of rows."""

    reporter: str
    field: ReportField | None
    said: str
    least: str


@dataclass(frozen=True)
class Reports:
    """The reports of a period: by when they are due, those that are there, who is missing, their sums, what falls
    short of the policy's least numbers; by a standard of places, what is not reached."""

    rules: ReportRules
    period: str
    due: date
    handed: tuple[Handed, ...]
    missing: tuple[str, ...]
    sums: Mapping[str, str]
    short: tuple[Short, ...]

    @property
    def unmet(self) -> list[tuple[Handed, Answer]]:
        """Who does not reach which criterion of the standard of places, or not wholly."""
        return [(each, answer) for each in self.handed if each.reached for answer in each.reached.unmet]

    @property
    def states(self) -> dict[str, Counter[str]]:
        """By criterion of the standard of places how many reporters are in which state."""
        found: dict[str, Counter[str]] = {
            name: Counter() for name in (self.rules.standard.criteria if self.rules.standard else ())
        }
        for each in self.handed:
            for answer in each.reached.answers if each.reached else ():
                found[answer.criterion][answer.state] += 1
        return found


def report_rules(programme: Programme, report: str) -> ReportRules:
    """What a policy asks of a report; `NotFound` naming those that it has."""
    found = rules_of(programme.after.reports, report)
    if found is None:
        known = ", ".join(rules.report for rules in programme.after.reports) or "-"
        raise NotFound("report-unknown", report=report, known=known)
    return found


def hand_in(
    db: Connection,
    act: Act,
    programme: Programme,
    report: str,
    reporter: str,
    period: str,
    said: Mapping[str, str],
    city: str = "",
    asked: Mapping[str, str] | None = None,
    rows: Sequence[Mapping[str, str]] = (),
) -> Handed:
    """Hand a report in, or correct one: the earlier version stays on record. The same again records nothing. One that
    is a list has `rows`, all of them each time.

    `asked` is of whom it is asked (`reporters`), where whoever hands in many of them has looked it up.

    `NotFound` for a reporter of whom none is asked, and in the same words for one that is not of `city`; `Refused`
    before its period begins, `ReportWrong` with everything that is wrong in it.
    """
    rules, today = report_rules(programme, report), beijing_day(act.at)
    check_period(period, rules.every)
    if first_day(period) > today:
        raise Refused("report-ahead", period=period, today=today)
    asked = reporters(db, programme, rules) if asked is None else asked
    if reporter not in asked or (city and asked[reporter] != city):
        raise NotFound("report-reporter-unknown", reporter=reporter)
    found = _read(rules, said, rows)
    key = {"policy": programme.policy, "report": report, "reporter": reporter, "period": period}
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    before = rosters.one(db, life_tables.reports, None, **key)
    if before is None or before["said"] != text:
        day = today.isoformat()
        put_to_use(db, act, programme)
        number = acts.record(db, act, "report", f"{programme.policy}/{reporter}", **key, said=found)
        if rules.reporter == "unit":
            lives.concern(db, number, [reporter])
        rosters.replace(db, life_tables.reports, key, {**key, "said": text, "handed_in_on": day}, number)
    else:
        day = before["handed_in_on"]
    ((_, first),) = first_days(db, programme.policy, report, [period], reporter=[reporter])
    return _handed(rules, reporter, period, text, day, first)


def _read(
    rules: ReportRules, said: Mapping[str, str], rows: Sequence[Mapping[str, str]]
) -> dict[str, str] | list[dict[str, str]]:
    """What a report says, as it is kept: by field, or of a list a row after the other."""
    found: dict[str, str] | list[dict[str, str]]
    if rules.rows:
        found, problems = read_list(rules, said, rows)
    else:
        found, wrong = read_report(rules, said)
        problems = [(0, problem) for problem in wrong]
        if rows:
            problems.append((0, Problem("report-no-list", {"count": len(rows)})))
    if problems:
        raise ReportWrong(rules.report, problems)
    return found


def _handed(rules: ReportRules, reporter: str, period: str, text: str, day: str, first: str) -> Handed:
    """A report as it was kept; what became a list since it was handed in is a list of one row."""
    late, kept = first > due_on(rules, period).isoformat(), json.loads(text)
    if isinstance(kept, dict) and not rules.rows:
        return Handed(reporter, period, kept, day, late, reached(rules.standard, kept) if rules.standard else None)
    rows = (kept,) if isinstance(kept, dict) else tuple(kept)
    return Handed(reporter, period, summed(rules, rows), day, late, rows=rows)


def reporters(db: Connection, programme: Programme, rules: ReportRules, at: int | None = None) -> dict[str, str]:
    """Of whom a report is asked, each with the city in which it is."""
    if rules.reporter == "unit":
        return {unit: city for unit, city, _ in _units(db, programme, rules, at)}
    rows = rosters.columns(db, tables.units, ("city", "county"), at)
    if rules.reporter == "city":
        return {city: city for city, _ in rows}
    own = {row["place"] for row in rosters.chosen(db, life_tables.places, at, level=["county"])}
    return {city if city in own else county_of(city, county): city for city, county in rows}


def owing(
    db: Connection, programme: Programme, rules: ReportRules, periods: Collection[str], at: int | None = None
) -> dict[str, dict[str, str]]:
    """By period those of the reporters who owe the report of it, each with the city in which it is."""
    if rules.reporter != "unit":
        return dict.fromkeys(periods, reporters(db, programme, rules, at))
    living = _units(db, programme, rules, at)
    return {
        period: {unit: city for unit, city, named_on in living if is_owed(rules, named_on, period)}
        for period in periods
    }


def _units(db: Connection, programme: Programme, rules: ReportRules, at: int | None) -> list[tuple[str, str, str]]:
    """Units that live under a policy: with a title those that are to show that they go on improving."""
    return steps.living(db, programme.policy, IN_FORCE if rules.improvement else _LIVING, at)


def _gone(db: Connection, rules: ReportRules, who: Collection[str], at: int | None) -> dict[str, str]:
    """Reporters of whom nothing is asked any more, each with the city in which it last was: what they handed in counts
    as it did."""
    if rules.reporter != "unit":
        return {each: city_of(each) for each in who}
    found = rosters.latest(db, tables.units.c.unit, ("city",), who, at)
    return {each: found[each]["city"] if each in found else "" for each in who}


def of_period(
    db: Connection, programme: Programme, report: str, period: str, city: str = "", at: int | None = None
) -> Reports:
    """The reports of a period as they stood right after an act, or stand now; of one city alone if it is named.

    What was handed in for it stays, also of who has left the roster since.
    """
    rules = report_rules(programme, report)
    check_period(period, rules.every)
    due = due_on(rules, period)
    first = dict(first_days(db, programme.policy, report, [period], at))
    rows = rosters.chosen(db, life_tables.reports, at, policy=[programme.policy], report=[report], period=[period])
    asked = owing(db, programme, rules, [period], at)[period]
    known = reporters(db, programme, rules, at)
    known |= _gone(db, rules, {row["reporter"] for row in rows} - known.keys(), at)
    handed = [
        _handed(rules, who, period, row["said"], row["handed_in_on"], first[who, period])
        for row in sorted(rows, key=lambda row: str(row["reporter"]))
        if city in ("", known[who := row["reporter"]])
    ]
    own = {who for who, where in asked.items() if city in ("", where)}
    missing = sorted(own - {each.reporter for each in handed})
    sums = summed(rules, (each.said for each in handed))
    return Reports(rules, period, due, tuple(handed), tuple(missing), sums, tuple(_short(rules, handed)))


def _short(rules: ReportRules, handed: Iterable[Handed]) -> Iterator[Short]:
    for each in handed:
        if rules.rows and len(each.rows) < rules.rows.least:
            yield Short(each.reporter, None, str(len(each.rows)), str(rules.rows.least))
        for field in short_of(rules, each.said):
            yield Short(each.reporter, field, each.said.get(field.field) or "0", f"{field.least:f}")


def first_days(
    db: Connection,
    policy: str,
    report: str,
    periods: Collection[str],
    at: int | None = None,
    **only: Collection[str],
) -> list[tuple[tuple[str, str], str]]:
    """By reporter and period the day on which a report was first handed in; of `only` some reporters."""
    wanted = {"policy": [policy], "report": [report], "period": periods, **only}
    found = rosters.firsts(db, life_tables.reports, ("reporter", "period"), "handed_in_on", at, **wanted)
    return [((reporter, period), day) for reporter, period, day in found]

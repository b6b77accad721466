"""Answers about reports: what was handed in, who is missing, what it adds up to."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields

from audit_service.core.outcomes import STATES, points_text, written
from audit_service.use_cases.reports import Handed, Reports
from schemas.answers.orders import Cities, place_name
from schemas.answers.parts import Out, flag, many, text, texts, whole


class HandedOut(Out):
    """A report as it stands; `late` if it was first handed in after its day; by a standard of places its score. Of a
    list `said` are its sums."""

    reporter = text()
    name = text()
    period = text()
    day = text()
    late = flag()
    score = text()
    band = text()
    said = fields.Raw(required=True, metadata={"description": "What it says, by the policy's fields, as text"})
    rows = fields.List(
        fields.Raw(),
        required=True,
        metadata={"description": "Of a report that is a list each row, by the policy's fields; else none"},
    )


class MissingReportOut(Out):
    """Of whom a report is missing."""

    reporter = text()
    name = text()


class ShortOut(Out):
    """Of whom a report says less of something than the document asks for; the numbers are texts. No `field`: rows."""

    reporter = text()
    name = text()
    field = text()
    said = text()
    least = text()


class UnmetOut(Out):
    """Who does not reach what a criterion of a standard of places asks for, or reaches a part; numbers are texts."""

    reporter = text()
    name = text()
    criterion = text()
    state = text()
    numbers = texts()
    reason = text()


class ReachedOut(Out):
    """Of how many a criterion of a standard of places is met, and of how many not."""

    criterion = text()
    met = whole()
    partly = whole()
    not_met = whole()
    not_applicable = whole()


class ReportsOut(Out):
    """The reports of a period, as of the end of a day; `rows` are those of all lists together."""

    policy = text()
    report = text()
    period = text()
    day = text()
    due = text()
    handed = many(HandedOut)
    missing = many(MissingReportOut)
    short = many(ShortOut)
    unmet = many(UnmetOut)
    criteria = many(ReachedOut)
    rows = whole()
    sums = fields.Raw(required=True, metadata={"description": "Money and numbers added up, and their ratios"})


def handed_json(found: Handed, cities: Cities) -> dict[str, Any]:
    """A report."""
    return {
        "reporter": found.reporter,
        "name": place_name(found.reporter, cities),
        "period": found.period,
        "day": found.day,
        "late": found.late,
        "score": points_text(found.reached.score) if found.reached else "",
        "band": found.reached.band.band if found.reached and found.reached.band else "",
        "said": dict(found.said),
        "rows": [dict(row) for row in found.rows],
    }


def reports_json(policy: str, found: Reports, cities: Cities, day: date) -> dict[str, Any]:
    """The reports of a period as of a day."""
    return {
        "policy": policy,
        "report": found.rules.report,
        "period": found.period,
        "day": day.isoformat(),
        "due": found.due.isoformat(),
        "handed": [handed_json(each, cities) for each in found.handed],
        "missing": [{"reporter": who, "name": place_name(who, cities)} for who in found.missing],
        "short": [
            {
                "reporter": each.reporter,
                "name": place_name(each.reporter, cities),
                "field": each.field.field if each.field else "",
                "said": each.said,
                "least": each.least,
            }
            for each in found.short
        ],
        "unmet": [
            {
                "reporter": each.reporter,
                "name": place_name(each.reporter, cities),
                "criterion": answer.criterion,
                "state": answer.state,
                "numbers": [written(number) for number in answer.numbers if number is not None],
                "reason": answer.reason,
            }
            for each, answer in found.unmet
        ],
        "criteria": [
            {"criterion": name, **{state.replace("-", "_"): count[state] for state in STATES}}
            for name, count in found.states.items()
        ],
        "rows": sum(len(each.rows) for each in found.handed),
        "sums": dict(found.sums),
    }

"""Answers about reports: what was handed in, who is missing, what it adds up to."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from audit_service.use_cases.reports import Handed, Reports
from schemas.answers.orders import Cities, place_name
from schemas.answers.parts import Out, flag, many, text


class HandedOut(Out):
    """A report as it stands; `late` if it was first handed in after its day."""

    reporter = text()
    name = text()
    period = text()
    day = text()
    late = flag()
    said = fields.Raw(required=True, metadata={"description": "What it says, by the policy's fields, as text"})


class MissingReportOut(Out):
    """Of whom a report is missing."""

    reporter = text()
    name = text()


class ShortOut(Out):
    """Of whom a report says less of something than the document asks for; the numbers are texts."""

    reporter = text()
    name = text()
    field = text()
    said = text()
    least = text()


class ReportsOut(Out):
    """The reports of a period."""

    policy = text()
    report = text()
    period = text()
    due = text()
    handed = many(HandedOut)
    missing = many(MissingReportOut)
    short = many(ShortOut)
    sums = fields.Raw(required=True, metadata={"description": "Money and numbers added up, and their ratios"})


def handed_json(found: Handed, cities: Cities) -> dict[str, Any]:
    """A report."""
    return {
        "reporter": found.reporter,
        "name": place_name(found.reporter, cities),
        "period": found.period,
        "day": found.day,
        "late": found.late,
        "said": dict(found.said),
    }


def reports_json(policy: str, found: Reports, cities: Cities) -> dict[str, Any]:
    """The reports of a period."""
    return {
        "policy": policy,
        "report": found.rules.report,
        "period": found.period,
        "due": found.due.isoformat(),
        "handed": [handed_json(each, cities) for each in found.handed],
        "missing": [{"reporter": who, "name": place_name(who, cities)} for who in found.missing],
        "short": [
            {
                "reporter": each.reporter,
                "name": place_name(each.reporter, cities),
                "field": each.field.field,
                "said": each.said,
                "least": f"{each.field.least:f}",
            }
            for each in found.short
        ],
        "sums": dict(found.sums),
    }

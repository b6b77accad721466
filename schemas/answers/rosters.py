"""Answers about rosters: what an import did, and what of a roster anybody may see who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from marshmallow import fields

from audit_service import messages
from audit_service.errors import Finding
from audit_service.use_cases.import_rosters import Report
from schemas.answers.parts import MessagesOut, Out, flag, many, maybe_whole, text, texts, whole

NOTHING: Final = Report(0, 0, 0, 0, ())


class FindingOut(Out):
    """Something found in one cell, row or file."""

    file = text()
    sheet = text()
    row = whole()
    column = text()
    code = text()
    messages = fields.Nested(MessagesOut, required=True)


class ChangeOut(Out):
    """A field that an import changed."""

    key = text()
    field = text()
    old = fields.Raw(required=True, allow_none=True)
    new = fields.Raw(required=True, allow_none=True)


class MissingOut(Out):
    """A unit that the files lack though they have others of its city."""

    unit = text()
    city = text()
    county = text()
    name = text()


class MissingPersonOut(Out):
    """Somebody whom the files lack though they have others of the city and category."""

    inspector = text()
    name = text()
    employer = text()
    city = text()
    category = text()


class ImportOut(Out):
    """What an import did."""

    imported = whole()
    updated = whole()
    unchanged = whole()
    left = whole()
    warnings = many(FindingOut)
    changes = many(ChangeOut)
    missing = many(MissingOut)
    missing_people = many(MissingPersonOut)


class UnitOut(Out):
    """A unit of the roster; contacts are for the office and the unit's own city."""

    unit = text()
    city = text()
    county = text()
    name = text()
    kind = text()
    status = text()
    target_year = text()
    livelihood = fields.Boolean(required=True, allow_none=True)
    former_name = text()
    assessed_on = text()
    assessed_score = text()
    naming_document = text()
    named_on = text()
    valid_until = text()
    city_score = text()
    city_result = text()


class OneUnitOut(UnitOut):
    """A unit as the roster has it, or had it: with the day on which it was taken off, empty while it is on it."""

    on_roster = flag()
    taken_off_on = text()


class VersionOut(Out):
    """A unit as it was from one act to another."""

    since = whole()
    until = maybe_whole()
    unit = fields.Nested(UnitOut, required=True)


class PersonOut(Out):
    """An inspector of the roster."""

    inspector = text()
    name = text()
    employer = text()
    city = text()
    category = text()
    may_lead = flag()
    capacity = maybe_whole()
    post = text()
    speciality = text()
    available_from = text()
    available_to = text()


class RecusalOut(Out):
    """Somebody who may not inspect a unit."""

    inspector = text()
    unit = text()
    reason = text()


class PlaceOut(Out):
    """A place of the office's own."""

    place = text()
    name = text()
    level = text()
    parent = text()
    class_name = text()
    townships = maybe_whole()


class TargetOut(Out):
    """What a city was ordered."""

    city = text()
    naming = whole()
    livelihood = whole()
    re_evaluation = whole()


class LeftOut(Out):
    """Who left the roster."""

    left = texts()


def counts(report: Report) -> dict[str, int]:
    """How many rows are new, changed, as before, and gone."""
    return {"imported": report.imported, "updated": report.updated, "unchanged": report.unchanged, "left": report.left}


def report_json(report: Report) -> dict[str, Any]:
    """What an import did."""
    return {
        **counts(report),
        "warnings": [finding_json(finding) for finding in report.warnings],
        "changes": [change._asdict() for change in report.changes],
        "missing": missing_units(report),
        "missing_people": missing_people(report),
    }


def missing_units(report: Report) -> list[dict[str, Any]]:
    """Units that the files lack."""
    fields = ("unit", "city", "county", "name")
    return [{name: record[name] for name in fields} for record in report.missing if "unit" in record]


def missing_people(report: Report) -> list[dict[str, Any]]:
    """People whom the files lack."""
    fields = ("inspector", "name", "employer", "city", "category")
    return [{name: record[name] for name in fields} for record in report.missing if "inspector" in record]


def place_json(finding: Finding) -> dict[str, object]:
    """Where something was found."""
    return {"file": finding.file, "sheet": finding.sheet, "row": finding.row, "column": finding.column}


def finding_json(finding: Finding) -> dict[str, object]:
    """Something that was found, said in both languages."""
    texts = {each: messages.problem_text(finding.problem, each) for each in messages.LANGUAGES}
    return {**place_json(finding), "code": finding.problem.code, "messages": texts}


def rows_json(schema: type[Out], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of each row what the schema shows."""
    names = _names(schema)
    return [{name: row[name] for name in names} for row in rows]


@cache
def _names(schema: type[Out]) -> tuple[str, ...]:
    return tuple(schema().dump_fields)

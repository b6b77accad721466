"""What an import of rosters did, or why it was refused: in words for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from audit_service.cli.output import Console, put
from audit_service.core.incoming import shown
from audit_service.errors import Finding, RosterErrors
from audit_service.messages import problem_text
from audit_service.use_cases.import_rosters import Report
from schemas.answers.rosters import NOTHING, counts, missing_people, missing_units, place_json, report_json
from schemas.fields import RosterSchema

_MOST_PRINTED: Final = 20
"""So many changes, and so many missing units and people, are printed; JSON has all."""


def tell(console: Console, schema: RosterSchema, report: Report) -> None:
    """What was imported, what changed field by field, who and what is missing, and what the office should know."""
    tell_warnings(console, report.warnings)
    _tell_changes(console, schema, report)
    _tell_missing(console, report)
    changed = report.imported or report.updated or report.left
    console.say("imported" if changed else "imported-nothing", **counts(report))
    console.result(_as_json(console, report, (), report.warnings))


def tell_warnings(console: Console, warnings: Sequence[Finding]) -> None:
    """What is remarkable and wrong with nothing."""
    for warning in warnings:
        console.say("finding-warning", **_said(console, warning))


def tell_errors(console: Console, error: RosterErrors, warnings: Sequence[Finding]) -> None:
    """Everything that is wrong, at once."""
    for warning in warnings:
        put(console.text("finding-warning", **_said(console, warning)), err=True)
    for finding in error.findings:
        put(console.text("finding", **_said(console, finding)), err=True)
    put(console.text("refused", why=problem_text(error.problem, console.language)), err=True)
    console.result(_as_json(console, NOTHING, error.findings, warnings))


def tell_findings(console: Console, error: RosterErrors) -> None:
    """Everything that is wrong with what is no roster, at once."""
    for finding in error.findings:
        put(console.text("finding", **_said(console, finding)), err=True)
    why = problem_text(error.problem, console.language)
    put(console.text("refused", why=why), err=True)
    errors = [finding_json(console, finding) for finding in error.findings]
    console.result({"error": {"code": error.code, "message": why}, "errors": errors})


def _tell_changes(console: Console, schema: RosterSchema, report: Report) -> None:
    for change in report.changes[:_MOST_PRINTED]:
        known = schema.load_fields.get(change.field)
        heading = known.data_key if known else change.field
        old, new = _value(console, change.old), _value(console, change.new)
        console.say("roster-change", key=change.key, heading=heading, old=old, new=new)
    _tell_rest(console, len(report.changes))


def _tell_missing(console: Console, report: Report) -> None:
    for code, missing, line in (
        ("roster-missing", missing_units(report), "  {unit}  {county}{name}"),
        ("roster-missing-people", missing_people(report), "  {inspector}  {name}  {employer}"),
    ):
        if missing:
            console.say(code, count=len(missing))
            for record in missing[:_MOST_PRINTED]:
                console.show(line.format_map(record))
            _tell_rest(console, len(missing))


def _tell_rest(console: Console, count: int) -> None:
    if count > _MOST_PRINTED:
        console.say("roster-more", count=count - _MOST_PRINTED)


def _value(console: Console, value: object) -> str:
    if value is None or value == "":
        return console.text("value-none")
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else shown(str(value))


def _as_json(
    console: Console, report: Report, errors: Sequence[Finding], warnings: Sequence[Finding]
) -> dict[str, Any]:
    return {
        **report_json(report),
        "errors": [finding_json(console, finding) for finding in errors],
        "warnings": [finding_json(console, finding) for finding in warnings],
    }


def finding_json(console: Console, finding: Finding) -> dict[str, object]:
    """A finding for programs: its place, its code, what is said of it."""
    return {**place_json(finding), "code": finding.problem.code, "message": _message(console, finding)}


def _said(console: Console, finding: Finding) -> dict[str, str]:
    """A finding's place as people read it, and what is said of it."""
    row = console.text("place-row", row=finding.row) if finding.row else ""
    parts = (finding.file, finding.sheet, row, shown(finding.column))
    return {"place": " · ".join(part for part in parts if part), "message": _message(console, finding)}


def _message(console: Console, finding: Finding) -> str:
    near = finding.problem.params.get("near")
    hint = console.text("finding-near", near=near) if near else ""
    space = " " if hint and console.language == "en" else ""
    return problem_text(finding.problem, console.language) + space + hint

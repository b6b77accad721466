"""Commands that import rosters."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.core.policy import Status
from audit_service.errors import Finding, RosterErrors
from audit_service.files.divisions import sichuan
from audit_service.files.policies import installed
from audit_service.files.spreadsheets import read_file
from audit_service.messages import problem_text
from audit_service.use_cases.import_rosters import (
    Report,
    import_people,
    import_recusals,
    import_targets,
    import_units,
)
from schemas.fields import RosterSchema
from schemas.people import PersonIn
from schemas.recusals import RecusalIn
from schemas.rows import read_rows
from schemas.targets import TargetIn
from schemas.units import UnitIn

_NOTHING: Final = Report(0, 0, 0, 0, ())


def files_and_complete(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments of every import: the files, and whether they are the complete roster."""
    file = click.Path(exists=True, dir_okay=False)
    function = click.option("--complete", is_flag=True, help=help_text("option.complete"))(function)
    return click.argument("files", nargs=-1, required=True, type=file, metavar="FILE...")(function)


@command("units", acts=True)
@files_and_complete
def units(console: Console, files: tuple[str, ...], complete: bool, by: str | None) -> None:
    """Import units."""
    statuses = known_statuses(console)
    _import(
        console,
        UnitIn(),
        files,
        lambda db, rows: import_units(db, console.runtime.act(by), rows, sichuan(), statuses, complete=complete),
    )


@command("people", acts=True)
@files_and_complete
def people(console: Console, files: tuple[str, ...], complete: bool, by: str | None) -> None:
    """Import people."""
    _import(
        console,
        PersonIn(),
        files,
        lambda db, rows: import_people(db, console.runtime.act(by), rows, sichuan(), complete=complete),
    )


@command("recusals", acts=True)
@files_and_complete
def recusals(console: Console, files: tuple[str, ...], complete: bool, by: str | None) -> None:
    """Import recusals."""
    _import(
        console,
        RecusalIn(),
        files,
        lambda db, rows: import_recusals(db, console.runtime.act(by), rows, complete=complete),
    )


@command("targets", acts=True)
@files_and_complete
def targets(console: Console, files: tuple[str, ...], complete: bool, by: str | None) -> None:
    """Import targets."""
    _import(
        console,
        TargetIn(),
        files,
        lambda db, rows: import_targets(db, console.runtime.act(by), rows, sichuan(), complete=complete),
    )


COMMANDS: Final = {"units": units, "people": people, "recusals": recusals, "targets": targets}


def known_statuses(console: Console) -> list[Status]:
    """The statuses of all policies."""
    known = installed(console.runtime.settings.policy_folder).values()
    return [status for programme, _ in known for status in programme.statuses]


def _import(console: Console, schema: RosterSchema, files: Sequence[str], import_rows: Callable[..., Report]) -> None:
    """Read the files, import what they say, and tell what came of it."""
    incoming = read_rows(schema, [read_file(file) for file in files])
    try:
        with console.runtime.begin() as db:
            report = import_rows(db, incoming)
    except RosterErrors as error:
        _tell_errors(console, error, incoming.warnings)
        sys.exit(REFUSED)
    _tell(console, report)


def _tell(console: Console, report: Report) -> None:
    for warning in report.warnings:
        console.say("finding-warning", **_said(console, warning))
    changed = report.imported or report.updated or report.left
    console.say("imported" if changed else "imported-nothing", **_counts(report))
    console.result(_as_json(console, report, (), report.warnings))


def _tell_errors(console: Console, error: RosterErrors, warnings: Sequence[Finding]) -> None:
    for warning in warnings:
        click.echo(console.text("finding-warning", **_said(console, warning)), err=True)
    for finding in error.findings:
        click.echo(console.text("finding", **_said(console, finding)), err=True)
    click.echo(console.text("refused", why=problem_text(error.problem, console.language)), err=True)
    console.result(_as_json(console, _NOTHING, error.findings, warnings))


def _as_json(
    console: Console, report: Report, errors: Sequence[Finding], warnings: Sequence[Finding]
) -> dict[str, Any]:
    return {
        **_counts(report),
        "errors": [_finding_json(console, finding) for finding in errors],
        "warnings": [_finding_json(console, finding) for finding in warnings],
    }


def _counts(report: Report) -> dict[str, int]:
    return {"imported": report.imported, "updated": report.updated, "unchanged": report.unchanged, "left": report.left}


def _finding_json(console: Console, finding: Finding) -> dict[str, object]:
    place = {"file": finding.file, "sheet": finding.sheet, "row": finding.row, "column": finding.column}
    return {**place, "code": finding.problem.code, "message": _message(console, finding)}


def _said(console: Console, finding: Finding) -> dict[str, str]:
    """A finding's place as people read it, and what is said of it."""
    row = console.text("place-row", row=finding.row) if finding.row else ""
    parts = (finding.file, finding.sheet, row, finding.column)
    return {"place": " · ".join(part for part in parts if part), "message": _message(console, finding)}


def _message(console: Console, finding: Finding) -> str:
    near = finding.problem.params.get("near")
    hint = console.text("finding-near", near=near) if near else ""
    space = " " if hint and console.language == "en" else ""
    return problem_text(finding.problem, console.language) + space + hint

"""Commands that import rosters."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.roster_report import tell, tell_errors
from audit_service.core.rights import Right
from audit_service.errors import RosterErrors
from audit_service.files.divisions import sichuan, sichuan_towns
from audit_service.files.spreadsheets import read_files
from audit_service.papers import places as known_places
from audit_service.use_cases.import_rosters import (
    Report,
    import_former_names,
    import_people,
    import_places,
    import_recusals,
    import_targets,
    import_units,
)
from schemas.fields import RosterSchema
from schemas.former_names import FormerNameIn
from schemas.people import PersonIn
from schemas.places import PlaceIn
from schemas.recusals import RecusalIn
from schemas.rows import read_rows
from schemas.targets import TargetIn
from schemas.units import units_schema


def files_and_complete(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments of every import: the files, and whether they are the complete roster."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    function = click.option("--complete", is_flag=True, help=help_text("option.complete"))(function)
    return click.argument("files", nargs=-1, required=True, type=file, metavar="FILE...")(function)


city_option = click.option("--city", default="", metavar="CITY", help=help_text("option.rows-city"))


@command("units", right=Right.ROSTERS_WRITE)
@files_and_complete
@click.option("--issue-codes", "issue", is_flag=True, help=help_text("option.issue-codes"))
@city_option
def units(console: Console, files: tuple[Path, ...], complete: bool, issue: bool, city: str, by: str | None) -> None:
    """Import units."""
    known = sichuan_towns(), console.runtime.statuses
    how: Any = {"complete": complete, "issue": issue, "city": city}
    import_files(
        console,
        units_schema(city),
        files,
        lambda db, rows: import_units(db, console.act(by), rows, known_places.divisions(db), *known, **how),
    )


@command("people", right=Right.ROSTERS_WRITE)
@files_and_complete
def people(console: Console, files: tuple[Path, ...], complete: bool, by: str | None) -> None:
    """Import people."""
    import_files(
        console,
        PersonIn(),
        files,
        lambda db, rows: import_people(db, console.act(by), rows, known_places.divisions(db), complete=complete),
    )


@command("recusals", right=Right.ROSTERS_WRITE)
@files_and_complete
def recusals(console: Console, files: tuple[Path, ...], complete: bool, by: str | None) -> None:
    """Import recusals."""
    import_files(
        console,
        RecusalIn(),
        files,
        lambda db, rows: import_recusals(db, console.act(by), rows, complete=complete),
    )


@command("targets", right=Right.ROSTERS_WRITE)
@files_and_complete
def targets(console: Console, files: tuple[Path, ...], complete: bool, by: str | None) -> None:
    """Import targets."""
    import_files(
        console,
        TargetIn(),
        files,
        lambda db, rows: import_targets(db, console.act(by), rows, known_places.divisions(db), complete=complete),
    )


@command("places", right=Right.ROSTERS_WRITE)
@files_and_complete
def places(console: Console, files: tuple[Path, ...], complete: bool, by: str | None) -> None:
    """Import places."""
    import_files(
        console,
        PlaceIn(),
        files,
        lambda db, rows: import_places(db, console.act(by), rows, sichuan(), complete=complete),
    )


@command("former-names", right=Right.ROSTERS_WRITE)
@files_and_complete
def former_names(console: Console, files: tuple[Path, ...], complete: bool, by: str | None) -> None:
    """Import former names of units."""
    import_files(
        console,
        FormerNameIn(),
        files,
        lambda db, rows: import_former_names(
            db, console.act(by), rows, known_places.divisions(db), sichuan_towns(), complete=complete
        ),
    )


COMMANDS: Final = {
    "units": units,
    "people": people,
    "recusals": recusals,
    "targets": targets,
    "former-names": former_names,
    "places": places,
}


def import_files(
    console: Console, schema: RosterSchema, files: Sequence[Path], import_rows: Callable[..., Report]
) -> None:
    """Read the files, import what they say, and tell what came of it."""
    incoming = read_rows(schema, read_files(map(str, files)))
    try:
        with console.runtime.begin() as db:
            report = import_rows(db, incoming)
    except RosterErrors as error:
        tell_errors(console, error, incoming.warnings)
        sys.exit(REFUSED)
    tell(console, schema, report)

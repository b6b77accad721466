"""The command that makes a part of a policy out of an office's own scoring table."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.policy_problems import tell_problems
from audit_service.cli.policy_show_standard import show_standard
from audit_service.cli.roster_report import finding_json, tell_errors, tell_warnings
from audit_service.core.canonical import AN_IDENTIFIER, checked
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.core.rules import Label
from audit_service.core.standard_file import write_standard
from audit_service.core.standards import OF_PLACES, OF_UNITS
from audit_service.errors import RosterErrors
from audit_service.files.folders import read_file, write_file
from audit_service.files.spreadsheets import read_files
from audit_service.use_cases.standard_import import Tabled, standard_of
from schemas.rows import read_rows
from schemas.standards import CriterionIn

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_EVERYTHING = "*"


@command("standard")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--standard", "name", required=True, metavar="NAME", help=help_text("option.standard"))
@click.option("--label", default="", help=help_text("option.standard-label"))
@click.option("--of", type=click.Choice((OF_UNITS, OF_PLACES)), default=OF_UNITS, help=help_text("option.standard-of"))
@click.option("--into", type=_FILE, metavar="POLICY.json", help=help_text("option.standard-into"))
@click.option("--out", required=True, type=click.Path(path_type=Path), help=help_text("option.standard-out"))
def make_standard(
    console: Console, files: tuple[Path, ...], name: str, label: str, of: str, into: Path | None, out: Path
) -> None:
    """Make a standard out of a scoring table."""
    checked(name, AN_IDENTIFIER, "--standard")
    incoming = read_rows(CriterionIn(), read_files(map(str, files)))
    try:
        tabled = standard_of(incoming, name, Label(label or name, label or name), of)
    except RosterErrors as error:
        tell_errors(console, error, incoming.warnings)
        sys.exit(REFUSED)
    written = _written(console, tabled, into)
    write_file(out, (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode())
    _tell(console, tabled, out)


def _written(console: Console, tabled: Tabled, into: Path | None) -> dict[str, Any]:
    """The section alone, or the policy with it, which must be right before and after."""
    section = write_standard(tabled.standard)
    if into is None:
        return {"standards": [section]}
    policy = _right(console, read_file(into))
    known = {each["standard"]: each for each in policy.get("standards", [])}
    before = known.pop(section["standard"], {})
    kept = {"bands": before["bands"]} if before.get("bands") else {}  # no table says what a score reaches
    policy["standards"] = [*known.values(), section | kept]
    if tabled.standard.of == OF_UNITS and not policy.get("checklists"):
        policy["checklists"] = {_EVERYTHING: [section["standard"]]}
    return _right(console, json.dumps(policy).encode())


def _right(console: Console, data: bytes) -> dict[str, Any]:
    try:
        read_programme(data)
    except PolicyErrors as errors:
        tell_problems(console, errors)
        sys.exit(REFUSED)
    found: dict[str, Any] = json.loads(data)
    return found


def _tell(console: Console, tabled: Tabled, out: Path) -> None:
    """What came of the table, to be looked through: which numbers were taken out of the words above all."""
    tell_warnings(console, tabled.warnings)
    show_standard(console, tabled.standard)
    criteria = tabled.standard.criteria.values()
    counts = {
        "areas": len(tabled.standard.areas),
        "criteria": len(criteria),
        "measures": sum(len(criterion.measures) for criterion in criteria),
        "vetoes": sum(criterion.veto for criterion in criteria),
    }
    full = None if tabled.standard.full is None else f"{tabled.standard.full:f}"
    console.say("standard-made", file=out, **counts)
    warnings = [finding_json(console, finding) for finding in tabled.warnings]
    console.result({"standard": tabled.standard.standard, **counts, "points": full, "warnings": warnings})


COMMANDS = {"standard": make_standard}

"""Commands on checks beside the sample (定向抽查)."""

from __future__ import annotations

import sys
from typing import Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.roster_report import tell_findings
from audit_service.cli.terms import read_day
from audit_service.core.rights import Right
from audit_service.errors import RosterErrors
from audit_service.papers import places
from audit_service.use_cases import checks, outcomes_shown
from audit_service.use_cases.outcomes_shown import Viewer
from schemas.answers.outcomes import check_json


@command("open", right=Right.AFTER_ACT)
@click.argument("unit")
@click.option("--policy", required=True, metavar="NAME", help=help_text("option.policy"))
@click.option("--campaign", default="", metavar="NAME", help=help_text("option.check-campaign"))
@click.option("--ground", required=True, metavar="NAME", help=help_text("option.check-ground"))
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.check-document"))
@click.option("--inspector", "team", multiple=True, required=True, metavar="CODE", help=help_text("option.check-team"))
@click.option("--due", required=True, metavar="DATE", help=help_text("option.check-due"))
def open_check(
    console: Console,
    unit: str,
    policy: str,
    campaign: str,
    ground: str,
    reason: str,
    document: str,
    team: tuple[str, ...],
    due: str,
    by: str | None,
) -> None:
    """Order a check beside the sample."""
    asked = checks.Asked(unit, ground, reason, document, team, read_day(console, "--due", due), campaign)
    programme = console.runtime.policy(policy)
    try:
        with console.runtime.begin() as db:
            name = checks.open_check(db, console.act(by), programme, asked)
            row = outcomes_shown.one_check(db, name, Viewer(office=True))
    except RosterErrors as error:
        tell_findings(console, error)
        sys.exit(REFUSED)
    console.say("check-opened", check=name, unit=unit, due=asked.due_on)
    console.result(check_json(row, row["due_on"]))


@command("list")
def list_checks(console: Console) -> None:
    """List the checks beside the sample."""
    with console.runtime.look() as db:
        rows = outcomes_shown.list_checks(db, Viewer(office=True))
        moved = {row["occasion"]: checks.moved_to(db, row, console.runtime.now()) for row in rows}
        names = places.names(db)
    for row in rows:
        name = names.units.get(row["unit"], "")
        console.show(f"{row['occasion']}  {row['unit']}  {name}  {row['ground']}  {moved[row['occasion']]}")
    if not rows:
        console.say("checks-none")
    console.result([check_json(row, moved[row["occasion"]]) for row in rows])


COMMANDS: Final = {"open": open_check, "list": list_checks}

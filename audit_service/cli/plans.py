"""The command that says which units two levels would visit."""

from __future__ import annotations

import sys
from typing import Final

import click

from audit_service.cli.orders import policy_option
from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.tables import table
from audit_service.papers import places
from audit_service.use_cases.plans import plans_of, twice_planned
from audit_service.use_cases.policies import counting
from schemas.answers.plans import plans_json


@command("check")
@policy_option
@click.option("--period", default="", metavar="PERIOD", help=help_text("option.plan-period"))
def check(console: Console, policy: str, period: str) -> None:
    """Find units that two levels would visit in one period."""
    with console.runtime.look() as db:
        programme = counting(db, console.runtime.policy, policy)
        levels = dict(plans_of(programme).levels)
        found, names = twice_planned(db, programme, period), places.names(db)
    rows = [
        [each.unit, names.units.get(each.unit, ""), each.period, console.wording.of(levels[level]), day]
        for each in found
        for level, day in each.visits
    ]
    headings = [console.text(f"column.{name}") for name in ("unit", "name", "period", "level", "planned")]
    for line in table(headings, rows) if rows else ():
        console.show(line)
    console.say("plans-twice" if found else "plans-fit", count=len(found))
    console.result(plans_json(policy, found))
    if found:
        sys.exit(REFUSED)


COMMANDS: Final = {"check": check}

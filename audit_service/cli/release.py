"""Commands by which the office releases units to their host city, and looks at what a city sees."""

from __future__ import annotations

from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.papers import places
from audit_service.use_cases.releases import release, released_units
from schemas.answers.sealed import released_json

city_option = click.option("--city", required=True, metavar="CODE", help=help_text("option.release-city"))


@command("make", right=Right.DRAWS_ACT)
@click.argument("draw")
@city_option
@click.option("--visit", required=True, metavar="DATE", help=help_text("option.release-visit"))
@click.option("--days", required=True, type=int, metavar="N", help=help_text("option.release-days"))
def make(console: Console, draw: str, city: str, visit: str, days: int, by: str | None) -> None:
    """Release a draw's units to their city, some days before the visit."""
    day = read_day(console, "--visit", visit)
    with console.runtime.begin() as db:
        code = places.city_code(db, city)
        found = release(db, console.act(by), console.runtime.vault, draw, code, day, days)
        names = places.names(db)
    console.say("released", draw=draw, city=names.cities.get(code, code), count=len(found.units), since=found.since)
    console.result(released_json(found))


@command("show")
@city_option
def show(console: Console, city: str) -> None:
    """Show what a city sees of its units today."""
    with console.runtime.look() as db:
        code = places.city_code(db, city)
        found = released_units(db, console.runtime.vault, code, beijing_day(console.runtime.now()))
        names = places.names(db)
    for entry in found:
        console.say("released-units", draw=entry.draw, visit=entry.visit, count=len(entry.units))
        for unit in entry.units:
            console.show(f"  {unit}  {names.units.get(unit, '')}")
    if not found:
        console.say("released-none", city=names.cities.get(code, code))
    console.result({"city": code, "released": [released_json(entry) for entry in found]})


COMMANDS: Final = {"make": make, "show": show}

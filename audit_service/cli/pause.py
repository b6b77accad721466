"""Commands on pauses (疫情、汛情), in which clocks stand."""

from __future__ import annotations

from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.terms import read_day
from audit_service.core.rights import Right
from audit_service.papers import places
from audit_service.use_cases import pauses
from schemas.answers.outcomes import pause_json

document_option = click.option("--document", required=True, metavar="TEXT", help=help_text("option.pause-document"))


@command("begin", right=Right.AFTER_ACT)
@click.option("--campaign", default="", metavar="NAME", help=help_text("option.pause-campaign"))
@click.option("--city", "cities", multiple=True, metavar="CITY", help=help_text("option.pause-city"))
@click.option("--since", required=True, metavar="DATE", help=help_text("option.pause-since"))
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
@document_option
def begin(
    console: Console, campaign: str, cities: tuple[str, ...], since: str, reason: str, document: str, by: str | None
) -> None:
    """Stop the clocks of a campaign or a region."""
    day = read_day(console, "--since", since)
    with console.runtime.begin() as db:
        known = places.divisions(db)
        row = pauses.begin(db, console.act(by), known, campaign, cities, day, reason, document)
    console.say("pause-begun", pause=row["pause"], since=day)
    console.result(pause_json(row))


@command("end", right=Right.AFTER_ACT)
@click.argument("pause")
@click.option("--until", required=True, metavar="DATE", help=help_text("option.pause-last"))
@document_option
def end(console: Console, pause: str, until: str, document: str, by: str | None) -> None:
    """Let the clocks run again."""
    day = read_day(console, "--until", until)
    with console.runtime.begin() as db:
        row = pauses.end(db, console.act(by), pause, day, document)
    console.say("pause-over", pause=pause, until=day)
    console.result(pause_json(row))


@command("list")
def list_pauses(console: Console) -> None:
    """List pauses."""
    with console.runtime.look() as db:
        rows, known = pauses.list_pauses(db), places.cities(db)
    for row in rows:
        cities = "、".join(known.get(city, city) for city in row["cities"].split(",") if city) or "-"
        console.show(f"{row['pause']}  {row['campaign'] or '-'}  {cities}  {row['since']} — {row['until']}")
    if not rows:
        console.say("pauses-none")
    console.result([pause_json(row) for row in rows])


COMMANDS: Final = {"begin": begin, "end": end, "list": list_pauses}

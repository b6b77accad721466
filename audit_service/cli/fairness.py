"""Fairness over the years: what was undone, tried or substituted, and whether samples met by chance."""

from __future__ import annotations

from audit_service.cli.output import Console, command
from audit_service.use_cases import fairness
from audit_service.use_cases.fairness import Pair, Year
from schemas.answers.estimates import hundredths, pair_json, percent, year_json


@command("fairness")
def show_fairness(console: Console) -> None:
    """Show every campaign's events, and what its sample shares with the one before."""
    with console.runtime.look() as db:
        years = fairness.years(db)
        pairs = fairness.pairs(db, console.runtime.vault)
    for year in years:
        _show_year(console, year)
    for pair in pairs:
        _show_pair(console, pair)
    if pairs:
        console.say("fairness-note")
    if not years:
        console.say("fairness-none")
    console.result({"campaigns": [year_json(year) for year in years], "overlaps": [pair_json(pair) for pair in pairs]})


def _show_year(console: Console, year: Year) -> None:
    counts = {what.replace("-", "_"): count for what, count in year.counts.items()}
    console.say("fairness-year", campaign=year.campaign, policy=year.policy, draws=year.draws, **counts)
    for event in year.events:
        console.say(
            "fairness-event",
            number=event.number,
            time=console.moment(event.at),
            what=console.text(f"fairness-what.{event.what}"),
            name=event.name,
            why=event.why,
        )


def _show_pair(console: Console, pair: Pair) -> None:
    found = pair.overlap
    names = {"earlier": pair.earlier, "later": pair.later}
    console.say("fairness-overlap", **names, shared=found.shared, expected=hundredths(found.expected))
    if found.as_many is None or found.as_few is None:
        console.say("fairness-cannot-tell")
    else:
        console.say("fairness-chances", many=percent(found.as_many), few=percent(found.as_few))


COMMANDS = {"fairness": show_fairness}

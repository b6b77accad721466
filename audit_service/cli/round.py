"""Commands on assignment rounds."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Final

import click

from audit_service.cli.called_show import show_concluded
from audit_service.cli.draw_show import label, show_corrections, show_done, show_marks
from audit_service.cli.output import Console, command, help_text
from audit_service.cli.request import waits
from audit_service.cli.reveal import handed_option, reveal_part
from audit_service.cli.shortage_show import show_shortages
from audit_service.cli.tables import table
from audit_service.cli.terms import cancelled_option, read_day, show_commitment, terms_options
from audit_service.core.policy import Programme
from audit_service.core.rights import Right
from audit_service.files.folders import write_file
from audit_service.papers import places
from audit_service.use_cases import committing, evidence, requests, rounds, views
from audit_service.use_cases.committing import Terms
from audit_service.use_cases.people_of_round import Period
from schemas.answers.draws import corrected_json, done_json
from schemas.answers.teams import called_json, concluded_json, round_json

INFEASIBLE: Final = 3
round_argument = click.argument("name", metavar="DRAW/N")


@command("commit", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.option("--inspect-from", "since", metavar="DATE", help=help_text("option.inspect-from"))
@click.option("--inspect-to", "until", metavar="DATE", help=help_text("option.inspect-to"))
@terms_options
def commit(
    console: Console,
    draw: str,
    terms: Terms,
    out: Path | None,
    since: str | None,
    until: str | None,
    by: str | None,
) -> None:
    """Commit the next round with today's people and recusals."""
    period = Period(
        read_day(console, "--inspect-from", since) if since else None,
        read_day(console, "--inspect-to", until) if until else None,
    )
    with console.runtime.begin() as db:
        found = rounds.commit_round(db, console.act(by), console.runtime.vault, draw, terms, period)
        if out:
            write_file(out, evidence.commitment_of(db, *rounds.parse_round(found.name)))
        names = places.names(db)
    show_concluded(console, found.called.concluded, names)
    show_commitment(console, found.name, found.c, terms, out)
    console.result({"round": found.name, "commitment": found.c, **called_json(found.called)})


@command("run", right=Right.DRAWS_ACT)
@round_argument
@click.option("--public", required=True, metavar="VALUE", help=help_text("option.public"))
@cancelled_option
def run(console: Console, name: str, public: str, document: str, by: str | None) -> None:
    """Draw the teams."""
    with console.runtime.begin() as db:
        found = rounds.run_round(db, console.act(by), console.runtime.vault, name, public, document)
        view = views.show_draw(db, console.runtime.vault, name.partition("/")[0], console.runtime.now(), sealed=True)
        names = places.names(db)
    show_marks(console, view)
    show_round(console, view.draw.programme, found, names)
    console.result(round_json(found))
    if found.shortages:
        sys.exit(INFEASIBLE)


def show_round(console: Console, programme: Programme, found: rounds.Round, names: views.Names) -> None:
    """Every team with its leader, its circuit and its units, and how many packets people are on."""
    if found.shortages:
        show_shortages(console, programme, found.shortages, names, found.untried)
        console.under(programme).say("round-infeasible", name=found.name)
        return
    console.say("round-head", name=found.name)
    roles = [seat.role for pool in programme.pools for seat in pool.seats]
    for packet in found.packets:
        team = sorted((s for s in found.seats if s.packet == packet.packet), key=lambda s: roles.index(s.role))
        if not packet.units:
            continue
        console.show()
        console.show(f"{packet.packet}  {label(console, programme, 'pool', packet.pool)}")
        for seat in team:
            person = names.people.get(seat.inspector) or console.text("person-left")
            console.show(f"  {label(console, programme, 'role', seat.role)}  {seat.inspector} {person}")
        circuit = [names.cities.get(city, city) for city in dict.fromkeys(found.city_of[unit] for unit in packet.units)]
        console.say("round-circuit", cities=" → ".join(circuit))
        for unit in packet.units:
            console.show(f"    {unit}  {names.units.get(unit, '')}")
    _show_loads(console, found)


def _show_loads(console: Console, found: rounds.Round) -> None:
    loads = Counter(Counter(seat.inspector for seat in found.seats).values())
    console.show()
    headings = [console.text("column.packets"), console.text("column.people")]
    for line in table(headings, sorted(loads.items())):
        console.show(line)


@command("correct", right=Right.DRAWS_ACT)
@round_argument
@click.option("--public", required=True, metavar="VALUE", help=help_text("option.public"))
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
def correct(console: Console, name: str, public: str, document: str, by: str | None) -> None:
    """Correct a round's public value that was typed wrongly."""
    rounds.parse_round(name)
    with console.runtime.begin() as db:
        outcome = requests.correct(db, console.act(by), console.runtime.vault, name, public, document)
    if waits(console, outcome):
        return
    show_corrections(console, outcome.result)
    console.result({"round": name, "corrected": corrected_json(outcome.result)})


@command("list")
@click.argument("draw")
def list_rounds(console: Console, draw: str) -> None:
    """List the rounds of a draw."""
    with console.runtime.look() as db:
        found = views.list_rounds(db, draw, console.runtime.now())
    for done in found:
        console.show(f"{done.progress.name}  {console.text(f'state.{done.progress.state}')}")
        for violation in done.violations:
            console.say(violation)
    if not found:
        console.say("rounds-none", draw=draw)
    console.result({"rounds": [done_json(done) for done in found]})


@command("show")
@round_argument
def show(console: Console, name: str) -> None:
    """Show a round."""
    with console.runtime.look() as db:
        done, found = views.show_round(db, console.runtime.vault, name, console.runtime.now())
        concluded = rounds.concluded_of(db, name)
        view = views.show_draw(db, console.runtime.vault, name.partition("/")[0], console.runtime.now(), sealed=True)
        names = places.names(db)
    show_marks(console, view)
    show_done(console, done)
    show_concluded(console, concluded, names)
    if found:
        console.show()
        show_round(console, view.draw.programme, found, names)
    console.result({**done_json(done), **concluded_json(concluded), **(round_json(found) if found else {})})


@command("withdraw", right=Right.DRAWS_ACT)
@round_argument
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
def withdraw(console: Console, name: str, reason: str, by: str | None) -> None:
    """Withdraw a round's commitment."""
    with console.runtime.begin() as db:
        committing.withdraw(db, console.act(by), *rounds.parse_round(name), reason)
    console.say("withdrawn", name=name)
    console.result({"round": name, "state": "withdrawn"})


@command("reveal", right=Right.DRAWS_ACT)
@round_argument
@handed_option
def reveal(console: Console, name: str, secret: str | None, by: str | None) -> None:
    """Reveal a sealed round."""
    with console.runtime.begin() as db:
        rounds.parse_round(name)
        outcome = reveal_part(db, console, name, secret, by)
    if waits(console, outcome):
        return
    console.say("revealed", name=name, secret=outcome.result.secret)
    console.result({"round": name, "secret": outcome.result.secret, "seed": outcome.result.seed})


COMMANDS = {
    "commit": commit,
    "run": run,
    "correct": correct,
    "list": list_rounds,
    "show": show,
    "withdraw": withdraw,
    "reveal": reveal,
}

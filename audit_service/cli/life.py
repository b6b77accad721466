"""Commands on units' lives: take them over from the roster, record steps, look, change divisions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from audit_service.cli.life_show import show_changed, show_life, show_page, show_taken
from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.roster_report import tell_errors
from audit_service.cli.steps import sent_file, with_files
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.incoming import Incoming
from audit_service.core.life import LifeState
from audit_service.core.rights import Right
from audit_service.errors import Refused, RosterErrors
from audit_service.files.divisions import sichuan_towns
from audit_service.files.spreadsheets import read_file
from audit_service.papers import places
from audit_service.use_cases import adoption, division_changes, life_files, life_history, life_lists, lives
from schemas.answers.lives import adopted_json, division_json, life_json, taken_json
from schemas.life_steps import LifeStepIn
from schemas.rows import read_rows

NOTHING: Final = Incoming((), (), (), (), ())
SAID: Final = (
    *("document", "policy", "title", "award", "score", "county-review", "city-review", "declared-by", "reason"),
)
units_argument = click.argument("units", nargs=-1, metavar="UNIT...")
document_option = click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
on_option = click.option("--on", required=True, metavar="DATE", help=help_text("option.on"))


@command("adopt", right=Right.AFTER_ACT)
@units_argument
@click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
@click.option("--title", default="", metavar="TITLE", help=help_text("option.title"))
def adopt(console: Console, units: tuple[str, ...], policy: str, title: str, by: str | None) -> None:
    """Take the roster's units into life."""
    programme = console.runtime.policy(policy)
    try:
        with console.runtime.begin() as db:
            found = adoption.adopt(db, console.act(by), programme, title, units)
    except RosterErrors as error:
        _refused(console, error, NOTHING)
    console.say("life-adopted", count=len(found.units), known=found.known, stateless=len(found.stateless))
    console.result(adopted_json(found))


def step_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The units of a step, one by one or from a file, and what is said of it."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    for name in reversed((*SAID, "on", "until")):
        kind = "DATE" if name in ("on", "until") else "TEXT"
        function = click.option(f"--{name}", default="", metavar=kind, help=help_text(f"option.life-{name}"))(function)
    function = click.option("--scan", type=file, metavar="FILE", help=help_text("option.life-scan"))(function)
    function = click.option("--from", "file", type=file, metavar="FILE", help=help_text("option.life-from"))(function)
    return click.argument("step")(units_argument(function))


@command("step", right=Right.AFTER_ACT)
@step_options
def step(
    console: Console, step: str, units: tuple[str, ...], file: Path | None, scan: Path | None, by: str | None,
    **said: str,
) -> None:  # fmt: skip
    """Record a step of one unit or many."""
    _step(console, step, units, file, scan, by, said, "")


@command("own-step", right=Right.ANSWERS_OWN)
@step_options
def own_step(
    console: Console, step: str, units: tuple[str, ...], file: Path | None, scan: Path | None, by: str | None,
    **said: str,
) -> None:  # fmt: skip
    """Record a first step of a city's own units."""
    if console.caller is None:
        raise Refused("life-city-needed")
    _step(console, step, units, file, scan, by, said, console.caller.account.city)


def _step(
    console: Console, step: str, units: tuple[str, ...], file: Path | None, scan: Path | None, by: str | None,
    said: Mapping[str, str], city: str,
) -> None:  # fmt: skip
    if bool(units) == (file is not None):
        raise Refused("life-units-or-file")
    sent = [sent_file(scan)] if scan else []
    shown = sent[0].file.digest if sent else ""
    told = {name: value for name, value in {**said, "scan": shown}.items() if value}
    for name in ("on", "until"):
        if name in told:
            told[name] = read_day(console, f"--{name}", told[name]).isoformat()
    if units and "on" not in told:
        raise Refused("life-on-missing")
    incoming = read_rows(LifeStepIn(), [read_file(str(file))]) if file else NOTHING
    try:
        with console.runtime.begin() as db:
            act = console.act(by)
            wanted, errors = (
                life_lists.wanted_rows(db, step, incoming, places.divisions(db), told, city)
                if file
                else (life_lists.wanted_units(step, units, told), [])
            )
            with with_files(console, sent, lambda paper: life_files.attach(db, act, paper, city=city)):
                taken = lives.step(
                    db, act, console.runtime.policy, step, wanted, policy=told.get("policy", ""),
                    city=city, files=incoming.digests, errors=errors,
                )  # fmt: skip
    except RosterErrors as error:
        _refused(console, error, incoming)
    show_taken(console, taken)
    console.result(taken_json(taken))


def _refused(console: Console, error: RosterErrors, incoming: Incoming) -> None:
    tell_errors(console, error, incoming.warnings)
    sys.exit(REFUSED)


@command("show")
@click.argument("unit")
def show(console: Console, unit: str) -> None:
    """Show a unit's whole history."""
    with console.runtime.look() as db:
        runtime = console.runtime
        life = life_history.show(db, runtime.policy, beijing_day(runtime.now()).isoformat(), unit)
    show_life(console, life)
    console.result(life_json(life))


@command("list")
@click.option(
    "--state", default="", type=click.Choice([state.value for state in LifeState]), help=help_text("option.state")
)
@click.option("--title", default="", metavar="TITLE", help=help_text("option.title"))
@click.option("--city", default="", metavar="CITY", help=help_text("option.life-city"))
@click.option("--valid-before", default="", metavar="DATE", help=help_text("option.valid-before"))
@click.option("--text", default="", metavar="TEXT", help=help_text("option.life-text"))
def list_lives(console: Console, state: str, title: str, city: str, valid_before: str, text: str) -> None:
    """List where units stand."""
    day = read_day(console, "--valid-before", valid_before).isoformat() if valid_before else ""
    with console.runtime.look() as db:
        code = places.city_code(db, city) if city else ""
        wanted = {"state": state, "title": title, "city": code, "valid_before": day, "text": text}
        rows = list(life_history.every_life(db, console.runtime.policy, **wanted))
    show_page(console, rows)
    console.result(rows)


@command("rename", right=Right.AFTER_ACT)
@click.argument("unit")
@click.option("--name", required=True, metavar="NAME", help=help_text("option.new-name"))
@click.option("--code", default="", metavar="CODE", help=help_text("option.new-code"))
@document_option
@on_option
def rename(console: Console, unit: str, name: str, code: str, document: str, on: str, by: str | None) -> None:
    """Give a unit another name, and another code if it has one."""
    day = read_day(console, "--on", on).isoformat()
    with console.runtime.begin() as db:
        policies = console.runtime.policy
        act, told = console.act(by), {"document": document, "on": day}
        changed = division_changes.rename(db, act, policies, unit, name=name, code=code, **told)
    show_changed(console, changed)
    console.result(division_json(changed))


@command("merge", right=Right.AFTER_ACT)
@click.argument("unit")
@click.option("--into", required=True, metavar="CODE", help=help_text("option.into"))
@click.option("--transfer", is_flag=True, help=help_text("option.transfer"))
@click.option("--unbuilt", is_flag=True, help=help_text("option.unbuilt"))
@document_option
@on_option
def merge(
    console: Console, unit: str, into: str, transfer: bool, unbuilt: bool, document: str, on: str, by: str | None
) -> None:
    """Merge a unit's division into another one."""
    if transfer and unbuilt:
        raise Refused("division-how")
    day = read_day(console, "--on", on).isoformat()
    how = division_changes.TRANSFER if transfer else division_changes.UNBUILT if unbuilt else division_changes.JOINS
    with console.runtime.begin() as db:
        policies, towns = console.runtime.policy, sichuan_towns()
        told = {"how": how, "document": document, "on": day}
        changed = division_changes.merge(db, console.act(by), policies, towns, unit, into, **told)
    show_changed(console, changed)
    console.result(division_json(changed))


COMMANDS: Final = {
    "adopt": adopt,
    "step": step,
    "own-step": own_step,
    "show": show,
    "list": list_lives,
    "rename": rename,
    "merge": merge,
}

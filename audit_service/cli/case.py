"""Commands of the exit mechanism (退出机制): what may be opened, what is open with its clocks, each step of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.request import waits
from audit_service.cli.steps import (
    ALWAYS,
    new_file,
    office_needs,
    own_city,
    said_from,
    said_options,
    sent_files,
    show_steps,
    taken,
    today,
    with_files,
    write_step_file,
)
from audit_service.core.exits import CITY, STEPS, TWO, CaseState, Step
from audit_service.core.rights import Right
from audit_service.files.folders import write_file
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.case_papers import PAPERS
from audit_service.papers.record_words import Words
from audit_service.use_cases import case_views, cases, requests
from audit_service.use_cases.case_views import Stood
from audit_service.use_cases.causes import candidates
from audit_service.use_cases.policies import bound
from schemas.answers.steps import candidate_json, case_json, one_case_json

case_argument = click.argument("case")


def line(console: Console, stood: Stood) -> str:
    """A case on one line: its day, where it stands, of which unit, why."""
    late = console.text("overdue-mark") if stood.overdue else ""
    state = console.text(f"case-state.{stood.state}")
    cause = console.text(f"cause.{stood.beginning['cause']}")
    reference = stood.row["finding"] or stood.row["occasion"]
    unit = stood.row["unit"] if stood.unit_now == stood.row["unit"] else f"{stood.row['unit']} → {stood.unit_now}"
    return f"{stood.case.case}  {stood.due_on or '—'}{late}  {state}  {unit}  {cause} {reference}".rstrip()


@command("list")
@click.option("--city", default="", metavar="CITY", help=help_text("option.only-city"))
@click.option("--unit", default="", metavar="UNIT", help=help_text("option.only-unit"))
@click.option("--state", type=click.Choice([state.value for state in CaseState]),
              help=help_text("option.only-state"))  # fmt: skip
@click.option("--open", "unended", is_flag=True, help=help_text("option.only-open"))
@click.option("--overdue", is_flag=True, help=help_text("option.only-overdue"))
def list_cases(console: Console, city: str, unit: str, state: str | None, unended: bool, overdue: bool) -> None:
    """List cases, those whose day is over first."""
    with console.runtime.look() as db:
        wanted = {"city": places.city_code(db, city) if city else "", "unit": unit, "state": state or ""}
        found = case_views.list_cases(
            db, console.runtime.policy, today(console),
            ended=not unended, overdue=overdue, told=bool(own_city(console)), **wanted,
        )  # fmt: skip
    for stood in found:
        console.show(line(console, stood))
    if not found:
        console.say("cases-nothing")
    console.result([case_json(stood) for stood in found])


@command("candidates")
def list_candidates(console: Console) -> None:
    """List what may be opened and has not been."""
    with console.runtime.look() as db:
        found = candidates(db, console.runtime.policy, today(console))
    for each in found:
        cause = each.cause
        label = console.wording.of(each.trigger.label)
        told = f"{cause.since}  {cause.unit}  {each.trigger.trigger}  {label}  {cause.finding or cause.occasion}"
        console.show(told.rstrip())
    if not found:
        console.say("candidates-nothing")
    console.result([candidate_json(each) for each in found])


@command("show")
@case_argument
def show(console: Console, case: str) -> None:
    """Show a case with its steps."""
    with console.runtime.look() as db:
        stood = case_views.one_case(db, console.runtime.policy, today(console), case)
    console.show(line(console, stood))
    for code, until in (("case-defence", stood.defence_until), ("case-objections", stood.objections_until)):
        if until:
            console.say(code, until=until)
    show_steps(console, stood.steps)
    console.result(one_case_json(stood))


@command("open", right=Right.AFTER_ACT)
@click.argument("trigger")
@click.argument("unit")
@click.option("--occasion", default="", metavar="NAME", help=help_text("option.case-occasion"))
@click.option("--finding", default="", metavar="NAME", help=help_text("option.case-finding"))
@click.option("--policy", default="", metavar="P", help=help_text("option.case-policy"))
@said_options((), ("document", "text"))
def open_case(
    console: Console, trigger: str, unit: str, occasion: str, finding: str, policy: str, by: str | None, **told: Any
) -> None:
    """Open a case for a cause that is there."""
    said = said_from(console, case_views.OPEN, told)
    where = {"occasion": occasion, "finding": finding, "policy": policy}
    with console.runtime.begin() as db:
        stood = cases.open_case(db, console.act(by), console.runtime.policy, trigger, unit, said, **where)
    _told(console, stood)


def _told(console: Console, stood: Stood) -> None:
    console.show(line(console, stood))
    console.result(one_case_json(case_views.for_city(stood) if own_city(console) else stood))


def _step(step: Step, *, on_paper: bool = False) -> click.Command:
    """The command by which a step of a case is taken; `on_paper`: that by which the office records a city's."""
    right = Right.ANSWERS_OWN if step.by == CITY and not on_paper else Right.AFTER_ACT

    @command(f"office-{step.step}" if on_paper else step.step, right=right)
    @case_argument
    @said_options(office_needs(step.needs) if on_paper else step.needs, (*ALWAYS, *step.may))
    def take(console: Console, case: str, by: str | None, **told: Any) -> None:
        _told(console, taken(console, cases, case, step.step, told, by, on_paper=on_paper))

    return take


@command("revoke", right=Right.AFTER_ACT)
@case_argument
@said_options(STEPS["revoke"].needs)
def revoke(console: Console, case: str, by: str | None, **told: Any) -> None:
    """Ask for the record of a revocation."""
    sent, runtime = sent_files(told), console.runtime
    said = said_from(console, "revoke", told, sent)
    with runtime.begin() as db:
        act = console.act(by)
        with with_files(console, sent, lambda file: cases.attach(db, act, runtime.policy, case, file)):
            outcome = requests.revoke(db, act, runtime.vault, runtime.policy, case, said)
    waits(console, outcome)


@command("file")
@case_argument
@click.argument("digest")
@click.option("--out", required=True, type=new_file, metavar="FILE", help=help_text("option.evidence-out"))
def get_file(console: Console, case: str, digest: str, out: Path) -> None:
    """Write a file of a case out."""
    write_step_file(console, case_views.one_case, case, digest, out)


@command("paper")
@case_argument
@click.argument("kind", type=click.Choice(list(PAPERS)))
@click.option("--out", required=True, type=new_file, metavar="FILE.docx", help=help_text("option.paper-out"))
def paper(console: Console, case: str, kind: str, out: Path) -> None:
    """Write a paper of a case in Word."""
    runtime = console.runtime
    with runtime.look() as db:
        stood = case_views.one_case(db, runtime.policy, today(console), case)
        words = Words(console.wording, bound(db, runtime.policy, stood.row), places.names(db))
    write_file(out, write_paper(PAPERS[kind](words, runtime.act(), stood)))
    console.say("paper-written", file=out)
    console.result({"file": str(out)})


COMMANDS: Final = {
    "list": list_cases,
    "candidates": list_candidates,
    "show": show,
    "open": open_case,
    **{step.step: _step(step) for step in STEPS.values() if step.by != TWO},
    **{f"office-{step.step}": _step(step, on_paper=True) for step in STEPS.values() if step.by == CITY},
    "revoke": revoke,
    "file": get_file,
    "paper": paper,
}

"""Commands of rectification: findings listed with their colours, and each step that is recorded of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.roster_report import tell, tell_errors
from audit_service.cli.steps import (
    known_file,
    new_file,
    office_needs,
    said_from,
    said_options,
    sent_files,
    show_steps,
    taken,
    today,
    with_files,
    write_step_file,
)
from audit_service.core.colours import COLOURS
from audit_service.core.rectification import CASE, CITY, INSPECTOR, STEPS, FindingState, Step
from audit_service.core.rights import Right
from audit_service.errors import Refused, RosterErrors
from audit_service.files.folders import write_file
from audit_service.files.spreadsheets import read_files
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.finding_papers import PAPERS
from audit_service.papers.record_words import Words
from audit_service.use_cases import findings
from audit_service.use_cases.findings import Found
from audit_service.use_cases.import_findings import SOURCES, Register, import_findings, told_of
from schemas.answers.steps import found_json, one_found_json
from schemas.hazards import HazardIn
from schemas.rows import read_rows

finding_argument = click.argument("finding")


def _filter(name: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(f"--{name}", help=help_text(f"option.only-{name}"), **more)


def line(console: Console, found: Found) -> str:
    """A finding on one line: its colour and day, where it stands, what is wrong."""
    colour = console.text(f"colour.{found.colour}") if found.colour else "—"
    late = console.text("overdue-mark") if found.overdue else ""
    state = console.text(f"finding-state.{found.finding.state.value}")
    row = found.row
    return f"{row['finding']}  {colour}  {found.due_on or '—'}{late}  {state}  {row['unit']}  {row['description']}"


@command("list")
@_filter("city", metavar="CITY")
@_filter("unit", metavar="UNIT")
@_filter("occasion", metavar="NAME")
@_filter("severity", metavar="NAME")
@_filter("source", type=click.Choice(SOURCES))
@_filter("state", type=click.Choice([state.value for state in FindingState]))
@click.option("--colour", "colours", multiple=True, type=click.Choice(COLOURS), help=help_text("option.only-colour"))
@click.option("--open", "unended", is_flag=True, help=help_text("option.only-open"))
def list_findings(
    console: Console, city: str | None, colours: tuple[str, ...], unended: bool, **said: str | None
) -> None:
    """List findings, overdue ones first."""
    wanted = {name: value for name, value in said.items() if value}
    with console.runtime.look() as db:
        wanted["city"] = places.city_code(db, city) if city else ""
        found = findings.list_findings(
            db, console.runtime.policy, today(console), colours=colours, ended=not unended, **wanted
        )
    for each in found:
        console.show(line(console, each))
    if not found:
        console.say("findings-nothing")
    console.result([found_json(each) for each in found])


@command("show")
@finding_argument
def show(console: Console, finding: str) -> None:
    """Show a finding with its steps."""
    with console.runtime.look() as db:
        found = findings.one_finding(db, console.runtime.policy, today(console), finding)
        register = told_of(db, finding)
    console.show(line(console, found))
    for told in register.values():
        console.show(f"  {told}")
    show_steps(console, found.finding.steps)
    console.result(one_found_json(found, register))


@command("notify", right=Right.AFTER_ACT)
@click.argument("occasion")
@click.argument("unit")
@click.argument("names", nargs=-1, metavar="[FINDING]...")
@said_options(("document",), ("deadline", "text"))
def notify(console: Console, occasion: str, unit: str, names: tuple[str, ...], by: str | None, **told: Any) -> None:
    """Notify the findings of an outcome in one document."""
    said = said_from(console, "notify", told)
    with console.runtime.begin() as db:
        found = findings.notify(db, console.act(by), console.runtime.policy, occasion, unit, said, names)
    console.say("finding-notified", unit=unit, count=len(found), document=said.document)
    for each in found:
        console.show(line(console, each))
    console.result([found_json(each) for each in found])


def _told(console: Console, found: Found) -> None:
    console.show(line(console, found))
    console.result(found_json(found))


def _step(step: Step, *, on_paper: bool = False) -> click.Command:
    """The command by which a step of one finding is taken; `on_paper`: that by which the office records a city's."""
    right = Right.ANSWERS_OWN if step.by == CITY and not on_paper else Right.AFTER_ACT

    @command(f"office-{step.step}" if on_paper else step.step, right=right)
    @finding_argument
    @said_options(office_needs(step.needs) if on_paper else step.needs)
    def take(console: Console, finding: str, by: str | None, **told: Any) -> None:
        _told(console, taken(console, findings, finding, step.step, told, by, on_paper=on_paper))

    return take


def _recheck(
    console: Console, finding: str, person: str, passed: bool, by: str | None,
    *, own: str = "", on_paper: bool = False, **told: Any,
) -> None:  # fmt: skip
    sent, step = sent_files(told), "recheck-pass" if passed else "recheck-fail"
    said = said_from(console, step, {**told, "person": person}, sent, on_paper=on_paper)
    policies = console.runtime.policy
    with console.runtime.begin() as db:
        act = console.act(by)
        with with_files(console, sent, lambda file: findings.attach(db, act, policies, finding, file, inspector=own)):
            found = findings.recheck(db, act, policies, finding, said, own=bool(own))
    _told(console, found)


passed_option = click.option("--passed/--failed", required=True, default=None, help=help_text("option.passed"))


@command("recheck", right=Right.VISITS_OWN)
@finding_argument
@passed_option
@click.option("--inspector", metavar="CODE", help=help_text("option.packet-inspector"))
@said_options(("document",), ("text", "deadline", "files"))
def recheck(console: Console, finding: str, passed: bool, inspector: str | None, by: str | None, **told: Any) -> None:
    """Record one's own recheck."""
    own = console.caller.account.inspector if console.caller else ""
    if inspector and own and inspector != own:
        raise Refused("by-with-token", by=inspector, account=own)
    if not (own or inspector):
        raise Refused("inspector-missing")
    _recheck(console, finding, own or str(inspector), passed, by, own=own, **told)


@command("office-recheck", right=Right.AFTER_ACT)
@finding_argument
@passed_option
@said_options(("document", "person", "files"), ("text", "deadline"))
def office_recheck(console: Console, finding: str, passed: bool, person: str, by: str | None, **told: Any) -> None:
    """Record a recheck that came on paper."""
    _recheck(console, finding, person, passed, by, on_paper=True, **told)


@command("import", right=Right.AFTER_ACT)
@click.argument("files", nargs=-1, required=True, type=known_file, metavar="FILE...")
@click.option("--occasion", required=True, metavar="NAME", help=help_text("option.register-occasion"))
@click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
@click.option("--source", required=True, type=click.Choice(SOURCES), help=help_text("option.register-source"))
@click.option("--severity", default="", metavar="NAME", help=help_text("option.register-severity"))
def import_register(
    console: Console, files: tuple[Path, ...], occasion: str, policy: str, source: str, severity: str, by: str | None
) -> None:
    """Import a register of hazards."""
    schema = HazardIn()
    register = Register(occasion, console.runtime.policy(policy), source, severity)
    incoming = read_rows(schema, read_files(map(str, files)))
    try:
        with console.runtime.begin() as db:
            report = import_findings(db, console.act(by), incoming, register)
    except RosterErrors as error:
        tell_errors(console, error, incoming.warnings)
        sys.exit(REFUSED)
    tell(console, schema, report)


@command("file")
@finding_argument
@click.argument("digest")
@click.option("--out", required=True, type=new_file, metavar="FILE", help=help_text("option.evidence-out"))
def get_file(console: Console, finding: str, digest: str, out: Path) -> None:
    """Write a file of a finding out."""
    write_step_file(console, findings.one_finding, finding, digest, out)


@command("paper")
@finding_argument
@click.argument("kind", type=click.Choice(list(PAPERS)))
@click.option("--out", required=True, type=new_file, metavar="FILE.docx", help=help_text("option.paper-out"))
def paper(console: Console, finding: str, kind: str, out: Path) -> None:
    """Write a paper of rectification in Word."""
    with console.runtime.look() as db:
        group = findings.group_of(db, console.runtime.policy, today(console), finding, kind)
        words = Words(console.wording, group.programme, places.names(db))
    write_file(out, write_paper(PAPERS[kind](words, console.runtime.act(), group)))
    console.say("paper-written", file=out)
    console.result({"file": str(out)})


_OWN: Final = ("notify",)
COMMANDS: Final = {
    "list": list_findings,
    "show": show,
    "notify": notify,
    "recheck": recheck,
    "office-recheck": office_recheck,
    "import": import_register,
    "paper": paper,
    "file": get_file,
    **{f"office-{step.step}": _step(step, on_paper=True) for step in STEPS.values() if step.by == CITY},
    **{step.step: _step(step) for step in STEPS.values() if step.by not in (INSPECTOR, CASE) and step.step not in _OWN},
}

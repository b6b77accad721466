"""Commands on visits: the form, the outcome, its corrections, signatures and files of evidence."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from audit_service.cli.output import REFUSED, WRONG_USAGE, Console, command, fail, help_text
from audit_service.cli.roster_report import tell_findings
from audit_service.cli.steps import write_kept
from audit_service.core.acts import beijing_day
from audit_service.core.canonical import sha256_hex
from audit_service.core.outcomes import AGREES, MEMBERS, OBJECTS, SIGNED, Said, read_said
from audit_service.core.rights import Right
from audit_service.core.standards import Standard
from audit_service.errors import Refused, RosterErrors
from audit_service.files.excel import write_workbook
from audit_service.files.folders import read_file, write_file
from audit_service.files.kinds import kind_of
from audit_service.files.spreadsheets import read_file as read_sheets
from audit_service.papers import places
from audit_service.papers.visit_form import checklist_json, form_sheets
from audit_service.use_cases import evidence_files, outcomes, outcomes_shown, own_counts, pauses, signing
from audit_service.use_cases.outcomes import Author
from audit_service.use_cases.outcomes_shown import Viewer
from audit_service.use_cases.visited import File, visited
from audit_service.use_cases.visits import Visit, own_visit
from schemas.answers.outcomes import file_json, line_json, outcome_json
from schemas.asks.outcomes import read_json
from schemas.visit_sheets import Form, in_terms_of, read_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

occasion_argument = click.argument("occasion")
unit_argument = click.argument("unit")
inspector_option = click.option("--inspector", metavar="CODE", default="", help=help_text("option.visit-inspector"))
scan_option = click.option("--scan", metavar="SHA-256", default="", help=help_text("option.visit-scan"))
from_option = click.option(
    "--from", "source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=help_text("option.visit-from"),
)  # fmt: skip
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


class _Who(NamedTuple):
    """Whose visit it is: that of the account's inspector, or in one-office mode of whom is named; else the office's."""

    console: Console
    inspector: str

    @property
    def own(self) -> str:
        account = self.console.caller.account if self.console.caller else None
        own = account.inspector if account else ""
        if account and self.inspector not in ("", own):
            raise Refused("by-with-token", by=self.inspector, account=account.account)
        return own or self.inspector

    def visit(self, db: Connection, occasion: str, unit: str) -> Visit:
        runtime = self.console.runtime
        return own_visit(db, runtime.vault, runtime.policy, occasion, unit, self.own)


class _Shown(NamedTuple):
    """A visit as programs get it, and the standards whose bands its scores reach."""

    json: dict[str, Any]
    standards: Sequence[Standard]


def _shown(db: Connection, console: Console, occasion: str, unit: str, inspector: str = "") -> _Shown:
    runtime = console.runtime
    viewer = Viewer(office=not inspector, inspector=inspector)
    found = outcomes_shown.show(db, runtime.vault, runtime.policy, occasion, unit, viewer)
    banded = any(version.content["bands"] for version in found.visited.versions)
    rules = outcomes_shown.rules_of(db, runtime.policy, occasion) if banded else None
    return _Shown(outcome_json(found, partial(_moved, db, console)), rules.after.standards if rules else ())


def _moved(db: Connection, console: Console, row: Any) -> str:
    today = beijing_day(console.runtime.now())
    return pauses.moved(db, row["occasion"], row["city"], row["deadline"], row["deadline_since"], today)


@command("list")
@click.option("--occasion", default="", metavar="DRAW", help=help_text("option.visit-occasion"))
def list_outcomes(console: Console, occasion: str) -> None:
    """List outcomes."""
    with console.runtime.look() as db:
        viewer = Viewer(office=True)
        found = outcomes_shown.list_outcomes(db, console.runtime.vault, occasion, "", viewer, 1, 1_000_000)
        names = places.names(db)
    for row in found.rows:
        verdict = console.text(f"visit.verdict.{row['verdict']}") if row["verdict"] else ""
        kind = console.text(f"visit.kind.{row['kind']}")
        name, state = names.units.get(row["unit"], ""), console.text(f"visit.stands.{row['state']}")
        console.show(f"{row['occasion']}  {row['unit']}  {name}  {row['inspected_on']}  {kind}  {verdict}  {state}")
    if not found.rows:
        console.say("outcomes-none")
    console.result([line_json(row) for row in found.rows])


@command("show")
@occasion_argument
@unit_argument
def show(console: Console, occasion: str, unit: str) -> None:
    """Show a visit: versions, signatures, findings, evidence."""
    with console.runtime.look() as db:
        found = _shown(db, console, occasion, unit)
    _tell(console, found)


@command("form", right=Right.VISITS_RECORD, looks=True)
@occasion_argument
@unit_argument
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=help_text("option.form-out")
)
@inspector_option
def form(console: Console, occasion: str, unit: str, out: Path | None, inspector: str) -> None:
    """Write the form of a visit to fill in; or show its checklist."""
    with console.runtime.look() as db:
        visit = _Who(console, inspector).visit(db, occasion, unit)
        owns = own_counts.known(db, visit, beijing_day(console.runtime.now()))
        done = visited(db, console.runtime.vault, visit)
        sheets = form_sheets(console.wording, visit, done, places.names(db), owns)
    found = checklist_json(visit, owns)
    if out:
        write_file(out, write_workbook(sheets, console.runtime.now()))
        console.say("form-written", file=out)
    else:
        for area in (area for standard in found["standards"] for area in standard["areas"]):
            console.show(area["label"][console.language])
            for criterion in area["criteria"]:
                owned = [console.text("visit.own-count", **m["own"]) for m in criterion["measures"] if m["own"]]
                console.show(f"  {criterion['criterion']}  {criterion['text'][console.language]}{''.join(owned)}")
    console.result(found)


@command("record", right=Right.VISITS_RECORD)
@occasion_argument
@unit_argument
@from_option
@inspector_option
@scan_option
def record(console: Console, occasion: str, unit: str, source: Path, inspector: str, scan: str, by: str | None) -> None:
    """Record an outcome from a filled-in form or from JSON."""
    _take(console, occasion, unit, source, _Who(console, inspector), scan, by, "", {})


@command("correct", right=Right.VISITS_RECORD)
@occasion_argument
@unit_argument
@from_option
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.visit-why"))
@click.option("--withdraw", multiple=True, metavar="FINDING=REASON", help=help_text("option.visit-withdraw"))
@inspector_option
@scan_option
def correct(
    console: Console,
    occasion: str,
    unit: str,
    source: Path,
    reason: str,
    withdraw: tuple[str, ...],
    inspector: str,
    scan: str,
    by: str | None,
) -> None:
    """Correct an outcome; the old version stays."""
    pairs = [each.partition("=") for each in withdraw]
    if not all(mark and why.strip() for _, mark, why in pairs):
        fail(console, Refused("withdraw-form"), WRONG_USAGE)
    dropped = {finding: why for finding, _, why in pairs}
    _take(console, occasion, unit, source, _Who(console, inspector), scan, by, reason, dropped)


def _take(
    console: Console,
    occasion: str,
    unit: str,
    source: Path,
    who: _Who,
    scan: str,
    by: str | None,
    why: str,
    dropped: dict[str, str],
) -> None:
    filled: Form | None = None
    said = None if _is_sheet(source) else _json(console, source)
    try:
        filled = read_form(read_sheets(str(source))) if _is_sheet(source) else None
        with console.runtime.begin() as db:
            visit, author = who.visit(db, occasion, unit), Author(who.own, scan)
            told = said or _said(filled, visit)
            act, vault = console.act(by), console.runtime.vault
            if why:
                outcomes.correct(db, act, vault, visit, author, told, why, dropped)
            else:
                outcomes.record(db, act, vault, visit, author, told)
            found = _shown(db, console, occasion, unit, who.own)
    except RosterErrors as error:
        tell_findings(console, filled.in_place(error) if filled else error)
        sys.exit(REFUSED)
    _tell(console, found)


def _is_sheet(source: Path) -> bool:
    return source.suffix.lower() in (".xlsx", ".xls")


def _json(console: Console, source: Path) -> Said:
    try:
        return read_json(json.loads(read_file(source)))
    except ValueError as error:
        fail(console, Refused("outcome-json", file=str(source), cause=str(error)))


def _said(filled: Form | None, visit: Visit) -> Said:
    assert filled is not None
    if (filled.occasion, filled.unit) != (visit.occasion, visit.unit):
        raise Refused("form-other", found=f"{filled.occasion}/{filled.unit}", expected=visit.subject)
    return read_said(in_terms_of(filled.said, visit.programme.after, visit.checklist))


@command("sign", right=Right.VISITS_RECORD)
@occasion_argument
@unit_argument
@click.option("--signer", required=True, metavar="CODE", help=help_text("option.visit-signer"))
@click.option("--stance", default=SIGNED, type=click.Choice([*MEMBERS, AGREES, OBJECTS]),
              help=help_text("option.visit-stance"))  # fmt: skip
@click.option("--name", "named", default="", metavar="TEXT", help=help_text("option.visit-name"))
@click.option("--reason", default="", metavar="TEXT", help=help_text("option.reason"))
@inspector_option
@scan_option
def sign(
    console: Console,
    occasion: str,
    unit: str,
    signer: str,
    stance: str,
    named: str,
    reason: str,
    inspector: str,
    scan: str,
    by: str | None,
) -> None:
    """Write down who signed: a member of the team, or the unit."""
    who, asked = _Who(console, inspector), signing.Asked(signer, stance, named, reason, scan)
    with console.runtime.begin() as db:
        visit = who.visit(db, occasion, unit)
        signing.sign(db, console.act(by), console.runtime.vault, visit, Author(who.own, scan), asked)
        found = _shown(db, console, occasion, unit, who.own)
    _tell(console, found)


@command("attach", right=Right.VISITS_RECORD)
@occasion_argument
@unit_argument
@file_argument
@inspector_option
def attach(console: Console, occasion: str, unit: str, file: Path, inspector: str, by: str | None) -> None:
    """Keep a file of evidence of a visit."""
    who, data = _Who(console, inspector), read_file(file)
    kept = File(sha256_hex(data), file.name, kind_of(file.name, data), len(data))
    with console.runtime.begin() as db:
        visit = who.visit(db, occasion, unit)
        evidence_files.attach(db, console.act(by), console.runtime.vault, visit, kept)
        console.runtime.keeping.put(data)
    console.say("evidence-kept", file=file.name, digest=kept.digest)
    console.result(file_json(kept))


@command("file")
@occasion_argument
@unit_argument
@click.argument("digest")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=help_text("option.evidence-out"),
)
def get_file(console: Console, occasion: str, unit: str, digest: str, out: Path) -> None:
    """Write a file of evidence out."""
    runtime = console.runtime
    with runtime.look() as db:
        viewer = Viewer(office=True)
        found = outcomes_shown.show(db, runtime.vault, runtime.policy, occasion, unit, viewer)
    write_kept(console, evidence_files.one_file(found.visited, digest), out)


def _score(console: Console, version: Mapping[str, Any], standards: Sequence[Standard]) -> str:
    """The score with the bands that it reaches, by their labels; each with its standard's where there are several."""
    bands = [
        (f"{console.wording.of(standard.label)} " if len(version["bands"]) > 1 else "") + console.wording.of(band.label)
        for standard in standards
        for band in standard.bands
        if version["bands"].get(standard.standard) == band.band
    ]
    score: str = version["score"] or "-"
    return console.text("visit-band", score=score, bands="、".join(bands)) if bands else score


def _tell(console: Console, shown: _Shown) -> None:
    """A visit in words: what counts, who has not signed, what is to be put right."""
    found = shown.json
    state = console.text(f"visit.stands.{found['state']}")
    console.say("visit-stands", occasion=found["occasion"], unit=found["unit"], state=state)
    for version in found["versions"]:
        verdict = console.text(f"visit.verdict.{version['verdict']}") if version["verdict"] else "-"
        kind = console.text(f"visit.kind.{version['kind']}")
        told = {"number": version["number"], "day": version["day"], "kind": kind, "verdict": verdict}
        console.say("visit-version", **told, score=_score(console, version, shown.standards), why=version["why"] or "-")
    for each in found["versions"][-1]["counted"] if found["versions"] else ():
        if each["differs"]:
            console.say("visit-counted", **{name: each[name] for name in ("criterion", "said", "own", "period")})
    for finding in found["findings"]:
        console.say(
            "visit-finding", **{name: finding[name] for name in ("finding", "description", "state", "moved_to")}
        )
    for signature in found["signatures"]:
        stance = console.text(f"visit.stance.{signature['stance']}")
        console.say("visit-signature", version=signature["version"], signer=signature["signer"], stance=stance)
    if found["unsigned"]:
        console.say("visit-unsigned", who=", ".join(found["unsigned"]))
    if found["follows"]:
        console.say("visit-substitution", occasion=found["occasion"], unit=found["unit"])
    console.result(found)


COMMANDS: Final = {
    "list": list_outcomes,
    "show": show,
    "form": form,
    "record": record,
    "correct": correct,
    "sign": sign,
    "attach": attach,
    "file": get_file,
}

"""Commands on sample draws."""

from __future__ import annotations

from pathlib import Path

import click

from audit_service.cli.draw_show import (
    show_corrections,
    show_explanation,
    show_marks,
    show_one,
    show_strata,
    show_substitutions,
)
from audit_service.cli.frame_show import show_confirmations, show_empty, show_open, show_unseated
from audit_service.cli.output import Console, command, fail, help_text, put
from audit_service.cli.request import waits
from audit_service.cli.reveal import handed_option, reveal_part
from audit_service.cli.shortage_show import show_trial
from audit_service.cli.terms import cancelled_option, show_commitment, terms_options
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.rights import Right
from audit_service.files.excel import write_workbook
from audit_service.files.folders import write_file, write_folder
from audit_service.papers import places
from audit_service.papers.frame_sheets import sheets
from audit_service.papers.wording import in_fours
from audit_service.use_cases import committing, draws, evidence, freezing, requests, views
from audit_service.use_cases.committing import Terms
from audit_service.use_cases.reconciling import Unreconciled
from schemas.answers.draws import corrected_json, draw_json, explanation_json, substitutions_json
from schemas.answers.frames import check_json
from schemas.answers.teams import trial_json

reason = click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
out_folder = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help=help_text("option.out-folder")
)


@command("freeze", right=Right.DRAWS_ACT)
@click.option("--campaign", required=True, metavar="C", help=help_text("option.campaign"))
@click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
@out_folder
def freeze(console: Console, campaign: str, policy: str, out: Path | None, by: str | None) -> None:
    """Freeze the sampling frame."""
    programme = console.runtime.policy(policy)
    try:
        with console.runtime.begin() as db:
            cities = places.cities(db)
            frozen = freezing.freeze(db, console.act(by), campaign, programme)
            view = views.show_draw(db, console.runtime.vault, frozen.draw, console.runtime.now(), sealed=True)
            if out:
                write_folder(out, {**frozen.files, "frame.xlsx": _workbook(console, frozen, cities)})
    except Unreconciled as error:
        show_open(console, error.checked, cities)
        fail(console, error, check=check_json(error.checked, cities))
    if not frozen.checked.reconciliation.annex and programme.targets:
        console.say("frame-no-annex")
    console.say("frozen", draw=frozen.draw, units=frozen.units, excluded=frozen.excluded)
    show_strata(console, view)
    show_empty(console, frozen.checked)
    show_unseated(console, frozen.checked)
    show_confirmations(console, frozen.checked, cities)
    for name, digest in frozen.digests.items():
        console.show(f"  {name:16}{in_fours(digest)}")
    if out:
        console.say("frozen-out", folder=out)
    console.say("frozen-next", draw=frozen.draw)
    counts = {"units": frozen.units, "excluded": frozen.excluded}
    files = {name.partition(".")[0]: digest for name, digest in frozen.digests.items()}
    console.result({"draw": frozen.draw, **files, **counts})


def _workbook(console: Console, frozen: freezing.Frozen, cities: places.Cities) -> bytes:
    """The frame with names, for human readers."""
    return write_workbook(sheets(console.wording, frozen.checked, cities, frozen.draw), console.runtime.now())


@command("commit", right=Right.DRAWS_ACT)
@click.argument("draw")
@terms_options
@click.option("--replaces", default="", metavar="DRAW", help=help_text("option.replaces"))
def commit(
    console: Console,
    draw: str,
    terms: Terms,
    out: Path | None,
    replaces: str,
    by: str | None,
) -> None:
    """Commit a frozen draw to public events."""
    with console.runtime.begin() as db:
        c = draws.commit_sample(db, console.act(by), console.runtime.vault, draw, terms, replaces)
        if out:
            write_file(out, evidence.commitment_of(db, draw, SAMPLE_ROUND))
    show_commitment(console, draw, c, terms, out)
    console.result({"draw": draw, "commitment": c})


@command("run", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.option("--public", required=True, metavar="VALUE", help=help_text("option.public"))
@cancelled_option
def run(console: Console, draw: str, public: str, document: str, by: str | None) -> None:
    """Draw the sample."""
    with console.runtime.begin() as db:
        drawn = draws.run_sample(db, console.act(by), console.runtime.vault, draw, public, document)
        view = views.show_draw(db, console.runtime.vault, draw, console.runtime.now(), sealed=True)
        names = places.names(db)
    show_one(console, view, names)
    sampled = len(drawn.sample.selected)
    console.result({"draw": draw, "seed": drawn.seed, "units": len(drawn.sample.frame), "sampled": sampled})


@command("correct", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.option("--public", required=True, metavar="VALUE", help=help_text("option.public"))
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
def correct(console: Console, draw: str, public: str, document: str, by: str | None) -> None:
    """Correct a public value that was typed wrongly."""
    with console.runtime.begin() as db:
        outcome = requests.correct(db, console.act(by), console.runtime.vault, draw, public, document)
    if waits(console, outcome):
        return
    show_corrections(console, outcome.result)
    console.result({"draw": draw, "corrected": corrected_json(outcome.result)})


@command("list")
def list_draws(console: Console) -> None:
    """List the draws."""
    with console.runtime.look() as db:
        found = views.list_draws(db, console.runtime.now())
    rows = []
    for name, campaign, done in found:
        state = str(done.progress.state) if done else "frozen"
        overdue = list(done.violations) if done else []
        console.show(f"{name}  {console.text(f'state.{state}')}  {' '.join(console.text(v) for v in overdue)}".rstrip())
        rows.append({"draw": name, "campaign": campaign, "state": state, "violations": overdue})
    if not rows:
        console.say("draws-none")
    console.result({"draws": rows})


@command("show")
@click.argument("draw")
@click.option("--anchors", is_flag=True, help=help_text("option.anchors-print"))
def show(console: Console, draw: str, anchors: bool) -> None:
    """Show a draw."""
    with console.runtime.look() as db:
        if anchors:
            lines = evidence.anchors_of(db, draw)
        else:
            view = views.show_draw(db, console.runtime.vault, draw, console.runtime.now(), sealed=True)
            names = places.names(db)
    if anchors:
        for line in lines if not console.as_json else ():
            put(line)
        console.result({"anchors": lines})
    else:
        show_one(console, view, names)
        console.result(draw_json(view))


@command("explain")
@click.argument("draw")
@click.argument("unit")
def explain(console: Console, draw: str, unit: str) -> None:
    """Say why a unit was or was not drawn."""
    with console.runtime.look() as db:
        programme, found, seed = views.explain_unit(db, console.runtime.vault, draw, unit)
        view = views.show_draw(db, console.runtime.vault, draw, console.runtime.now(), sealed=True)
        names = places.names(db)
    show_marks(console, view)
    show_explanation(console, programme, found, seed, names.units.get(unit, ""))
    for row in view.substitutions:
        if unit in (row.unit, row.substitute):
            console.say("explain-substituted", unit=row.unit, substitute=row.substitute or "–", batch=row.batch)
    console.result(explanation_json(found, seed, names.units))


@command("trial", right=Right.DRAWS_ACT)
@click.argument("draw")
def trial(console: Console, draw: str, by: str | None) -> None:
    """Try a draw and its teams."""
    with console.runtime.begin() as db:
        found = draws.try_draw(db, console.act(by), draw)
        names = places.names(db)
    show_trial(console, found, names)
    console.result(trial_json(found))


@command("withdraw", right=Right.DRAWS_ACT)
@click.argument("draw")
@reason
def withdraw(console: Console, draw: str, reason: str, by: str | None) -> None:
    """Withdraw a commitment."""
    with console.runtime.begin() as db:
        committing.withdraw(db, console.act(by), draw, SAMPLE_ROUND, reason)
    console.say("withdrawn", name=draw)
    console.result({"draw": draw, "state": "withdrawn"})


@command("reveal", right=Right.DRAWS_ACT)
@click.argument("draw")
@handed_option
def reveal(console: Console, draw: str, secret: str | None, by: str | None) -> None:
    """Reveal a sealed draw."""
    with console.runtime.begin() as db:
        outcome = reveal_part(db, console, draw, secret, by)
    if waits(console, outcome):
        return
    console.say("revealed", name=draw, secret=outcome.result.secret)
    console.result({"draw": draw, "secret": outcome.result.secret, "seed": outcome.result.seed})


@command("set-aside", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.option("--ground", required=True, metavar="GROUND", help=help_text("option.ground"))
@click.option("--reason", default="", metavar="TEXT", help=help_text("option.reason"))
def set_aside(console: Console, draw: str, ground: str, reason: str, by: str | None) -> None:
    """Set a draw aside."""
    with console.runtime.begin() as db:
        outcome = requests.set_aside(db, console.act(by), console.runtime.vault, draw, ground, reason)
    if waits(console, outcome):
        return
    console.say("set-aside", name=draw)
    console.result({"draw": draw, "state": "set-aside"})


@command("substitute", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.argument("units", nargs=-1, required=True, metavar="UNIT…")
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
def substitute(console: Console, draw: str, units: tuple[str, ...], document: str, by: str | None) -> None:
    """Substitute units that are out of scope."""
    with console.runtime.begin() as db:
        outcome = requests.substitute(db, console.act(by), console.runtime.vault, draw, units, document)
        names = places.names(db)
    if waits(console, outcome):
        return
    rows = outcome.result
    show_substitutions(console, rows, names)
    console.result({"draw": draw, "substitutions": substitutions_json(rows)})


COMMANDS = {
    "freeze": freeze,
    "commit": commit,
    "run": run,
    "correct": correct,
    "list": list_draws,
    "show": show,
    "explain": explain,
    "trial": trial,
    "withdraw": withdraw,
    "reveal": reveal,
    "set-aside": set_aside,
    "substitute": substitute,
}

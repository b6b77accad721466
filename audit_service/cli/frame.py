"""Commands on the sampling frame before it is frozen: check it, explain differences, note confirmations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from audit_service.cli.frame_show import show_check
from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.steps import new_file, sent_file, write_kept
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.files.excel import write_workbook
from audit_service.files.folders import write_file
from audit_service.papers import places
from audit_service.papers.frame_sheets import sheets
from audit_service.use_cases import confirming, explaining, reconciling
from audit_service.use_cases.policies import counting
from schemas.answers.frames import check_json

policy_option = click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))


@command("check")
@click.option("--policy", metavar="P", help=help_text("option.policy"))
@click.option("--draw", metavar="DRAW", help=help_text("option.check-draw"))
@click.option(
    "--excel", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=help_text("option.excel")
)
def check(console: Console, policy: str | None, draw: str | None, excel: Path | None) -> None:
    """Reconcile roster, annex and frame."""
    if (policy is None) == (draw is None):
        raise click.UsageError(console.text("check-policy-or-draw"))
    with console.runtime.look() as db:
        cities = places.cities(db)
        if draw:
            checked = reconciling.check_draw(db, draw)
        else:
            programme = counting(db, console.runtime.policy, policy or "")
            checked = reconciling.check(db, programme, beijing_day(console.runtime.now()))
    if excel:
        write_file(excel, write_workbook(sheets(console.wording, checked, cities, draw or ""), console.runtime.now()))
    show_check(console, checked, cities)
    if excel:
        console.say("frame-written", file=excel)
    console.result(check_json(checked, cities))
    if not checked.reconciliation.agrees:
        sys.exit(REFUSED)


@command("confirm", right=Right.ROSTERS_WRITE)
@click.argument("city")
@click.option("--file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help=help_text("option.confirm-file"))  # fmt: skip
@click.option("--date", "day", required=True, metavar="DATE", help=help_text("option.confirm-date"))
def confirm(console: Console, city: str, file: Path, day: str, by: str | None) -> None:
    """Note a city's confirmation of its list."""
    read, scan = read_day(console, "--date", day), sent_file(file)
    with console.runtime.begin() as db:
        code, cities = places.city_code(db, city), places.cities(db)
        seen = confirming.confirm(db, console.act(by), code, scan.file, read)
        console.runtime.keeping.put(scan.data)
    console.say("confirmed", city=cities[code], units=seen.units, file=seen.file, day=seen.day)
    console.result({"city": code, "units": seen.units, "file": seen.file, "sha256": seen.digest, "date": seen.day})


@command("explain", right=Right.ROSTERS_WRITE)
@click.argument("city")
@click.argument("target")
@policy_option
@click.option("--difference", required=True, type=int, metavar="N", help=help_text("option.difference"))
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
def explain(
    console: Console, city: str, target: str, policy: str, difference: int, document: str, by: str | None
) -> None:
    """Note what explains a difference."""
    programme = console.runtime.policy(policy)
    target = target.replace("-", "_")
    with console.runtime.begin() as db:
        code, cities = places.city_code(db, city), places.cities(db)
        explaining.explain(db, console.act(by), programme, code, target, difference, document)
    label = programme.label("target", target)
    shown = label.zh if console.language == "zh" else label.en
    console.say("explained", city=cities[code], target=shown, difference=f"{difference:+d}", document=document.strip())
    console.result({"city": code, "target": target, "difference": difference, "document": document.strip()})


@command("file")
@click.argument("digest")
@click.option("--out", required=True, type=new_file, metavar="FILE", help=help_text("option.evidence-out"))
def get_file(console: Console, digest: str, out: Path) -> None:
    """Write a city's stamped confirmation out."""
    with console.runtime.look() as db:
        kept = confirming.one_file(db, digest)
    write_kept(console, kept, out)


COMMANDS: Final = {"check": check, "confirm": confirm, "explain": explain, "file": get_file}

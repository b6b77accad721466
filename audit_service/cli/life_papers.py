"""Commands at the year's end and when people change: next year's draft roster, the handover of a post."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.steps import new_file, write_kept
from audit_service.core.canonical import sha256_hex
from audit_service.core.rights import Right
from audit_service.files.excel import write_workbook
from audit_service.files.folders import write_file
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.handover_paper import handover_paper
from audit_service.papers.roll_over_sheet import roll_over_sheet
from audit_service.use_cases import handover as handing_over
from audit_service.use_cases import life_files, life_history, rolling_over

out_option = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=help_text("option.out"),
)


@command("roll-over", right=Right.AFTER_ACT)
@click.option("--policy", required=True, metavar="NEXT", help=help_text("option.roll-policy"))
@click.option("--year", required=True, type=click.IntRange(2000, 2099), help=help_text("option.roll-year"))
@click.option("--of", multiple=True, metavar="POLICY", help=help_text("option.roll-of"))
@out_option
def roll_over(console: Console, policy: str, year: int, of: tuple[str, ...], out: Path, by: str | None) -> None:
    """Make next year's draft roster."""
    act, programme = console.act(by), console.runtime.policy(policy)
    with console.runtime.look() as db:
        draft, cities = rolling_over.draft(db, programme, str(year), of), places.cities(db)
    sheet = roll_over_sheet(console.wording, draft, (*programme.statuses, *console.runtime.statuses), cities)
    data = write_workbook([sheet], act.at)
    digest = sha256_hex(data)
    with console.runtime.begin() as db:
        rolling_over.record(db, act, programme, draft, out.name, digest)
        write_file(out, data)
    console.say("rolled-over", policy=policy, year=year, file=out, count=len(draft.rows), digest=digest)
    if draft.without:
        console.say("rolled-over-without", units="、".join(draft.without))
    for other, count in draft.others.items():
        console.say("rolled-over-other", policy=other, count=count)
    told = {"without": list(draft.without), "of": list(draft.of), "others": dict(draft.others)}
    console.result({"file": str(out), "units": len(draft.rows), **told, "sha256": digest})


@command("file")
@click.argument("unit")
@click.argument("digest")
@click.option("--out", required=True, type=new_file, metavar="FILE", help=help_text("option.evidence-out"))
def get_file(console: Console, unit: str, digest: str, out: Path) -> None:
    """Write a paper that a step of a unit names out."""
    with console.runtime.look() as db:
        kept = life_files.one_file(db, unit, life_history.named_files(db, unit), digest)
    write_kept(console, kept, out)


@command("handover")
@click.option("--city", default="", metavar="CITY", help=help_text("option.life-city"))
@click.option("--post", default="", metavar="TEXT", help=help_text("option.post"))
@out_option
def handover(console: Console, city: str, post: str, out: Path) -> None:
    """Write what a post hands over."""
    with console.runtime.look() as db:
        code = places.city_code(db, city) if city else ""
        found = handing_over.handover(db, console.runtime.vault, console.runtime.policy, console.runtime.now(), code)
        names = places.names(db)
    write_file(out, write_paper(handover_paper(console.wording, found, names, post)))
    console.say("handed-over", file=out)
    counted = ("requests", "draws", "checks", "unsigned", "findings", "cases", "ending")
    told = {name: len(getattr(found, name)) for name in counted}
    console.result({"file": str(out), **told})


COMMANDS: Final = {"roll-over": roll_over, "handover": handover, "file": get_file}

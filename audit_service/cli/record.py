"""The command `record`: the paper of a draw, 随机抽取记录, as a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.files.folders import write_file
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.record_paper import record_paper
from audit_service.papers.record_words import Words
from audit_service.use_cases.record import record_of


@command("record")
@click.argument("draw")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=help_text("option.out"),
)
def record(console: Console, draw: str, out: Path) -> None:
    """Write the record of a draw as a Word document."""
    with console.runtime.look() as db:
        found = record_of(db, console.runtime.vault, draw, console.runtime.now())
        names = places.names(db)
    words = Words(console.wording, found.view.draw.programme, names)
    write_file(out, write_paper(record_paper(words, found)))
    console.say("record-written", file=out)
    console.result({"draw": draw, "file": str(out)})


COMMANDS = {"record": record}

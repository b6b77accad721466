"""Commands on the days of sealed draws in the log: write those that are over, open them after the reveal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.files.folders import write_file
from audit_service.use_cases.happenings import openings, write_days
from audit_service.use_cases.rounds import parse_part
from schemas.answers.sealed import openings_json


@command("day", mechanical=True)
def day(console: Console) -> None:
    """Log the days that are over, of every sealed draw."""
    with console.runtime.begin() as db:
        written = write_days(db, console.runtime.mechanical_act())
    for entry in written:
        console.say("day-written", name=entry.name, day=entry.day)
    if not written:
        console.say("days-none")
    console.result({"written": [{"name": entry.name, "day": entry.day.isoformat()} for entry in written]})


@command("openings")
@click.argument("name", metavar="DRAW[/N]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=help_text("option.out"))
def show_openings(console: Console, name: str, out: Path | None) -> None:
    """Open what happened under a seal, after the reveal."""
    with console.runtime.look() as db:
        found = openings(db, console.runtime.vault, *parse_part(name))
    told = openings_json(name, found)
    for opened in found:
        facts = " ".join(f"{key}={value}" for key, value in opened.value.items() if key not in ("at", "action"))
        console.show(f"  {opened.value['at']}  {opened.value['action']}  {facts}")
    console.say("opened", name=name, count=len(found))
    if out:
        write_file(out, json.dumps(told, ensure_ascii=False, indent=1).encode())
    console.result(told)


COMMANDS: Final = {"day": day, "openings": show_openings}

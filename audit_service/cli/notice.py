"""Commands on task notices, 任务通知书: make them at the office, check one anywhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NoReturn

import click

from audit_service.cli.output import REFUSED, WRONG_USAGE, Console, command, fail, help_text
from audit_service.core import notice
from audit_service.core.canonical import A_DIGEST, checked
from audit_service.core.notes import COSIGNATURE, ED25519, parse_key
from audit_service.core.rights import Right
from audit_service.errors import FormError, Refused, RuleError
from audit_service.files.folders import read_file, write_file, write_folder
from audit_service.papers import places
from audit_service.papers.notice_files import FORMATS, notice_files
from audit_service.papers.record_words import Words
from audit_service.signing import verify as check_note
from audit_service.use_cases.notices import find_notices, record_notices

ENDINGS: Final = tuple(f".{kind}" for kind in FORMATS)
CONSISTENT: Final = 4


@command("make", right=Right.DRAWS_ACT)
@click.argument("draw")
@click.argument("unit", required=False)
@click.option("--all", "every", is_flag=True, help=help_text("option.notice-all"))
@click.option("--as", "kind", type=click.Choice(FORMATS), help=help_text("option.notice-as"))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help=help_text("option.notice-out")
)
def make(
    console: Console, draw: str, unit: str | None, every: bool, kind: str | None, out: Path, by: str | None
) -> None:
    """Make the notices of a draw's units."""
    ending = _ending(console, unit, every, kind, out)
    act, runtime = console.act(by), console.runtime
    with runtime.look() as db:
        found = find_notices(db, act, runtime.vault, draw, None if unit is None else [unit])
        words = Words(console.wording, found.programme, places.names(db))
    files = notice_files(words, found, ending[1:], runtime.seal, runtime.settings.font_folder)
    with runtime.begin() as db:
        record_notices(db, act, runtime.vault, found)
        if every:
            write_folder(out, files)
        else:
            write_file(out, next(iter(files.values())))
    if found.log is None:
        console.say("notice-log-none")
    console.say("notices-written" if every else "notice-written", out=out, count=len(files))
    units = [proof.leaf.unit for proof in found.proofs]
    console.result({"draw": draw, "out": str(out), "units": units, "logged": found.log is not None})


def _ending(console: Console, unit: str | None, every: bool, kind: str | None, out: Path) -> str:
    """The ending of the files; what is asked for in two ways, or in none, is wrong usage."""
    if every == (unit is not None):
        fail(console, Refused("notice-one-or-all"), WRONG_USAGE)
    ending = f".{kind}" if kind else (".docx" if every else out.suffix.lower())
    if ending not in ENDINGS:
        fail(console, Refused("notice-format", file=str(out), known=", ".join(ENDINGS)), WRONG_USAGE)
    return ending


@command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--root", metavar="ROOT", help=help_text("option.notice-root"))
@click.option("--log-key", metavar="KEY", help=help_text("option.log-key"))
@click.option("--witness-key", metavar="KEY", help=help_text("option.witness-public"))
def check(console: Console, file: Path, root: str | None, log_key: str | None, witness_key: str | None) -> None:
    """Check a notice's text, without network and database."""
    try:
        known = notice.Anchors(
            None if root is None else checked(root.replace(" ", ""), A_DIGEST, "--root"),
            None if log_key is None else parse_key(log_key, ED25519),
            None if witness_key is None else parse_key(witness_key, COSIGNATURE),
            check_note,
        )
    except FormError as error:
        fail(console, error, WRONG_USAGE)
    try:
        found = notice.check(_read_text(file), known)
    except (FormError, RuleError) as error:
        fail(console, error, REFUSED, verdict="refused")
    _show(console, found)


def _read_text(file: Path) -> str:
    try:
        return read_file(file).decode()
    except UnicodeDecodeError:
        raise FormError("notice-form") from None


def _show(console: Console, found: notice.Checked) -> NoReturn:
    proof, leaf = found.notice, found.notice.leaf
    facts = {"unit": leaf.unit, "stratum": leaf.stratum, "city": leaf.city, "draw": proof.draw}
    places_in = {"position": leaf.position, "sampled": leaf.sampled}
    console.say("notice-drawn" if leaf.drawn else "notice-reserve", **facts, **places_in)
    console.say("notice-tree", root=proof.root, c=proof.c)
    if found.log and found.checkpoint:
        console.say("notice-logged", entry=found.log.index + 1, size=found.checkpoint.size)
    if found.seen:
        console.say("notice-seen", at=console.moment(found.seen))
    console.say("notice-full-proof")
    console.say("notice-verified" if found.anchored else "notice-consistent")
    verdict = "verified" if found.anchored else "consistent"
    console.result({"verdict": verdict, **facts, **places_in, "root": proof.root, "drawn": leaf.drawn})
    sys.exit(0 if found.anchored else CONSISTENT)


COMMANDS: Final = {"make": make, "check": check}

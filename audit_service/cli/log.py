"""Commands on the log: sign it, check it, hand it out, take cosignatures in."""

from __future__ import annotations

import logging
import signal
import sys
from base64 import b64decode
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.core.notes import Note, parse_checkpoint, parse_key, parse_signature
from audit_service.core.rights import Right
from audit_service.errors import FormError, NotFound, Refused
from audit_service.files.codes import code_lines
from audit_service.files.folders import read_file, write_folder
from audit_service.papers.wording import in_fours
from audit_service.publisher import Publisher
from audit_service.use_cases import log_checking, log_files, logbook

folder_argument = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@command("publish")
@click.option("--every", type=click.FloatRange(0.1, 3600), metavar="SECONDS", help=help_text("option.publish-every"))
def publish(console: Console, every: float | None) -> None:
    """Sign a checkpoint of everything that was done; with `--every` again and again, until a signal ends it."""
    if every is None:
        _show(console, console.runtime.publish_log())
        return
    sizes: list[int] = []

    def signed(note: Note) -> None:
        sizes.append(parse_checkpoint(note.text).size)
        console.say("log-published", size=sizes[-1])

    publisher = Publisher(console.runtime, every, signed)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: publisher.stopped.set())
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s")
    publisher.run()
    console.result({"size": sizes[-1] if sizes else None, "checkpoints": len(sizes)})


@command("begin-anew", right=Right.DRAWS_ACT)
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
def begin_anew(console: Console, reason: str, by: str | None) -> None:
    """Sign on though the checkpoint that was signed last is lost."""
    with console.runtime.begin() as db:
        logbook.begin_anew(db, console.act(by), console.runtime.seal, reason)
    _show(console, console.runtime.publish_log(anew=True))


@command("show")
@click.option("--qr", is_flag=True, help=help_text("option.log-qr"))
def show(console: Console, qr: bool) -> None:
    """Show the newest checkpoint and the log's key."""
    with console.runtime.look() as db:
        note = logbook.latest(db)
    if note and qr:
        for line in code_lines(str(note)):
            console.show(line)
    _show(console, note)


def _show(console: Console, note: Note | None) -> None:
    if note is None:
        raise NotFound("log-empty")
    key, checkpoint = str(console.runtime.seal.key), parse_checkpoint(note.text)
    console.show(str(note).rstrip("\n"))
    console.say("log-root", root=in_fours(checkpoint.root.hex()))
    console.say("log-key", key=key)
    names = [signature.name for signature in note.signatures[1:]]
    root = checkpoint.root.hex()
    console.result({"checkpoint": str(note), "size": checkpoint.size, "root": root, "key": key, "witnesses": names})


@command("contains")
@click.argument("size", type=click.IntRange(1))
@click.argument("root", nargs=-1, required=True)
def contains(console: Console, size: int, root: tuple[str, ...]) -> None:
    """Say whether the log still begins as a checkpoint that was kept on paper says."""
    typed = "".join(root)
    expected = _root(typed)
    with console.runtime.look() as db:
        if not log_checking.contains(db, size, expected):
            raise Refused("log-not-contained", size=size)
    console.say("log-contained", size=size)
    console.result({"size": size, "root": expected.hex()})


def _root(typed: str) -> bytes:
    """A root as the paper shows it, in hexadecimal digits, or as a checkpoint writes it, in base64."""
    text = "".join(typed.split())
    try:
        found = bytes.fromhex(text) if len(text) == 64 else b64decode(text, validate=True)
    except ValueError:
        found = b""
    if len(found) != 32:
        raise FormError("log-root-form", found=typed)
    return found


@command("check")
def check(console: Console) -> None:
    """Derive the whole log anew and compare."""
    with console.runtime.look() as db:
        found = log_checking.check(db, console.runtime.seal)
    for fault in found.faults:
        console.say(fault.code, place=fault.place)
    console.say("log-checked" if not found.faults else "log-faulty", entries=found.entries, count=len(found.faults))
    faults = [{"code": fault.code, "place": fault.place} for fault in found.faults]
    console.result({"entries": found.entries, "checkpoints": found.checkpoints, "faults": faults})
    if found.faults:
        sys.exit(REFUSED)


@command("export")
@folder_argument
def export(console: Console, folder: Path) -> None:
    """Write the log as files that anybody can fetch."""
    with console.runtime.look() as db:
        files = dict(log_files.all_files(db))
    write_folder(folder, files)
    console.say("log-exported", folder=folder, count=len(files))
    console.result({"folder": str(folder), "files": len(files)})


@command("cosigned")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--witness-key", required=True, metavar="KEY", help=help_text("option.witness-public"))
def cosigned(console: Console, file: Path, witness_key: str) -> None:
    """Take a witness's cosignature into the log."""
    key, signature = parse_key(witness_key), parse_signature(read_file(file).decode().strip())
    with console.runtime.begin() as db:
        size, at = logbook.take_cosignature(db, key, signature)
    console.say("log-cosigned", size=size, name=key.name, at=console.moment(at))
    console.result({"size": size, "witness": key.name})


COMMANDS: Final = {
    "publish": publish,
    "begin-anew": begin_anew,
    "show": show,
    "check": check,
    "contains": contains,
    "export": export,
    "cosigned": cosigned,
}

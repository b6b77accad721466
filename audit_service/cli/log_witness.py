"""The witness's command: cosign a log's checkpoint, on a machine of the witness's own, and hand the signature back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import WRONG_USAGE, Console, command, fail, help_text
from audit_service.core.notes import (
    Checkpoint,
    Key,
    Note,
    Signature,
    checked_name,
    parse_checkpoint,
    parse_key,
    parse_note,
)
from audit_service.core.tiles import WIDTH, Tile
from audit_service.disk import alone, write_whole
from audit_service.errors import NotFound, Refused, Unreadable
from audit_service.files.folders import read_file
from audit_service.files.remote import SCHEMES, Remote
from audit_service.signing import Signer, load_signer
from audit_service.use_cases import witnessing

_LARGEST_NOTE: Final = 65536
_HASH: Final = 32
_file_path: Final = click.Path(dir_okay=False, path_type=Path)
Read = Callable[[str, int], bytes]
"""Gives the bytes of one of a log's files, of so many at most."""


@command("witness")
@click.argument("source", metavar="FOLDER|URL")
@click.option("--log-key", required=True, metavar="KEY", help=help_text("option.log-key"))
@click.option("--name", required=True, metavar="NAME", help=help_text("option.witness-name"))
@click.option("--key-file", required=True, type=_file_path, metavar="FILE", help=help_text("option.witness-key"))
@click.option("--seen", required=True, type=_file_path, metavar="FILE", help=help_text("option.witness-seen"))
@click.option("--out", type=_file_path, metavar="FILE", help=help_text("option.witness-out"))
@click.option("--send", is_flag=True, help=help_text("option.witness-send"))
def witness(
    console: Console, source: str, log_key: str, name: str, key_file: Path, seen: Path, out: Path | None, send: bool
) -> None:
    """Cosign a log's checkpoint on a machine of the witness's own, and hand the signature back."""
    remote = Remote(source) if source.startswith(SCHEMES) else None
    _check_usage(console, remote, out, send)
    key, signer = parse_key(log_key), load_signer(key_file, checked_name(name, "--name"))
    note, signature = _cosign(console, remote.read if remote else _reader(Path(source)), key, signer, seen)
    size = parse_checkpoint(note.text).size
    if out:
        write_whole(out, f"{signature}\n".encode())
        console.say("log-witnessed-out", size=size, file=out)
    if remote and send:
        console.say(_send(console, remote, size, signer, signature), size=size, url=source)
    console.say("log-witnessed", key=signer.witness_key)
    console.result({"size": size, "cosignature": str(signature), "key": str(signer.witness_key), "sent": send})


def _check_usage(console: Console, remote: Remote | None, out: Path | None, send: bool) -> None:
    if not (out or send):
        fail(console, Refused("witness-out-or-send"), WRONG_USAGE)
    if send and remote is None:
        fail(console, Refused("witness-send-where"), WRONG_USAGE)
    if send and not console.runtime.settings.token:
        raise Refused("witness-token")


def _reader(folder: Path) -> Read:
    return lambda name, _: read_file(folder / name)


def _cosign(console: Console, read: Read, key: Key, signer: Signer, seen: Path) -> tuple[Note, Signature]:
    """Look, remember, and only then sign: of two who do so at once, one waits for another day."""
    with alone(seen.with_name(f"{seen.name}.lock"), 0) as mine:
        if not mine:
            raise Refused("witness-busy", file=str(seen))
        note = parse_note(read("checkpoint", _LARGEST_NOTE))
        signature = witnessing.witness(note, key, _seen(seen), _tiles(read), signer, console.runtime.now())
        write_whole(seen, str(note).encode())
    return note, signature


def _seen(file: Path) -> Checkpoint | None:
    return parse_checkpoint(parse_note(read_file(file)).text) if file.exists() else None


def _tiles(read: Read) -> witnessing.ReadTile:
    """A log may have taken a tile away that was not full, once it is (tlog-tiles): the full one begins with it."""

    def tile(wanted: Tile) -> bytes:
        """A tile's bytes, out of the full one if need be; what was asked for is what is said to be missing."""
        try:
            return read(f"tile/{wanted.path}", _HASH * wanted.width)
        except (NotFound, Unreadable):
            if wanted.width == WIDTH:
                raise
            full = Tile(wanted.level, wanted.number, WIDTH)
            try:
                return read(f"tile/{full.path}", _HASH * WIDTH)[: _HASH * wanted.width]
            except (NotFound, Unreadable):
                pass
            raise

    return tile


def _send(console: Console, remote: Remote, size: int, signer: Signer, signature: Signature) -> str:
    """Hand the cosignature in; the code of what came of it."""
    value = {"size": size, "key": str(signer.witness_key), "cosignature": str(signature)}
    answer = remote.send("cosignatures", value, console.runtime.settings.token)
    if 200 <= answer.status < 300:
        return "log-witnessed-sent"
    if answer.said.get("code") == "cosignature-known":
        return "log-witnessed-known"
    raise Refused("cosignature-not-taken", status=answer.status, why=str(answer.said.get("code", "-"))[:80])


COMMANDS: Final = {"witness": witness}

"""Commands on what is handed out and checked: bundle, verify, replay."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import WRONG_USAGE, Console, command, fail, help_text
from audit_service.cli.verify_show import report_json, show_report
from audit_service.core.log_proofs import Keys
from audit_service.core.notes import COSIGNATURE, ED25519, parse_key
from audit_service.core.replaying import replay_entries
from audit_service.core.verification import CONSISTENT, REFUSED, VERIFIED, Anchors, unreadable, verify
from audit_service.errors import FormError
from audit_service.files.bundles import read_bundle
from audit_service.files.folders import read_draw_folder, read_file, write_file, write_folder
from audit_service.signing import verify as check_note
from audit_service.use_cases import evidence
from schemas.answers.bundle import bundle_bytes

EXITS: Final = {VERIFIED: 0, REFUSED: 1, CONSISTENT: 4}
_ANCHOR: Final = re.compile(r"([0-9a-f]{64}) ([!-~]+)")

out_file = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=help_text("option.out"),
)


@command("bundle")
@click.argument("draw")
@out_file
def bundle(console: Console, draw: str, out: Path) -> None:
    """Write the bundle of a draw."""
    with console.runtime.look() as db:
        found = evidence.bundle_entries(db, console.runtime.vault, draw)
    data = bundle_bytes(found, draw)
    write_file(out, data)
    console.say("bundle-written", file=out, size=len(data))
    console.result({"draw": draw, "file": str(out), "bytes": len(data)})


@command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=help_text("option.anchors"),
)
@click.option("--log-key", metavar="KEY", help=help_text("option.log-key"))
@click.option("--witness-key", metavar="KEY", help=help_text("option.witness-public"))
def verify_bundle(
    console: Console, file: Path, anchors: Path | None, log_key: str | None, witness_key: str | None
) -> None:
    """Verify a bundle."""
    try:
        known = read_anchors(anchors) if anchors else None
        log = None if log_key is None else parse_key(log_key, ED25519)
        witness = None if witness_key is None else parse_key(witness_key, COSIGNATURE)
    except FormError as error:
        fail(console, error, WRONG_USAGE)
    try:
        keys = Keys(log, witness, check_note) if log and witness else None
        report = verify(read_bundle(file), known, keys)
    except FormError as error:
        report = unreadable(error.problem, anchored=known is not None)
    show_report(console, report)
    console.result(report_json(console, report))
    sys.exit(EXITS[report.verdict])


def read_anchors(path: Path) -> Anchors:
    """The anchors of a file, lines `C public`; `FormError` for a line of another form (docs/protocol.md, section 7)."""
    lines = read_file(path).decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    known: dict[str, frozenset[str]] = {}
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, start=1):
        match = _ANCHOR.fullmatch(line)
        if match is None:
            raise FormError("anchors-line", file=str(path), line=number, found=line[:80])
        known[match[1]] = known.get(match[1], frozenset()) | {match[2]}
    return known


@command("replay")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help=help_text("option.out-folder"),
)
def replay(console: Console, folder: Path, out: Path) -> None:
    """Draw again from frozen files."""
    results = replay_entries(read_draw_folder(folder))
    write_folder(out, results)
    parts = Counter("sample" if name.startswith("sample/") else name.rpartition("/")[0] for name in results)
    for part, count in parts.items():
        console.say("replayed", part=part, files=count)
    console.result({"files": sorted(results)})


COMMANDS = {"bundle": bundle, "verify": verify_bundle, "replay": replay}

"""Commands on a whole installation: back it up, restore it, check it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.core.backup import Backup
from audit_service.core.canonical import write_time
from audit_service.errors import AuditError, Problem
from audit_service.files.backups import opened_backup, write_backup
from audit_service.messages import problem_text
from audit_service.use_cases import backing_up, checking, evidence_files
from audit_service.use_cases.checking import Checked

file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@command("backup")
@file_argument
def backup(console: Console, file: Path) -> None:
    """Write everything that the database holds into one file."""
    runtime = console.runtime
    with runtime.look() as db:
        size = write_backup(file, backing_up.back_up(db, runtime.now()))
    console.say("backed-up", file=file, size=size)
    console.say("backup-apart", **_apart(console))
    console.result({"file": str(file), "bytes": size, "not_included": list(_apart(console).values())})


def _apart(console: Console) -> dict[str, str]:
    settings = console.runtime.settings
    places = {"key": settings.key_file, "log_key": settings.log_key_file, "log_last": settings.log_last_file}
    return {**{name: str(place) for name, place in places.items()}, "evidence": settings.evidence}


@command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(console: Console, file: Path) -> None:
    """Fill an empty database with what a backup holds."""
    with opened_backup(file) as lines, console.runtime.begin_anew() as db:
        done = backing_up.restore(db, Backup(lines))
    console.say("restored", rows=done.rows, acts=done.acts, at=console.moment(done.made_at))
    console.say("restore-next", **_apart(console))
    behind = _behind(console, done.acts)
    made_at = write_time(done.made_at)
    console.result({"rows": done.rows, "acts": done.acts, "made_at": made_at, "log_behind": behind})


def _behind(console: Console, acts: int) -> bool:
    """Say so where the log was signed further than the backup goes: from now on it refuses to sign."""
    seal = console.runtime.seal
    try:
        last = seal.last if seal.has_key else None
    except AuditError:  # of another installation; the next signature will tell
        return False
    if last is None or last.size <= acts:
        return False
    console.say("restore-behind", acts=acts, signed=last.size)
    return True


@command("check")
@click.option("--remove-unused", is_flag=True, help=help_text("option.remove-unused"))
def check(console: Console, remove_unused: bool) -> None:
    """Check the database, replay every draw, derive the log anew."""
    runtime = console.runtime
    with runtime.look() as db:
        found = checking.check(db, runtime.vault, runtime.seal, runtime.keeping)
    for fault in found.faults:
        console.show(_text(console, fault))
    console.say(
        "checked" if not found.faults else "checked-faulty",
        replayed=found.replayed,
        entries=found.entries,
        count=len(found.faults),
    )
    faults = [{"code": fault.code, "message": _text(console, fault)} for fault in found.faults]
    removed = _unused(console, found, remove_unused)
    told = {"replayed": found.replayed, "entries": found.entries, "faults": faults}
    console.result({**told, "unused": list(found.unused), "removed": removed})
    if found.faults:
        sys.exit(REFUSED)


def _unused(console: Console, found: Checked, remove: bool) -> list[str]:
    """Say which files of evidence nobody knows of, and take them away where that is wanted; those that were.

    Not where anything is wrong: a database that was set back does not know of files that it must find again.
    """
    runtime = console.runtime
    told = {"count": len(found.unused), "place": runtime.settings.evidence}
    if not found.unused:
        return []
    if not remove:
        console.say("evidence-unused", **told)
        return []
    if found.faults:
        console.say("evidence-unused-faulty", **told)
        return []
    with runtime.begin() as db:
        removed = evidence_files.remove_unused(db, runtime.vault, runtime.keeping, found.unused)
    console.say("evidence-removed", **{**told, "count": len(removed)})
    return removed


def _text(console: Console, fault: Problem) -> str:
    """The text of a fault; what is wrong with a part is told by a problem of its own."""
    told = {
        name: problem_text(value, console.language) if isinstance(value, Problem) else value
        for name, value in fault.params.items()
    }
    return problem_text(Problem(fault.code, told), console.language)


COMMANDS: Final = {"backup": backup, "restore": restore, "check": check}

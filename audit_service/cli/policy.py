"""Commands on policies: which there are, what they say, whether a file is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click
from sqlalchemy import Connection

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.policy_problems import tell_problems, tell_warnings
from audit_service.cli.policy_show import show, show_versions
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.core.policy_warnings import policy_warnings
from audit_service.errors import Failed, NotFound
from audit_service.files.folders import read_file, write_file
from audit_service.files.policies import replacing
from audit_service.messages import problem_text
from audit_service.use_cases.policies import Listed, listed, of_file, one_version
from schemas.answers.policies import listed_json, policy_json

T = TypeVar("T")
_FILE: Final = ".json"


def _asked(console: Console, ask: Callable[[Connection], T], otherwise: Callable[[], T]) -> T:
    """What the database tells of the versions that were used. Policies are read without one too, and where it cannot
    be asked that is said."""
    if not console.runtime.is_database_there:
        return otherwise()
    try:
        with console.runtime.look() as db:
            return ask(db)
    except Failed as error:
        console.say("policy-use-unasked", cause=problem_text(error.problem, console.language))
        return otherwise()


@command("list")
def list_policies(console: Console) -> None:
    """Name the policies."""
    settings, known = console.runtime.settings, console.runtime.installed
    replaced = replacing(settings.policy_folder)
    found = _asked(
        console,
        lambda db: listed(db, known),
        lambda: [Listed(name, programme, (), None) for name, programme in known.items()],
    )
    for each in found:
        mark = "* " if each.policy in settings.policies else ""
        title = console.wording.of(each.installed.title) if each.installed else console.text("policy-not-installed")
        console.show(f"{mark}{each.policy}  {title}")
        if each.policy in replaced:
            console.say("policy-replaces", file=replaced[each.policy])
        show_versions(console, each.installed, each)
    if settings.policies:
        console.say("policies-in-use")
    versions = [listed_json(each) for each in found]
    told = {"replacing": replaced, "in_use": list(settings.policies), "versions": versions}
    console.result({"policies": list(known), **told})


@command("show")
@click.argument("policy")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help=help_text("option.policy-version"))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help=help_text("option.policy-out"))  # fmt: skip
def show_policy(console: Console, policy: str, version: int | None, out: Path | None) -> None:
    """Show a policy with the origin of each rule. An identifier has no dot: `x.json` is a file, to be read before it
    is installed."""
    if policy.endswith(_FILE):
        programme = _right(console, read_file(Path(policy)))
        found = _of_file(console, programme)
    else:
        programme, found = _asked(
            console,
            lambda db: one_version(db, console.runtime.policy, policy, version),
            lambda: _unused(console.runtime.policy(policy), version),
        )
    if out:
        write_file(out, programme.source)
        console.say("policy-written", file=out)
    else:
        show(console, programme, found)
    console.result(policy_json(programme, found))


def _unused(programme: Programme, version: int | None) -> tuple[Programme, Listed]:
    """An installed policy where nothing is known of versions that were used."""
    if version not in (None, programme.version):
        raise NotFound("policy-version-unknown", policy=programme.policy, version=version, known="-")
    return programme, Listed(programme.policy, programme, (), None)


def _of_file(console: Console, programme: Programme) -> Listed:
    unused = Listed(programme.policy, programme, (), None)
    return _asked(console, lambda db: of_file(db, programme), lambda: unused)


@command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_policy(console: Console, file: Path) -> None:
    """Say what is wrong with a policy file, and where; and what it says and hardly means."""
    programme = _right(console, read_file(file))
    found = _of_file(console, programme)
    unusable = [found.wrong.problem] if found.wrong else []
    warnings = tell_warnings(console, [*policy_warnings(programme), *unusable])
    console.say("policy-good", policy=programme.policy)
    console.result({"policy": programme.policy, "errors": [], "warnings": warnings})


def _right(console: Console, data: bytes) -> Programme:
    """The programme of a file; where it is wrong, everything that is, and the end."""
    try:
        return read_programme(data)
    except PolicyErrors as errors:
        tell_problems(console, errors)
        sys.exit(REFUSED)


COMMANDS = {"list": list_policies, "show": show_policy, "check": check_policy}

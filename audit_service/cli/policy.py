"""Commands on policies: which there are, what they say, whether a file is one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import REFUSED, Console, command
from audit_service.cli.policy_problems import tell_problems, tell_warnings
from audit_service.cli.policy_show import show
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.core.policy_warnings import policy_warnings
from audit_service.files.folders import read_file
from audit_service.files.policies import installed, one_policy, replacing

_FILE: Final = ".json"


@command("list")
def list_policies(console: Console) -> None:
    """Name the policies."""
    settings = console.runtime.settings
    known, replaced = installed(settings.policy_folder), replacing(settings.policy_folder)
    for name, (programme, _) in known.items():
        mark = "* " if name in settings.policies else ""
        console.show(f"{mark}{name}  {console.wording.of(programme.title)}")
        if name in replaced:
            console.say("policy-replaces", file=replaced[name])
    if settings.policies:
        console.say("policies-in-use")
    console.result({"policies": list(known), "replacing": replaced, "in_use": list(settings.policies)})


@command("show")
@click.argument("policy")
def show_policy(console: Console, policy: str) -> None:
    """Show a policy with the origin of each rule. An identifier has no dot: `x.json` is a file, to be read before it
    is installed."""
    if policy.endswith(_FILE):
        data = read_file(Path(policy))
        programme = _right(console, data)
    else:
        programme, data = one_policy(policy, console.runtime.settings.policy_folder)
    if console.as_json:
        console.result(json.loads(data))
    else:
        show(console, programme)


@command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_policy(console: Console, file: Path) -> None:
    """Say what is wrong with a policy file, and where; and what it says and hardly means."""
    programme = _right(console, read_file(file))
    warnings = tell_warnings(console, policy_warnings(programme))
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

"""Commands on policies: which there are, what they say, whether a file is one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from audit_service.cli.output import REFUSED, Console, command
from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import PolicyErrors
from audit_service.core.rules import Condition, Label, Rule
from audit_service.files.folders import read_file
from audit_service.files.policies import installed, one_policy
from audit_service.messages import problem_text


@command("list")
def list_policies(console: Console) -> None:
    """Name the policies."""
    known = installed(console.runtime.settings.policy_folder)
    for name, (programme, _) in known.items():
        console.show(f"{name}  {_in(console, programme.title)}")
    console.result({"policies": list(known)})


@command("show")
@click.argument("policy")
def show_policy(console: Console, policy: str) -> None:
    """Show a policy with the origin of each rule."""
    programme, data = one_policy(policy, console.runtime.settings.policy_folder)
    if console.as_json:
        console.result(json.loads(data))
    else:
        _show(console, programme)


def _in(console: Console, label: Label) -> str:
    return label.zh if console.language == "zh" else label.en


def _show(console: Console, programme: Programme) -> None:
    console.show(f"{programme.policy}  {_in(console, programme.title)}")
    document = dict(programme.document)
    console.say("policy-document", title=document["title"], date=document["date"])
    for stratum in programme.strata:
        console.show()
        method = programme.label("method", stratum.method)
        console.say(
            "policy-stratum",
            label=_in(console, stratum.label),
            rate=f"{stratum.rate_bp / 100:g}%",
            base=console.text(f"base.{stratum.base}"),
            method=_in(console, method),
        )
        _show_rules(console, stratum.rules)
    for ground in programme.exclusions:
        console.show()
        console.say("policy-exclusion", label=_in(console, ground.label))
        _show_rules(console, (("ground", ground.rule),))
    console.show()
    for target in programme.targets:
        console.say("policy-target", label=_in(console, target.label), when=_condition(target.when))
    for ground in programme.set_aside:
        console.say("policy-set-aside", ground=ground.ground, label=_in(console, ground.label))
    for pool in programme.pools:
        console.show()
        seats = ", ".join(f"{_in(console, seat.label)} {seat.count}" for seat in pool.seats)
        console.say("policy-pool", label=_in(console, pool.label), seats=seats, size=pool.packet_size)
        _show_rules(console, pool.rules)


def _condition(when: Condition) -> str:
    return "; ".join(f"{name} = {' | '.join(values)}" for name, values in when.fields)


def _show_rules(console: Console, rules: tuple[tuple[str, Rule], ...]) -> None:
    for _, rule in rules:
        if rule.chosen:
            console.say("policy-chosen", why=_in(console, rule.chosen))
        else:
            console.say("policy-says", place=rule.place, words=rule.words)


@command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_policy(console: Console, file: Path) -> None:
    """Say what is wrong with a policy file, and where."""
    try:
        programme = read_programme(read_file(file))
    except PolicyErrors as errors:
        found = [
            {
                "path": problem.params.get("path", "/"),
                "code": problem.code,
                "message": problem_text(problem, console.language),
            }
            for problem in errors.problems
        ]
        for entry in found:
            console.show(f"✗ {entry['path']}: {entry['message']}")
        console.say("policy-errors", count=len(found))
        console.result({"errors": found})
        sys.exit(REFUSED)
    console.say("policy-good", policy=programme.policy)
    console.result({"policy": programme.policy, "errors": []})


COMMANDS = {"list": list_policies, "show": show_policy, "check": check_policy}

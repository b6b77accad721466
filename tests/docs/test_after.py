"""The tables of docs/rectification.md and docs/exit.md are those of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from audit_service.cli.main import root
from audit_service.core import exits, rectification
from audit_service.core.after import CAUSES

DOCS = Path(__file__).parents[2] / "docs"


def tables(name: str) -> dict[str, list[str]]:
    """The rows of a document's tables by their first cell, which is code."""
    rows = re.findall(r"^\| `([a-z-]+)` \|(.*)\|$", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {step: [cell.strip() for cell in rest.split("|")] for step, rest in rows}


@pytest.mark.parametrize(("name", "steps"), [("rectification.md", rectification.STEPS), ("exit.md", exits.STEPS)])
def test_the_table_of_steps_is_the_codes(name: str, steps: Any) -> None:
    written = {
        step.step: [", ".join(step.sources), step.to or "–", step.by, ", ".join(step.needs) or "–"]
        for step in steps.values()
    }
    found = tables(name)
    assert {step: row for step, row in found.items() if step not in CAUSES} == written


def test_every_cause_is_explained() -> None:
    assert [cause for cause in tables("exit.md") if cause in CAUSES] == list(CAUSES)


@pytest.mark.parametrize("name", ["rectification.md", "exit.md"])
def test_the_commands_and_their_options_exist(name: str) -> None:
    lines = re.findall(r"^ {4}audit-service (.*)$", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        words = shlex.split(line, comments=True)
        command: Any = root()
        while hasattr(command, "get_command"):
            command = command.get_command(None, words.pop(0))
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known

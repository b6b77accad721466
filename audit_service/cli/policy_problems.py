"""How it is told what is wrong with a policy file, and what is remarkable in it, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_service.cli.output import Console
from audit_service.core.policy_reading import PolicyErrors
from audit_service.errors import Problem
from audit_service.messages import problem_text


def tell_problems(console: Console, errors: PolicyErrors) -> None:
    """Every mistake with its place, for people and as JSON."""
    found = _shown(console, "✗", errors.problems)
    console.say("policy-errors", count=len(found))
    console.result({"errors": found})


def tell_warnings(console: Console, warnings: Sequence[Problem]) -> list[dict[str, Any]]:
    """What the file says and hardly means, for people; the same as JSON."""
    return _shown(console, "!", warnings)


def _shown(console: Console, mark: str, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    found = [
        {
            "path": problem.params.get("path", "/"),
            "code": problem.code,
            "message": problem_text(problem, console.language),
        }
        for problem in problems
    ]
    for entry in found:
        console.show(f"{mark} {entry['path']}: {entry['message']}")
    return found

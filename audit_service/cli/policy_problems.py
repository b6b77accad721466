"""How it is told what is wrong with a policy file, and where."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.core.policy_reading import PolicyErrors
from audit_service.messages import problem_text


def tell_problems(console: Console, errors: PolicyErrors) -> None:
    """Every mistake with its place, for people and as JSON."""
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

"""Commands on what waits for a second person."""

from __future__ import annotations

from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.core.rights import Right
from audit_service.use_cases import requests
from audit_service.use_cases.requests import Outcome
from schemas.answers.desk import request_json, request_state

number_argument = click.argument("number", type=click.IntRange(min=1))


def waits(console: Console, outcome: Outcome) -> bool:
    """Tell of a request that now waits for a second person, if it does."""
    if outcome.waits is None:
        return False
    console.say("request-waits", number=outcome.waits.number, action=console.text(f"asked.{outcome.waits.action}"))
    console.result({"request": request_json(outcome.waits)})
    return True


@command("list")
def list_requests(console: Console) -> None:
    """List requests."""
    with console.runtime.look() as db:
        found = requests.all_requests(db)
    for request in found:
        state = console.text(f"request-state.{request_state(request)}")
        asked = console.text(f"asked.{request.action}")
        told = {"number": request.number, "asked": asked, "name": request.subject, "state": state}
        console.say("request-line", **told, institution=request.institution)
    console.result([request_json(request) for request in found])


@command("confirm", right=Right.CONFIRM)
@number_argument
def confirm(console: Console, number: int, by: str | None) -> None:
    """Confirm what another institution asked for."""
    with console.runtime.begin() as db:
        requests.confirm(db, console.act(by), console.runtime.vault, number, console.caller, console.runtime.policy)
        request = requests.one_request(db, number)
    console.say(
        "request-confirmed", number=number, action=console.text(f"asked.{request.action}"), name=request.subject
    )
    console.result({"request": request_json(request)})


@command("decline", right=Right.CONFIRM)
@number_argument
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
def decline(console: Console, number: int, reason: str, by: str | None) -> None:
    """Decline a request."""
    with console.runtime.begin() as db:
        requests.decline(db, console.act(by), number, reason, console.caller)
        request = requests.one_request(db, number)
    console.say("request-declined", number=number)
    console.result({"request": request_json(request)})


COMMANDS: Final = {"list": list_requests, "confirm": confirm, "decline": decline}

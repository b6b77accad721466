"""Reveal a sealed draw or round: by the office, or by whoever holds the deposit once the office is overdue."""

from __future__ import annotations

import click
from sqlalchemy import Connection

from audit_service.cli.output import Console, help_text
from audit_service.use_cases import committing, requests
from audit_service.use_cases.rounds import parse_part

handed_option = click.option("--secret", metavar="TEXT", help=help_text("option.handed"))


def squeezed(text: str) -> str:
    """A digest or secret as it was typed off paper: without blanks, in small letters."""
    return "".join(text.split()).lower()


def reveal_part(db: Connection, console: Console, name: str, secret: str | None, by: str | None) -> requests.Outcome:
    """Reveal it, or ask a second person for it. Who hands in the deposited secret needs nobody else."""
    act, vault = console.act(by), console.runtime.vault
    if secret is None:
        return requests.reveal(db, act, vault, name)
    draw, number = parse_part(name)
    return requests.Outcome(None, committing.reveal(db, act, vault, draw, number, squeezed(secret)))

"""Commands on tokens, by which programs and the command line show whose account acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.core.canonical import write_time
from audit_service.core.rights import Right
from audit_service.use_cases import accounts
from schemas.answers.desk import token_json


@command("issue", right=Right.ACCOUNTS)
@click.argument("name")
@click.option("--label", default="", metavar="TEXT", help=help_text("option.label"))
@click.option("--read-only", is_flag=True, help=help_text("option.read-only"))
@click.option("--days", type=click.IntRange(1, 366), default=90, metavar="N", help=help_text("option.days"))
def issue(console: Console, name: str, label: str, read_only: bool, days: int, by: str | None) -> None:
    """Issue a token."""
    scopes = (accounts.READ,) if read_only else accounts.SCOPES
    now, lasts, who = console.runtime.wall_clock(), timedelta(days=days), console.caller
    with console.runtime.begin() as db:
        token = accounts.issue_token(db, console.act(by), name, scopes, label, now=now, lasts=lasts, caller=who)
    console.say("token-once")
    console.show(token)
    console.result({"account": name, "token": token, "scopes": list(scopes)})


@command("list")
@click.argument("name", required=False)
def list_tokens(console: Console, name: str | None) -> None:
    """List tokens."""
    with console.runtime.look() as db:
        found = accounts.tokens_of(db, name)
    for token in found:
        ends = console.text("token-revoked") if token.revoked_at else write_time(token.expires_at)
        console.show(f"{token.token}  {token.account}  {' '.join(token.scopes)}  {ends}  {token.label}")
    console.result([token_json(token) for token in found])


@command("revoke", right=Right.ACCOUNTS)
@click.argument("token")
@click.option("--stolen", is_flag=True, help=help_text("option.stolen"))
def revoke(console: Console, token: str, stolen: bool, by: str | None) -> None:
    """Revoke a token."""
    with console.runtime.begin() as db:
        accounts.revoke_token(db, console.act(by), token, console.runtime.wall_clock(), stolen=stolen)
    console.say("token-is-revoked", token=token)
    console.result({"token": token})


COMMANDS: Final = {"issue": issue, "list": list_tokens, "revoke": revoke}

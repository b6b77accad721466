"""Commands on people."""

from __future__ import annotations

from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.core.rights import Right
from audit_service.use_cases import people


@command("leave", right=Right.ROSTERS_WRITE)
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.leave-reason"))
def leave(console: Console, codes: tuple[str, ...], reason: str, by: str | None) -> None:
    """Take people off the roster."""
    with console.runtime.begin() as db:
        left = people.leave(db, console.act(by), codes, reason)
    console.say("left", codes="、".join(left))
    console.result({"left": left})


COMMANDS: Final = {"leave": leave}

"""Commands of a team: which packets are mine, and open one."""

from __future__ import annotations

from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.core.rights import Right
from audit_service.errors import Refused
from audit_service.papers import places
from audit_service.use_cases.packets import open_packet, own_packets

inspector_option = click.option("--inspector", metavar="CODE", help=help_text("option.packet-inspector"))


def _who(console: Console, inspector: str | None) -> str:
    """Whose packets: by the account that the token shows, or in one-office mode as it is said."""
    own = console.caller.account.inspector if console.caller else ""
    if inspector not in (None, own) and own:
        raise Refused("by-with-token", by=inspector, account=own)
    if not (own or inspector):
        raise Refused("inspector-missing")
    return own or str(inspector)


@command("list", right=Right.ASSIGNMENTS_OWN, looks=True)
@inspector_option
def list_packets(console: Console, inspector: str | None) -> None:
    """List somebody's packets; what is in them is not told."""
    with console.runtime.look() as db:
        found = own_packets(db, console.runtime.vault, _who(console, inspector))
    for packet in found:
        console.show(f"{packet.round}  {packet.packet}")
    if not found:
        console.say("packets-none")
    listed = [{"round": packet.round, "packet": packet.packet, "role": packet.role} for packet in found]
    console.result({"packets": listed})


@command("open", right=Right.ASSIGNMENTS_OWN)
@click.argument("draw")
@click.argument("packet")
@inspector_option
def open_one(console: Console, draw: str, packet: str, inspector: str | None, by: str | None) -> None:
    """Open a packet; that it was opened is recorded."""
    with console.runtime.begin() as db:
        who = _who(console, inspector)
        found = open_packet(db, console.act(by), console.runtime.vault, draw, packet, who)
        names = places.names(db)
    console.say("packet-opened", round=found.round, packet=found.packet)
    for seat in found.team:
        console.show(f"  {seat.role}  {seat.inspector} {names.people.get(seat.inspector, '')}")
    for unit in found.units:
        console.show(f"    {unit}  {names.units.get(unit, '')}")
    team = [{"inspector": seat.inspector, "role": seat.role} for seat in found.team]
    console.result({"round": found.round, "packet": found.packet, "units": list(found.units), "team": team})


COMMANDS: Final = {"list": list_packets, "open": open_one}

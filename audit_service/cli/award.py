"""Commands on awards to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click
from sqlalchemy import Connection

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.terms import read_day
from audit_service.core.policy import Programme
from audit_service.core.rights import Right
from audit_service.errors import Refused
from audit_service.papers import places
from audit_service.use_cases import awards as use
from audit_service.use_cases.policies import every_counting
from schemas.answers.awards import given_json, givens_json

_SHOWN: Final = ("name", "institution", "document")
_PARTS: Final = (2, 3)
"""姓名/工作单位, and where it is said the city."""


@command("give", right=Right.AFTER_ACT)
@click.argument("people", nargs=-1, required=True, metavar="NAME/INSTITUTION[/CITY]...")
@click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
@click.option("--award", default="", metavar="NAME", help=help_text("option.life-award"))
@click.option("--document", required=True, metavar="TEXT", help=help_text("option.document"))
@click.option("--on", required=True, metavar="DATE", help=help_text("option.on"))
def give(
    console: Console, people: tuple[str, ...], policy: str, award: str, document: str, on: str, by: str | None
) -> None:
    """Record an award to people."""
    day = read_day(console, "--on", on).isoformat()
    with console.runtime.begin() as db:
        asked = [_person(db, each) for each in people]
        found = use.give(db, console.act(by), console.runtime.policy(policy), award, asked, document, day)
        told = givens_json(found, _programmes(db, console))
    _show(console, told)
    console.result(told)


def _person(db: Connection, said: str) -> use.Person:
    """Who is meant by `王某/某街道办事处/成都`."""
    name, *where = (part.strip() for part in said.split("/"))
    if len(where) + 1 not in _PARTS:
        raise Refused("award-person-form", found=said)
    return use.Person(name, where[0], places.city_code(db, where[1]) if where[1:] else "")


@command("withdraw", right=Right.AFTER_ACT)
@click.argument("given")
@click.option("--reason", required=True, metavar="TEXT", help=help_text("option.reason"))
def withdraw(console: Console, given: str, reason: str, by: str | None) -> None:
    """Let an award count no more."""
    with console.runtime.begin() as db:
        found = use.withdraw(db, console.act(by), given, reason)
        told = given_json(found, _programmes(db, console))
    _show(console, {"items": [told]})
    console.result(told)


@command("list")
@click.option("--policy", default="", metavar="P", help=help_text("option.policy"))
@click.option("--city", default="", metavar="CITY", help=help_text("option.award-city"))
def list_awards(console: Console, policy: str, city: str) -> None:
    """List awards to people."""
    with console.runtime.look() as db:
        found = use.given(db, policy, places.city_code(db, city) if city else "")
        told = givens_json(found, _programmes(db, console))
    _show(console, told)
    if not found:
        console.say("awards-none")
    console.result(told)


def _programmes(db: Connection, console: Console) -> dict[str, Programme]:
    return every_counting(db, console.runtime.installed)


def _show(console: Console, told: Mapping[str, Any]) -> None:
    for said in told["items"]:
        parts = (said["given"], said["on"], said["label"][console.language], *(said[name] for name in _SHOWN))
        console.show("  ".join(parts))
        if said["withdrawn"]:
            console.say("award-is-withdrawn", reason=said["withdrawn"])


COMMANDS: Final = {"give": give, "withdraw": withdraw, "list": list_awards}

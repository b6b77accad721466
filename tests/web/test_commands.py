"""Every command beside its routes (docs/commands.md): none can be forgotten on either side.

The page is the table; it is held against the commands and the routes that the program really has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from audit_service.cli.main import COMMANDS, LateGroup
from audit_service.core.rights import Right
from audit_service.web.access import right_of
from tests.web.desk import Desk
from tests.web.test_access import routes

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
OVER_HTTP, MACHINE, WITHOUT = "Commands over HTTP", "Commands of a machine alone", "Routes without a command"


def rows(section: str) -> Iterator[tuple[list[str], str]]:
    """The rows of a section's table: what stands in quotation marks in the first cell, and the second cell."""
    (text,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    for line in text.strip().splitlines()[2:]:
        _, first, second, _ = line.split("|")
        yield re.findall(r"`([^`]+)`", first), second.strip()


@cache
def over_http() -> dict[str, list[str]]:
    """By command its routes."""
    return {command: re.findall(r"`([A-Z]+ /[^`]*)`", second) for [command], second in rows(OVER_HTTP)}


def known_routes(app: Flask) -> dict[str, str]:
    """Every route as the page writes it, and its endpoint."""
    named = {re.sub(r"<(?:[^<>]*:)?([a-z_]+)>", r"{\1}", route): endpoint for route, endpoint in routes(app).items()}
    return {route.replace(" /api/v1/", " /"): endpoint for route, endpoint in named.items()}


def known_commands() -> dict[str, Right | None]:
    """Every command, and the right that it needs if it acts."""
    found = {}
    for group, names in COMMANDS.items():
        for name in names:
            command = LateGroup(group).get_command(None, name)  # type: ignore[arg-type]
            found[f"{group} {name}".strip()] = command.callback.right  # type: ignore[union-attr]
    return found


def test_every_command_has_its_routes_or_belongs_to_a_machine_alone() -> None:
    alone = [command for [command], _ in rows(MACHINE)]
    told = [*over_http(), *alone]
    assert len(told) == len(set(told))
    assert set(told) == set(known_commands())


BY_AN_ACCOUNT = {"log begin-anew"}
"""What is done on the machine alone, and yet by somebody who decides it."""


def test_what_belongs_to_a_machine_alone_says_why_and_acts_for_no_account() -> None:
    rights = known_commands()
    for [command], why in rows(MACHINE):
        assert len(why) > 20, command
        assert (rights[command] is None) != (command in BY_AN_ACCOUNT), command


def test_every_route_has_its_command_or_says_why_it_has_none(desk: Desk) -> None:
    without = [route for routes, why in rows(WITHOUT) if why for route in routes]
    commanded = {route for told in over_http().values() for route in told}
    assert commanded.isdisjoint(without)
    assert commanded | set(without) == set(known_routes(desk.app))


def test_of_each_command_a_route_needs_the_same_right(desk: Desk) -> None:
    """But for one's own tokens, which over HTTP everybody may issue and revoke."""
    known, wrong = known_routes(desk.app), []
    for command, right in known_commands().items():
        if right is None or command not in over_http() or command in ("token issue", "token revoke"):
            continue
        if right not in {right_of(desk.app, known[route]) for route in over_http()[command]}:
            wrong.append(command)
    assert not wrong


def test_a_command_that_only_looks_has_a_route_that_only_looks(desk: Desk) -> None:
    known = known_commands()
    looking = {command for command, right in known.items() if right is None and command in over_http()}
    acts = [command for command in looking if not any(route.startswith("GET ") for route in over_http()[command])]
    assert sorted(acts) == ["log cosigned", "notice check"]  # a text too long for a query; what a witness hands in


@pytest.mark.parametrize("section", [OVER_HTTP, MACHINE, WITHOUT])
def test_the_page_is_a_table_in_each_section(section: str) -> None:
    assert all(first and second for first, second in rows(section))

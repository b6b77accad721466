"""A campaign whose teams are drawn, and what a team says of a unit: for the tests of what comes after the draw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit_service.files.policies import lookup
from tests.campaign import DRAW, drawn, round_of
from tests.copies import copy_of
from tests.office import Office, copied, office_in, working

VISIT_DAY, AT_VISIT = "2027-04-20", "2027-04-20T06:00:00Z"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF made for a test"


@dataclass(frozen=True)
class Team:
    """A packet with its units and the inspectors who visit them."""

    packet: str
    units: list[str]
    inspectors: list[str]


def with_teams(office: Office) -> Team:
    """A draw with its teams, at the time of the visits; the first team."""
    drawn(office)
    return team_of(office, round_of(office, 6))


def team_of(office: Office, found: dict[str, Any], draw: str = DRAW) -> Team:
    """The team of the first packet of a round."""
    packet, who = found["assignment"][0]["packet"], found["assignment"][0]["inspector"]
    office.at(AT_VISIT)
    opened = office.run("packet", "open", draw, packet, "--inspector", who).json
    return Team(packet, opened["units"], [seat["inspector"] for seat in opened["team"]])


@pytest.fixture(scope="session")
def campaign_with_teams(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[tuple[Office, Team]]:
    """An office in which the teams are drawn, once in a session, to be copied."""
    folder = tmp_path_factory.mktemp("with-teams")
    with working(office_in(folder, copy_of(template, folder))) as office:
        yield office, with_teams(office)


@pytest.fixture
def visiting(campaign_with_teams: tuple[Office, Team], tmp_path: Path) -> Iterator[tuple[Office, Team]]:
    """A copy of it for one test: the office at the time of the visits, and its first team."""
    original, team = campaign_with_teams
    with copied(original, tmp_path) as office:
        yield office.at(AT_VISIT), team


def criteria(policy: str = "sichuan-2020", stratum: str = "*") -> list[str]:
    """The criteria that a unit is looked at by."""
    after = lookup(None)(policy).after
    return [name for standard in after.standards_of(stratum) for name in standard.criteria]


def said(day: str = VISIT_DAY, *unmet: str, **more: Any) -> dict[str, Any]:
    """What a team says of a unit where all is well, but for these criteria."""
    answers = [{"criterion": name, "state": "not-met" if name in unmet else "met"} for name in criteria()]
    return {"kind": "inspected", "day": day, "answers": answers, **more}


def finding(description: str = "应急物资过期", **more: Any) -> dict[str, Any]:
    return {"criterion": "nine-stores", "severity": "general", "description": description, **more}


def in_file(office: Office, value: dict[str, Any], name: str = "said.json") -> Path:
    """The same as a file."""
    path = office.folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def record(office: Office, unit: str, who: str, value: dict[str, Any], *options: object, occasion: str = DRAW) -> Any:
    """Record it as a member of the team, by the command line in one-office mode."""
    command = ("outcome", "record", occasion, unit, "--from", in_file(office, value))
    return office.run(*command, "--inspector", who, *options).json

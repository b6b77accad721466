"""Visits under a seal over HTTP: what a team may do, what it is told before it opens its packet, what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from audit_service.core.acts import Act
from audit_service.core.canonical import parse_time
from audit_service.store import account_tables
from audit_service.use_cases import happenings
from audit_service.use_cases.visits import visit_of
from tests.cli.test_sealed_alike import LATER, sealed_office
from tests.office import Office, copied
from tests.visiting import JPEG, Team, finding, said
from tests.web.desk import Desk, served

DRAW: Final = "SC-2026-01"
DAY: Final = LATER[:10]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[tuple[Office, Team]]:
    """An office with a sealed draw and its sealed teams, once, to be copied; one of its teams."""
    with sealed_office(tmp_path_factory.mktemp("sealed") / "office", template) as office:
        seats = office.run("round", "show", f"{DRAW}/1").json["assignment"]
        first = seats[0]["packet"]
        team = [seat["inspector"] for seat in seats if seat["packet"] == first]
        shown = office.run("draw", "show", DRAW).json
        yield office, Team(first, [row["unit"] for row in shown["sample"]], team)


@pytest.fixture
def sealed(prepared: tuple[Office, Team], tmp_path: Path) -> Iterator[tuple[Desk, Team]]:
    """A copy of it for one test, with posts; `units` of the team are all that were drawn."""
    original, team = prepared
    with copied(original, tmp_path / "office") as office:
        office.environment = {**office.environment, "AUDIT_DEMO": "1"}
        desk = served(office.at(LATER), LATER)
        desk.appoint("office", "province")
        desk.appoint("auditor", "auditor")
        desk.appoint("stranger", "inspector", "--inspector", "C510101")
        desk.appoint("city", "city", "--city", "成都")
        for name, who in zip(("member", "mate"), team.inspectors, strict=False):
            desk.appoint(name, "inspector", "--inspector", who)
        office.environment = {**office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
        yield desk, team


def opened(desk: Desk, team: Team) -> str:
    """A unit of the team's packet, which it has opened."""
    found = desk.post("assignments/open", "member", {"draw": DRAW, "packet": team.packet})
    unit: str = found["units"][0]
    return unit


def kept_under_seal(office: Office, unit: str, content: dict[str, Any]) -> None:
    """What was kept of a visit before findings with a number were refused under a seal."""
    act = Act(parse_time(LATER, "now"), "tests")
    with office.runtime.begin() as db:
        text = json.dumps(content)
        happenings.record(db, act, "outcome", office.runtime.vault, DRAW, 0, unit=unit, content=text)


def sealed_content(office: Office, unit: str) -> dict[str, Any]:
    with office.runtime.look() as db:
        values = happenings.kept_under(db, office.runtime.vault, DRAW)
        (found,) = [json.loads(value["content"]) for value in values if value.get("unit") == unit]
    content: dict[str, Any] = found
    return content


def test_no_finding_is_named_under_a_seal_and_one_that_was_does_not_stop_the_reveal(sealed: tuple[Desk, Team]) -> None:
    desk, team = sealed
    unit = opened(desk, team)
    path = f"outcomes/{DRAW}/{unit}"
    named = said(DAY, "nine-stores", findings=[finding(finding="F-2026-0001")])
    told = desk.post(path, "member", named, expect=409)
    assert [each["code"] for each in told["errors"]] == ["finding-not-here"]
    desk.post(path, "member", said(DAY, "nine-stores", findings=[finding()]), expect=201)
    told = desk.post(f"{path}/correct", "member", {**named, "why": "笔误"}, expect=409)
    assert [each["code"] for each in told["errors"]] == ["finding-not-here"]
    content = sealed_content(desk.office, unit)
    content["said"]["findings"][0]["finding"] = "F-2020-0009"
    kept_under_seal(desk.office, unit, content)
    desk.clock = "2026-10-02T01:00:00Z"
    desk.post(f"draws/{DRAW}/reveal", "office")
    shown = desk.get(path, "office")
    assert [version["findings"][0]["finding"] for version in shown["versions"]] == ["", "F-2026-0001"]
    assert [row["finding"] for row in shown["findings"]] == ["F-2026-0001"]


def test_a_team_learns_of_its_units_by_opening_its_packet_and_by_nothing_else(sealed: tuple[Desk, Team]) -> None:
    desk, team = sealed

    def due() -> list[tuple[str, str]]:
        items = desk.get("due?within=366", "member")["items"]
        return [(item["subject"], item["unit"]) for item in items if item["kind"] == "visit"]

    assert due() == [(f"{DRAW}/{team.packet}", "")]
    for unit in team.units:
        for path in (f"outcomes/{DRAW}/{unit}", f"outcomes/{DRAW}/{unit}/checklist"):
            assert desk.get(path, "member", expect=404)["code"] == "visit-none"
        desk.get(f"outcomes/{DRAW}/{unit}/checklist", "office")
    found = desk.post("assignments/open", "mate", {"draw": DRAW, "packet": team.packet})
    assert sorted(due()) == sorted((DRAW, unit) for unit in found["units"])
    for unit in found["units"]:
        desk.get(f"outcomes/{DRAW}/{unit}/checklist", "member")


def test_a_missing_signature_is_told_to_the_office_and_once_its_packet_is_open_to_who_has_to_sign(
    sealed: tuple[Desk, Team],
) -> None:
    desk, team = sealed
    assert "C510101" not in team.inspectors

    def waits(who: str) -> list[tuple[str, str, str]]:
        items = desk.get("due?within=366", who)["items"]
        return [(item["kind"], item["unit"], item["signer"]) for item in items if item["kind"] in ("sign", "answer")]

    with desk.office.runtime.look() as db:
        units = {
            unit: visit_of(db, desk.office.runtime.vault, desk.office.runtime.policy, DRAW, unit).packet
            for unit in team.units
        }
    unit = next(unit for unit, packet in units.items() if packet == team.packet)
    path = f"outcomes/{DRAW}/{unit}"
    kept = desk.send(f"evidence/{DRAW}/{unit}", "office", JPEG, "paper.jpg")
    scan = (kept.json or {})["file"]["digest"]
    desk.post(path, "office", {**said(DAY), "scan": scan}, expect=201)
    everything = [("answer", unit, "unit"), *(("sign", unit, who) for who in sorted(team.inspectors))]
    assert waits("office") == everything
    assert waits("member") == []
    opened(desk, team)
    assert waits("member") == [("sign", unit, team.inspectors[0])]
    assert [waits(who) for who in ("stranger", "city", "auditor")] == [[], [], []]
    desk.post(f"{path}/signatures", "member", {"signer": team.inspectors[0], "stance": "signed"}, expect=201)
    assert waits("member") == []
    desk.clock = "2026-10-02T01:00:00Z"
    desk.post(f"draws/{DRAW}/reveal", "office")
    assert waits("office") == [each for each in everything if each[2] != team.inspectors[0]]
    assert waits("auditor") == waits("city") == []


def test_a_value_is_not_corrected_once_anything_happened_and_oversight_is_not_told_what(
    sealed: tuple[Desk, Team],
) -> None:
    desk, team = sealed
    value = desk.get(f"draws/{DRAW}", "office")["public"]
    right = {"public": f"{value[:-1]}{(int(value[-1]) + 1) % 10}", "document": "x"}
    opened(desk, team)
    path = f"draws/{DRAW}/correct"
    assert desk.post(path, "office", right, expect=409)["code"] == "correct-late"
    (tried,) = desk.get("attempts", "auditor")["items"]
    assert (tried["what"], tried["subject"], tried["code"]) == ("draws.correct", DRAW, "correct-late")
    assert desk.get("requests", "auditor")["items"] == []


def test_nothing_that_is_kept_of_requests_tells_a_unit_under_a_seal(sealed: tuple[Desk, Team]) -> None:
    """Answers that wait for the same request again, and what was refused: in the database, and as oversight sees it."""
    desk, team = sealed
    unit = opened(desk, team)
    path, refused = f"outcomes/{DRAW}/{unit}", said("2030-01-01")
    first, again = (desk.post(path, "member", said(DAY), expect=201, Idempotency_Key="one") for _ in range(2))
    assert first == again
    assert desk.post(path, "member", refused, expect=409, Idempotency_Key="one")["code"] == "key-reused"
    desk.post(path, "member", refused, expect=409)
    packet = {"draw": DRAW, "packet": team.packet}
    both = [desk.post("assignments/open", "mate", packet, Idempotency_Key="two") for _ in range(2)]
    assert both[0] == both[1]
    tried = [(each["what"], each["subject"]) for each in desk.get("attempts", "auditor")["items"]]
    assert tried == []  # that an inspector tries anything shows that they were drawn
    with desk.office.runtime.look() as db:
        kept = db.execute(select(account_tables.answered)).all() + db.execute(select(account_tables.refusals)).all()
    assert len(kept) == 2
    assert not any(drawn in str(row) for row in kept for drawn in (*team.units, *team.inspectors))
    desk.clock = "2026-10-02T01:00:00Z"
    desk.post(f"draws/{DRAW}/reveal", "office")
    assert desk.post(path, "member", said(DAY), expect=201, Idempotency_Key="one") == first
    desk.post(path, "member", refused, expect=409)
    assert desk.get("attempts", "auditor")["items"] == []  # who was drawn is still under the seal of the round
    desk.post(f"draws/{DRAW}/rounds/1/reveal", "office")
    desk.post(path, "member", refused, expect=409)
    assert (desk.get("attempts", "auditor")["items"][0]["subject"]) == f"{DRAW}/{unit}"


def test_what_is_known_under_a_seal_alone_is_not_taken_for_unused(sealed: tuple[Desk, Team]) -> None:
    desk, team = sealed
    digest = desk.send(f"evidence/{DRAW}/{opened(desk, team)}", "member", JPEG, "现场.jpg").json["file"]["digest"]
    unused = desk.office.runtime.keeping.put(JPEG + b"of nobody")
    desk.office.at(LATER)
    key = Path(desk.office.environment["AUDIT_KEY_FILE"])
    key.rename(key.with_name("away"))
    told = desk.office.run("check", "--remove-unused", expect=1).json
    assert (told["unused"], told["removed"]) == ([], []), "without the key nobody can say"
    key.with_name("away").rename(key)
    assert desk.office.run("check", "--remove-unused").json["removed"] == [unused]
    assert desk.office.runtime.keeping.all() == [digest]

"""What a city and a team learn, from when on; and that nobody else learns anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit_service.errors import NotFound
from audit_service.papers.places import cities
from audit_service.use_cases.packets import open_packet
from tests.log.test_log import entries
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both

SEALED = (*EVENTS, "--sealed", "--reveal-by", "2026-09-30")


def drawn(office: Office, *options: str) -> str:
    """A draw with teams, both sealed unless other options are given."""
    draw = office.import_demo().commit(*(options or SEALED))
    office.run("round", "commit", draw, *(options or SEALED))
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    return draw


def sample(office: Office, draw: str) -> dict[str, set[str]]:
    """The sampled units by city."""
    found: dict[str, set[str]] = {}
    for row in office.run("draw", "show", draw).json["sample"]:
        found.setdefault(row["city"], set()).add(row["unit"])
    return found


def seen(office: Office, city: str) -> set[str]:
    shown = office.run("release", "show", "--city", city).json["released"]
    return {unit for entry in shown for unit in entry["units"]}


def release(office: Office, draw: str, city: str, visit: str, days: int, expect: int = 0) -> Any:
    return office.run(
        "release", "make", draw, "--city", city, "--visit", visit, "--days", days, expect=expect
    )  # fmt: skip


@on_both
@pytest.mark.parametrize("options", [SEALED, EVENTS], ids=["sealed", "open"])
def test_a_city_learns_of_its_units_n_days_before_the_visit_and_of_no_others(
    office: Office, options: tuple[str, ...]
) -> None:
    draw = drawn(office, *options)
    units = sample(office, draw)
    city, other = sorted(units)[:2]
    told = release(office, draw, city, "2026-07-20", 3).json
    assert (set(told["units"]), told["since"]) == (units[city], "2026-07-17")
    office.at("2026-07-16T15:59:59Z")
    assert seen(office, city) == set()
    office.at("2026-07-16T16:00:00Z")  # the 17th begins in Beijing
    assert seen(office, city) == units[city]
    assert seen(office, other) == set()


def test_a_visit_that_is_moved_moves_what_the_city_sees(office: Office) -> None:
    draw = drawn(office)
    city = sorted(sample(office, draw))[0]
    release(office, draw, city, "2026-07-20", 3)
    release(office, draw, city, "2026-08-20", 3)
    assert seen(office.at("2026-07-18T00:00:00Z"), city) == set()
    assert seen(office.at("2026-08-18T00:00:00Z"), city) == sample(office, draw)[city]


def test_after_the_reveal_a_substituted_unit_is_no_longer_the_citys(office: Office) -> None:
    draw = drawn(office)
    units = sample(office, draw)
    city = max(units, key=lambda name: len(units[name]))
    release(office, draw, city, "2026-07-20", 20)
    office.run("draw", "reveal", draw)
    gone = sorted(units[city])[0]
    office.run("draw", "substitute", draw, gone, "--document", "x")
    assert seen(office, city) == units[city] - {gone}
    release(office, draw, city, "2026-07-20", 20)
    assert gone not in seen(office, city)
    assert entries(office)[-1]["action"] == "release"


def test_a_draw_that_was_set_aside_is_nobodys_visit(office: Office) -> None:
    draw = drawn(office, *EVENTS)
    city = sorted(sample(office, draw))[0]
    release(office, draw, city, "2026-07-20", 20)
    office.run("draw", "set-aside", draw, "--ground", "procedure")
    assert seen(office, city) == set()


def test_a_release_says_what_is_wrong_with_it(office: Office) -> None:
    draw = drawn(office)
    cities = set(sample(office, draw))
    city = sorted(cities)[0]
    assert release(office, draw, city, "2026-07-20", -1, expect=1).code == "release-days"
    assert release(office, draw, city, "2026-07-20", 367, expect=1).code == "release-days"
    assert release(office, draw, city, "2026-06-30", 0, expect=1).code == "release-past"
    assert release(office, draw, "nowhere", "2026-07-20", 0, expect=1).code == "city-not-known"
    assert release(office, "x", city, "2026-07-20", 0, expect=1).code == "draw-unknown"


def test_a_city_without_sampled_units_has_nothing_released(office: Office) -> None:
    draw = drawn(office, *EVENTS)
    with office.runtime.look() as db:
        known = cities(db)
    city = min(known.keys() - sample(office, draw).keys())
    assert release(office, draw, city, "2026-07-20", 0, expect=1).code == "release-none"


# --- packets ------------------------------------------------------------------------------------------------------


@on_both
def test_a_team_alone_opens_its_packet_and_that_is_recorded(office: Office) -> None:
    draw = drawn(office)
    round_ = office.run("round", "show", f"{draw}/1").json
    seat = round_["assignment"][0]
    own = office.run("packet", "list", "--inspector", seat["inspector"]).json["packets"]
    assert {"round": f"{draw}/1", "packet": seat["packet"], "role": seat["role"]} in own
    told = office.run("packet", "open", draw, seat["packet"], "--inspector", seat["inspector"]).json
    assert set(told["units"]) <= set().union(*sample(office, draw).values())
    assert {member["inspector"] for member in told["team"]} == {
        row["inspector"] for row in round_["assignment"] if row["packet"] == seat["packet"]
    }
    office.run("draw", "reveal", draw)
    office.run("round", "reveal", f"{draw}/1")
    (row,) = office.run("log", "openings", f"{draw}/1").json["openings"]
    assert row["value"]["packet"] == seat["packet"]


def test_everybody_else_is_told_the_same_whatever_there_is(office: Office) -> None:
    draw = drawn(office)
    seats = office.run("round", "show", f"{draw}/1").json["assignment"]
    packets = sorted({seat["packet"] for seat in seats})
    team = {seat["inspector"] for seat in seats if seat["packet"] == packets[0]}
    stranger = next(seat["inspector"] for seat in seats if seat["inspector"] not in team)
    told = set()
    for name, packet, who in (
        (draw, packets[0], stranger),
        (draw, packets[0], "nobody"),
        (draw, "city-staff-999", stranger),
        ("SC-2026-77", packets[0], stranger),
    ):
        done = office.run("packet", "open", name, packet, "--inspector", who, expect=1)
        told.add(json.dumps(done.json).replace(name, "DRAW").replace(packet, "PACKET"))
    assert len(told) == 1
    assert office.run("packet", "list", "--inspector", "nobody").json == {"packets": []}
    with office.runtime.begin() as db, pytest.raises(NotFound) as refused:
        open_packet(db, office.runtime.act(), office.runtime.vault, draw, packets[0], "")
    assert refused.value.code == "packet-not-yours"


def test_without_a_round_there_is_no_packet(office: Office) -> None:
    draw = office.import_demo().commit(*SEALED)
    assert office.run("packet", "open", draw, "x", "--inspector", "y", expect=1).code == "packet-not-yours"
    assert office.run("packet", "open", draw, "x", expect=1).code == "inspector-missing"

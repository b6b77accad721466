"""A sealed draw before its reveal, over HTTP: every route, for everybody but the office and the team.

The two offices of `tests/cli/test_sealed_alike.py`, whose samples differ and of which one is busy with single units.
Whatever is asked of either by the public, a city, an inspector of another team, an auditor or a second officer, the
answers have the same status, headers and bytes, but for digests, signatures and keys, which are of fixed length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from typing import Final

import pytest

from audit_service.web.application import assemble
from tests.cli.test_sealed_alike import LATER, busy_and_idle, masked
from tests.log.test_log import entries
from tests.office import EVENTS, LATE, PUBLIC, Office
from tests.visiting import JPEG, said
from tests.web.desk import Desk

WHO: Final = ("", "chengdu", "stranger", "auditor", "second")
DRAW: Final = "draws/SC-2026-01"
OWN: Final = frozenset({"/api/v1/tokens", "/log/key", "/metrics"})
"""What tells of the asking account, the log or the process alone: names of tokens, times of the wall clock, a key."""
NOT_COMPARED: Final = ("ETag", "X-Request-ID", "Date")
LOG_HASHES: Final = re.compile(rb"[A-Za-z0-9+/]{43}=")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory, template: str) -> Iterator[tuple[Desk, Desk]]:
    """Both offices' services, at the same time, with the same posts."""
    with busy_and_idle(tmp_path_factory.mktemp("alike-over-http"), template) as offices:
        found = [desk_of(office) for office in offices]
        over_http(found)
        yield found[0], found[1]


def desk_of(office: Office) -> Desk:
    office.environment = {**office.environment, "AUDIT_DEMO": "1"}
    office.at(LATER).run("log", "day")
    desk = Desk(office, assemble(office.runtime), clock=LATER)
    desk.appoint("second", "second-officer")
    desk.appoint("auditor", "auditor")
    desk.appoint("chengdu", "city", "--city", "成都")
    desk.enlist("nobody-of-these")
    desk.appoint("stranger", "inspector", "--inspector", "nobody-of-these")
    desk.appoint("office", "province")
    office.run("log", "publish")
    return desk


def over_http(desks: list[Desk]) -> None:
    """What is done with units over HTTP: by the busy office's team, with a key; and at both one act that is refused."""
    for desk in desks:
        unit = desk.get(DRAW, "office")["sample"][0]["unit"]
        told = desk.post(f"outcomes/SC-2026-01/{unit}", "office", said("2026-07-02"), expect=409)
        assert told["code"] == "paper-needed"
    busy, seats = desks[0], [desk.get(f"{DRAW}/rounds/1/assignment", "office")["assignment"] for desk in desks]
    who = min(set.intersection(*({seat["inspector"] for seat in each} for each in seats)))
    for desk in desks:
        desk.appoint("member", "inspector", "--inspector", who)
    packet = next(seat["packet"] for seat in seats[0] if seat["inspector"] == who)
    asked = {"draw": "SC-2026-01", "packet": packet}
    opened = busy.post("assignments/open", "member", asked, Idempotency_Key="open")
    for place, unit in enumerate(opened["units"]):
        path = f"outcomes/SC-2026-01/{unit}"
        if busy.get(path, "member")["state"] == "none":
            busy.post(path, "member", said("2026-07-02"), expect=201, Idempotency_Key=str(place))


def addresses(desks: tuple[Desk, Desk]) -> list[str]:
    """Every address that can be looked at, of several units: some drawn here, some there, some nowhere."""
    units: set[str] = set()
    for desk in desks:
        shown = desk.office.run("draw", "show", "SC-2026-01").json
        units |= {row["unit"] for row in shown["sample"][:4]}
    values = {
        "draw": ["SC-2026-01"],
        "occasion": ["SC-2026-01", "T-2026-001", "none"],
        "check": ["T-2026-001"],
        "digest": [sha256(JPEG).hexdigest(), "none"],
        "number": ["1"],
        "unit": [*sorted(units), "511722100", "none"],
        "name": ["frame.csv", "policy.json", "sample.csv", "none"],
        "policy": ["sichuan-2020"],
        "inspector": ["C510101"],
    }
    found = []
    for rule in desks[0].app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule in OWN or rule.rule.startswith(("/static", "/api/docs")):
            continue
        names = sorted(rule.arguments & values.keys())
        for chosen in product(*(values[name] for name in names)) if rule.arguments <= values.keys() else ():
            path = rule.rule
            for name, value in zip(names, chosen, strict=True):
                path = re.sub(rf"<(?:[^<>]*:)?{name}>", value, path)
            found.append(path)
    return found


def answer(desk: Desk, path: str, who: str, method: str = "GET", json: object = None) -> tuple[object, ...]:
    told = desk.ask(method, path, who, json=json)
    headers = sorted((name, value) for name, value in told.headers.items() if name not in NOT_COMPARED)
    return told.status_code, LOG_HASHES.sub(b"<hash>", masked(told.data)), headers


def test_every_address_answers_alike_whichever_sample_was_drawn(desks: tuple[Desk, Desk]) -> None:
    paths = addresses(desks)
    assert {"/api/v1/draws/SC-2026-01", "/api/v1/draws/SC-2026-01/sample", "/log/checkpoint"} <= set(paths)
    different = []
    for path, who in product(paths, WHO):
        busy, idle = (answer(desk, path, who) for desk in desks)
        if busy != idle:
            different.append((path, who, busy, idle))
    assert not different


@pytest.mark.parametrize("packet", ["city-staff-001", "city-staff-002", "support-001", "none"])
def test_somebody_of_no_team_is_told_the_same_of_every_packet(desks: tuple[Desk, Desk], packet: str) -> None:
    asked = {"draw": "SC-2026-01", "packet": packet}
    busy, idle = (answer(desk, "assignments/open", "stranger", "POST", asked) for desk in desks)
    assert busy == idle
    assert busy[0] == 404


def test_somebody_of_no_team_records_nothing_wherever_it_is_tried(desks: tuple[Desk, Desk]) -> None:
    paths = [path for path in addresses(desks) if re.fullmatch(r"/api/v1/outcomes/SC-2026-01/[^/]+", path)]
    assert len(paths) > 4
    for path, more in product(paths, ("", "/correct", "/signatures")):
        asked = {"signer": "unit", "stance": "refuses"} if more == "/signatures" else said("2026-07-02")
        body = {**asked, "why": "x"} if more == "/correct" else asked
        busy, idle = (answer(desk, path + more, "stranger", "POST", body) for desk in desks)
        assert busy == idle
        assert busy[0] == 404


def test_the_office_sees_that_they_differ(desks: tuple[Desk, Desk]) -> None:
    samples = []
    for desk in desks:
        samples.append(desk.get("draws/SC-2026-01", "office")["sample"])
    assert samples[0] != samples[1]


SHOWN: Final = ("draws", "draws/SC-2026-01", "draws/SC-2026-01/rounds", "draws/SC-2026-01/rounds/1")
SEAL: Final = ("--sealed", "--reveal-by", "2026-09-30")


@pytest.fixture
def sealed_here(desk: Desk) -> Desk:
    """A desk with a draw and a round that were carried out under seal."""
    office = desk.office
    office.environment = {**office.environment, "AUDIT_TOKEN": desk.tokens["office"]}
    draw = office.import_demo().commit(*EVENTS, *SEAL)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "commit", draw, "--event", "kl8:2026190@2026-07-08T13:30:00Z", *SEAL)
    value = "kl8:2026190:0102030405060708091011121314151617181920"
    office.at("2026-07-08T14:00:00Z").run("round", "run", f"{draw}/1", "--public", value)
    desk.clock = "2026-07-08T14:00:00Z"
    return desk


def test_of_a_draw_under_seal_nothing_is_computed_for_who_may_not_see_it(sealed_here: Desk) -> None:
    """Whoever would compute a sample or teams needs the key."""
    desk = sealed_here
    before = {path: desk.ask("GET", path, "auditor").data for path in SHOWN}
    (desk.office.folder / "audit.key").unlink()
    for who in ("", "auditor", "chengdu"):
        assert {path: desk.ask("GET", path, who).status_code for path in SHOWN} == dict.fromkeys(SHOWN, 200)
    assert {path: desk.ask("GET", path, "auditor").data for path in SHOWN} == before
    assert desk.get("draws/SC-2026-01/record", "auditor", expect=409)["code"] == "sealed"
    assert desk.get("draws/SC-2026-01", "office", expect=503)["code"] == "vault-key-missing"  # the service's own fault
    shown = desk.get("draws/SC-2026-01")
    (root,) = (entry["root"] for entry in entries(desk.office) if entry["action"] == "notices")
    assert (shown["sample"], shown["notices"]) == (None, root)

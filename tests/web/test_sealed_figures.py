"""Figures under a seal: what is done with units and packets is counted like requests to no address of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from audit_service.web.metrics import QUIET
from tests.cli.test_sealed_alike import LATER
from tests.visiting import JPEG, said
from tests.web.desk import Desk
from tests.web.others import Scene
from tests.web.others_scenes import sealed_scene

__all__ = ["sealed_scene"]
DRAW: Final = "SC-2026-01"
NOT_COUNTED: Final = re.compile(r'_created\b|rule="/metrics"|^#|^audit_(?!request)')
"""When a figure was first told, the asking for figures itself, and what is no count of requests."""


def figures(desk: Desk) -> dict[str, float]:
    told = desk.ask("GET", "/metrics").text.splitlines()
    lines = [line.rpartition(" ") for line in told if line.startswith("audit_") and not NOT_COUNTED.search(line)]
    return {name: float(value) for name, _, value in lines}


def rise(desk: Desk, do: Callable[[], object]) -> dict[str, float]:
    """By how much which figures rise while something is done."""
    before = figures(desk)
    do()
    return {name: value - before.get(name, 0) for name, value in figures(desk).items() if value != before.get(name, 0)}


def visits(desk: Desk) -> int:
    """Everything that is done with units and packets, by office, team, unit and city; how many requests it takes."""
    packet = desk.get("assignments", "member")["items"][0]["packet"]
    unit = desk.post("assignments/open", "member", {"draw": DRAW, "packet": packet})["units"][-1]
    notices = desk.post(f"draws/{DRAW}/notices", "office", {"units": [unit]})["items"]
    root = desk.post("notices/check", "", {"notice": notices[0]["notice"], "root": ""})["root"]
    desk.post("notices/check", "", {"notice": notices[0]["notice"], "root": root})
    release = {"city": f"{unit[:4]}00", "visit": "2026-07-25", "days": 1}
    desk.post(f"draws/{DRAW}/releases", "office", release, expect=201)
    desk.get("releases", "own")
    assert desk.send(f"evidence/{DRAW}/{unit}", "member", JPEG, "a.jpg").status_code == 201
    desk.post(f"outcomes/{DRAW}/{unit}", "member", said("2030-01-01"), expect=409)
    desk.post(f"outcomes/{DRAW}/{unit}", "member", said(LATER[:10]), expect=201)
    desk.get(f"outcomes/{DRAW}/{unit}", "other", expect=404)
    desk.get("checks", "member")
    return 12


def test_no_figure_tells_that_something_was_done_with_a_unit(sealed_scene: Scene) -> None:
    desk, requests = sealed_scene.desk, list[int]()
    busy = rise(desk, lambda: requests.append(visits(desk)))
    idle = rise(desk, lambda: [desk.ask("GET", f"/nothing/{number}") for number in range(requests[0])])
    assert busy == idle == {'audit_requests_total{method="-",rule="-",status="-"}': requests[0]}
    shown = rise(desk, lambda: desk.get(f"draws/{DRAW}"))
    assert 'audit_requests_total{method="GET",rule="/api/v1/draws/<string:draw>",status="200"}' in shown


def test_every_route_about_one_visit_or_packet_is_among_them(desk: Desk) -> None:
    rules = {rule.rule for rule in desk.app.url_map.iter_rules()}
    quiet = {rule for rule in rules if QUIET.fullmatch(rule)}
    about_one = {rule for rule in rules if "<string:occasion>" in rule or rule.endswith("/notices/<string:unit>")}
    assert about_one < quiet
    assert {"/api/v1/assignments/open", "/api/v1/draws/<string:draw>/releases", "/api/v1/notices/check"} <= quiet
    assert not {rule for rule in quiet if rule.startswith(("/log", "/api/v1/findings"))}

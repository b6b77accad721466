"""A campaign over HTTP alone, as the posts of an office play it through: read it from the top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.log.test_log import Witness
from tests.office import Office, on_both
from tests.roster_rows import DEMO
from tests.web.desk import Desk

DRAW = "draws/SC-2026-01"
SAMPLE_EVENTS = [
    {"source": "d10", "event": "meeting", "digits": "20", "not_before": "2026-07-01T01:30:00Z"},
    {"source": "ssq", "event": "2026075", "not_before": "2026-07-01T13:15:00Z"},
]
SAMPLE_PUBLIC = "d10:meeting:84729150366271940583,ssq:2026075:020812192433+07"


def kl8(day: int) -> dict[str, Any]:
    """The evening's lottery of a day in August, by itself enough."""
    events = [{"source": "kl8", "event": f"2026{200 + day}", "not_before": f"2026-08-{day:02d}T13:30:00Z"}]
    return {"events": events}


def value(day: int) -> dict[str, str]:
    """What was drawn that evening."""
    return {"public": f"kl8:2026{200 + day}:0102030405060708091011121314151617181920"}


def brought_in(desk: Desk) -> None:
    """The rosters, uploaded."""
    for path, name in (("units", "roster"), ("targets", "targets"), ("inspectors", "inspectors"), ("recusals",) * 2):
        found = desk.post(f"{path}/import", "office", files=[DEMO / f"{name}_demo.csv"])
        assert found["imported"] > 0


class Watch:
    """The publisher's work, which a server does by itself, and an auditor's witness, who sees every checkpoint."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.witness: Witness | None = None
        self.key = ""

    def sign(self) -> None:
        self.desk.office.at(self.desk.clock).run("log", "publish")
        self.witness = self.witness or Witness(self.desk.office, self.folder)
        signed: Any = self.witness.fetch().sign()
        self.key = signed["key"]
        self.witness.bring(self.key)

    @property
    def keys(self) -> tuple[str, ...]:
        assert self.witness is not None
        return ("--log-key", self.witness.log_key, "--witness-key", self.key)


SEALED = {"sealed": True, "reveal_by": "2026-12-01"}


def frozen_and_committed(desk: Desk, watch: Watch) -> str:
    """The frame is checked, frozen, published for objections, and committed; its C."""
    brought_in(desk)
    assert desk.get("frames/check?policy=sichuan-2020", "auditor")["agrees"] is True
    frozen = desk.post("draws", "office", {"campaign": "2026", "policy": "sichuan-2020"}, expect=201)
    assert frozen["draw"] == "SC-2026-01"
    frame = desk.ask("GET", f"{DRAW}/frame/frame.csv")  # everybody can object to it
    assert frame.text.startswith("unit,stratum,city\n")
    committed: dict[str, str] = desk.post(f"{DRAW}/commit", "office", {"events": SAMPLE_EVENTS, **SEALED})
    watch.sign()
    return committed["commitment"]


def sampled(desk: Desk) -> list[str]:
    """The sample is drawn; it is unannounced, so nobody but the office sees it."""
    desk.clock = "2026-07-01T14:00:00Z"
    drawn = desk.post(f"{DRAW}/seed", "office", {"public": SAMPLE_PUBLIC})
    assert desk.get(DRAW)["sample"] is None
    assert desk.get(f"{DRAW}/sample", expect=409)["code"] == "sealed"
    return [row["unit"] for row in drawn["sample"]]


def team_drawn(desk: Desk, watch: Watch, number: int, day: int) -> list[dict[str, str]]:
    """A round is committed a day before its lottery, and carried out; every seat."""
    desk.clock = f"2026-08-{day - 1:02d}T01:00:00Z"
    desk.post(f"{DRAW}/rounds", "office", {**kl8(day), **SEALED}, expect=201)
    watch.sign()
    desk.clock = f"2026-08-{day:02d}T14:00:00Z"
    teams = desk.post(f"{DRAW}/rounds/{number}/seed", "office", value(day))
    assert not teams["infeasible"]
    seats: list[dict[str, str]] = teams["assignment"]
    return seats


def packet_opened(desk: Desk, inspector: str) -> list[str]:
    """Somebody of a team sees what they are on, and opens it, which is on record; its units."""
    desk.appoint("member", "inspector", "--inspector", inspector)
    (own, *_) = desk.get("assignments", "member")["items"]
    assert "units" not in own
    opened = desk.post("assignments/open", "member", {"draw": "SC-2026-01", "packet": own["packet"]})
    units: list[str] = opened["units"]
    return units


def notice_checked(desk: Desk, unit: str) -> None:
    """The unit checks at the public window that the office was bound to this before the visit."""
    made = desk.post(f"{DRAW}/notices", "office", {"units": [unit]})
    checked = desk.post("notices/check", "", {"notice": made["items"][0]["notice"]})
    assert (checked["unit"], checked["drawn"], checked["verdict"]) == (unit, True, "verified")


def released(desk: Desk) -> None:
    """The host city learns of its units when the office releases them, ten days before the visit and not before."""
    city = desk.get("me", "chengdu")["city"]
    body = {"city": city, "visit": "2026-08-20", "days": 10}
    told = desk.post(f"{DRAW}/releases", "office", body, expect=201)
    assert desk.get("releases", "chengdu")["items"] == []
    desk.clock = "2026-08-11T01:00:00Z"
    assert desk.get("releases", "chengdu")["items"] == [told]
    assert desk.get("releases/成都市", "office")["items"] == [told]
    assert desk.get("releases/510300", "office")["items"] == []
    assert desk.get("releases/none", "office", expect=404)["code"] == "city-not-known"


def revealed(desk: Desk, watch: Watch) -> None:
    """Sample and rounds are revealed before their day, so a second officer confirms it."""
    for name in (DRAW, f"{DRAW}/rounds/1", f"{DRAW}/rounds/2"):
        assert desk.get(f"{name}/openings", "auditor", expect=409)["code"] == "sealed"
        watch.sign()
        waits = desk.post(f"{name}/reveal", "office")
        done = desk.post(f"requests/{waits['request']['number']}/confirm", "second")
        assert (waits["state"], done["state"]) == ("waiting", "confirmed")


def happened_under_the_seal(office: Office, desk: Desk, unit: str) -> None:
    """After the reveal the auditor reads what happened to single units and packets, as the command opens it."""
    for path, name in ((DRAW, "SC-2026-01"), (f"{DRAW}/rounds/2", "SC-2026-01/2")):
        opened = desk.get(f"{path}/openings", "auditor")
        assert opened == office.run("log", "openings", name).json
    values = [each["value"] for each in desk.get(f"{DRAW}/openings", "auditor")["openings"]]
    assert ("notice", unit) in {(value["action"], value.get("unit")) for value in values}


@on_both
def test_a_campaign_from_the_rosters_to_the_verified_bundle(office: Office, desk: Desk, tmp_path: Path) -> None:
    watch = Watch(desk, tmp_path)
    commitment = frozen_and_committed(desk, watch)
    units = sampled(desk)

    first = team_drawn(desk, watch, 1, 5)
    gone = first[0]["inspector"]
    desk.post("inspectors/leave", "office", {"inspectors": [gone], "reason": "transferred"})
    seats = team_drawn(desk, watch, 2, 7)
    assert gone not in {seat["inspector"] for seat in seats}

    watch.sign()
    opened = packet_opened(desk, seats[0]["inspector"])
    assert set(opened) <= set(units)
    notice_checked(desk, opened[0])
    released(desk)
    revealed(desk, watch)
    assert [row["unit"] for row in desk.get(DRAW)["sample"]] == units
    happened_under_the_seal(office, desk, opened[0])
    assert desk.get(f"{DRAW}/explain/{units[0]}")["selected"] is True

    watch.sign()
    (tmp_path / "b.zip").write_bytes(desk.ask("GET", f"{DRAW}/bundle").data)
    anchors = desk.get(f"{DRAW}/anchors")["anchors"]
    (tmp_path / "anchors").write_text("\n".join(anchors) + "\n")
    assert commitment in anchors[0]
    verified = office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors", *watch.keys).json
    assert (verified["verdict"], verified["time"]) == ("verified", "shown")

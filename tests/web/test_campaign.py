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


@on_both
def test_a_campaign_from_the_rosters_to_the_verified_bundle(office: Office, desk: Desk, tmp_path: Path) -> None:
    watch = Watch(desk, tmp_path)
    brought_in(desk)
    assert desk.get("frames/check?policy=sichuan-2020", "auditor")["agrees"] is True

    frozen = desk.post("draws", "office", {"campaign": "2026", "policy": "sichuan-2020"}, expect=201)
    assert frozen["draw"] == "SC-2026-01"
    frame = desk.ask("GET", f"{DRAW}/frame/frame.csv")  # everybody can object to it
    assert frame.status_code == 200
    assert frame.text.startswith("unit,stratum,city\n")

    sealed = {"sealed": True, "reveal_by": "2026-12-01"}
    committed = desk.post(f"{DRAW}/commit", "office", {"events": SAMPLE_EVENTS, **sealed})
    watch.sign()
    desk.clock = "2026-07-01T14:00:00Z"
    drawn = desk.post(f"{DRAW}/seed", "office", {"public": SAMPLE_PUBLIC})
    sampled = [row["unit"] for row in drawn["sample"]]
    assert desk.get(DRAW)["sample"] is None  # it is unannounced: nobody else sees it
    assert desk.get(f"{DRAW}/sample", expect=409)["code"] == "sealed"

    desk.clock = "2026-08-01T01:00:00Z"
    called = desk.post(f"{DRAW}/rounds", "office", {**kl8(5), **sealed}, expect=201)
    watch.sign()
    desk.clock = "2026-08-05T14:00:00Z"
    teams = desk.post(f"{DRAW}/rounds/1/seed", "office", value(5))
    assert called["people"] > 0
    assert not teams["infeasible"]

    gone = teams["assignment"][0]["inspector"]
    desk.post("inspectors/leave", "office", {"inspectors": [gone], "reason": "transferred"})
    desk.clock = "2026-08-06T01:00:00Z"
    desk.post(f"{DRAW}/rounds", "office", {**kl8(7), **sealed}, expect=201)
    watch.sign()
    desk.clock = "2026-08-07T14:00:00Z"
    again = desk.post(f"{DRAW}/rounds/2/seed", "office", value(7))
    assert gone not in {seat["inspector"] for seat in again["assignment"]}

    seat = again["assignment"][0]
    desk.appoint("member", "inspector", "--inspector", seat["inspector"])
    (own, *_) = desk.get("assignments", "member")["items"]
    assert set(own["units"]) <= set(sampled)

    for name in (DRAW, f"{DRAW}/rounds/1", f"{DRAW}/rounds/2"):
        watch.sign()
        waits = desk.post(f"{name}/reveal", "office")
        assert waits["state"] == "waiting"
        done = desk.post(f"requests/{waits['request']['number']}/confirm", "second")
        assert done["state"] == "confirmed"
    assert [row["unit"] for row in desk.get(DRAW)["sample"]] == sampled
    assert desk.get(f"{DRAW}/explain/{sampled[0]}")["selected"] is True

    watch.sign()
    bundle = desk.ask("GET", f"{DRAW}/bundle")
    (tmp_path / "b.zip").write_bytes(bundle.data)
    (tmp_path / "anchors").write_text("\n".join(desk.get(f"{DRAW}/anchors")["anchors"]) + "\n")
    assert committed["commitment"] in (tmp_path / "anchors").read_text()
    verified = office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors", *watch.keys).json
    assert (verified["verdict"], verified["time"]) == ("verified", "shown")

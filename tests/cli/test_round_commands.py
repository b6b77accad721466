"""Assignment rounds: who is drawn, who stays, what is refused, and what happens when it cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

from audit_service.files.bundles import read_bundle
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both
from tests.roster_rows import DEMO, PERSON

AUGUST, AFTER = "kl8:2026220@2026-08-10T13:00:00Z", "2026-08-10T13:00:00Z"
AUGUST_PUBLIC = "kl8:2026220:0102030405060708091011121314151617181920"
SEPTEMBER, LATER = "d10:hall:20@2026-09-10T01:00:00Z", "2026-09-10T01:00:00Z"
SEPTEMBER_PUBLIC = "d10:hall:27182818284590452353"


def committed_round(office: Office, draw: str, event: str = AUGUST) -> str:
    name: str = office.run("round", "commit", draw, "--event", event).json["round"]
    return name


def seats(office: Office, name: str) -> set[tuple[str, str]]:
    return {(row["packet"], row["inspector"]) for row in office.run("round", "show", name).json["assignment"]}


@on_both
def test_who_drops_out_is_replaced_and_nobody_else_moves(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    first = committed_round(office, draw)
    office.at(AFTER).run("round", "run", first, "--public", AUGUST_PUBLIC)
    before = seats(office, first)
    gone = sorted(who for _, who in before)[0]
    office.run("people", "leave", gone, "--reason", "调离")
    second = committed_round(office, draw, SEPTEMBER)
    assert (first, second) == (f"{draw}/1", f"{draw}/2")
    office.at(LATER).run("round", "run", second, "--public", SEPTEMBER_PUBLIC)
    after = seats(office, second)
    assert {seat for seat in before if seat[1] != gone} < after
    assert len(after) == len(before)
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    (tmp_path / "anchors").write_text(office.show("draw", "show", draw, "--anchors"))
    assert office.run("verify", tmp_path / "b.zip", "--anchors", tmp_path / "anchors").json["verdict"] == "verified"


def test_nobody_inspects_the_home_city_and_recusals_bind(office: Office) -> None:
    draw = office.drawn()
    cities = {row["unit"]: row["city"] for row in office.run("draw", "show", draw).json["sample"]}
    name = committed_round(office, draw)
    office.at(AFTER).run("round", "run", name, "--public", AUGUST_PUBLIC)
    office.run("bundle", draw, "--out", office.folder / "b.zip")
    entries = read_bundle(office.folder / "b.zip")
    people = dict(line.split(",")[0:4:3] for line in entries["rounds/1/inspectors.csv"].decode().splitlines()[1:])
    units: dict[str, list[str]] = {}
    for line in entries["rounds/1/packets.csv"].decode().splitlines()[1:]:
        units.setdefault(line.split(",")[1], []).append(line.split(",")[2])
    for packet, inspector in seats(office, name):
        assert people[inspector] not in {cities[unit] for unit in units[packet]}


@on_both
def test_an_infeasible_round_is_carried_out_says_so_and_the_next_one_can_add_people(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    office.import_rows("people", [PERSON])
    draw = office.commit()
    first = committed_round(office, draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    stuck = office.at(AFTER).run("round", "run", first, "--public", AUGUST_PUBLIC, expect=3)
    found = {(row["pool"], row["role"]): row for row in stuck.json["infeasible"]}
    assert found.keys() == {("city-staff", "lead"), ("technical-support", "lead")}
    lead = found["city-staff", "lead"]
    assert lead["people_from_elsewhere"] == 1
    assert {(row["pool"], row["role"]) for row in stuck.json["untried"]} == {
        ("city-staff", "member"),
        ("technical-support", "member"),
    }
    assert lead["barriers"][0]["at_home"] == [{"city": "510100", "people": 1}]
    assert office.run("round", "show", first).json["state"] == "infeasible"
    assert office.run("round", "run", first, "--public", AUGUST_PUBLIC, expect=1).code == "state-infeasible"
    office.run("import", "people", DEMO / "inspectors_demo.csv")
    second = committed_round(office, draw, SEPTEMBER)
    office.at(LATER).run("round", "run", second, "--public", SEPTEMBER_PUBLIC)
    office.run("bundle", draw, "--out", office.folder / "b.zip")
    assert "rounds/1/infeasible.json" in read_bundle(office.folder / "b.zip")
    assert office.run("verify", office.folder / "b.zip", expect=4).json["verdict"] == "consistent"


def test_a_round_needs_a_live_draw_people_and_the_round_before_it_done(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    draw = office.freeze()
    commit = ("round", "commit", draw, "--event", AUGUST)
    assert office.run(*commit, expect=1).code == "state-frozen"
    office.run("draw", "commit", draw, *EVENTS)
    assert office.run(*commit, expect=1).code == "people-none"
    office.import_rows("people", [PERSON | {"人员编号": "A1", "人员类别": "抽验人员"}])
    refused = office.run(*commit, expect=1)
    assert refused.code == "people-not-seated"
    assert all(word in refused.said for word in ("抽验人员 (1)", "市州工作人员"))
    office.import_rows("people", [PERSON | {"人员编号": "A1", "可参加时间止": "2026-07"}])
    assert office.run(*commit, expect=1).code == "people-away"
    office.run("people", "leave", "A1", "--reason", "x")
    office.import_demo()
    name = committed_round(office, draw)
    assert office.run("round", "commit", draw, "--event", SEPTEMBER, expect=1).code == "round-pending"
    office.at(AFTER)
    assert office.run("round", "run", name, "--public", AUGUST_PUBLIC, expect=1).code == "state-committed"
    office.run("draw", "run", draw, "--public", PUBLIC)
    assert office.run("draw", "set-aside", draw, "--ground", "procedure", expect=1).code == "round-pending"
    office.run("round", "run", name, "--public", AUGUST_PUBLIC)
    office.run("draw", "set-aside", draw, "--ground", "procedure")
    assert office.run("round", "commit", draw, "--event", SEPTEMBER, expect=1).code == "state-set-aside"


def test_a_withdrawn_round_keeps_its_number(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    first = committed_round(office, draw)
    office.run("round", "withdraw", first, "--reason", "the letters went out late")
    second = committed_round(office, draw)
    assert second == f"{draw}/2"
    assert [row["state"] for row in office.run("round", "list", draw).json["rounds"]] == ["withdrawn", "committed"]
    office.at(AFTER).run("round", "run", second, "--public", AUGUST_PUBLIC)
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    assert {name.split("/")[1] for name in read_bundle(tmp_path / "b.zip") if name.startswith("rounds/")} == {"2"}
    assert office.run("verify", tmp_path / "b.zip", expect=4).json["verdict"] == "consistent"


def test_an_event_has_one_value_in_the_sample_and_its_rounds(office: Office) -> None:
    draw = office.import_demo().commit()
    office.run("round", "commit", draw, *EVENTS)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    other = PUBLIC.replace("+07", "+08")
    assert office.run("round", "run", f"{draw}/1", "--public", other, expect=1).code == "public-disagrees"
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)


def test_a_sealed_round_keeps_the_bundle_back_until_its_reveal(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    office.run("round", "commit", draw, "--event", AUGUST, "--sealed", "--reveal-by", "2026-10-31")
    office.at(AFTER).run("round", "run", f"{draw}/1", "--public", AUGUST_PUBLIC)
    assert office.run("bundle", draw, "--out", tmp_path / "b.zip", expect=1).code == "sealed"
    secret = office.run("round", "reveal", f"{draw}/1").json["secret"]
    office.run("bundle", draw, "--out", tmp_path / "b.zip")
    assert json.loads(read_bundle(tmp_path / "b.zip")["rounds/1/seed.json"])["secret"] == secret
    assert office.run("verify", tmp_path / "b.zip", expect=4).json["verdict"] == "consistent"


def test_a_round_that_is_not_there_is_said_so(office: Office) -> None:
    draw = office.drawn()
    for name, code in (
        (f"{draw}/7", "round-unknown"),
        (draw, "round-form"),
        (f"{draw}/01", "round-form"),
        ("x/1", "draw-unknown"),
    ):
        assert office.run("round", "show", name, expect=1).code == code


def test_the_teams_are_printed_with_leader_circuit_units_and_loads(office: Office) -> None:
    draw = office.drawn()
    name = committed_round(office, draw)
    said = office.at(AFTER).show("round", "run", name, "--public", AUGUST_PUBLIC, "--lang", "zh")
    for word in ("组长", "组员", "线路：", "city-staff-001", "任务包数"):
        assert word in said

"""Every way a draw can go, continued from `test_every_way.py`: what happens after the sample is drawn, and trials."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from tests.campaign import (
    BALLS,
    DRAW,
    DRAWN,
    MARCH,
    POLICY,
    PUBLIC,
    begun,
    bundle,
    commit_round,
    demo_people,
    drawn,
    list_alone,
    round_of,
    run_round,
    seats,
)
from tests.cli import test_every_way
from tests.office import Office, on_both
from tests.roster_rows import DEMO, PERSON

# --- 7 Substitutions --------------------------------------------------------------------------------------------------


def demo_units() -> list[dict[str, str]]:
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def substituted(office: Office, *units: str, draw: str = DRAW) -> list[tuple[str, str, str]]:
    """Substitute units as one batch: batch, unit and substitute of each."""
    found = office.run("draw", "substitute", draw, *units, "--document", "document 12").json["substitutions"]
    return [(row["batch"], row["unit"], row["substitute"]) for row in found]


@on_both
def test_7_reserves_come_in_batches_from_the_cell_and_from_elsewhere_also_for_substitutes(office: Office) -> None:
    begun(office)
    substitute = ("draw", "substitute", DRAW)
    assert office.run(*substitute, "510184114", "--document", "x", expect=1).code == "state-committed"
    office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    assert office.run(*substitute, "510184114", "--document", " ", expect=1).code == "document-empty"
    for units in (("510104026",), ("510184114", "510104026"), ("510184114", "510184114")):
        assert office.run(*substitute, *units, "--document", "x", expect=1).code == "substitution-not-inspected"
    assert substituted(office, "511011114", "510184114") == [
        (1, "510184114", "510184110"),  # of its own cell
        (1, "511011114", "510603103"),  # of another city: the cell has no other unit
    ]
    assert office.run(*substitute, "510184114", "--document", "x", expect=1).code == "substitution-not-inspected"
    assert substituted(office, "510184110") == [(2, "510184110", "510116024")]
    found = round_of(office, 6)
    entries = bundle(office)
    assert entries["rounds/1/substitutions.csv"].splitlines()[1:] == [
        b"1,510184114,510184110",
        b"1,511011114,510603103",
        b"2,510184110,510116024",
    ]
    units = {line.split(b",")[2].decode() for line in entries["rounds/1/packets.csv"].splitlines()[1:]}
    assert units & {"510184114", "510184110", "511011114"} == set()
    assert {"510116024", "510603103"} <= units
    assert found["packets"] == 12


def test_7_without_reserves_a_unit_is_replaced_by_nothing_and_an_empty_packet_has_no_team(office: Office) -> None:
    office.at(MARCH).run("import", "people", DEMO / "inspectors_demo.csv")
    office.import_rows("units", [row for row in demo_units() if row["市(州)"] == "内江市"])
    draw = office.run("draw", "freeze", "--campaign", "small", *POLICY).json["draw"]
    office.run("draw", "commit", draw, "--event", "kl8:2027100@2027-04-18T13:30:00Z")
    office.run("round", "commit", draw, "--event", "kl8:2027101@2027-04-19T13:30:00Z")
    office.at("2027-04-18T13:30:00Z").run("draw", "run", draw, "--public", f"kl8:2027100:{BALLS}")
    gone = substituted(office, "511011114", "511002003", draw=draw)
    assert {(unit, substitute) for _, unit, substitute in gone} == {("511011114", ""), ("511002003", "")}
    office.at("2027-04-19T13:30:00Z")
    first = office.run("round", "run", f"{draw}/1", "--public", f"kl8:2027101:{BALLS}").json
    assert first["packets"] == 2, "a round goes by the substitutions of its commitment"
    office.run("round", "commit", draw, "--event", "kl8:2027102@2027-04-20T13:30:00Z")
    office.at("2027-04-20T13:30:00Z")
    second = office.run("round", "run", f"{draw}/2", "--public", f"kl8:2027102:{BALLS}").json
    assert second["packets"] == 1
    assert seats(second) == {seat for seat in seats(first) if seat[0] == "city-staff-001"}
    assert bundle(office, draw)["rounds/2/packets.csv"].count(b"\n") == 2


# --- 8 People leave, and further rounds -------------------------------------------------------------------------------


@on_both
def test_8_a_committed_round_goes_by_who_was_listed_and_the_next_fills_the_seats(office: Office) -> None:
    drawn(office)
    first = commit_round(office, 6)["round"]
    leave = ("people", "leave")
    assert office.run(*leave, "T001", "--reason", " ", expect=1).code == "leave-without-reason"
    assert office.run(*leave, "C519999", "--reason", "x", expect=1).code == "people-unknown"
    office.run(*leave, "T001", "--reason", "changed posts")
    assert office.run(*leave, "T001", "--reason", "x", expect=1).code == "people-gone"
    event = ("--event", "kl8:2027087@2027-04-07T13:30:00Z")
    assert office.run("round", "commit", DRAW, *event, expect=1).code == "round-pending"
    before = seats(run_round(office, first, 6))
    office.run(*leave, sorted(who for _, _, who in before)[0], "--reason", "ill")
    office.import_rows("people", [{**PERSON, "人员编号": "C511799", "所属市(州)": "达州市"}])
    gone = {"T001", sorted(who for _, _, who in before)[0]}
    after = seats(round_of(office, 7))
    assert len(after) == len(before)
    assert {seat for seat in before if seat[2] not in gone} <= after
    assert not gone & {who for _, _, who in after}
    standing = bundle(office)["rounds/2/standing.csv"].decode().splitlines()[1:]
    kept = {tuple(line.split(",")) for line in standing}
    assert kept == {(packet, who, role) for packet, role, who in before if who not in gone}


def test_8_who_comes_back_in_time_keeps_the_seat_and_later_gets_only_an_open_one(office: Office) -> None:
    drawn(office)
    before = seats(round_of(office, 6))
    (seat, *_) = sorted(before, key=lambda row: row[2])
    office.run("people", "leave", seat[2], "--reason", "ill")
    office.run("import", "people", DEMO / "inspectors_demo.csv")
    assert seats(round_of(office, 7)) == before, "nobody is missing"
    office.run("people", "leave", seat[2], "--reason", "ill again")
    filled = seats(round_of(office, 8))
    assert seat not in filled
    office.run("import", "people", DEMO / "inspectors_demo.csv")
    assert seats(round_of(office, 9)) == filled


def test_8_seats_are_given_back_by_a_complete_list_and_by_the_days_of_inspection(office: Office) -> None:
    drawn(office)
    before = seats(round_of(office, 6))
    leaders = sorted(who for _, role, who in before if role == "lead" and who.startswith("C"))
    until = {leaders[1]: "2027-04-20"}
    rows = [{**row, "可参加时间止": until.get(row["人员编号"], "")} for row in demo_people()]
    office.import_rows("people", [row for row in rows if row["人员编号"] != leaders[0]])
    office.run("import", "people", office.folder / "people.csv", "--complete")
    committed = commit_round(office, 7, "--inspect-from", "2027-04-12", "--inspect-to", "2027-04-23")
    assert committed["away"] == [leaders[1]]
    after = seats(run_round(office, committed["round"], 7))
    assert {who for _, _, who in before - after} == set(leaders[:2])


# --- 9 A round that cannot be filled, and the next one ----------------------------------------------------------------


def stuck(office: Office) -> dict[str, Any]:
    """The infeasible round of the document: two leaders, one at home, one recused; members of one city alone."""
    begun(office)
    list_alone(office, "C5101", "C510301", "T")
    office.import_rows("recusals", [{"人员编号": "C510301", "单位编码": "510121002", "回避理由": "亲属"}])
    commit_round(office, 6)
    office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    return run_round(office, f"{DRAW}/1", 6, expect=3)


@on_both
def test_9_an_infeasible_round_says_what_binds_and_who_would_do_and_these_do(office: Office) -> None:
    found = stuck(office)
    (lead,), (member,) = found["infeasible"], found["untried"]
    assert (lead["pool"], lead["role"], lead["packets"]) == ("city-staff", "lead", ["city-staff-001"])
    assert (lead["seats_short"], lead["people_from_elsewhere"]) == (1, 1)
    (barrier,) = lead["barriers"]
    assert barrier["recusals"] == [{"inspector": "C510301", "unit": "510121002"}]
    assert barrier["at_home"] == [{"city": "510100", "people": 1}]
    assert (member["role"], member["people_from_elsewhere"]) == ("member", 2)
    assert "511700" in lead["cities_that_would_do"]
    assert not {"510100", "510600", "510700"} & set(lead["cities_that_would_do"]), "the cities of the packet"
    assert office.run("round", "show", f"{DRAW}/1").json["state"] == "infeasible"
    run = ("round", "run", f"{DRAW}/1", "--public", f"kl8:2027086:{BALLS}")
    assert office.run(*run, expect=1).code == "state-infeasible"
    office.import_rows("people", demo_people("C511701"))
    commit_round(office, 7)
    again = run_round(office, f"{DRAW}/2", 7, expect=3)
    assert [(row["role"], row["people_from_elsewhere"]) for row in again["infeasible"]] == [("member", 2)]
    office.import_rows("people", demo_people("C511702", "C511703"))
    done = round_of(office, 8)
    assert {who for packet, _, who in seats(done) if packet == "city-staff-001"} == {"C511701", "C511702", "C511703"}
    states = [row["state"] for row in office.run("round", "list", DRAW).json["rounds"]]
    assert states == ["infeasible", "infeasible", "drawn"]
    entries = bundle(office)
    assert {"rounds/1/infeasible.json", "rounds/2/infeasible.json", "rounds/3/assignment.csv"} <= entries.keys()


def test_9_a_recusal_that_is_none_is_dropped_by_a_complete_list(office: Office) -> None:
    stuck(office)
    office.import_rows("people", demo_people("C511702", "C511703"))
    none = office.folder / "none.csv"
    none.write_text("人员编号,单位编码,回避理由\n", encoding="utf-8")
    office.run("import", "recusals", none, "--complete")
    done = round_of(office, 7)
    assert ("city-staff-001", "lead", "C510301") in seats(done)


def test_9_a_limit_of_packets_that_is_too_low_is_raised(office: Office) -> None:
    begun(office)
    leaders = [row for row in demo_people("C") if row["可任组长"] == "是"]
    kept = [{**row, "最多任务包数": "2"} for row in leaders[:3]]
    office.run("people", "leave", *(row["人员编号"] for row in leaders[3:]), "--reason", "not named")
    office.import_rows("people", kept)
    office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC)
    commit_round(office, 6)
    (lead,) = run_round(office, f"{DRAW}/1", 6, expect=3)["infeasible"]
    assert (lead["seats_short"], lead["people_from_elsewhere"]) == (2, 1)
    office.import_rows("people", [{**row, "最多任务包数": "3"} for row in kept])
    round_of(office, 7)


def test_9_an_infeasible_round_leaves_the_teams_of_the_one_before_until_the_next(office: Office) -> None:
    drawn(office)
    before = seats(round_of(office, 6))
    leaders = [row["人员编号"] for row in demo_people() if (row["人员编号"][0], row["可任组长"]) == ("C", "是")]
    office.run("people", "leave", *leaders, "--reason", "an epidemic")
    commit_round(office, 7)
    run_round(office, f"{DRAW}/2", 7, expect=3)
    office.run("import", "people", DEMO / "inspectors_demo.csv")
    assert seats(round_of(office, 8)) == before, "everybody is back, and nobody lost the seat meanwhile"
    bundle(office)


# --- 10 A trial -------------------------------------------------------------------------------------------------------


def test_10_a_trial_decides_nothing_and_leaves_the_draw_as_it_was(office: Office) -> None:
    begun(office)
    before = office.run("draw", "show", DRAW).json
    tried = office.run("draw", "trial", DRAW).json
    assert (tried["trial"], tried["feasible"], tried["infeasible"], tried["untried"]) == (True, True, [], [])
    assert office.run("draw", "show", DRAW).json == before
    list_alone(office, "C5101", "T")
    tried = office.run("draw", "trial", DRAW).json
    assert [row["role"] for row in tried["infeasible"]] == ["lead"]
    assert [row["role"] for row in tried["untried"]] == ["member"]


def test_10_every_line_of_a_trial_is_marked_also_where_it_cannot_be_filled(office: Office) -> None:
    begun(office)
    away = {"T001": "2027-02-01"}
    kept = demo_people("C5101") + demo_people("C510301") + demo_people("T")
    office.import_rows("people", [{**row, "可参加时间止": away.get(row["人员编号"], "")} for row in kept])
    office.run("import", "people", office.folder / "people.csv", "--complete")
    in_chengdu = [row["单位编码"] for row in demo_units() if row["市(州)"] == "成都市"]
    rows = [{"人员编号": "C510301", "单位编码": unit, "回避理由": "亲属"} for unit in in_chengdu]
    office.import_rows("recusals", rows)
    said = {lang: office.show("draw", "trial", DRAW, "--lang", lang) for lang in ("en", "zh")}
    for words in (
        "Infeasible",
        "T001",
        "open seats; units",
        "at home",
        "recused",
        "What would do",
        "Not tried in this",
    ):
        assert words in said["en"]
    for lang, mark in (("en", "[TRIAL] "), ("zh", "【试算】")):
        assert [line for line in said[lang].splitlines() if not line.startswith(mark)] == []


def test_every_section_of_the_document_has_its_tests() -> None:
    text = (Path(__file__).parents[2] / "docs" / "ways.md").read_text(encoding="utf-8")
    numbers = {line.split()[1] for line in text.splitlines() if line.startswith("## ") and line[3].isdigit()}
    names = {name for module in (test_every_way, sys.modules[__name__]) for name in vars(module)}
    assert {name.split("_")[1] for name in names if name.startswith("test_") and name[5].isdigit()} == numbers

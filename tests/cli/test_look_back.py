"""A look-back draw among closed findings: what was removed is drawn, and visited by others than who found it."""

from __future__ import annotations

import json
from typing import Any

from docx import Document

from audit_service.files.policies import lookup
from audit_service.store import acts, lives, rosters
from audit_service.store.visit_tables import findings
from audit_service.use_cases.visits import visit_of
from tests.campaign import COMMIT, DRAW, PUBLIC
from tests.office import Office
from tests.visiting import Team, finding, record, said

CHOSEN = {"chosen": {"zh": "由办公室确定", "en": "the office's choice"}}


def a_year_on(word: str) -> str:
    """Events of that year's own, or their values."""
    return word.replace("2027", "2028").replace("meeting", "meeting-2028")


EVENTS = [a_year_on(word) for word in COMMIT]


def looking_back(office: Office) -> None:
    """The office's own policy: besides units, all closed findings, by the teams of the look-back."""
    policy = json.loads(lookup(None)("sichuan-2020").source)
    stratum: dict[str, Any] = {
        "stratum": "closed", "label": {"zh": "已销号问题", "en": "closed findings"}, "of": "findings",
        "when": {"state": ["closed"]}, "rate_bp": 10000, "base": "stratum", "method": "look-back",
        "rules": {"rate": CHOSEN, "base": CHOSEN, "rounding": CHOSEN},
    }  # fmt: skip
    policy["strata"].append(stratum)
    policy["pools"][0]["strata"].append("closed")
    policy["version"] = 2
    folder = office.folder / "policies"
    folder.mkdir()
    (folder / "sichuan-2020.json").write_text(json.dumps(policy), encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(folder)}


def test_a_look_back_on_nothing_is_said_so_at_the_check_and_at_the_freezing(office: Office) -> None:
    office.import_demo()
    looking_back(office)
    for words in (["frame", "check"], ["draw", "freeze", "--campaign", "2026"]):
        assert "“closed findings” has no closed findings" in office.show(*words, "--policy", "sichuan-2020")


def close(office: Office, *names: str) -> None:
    """The findings are rectified and closed, which is another story."""
    with office.runtime.begin() as db:
        for name in names:
            row = rosters.one(db, findings, finding=name)
            assert row
            number = acts.record(db, office.runtime.act(), "evidence", name)
            closed = {**row, "state": "closed", "closed_on": "2027-05-20"}
            rosters.replace(db, findings, {"finding": name}, closed, number)


def test_closed_findings_are_drawn_and_visited_by_others(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    units, who = team.units[:2], team.inspectors[0]
    for unit in units:
        record(office, unit, who, said(findings=[finding(), finding("未销号")]))
    close(office, "F-2027-0001", "F-2027-0003")
    looking_back(office)
    office.at("2028-03-01T01:00:00Z")
    draw = office.run("draw", "freeze", "--campaign", "2028", "--policy", "sichuan-2020", "--out", office.folder).json[
        "draw"
    ]
    frame = (office.folder / "frame.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:2] for line in frame if line.startswith("F-")] == [
        ["F-2027-0001", "closed"], ["F-2027-0003", "closed"]
    ]  # fmt: skip
    office.run("draw", "commit", draw, *EVENTS)
    office.at("2028-03-16T14:00:00Z").run("draw", "run", draw, "--public", a_year_on(PUBLIC))
    office.run("notice", "make", draw, "F-2027-0001", "--as", "docx", "--out", office.folder / "F-2027-0001.docx")
    paper = Document(str(office.folder / "F-2027-0001.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("F-2027-0001" in cell and finding()["description"] in cell for cell in cells)
    assert any(units[0] in cell for cell in cells)
    event = "kl8:2028087@2028-04-06T13:30:00Z"
    office.run("round", "commit", draw, "--event", event)
    value = "kl8:2028087:0102030405060708091011121314151617181920"
    office.at("2028-04-06T13:30:00Z").run("round", "run", f"{draw}/1", "--public", value)
    with office.runtime.look() as db:
        seats = visit_of(db, office.runtime.vault, office.runtime.policy, draw, "F-2027-0001").team
    assert not set(seats) & set(team.inspectors)
    office.at("2028-04-20T06:00:00Z")
    shown = record(office, "F-2027-0001", seats[0], said("2028-04-20"), occasion=draw)
    assert shown["versions"][0]["verdict"] == "passed"
    with office.runtime.look() as db:
        assert [each.subject for each in lives.history(db, units[0])] == [f"{DRAW}/{units[0]}", f"{draw}/F-2027-0001"]
    assert office.run("check").json["faults"] == []

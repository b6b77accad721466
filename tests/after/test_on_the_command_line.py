"""Rectification and exit cases at an office without accounts, and registers of hazards from Excel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from audit_service.store.visit_tables import findings
from tests.after.scene import FINDERS, OCCASION, OTHER_UNIT, UNIT, set_up
from tests.office import Office, on_both
from tests.roster_rows import DEMO, workbook

REGISTER = ("--occasion", "JZ-2020", "--policy", "sichuan-2020", "--source", "hazard")
ROW = {
    "序号": "1",
    "单位名称": f"{UNIT}街道",
    "问题描述": "消防通道堵塞",
    "隐患级别": "重大",
    "责任单位/责任人": "区消防大队 王某",
    "整改期限": "2020年10月20日",
    "整改情况": "",
    "复查人": "",
    "复查时间": "",
    "是否销号": "否",
}


@pytest.fixture
def it(office: Office) -> Office:
    """An office in one-office mode, with a unit that failed."""
    with office.at("2020-09-02T04:00:00Z").runtime.begin() as db:
        set_up(db, posts=False)
    return office


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A file that shows something."""
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    return tmp_path / "scan.pdf"


def register(folder: Path, *rows: dict[str, str]) -> Path:
    """A register in Excel."""
    path = folder / "register.xlsx"
    path.write_bytes(workbook({"台账": [list(ROW), *(list(row.values()) for row in rows)]}))
    return path


@on_both
def test_one_office_records_everything_but_a_revocation(it: Office, scan: Path) -> None:
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    it.at("2020-09-20T04:00:00Z").run("finding", "hand-in", "F-2020-0001", "--text", "已更换", "--file", scan)
    passed = ("--passed", "--document", "川安办〔2020〕20号", "--inspector")
    assert it.run("finding", "recheck", "F-2020-0001", *passed, "C510101", expect=1).code == "recheck-by-finder"
    it.run("finding", "recheck", "F-2020-0001", *passed, "C510201")
    assert it.run("finding", "close", "F-2020-0001").json["state"] == "closed"
    assert "已逾期" in it.at("2020-10-02T04:00:00Z").show("finding", "list", "--open", "--lang", "zh")
    (file,) = it.run("finding", "show", "F-2020-0001").json["steps"][1]["files"]
    out = scan.with_name("out.pdf")
    assert it.run("finding", "file", "F-2020-0001", file["sha256"], "--out", out).json["name"] == "scan.pdf"
    assert out.read_bytes() == scan.read_bytes()
    it.run("case", "open", "failed", UNIT)
    it.run("case", "notify", "E-2020-001", "--document", "川安办〔2020〕30号")
    assert it.run("case", "waive", "E-2020-001", expect=1).code == "case-period"
    it.at("2020-10-08T04:00:00Z").run("case", "waive", "E-2020-001")
    meeting = ("--person", "丙", "--document", "纪要〔2020〕3号", "--text", "纪要", "--file", scan)
    it.run("case", "meet", "E-2020-001", "--ending", "revoked", *meeting)
    it.run("case", "publish", "E-2020-001", "--document", "川安办〔2020〕34号")
    it.at("2020-10-16T04:00:00Z")
    assert it.run("case", "list", "--overdue").json[0]["case"] == "E-2020-001"
    paper = ("--document", "川安委〔2020〕9号", "--file", scan)
    refused = it.run("case", "revoke", "E-2020-001", *paper, expect=1)
    assert refused.code == "revoke-one-office"
    assert "user add" in refused.said
    (minutes,) = it.run("case", "show", "E-2020-001").json["steps"][2]["files"]
    assert it.run("case", "file", "E-2020-001", minutes["sha256"], "--out", out).json["kind"] == "application/pdf"
    assert it.run("case", "file", "E-2020-001", "ab" * 32, "--out", out, expect=1).code == "step-file-none"
    assert it.run("check").json["unused"] == []
    assert it.run("case", "show", "E-2020-001").json["state"] == "published"


def test_a_step_that_is_refused_leaves_no_file_behind(it: Office, scan: Path) -> None:
    hand_in = ("finding", "hand-in", "F-2020-0001", "--text", "已更换", "--file")
    assert it.run(*hand_in, scan, expect=1).code == "finding-state"
    assert not list(Path(it.environment["AUDIT_EVIDENCE"]).rglob("*"))
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    (scan.parent / "program.pdf").write_bytes(b"MZ")
    assert it.run(*hand_in, scan.parent / "program.pdf", expect=1).code == "evidence-kind"
    assert it.run("finding", "show", "F-2020-0001").json["state"] == "notified"


def test_what_came_on_paper_is_recorded_with_its_number_and_scan(it: Office, scan: Path) -> None:
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    it.run("finding", "dispatch", "F-2020-0001", "--person", "区住建局")
    paper = ("--document", "成安办〔2020〕7号", "--file", scan)
    it.run("finding", "office-acknowledge", "F-2020-0001", "--person", "区住建局", *paper)
    assert it.run("finding", "office-hand-in", "F-2020-0001", "--text", "已更换", *paper[:2], expect=2).status == 2
    it.run("finding", "office-hand-in", "F-2020-0001", "--text", "已更换", *paper)
    assert "报送整改情况（纸质报送，由办公室登记）" in it.show("finding", "show", "F-2020-0001", "--lang", "zh")
    it.run("case", "open", "failed", UNIT)
    it.run("case", "notify", "E-2020-001", "--document", "川安办〔2020〕30号")
    assert it.run("case", "office-defend", "E-2020-001", "--text", "正在整改", *paper).json["state"] == "heard"


def test_a_register_in_excel_becomes_findings_once(it: Office, tmp_path: Path) -> None:
    closed = {
        **ROW,
        "问题描述": "护栏缺失",
        "整改情况": "已加装",
        "复查人": "李三",
        "复查时间": "2020-08-20",
        "是否销号": "是",
    }
    handed = {**ROW, "问题描述": "预案未修订", "隐患级别": "一般", "整改情况": "已修订"}
    file = register(tmp_path, ROW, closed, handed)
    it.at("2020-10-01T04:00:00Z")
    assert it.run("finding", "import", file, *REGISTER).json["imported"] == 3
    found = {each["description"]: each for each in it.run("finding", "list", "--occasion", "JZ-2020").json}
    assert {text: each["state"] for text, each in found.items()} == {
        "消防通道堵塞": "notified", "护栏缺失": "closed", "预案未修订": "handed-in"
    }  # fmt: skip
    assert (
        found["消防通道堵塞"] | {"severity": "major", "source": "hazard", "deadline": "2020-10-20"}
        == found["消防通道堵塞"]
    )
    told = it.run("finding", "show", found["护栏缺失"]["finding"]).json
    assert told["register"] == {"rectified": "已加装", "rechecked_by": "李三", "rechecked_on": "2020-08-20"}
    again = it.run("finding", "import", register(tmp_path, ROW, {**ROW, "问题描述": "新问题"}), *REGISTER).json
    assert (again["imported"], again["unchanged"]) == (1, 1)


def due_days(it: Office) -> dict[str, str]:
    """By when something is due of each finding: what the list of what is due says, and the register the same."""
    items = it.run("due", "--within", 366).json["items"]
    days = {item["subject"]: item["day"] for item in items if item["subject"].startswith("F-")}
    register = it.run("finding", "list", "--open").json
    assert days == {each["finding"]: each["due_on"] for each in register}
    return days


def test_what_is_due_and_the_register_say_the_same_day_whatever_was_done_since_a_pause(
    it: Office, scan: Path, tmp_path: Path
) -> None:
    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    told = ("--reason", "汛情", "--document", "令")
    pause = it.at("2020-09-06T04:00:00Z").run("pause", "begin", "--since", "2020-09-05", *told).json["pause"]
    it.at("2020-09-15T04:00:00Z").run("pause", "end", pause, "--until", "2020-09-14", "--document", "令二")
    it.at("2020-09-16T04:00:00Z").run("finding", "dispatch", "F-2020-0001", "--person", "区住建局")
    it.run("finding", "hand-in", "F-2020-0002", "--text", "已更换", "--file", scan)
    rows = [
        {**ROW, "问题描述": "预案未修订", "整改情况": "已修订"},
        {**ROW, "问题描述": "新问题"},
    ]
    it.run("finding", "import", register(tmp_path, *rows), *REGISTER)
    days = due_days(it)
    assert (days["F-2020-0001"], days["F-2020-0002"]) == ("2020-10-11", "2020-10-01")
    again = it.run("pause", "begin", "--since", "2020-09-16", *told).json["pause"]
    it.at("2020-09-19T04:00:00Z").run("pause", "end", again, "--until", "2020-09-18", "--document", "令三")
    moved = due_days(it)
    assert (moved["F-2020-0001"], moved["F-2020-0002"]) == ("2020-10-14", "2020-10-03")


def test_a_recheck_is_due_of_the_inspector_who_was_named_for_it_alone(it: Office, scan: Path) -> None:
    def told(inspector: str) -> list[str]:
        return [item["subject"] for item in it.run("due", "--within", 366, "--inspector", inspector).json["items"]]

    it.run("finding", "notify", OCCASION, UNIT, "--document", "川安办〔2020〕12号")
    for finding in ("F-2020-0001", "F-2020-0002"):
        it.run("finding", "hand-in", finding, "--text", "已更换", "--file", scan)
    assert told("C510201") == []
    it.run("finding", "assign", "F-2020-0002", "--person", "C510201")
    assert told("C510201") == ["F-2020-0002"]


def test_everything_that_is_wrong_in_a_register_is_told_at_once_and_nothing_is_taken(
    it: Office, tmp_path: Path
) -> None:
    rows = [
        {**ROW, "单位名称": "没有的街道"},
        {**ROW, "隐患级别": "特大"},
        {**ROW, "整改期限": "2020年10月"},
        {**ROW, "是否销号": "是"},
    ]
    told = it.run("finding", "import", register(tmp_path, *rows), *REGISTER, expect=1).json
    codes = [error["code"] for error in told["errors"]]
    assert codes == ["hazard-unit-unknown", "hazard-severity", "hazard-day-whole", "hazard-closed-unchecked"]
    assert it.run("finding", "list", "--occasion", "JZ-2020").json == []


def test_a_register_is_not_taken_for_what_a_check_found(it: Office, tmp_path: Path) -> None:
    before = it.run("finding", "list").json
    refused = it.run("finding", "import", register(tmp_path, ROW), *REGISTER, "--occasion", OCCASION, expect=1)
    assert refused.code == "register-occasion"
    assert it.run("finding", "list").json == before


@pytest.mark.parametrize("name", ["T-2020-002", "T-2031-1000", "SC-2026-01", "SC-2020-spring-12"])
def test_a_register_takes_no_name_that_a_draw_or_a_check_is_given_later(it: Office, tmp_path: Path, name: str) -> None:
    refused = it.run("finding", "import", register(tmp_path, ROW), *REGISTER, "--occasion", name, expect=1)
    assert refused.code == "register-occasion"


def named_before(it: Office, tmp_path: Path, name: str) -> Path:
    """A register that was given a name when it was still taken."""
    file = register(tmp_path, ROW)
    it.run("finding", "import", file, *REGISTER)
    with it.runtime.begin() as db:
        db.execute(update(findings).where(findings.c.occasion == "JZ-2020").values(occasion=name))
    return file


def test_a_register_that_has_such_a_name_goes_on_and_no_draw_is_frozen_under_it(it: Office, tmp_path: Path) -> None:
    file = named_before(it, tmp_path, "SC-2020-01")
    assert it.run("finding", "import", file, *REGISTER, "--occasion", "SC-2020-01").json["unchanged"] == 1
    it.run("import", "units", DEMO / "roster_demo.csv")
    freeze = ("draw", "freeze", "--policy", "sichuan-2020", "--campaign")
    assert it.run(*freeze, "2020", expect=1).code == "draw-name-register"
    assert it.run(*freeze, "2020b").json["draw"] == "SC-2020b-01"


def test_no_check_is_given_the_number_that_a_register_has(it: Office, tmp_path: Path) -> None:
    named_before(it, tmp_path, "T-2020-001")
    why = ("--ground", "complaint", "--reason", "举报", "--document", "督办〔2020〕3号", "--due", "2020-09-30")
    team = ("--inspector", FINDERS[0], "--inspector", FINDERS[1])
    done = it.run("targeted", "open", OTHER_UNIT, "--policy", "sichuan-2020", *why, *team)
    assert done.json["check"] == "T-2020-002"


def test_papers_are_written_where_they_are_wanted(it: Office, tmp_path: Path) -> None:
    out = tmp_path / "notice.docx"
    assert it.run("finding", "paper", "F-2020-0001", "rectify", "--out", out).json == {"file": str(out)}
    it.run("case", "open", "failed", UNIT)
    it.run("case", "paper", "E-2020-001", "hearing", "--out", tmp_path / "hearing.docx")
    assert out.read_bytes()[:2] == (tmp_path / "hearing.docx").read_bytes()[:2] == b"PK"


def test_what_may_be_opened_is_a_list_and_opens_nothing(it: Office) -> None:
    listed = it.at("2020-10-02T04:00:00Z").run("case", "candidates").json
    assert [(each["trigger"], each["occasion"]) for each in listed] == [
        ("no-improvement", "2019"),
        ("failed", OCCASION),
    ]
    assert it.run("case", "list").json == []
    json.dumps(listed)

"""Units' lives at the command line: a year of the demonstration's units, lists in Excel, papers at the year's end."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from audit_service.core.acts import Act
from audit_service.core.canonical import sha256_hex
from audit_service.core.exits import CaseState
from audit_service.core.rectification import FindingState
from tests import visits
from tests.campaign import COMMIT, DRAW, DRAWN, MARCH, PUBLIC, begun, drawn
from tests.lives.office import FUXING, JINHUA
from tests.office import Office
from tests.roster_rows import TARGET, UNIT, csv_bytes, workbook
from tests.web.desk import SCAN

POLICY = ("--policy", "sichuan-2020")
NOTICE = ("--document", "川安委〔2027〕3号")


def adopted(office: Office) -> Office:
    begun(office).run("life", "adopt", *POLICY)
    return office


def in_state(office: Office, state: str) -> list[str]:
    return [row["unit"] for row in office.run("life", "list", "--state", state).json]


def words_of(path: Path) -> str:
    paper = Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_roster_is_taken_over_and_what_was_decided_is_recorded_from_a_list(office: Office) -> None:
    adopted(office)
    assert len(office.run("life", "list").json) == 343
    units = in_state(office, "assessed")
    assert len(units) == 32
    rows = [
        ["单位编码", "文号", "日期", "有效期至"],
        *([unit, "川安委〔2027〕3号", "2027年2月1日", ""] for unit in units),
    ]
    file = office.folder / "名单.xlsx"
    file.write_bytes(workbook({"命名": rows}))
    taken = office.run("life", "step", "name", "--from", file).json
    assert len(taken["units"]) == 32
    assert {unit["valid_until"] for unit in taken["units"]} == {"2030-02-01"}
    event = office.run("life", "show", units[0]).json["events"][-1]
    assert (event["step"], event["on"], event["document"]) == ("name", "2027-02-01", "川安委〔2027〕3号")


def test_everything_that_is_wrong_with_a_list_is_told_at_once_and_nothing_is_recorded(office: Office) -> None:
    adopted(office)
    (first, second, third) = in_state(office, "assessed")[:3]
    (building,) = in_state(office, "building")[:1]
    rows = [
        ["单位编码", "建设单位名称", "文号", "日期"],
        [first, "", "x", "2027-02-01"],
        [building, "", "x", "2027-02-01"],
        ["", "没有这个镇", "x", "2027-02-01"],
        ["", "三江镇", "x", "2027-02-01"],
        [second, "", "", "2027-02-01"],
        [third, "", "x", "2027-02"],
        [first, "", "x", "2027-02-01"],
        ["510104", "", "x", "2027-02-01"],
    ]
    file = office.folder / "名单.xlsx"
    file.write_bytes(workbook({"命名": rows}))
    refused = office.run("life", "step", "name", "--from", file, expect=1).json["errors"]
    assert {(error["row"], error["code"]) for error in refused} == {
        (3, "life-step-not-here"),
        (4, "life-unit-unmatched"),
        (5, "life-unit-ambiguous"),
        (6, "life-document-missing"),
        (7, "life-day-form"),
        (8, "life-unit-twice"),
        (9, "code-form"),
    }
    assert in_state(office, "named") == []


def test_a_units_page_says_all_of_it_in_words(office: Office) -> None:
    drawn(office).run("life", "adopt", *POLICY)
    sampled = next(
        row["unit"] for row in office.run("draw", "show", DRAW).json["sample"] if row["stratum"] == "assessed"
    )
    office.run("life", "step", "name", sampled, "--on", "2027-03-16", *NOTICE)
    page = office.show("life", "show", sampled, "--lang", "zh")
    for words in (
        "现状：已命名",
        "有效期至：2030-03-16",
        "川安委〔2027〕3号",
        f"抽取 {DRAW}：抽中",
        "单机构模式",
        "可以办理：抽查",
    ):
        assert words in page, words
    assert "In the frame" not in page
    assert "sampled" in office.show("life", "show", sampled, "--lang", "en")


def test_a_merged_unit_of_a_live_sample_is_to_be_substituted_and_the_draw_is_named(office: Office) -> None:
    drawn(office).run("life", "adopt", *POLICY)
    sample = office.run("draw", "show", DRAW).json["sample"]
    unit = next(row["unit"] for row in sample if row["stratum"] == "assessed")
    into = next(unit for unit in in_state(office, "building") if unit[:4] == FUXING[:4] or unit)
    merged = office.run("life", "merge", unit, "--into", into, "--on", "2027-03-16", *NOTICE).json
    assert (merged["in_draws"], merged["sampled"]) == ([DRAW], [DRAW])
    office.run("draw", "substitute", DRAW, unit, *NOTICE)
    life = office.run("life", "show", unit).json
    assert life["standing"]["successor"] == into
    assert [row["unit"] for row in life["substitutions"]] == [unit]
    assert unit in office.run("draw", "explain", DRAW, unit).json["unit"]


def test_this_years_results_make_next_years_draft_which_imports_as_it_is(office: Office) -> None:
    named = {
        **UNIT,
        "类别": "已命名",
        "目标下达年度": "",
        "是否民生": "",
        "命名时间": "2024-06-01",
        "命名文号": "川安委〔2024〕1号",
    }
    later = {
        **named,
        "单位编码": "510105013",
        "县(市、区)": "青羊区",
        "建设单位名称": "苏坡街道",
        "命名时间": "2025-06-01",
    }
    target = {**UNIT, "单位编码": "510104024", "建设单位名称": "锦江二街道", "命名时间": "", "命名文号": ""}
    gone = {**named, "单位编码": "510104025", "建设单位名称": "锦江一街道"}
    office.at("2026-12-20T01:00:00Z").import_rows("units", [named, later, target, gone])
    office.run("life", "adopt", *POLICY)
    surrender = ("life", "step", "surrender", "510104025", "--on", "2026-12-01", *NOTICE, "--declared-by", "王主任")
    assert office.run(*surrender, expect=1).code == "life-surrender-undeclared"
    paper = office.folder / "放弃申请.jpg"
    paper.write_bytes(b"a scan")
    assert office.run(*surrender, "--scan", paper, expect=1).code == "evidence-kind"
    assert not office.runtime.keeping.all()
    paper.write_bytes(SCAN)
    office.run(*surrender, "--scan", paper)
    facts = office.run("life", "show", "510104025").json["events"][-1]["facts"]
    assert (facts["declared_by"], facts["scan"]) == ("王主任", sha256_hex(SCAN))
    office.run("check", "--remove-unused")  # what steps name is known
    office.run("life", "file", "510104025", facts["scan"], "--out", office.folder / "again.pdf")
    assert (office.folder / "again.pdf").read_bytes() == SCAN
    unknown = ("life", "file", "510105013", facts["scan"], "--out", office.folder / "none.pdf")
    assert office.run(*unknown, expect=1).code == "step-file-none"
    assert facts["scan"] in office.show("life", "show", "510104025")
    file = office.folder / "2027.xlsx"
    rolled = office.run("life", "roll-over", *POLICY, "--year", 2027, "--out", file).json
    assert (rolled["units"], rolled["without"], rolled["sha256"]) == (3, [], sha256_hex(file.read_bytes()))
    report = office.run("import", "units", file, "--complete").json
    assert (report["errors"], report["updated"], report["left"]) == ([], 2, 1)
    assert office.run("import", "units", file, "--complete").json["unchanged"] == 3
    assert {change["field"] for change in report["changes"]} <= {"status", "valid_until"}
    office.run("life", "roll-over", *POLICY, "--year", 2027, "--out", file)
    assert office.run("import", "units", file, "--complete").json["unchanged"] == 3


def test_each_programmes_lives_roll_over_by_themselves_unless_several_are_named(office: Office) -> None:
    """A province's and a street's units in one database."""
    office.environment = {**office.environment, "AUDIT_POLICIES": "sichuan-2020,street-2012"}
    street = {
        **UNIT,
        "单位编码": "510104024",
        "建设单位名称": "锦江二街道",
        "类别": "创建街道",
        "目标下达年度": "",
        "是否民生": "",
    }
    office.at("2026-12-20T01:00:00Z").import_rows("units", [UNIT, street])
    for policy in ("sichuan-2020", "street-2012"):
        office.run("life", "adopt", "--policy", policy)
    out = ("--year", 2027, "--out", office.folder / "2027.xlsx")
    rolled = office.run("life", "roll-over", *POLICY, *out).json
    assert (rolled["units"], rolled["without"], rolled["of"]) == (1, [], ["sichuan-2020"])
    assert rolled["others"] == {"street-2012": 1}
    assert office.run("life", "roll-over", "--policy", "chongqing-2010", *out, expect=1).code == "roll-over-several"
    both = office.run("life", "roll-over", *POLICY, "--of", "sichuan-2020", "--of", "street-2012", *out).json
    assert (both["units"], both["others"]) == (2, {})
    none = office.run("life", "roll-over", *POLICY, "--of", "nanxun-2021", *out, expect=1)
    assert none.code == "roll-over-none-of"


def test_the_handover_names_everything_that_is_open(office: Office) -> None:
    drawn(office).run("life", "adopt", *POLICY)
    office.import_rows("units", [{**UNIT, **JINHUA, "命名时间": "2024-10-01"}])
    office.run("life", "adopt", *POLICY)
    (unit, other), unvisited = [row["unit"] for row in office.run("life", "list").json][:2], 43
    told = found_in(office, unit, other)
    file = office.folder / "交接单.docx"
    counted = office.run("life", "handover", "--out", file, "--post", "抽验岗", "--lang", "zh").json
    assert {name: counted[name] for name in ("draws", "ending", "checks", "findings", "cases")} == {
        "draws": 1, "ending": 1, "checks": 2, "findings": 8, "cases": 9,
    }  # fmt: skip
    words = words_of(file)
    for wanted in (
        "交接单",
        "抽验岗",
        DRAW,
        "2027-10-01",
        "东坡区金花乡",
        "监交人",
        "待另一单位确认的申请",
        *told["open"],
    ):
        assert wanted in words, wanted
    assert not [ended for ended in told["ended"] if ended in words]
    for wanted in ("已撤销，牌匾未收回", "已撤销，名单未更新", "公示中", "待复查", f"{DRAW}\n已抽取\n{unvisited - 1}"):
        assert wanted in words, wanted
    office.run("life", "handover", "--out", file, "--city", "成都")
    words = words_of(file)
    assert [name for name in (DRAW, "T-2027-001", "F-2027-0001") if name in words] == ["F-2027-0001"]


def found_in(office: Office, unit: str, other: str) -> dict[str, list[str]]:
    """A finding and a case in every state, two visits of the sample and three checks, one of each postponed; the names
    of what is open and of what is over."""
    act = Act(office.runtime.now(), "tests")
    sampled = [row["unit"] for row in office.run("draw", "show", DRAW).json["sample"]][:2]
    told: dict[str, list[str]] = {"open": ["T-2027-002", "T-2027-003"], "ended": ["T-2027-001"]}
    with office.runtime.begin() as db:
        for number, state in enumerate(FindingState, start=1):
            name, ended = f"F-2027-{number:04}", state in (FindingState.CLOSED, FindingState.WITHDRAWN)
            days = {"due_on": "", "closed_on": "2027-03-01" if state == "closed" else ""} if ended else {}
            visits.finding(db, act, name, unit, DRAW, state=state.value, **days)
            told["ended" if ended else "open"].append(name)
        over = {"delisted", "not-to-be-named", "rectify-again", "dismissed"}
        for number, case in enumerate(CaseState, start=1):
            name, ended = f"E-2027-{number:03}", case.value in over
            ending = "revoked" if case.value in ("proposed", "reviewed", "signed", "published", "revoked") else ""
            due_on = "" if ended else "2027-04-01"
            visits.case(db, act, name, unit, DRAW, state=case.value, ending=ending, due_on=due_on)
            told["ended" if ended else "open"].append(name)
        for number in (1, 2, 3):
            visits.check(db, act, f"T-2027-{number:03}", other, "2027")
        for number, kind in enumerate(("inspected", "postponed"), start=1):
            visits.outcome(db, act, f"T-2027-{number:03}", other, "", kind=kind)
            visits.outcome(db, act, DRAW, sampled[number - 1], "x", kind=kind)
    return told


def test_who_says_neither_units_nor_a_list_and_other_slips_are_told(office: Office) -> None:
    adopted(office)
    unit = in_state(office, "assessed")[0]
    slips = {
        ("step", "name", "--on", "2027-02-01"): "life-units-or-file",
        ("step", "name", unit): "life-on-missing",
        ("step", "dance", unit, "--on", "2027-02-01"): "life-step-unknown",
        ("step", "revoke", unit, "--on", "2027-02-01"): "life-step-own",
        ("own-step", "register", unit, "--on", "2027-02-01"): "life-city-needed",
        ("merge", unit, "--into", FUXING, "--transfer", "--unbuilt", "--on", "2027-02-01", *NOTICE): "division-how",
        ("adopt", "--policy", "none"): "policy-unknown",
        (
            "roll-over",
            "--policy",
            "nanxun-2021",
            "--year",
            2028,
            "--out",
            office.folder / "x.xlsx",
        ): "roll-over-statuses",
    }
    for words, code in slips.items():
        assert office.run("life", *words, expect=1).code == code, words
    assert office.run("life", "show", "510199999", expect=1).code == "unit-not-known"
    office.run("life", "step", "name", unit, "--on", "2027-02-01", *NOTICE)
    said = office.run("life", "step", "check", unit, "--on", "2027-01-01", *NOTICE, "--lang", "zh", expect=1).said
    assert "2027-01-01 早于该单位进入“已命名”的日期 2027-02-01" in said


def test_a_renamed_unit_keeps_its_life_and_is_found_by_its_old_name(office: Office) -> None:
    adopted(office)
    unit = in_state(office, "re-evaluation")[0]
    done = office.run("life", "rename", unit, "--name", "新名镇", "--code", FUXING, "--on", "2027-02-01", *NOTICE).json
    assert (done["standing"]["state"], done["into_standing"]["state"]) == ("merged", "re-evaluation")
    assert done["in_draws"] == [DRAW]
    assert office.run("life", "show", FUXING).json["codes"] == [FUXING, unit]


def test_of_a_draw_under_seal_a_units_page_tells_that_it_is_listed_and_no_more(office: Office) -> None:
    office.at(MARCH).import_rows("units", [{**UNIT, "是否民生": "否"}])
    office.run("import", "targets", targets_of_one(office))
    draw = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["draw"]
    office.run("draw", "commit", draw, *COMMIT, "--sealed", "--reveal-by", "2027-06-30")
    office.at(DRAWN).run("draw", "run", draw, "--public", PUBLIC)
    office.run("life", "adopt", *POLICY)
    life = office.run("life", "show", UNIT["单位编码"]).json
    assert [in_draw["how"] for in_draw in life["draws"]] == ["listed"]
    office.run("draw", "reveal", draw)
    life = office.run("life", "show", UNIT["单位编码"]).json
    assert [in_draw["how"] for in_draw in life["draws"]] == ["sampled"]


def targets_of_one(office: Office) -> Path:
    file = office.folder / "targets.csv"
    file.write_bytes(csv_bytes([list(TARGET), ["成都市", "1", "0", "0"]]))
    return file

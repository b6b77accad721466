"""A visit from the form to the last signature, and what a correction does, by the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from audit_service.files.excel import TableSheet, write_workbook
from audit_service.papers import places
from audit_service.papers.visit_form import form_sheets
from audit_service.papers.wording import Wording
from audit_service.store import acts, lives, rosters
from audit_service.store.visit_tables import findings
from audit_service.use_cases.visited import visited
from audit_service.use_cases.visits import visit_of
from tests.campaign import DRAW
from tests.docs.test_policies import EXAMPLE
from tests.office import Office, on_both
from tests.visiting import JPEG, VISIT_DAY, Team, finding, in_file, record, said, with_teams


def paper(office: Office, unit: str, who: str, name: str = "反馈意见书.jpg") -> str:
    """The scan of what was signed, kept; its digest."""
    path = office.folder / name
    path.write_bytes(JPEG)
    digest: str = office.run("outcome", "attach", DRAW, unit, path, "--inspector", who).json["digest"]
    return digest


def sign_all(office: Office, unit: str, team: Team, scan: str) -> Any:
    for who in team.inspectors:
        office.run("outcome", "sign", DRAW, unit, "--signer", who, "--inspector", who)
    command = ("outcome", "sign", DRAW, unit, "--signer", "unit", "--stance", "agrees", "--name", "甲")
    return office.run(*command, "--scan", scan, "--inspector", team.inspectors[0]).json


@on_both
def test_a_visit_goes_from_the_form_to_the_last_signature(office: Office) -> None:
    team = with_teams(office)
    unit, who = team.units[0], team.inspectors[0]
    form = office.folder / "form.xlsx"
    listed = office.run("outcome", "form", DRAW, unit, "--inspector", who, "--out", form).json
    assert sum(len(area["criteria"]) for each in listed["standards"] for area in each["areas"]) == 18
    found = record(office, unit, who, said(VISIT_DAY, "nine-stores", findings=[finding()]))
    assert (found["state"], found["versions"][0]["verdict"]) == ("draft", "rectify")
    assert found["unsigned"] == [*team.inspectors, "unit"]
    assert (
        found["findings"][0] | {"finding": "F-2027-0001", "state": "open", "deadline": "2027-05-20"}
        == found["findings"][0]
    )
    assert sign_all(office, unit, team, paper(office, unit, who))["state"] == "signed"
    with office.runtime.look() as db:
        assert [each.action for each in lives.history(db, unit)] == [
            "outcome", "evidence", *["sign"] * len(team.inspectors), "sign"
        ]  # fmt: skip
    assert office.run("check").json["faults"] == []
    assert office.run("outcome", "list").json[0]["verdict"] == "rectify"
    assert "某单位" not in office.show("outcome", "show", DRAW, unit)


def sheets_of(office: Office, unit: str) -> list[TableSheet]:
    """The form as the office writes it, for a test to fill in."""
    with office.runtime.look() as db:
        visit = visit_of(db, office.runtime.vault, office.runtime.policy, DRAW, unit)
        return form_sheets(Wording("zh"), visit, visited(db, office.runtime.vault, visit), places.names(db), {})


def filled(office: Office, unit: str, states: dict[int, str], whole: dict[str, str], rows: list[list[str]]) -> Path:
    answers, found, said_of_all = sheets_of(office, unit)
    answered = [[*row[:8], states.get(place, "符合"), *row[9:]] for place, row in enumerate(answers.rows)]
    conclusion = [[name, whole.get(str(name), value)] for name, value in said_of_all.rows]
    sheets = [replace(answers, rows=answered), replace(found, rows=rows), replace(said_of_all, rows=conclusion)]
    path = office.folder / "filled.xlsx"
    path.write_bytes(write_workbook(sheets, office.runtime.now()))
    return path


def test_the_filled_in_form_is_read_back_with_the_words_of_the_paper(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    rows = [["", "nine-stores", "一般问题", "应急物资过期", "2027年5月1日", "镇应急办"]]
    path = filled(
        office,
        unit,
        {14: "不符合", 15: "不适用"},
        {"抽验日期": "2027/4/20", "市级得分": "91.5分", "市级结论": "合格"},
        rows,
    )
    found = office.run("outcome", "record", DRAW, unit, "--from", path, "--inspector", who).json
    version = found["versions"][0]
    states = [answer["state"] for answer in version["answers"]]
    assert (states[14], states[15], states.count("met")) == ("not-met", "not-applicable", 16)
    assert (version["city_score"], version["deviation"]["follows"]) == ("91.5", True)
    assert found["findings"][0] | {"severity": "general", "deadline": "2027-05-01"} == found["findings"][0]
    office.run("outcome", "form", DRAW, unit, "--inspector", who, "--out", path)
    again = office.run("outcome", "correct", DRAW, unit, "--from", path, "--reason", "核对", "--inspector", who).json
    assert next(version["findings"] for version in again["versions"]) == again["versions"][1]["findings"]


def test_everything_wrong_in_a_form_is_told_with_its_cell_and_nothing_is_recorded(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    rows = [["", "nowhere", "很严重", "x", "2027-05-01 2027-06-01", ""]]
    path = filled(office, unit, {0: "大概"}, {"抽验日期": "", "结论": "还行"}, rows)
    found = office.run("outcome", "record", DRAW, unit, "--from", path, "--inspector", who, expect=1).json
    assert [(each["code"], each["sheet"], each["row"]) for each in found["errors"]] == [
        ("form-day", "抽验结论", 0), ("form-word", "抽验结论", 0),
        ("form-day", "发现问题", 5), ("form-word", "现场抽验记录", 5),
    ]  # fmt: skip
    rows[0][4] = ""
    path = filled(office, unit, {3: "符合", 4: "", 5: ""}, {"抽验日期": "2027-04-20"}, rows)
    found = office.run("outcome", "record", DRAW, unit, "--from", path, "--inspector", who, expect=1).json
    assert [(each["code"], each["row"]) for each in found["errors"]] == [
        ("answer-missing", 9), ("answer-missing", 10), ("finding-criterion", 0), ("finding-severity", 0)
    ]  # fmt: skip
    other = filled(office, team.units[1], {}, {"抽验日期": "2027-04-20"}, [])
    assert (
        office.run("outcome", "record", DRAW, unit, "--from", other, "--inspector", who, expect=1).code == "form-other"
    )
    assert office.run("outcome", "list").json == []


def test_a_correction_is_a_new_version_and_takes_back_findings_that_nobody_was_told_of(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    first = record(office, unit, who, said(findings=[finding(), finding("缺演练记录", criterion="nine-drills")]))
    assert office.run(*command(office, "record", unit, who, said()), expect=1).code == "outcome-there"
    kept = [wrong | {"description": "应急物资过期两箱"} for wrong in first["versions"][0]["findings"][:1]]
    found = office.run(*command(office, "correct", unit, who, said(findings=kept)), "--reason", "重复登记").json
    assert [(each["finding"], each["state"]) for each in found["findings"]] == [
        ("F-2027-0001", "open"), ("F-2027-0002", "withdrawn")
    ]  # fmt: skip
    assert [(v["why"], len(v["findings"])) for v in found["versions"]] == [("", 2), ("重复登记", 1)]
    assert office.run(*command(office, "correct", unit, who, said()), "--reason", " ", expect=1).code == "reason-empty"


def command(office: Office, what: str, unit: str, who: str, value: dict[str, Any]) -> tuple[object, ...]:
    return ("outcome", what, DRAW, unit, "--from", in_file(office, value), "--inspector", who)


def tell(office: Office, name: str) -> None:
    """The unit is told of a finding, which is the next branch of the story."""
    with office.runtime.begin() as db:
        row = rosters.one(db, findings, finding=name)
        assert row
        number = acts.record(db, office.runtime.act(), "evidence", name)
        rosters.replace(db, findings, {"finding": name}, {**row, "state": "notified"}, number)


def test_a_finding_of_which_the_unit_was_told_is_not_dropped_in_silence(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    first = record(office, unit, who, said(findings=[finding()]))
    tell(office, "F-2027-0001")
    gone = office.run(*command(office, "correct", unit, who, said()), "--reason", "误记", expect=1).json
    assert [each["code"] for each in gone["errors"]] == ["finding-dropped"]
    changed = [wrong | {"description": "别的"} for wrong in first["versions"][0]["findings"]]
    told = office.run(*command(office, "correct", unit, who, said(findings=changed)), "--reason", "误", expect=1).json
    assert [each["code"] for each in told["errors"]] == ["finding-told"]
    kept = first["versions"][0]["findings"]
    assert office.run(*command(office, "correct", unit, who, said(findings=kept)), "--reason", "补").status == 0
    options = ("--reason", "误记", "--withdraw", "F-2027-0001=不属于该单位")
    found = office.run(*command(office, "correct", unit, who, said()), *options).json
    assert found["findings"][0]["state"] == "withdrawn"
    with office.runtime.look() as db:
        assert acts.details_of(db, found["versions"][-1]["act"])["content"]["dropped"] == {  # type: ignore[index]
            "F-2027-0001": "不属于该单位"
        }


def test_refused_is_never_substituted_out_of_scope_is_by_document_and_postponed_is_visited_later(
    visiting: tuple[Office, Team],
) -> None:
    office, team = visiting
    who, (refused, away, later) = team.inspectors[0], team.units[:3]
    found = record(office, refused, who, {"kind": "refused", "day": VISIT_DAY, "remarks": "门卫不让进"})
    assert (found["versions"][0]["verdict"], found["unsigned"]) == ("failed", team.inspectors)
    substitute = ("draw", "substitute", DRAW, "--document", "川安办函〔2027〕5号")
    assert office.run(*substitute, refused, expect=1).code == "substitute-refused"
    found = record(office, away, who, {"kind": "out-of-scope", "day": VISIT_DAY, "document": "批复"})
    assert (found["follows"], found["versions"][0]["verdict"]) == ("substitution", "")
    office.run(*substitute, away)
    assert office.run("outcome", "show", DRAW, away).json["follows"] == "substitution"
    found = record(office, later, who, {"kind": "postponed", "day": VISIT_DAY, "document": "防汛通知"})
    assert found["versions"][0]["verdict"] == ""
    assert [v["kind"] for v in record(office, later, who, said())["versions"]] == ["postponed", "inspected"]


def test_who_signs_and_how(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, (who, other, *_) = team.units[0], team.inspectors
    sign = ("outcome", "sign", DRAW, unit, "--inspector", who)
    assert office.run(*sign, "--signer", who, expect=1).code == "outcome-not-there"
    record(office, unit, who, said())
    assert office.run(*sign, "--signer", other, expect=1).code == "signer-other"
    assert office.run(*sign, "--signer", "nobody", expect=1).code == "signer-unknown"
    assert office.run(*sign, "--signer", who, "--stance", "agrees", expect=1).code == "stance-member"
    office.run(*sign, "--signer", who)
    assert office.run(*sign, "--signer", who, expect=1).code == "signed-already"
    the_unit = (*sign, "--signer", "unit", "--stance")
    assert office.run(*the_unit, "signed", expect=1).code == "stance-unit"
    assert office.run(*the_unit, "objects", expect=1).code == "stance-reason"
    assert office.run(*the_unit, "objects", "--reason", "不实", expect=1).code == "stance-paper"
    assert office.run(*the_unit, "agrees", "--name", "甲", "--scan", "ab" * 32, expect=1).code == "scan-not-kept"
    assert office.run(*the_unit, "refuses", "--reason", "负责人不在").json["unsigned"] == team.inspectors[1:]


def test_the_office_records_by_the_paper_that_the_team_signed(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit = team.units[0]
    options = ("outcome", "record", DRAW, unit, "--from", in_file(office, said()))
    assert office.run(*options, expect=1).code == "paper-needed"
    assert office.run(*options, "--scan", "ab" * 32, expect=1).code == "scan-not-kept"
    scan = office.folder / "scan.jpg"
    scan.write_bytes(JPEG)
    digest = office.run("outcome", "attach", DRAW, unit, scan).json["digest"]
    assert office.run(*options, "--scan", digest, "--by", "省安办张三" * 20).json["versions"][0]["scan"] == digest
    office.run("outcome", "sign", DRAW, unit, "--signer", team.inspectors[1], "--scan", digest)


def checked_by_the_example(office: Office, unit: str, who: list[str]) -> str:
    """A check that is ordered under the policy of docs/policies.md, which the office installs; its number."""
    own = office.folder / "policies"
    own.mkdir()
    (own / "example.json").write_text(EXAMPLE, encoding="utf-8")
    office.environment = {**office.environment, "AUDIT_POLICY_FOLDER": str(own)}
    named = [word for each in who for word in ("--inspector", each)]
    check = ("targeted", "open", unit, "--policy", "example-2027", "--ground", "complaint", *named)
    name: str = office.run(*check, "--reason", "x", "--document", "x", "--due", "2027-05-10").json["check"]
    return name


def test_the_band_that_a_score_reaches_stands_beside_it(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[:2]
    name = checked_by_the_example(office, unit, who)
    answers = [
        {"criterion": "meetings", "numbers": ["2"], "off": "7.5", "reason": "缺记录"},
        {"criterion": "shelter", "numbers": ["2"]},
        {"criterion": "accident", "state": "met"},
    ]
    found = record(office, unit, who[0], {**said(), "answers": answers}, occasion=name)
    assert (found["versions"][0]["score"], found["versions"][0]["bands"]) == ("92.5", {"scoring": "excellent"})
    assert "92.5（优秀）" in office.show("outcome", "show", name, unit, "--lang", "zh")
    assert "score: 92.5 (excellent)" in office.show("outcome", "show", name, unit)


def test_who_is_not_of_the_team_is_told_what_is_told_of_what_there_is_not(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    path, stranger = in_file(office, said()), ("--inspector", "C510101")
    told = {
        office.run("outcome", "record", draw, unit, "--from", path, *stranger, expect=1).code
        for draw, unit in ((DRAW, team.units[0]), (DRAW, "none"), ("SC-2031-01", team.units[0]))
    }
    assert told == {"visit-none"}
    far = in_file(office, said("2027-04-21"), "far.json")
    early = in_file(office, said("2027-03-15"), "early.json")
    for day in (far, early):
        options = ("outcome", "record", DRAW, team.units[0], "--from", day, "--inspector", team.inspectors[0])
        assert [each["code"] for each in office.run(*options, expect=1).json["errors"]] == ["outcome-day"]
    unanswered = in_file(office, {**said("2027-04-21"), "answers": said()["answers"][1:]})
    options = ("outcome", "record", DRAW, team.units[0], "--from", unanswered, "--inspector", team.inspectors[0])
    errors = office.run(*options, expect=1).json["errors"]
    assert [each["code"] for each in errors] == ["outcome-day", "answer-missing"]
    broken = office.folder / "broken.json"
    broken.write_text("{")
    options = ("outcome", "record", DRAW, team.units[0], "--from", broken, "--inspector", team.inspectors[0])
    assert office.run(*options, expect=1).code == "outcome-json"


def test_names_of_who_signed_are_not_in_the_log(visiting: tuple[Office, Team]) -> None:
    office, team = visiting
    unit, who = team.units[0], team.inspectors[0]
    record(office, unit, who, said())
    sign_all(office, unit, team, paper(office, unit, who))
    folder = office.folder / "log"
    office.run("log", "export", folder)
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(text.encode() in everything for text in ("甲", unit, who, "反馈意见书"))

"""A policy that somebody wrote who had read only the docs: a county's check of disaster-reduction communities."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any, Final

import docx

from tests.campaign import BALLS, PUBLIC, bundle
from tests.office import Office
from tests.visiting import JPEG, record

FILE: Final = Path(__file__).parent / "county-2027.json"
POLICY: Final = ("--policy", "qingyuan-jianzai-2027")
DRAW: Final = "QY-2027-01"
TOWNS: Final = ("城关镇", "白石镇", "河口镇", "柳林镇", "青龙乡", "云台乡")
MARCH, DRAWN, APRIL = "2027-03-01T01:00:00Z", "2027-03-16T14:00:00Z", "2027-04-01T01:00:00Z"
ROUND, VISIT = "2027-04-06T15:00:00Z", "2027-04-13T01:00:00Z"
EVENTS: Final = ("--event", "d10:meeting:20@2027-03-16T01:00:00Z", "--event", "ssq:2027030@2027-03-16T13:15:00Z")
ANSWERS: Final = [
    {"criterion": "group", "state": "met"},
    {"criterion": "meetings", "numbers": ["1"]},
    {"criterion": "death", "state": "met"},
    {"criterion": "risk-map", "off": "5", "reason": "风险地图未更新"},
    {"criterion": "vulnerable", "state": "met"},
    {"criterion": "shelter", "numbers": ["1.8"]},
    {"criterion": "supplies", "got": "12", "reason": "部分物资过期"},
    {"criterion": "drill", "numbers": ["2"]},
]
FOUND: Final = [
    {"criterion": "risk-map", "severity": "serious", "description": "社区灾害风险地图两年未更新"},
    {"criterion": "supplies", "severity": "general", "description": "储备点部分物资过期"},
]


def of_the_county(office: Office, county: str = "430199") -> Office:
    """The county's office: its policy in a folder of its own, its townships, communities, people and orders."""
    folder = office.folder / "policies"
    folder.mkdir()
    shutil.copy(FILE, folder)
    office.environment = {
        **office.environment, "AUDIT_POLICY_FOLDER": str(folder), "AUDIT_POLICIES": POLICY[1],
        "AUDIT_EVIDENCE": str(office.folder / "evidence"),
    }  # fmt: skip
    office.at(MARCH)
    towns = [(county, "清源县", "区县", ""), *((f"{county}10{n}", t, "镇街", "清源县") for n, t in enumerate(TOWNS))]
    imported(office, "places", ("编码", "名称", "级别", "上级"), towns)
    heads = ("市(州)", "县(市、区)", "建设单位名称", "单位类型", "单位编码", "类别", "目标下达年度", "是否民生")
    units = [
        (town, "清源县", f"{town}第{k}社区", "社区", f"{county}10{n}{k:03d}", "已命名" if k < 9 else "创建中", "", "否")
        for n, town in enumerate(TOWNS)
        for k in range(1, 11)
    ]
    imported(office, "units", heads, units)
    people = [
        (f"抽查员{n}", f"{town}应急办", town, "乡镇工作人员", "是" if n < 6 else "否")
        for n, town in enumerate((TOWNS * 2)[:10], start=1)
    ]
    imported(office, "people", ("姓名", "工作单位", "所属市(州)", "人员类别", "可任组长"), people)
    return office


def imported(office: Office, kind: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    done = office.import_rows(kind, [dict(zip(heads, row, strict=True)) for row in rows])
    assert done.json["imported"] == len(rows)


def drawn_with_teams(office: Office) -> dict[str, Any]:
    """The sample and its teams, by public lotteries."""
    assert "nothing to compare" in office.show("frame", "check", *POLICY)
    frozen = office.run("draw", "freeze", "--campaign", "2027", *POLICY).json
    assert (frozen["draw"], frozen["units"], frozen["excluded"]) == (DRAW, 48, 0)
    office.run("draw", "commit", DRAW, *EVENTS)
    sampled = office.at(DRAWN).run("draw", "run", DRAW, "--public", PUBLIC).json
    assert sampled["sampled"] == 12
    event = "kl8:2027090@2027-04-06T14:00:00Z"
    office.at(APRIL).run("round", "commit", DRAW, "--event", event)
    found: dict[str, Any] = office.at(ROUND).run("round", "run", f"{DRAW}/1", "--public", f"kl8:2027090:{BALLS}").json
    return found


def test_a_policy_file_made_by_somebody_who_read_only_the_docs_runs_without_a_change_of_code(office: Office) -> None:
    """15 % of each township's named communities, up: two of eight in each of six; a team never at home."""
    of_the_county(office)
    checked = office.run("policy", "check", FILE).json
    assert (checked["errors"], checked["warnings"]) == ([], [])
    teams = drawn_with_teams(office)["assignment"]
    assert {row["packet"] for row in teams} == {f"county-teams-00{n}" for n in range(1, 7)}  # a township each
    assert all((int(row["inspector"][1:]) - int(row["packet"][-1])) % 6 for row in teams)  # nobody at home
    who = [row["inspector"] for row in teams if row["packet"] == "county-teams-001"]
    office.at(VISIT)
    unit = office.run("packet", "open", DRAW, "county-teams-001", "--inspector", who[0]).json["units"][0]
    said = {"kind": "inspected", "day": "2027-04-12", "answers": ANSWERS, "findings": FOUND}
    recorded = record(office, unit, who[0], said, occasion=DRAW)
    version = recorded["versions"][0]
    assert (version["score"], version["bands"], version["verdict"]) == ("92.5", {"scoring": "good"}, "rectify")
    assert [each["deadline"] for each in recorded["findings"]] == ["2027-05-02", "2027-05-22"]
    signed(office, unit, who)
    rectified(office, unit, next(f"P{n:04d}" for n in range(1, 11) if f"P{n:04d}" not in who))
    reported(office)
    bundle(office, DRAW)
    assert office.run("check").json["faults"] == []


def test_a_county_in_sichuan_draws_among_its_townships(office: Office) -> None:
    """The same where cities come with the program: two of each township, a packet each, and a team from elsewhere."""
    of_the_county(office, "510998")
    teams = drawn_with_teams(office)["assignment"]
    sample = office.run("draw", "show", DRAW).json["sample"]
    assert Counter(row["unit"][:9] for row in sample) == {f"51099810{n}": 2 for n in range(6)}
    assert {row["packet"] for row in teams} == {f"county-teams-00{n}" for n in range(1, 7)}
    assert all((int(row["inspector"][1:]) - int(row["packet"][-1])) % 6 for row in teams)  # nobody at home


def signed(office: Office, unit: str, who: list[str]) -> None:
    command = ("outcome", "sign", DRAW, unit, "--inspector", who[0])
    for inspector in who:
        office.run("outcome", "sign", DRAW, unit, "--inspector", inspector, "--signer", inspector)
    refuses = ("--signer", "unit", "--stance", "refuses", "--reason", "负责人不在")
    assert office.run(*command, *refuses).json["state"] == "signed"


def rectified(office: Office, unit: str, other: str) -> None:
    """Twenty days for what is serious, forty for the rest; evidence, a recheck by another, closed."""
    office.run("finding", "notify", DRAW, unit, "--document", "清减办〔2027〕9号")
    paper = office.folder / "notice.docx"
    office.run("finding", "paper", "F-2027-0001", "rectify", "--out", paper, "--lang", "zh")
    words = [paragraph.text for paragraph in docx.Document(str(paper)).paragraphs]
    assert any(word.endswith("镇：") for word in words)  # to the township, and to no office that it has not
    assert "安全生产" not in "".join(words)
    (photo := office.folder / "p.jpg").write_bytes(JPEG)
    office.run("finding", "hand-in", "F-2027-0001", "--text", "已更新", "--file", photo)
    office.run("finding", "assign", "F-2027-0001", "--person", other)
    document = ("--document", "清减办〔2027〕20号", "--inspector", other)
    office.run("finding", "recheck", "F-2027-0001", "--passed", *document)
    assert office.run("finding", "close", "F-2027-0001").json["state"] == "closed"
    left = office.run("finding", "list", "--open").json
    assert [(each["finding"], each["deadline"]) for each in left] == [("F-2027-0002", "2027-05-22")]


def reported(office: Office) -> None:
    """A township's quarterly report: the other five are late."""
    report = (*POLICY, "--report", "quarterly", "--period", "2027-Q1")
    said = ("--reporter", "城关镇", "--say", "spent=12.5", "--say", "coverage=60")
    office.run("report", "hand-in", *report, *said)
    assert len(office.run("report", "show", *report).json["missing"]) == 5

"""A scoring standard out of the table in which an office keeps it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from audit_service.core.measures import measures_in
from audit_service.core.policy_file import read_programme
from audit_service.core.policy_reading import Node
from audit_service.core.standard_file import read_standard, write_standard
from audit_service.core.standards import Standard
from tests.office import Office
from tests.rosters.make import xlsx

TABLE = [
    ["安全社区考评标准（2027年）", "", "", "", "", "", "", ""],
    ["填报单位：", "", "", "", "", "", "", ""],
    ["序号", "考评项目", "内容", "标准分", "考评方式", "否决项", "扣分", "扣分原因"],
    [1, "组织管理", "（1）每年至少召开2次专题工作会议；", 10, "查阅资料\n实地走访", "", "", ""],
    ["", "", "（2）落实不少于1名专职人员；", 2.5, "", "", "", ""],
    [2, "应急救援", "队伍人数不少于10人，每次演练覆盖不少于100人", 7.5, "实地走访", "", "", ""],
    ["", "", "年度内发生重大生产安全事故", "", "", "√", "", ""],
    ["", "合计", "", 20, "", "", "", ""],
    ["注：扣完为止。", "", "", "", "", "", "", ""],
]
MERGED = [(0, 0, 0, 7), (3, 1, 4, 1), (3, 4, 4, 4), (5, 1, 6, 1)]
BARE = {
    "format": "audit-policy/1",
    "policy": "bare",
    "title": {"zh": "名", "en": "name"},
    "document": {"title": "", "number": "", "issuer": "", "date": ""},
    "draw_prefix": "B",
}


def write(folder: Path, rows: list[list[Any]], merge: list[tuple[int, int, int, int]] | None = None) -> Path:
    path = folder / "标准.xlsx"
    path.write_bytes(xlsx(rows, merge=MERGED if merge is None else merge))
    return path


def read(path: Path) -> Standard:
    (section,) = json.loads(path.read_bytes())["standards"]
    return read_standard(Node(section, "", []))


def test_a_table_with_title_merged_cells_and_a_total_becomes_a_standard(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "standard.json"
    options = ("--standard", "s27", "--label", "评分标准", "--out", out)
    done = office.run("policy", "standard", write(tmp_path, TABLE), *options)
    assert {name: done.json[name] for name in ("areas", "criteria", "measures", "vetoes", "points")} == {
        "areas": 2, "criteria": 4, "measures": 3, "vetoes": 1, "points": "20.0",
    }  # fmt: skip
    standard = read(out)
    assert (standard.standard, standard.label.zh, standard.of) == ("s27", "评分标准", "unit")
    assert [(area.area, area.label.zh, area.methods) for area in standard.areas] == [
        ("s27-1", "组织管理", ("查阅资料", "实地走访")),
        ("s27-2", "应急救援", ("实地走访",)),
    ]
    criteria = standard.criteria.values()
    assert [(each.criterion, each.number, each.text.zh, str(each.points), each.veto) for each in criteria] == [
        ("s27-1-1", "（1）", "每年至少召开2次专题工作会议", "10", False),
        ("s27-1-2", "（2）", "落实不少于1名专职人员", "2.5", False),
        ("s27-2-1", "", "队伍人数不少于10人，每次演练覆盖不少于100人", "7.5", False),
        ("s27-2-2", "", "年度内发生重大生产安全事故", "None", True),
    ]  # fmt: skip
    assert [[(m.bound, str(m.value), m.of.zh, m.per) for m in each.measures] for each in criteria] == [
        [("least", "2", "次专题工作会议", "year")],
        [("least", "1", "名专职人员", "")],
        [("least", "10", "人", "")],
        [],
    ]
    assert standard.areas[1].rule.words == "应急救援"
    assert standard.areas[1].rule.place == "标准.xlsx · 名单 · 6"


def test_the_total_is_compared_with_the_points(office: Office, tmp_path: Path) -> None:
    table = [list(row) for row in TABLE]
    table[7][3] = 100
    done = office.run("policy", "standard", write(tmp_path, table), "--standard", "s", "--out", tmp_path / "s.json")
    assert "total-differs" in {warning["code"] for warning in done.json["warnings"]}


def test_clauses_that_stand_in_one_cell_without_points_are_criteria_of_their_own(
    office: Office, tmp_path: Path
) -> None:
    cell = "（1）建立机制；\n（2）每季度开展宣传活动不少于1次；\n（3）资料齐全；"
    table = [["序号", "考评项目", "具体内容", "考评方式", "考评时间"], [1, "科普宣教", cell, "查阅资料", "9月"]]
    out = tmp_path / "s.json"
    office.run("policy", "standard", write(tmp_path, table, []), "--standard", "s", "--of", "place", "--out", out)
    standard = read(out)
    assert [(each.number, each.text.zh) for each in standard.criteria.values()] == [
        ("（1）", "建立机制"),
        ("（2）", "每季度开展宣传活动不少于1次"),
        ("（3）", "资料齐全"),
    ]
    assert standard.full is None
    assert standard.of == "place"


def test_everything_that_is_wrong_with_a_table_is_told_at_once_and_nothing_written(
    office: Office, tmp_path: Path
) -> None:
    table = [
        ["考评项目", "内容", "标准分", "否决项"],
        ["", "没有项目", "5", ""],
        ["组织", "好的", "五分", ""],
        ["组织", "", "3", ""],
        ["组织", "重复", "3", "也许"],
        ["", "重复", "3", ""],
    ]
    out = tmp_path / "s.json"
    done = office.run("policy", "standard", write(tmp_path, table, []), "--standard", "s", "--out", out, expect=1)
    assert [(error["row"], error["code"]) for error in done.json["errors"]] == [
        (2, "criterion-no-area"),
        (3, "score-form"),
        (4, "cell-empty"),
        (5, "yes-no"),
        (6, "criterion-twice"),
    ]
    assert not out.exists()


def test_a_file_without_such_a_table_is_refused(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path, [["姓名", "电话"], ["甲", "1"]], [])
    done = office.run("policy", "standard", path, "--standard", "s", "--out", tmp_path / "s.json", expect=1)
    assert [error["code"] for error in done.json["errors"]] == ["sheet-without-header"]
    assert office.run("policy", "standard", path, "--standard", "标准", "--out", "x", expect=1).code == "form-value"


def test_a_standard_goes_into_a_policy_and_takes_the_place_of_its_namesake(office: Office, tmp_path: Path) -> None:
    policy, out = tmp_path / "bare.json", tmp_path / "out.json"
    policy.write_text(json.dumps(BARE), encoding="utf-8")
    arguments = ("policy", "standard", write(tmp_path, TABLE), "--standard", "scoring", "--out", out)
    office.run(*arguments, "--into", policy)
    programme = read_programme(out.read_bytes())
    assert programme.after.checklists == (("*", ("scoring",)),)
    assert [len(each.criteria) for each in programme.after.standards_of("")] == [4]
    policy_of = json.loads(out.read_bytes())
    rule = {"chosen": {"zh": "自定", "en": "chosen"}}
    policy_of["standards"][0]["bands"] = [
        {"band": "good", "label": {"zh": "优", "en": "good"}, "least": "90", "rule": rule}
    ]
    out.write_text(json.dumps(policy_of), encoding="utf-8")
    table = [row for number, row in enumerate(TABLE) if number != 4]
    changed = write(tmp_path, table, [])
    office.run("policy", "standard", changed, "--standard", "scoring", "--out", out, "--into", out)
    (standard,) = read_programme(out.read_bytes()).after.standards
    assert (len(standard.criteria), [band.band for band in standard.bands]) == (3, ["good"])


def test_a_policy_that_is_wrong_before_or_would_be_afterwards_is_not_written(office: Office, tmp_path: Path) -> None:
    policy, out = tmp_path / "policy.json", tmp_path / "out.json"
    arguments = ("policy", "standard", write(tmp_path, TABLE), "--out", out, "--into", policy)
    policy.write_text(json.dumps(BARE | {"surplus": 1}), encoding="utf-8")
    errors = office.run(*arguments, "--standard", "s", expect=1).json["errors"]
    assert [error["code"] for error in errors] == ["policy-key-unknown"]
    policy.write_bytes(files("audit_service.policies").joinpath("nanxun-2021.json").read_bytes())
    errors = office.run(*arguments, "--standard", "Enterprise", expect=1).json["errors"]
    assert [error["code"] for error in errors] == ["policy-name-twice"]
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("普查率达95%以上", [("least", "95", "%普查率", "")]),
        ("合格率达到100%，完好率达到100%", [("least", "100", "%合格率", ""), ("least", "100", "%完好率", "")]),
        ("人均避难面积不小于1.5平方米", [("least", "1.5", "平方米", "")]),
        ("年龄在45周岁以下", [("most", "45", "周岁", "")]),
        ("接警时间不超过3分钟", [("most", "3", "分钟", "")]),
        ("每月开展安全宣教不少于4次，每次覆盖人数不少于100人", [("least", "4", "次", "month")]),
        ("每年开展培训，不少于2次", []),
        ("每半年至少开展1次演练", [("least", "1", "次演练", "half-year")]),
        ("每月、每季度至少1次", []),
        ("宣传、培训、讲座等不少于4次", [("least", "4", "次", "")]),
        ("会议精神传达2次", []),
        ("不少于3至5个", []),
        ("不少于10人以下", []),
        ("依据川安办〔2018〕126号", []),
        ("隐患处置率100%", []),
        ("每季度排查1次", []),
        ("至少", []),
    ],
)
def test_a_number_is_taken_out_of_the_words_only_where_there_is_no_doubt(
    text: str, found: list[tuple[str, str, str, str]]
) -> None:
    assert [(m.bound, str(m.value), m.of.zh, m.per) for m in measures_in(text)] == found


def test_what_is_written_of_a_standard_reads_as_the_same_standard() -> None:
    for entry in files("audit_service.policies").iterdir():
        for standard in read_programme(entry.read_bytes()).after.standards if entry.name.endswith(".json") else ():
            assert read_standard(Node(write_standard(standard), "", [])) == standard

"""The commands that import rosters, and the one by which people leave: what they print, and with which exit status."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit_service.messages import roster_files, rosters
from tests.office import Office
from tests.roster_rows import DEMO, PERSON, RECUSAL, TARGET, UNIT, csv_bytes, workbook

ROSTERS = {
    "units": ("roster", 343),
    "people": ("inspectors", 126),
    "recusals": ("recusals", 1),
    "targets": ("targets", 21),
}
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def written(tmp_path: Path):
    """Write a table, or bytes, to a file; its path."""

    def write(table, name: str = "a.csv") -> Path:
        (tmp_path / name).write_bytes(table if isinstance(table, bytes) else csv_bytes(table))
        return tmp_path / name

    return write


def table(usual, *rows):
    """The header of the usual row, and rows that differ from it."""
    return [list(usual), *([{**usual, **row}[heading] for heading in usual] for row in rows)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_demo_files_are_imported_and_the_second_time_unchanged(office: Office, suffix):
    for kind, (name, rows) in ROSTERS.items():
        file = DEMO / f"{name}_demo.{suffix}"
        counts = dict.fromkeys(("imported", "updated", "unchanged", "left"), 0)
        nothing = {**counts, "errors": [], "warnings": [], "changes": [], "missing": [], "missing_people": []}
        assert office.run("import", kind, file).json == nothing | {"imported": rows}
        assert office.run("import", kind, file).json == nothing | {"unchanged": rows}


def test_several_files_are_one_import(office: Office, written):
    files = written(table(UNIT, {}), "1.csv"), written(table(UNIT, {"单位编码": "510105013"}), "2.csv")
    assert office.run("import", "units", *files).json["imported"] == 2


def test_errors_are_one_json_object_with_their_places_and_nothing_is_imported(office: Office, written):
    file = written(table(TARGET, {}, {"市(州)": "成都", "其中民生": "多"}))
    done = office.run("import", "targets", file, "--lang", "en", expect=1)
    assert done.json == {
        "imported": 0,
        "updated": 0,
        "unchanged": 0,
        "left": 0,
        "errors": [
            {
                "file": str(file),
                "sheet": "",
                "row": 3,
                "column": "其中民生",
                "code": "number-form",
                "message": "“多” should be a whole number from 0 to 99999, in digits alone. Correct it.",
            },
            {
                "file": str(file),
                "sheet": "",
                "row": 3,
                "column": "市(州)",
                "code": "city-twice",
                "message": f"“成都” already stands in row 2 of {file}; each city has one row. "
                "Delete one, or merge them.",
            },
        ],
        "warnings": [],
        "changes": [],
        "missing": [],
        "missing_people": [],
    }
    assert "2 errors" in done.said
    assert office.run("import", "targets", written(table(TARGET, {}))).json["imported"] == 1


def test_people_read_file_sheet_row_and_column_before_what_is_wrong(office: Office, written):
    file = written(workbook({"名单": table(TARGET, {"命名目标数": "八"})}), "a.xlsx")
    said = office.show("import", "targets", file, "--lang", "zh", expect=1)
    assert f"{file} · 名单 · 第 2 行 · 命名目标数：“八”应为 0 至 99999 的整数，只写数字。请改正。\n" in said
    assert "共 1 处错误，什么也没有导入。" in said
    said = office.show("import", "targets", file, "--lang", "en", expect=1)
    assert f"{file} · 名单 · row 2 · 命名目标数: “八” should be a whole number" in said


def test_the_nearest_known_value_is_offered(office: Office, written):
    file = written(table(TARGET, {"市(州)": "成都布"}))
    assert "Did you mean “成都市”?" in office.show("import", "targets", file, "--lang", "en", expect=1)


def test_all_errors_are_printed_however_many(office: Office, written):
    file = written(table(TARGET, *[{"市(州)": f"{number}市"} for number in range(200)]))
    said = office.show("import", "targets", file, expect=1)
    assert said.count("a.csv · ") == 200


def test_counts_and_warnings_are_printed(office: Office, written):
    file = written(table(PERSON, {"人员编号": ""}))
    said = office.show("import", "people", file, "--lang", "zh")
    assert "注意：" in said
    assert "“抽验员甲”没有人员编号，已编发 P0001。" in said
    assert "已导入：新增 1 条，更新 0 条，未变 0 条，移出 0 条。" in said
    assert "没有变化" in office.show("import", "people", written(table(PERSON, {"人员编号": "P0001"})), "--lang", "zh")


def test_a_complete_list_takes_away_what_it_lacks(office: Office, written):
    office.run("import", "targets", written(table(TARGET, {}, {"市(州)": "自贡市"})))
    assert office.run("import", "targets", written(table(TARGET, {})), "--complete").json["left"] == 1


@pytest.mark.parametrize(("language", "words"), [("zh", "名录中有 25 个单位"), ("en", "25 units on the roster")])
def test_missing_units_and_changes_are_printed_up_to_twenty_and_all_in_json(office: Office, written, language, words):
    many = [{"建设单位名称": f"第{n}社区", "单位编码": f"510104026{n:03d}"} for n in range(1, 51)]
    office.run("import", "units", written(table(UNIT, *many)))
    half = written(table(UNIT, *({**row, "是否民生": "是"} for row in many[:25])), "half.csv")
    said = office.show("import", "units", half, "--lang", language)
    assert re.search(words, said)
    assert said.count("是否民生") == 20
    assert said.count("锦江区第") == 20
    office.run("import", "units", written(table(UNIT, *many)))
    done = office.run("import", "units", half)
    assert (len(done.json["changes"]), len(done.json["missing"])) == (25, 25)
    assert done.json["missing"][0] == {
        "unit": "510104026026", "city": "510100", "county": "锦江区", "name": "第26社区",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("同名、同市(州)", "手机号码相同", "名单中有 2 人")),
        ("en", ("same name and city", "mobile telephone of", "2 people")),
    ],
)
def test_people_who_may_be_one_and_people_who_are_missing_are_printed(office: Office, written, language, words):
    phone = {"手机号码": "13800000001"}
    first = (
        {"人员编号": "C1", **phone},
        {"人员编号": "C2", "姓名": "李四", **phone},
        {"人员编号": "C3", "姓名": "王五"},
    )
    office.run("import", "people", written(table(PERSON | phone, *first)))
    newer = written(table(PERSON | phone, {"人员编号": "C9", **phone}, {"人员编号": "C2", "姓名": "李四", **phone}))
    said = office.show("import", "people", newer, "--lang", language)
    assert all(word in said for word in words)
    assert "  C3  王五  成都市应急管理局\n" in said
    missing = office.run("import", "people", newer).json["missing_people"]
    assert [person["inspector"] for person in missing] == ["C1", "C3"]


def test_a_missing_file_a_folder_and_no_file_at_all_are_wrong_usage(office: Office, tmp_path):
    for arguments in ([tmp_path / "none.csv"], [tmp_path], []):
        office.run("import", "units", *arguments, expect=2, json_wanted=False)


def test_people_leave_by_their_codes(office: Office, written):
    office.run("import", "people", written(table(PERSON, {}, {"人员编号": "C2"})))
    assert office.run("people", "leave", "C2", "C510101", "--reason", "调离").json == {"left": ["C2", "C510101"]}


def test_people_who_are_not_on_the_roster_cannot_leave_and_a_reason_is_needed(office: Office):
    assert office.run("people", "leave", "C9", "--reason", "调离", expect=1).code == "people-unknown"
    office.run("people", "leave", "C9", expect=2, json_wanted=False)


BAD_FILES = {
    "unicode.csv": csv_bytes(table(UNIT, {}), "utf-16"),
    "empty.csv": b"",
    "quote.csv": b'a\n"b\n',
    "word.docx": b"word",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
    "broken.xlsx": b"PK",
    "notes.csv": csv_bytes([["填表说明"]]),
}
BAD_ROWS = {
    "units": [
        table(
            UNIT,
            {"单位编码": "1", "类别": "复评?", "是否民生": "不", "目标下达年度": "19", "建设单位名称": ""},
            {"县(市、区)": "#REF!"},
            {"单位类型": "镇\x07", "目标下达年度": "2020", "市(州)": "自贡"},
            {"市(州)": "北京"},
            {"单位编码": "110101001"},
            {"单位编码": "X-5101-a"},
            {"单位编码": "X-5101-A"},
        ),
        [["市(州)", "市（州）", "备注", ""], ["成都", "", "", "x"]],
    ],
    "people": [table(PERSON, {"人员编号": "抽验员甲"}, {"人员编号": ""}, {"人员编号": ""})],
    "recusals": [table(RECUSAL, {}, {})],
    "targets": [table(TARGET, {"其中民生": "9"}, {"命名目标数": "-1"})],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_has_a_text_without_a_gap(office: Office, written, language):
    said = []
    files = [written(data, name) for name, data in BAD_FILES.items()]
    for kind, tables in BAD_ROWS.items():
        bad = [*files, *(written(rows, f"{kind}{number}.csv") for number, rows in enumerate(tables))]
        done = office.run("import", kind, *bad, "--lang", language, expect=1)
        said += [*done.json["errors"], *done.json["warnings"]]
    codes = {finding["code"] for finding in said}
    assert len(codes) == 31, sorted(codes)
    assert codes <= rosters.TEXTS.keys() | roster_files.TEXTS.keys()
    for finding in said:
        assert "{" not in finding["message"]
        assert language == "en" or HAN.search(finding["message"])

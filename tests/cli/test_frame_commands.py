"""The frame check by command: what differs is told and refuses the freezing; confirmations and explanations count."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.office import EVENTS, LATE, PUBLIC, Office, on_both
from tests.roster_rows import DEMO

POLICY = ("--policy", "sichuan-2020")
FREEZE = ("draw", "freeze", "--campaign", "2026", *POLICY)


def order(office: Office, **changes: dict[str, str]) -> None:
    """The demo's annex with other numbers for some cities."""
    with (DEMO / "targets_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(changes.get(row["市(州)"], {}))
    office.import_rows("targets", rows)


def differing(found: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(row["city_name"], row["target"], row["difference"]) for row in found["lines"] if row["difference"]]


@on_both
def test_the_demo_rosters_agree_with_their_annex(office: Office) -> None:
    found = office.import_demo().run("frame", "check", *POLICY).json
    assert found["agrees"]
    assert found["annex"]
    columns = ("ordered", "listed", "framed", "excluded")
    totals = {
        name: [sum(row[column] for row in found["lines"] if row["target"] == name) for column in columns]
        for name in ("naming", "livelihood", "re_evaluation")
    }  # fmt: skip
    assert totals == {"naming": [85, 85, 80, 5], "livelihood": [5, 5, 0, 5], "re_evaluation": [258, 258, 258, 0]}
    assert sum(row["count"] for row in found["exclusions"]) == 5
    assert len(found["unconfirmed"]) == 21


@on_both
def test_an_unexplained_difference_refuses_the_freezing_and_says_which_city_and_which_units(office: Office) -> None:
    order(office.import_demo(), 成都市={"命名目标数": "9"}, 眉山市={"命名目标数": "0"})
    assert differing(office.run("frame", "check", *POLICY, expect=1).json) == [
        ("成都市", "naming", -1),
        ("眉山市", "naming", 1),
    ]
    refused = office.run(*FREEZE, expect=1)
    assert refused.code == "frame-unreconciled"
    assert differing(refused.json["check"]) == [("成都市", "naming", -1), ("眉山市", "naming", 1)]
    assert "成都市 命名目标：附件下达 9 个，名录 8 个，少 1 个" in office.show(*FREEZE, "--lang", "zh", expect=1)
    (unit,) = next(row["units"] for row in refused.json["check"]["lines"] if row["difference"] == 1)
    told = next(line for line in refused.said.splitlines() if "眉山市" in line)
    assert unit in told
    assert office.run("draw", "list").json["draws"] == []


@on_both
def test_a_programme_that_goes_by_livelihood_names_the_units_of_which_it_is_unsaid_and_freezes_nothing(
    office: Office,
) -> None:
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    unsaid = [{heading: cell for heading, cell in row.items() if heading != "是否民生"} for row in rows]
    told = office.import_rows("units", unsaid).json
    assert (told["imported"], [each["code"] for each in told["warnings"]]) == (343, ["livelihood-column-absent"])
    astray = office.run("frame", "check", *POLICY, expect=1).json["astray"]
    targets = {row["单位编码"] for row in rows if row["目标下达年度"] == "2019"}
    assert {row["unit"] for row in astray} == targets
    assert {(row["code"], *row["names"]) for row in astray} == {("astray-livelihood-unsaid", "target-2019")}
    assert office.run(*FREEZE, expect=1).code == "frame-unreconciled"
    shown = office.show(*FREEZE, "--lang", "zh", expect=1)
    assert shown.count("没有填写是否民生") == len({row["市(州)"] for row in rows if row["单位编码"] in targets})
    assert all(unit in shown for unit in targets)
    office.import_rows("units", rows)
    again = office.import_rows("units", unsaid).json  # what the roster knows stays, and nothing is told
    assert (again["updated"], again["warnings"]) == (0, [])
    assert office.run(*FREEZE).json["excluded"] == 5


@on_both
def test_a_difference_with_a_document_is_settled_until_it_changes(office: Office) -> None:
    order(office.import_demo(), 成都市={"命名目标数": "9"})
    explain = ("frame", "explain", "成都", "naming", *POLICY, "--document", "两个目标合并，川安办函〔2026〕5号")
    assert office.run(*explain, "--difference", 1, expect=1).code == "difference-other"
    office.run(*explain, "--difference", -1)
    assert office.run(*FREEZE).json["units"] == 338
    order(office, 成都市={"命名目标数": "10"})
    assert office.run(*FREEZE, expect=1).code == "frame-unreconciled"
    assert office.run(*explain, "--difference", -1, expect=1).code == "difference-other"


def explained_of_another_year(office: Office) -> str:
    """A difference of 成都 is explained; in the next year one fewer is ordered, and a unit is missing: that unit."""
    order(office.import_demo(), 成都市={"复评目标数": "22"})
    explain = ("frame", "explain", "成都", "re_evaluation", *POLICY, "--difference", -1, "--document", "2026年第5号函")
    office.run(*explain)
    assert office.run("frame", "check", *POLICY).json["agrees"]
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if (row["市(州)"], row["类别"]) == ("成都市", "复评"))
    office.at("2027-06-20T01:00:00Z").import_rows("units", [{**row, "类别": "已命名"}])
    order(office, 成都市={"复评目标数": "21"})
    return row["单位编码"]


@on_both
def test_an_explanation_of_one_year_does_not_settle_the_same_difference_of_another(office: Office) -> None:
    unit = explained_of_another_year(office)
    found = office.run("frame", "check", *POLICY, expect=1).json
    (line,) = [row for row in found["lines"] if row["difference"]]
    assert (line["difference"], line["settled"], line["explained"], line["explained_on"]) == (-1, False, None, None)
    then = {"document": "2026年第5号函", "date": "2026-06-20", "difference": -1, "ordered": 22, "listed": 21}
    assert line["outdated"] == then
    assert unit not in line["units"]
    assert office.run(*FREEZE, expect=1).code == "frame-unreconciled"
    shown = office.show(*FREEZE, "--lang", "zh", expect=1)
    assert "2026-06-20 说明过差异 -1（下达 22 个、名录 21 个），依据：2026年第5号函。" in shown
    told = "复评目标 -1: 未说明（2026-06-20 的说明是针对另一差异：2026年第5号函）"
    assert told in "".join(str(cell) for row in workbook(office, *POLICY)["核对表"] for cell in row)
    office.run("frame", "explain", "成都", "re_evaluation", *POLICY, "--difference", -1, "--document", "2027年第1号函")
    line = next(row for row in office.run("frame", "check", *POLICY).json["lines"] if row["difference"])
    assert (line["explained"], line["explained_on"], line["outdated"]) == ("2027年第1号函", "2027-06-20", None)
    assert office.run("draw", "freeze", "--campaign", "2027", *POLICY).json["excluded"] == 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("北京", "naming", "--difference", 1, "--document", "x"), "city-not-known"),
        (("成都", "planting", "--difference", 1, "--document", "x"), "target-unknown"),
        (("成都", "naming", "--difference", 1, "--document", " "), "document-empty"),
        (("成都", "naming", "--difference", 0, "--document", "x"), "difference-other"),
    ],
)
def test_an_explanation_of_nothing_is_refused(office: Office, arguments: tuple[object, ...], code: str) -> None:
    assert office.import_demo().run("frame", "explain", *arguments, *POLICY, expect=1).code == code


def test_without_targets_the_frame_can_be_frozen_and_everybody_is_told_that_it_was_not_reconciled(
    office: Office,
) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    assert not office.run("frame", "check", *POLICY).json["annex"]
    assert "没有导入目标任务" in office.show(*FREEZE, "--lang", "zh")


@on_both
def test_a_citys_confirmation_is_noted_and_outdated_by_a_change_of_its_list(office: Office) -> None:
    stamped = office.folder / "成都确认.pdf"
    stamped.write_bytes(b"%PDF-1.7 stamped")
    noted = office.import_demo().run("frame", "confirm", "成都", "--file", stamped, "--date", "2026-06-18").json
    assert (noted["city"], noted["units"], noted["file"]) == ("510100", 29, "成都确认.pdf")
    confirmed = {**noted, "current": True}
    office.run("frame", "file", noted["sha256"], "--out", office.folder / "again.pdf")
    assert (office.folder / "again.pdf").read_bytes() == stamped.read_bytes()
    assert office.run("check").json["unused"] == []
    found = office.run("frame", "check", *POLICY).json
    assert found["confirmations"] == [confirmed]
    assert "510100" not in found["unconfirmed"]
    rename(office, "510104026", "牛市口街道办")
    found = office.run("frame", "check", *POLICY).json
    assert found["confirmations"] == [{**confirmed, "current": False}]
    assert "510100" in found["unconfirmed"]


def rename(office: Office, unit: str, name: str) -> None:
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["单位编码"] == unit]
    office.import_rows("units", [{**row, "建设单位名称": name}])


@pytest.mark.parametrize(
    ("city", "day", "status", "code"),
    [
        ("成都", "2026-06-21", 1, "confirm-ahead"),
        ("成都", "18.6.2026", 2, "form-value"),
        ("重庆", "2026-06-18", 1, "city-not-known"),
    ],
)
def test_a_confirmation_of_another_day_or_city_is_refused(
    office: Office, city: str, day: str, status: int, code: str
) -> None:
    stamped = office.folder / "x.pdf"
    stamped.write_bytes(b"%PDF-1.7")
    command = ("frame", "confirm", city, "--file", stamped, "--date", day)
    assert office.import_demo().run(*command, expect=status).code == code


def test_a_city_without_units_has_nothing_to_confirm(office: Office) -> None:
    command = ("frame", "confirm", "成都", "--file", DEMO / "targets_demo.xlsx", "--date", "2026-06-18")
    assert office.run(*command, expect=1).code == "confirm-no-units"
    assert office.runtime.keeping.all() == []
    no_scan = ("frame", "confirm", "成都", "--file", DEMO / "targets_demo.csv", "--date", "2026-06-18")
    assert office.run(*no_scan, expect=None).code == "evidence-kind"


@on_both
def test_the_check_of_a_draw_stays_as_it_was_when_the_frame_was_frozen(office: Office) -> None:
    draw = office.import_demo().freeze()
    order(office, 成都市={"命名目标数": "9"})
    rename(office, "510104026", "牛市口街道办")
    found = office.run("frame", "check", "--draw", draw).json
    assert (found["agrees"], differing(found)) == (True, [])
    sheet = workbook(office, "--draw", draw)["抽样框"]
    assert "牛市口街道" in [row[3] for row in sheet]


def workbook(office: Office, *which: str) -> dict[str, list[list[Any]]]:
    path = office.folder / "check.xlsx"
    office.run("frame", "check", *which, "--excel", path, "--lang", "zh", expect=None)
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_the_numbers_and_every_unit_by_name_and_nothing_personal(office: Office) -> None:
    office.import_demo().import_rows(
        "units",
        [{"市(州)": "成都市", "县(市、区)": "锦江区", "建设单位名称": "锦官驿街道", "单位类型": "街道",
          "单位编码": "510104017", "类别": "已命名", "目标下达年度": "", "是否民生": "", "联系人": "某某",
          "联系电话": "13800000000"}],
    )  # fmt: skip
    sheets = workbook(office, *POLICY)
    assert list(sheets) == ["核对表", "抽样框", "排除", "不涉及"]
    total = sheets["核对表"][-1]
    assert [int(value) for value in total[2:17]] == [85, 85, 80, 5, 0, 5, 5, 0, 5, 0, 258, 258, 258, 0, 0]
    assert [len(sheets[name]) - 4 for name in ("抽样框", "排除", "不涉及")] == [338, 5, 1]
    excluded = sheets["排除"][-1]
    assert excluded[6:] == ["2019年民生目标任务", "〔四(二)〕2019年下达的非民生目标任务"]
    assert not [cell for rows in sheets.values() for row in rows for cell in row if cell in ("某某", "13800000000")]


def test_who_can_be_on_no_team_is_told_before_the_draw(office: Office) -> None:
    usual = {"姓名": "甲", "工作单位": "某局", "所属市(州)": "成都", "可任组长": "否"}
    office.import_demo().import_rows("people", [{**usual, "人员编号": "Z1", "人员类别": "外聘专家"}])
    found = office.run("frame", "check", *POLICY).json["unseated"]
    assert found == [{"category": "外聘专家", "inspectors": ["Z1"]}]
    for words in (["frame", "check", *POLICY], [*FREEZE]):
        shown = office.show(*words, "--lang", "zh")
        assert "人员类别“外聘专家”的 1 人在本政策中没有可担任的角色，分组时不会派出：Z1。" in shown


def test_text_that_looks_like_a_formula_stays_text(office: Office) -> None:
    order(office.import_demo(), 成都市={"命名目标数": "9"})
    formula = '=HYPERLINK("http://x","y")'
    office.run("frame", "explain", "成都", "naming", *POLICY, "--difference", -1, "--document", formula)
    assert formula in "".join(str(cell) for row in workbook(office, *POLICY)["核对表"] for cell in row)


def test_a_check_is_of_a_policy_or_of_a_draw(office: Office) -> None:
    office.run("frame", "check", expect=2, json_wanted=False)
    office.run("frame", "check", *POLICY, "--draw", "SC-2026-01", expect=2, json_wanted=False)


# --- who is called to a round ---------------------------------------------------------------------------------------

PERSON = {
    "人员编号": "T9", "姓名": "评审甲", "工作单位": "省安科院", "所属市(州)": "成都市", "人员类别": "技术支撑单位人员",
    "可任组长": "否", "可参加时间起": "", "可参加时间止": "", "回避单位及理由": "",
}  # fmt: skip


def call(office: Office, *options: str, **person: str) -> dict[str, Any]:
    """What a round that is committed says of whom it calls, with one more person on the roster."""
    draw = office.import_demo().commit()
    office.import_rows("people", [{**PERSON, **person}])
    found: dict[str, Any] = office.run("round", "commit", draw, *EVENTS, *options).json
    return found


def tell_of_unit(office: Office, unit: str, **values: str) -> None:
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["单位编码"] == unit]
    office.import_rows("units", [{**row, **values}])


@on_both
def test_who_assessed_or_coached_a_unit_is_recused_from_it_and_told(office: Office) -> None:
    draw = office.import_demo().commit()
    tell_of_unit(office, "510106035", 现场评定专家="评审甲、评审乙")
    tell_of_unit(office, "510116019", 辅导单位="省安科院")
    office.import_rows("people", [PERSON])
    found = office.run("round", "commit", draw, *EVENTS).json
    assert found["concluded"] == [
        {"inspector": "T9", "unit": "510106035", "tie": "assessor"},
        {"inspector": "T9", "unit": "510116019", "tie": "coach"},
    ]
    assert found["recusals"] == 3
    assert office.run("round", "show", f"{draw}/1").json["concluded"] == found["concluded"]
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "run", f"{draw}/1", "--public", PUBLIC)
    bundle = office.folder / "bundle.zip"
    office.run("bundle", draw, "--out", bundle)
    assert recusals(bundle) == {("C510101", "510104026"), ("T9", "510106035"), ("T9", "510116019")}


def recusals(bundle: Path) -> set[tuple[str, ...]]:
    import zipfile

    with zipfile.ZipFile(bundle) as entries:
        return {tuple(row.split(",")) for row in entries.read("rounds/1/recusals.csv").decode().splitlines()[1:]}


def test_what_somebody_declares_recuses_and_what_cannot_be_read_is_told(office: Office, template: str) -> None:
    found = call(office, 回避单位及理由="金牛区九里堤街道（曾任职）")
    assert found["concluded"] == [{"inspector": "T9", "unit": "510106035", "tie": "declared"}]
    office.begin_anew(template)
    assert call(office, 回避单位及理由="原单位")["unread"] == ["T9"]


def test_what_is_declared_beside_a_recusal_by_hand_is_told_too(office: Office) -> None:
    draw = office.import_demo().commit()
    office.import_rows("people", [{**PERSON, "回避单位及理由": "九里堤街道、幸福街道"}])
    office.import_rows("recusals", [{"人员编号": "T9", "单位编码": "510106035", "回避理由": "曾任职"}])
    found = office.run("round", "commit", draw, *EVENTS).json
    assert (found["concluded"], found["unread"]) == ([], ["T9"])


@on_both
def test_experts_as_officials_list_them_are_kept_from_their_unit_and_doubts_are_told(office: Office) -> None:
    draw = office.import_demo().commit()
    tell_of_unit(office, "510106035", 现场评定专家="组长：评审甲（四川省安全科学技术研究院）；成员：技术支撑人员7")
    tell_of_unit(office, "510116019", 现场评定专家="评审甲（省社科院）", 辅导单位="四川省安全科学技术研究院")
    tell_of_unit(office, "510104026", 现场评定专家="评审甲丰、评审乙")
    office.import_rows("people", [PERSON])
    found = office.run("round", "commit", draw, *EVENTS).json
    assert [tuple(each.values()) for each in found["concluded"]] == [
        ("T007", "510106035", "assessor"),
        ("T9", "510106035", "assessor-perhaps"),
        ("T9", "510116019", "coach-perhaps"),
    ]
    assert found["doubts"] == [{"inspector": "T9", "unit": "510104026", "tie": "assessor"}]
    shown = office.run("round", "show", f"{draw}/1")
    assert shown.json["doubts"] == found["doubts"]
    words = office.show("round", "show", f"{draw}/1", "--lang", "zh")
    assert "T9 评审甲 可能参加过 510106035" in words
    assert "510104026 锦江区牛市口街道 的现场评定专家中有与 T9 评审甲 相同的姓名" in words


@pytest.mark.parametrize(
    ("since", "until", "options", "away"),
    [
        ("", "", (), []),
        ("2026-07-01", "2026-07-20", ("--inspect-from", "2026-07-06", "--inspect-to", "2026-07-20"), []),
        ("2026-07-07", "", ("--inspect-from", "2026-07-06", "--inspect-to", "2026-07-20"), ["T9"]),
        ("", "2026-07-19", ("--inspect-from", "2026-07-06", "--inspect-to", "2026-07-20"), ["T9"]),
        ("2026-07", "2026-07", ("--inspect-from", "2026-07-06", "--inspect-to", "2026-07-20"), []),
        ("2026-08", "", ("--inspect-from", "2026-07-06"), ["T9"]),
        ("", "2026-07-05", ("--inspect-from", "2026-07-06"), ["T9"]),
        ("", "2026-06-30", (), ["T9"]),
        ("", "2026-07-01", (), []),
        ("2026-09-01", "", (), []),
    ],
)
def test_who_is_not_available_on_the_days_of_inspection_is_left_out(
    office: Office, since: str, until: str, options: tuple[str, ...], away: list[str]
) -> None:
    found = call(office, *options, 可参加时间起=since, 可参加时间止=until)
    assert (found["away"], found["people"]) == (away, 127 - len(away))


def test_a_period_that_ends_before_it_begins_is_refused(office: Office) -> None:
    draw = office.import_demo().commit()
    days = ("--inspect-from", "2026-07-06", "--inspect-to", "2026-07-05")
    assert office.run("round", "commit", draw, *EVENTS, *days, expect=1).code == "period-backwards"
    assert office.run("round", "commit", draw, *EVENTS, "--inspect-to", "soon", expect=2).code == "form-value"


def test_a_trial_tells_who_would_be_called(office: Office) -> None:
    draw = office.import_demo().freeze()
    office.import_rows("people", [{**PERSON, "可参加时间止": "2026-06-01", "回避单位及理由": ""}])
    assert office.run("draw", "trial", draw).json["away"] == ["T9"]

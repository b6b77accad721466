"""The record of a draw, read back from Word as its signers would read it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import update

from audit_service.core.canonical import sha256_hex
from audit_service.papers.wording import in_fours
from audit_service.store import tables
from tests.databases import unguarded
from tests.office import EARLY, EVENTS, LATE, PUBLIC, Office
from tests.roster_rows import DEMO

HAN = re.compile(r"[\u4e00-\u9fff]")
FALLBACK = ("--fallback", "kl8:2026190@2026-07-08T13:30:00Z")
FALLBACK_PUBLIC = "kl8:2026190:0102030405060708091011121314151617181920"
SEALED = ("--sealed", "--reveal-by", "2026-09-30")
ZH = ("--lang", "zh")


def record(office: Office, draw: str, *options: str) -> Any:
    file = office.folder / "record.docx"
    office.run("record", draw, "--out", file, *(options or ZH))
    return docx.Document(str(file))


def table(document: Any, *headings: str) -> list[list[str]]:
    """The rows below the header of the table that begins with these headings."""
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    (rows,) = [rows[1:] for rows in found if tuple(rows[0][: len(headings)]) == headings]
    return rows


def facts(document: Any) -> dict[str, str]:
    """What the tables of labels say."""
    pairs = [row.cells for table in document.tables if len(table.columns) == 2 for row in table.rows]
    return {label.text: value.text.replace("\n", " ") for label, value in pairs}


def names() -> dict[str, str]:
    """County and name of every unit of the demo roster, by its code."""
    with (DEMO / "roster_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return {unit["单位编码"]: unit["县(市、区)"] + unit["建设单位名称"] for unit in csv.DictReader(file)}


def styled(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def whole_text(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_record_says_what_the_draw_rests_on_and_what_was_bound(office: Office) -> None:
    draw = office.drawn()
    shown = office.run("draw", "show", draw).json
    found = record(office, draw)
    assert styled(found, "Title") == ["随机抽取记录"]
    assert styled(found, "Subtitle") == ["四川省2020年安全社区抽验\nSC-2026-01"]
    said = facts(found)
    assert (said["抽验批次"], said["抽取编号"]) == ("2026", draw)
    assert said["依据文件"].startswith("四川省安全生产委员会办公室关于印发")
    assert (said["发文机关"], said["成文日期"]) == ("四川省安全生产委员会办公室", "2020年3月11日")
    assert "文号" not in said
    assert said["承诺值 C"] == in_fours(shown["commitment"])
    assert said["种子 SEED"] == in_fours(shown["seed"])
    assert said["公开值 public"].replace(" ", "") == PUBLIC
    digests = {row[0]: row[2].replace("\n", "").replace(" ", "") for row in table(found, "冻结文件")}
    out = office.folder / "frozen"
    office.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out", out)
    assert digests == {file.name: sha256_hex(file.read_bytes()) for file in out.iterdir() if file.suffix != ".xlsx"}


def test_each_rule_stands_with_its_words_and_place_or_as_the_offices_own_choice(office: Office) -> None:
    rules = table(record(office, office.drawn()), "类别", "事项")
    assert len(rules) == 10
    assert rules[0][:3] == ["2019年非民生目标任务", "抽取比例", "四(二)"]
    assert "按照20%的比例进行交叉抽验" in rules[0][3]
    assert rules[1][1:3] == ["比例基数", "本办自定"]
    assert rules[3] == ["2019年非民生目标任务", "排除：2019年民生目标任务", "四(二)", "2019年下达的非民生目标任务"]


def test_times_are_beijing_and_utc_and_name_who_acted(office: Office) -> None:
    draw = office.import_demo().freeze()
    office.run("draw", "commit", draw, *EVENTS, "--by", "甲")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC, "--by", "乙")
    found = record(office, draw)
    assert table(found, "事项", "北京时间") == [
        ["冻结抽样框", "2026-06-20 09:00:00", "2026-06-20 01:00:00", "tests"],
        ["作出承诺", "2026-06-20 09:00:00", "2026-06-20 01:00:00", "甲"],
        ["实施抽取", "2026-07-01 21:30:00", "2026-07-01 13:30:00", "乙"],
    ]
    assert table(found, "公开事件", "期号或名称", "不早于（北京时间）") == [
        ["福利彩票双色球", "2026075", "2026-07-01 21:15:00", "2026-07-01 13:15:00"],
        ["十面骰子，20 次", "meeting", "2026-07-01 09:30:00", "2026-07-01 01:30:00"],
    ]
    assert table(found, "公开事件", "期号或名称", "号码") == [
        ["福利彩票双色球", "2026075", "02 08 12 19 24 33  +  07"],
        ["十面骰子，20 次", "meeting", "8472 9150 3662 7194 0583"],
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "单机构模式：其中有未用账户"), ("en", "One-office mode: done without")]
)
def test_what_was_done_without_accounts_is_told(office: Office, language: str, said: str) -> None:
    draw = office.drawn()
    told = [note for note in styled(record(office, draw, "--lang", language), "Note") if note.startswith(said)]
    assert len(told) == 1
    assert office.run("draw", "show", draw).json["one_office"] is True
    mark = {"zh": "【单机构模式】", "en": "[ONE OFFICE]"}[language]
    assert mark in office.show("draw", "show", draw, "--lang", language)


def test_the_check_of_the_frame_is_on_record_with_differences_and_confirmations(office: Office) -> None:
    stamped = office.folder / "盖章.pdf"
    stamped.write_bytes(b"%PDF-1.7")
    office.import_demo().run("frame", "confirm", "自贡", "--file", stamped, "--date", "2026-06-19")
    office.import_rows("targets", [{"市(州)": "成都", "命名目标数": "9", "其中民生": "1", "复评目标数": "21"}])
    explain = ("frame", "explain", "成都", "naming", "--policy", "sichuan-2020", "--difference", -1)
    office.run(*explain, "--document", "川安办函〔2026〕5号")
    draw = office.commit()
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    found = record(office, draw)
    first, second, *_, total = table(found, "市（州）", "命名目标\n下达 / 在册")
    assert first == ["成都市", "9 / 8", "1 / 1", "21 / 21", "—"]
    assert second == ["自贡市", "0 / 0", "0 / 0", "5 / 5", "2026-06-19"]
    assert total == ["合计", "86 / 85", "5 / 5", "258 / 258", ""]
    assert "差异说明：成都市 命名目标 -1，依据：川安办函〔2026〕5号" in [p.text for p in found.paragraphs]


def test_a_draw_that_was_not_reconciled_says_so(office: Office) -> None:
    office.run("import", "units", DEMO / "roster_demo.csv")
    draw = office.commit()
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    assert any("没有导入目标任务" in note for note in styled(record(office, draw), "Note"))


def test_the_counts_agree_with_each_other_and_with_the_sample(office: Office) -> None:
    found = record(office, office.drawn())
    strata = table(found, "类别", "在册")
    assert strata == [
        ["2019年非民生目标任务", "53", "5", "2019年民生目标任务5个", "48", "20%", "10"],
        ["已通过现场评定但尚未命名", "32", "0", "—", "32", "20%", "7"],
        ["复评单位", "258", "0", "—", "258", "10%", "26"],
        ["合计", "343", "5", "", "338", "", "43"],
    ]
    *cities, total = table(found, "市（州）", "2019年非民生目标任务")
    assert len(cities) == 21
    assert total == ["合计", "10", "7", "26", "43"]
    for place in range(1, 5):
        assert sum(int(row[place]) for row in cities if row[place] != "—") == int(total[place])
    for row in cities:
        assert sum(int(count) for count in row[1:4] if count != "—") == int(row[4])


def test_the_sampled_units_stand_in_the_order_of_city_and_code_with_their_names(office: Office) -> None:
    draw = office.drawn()
    sample = office.run("draw", "show", draw).json["sample"]
    rows = table(record(office, draw), "序号")
    assert [row[0] for row in rows] == [str(number) for number in range(1, 44)]
    expected = sorted((row["city"], row["unit"]) for row in sample)
    assert [row[2] for row in rows] == [unit for _, unit in expected]
    assert rows[0][1] == "成都市"
    assert {row[4]: row[5] for row in rows} == {
        "2019年非民生目标任务": "交叉抽验", "已通过现场评定但尚未命名": "“回头看”", "复评单位": "交叉抽验",
    }  # fmt: skip
    assert [row[3] for row in rows] == [names()[row[2]] for row in rows]


def test_there_are_places_for_the_meeting_and_for_three_signatures_with_dates(office: Office) -> None:
    blanks = [[cell.text for cell in row.cells] for t in record(office, office.drawn()).tables for row in t.rows]
    for label in ("抽取地点：", "抽取时间：", "操作人：", "监督人（纪检）：", "记录人："):
        (row,) = [row for row in blanks if row[0] == label]
        assert label in ("抽取地点：", "抽取时间：") or row[1:3] == ["", "日期："]


def test_the_footer_of_every_page_names_draw_and_c(office: Office) -> None:
    draw = office.drawn()
    c = office.run("draw", "show", draw).json["commitment"]
    section = record(office, draw).sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == f"随机抽取记录  {draw}  C {in_fours(c[:16])}…\t第  页 共  页"


def test_the_record_is_the_same_bytes_whenever_it_is_made(office: Office, tmp_path: Path) -> None:
    draw = office.drawn()
    for clock, name in ((LATE, "one"), ("2027-01-01T00:00:00Z", "two")):
        office.at(clock).run("record", draw, "--out", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert f"{docx.Document(str(tmp_path / 'one')).core_properties.modified:%Y-%m-%dT%H:%M:%SZ}" == LATE


def test_what_was_made_under_a_demo_clock_is_marked_on_every_page_and_nothing_else_is(office: Office) -> None:
    draw = office.drawn()
    found = record(office, draw)
    assert styled(found, "Mark") == ["【演示】用演示时钟做成，不是真实抽取"]
    assert found.sections[0].header.paragraphs[0].text == "【演示】用演示时钟做成，不是真实抽取"
    with unguarded(office.runtime.engine) as db:
        db.execute(update(tables.acts).values(demo=False))
    found = record(office, draw)
    assert styled(found, "Mark") == []
    assert "演示" not in whole_text(found) + found.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([], "draw-unknown"),
        (["freeze"], "state-frozen"),
        (["freeze", "commit"], "state-committed"),
        (["freeze", "commit", "withdraw"], "state-withdrawn"),
    ],
)
def test_there_is_no_record_before_the_draw_is_carried_out(office: Office, acts: list[str], code: str) -> None:
    options = {
        "freeze": ("--campaign", "2026", "--policy", "sichuan-2020"),
        "commit": ("SC-2026-01", *EVENTS),
        "withdraw": ("SC-2026-01", "--reason", "moved"),
    }
    office.import_demo()
    for act in acts:
        office.run("draw", act, *options[act])
    assert office.run("record", "SC-2026-01", "--out", office.folder / "r.docx", expect=1).code == code
    assert not (office.folder / "r.docx").exists()


def test_a_sealed_draw_has_a_record_after_its_reveal_with_secret_and_dates(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, *SEALED)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    assert office.run("record", draw, "--out", office.folder / "r.docx", expect=1).code == "sealed"
    assert not (office.folder / "r.docx").exists()
    secret = office.at("2026-08-08T14:00:00Z").run("draw", "reveal", draw, "--by", "丙").json["secret"]
    found = record(office, draw)
    said = facts(found)
    assert said["抽取方式"] == "封存抽取（四不两直），已公布"
    assert said["封存值 secret"] == in_fours(secret)
    assert said["封存值的承诺"] == in_fours(sha256_hex(secret))
    assert (said["公布期限"], said["公布时间"]) == ("2026年9月30日", "2026-08-08 22:00:00（北京时间）")
    assert table(found, "事项", "北京时间")[-1] == ["公布封存值", "2026-08-08 22:00:00", "2026-08-08 14:00:00", "丙"]


def test_an_open_draw_says_nothing_of_a_secret(office: Office) -> None:
    found = record(office, office.drawn())
    assert facts(found)["抽取方式"] == "公开抽取"
    assert not [label for label in facts(found) if "封存" in label or "公布" in label]


def test_fallback_events_are_listed_and_said_to_be_used_when_they_were(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, *FALLBACK)
    run = ("draw", "run", draw, "--public", FALLBACK_PUBLIC, "--document", "停售公告")
    office.at("2026-07-08T13:30:00Z").run(*run)
    found = record(office, draw)
    assert len(table(found, "公开事件")) == 2
    assert table(found, "备用事件", "期号或名称", "不早于（北京时间）")[0][:2] == ["福利彩票快乐8", "2026190"]
    assert table(found, "备用事件", "期号或名称", "号码") == [
        ["福利彩票快乐8", "2026190", "01 02 03 04 05 06 07 08 09 10\n11 12 13 14 15 16 17 18 19 20"]
    ]
    assert any("（依据：停售公告），依承诺整体改用备用事件" in note for note in styled(found, "Note"))


def test_a_corrected_value_is_told_with_the_wrong_one_and_the_document(office: Office) -> None:
    draw = office.import_demo().commit()
    wrong = PUBLIC.replace("+07", "+08")
    office.at(LATE).run("draw", "run", draw, "--public", wrong)
    office.run("draw", "correct", draw, "--public", PUBLIC, "--document", "更正说明")
    assert any(wrong in note and "依据更正说明更正" in note for note in styled(record(office, draw), "Note"))


def test_fallback_events_that_were_not_needed_have_no_numbers(office: Office) -> None:
    draw = office.import_demo().commit(*EVENTS, *FALLBACK, "--fallback", "ssq:2026075@2026-07-01T13:15:00Z")
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    found = record(office, draw)
    assert len(table(found, "备用事件")) == 2
    assert not any("改用备用事件" in note for note in styled(found, "Note"))


def test_of_dice_alone_only_the_witnesses_can_vouch(office: Office) -> None:
    assert not any("见证人证明" in note for note in styled(record(office, office.drawn()), "Note"))
    dice = office.at(EARLY).commit("--event", "d10:m:20@2026-07-01T01:00:00Z", campaign="2027")
    office.at(LATE).run("draw", "run", dice, "--public", "d10:m:00000000000000000000")
    assert any("见证人证明" in note for note in styled(record(office, dice), "Note"))


def test_substitutions_have_a_section_with_units_names_and_document(office: Office) -> None:
    draw = office.drawn()
    assert "十、核验方法" in styled(record(office, draw), "Heading 1")
    unit = office.run("draw", "show", draw).json["sample"][0]["unit"]
    assert unit.startswith("5101")
    made = office.run("draw", "substitute", draw, unit, "--document", "川府函〔2026〕1号").json["substitutions"]
    found = record(office, draw)
    assert "九、递补" in styled(found, "Heading 1")
    (row,) = table(found, "批次")
    assert (row[0], row[3]) == ("1", "川府函〔2026〕1号")
    assert row[1:3] == [f"{code}\n成都市{names()[code]}" for code in (unit, made[0]["substitute"])]
    assert unit in [row[2] for row in table(found, "序号")]


def test_where_no_reserve_is_left_the_record_says_so(office: Office) -> None:
    draw = office.drawn()
    sample = office.run("draw", "show", draw).json["sample"]
    units = [row["unit"] for row in sample if row["stratum"] == "assessed"]
    while True:
        made = office.run("draw", "substitute", draw, *units, "--document", "x").json["substitutions"]
        units = [row["substitute"] for row in made if row["substitute"]]
        if len(units) < len(made):
            break
    rows = table(record(office, draw), "批次")
    assert [row[2] for row in rows].count("无可递补的单位") == len(made) - len(units)


def test_a_draw_set_aside_is_marked_and_its_successor_names_it(office: Office) -> None:
    draw = office.drawn()
    office.run("draw", "set-aside", draw, "--ground", "frame-error")
    assert styled(record(office, draw), "Mark")[-1] == "【已作废】本次抽取已于2026年7月1日作废（抽样框错列、漏列单位）"
    successor = office.freeze()
    office.run("draw", "commit", successor, "--event", FALLBACK[1], "--replaces", draw)
    office.at("2026-07-08T13:30:00Z").run("draw", "run", successor, "--public", FALLBACK_PUBLIC)
    found = record(office, successor)
    assert facts(found)["替代"] == f"{draw}（已作废）"
    assert len(styled(found, "Mark")) == 1


def test_the_english_record_has_no_chinese_but_names_and_the_documents_words(office: Office) -> None:
    found = record(office, office.drawn(), "--lang", "en")
    assert styled(found, "Title") == ["Record of a random draw"]
    assert facts(found)["Dated"] == "2020-03-11"
    for style in ("Title", "Subtitle", "Mark", "Heading 1", "Heading 2", "Body Text", "Note", "Table Heading"):
        assert not HAN.search("".join(styled(found, style)))
    for headings in (("Stratum", "Listed"), ("Act",), ("Frozen file",)):
        assert not HAN.search("".join(text for row in table(found, *headings) for text in row))
    assert [row[5] for row in table(found, "No.")].count("look-back") == 7


def test_a_unit_that_the_roster_lost_keeps_its_code(office: Office) -> None:
    draw = office.drawn()
    with office.runtime.begin() as db:
        db.execute(tables.units.delete())
    rows = table(record(office, draw), "序号")
    assert {row[3] for row in rows} == {"—"}
    assert len({row[2] for row in rows}) == 43


def test_a_file_that_cannot_be_written_is_said_in_words(office: Office) -> None:
    draw = office.drawn()
    (office.folder / "taken").write_text("")
    refused = office.run("record", draw, "--out", office.folder / "taken" / "r.docx", expect=1)
    assert refused.code == "file-not-written"

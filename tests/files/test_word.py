"""Papers in Word, read back with python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Column, Heading, Paper, Paragraph, Run, Table, plain
from audit_service.files.word import write_paper

COLUMNS = (Column("单位", 30, "left"), Column("数", 20))
TABLE = Table(COLUMNS, (("甲", "1"), ("乙", "2"), ("合计", "3")), total=True)


def paper(*blocks: Block, chinese: bool = True) -> Paper:
    return Paper(
        title="记录",
        subtitle="第一行\n第二行",
        marks=("【演示】",),
        blocks=blocks,
        footer=f"左\t第 {PAGE} 页 共 {PAGES} 页",
        at=datetime(2026, 7, 1, 5, tzinfo=UTC),
        chinese=chinese,
    )


def opened(paper: Paper) -> Any:
    return docx.Document(BytesIO(write_paper(paper)))


def texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def kept(rows: Sequence[Any]) -> list[bool]:
    return [all(paragraph.pPr.keepNext_val for paragraph in row._tr.iter(qn("w:p"))) for row in rows]


def style_fonts(document: Any, name: str) -> dict[str, str]:
    fonts = document.styles[name].element.rPr.rFonts
    return {key: fonts.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "eastAsia")}


def test_the_same_paper_is_the_same_bytes_stored_and_undated() -> None:
    one = write_paper(paper(Heading("一、"), TABLE))
    assert one == write_paper(paper(Heading("一、"), TABLE))
    with ZipFile(BytesIO(one)) as archive:
        assert {(info.date_time, info.compress_type) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
        }
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_its_properties_are_the_papers_own() -> None:
    properties = opened(paper()).core_properties
    assert properties.created.replace(tzinfo=UTC) == properties.modified.replace(tzinfo=UTC) == paper().at
    assert (properties.title, properties.subject, properties.language) == ("记录", "第一行 第二行", "zh-CN")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_the_page_is_a4_with_the_text_area_of_the_standard() -> None:
    section = opened(paper()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225


@pytest.mark.parametrize(
    ("style", "face"),
    [("Title", "方正小标宋简体"), ("Normal", "仿宋_GB2312"), ("Heading 1", "黑体"), ("Heading 2", "楷体_GB2312"),
     ("Table Text", "仿宋_GB2312"), ("Table Heading", "黑体"), ("Footer", "仿宋_GB2312")],
)  # fmt: skip
def test_chinese_and_latin_text_have_the_fonts_of_the_standard(style: str, face: str) -> None:
    expected = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": face}
    assert style_fonts(opened(paper()), style) == expected


def test_each_font_names_its_kin_for_machines_that_lack_it() -> None:
    with ZipFile(BytesIO(write_paper(paper()))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong"/>' in fonts


def test_title_subtitle_and_marks_come_first() -> None:
    found = [(p.style.name, p.text) for p in opened(paper(plain("正文"))).paragraphs]
    assert found == [
        ("Title", "记录"), ("Subtitle", "第一行\n第二行"), ("Mark", "【演示】"), ("Body Text", "正文"),
    ]  # fmt: skip


def test_every_page_has_the_footer_and_the_later_ones_the_marks() -> None:
    section = opened(paper()).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "【演示】"
    for footer in (section.footer, section.first_page_footer):
        element = footer.paragraphs[0]._p
        assert footer.paragraphs[0].text == "左\t第  页 共  页"
        assert [field.get(qn("w:instr")) for field in element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_header_row_repeats_and_no_row_splits() -> None:
    (table,) = opened(paper(TABLE)).tables
    assert texts(table) == [["单位", "数"], ["甲", "1"], ["乙", "2"], ["合计", "3"]]
    marks = [{child.tag for child in row._tr.trPr} for row in table.rows]
    assert marks == [{qn("w:cantSplit"), qn("w:tblHeader")}, *[{qn("w:cantSplit")}] * 3]


def test_a_table_is_as_wide_as_the_text() -> None:
    (table,) = opened(paper(TABLE)).tables
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.1)
    assert [round(cell.width.mm, 1) for cell in table.rows[1].cells] == [93.6, 62.4]
    assert not table.autofit


def test_the_total_stands_out_and_never_begins_a_page() -> None:
    (table,) = opened(paper(Table(COLUMNS, [(str(n), "") for n in range(9)], total=True))).tables
    assert [row.cells[0].paragraphs[0].runs[0]._r.style for row in table.rows] == [None] * 9 + ["Strong"]
    assert kept(table.rows[1:]) == [True, False, False, False, False, False, False, True, False]


def test_a_table_without_headings_has_no_header_row_and_stays_on_one_page() -> None:
    (table,) = opened(paper(Table((Column("", 1, strong=True), Column("", 3)), [("a", "b")] * 4))).tables
    assert texts(table) == [["a", "b"]] * 4
    assert kept(table.rows) == [True, True, True, False]


def test_a_grouped_column_joins_cells_that_say_the_same() -> None:
    columns = (Column("类", 1, grouped=True), Column("项", 1))
    (table,) = opened(paper(Table(columns, [("甲", "1"), ("甲", "2"), ("甲", "3"), ("乙", "3")]))).tables
    assert texts(table) == [["类", "项"], ["甲", "1"], ["甲", "2"], ["甲", "3"], ["乙", "3"]]
    assert [row._tr.tc_lst[0].vMerge for row in table.rows] == [None, "restart", "continue", "continue", "restart"]
    assert kept(table.rows[1:]) == [True, True, False, False]


def test_a_table_may_have_no_rows() -> None:
    (table,) = opened(paper(Table(COLUMNS, (), total=True))).tables
    assert texts(table) == [["单位", "数"]]


def test_a_row_that_does_not_fit_the_columns_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_paper(paper(Table(COLUMNS, [("甲",)])))


def test_blanks_are_labels_with_a_rule_beside_them_on_one_page() -> None:
    (table,) = opened(paper(Blanks((1, 2, 1, 2), [("操作人：", "", "日期：", "年")] * 3))).tables
    assert texts(table) == [["操作人：", "", "日期：", "年"]] * 3
    ruled = [cell._tc.tcPr.find(qn("w:tcBorders")) is not None for cell in table.rows[0].cells]
    assert ruled == [False, True, False, True]
    assert kept(table.rows) == [True, True, False]


def test_a_line_feed_begins_a_new_line_and_strong_runs_stand_out() -> None:
    document = opened(paper(Paragraph((Run("比例：", strong=True), Run("一\n二")), keep=True)))
    paragraph = document.paragraphs[-1]
    assert paragraph.text == "比例：一\n二"
    assert [run._r.style for run in paragraph.runs] == ["Strong", None]
    assert paragraph.paragraph_format.keep_with_next


def test_marks_of_both_scripts_are_set_as_chinese_in_chinese_papers_alone() -> None:
    for chinese in (True, False):
        run = opened(paper(plain("“回头看”"), chinese=chinese)).paragraphs[-1].runs[0]
        fonts = run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert (fonts is not None and fonts.get(qn("w:hint")) == "eastAsia") is chinese


def test_an_english_paper_has_bold_headings_and_no_indents() -> None:
    english, chinese = (opened(paper(chinese=flag)) for flag in (False, True))
    assert (english.styles["Heading 1"].font.bold, chinese.styles["Heading 1"].font.bold) == (True, None)
    indents = [d.styles["Body Text"].element.pPr.find(qn("w:ind")) is not None for d in (english, chinese)]
    assert indents == [False, True]
    assert english.core_properties.language == "en-US"


def test_characters_that_xml_cannot_hold_are_shown_as_such() -> None:
    table = Table((Column("a\x00b", 1),), [("\x1b[1m\ud800\uffff",)])
    assert texts(opened(paper(table)).tables[0]) == [["a\ufffdb"], ["\ufffd[1m\ufffd\ufffd"]]
    assert opened(replace(paper(), title="x\x07y")).core_properties.title == "x\ufffdy"


def test_a_long_title_is_whole_on_the_page_and_cut_in_the_properties() -> None:
    document = opened(replace(paper(), title="标" * 300, subtitle="题" * 300))
    assert (document.paragraphs[0].text, document.paragraphs[1].text) == ("标" * 300, "题" * 300)
    assert (document.core_properties.title, document.core_properties.subject) == ("标" * 255, "题" * 255)

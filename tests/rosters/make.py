"""Roster files as officials make them, each awkward in its own way. What must come of them is in `expected.json`.

    python -m tests.rosters.make FOLDER      writes them all, to be looked at

A table is a list of rows. A case is a function whose name is the case's, which gives its files by name.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter
import xlwt

from audit_service.files.divisions import sichuan
from tests.roster_rows import csv_bytes

Table = Sequence[Sequence[Any]]
Files = dict[str, bytes]

HEADER: Final = [
    "序号",
    "市(州)",
    "县(市、区)",
    "建设单位名称",
    "单位类型",
    "单位编码",
    "类别",
    "目标下达年度",
    "是否民生",
]
ROWS: Final = [
    [1, "成都市", "锦江区", "牛市口街道", "街道", "510104026", "复评", "", ""],
    [2, "成都市", "青羊区", "苏坡街道", "街道", "510105013", "复评", "", ""],
    [3, "成都市", "金牛区", "九里堤街道", "街道", "510106035", "2019年目标任务", "2019", "否"],
]
TABLE: Final = [HEADER, *ROWS]
CODE, NAME = 5, 3
CASES: dict[str, Callable[[], Files]] = {}


def case(function: Callable[[], Files]) -> Callable[[], Files]:
    """Register a case under its function's name."""
    CASES[function.__name__] = function
    return function


def xlsx(
    rows: Table,
    *,
    name: str = "名单",
    merge: Sequence[tuple[int, int, int, int]] = (),
    days: str = "yyyy/m/d",
    hide: Sequence[int] = (),
    strike: Sequence[int] = (),
    **sheets: Table,
) -> bytes:
    """A workbook: its first sheet, with merged ranges (first row, first column, last row, last column), and others;
    one whose name begins with 隐藏 is hidden. Days have a format; rows, from 0, are hidden or struck out."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        day, struck = book.add_format({"num_format": days}), book.add_format({"font_strikeout": True})
        for title, cells in {name: rows, **sheets}.items():
            sheet = book.add_worksheet(title)
            if title.startswith("隐藏"):
                sheet.hide()
            for down, row in enumerate(cells):
                for right, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(down, right, datetime(value.year, value.month, value.day), day)
                    elif isinstance(value, tuple):
                        sheet.write_formula(down, right, value[0], None, value[1])
                    elif value != "":
                        sheet.write(down, right, value, struck if down in strike else None)
            for row in hide if title == name else ():
                sheet.set_row(row, None, None, {"hidden": True})
            for first_row, first, last_row, last in merge if title == name else ():
                sheet.merge_range(first_row, first, last_row, last, cells[first_row][first])
    return data.getvalue()


def xls(rows: Table, merge: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    covered = {(r, c) for a, b, y, z in merge for r in range(a, y + 1) for c in range(b, z + 1)}
    for first_row, first, last_row, last in merge:
        sheet.write_merge(first_row, last_row, first, last, rows[first_row][first])
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value != "" and (down, right) not in covered:
                sheet.write(down, right, value)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def changed(row: Sequence[Any], **values: Any) -> list[Any]:
    """A row with some of its cells changed, by their headings."""
    return [values.get(heading.replace("(", "").replace(")", "").replace("、", ""), cell)
            for heading, cell in zip(HEADER, row, strict=True)]  # fmt: skip


# --- what stands around the table -----------------------------------------------------------------------------------


@case
def title_and_reporting_unit_above() -> Files:
    title = [
        ["四川省2020年安全社区建设单位名录"],
        ["填报单位：成都市应急管理局", "", "", "", "填报日期：2020年3月"],
        [],
    ]
    return {"成都.xlsx": xlsx([*title, *TABLE], merge=[(0, 0, 0, 8), (1, 0, 1, 3)])}


@case
def total_row_at_the_end() -> Files:
    return {"a.xlsx": xlsx([*TABLE, ["合计", "", "", "3个"]])}


@case
def total_that_differs() -> Files:
    return {"a.xlsx": xlsx([*TABLE, ["", "合 计", "", 5]])}


@case
def subtotals_and_a_grand_total() -> Files:
    sub = ["", "成都市小计", "", "", "", 2]
    return {
        "a.csv": csv_bytes([HEADER, *ROWS[:2], sub, ROWS[2], ["", "小计", "", "", "", 1], ["总计", "", "", "", "", 3]])
    }


@case
def a_town_called_total() -> Files:
    rows = [
        changed(ROWS[0], 建设单位名称="合计镇", 单位编码="510104999"),
        changed(ROWS[1], 建设单位名称="合计", 单位编码="510105998"),
    ]
    return {"a.xlsx": xlsx([HEADER, *rows, ["合计", "", "", 2]])}


@case
def totals_in_other_words() -> Files:
    said = ["合计（3个）", "共计3个单位", "共3个单位", "小计：3个，其中民生1个", "总数：3", "合计 3 家。"]
    return {"a.xlsx": xlsx([*TABLE, *([text] for text in said)])}


@case
def a_subtotal_in_the_names_column() -> Files:
    town = changed(ROWS[1], 建设单位名称="小计（锦江区）镇", 单位编码="510105998")
    rows = [ROWS[0], ["", "成都市", "锦江区", "小计（锦江区）", 1], town]
    return {"a.csv": csv_bytes([HEADER, *rows, ["", "全市总数", "", "4个"]])}


@case
def notes_below_the_table() -> Files:
    notes = [
        ["备注：以上单位均已核实。"],
        ["填表人：甲", "", "", "审核人：乙", "", "联系电话：028-86660000"],
        ["注1.编码以统计局为准"],
    ]
    return {"a.xlsx": xlsx([*TABLE, [], *notes], merge=[(5, 0, 5, 8)])}


@case
def notes_titles_stamps_and_pages_between_and_below() -> Files:
    section = ["", "一、锦江区（1个）"]
    below = [
        ["1.本表由各市州填报。"],
        ["", "2.类别按文件填写，不得改动。"],
        ["※ 标★的为民生目标"],
        ["第1页，共1页"],
        ["", "", "", "", "", "成都市应急管理局（盖章）"],
        ["", "", "", "", "", "2027年2月22日"],
        ["", "成都市应急管理局（盖章）", "", "", "2027年2月22日"],
    ]
    rows = [["四川省安全社区名录"], HEADER, section, ROWS[0], ROWS[1], ["四川省安全社区名录（续）"], HEADER, ROWS[2]]
    return {"a.xlsx": xlsx([*rows, *below]), "b.csv": csv_bytes([row[1:] for row in (HEADER, ["", *below[1][1:]])])}


@case
def rows_that_are_hidden_or_struck_out() -> Files:
    table = [["名录"], HEADER, ROWS[0], [], *ROWS[1:], ["合计", "", "", 3]]
    return {"a.xlsx": xlsx(table, hide=[0, 3, 4], strike=[5, 6])}


@case
def rows_that_number_the_columns() -> Files:
    numbers = [*range(1, 10)]
    return {"a.xlsx": xlsx([HEADER, numbers, ROWS[0]]), "b.csv": csv_bytes([HEADER, [*"甲乙丙丁12345"], ROWS[1]])}


@case
def a_template_with_failed_formulas_down_the_sheet() -> Files:
    lookup = ("=VLOOKUP(D5,X:Y,2,0)", "#N/A")
    return {"a.xlsx": xlsx([*TABLE, *([n, "", "", "", "", lookup, lookup, "", ""] for n in range(4, 30))])}


@case
def rows_of_which_little_is_left_may_be_units() -> Files:
    failed = ("=VLOOKUP(D5,X:Y,2,0)", "#N/A")
    rows = [
        ["", "", "", "苏坡街道"],
        [3, "", "金牛区"],
        ["", "", "", "1.苏坡街道"],
        ["", "", "", failed],
        [4, "", "", "", "", "13800138000"],
        ["", "", "武侯区", "一、簇桥街道"],
    ]
    return {"a.xlsx": xlsx([HEADER, ROWS[0], *rows])}


@case
def blank_rows_and_columns() -> Files:
    def wide(row: Sequence[Any]) -> list[Any]:
        return ["", *row[:3], "", *row[3:], ""]

    return {"a.xlsx": xlsx([[], wide(HEADER), [], wide(ROWS[0]), [], [], wide(ROWS[1]), wide(ROWS[2])])}


@case
def numbered_rows_without_anything_else() -> Files:
    return {"a.xlsx": xlsx([*TABLE, [4], [5], [6]])}


@case
def headings_again_on_every_page() -> Files:
    return {"a.xlsx": xlsx([HEADER, *ROWS[:2], HEADER, ROWS[2]])}


@case
def another_table_below_with_other_columns() -> Files:
    first = [[*HEADER, "现场评定得分", "现场评定时间"], [*ROWS[0], 91, "2019.11.5"]]
    second = [[*HEADER, "市级复评得分", "命名时间"], [*ROWS[1], 77, "2016.3.1"], [*ROWS[2], 80, "2016.3.2"]]
    return {"a.xlsx": xlsx([*first, [], *second, ["合计", "", "", 3]])}


@case
def another_table_below_whose_columns_are_swapped() -> Files:
    second = [[*row[:3], row[4], row[3], *row[5:]] for row in (HEADER, *ROWS[1:])]
    return {"a.csv": csv_bytes([HEADER, ROWS[0], *second])}


@case
def another_table_below_that_lacks_a_column() -> Files:
    return {"a.csv": csv_bytes([HEADER, ROWS[0], [*HEADER[:6], "目标", *HEADER[7:]], *ROWS[1:]])}


@case
def two_rows_of_headings_again() -> Files:
    upper = [*HEADER, "现场评定", "", ""]
    lower = [""] * len(HEADER) + ["时间", "得分", "专家"]
    rows = [[*row, "2019.11.5", "90", "专家甲"] for row in ROWS]
    again = [[*upper[:1], "市 (州)", *upper[2:]], lower]
    return {"a.csv": csv_bytes([upper, lower, rows[0], upper, lower, rows[1], *again, rows[2]])}


@case
def instructions_on_another_sheet() -> Files:
    return {"a.xlsx": xlsx(TABLE, 填表说明=[["填表说明"], ["一、类别请从下拉框中选择。"]])}


@case
def sheets_beside_the_list_that_have_some_of_its_headings() -> Files:
    beside = {
        "汇总": [["各县统计"], ["县(市、区)", "街道", "乡镇", "园区", "合计"], ["锦江区", 1, 0, 0, 1]],
        "类型": [["市(州)", "单位类型", "数量"], ["成都市", "街道", 3]],
        "下拉": [["单位类型", "类别", "是否民生"], ["街道", "复评", "是"]],
        "联系人": [["序号", "单位", "姓名", "职务", "联系电话"], [1, "成都市应急局", "甲", "科长", "028"]],
    }
    return {"a.xlsx": xlsx(TABLE, **beside)}


@case
def a_second_list_that_lacks_the_status() -> Files:
    return {
        "a.xlsx": xlsx(
            [HEADER, *ROWS[:2]], name="复评", 命名=[[*row[:1], *row[2:6], *row[7:]] for row in (HEADER, ROWS[2])]
        )
    }


@case
def two_sheets_of_data() -> Files:
    return {"a.xlsx": xlsx([HEADER, *ROWS[:2]], name="复评", 命名=[HEADER, ROWS[2]])}


@case
def hidden_sheet() -> Files:
    return {"a.xlsx": xlsx(TABLE, 隐藏的去年名单=[HEADER, changed(ROWS[0], 单位编码="510104027")])}


@case
def a_visible_sheet_of_another_year() -> Files:
    return {"a.xlsx": xlsx(TABLE, name="2020年", 去年=TABLE[:2])}


@case
def nothing_but_a_hidden_sheet() -> Files:
    return {"a.xlsx": xlsx([], name="空", 隐藏=TABLE)}


@case
def a_sheet_of_rows_without_a_header() -> Files:
    return {"a.csv": csv_bytes(ROWS)}


@case
def another_table_above_the_header() -> Files:
    return {"a.xlsx": xlsx([["甲", "乙", "丙"], ["1", "2", "3"], *TABLE])}


# --- headings -------------------------------------------------------------------------------------------------------


@case
def other_headings_line_breaks_and_full_width_brackets() -> Files:
    header = [
        "序\n号",
        "市州",
        "区县",
        "乡镇（街道）\n名称",
        "类型",
        "行政区划\n代码",
        "建设状态",
        "下达年度",
        "是否民生目标（必填）",
    ]
    return {"a.xlsx": xlsx([header, *ROWS])}


@case
def other_headings_of_columns_that_bear_a_recusal() -> Files:
    header = [*HEADER[:-1], "是否属于民生目标", "评审专家", "技术支撑机构"]
    return {"a.xlsx": xlsx([header, *([*row, "组长：张三；成员：李四", "省安科院"] for row in ROWS)])}


@case
def two_rows_of_headings() -> Files:
    upper = [*HEADER, "现场评定", "", "", "联系人"]
    lower = ["", "", "", "", "", "", "", "", "", "时间", "得分", "专家", ""]
    rows = [
        [*row, day, points, "专家甲、专家乙", "丙"]
        for row, day, points in zip(ROWS, ["2019.11.5", "2019年11月6日", ""], [92.5, 88, ""], strict=True)
    ]
    vertical = [(0, column, 1, column) for column in (*range(9), 12)]
    return {"a.xlsx": xlsx([upper, lower, *rows], merge=[*vertical, (0, 9, 0, 11)])}


@case
def two_rows_of_headings_in_csv() -> Files:
    upper = ["基本情况", "", "", "", "", "", "", "", "", "市级复评", ""]
    return {"a.csv": csv_bytes([upper, [*HEADER, "得分", "结论"], *([*row, "90", "合格"] for row in ROWS)])}


@case
def duplicate_headings() -> Files:
    return {"a.xlsx": xlsx([[*HEADER, "类 别"], *([*row, "复评"] for row in ROWS)])}


@case
def two_columns_that_could_be_the_name() -> Files:
    return {"a.xlsx": xlsx([[*HEADER, "街道名称"], *([*row, row[NAME]] for row in ROWS)])}


@case
def column_of_the_status_missing() -> Files:
    return {"a.csv": csv_bytes([[*row[:6], *row[7:]] for row in TABLE])}


# --- cells ----------------------------------------------------------------------------------------------------------


@case
def merged_city_column() -> Files:
    rows = [ROWS[0], changed(ROWS[1], 市州=""), changed(ROWS[2], 市州="")]
    return {"a.xlsx": xlsx([HEADER, *rows], merge=[(1, 1, 3, 1)])}


@case
def merged_city_column_in_csv_is_not_guessed() -> Files:
    return {"a.csv": csv_bytes([HEADER, ROWS[0], changed(ROWS[1], 市州="")])}


@case
def codes_as_floats() -> Files:
    floats = [changed(row, 单位编码=float(row[CODE])) for row in ROWS]
    text = changed(ROWS[0], 单位编码="510104022.0", 建设单位名称="春熙路街道")
    return {"a.xlsx": xlsx([HEADER, *floats]), "b.csv": csv_bytes([HEADER, text])}


@case
def full_width_digits_and_stray_spaces() -> Files:
    rows = [
        changed(ROWS[0], 单位编码="５１０１０４０２６", 建设单位名称="牛市口 街道"),
        changed(ROWS[1], 单位编码=" 510105 013", 市州="　成 都 市"),
        changed(ROWS[2], 单位编码="510106035000", 目标下达年度="2019年"),
    ]
    return {"a.xlsx": xlsx([HEADER, *rows])}


@case
def a_phone_in_the_code_column() -> Files:
    return {"a.xlsx": xlsx([HEADER, ROWS[0], changed(ROWS[1], 单位编码=13800138000)])}


@case
def dates_in_many_ways() -> Files:
    header = [*HEADER, "命名时间", "有效期至"]
    days = ["2020-03-11", "2020/3/11", "2020.3.11", "2020年3月11日", "2020年3月", date(2020, 3, 11)]
    towns = [
        "牛市口街道/510104026",
        "成龙路街道/510104035",
        "柳江街道/510104036",
        "春熙路街道/510104022",
        "锦官驿街道/510104017",
        "东湖街道/510104018",
    ]
    rows = [
        [number, "成都", "锦江区", town.split("/")[0], "街道", town.split("/")[1], "已命名", "", "", day, "2023年3月"]
        for number, (town, day) in enumerate(zip(towns, days, strict=True), start=1)
    ]
    return {"a.xlsx": xlsx([header, *rows])}


@case
def months_as_excel_keeps_them() -> Files:
    days = [date(2027, 3, 1), "2027年3月", date(2027, 3, 11)]
    rows = [[*row, day] for row, day in zip(ROWS, days, strict=True)]
    return {"a.xlsx": xlsx([[*HEADER, "有效期至"], *rows], days='yyyy"年"m"月"')}


@case
def dates_without_a_format() -> Files:
    rows = [[*row, day] for row, day in zip(ROWS, [43901, 43902, "2019.12"], strict=True)]
    return {"a.xlsx": xlsx([[*HEADER, "命名时间"], *rows])}


@case
def dates_that_are_none() -> Files:
    days = ["2020.3", "去年三月", "2020年2月30日"]
    return {"a.csv": csv_bytes([[*HEADER, "命名时间"], *([*row, day] for row, day in zip(ROWS, days, strict=True))])}


@case
def formulas_and_an_external_link() -> Files:
    link = "='[全省名录.xlsx]Sheet1'!A1"
    return {
        "a.xlsx": xlsx(
            [
                HEADER,
                changed(ROWS[0], 建设单位名称=(link, "牛市口街道")),
                changed(ROWS[1], 建设单位名称=(link, "#REF!")),
            ]
        )
    }


@case
def ticks_and_crosses() -> Files:
    rows = [changed(row, 是否民生=mark) for row, mark in zip(ROWS, ["√", "×", "Y"], strict=True)]
    return {"a.xlsx": xlsx([HEADER, *rows])}


@case
def scores_that_formulas_average() -> Files:
    scores = [("=AVERAGE(90,91,94)", 275 / 3), ("=AVERAGE(90,91)", 90.5), 88]
    rows = [[*row, score] for row, score in zip(ROWS, scores, strict=True)]
    return {"a.xlsx": xlsx([[*HEADER, "现场评定得分"], *rows])}


@case
def scores_years_and_answers_that_are_none() -> Files:
    rows = [[*changed(ROWS[0], 是否民生="好"), "良好"], [*changed(ROWS[1], 目标下达年度="去年"), "91"]]
    return {"a.csv": csv_bytes([[*HEADER, "市级复评得分"], *rows])}


@case
def a_wrong_city_for_the_code() -> Files:
    return {"a.xlsx": xlsx([HEADER, ROWS[0], changed(ROWS[1], 市州="自贡")])}


@case
def short_city_names() -> Files:
    aba = ["", "阿坝州", "马尔康市", "马尔康镇", "镇", "513201100", "复评", "", ""]
    return {"a.csv": csv_bytes([HEADER, changed(ROWS[0], 市州="成都"), aba, changed(ROWS[1], 市州="510100")])}


# --- kinds of files -------------------------------------------------------------------------------------------------


@case
def gb18030_with_tabs() -> Files:
    return {"a.csv": csv_bytes(TABLE, "gb18030", "\t")}


@case
def unicode_text_of_excel() -> Files:
    return {"a.txt": csv_bytes(TABLE, "utf-16", "\t")}


@case
def a_file_that_somebody_has_open() -> Files:
    return {"a.xlsx": xlsx(TABLE), "~$a.xlsx": b"\x05user" + b" " * 160}


@case
def nothing_but_the_mark_of_an_open_file() -> Files:
    return {"~$a.xlsx": b"\x05user" + b" " * 160}


@case
def characters_that_are_not_seen() -> Files:
    rows = [changed(ROWS[0], 单位编码="510104\u200b026"), changed(ROWS[1], 建设单位名称="苏坡\u200b街道", 单位编码="")]
    return {"a.csv": csv_bytes([HEADER, *rows])}


@case
def semicolons_and_a_byte_order_mark() -> Files:
    return {"a.csv": csv_bytes([["全省名录，2020年"], *TABLE], "utf-8-sig", ";")}


@case
def old_excel() -> Files:
    rows = [changed(row, 单位编码=int(row[CODE]), 市州="" if number else "成都市") for number, row in enumerate(ROWS)]
    return {"a.xls": xls([["名录"], HEADER, *rows], merge=[(0, 0, 0, 8), (2, 1, 4, 1)])}


@case
def empty_workbook() -> Files:
    return {"a.xlsx": xlsx([])}


@case
def locked_with_a_password() -> Files:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    return {"a.xlsx": ole + "EncryptedPackage".encode("utf-16-le"), "b.csv": csv_bytes(TABLE)}


@case
def a_pdf_named_xlsx() -> Files:
    return {"a.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"}


@case
def a_million_empty_rows_with_a_format() -> Files:
    book = BytesIO(xlsx(TABLE))
    made = BytesIO()
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="AZ%d" s="1"/></row>' % (n, n, n) for n in range(5, 1_000_001)
    )
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            xml = old.read(part)
            new.writestr(part, xml.replace(b"</sheetData>", empty + b"</sheetData>") if "sheet1" in part else xml)
    return {"a.xlsx": made.getvalue()}


# --- which unit is meant --------------------------------------------------------------------------------------------


def _without_codes(*rows: tuple[str, str, str]) -> Table:
    return [["市州", "区县", "单位名称", "类型", "类别", "是否民生"], *([*row, "镇", "复评", ""] for row in rows)]


@case
def units_without_codes() -> Files:
    return {"a.xlsx": xlsx(_without_codes(("成都市", "锦江区", "牛市口街道"), ("阿坝", "马尔康市", "马尔康镇")))}


@case
def one_name_in_different_counties() -> Files:
    return {
        "a.csv": csv_bytes(
            _without_codes(("泸州市", "古蔺县", "太平镇"), ("绵阳市", "江油市", "太平镇"), ("内江", "资中县", "太平镇"))
        )
    }


@case
def a_park_a_misspelt_town_and_one_without_its_ending() -> Files:
    return {
        "a.csv": csv_bytes(
            _without_codes(
                ("成都市", "锦江区", "锦江工业园区"), ("成都市", "锦江区", "牛巿口街道"), ("成都市", "锦江区", "牛市口")
            )
        )
    }


@case
def parks_that_are_issued_codes() -> Files:
    return {
        "a.csv": csv_bytes(
            _without_codes(
                ("成都市", "锦江区", "锦江工业园区"),
                ("自贡市", "沿滩区", "沿滩高新园区"),
                ("成都市", "青羊区", "青羊工业园区"),
            )
        )
    }


@case
def known_divisions_written_in_other_ways_beside_a_park() -> Files:
    return {
        "a.xlsx": xlsx(
            _without_codes(
                ("成都市", "成都市锦江区", "牛市口街道"),
                ("5101", "青羊", "苏坡街道办事处"),
                ("四川省成都市", "金牛区", "金牛区九里堤街办"),
                ("成都市本级", "武侯区", "成都市武侯区玉林街道办"),
                ("阿坝州", "马尔康", "马尔康镇人民政府"),
                ("成都市", "锦江区", "锦江工业园区"),
            )
        )
    }


_OWN_HEADER: Final = ["序号", "区县", "单位名称", "类型", "单位编码", "类别"]


@case
def a_citys_own_list_that_names_the_city_in_its_title() -> Files:
    rows = [
        ["成都市安全社区建设单位名单"],
        ["填报单位：成都市应急管理局"],
        _OWN_HEADER,
        [1, "锦江区", "牛市口街道", "街道", "510104026", "复评"],
        [2, "青羊", "苏坡街道办事处", "街道", "", "复评"],
        ["合计", "", "2个"],
    ]
    return {"成都.xlsx": xlsx(rows)}


@case
def a_citys_own_list_with_a_unit_of_another_city() -> Files:
    rows = [_OWN_HEADER, [1, "锦江区", "牛市口街道", "街道", "510104026", "复评"]]
    other = [2, "自流井区", "五星街街道", "街道", "510302001", "复评"]
    named = [HEADER, ROWS[1], changed(ROWS[2], 市州="自贡市", 单位编码=""), changed(ROWS[2], 市州="")]
    return {"a.csv": csv_bytes([*rows, other]), "b.csv": csv_bytes(named)}


@case
def a_citys_own_list_of_which_the_city_was_not_said() -> Files:
    return {"a.csv": csv_bytes([_OWN_HEADER, [1, "锦江区", "牛市口街道", "街道", "510104026", "复评"]])}


@case
def one_division_listed_in_six_ways() -> Files:
    return {
        "a.csv": csv_bytes(
            _without_codes(
                ("成都市", "锦江区", "牛市口街道"),
                ("成都市", "成都市锦江区", "牛市口街道"),
                ("成都市", "锦江区", "牛市口街道办事处"),
                ("成都市", "锦江区", "牛市口街办"),
                ("成都市", "锦江区", "牛市口"),
                ("成都市", "高新区", "牛市口街道"),
            )
        )
    }


@case
def one_park_listed_twice() -> Files:
    return {
        "a.csv": csv_bytes(_without_codes(("成都市", "锦江区", "锦江工业园区"))),
        "b.csv": csv_bytes(_without_codes(("成都", "锦江区", "锦江工业园区"))),
    }


@case
def one_unit_in_two_files() -> Files:
    return {"成都.xlsx": xlsx(TABLE), "补报.csv": csv_bytes([HEADER, ROWS[1]])}


@case
def units_of_two_cities_in_one_file() -> Files:
    zigong = ["", "自贡市", "自流井区", "五星街街道", "街道", "510302001", "复评", "", ""]
    return {"a.csv": csv_bytes([*TABLE, zigong])}


@case
def a_name_that_is_not_its_codes() -> Files:
    return {"a.csv": csv_bytes([HEADER, changed(ROWS[0], 建设单位名称="苏坡街道")])}


@case
def twenty_one_files_at_once() -> Files:
    files = {}
    for city in sichuan().cities:
        rows = [
            ["", city.name, "某县", f"第{n}镇", "镇", f"{city.code[:4]}99{n:03d}", "复评", "", ""] for n in range(1, 4)
        ]
        files[f"{city.name}.csv"] = csv_bytes([[f"{city.name}名录"], HEADER, *rows, ["合计", "", "", 3]], "gb18030")
    return files


def main(folder: str) -> None:
    """Write all files, a folder a case."""
    for name, make in CASES.items():
        for file, data in make().items():
            path = Path(folder, name, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1])

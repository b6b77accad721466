"""Files for a rehearsal of docs/quickstart.md: what 21 cities send in a first year, each in its own way.

    make cities                       writes them into the folder `rehearsal`
    python demo/cities.py FOLDER      into another one, which must not be there yet

They are made from the demonstration's rosters. Places and codes are real, statuses, targets, people and documents are
made up: 成都市抽验员1, 演练文件1号. The folder holds

    名录/     the lists of units as the 21 cities send them; five of them have a mistake or a unit without a code
    更正/     three of these lists as the cities send them again, corrected
    补报/     one more list, corrected after the frame check
    附件.xlsx      the annex: what is ordered of each city
    曾用名.xlsx    former names, kept by the office
    确认/     in place of the scans: each city's list under its stamp
    回执/     the people whom the cities and the technical-support institutions name
    回避.xlsx      recusals that the office adds
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import xlsxwriter

DATA = Path(__file__).resolve().parent / "data"
Row = dict[str, str]
Cells = Sequence[Sequence[Any]]
Merged = Sequence[tuple[int, int, int, int]]

CITY, COUNTY, NAME, KIND, CODE = "市(州)", "县(市、区)", "建设单位名称", "单位类型", "单位编码"
STATUS, YEAR, LIVELIHOOD = "类别", "目标下达年度", "是否民生"
EXPERTS, COACH = "现场评定专家", "辅导单位"
PLAIN = (CITY, COUNTY, NAME, KIND, STATUS, YEAR, LIVELIHOOD)
CODED = (CITY, COUNTY, NAME, KIND, CODE, STATUS, YEAR, LIVELIHOOD)
SHORT = {"阿坝藏族羌族自治州": "阿坝州", "甘孜藏族自治州": "甘孜州", "凉山彝族自治州": "凉山州"}


def read(name: str) -> list[Row]:
    """The rows of one of the demonstration's rosters."""
    with (DATA / f"{name}_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- kinds of files -------------------------------------------------------------------------------------------------


def workbook(cells: Cells, merged: Merged = (), sheet: str = "Sheet1", **others: Cells) -> bytes:
    """A workbook with a sheet of these cells, and others; one whose name begins with 隐藏 is hidden."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.set_properties({"created": datetime(2027, 2, 22)})  # the same bytes whenever they are made
        for title, rows in {sheet: cells, **others}.items():
            page = book.add_worksheet(title)
            page.set_column(0, 12, 14)
            for down, row in enumerate(rows):
                page.write_row(down, 0, ["" if value is None else value for value in row])
            for first_row, first, last_row, last in merged if title == sheet else ():
                page.merge_range(first_row, first, last_row, last, rows[first_row][first])
            if title.startswith("隐藏"):
                page.hide()
    return data.getvalue()


def delimited(cells: Cells, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """A text file with a line a row."""
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(cells)
    return text.getvalue().encode(encoding)


def scan(number: int) -> bytes:
    """A page of PDF that stands for a stamped list."""
    text = b"BT /F1 14 Tf 60 760 Td (Rehearsal: in place of the stamped list of city %d) Tj ET" % number
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for place, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (place, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in places)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


# --- how the cities write their lists -------------------------------------------------------------------------------


def numbered(rows: Sequence[Row], columns: Sequence[str]) -> list[list[Any]]:
    """The header and the rows under it, numbered."""
    return [["序号", *columns], *([number, *(row[c] for c in columns)] for number, row in enumerate(rows, start=1))]


def titled(rows: Sequence[Row], columns: Sequence[str] = PLAIN, *below: Sequence[Any]) -> bytes:
    """The usual form: a title over all columns, who reports, the table, a total, and what stands below."""
    city = rows[0][CITY]
    above = [[f"{city}安全社区建设单位名录（演练）"], [f"填报单位：{city}应急管理局", "", "", "填报日期：2027年2月"]]
    table = [*above, *numbered(rows, columns), ["合计", "", "", len(rows)], *below]
    return workbook(table, [(0, 0, 0, len(columns))])


def chengdu(rows: list[Row]) -> bytes:
    """Codes, who coached, and notes below the table."""
    notes = (["备注：单位编码以统计用区划代码为准。"], ["填表人：成都市联系人1", "", "", "审核人：成都市联系人2"])
    return titled(rows, (*CODED, COACH), *notes)


def in_gb18030(rows: list[Row]) -> bytes:
    """As older programs write CSV."""
    return delimited(numbered(rows, PLAIN), "gb18030")


def two_rows_of_headings(rows: list[Row]) -> bytes:
    """A group of columns over others."""
    upper = ["序号", *PLAIN, "现场评定", "", "", COACH]
    lower = ["", *("" for _ in PLAIN), "时间", "得分", "专家", ""]
    table = [
        [
            n,
            *(row[c] for c in PLAIN),
            *(["2026.11.5", 92.5, row[EXPERTS]] if row[EXPERTS] else ["", "", ""]),
            row[COACH],
        ]
        for n, row in enumerate(rows, start=1)
    ]
    first = len(PLAIN) + 1
    return workbook([["名录（演练）"], upper, lower, *table], [(1, first, 1, first + 2)])


def merged_counties(rows: list[Row]) -> bytes:
    """The county stands once, over the rows of its units."""
    table = numbered(rows, CODED)
    merged, start = [], 1
    for down in range(2, len(table) + 1):
        if down == len(table) or table[down][2] != table[start][2]:
            if down - 1 > start:
                merged.append((start, 2, down - 1, 2))
            start = down
    return workbook(table, merged)


def other_headings(rows: list[Row]) -> bytes:
    """The same columns under other names, with line breaks and asides."""
    header = ["序\n号", "地市", "区县", "乡镇（街道）\n名称", "类型", "建设状态", "下达年度", "是否民生目标（必填）"]
    return workbook([header, *numbered(rows, PLAIN)[1:]])


def two_sheets(rows: list[Row]) -> bytes:
    """Units to be named on one sheet, those in re-evaluation on another."""
    again = [row for row in rows if row[STATUS].startswith("复评")]
    named = [row for row in rows if row not in again]
    return workbook(numbered(named, PLAIN), sheet="命名", 复评=numbered(again, PLAIN))


def with_tabs(rows: list[Row]) -> bytes:
    """Text saved from a spreadsheet."""
    return delimited(numbered(rows, PLAIN), "utf-8", "\t")


def hidden_sheet(rows: list[Row]) -> bytes:
    """Last year's list is still there, hidden."""
    return workbook(numbered(rows, PLAIN), sheet="2027年", 隐藏2026年=numbered(rows[:2], PLAIN))


def full_width(rows: list[Row]) -> bytes:
    """Codes typed in full width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return titled([{**row, CODE: row[CODE].translate(wide)} for row in rows], CODED)


def county_subtotals(rows: list[Row]) -> bytes:
    """A subtotal below each county."""
    table = numbered(rows, PLAIN)
    cells = [table[0]]
    for place, row in enumerate(table[1:], start=1):
        cells.append(row)
        own = [each for each in table[1:] if each[2] == row[2]]
        if place == len(table) - 1 or table[place + 1][2] != row[2]:
            cells.append(["", "小计", "", len(own)])
    return workbook([*cells, ["总计", "", "", len(rows)]])


def codes_as_numbers(rows: list[Row]) -> bytes:
    """Codes as numbers, not as text."""
    table = numbered(rows, CODED)
    return workbook([table[0], *([*row[:5], int(row[5]), *row[6:]] for row in table[1:])])


def short_city(rows: list[Row]) -> bytes:
    """The usual short name of an autonomous prefecture."""
    return titled([{**row, CITY: SHORT[row[CITY]]} for row in rows])


def headings_again(rows: list[Row]) -> bytes:
    """The headings are printed on every page."""
    table = numbered(rows, PLAIN)
    return workbook([*table[:16], table[0], *table[16:]])


STYLES: dict[str, tuple[str, Callable[[list[Row]], bytes]]] = {
    "成都市": ("xlsx", chengdu),
    "自贡市": ("xlsx", titled),
    "攀枝花市": ("csv", in_gb18030),
    "泸州市": ("xlsx", two_rows_of_headings),
    "德阳市": ("xlsx", titled),
    "绵阳市": ("xlsx", merged_counties),
    "广元市": ("csv", lambda rows: delimited(numbered(rows, PLAIN))),
    "遂宁市": ("xlsx", other_headings),
    "内江市": ("xlsx", two_sheets),
    "乐山市": ("xlsx", titled),
    "南充市": ("txt", with_tabs),
    "眉山市": ("xlsx", titled),
    "宜宾市": ("xlsx", titled),
    "广安市": ("xlsx", hidden_sheet),
    "达州市": ("xlsx", titled),
    "雅安市": ("xlsx", full_width),
    "巴中市": ("xlsx", county_subtotals),
    "资阳市": ("xlsx", codes_as_numbers),
    "阿坝州": ("xlsx", short_city),
    "甘孜州": ("xlsx", headings_again),
    "凉山州": ("csv", in_gb18030),
}
"""How each city writes its list."""


# --- what the cities report -----------------------------------------------------------------------------------------


def reported() -> dict[str, list[Row]]:
    """The units that each city means, in the order of the demonstration's roster."""
    lists: dict[str, list[Row]] = {city: [] for city in STYLES}
    for row in read("roster"):
        lists[SHORT.get(row[CITY], row[CITY])].append({**row, EXPERTS: "", COACH: ""})
    for city, experts in (("成都市", ""), ("泸州市", "技术支撑人员5、评审专家1")):
        for row in [row for row in lists[city] if row[STATUS].startswith("已通过")]:
            row.update({EXPERTS: experts, COACH: "技术支撑单位甲"})
    change(lists, "眉山市", "白果乡", {NAME: "黑龙镇", KIND: "镇", CODE: ""})
    change(lists, "宜宾市", "沐滩镇", {NAME: "演练产业园区", KIND: "园区", CODE: ""})
    lists["达州市"] = [row for row in lists["达州市"] if row[NAME] != "大沙镇"]
    return lists


def change(lists: dict[str, list[Row]], city: str, name: str, values: Row) -> None:
    """Change the row of one unit."""
    next(row for row in lists[city] if row[NAME] == name).update(values)


def sent() -> dict[str, list[Row]]:
    """The lists as they come first: with a status that is none, a misspelt name, a row twice, and a cell left empty."""
    lists = reported()
    change(lists, "自贡市", "观山镇", {STATUS: "复审"})
    change(lists, "德阳市", "汉旺镇", {NAME: "汗旺镇"})
    change(lists, "乐山市", livelihood_unit(lists), {LIVELIHOOD: ""})
    lists["资阳市"].append(lists["资阳市"][0])
    return lists


def livelihood_unit(lists: dict[str, list[Row]]) -> str:
    """The name of the livelihood target of 乐山市."""
    return next(row[NAME] for row in lists["乐山市"] if row[LIVELIHOOD] == "是")


def units() -> dict[str, bytes]:
    """The cities' lists, and those that come again."""
    first, right = sent(), reported()
    files = {}
    for number, (city, (ending, style)) in enumerate(STYLES.items(), start=1):
        name = f"{number:02d}{city}.{ending}"
        files[f"名录/{name}"] = style(first[city])
        if city in ("自贡市", "德阳市", "资阳市"):
            files[f"更正/{name}"] = style(right[city])
        if city == "乐山市":
            files[f"补报/{name}"] = style(right[city])
        files[f"确认/{city}.pdf"] = scan(number)
    return files


# --- what the office keeps and what comes back ----------------------------------------------------------------------


def annex() -> bytes:
    """What is ordered of each city, with a total."""
    rows = read("targets")
    header = list(rows[0])
    numbers = [[number, row[CITY], *(int(row[c]) for c in header[1:])] for number, row in enumerate(rows, start=1)]
    total = ["合计", "", *(sum(row[place] for row in numbers) for place in range(2, 5))]
    title = ["附件  2027年安全社区建设目标任务分解表（演练）"]
    return workbook([title, ["序号", *header], *numbers, total], [(0, 0, 0, 4)])


def former_names() -> bytes:
    """What became of which name."""
    header = [CITY, COUNTY, "原名称", "现名称", "变更日期", "依据文件"]
    return workbook([header, ["眉山市", "青神县", "黑龙镇", "青竹街道", "2019-12-31", "演练文件1号"]])


def replies() -> dict[str, bytes]:
    """The people whom each city names, and those of the technical-support institutions; without codes, as they come."""
    home = "所属市(州)"
    header = ("姓名", "工作单位", home, "人员类别", "可任组长", "可参加时间起", "可参加时间止", "回避单位及理由")
    said = {
        "成都市抽验员2": {"回避单位及理由": "曾在青羊区苏坡街道工作"},
        "绵阳市抽验员3": {"可参加时间止": "2027-04-15"},
        "南充市抽验员2": {"回避单位及理由": "老家"},
    }
    groups: dict[str, list[Row]] = {city: [] for city in (*STYLES, "技术支撑单位")}
    for person in read("inspectors"):
        city = SHORT.get(person[home], person[home])
        group = "技术支撑单位" if person["人员类别"].startswith("技术") else city
        groups[group].append({**dict.fromkeys(header, ""), **person, **said.get(person["姓名"], {})})
    title = ["抽验人员推荐表（回执，演练）"]
    return {
        f"回执/{number:02d}{group}.xlsx": workbook([title, *numbered(rows, header)], [(0, 0, 0, len(header))])
        for number, (group, rows) in enumerate(groups.items(), start=1)
    }


def recusals() -> bytes:
    """A recusal that the office adds, of the first person on the roster."""
    return workbook([["人员编号", CODE, "回避理由"], ["P0001", "510104026", "亲属在该单位任职（演练）"]])


def files() -> dict[str, bytes]:
    """Every file, by its path in the folder."""
    own = {"附件.xlsx": annex(), "曾用名.xlsx": former_names(), "回避.xlsx": recusals()}
    return {**units(), **own, **replies()}


def main(folder: str) -> None:
    """Write all files; never over others, which may be an office's own."""
    if Path(folder).exists():
        sys.exit(f"{folder}：已存在，请另取名或先删去。 It exists; name another folder, or delete it first.")
    made = files()
    for name, data in made.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{folder}：{len(made)} 个文件，{len(made)} files")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "rehearsal")

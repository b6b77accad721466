"""Roster files and their rows, made for tests."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from audit_service.core.incoming import Incoming, Sheet, SourceFile
from audit_service.core.policy import Status
from schemas.fields import RosterSchema
from schemas.people import PersonIn
from schemas.recusals import RecusalIn
from schemas.rows import read_rows
from schemas.targets import TargetIn
from schemas.units import UnitIn

DEMO: Final = Path(__file__).parents[1] / "demo" / "data"

STATUSES: Final = (
    Status("target-2019", ("2019年目标任务",), "2019 target", "2019"),
    Status("assessed", ("已通过现场评定未命名",), "assessed", ""),
    Status("re-evaluation", ("复评", "复评单位"), "in re-evaluation", ""),
)

UNIT: Final = {
    "市(州)": "成都市",
    "县(市、区)": "锦江区",
    "建设单位名称": "牛市口街道",
    "单位类型": "街道",
    "单位编码": "510104026",
    "类别": "2019年目标任务",
    "目标下达年度": "2019",
    "是否民生": "否",
}
PERSON: Final = {
    "人员编号": "C510101",
    "姓名": "抽验员甲",
    "工作单位": "成都市应急管理局",
    "所属市(州)": "成都市",
    "人员类别": "市州工作人员",
    "可任组长": "是",
}
RECUSAL: Final = {"人员编号": "C510101", "单位编码": "510104026", "回避理由": "亲属"}
TARGET: Final = {"市(州)": "成都市", "命名目标数": "8", "其中民生": "1", "复评目标数": "21"}

Cells = Mapping[str, str]


def source(rows: Iterable[Cells], file: str = "roster.csv") -> SourceFile:
    """A file with these rows under the headings of the first one."""
    rows = list(rows)
    header = list(rows[0])
    cells = [[row.get(heading, "") for heading in header] for row in rows]
    return SourceFile(file, "0" * 64, (Sheet("", list(enumerate([header, *cells], start=1))),))


def incoming(schema: RosterSchema, *files: Sequence[Cells]) -> Incoming:
    """What files with these rows say; the first is called `1.csv`."""
    return read_rows(schema, [source(rows, f"{number}.csv") for number, rows in enumerate(files, start=1)])


def units(*rows: Cells) -> Incoming:
    """What a file of units says; each row is the usual one with changes."""
    return incoming(UnitIn(), [{**UNIT, **row} for row in rows])


def people(*rows: Cells) -> Incoming:
    """What a file of people says; each row is the usual one with changes."""
    return incoming(PersonIn(), [{**PERSON, **row} for row in rows])


def recusals(*rows: Cells) -> Incoming:
    """What a file of recusals says; each row is the usual one with changes."""
    return incoming(RecusalIn(), [{**RECUSAL, **row} for row in rows])


def targets(*rows: Cells) -> Incoming:
    """What a file of targets says; each row is the usual one with changes."""
    return incoming(TargetIn(), [{**TARGET, **row} for row in rows])


def csv_bytes(rows: Iterable[Sequence[str]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A CSV file as Excel writes it."""
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], row: int = 0, column: int = 0) -> bytes:
    """An Excel workbook, each table with its corner at a row and column from 0. A formula is a pair: formula, value."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"})}
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for down, values in enumerate(cells, start=row):
                for right, value in enumerate(values, start=column):
                    if isinstance(value, tuple):
                        sheet.write_formula(down, right, value[0], None, value[1])
                    elif hasattr(value, "isoformat"):
                        sheet.write_datetime(down, right, value, formats["date"])
                    else:
                        sheet.write(down, right, value)
    return data.getvalue()

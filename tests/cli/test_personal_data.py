"""What a roster says of contacts and telephone numbers stays in the database: nothing that is published holds it."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

from tests.office import LATE, PUBLIC, Office
from tests.roster_rows import DEMO, PERSON

EVENT, AFTER = "kl8:2026220@2026-08-10T13:00:00Z", "2026-08-10T13:00:00Z"
EVENT_PUBLIC = "kl8:2026220:0102030405060708091011121314151617181920"
MARKS = ("13900001111", "联系人丁", "备注戊", "专家己", "回避庚")
UNITS = {"联系人": MARKS[1], "联系电话": MARKS[0], "备注": MARKS[2], "现场评定专家": MARKS[3]}
PEOPLE = {"手机号码": MARKS[0], "回避单位及理由": MARKS[4]}


def with_columns(office: Office, kind: str, name: str, more: dict[str, str]) -> None:
    with (DEMO / f"{name}_demo.csv").open(encoding="utf-8-sig", newline="") as file:
        office.import_rows(kind, [{**row, **more} for row in csv.DictReader(file)])


def everything_in(path: Path) -> bytes:
    if path.suffix in {".zip", ".docx"}:
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return path.read_bytes()


def test_nothing_that_is_published_holds_telephone_numbers_contacts_or_remarks(office: Office, tmp_path: Path) -> None:
    with_columns(office, "units", "roster", UNITS)
    with_columns(office, "people", "inspectors", PEOPLE)
    draw = office.commit()
    office.run("draw", "freeze", "--campaign", "2027", "--policy", "sichuan-2020", "--out", tmp_path / "frame")
    said = office.at(LATE).show("draw", "run", draw, "--public", PUBLIC)
    office.run("round", "commit", draw, "--event", EVENT)
    said += office.at(AFTER).show("round", "run", f"{draw}/1", "--public", EVENT_PUBLIC)
    office.run("record", draw, "--out", tmp_path / "record.docx")
    office.run("bundle", draw, "--out", tmp_path / "bundle.zip")
    said += office.show("draw", "show", draw) + office.show("round", "show", f"{draw}/1")
    published = [tmp_path / "record.docx", tmp_path / "bundle.zip", *(tmp_path / "frame").iterdir()]
    contents = [said.encode(), *map(everything_in, published)]
    assert all(len(content) > 100 for content in contents)
    assert not [mark for mark in MARKS for content in contents if mark.encode() in content]


def test_a_report_says_that_a_number_changed_and_not_to_what(office: Office) -> None:
    row = PERSON | {"手机号码": MARKS[0]}
    office.import_rows("people", [row])
    done = office.import_rows("people", [row | {"手机号码": "13900002222", "可任组长": "否"}])
    changes = {change["field"]: (change["old"], change["new"]) for change in done.json["changes"]}
    assert changes == {"mobile": ("***", "***"), "may_lead": (True, False)}
    assert "手机号码：*** → ***" in done.said or "手机号码: *** → ***" in done.said
    assert "1390000" not in done.said

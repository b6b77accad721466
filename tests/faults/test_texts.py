"""CSV files that are damaged, endless or in several encodings: an error that names the row, and nothing imported."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.faults.desk import dump, program_and_peak, settings
from tests.faults.test_workbooks import HAN
from tests.office import Office
from tests.roster_rows import UNIT, csv_bytes

TABLE: Final = [list(UNIT), list(UNIT.values())]
OTHER: Final = [*list(UNIT.values())[:2], "督院街街道", "街道", "510104020", *list(UNIT.values())[5:]]
UTF8: Final = csv_bytes(TABLE)

REFUSED: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "a zero byte": (lambda: csv_bytes([*TABLE, OTHER]).replace("督院街".encode(), b"\0"), "file-csv-zero", 3),
    "a block of zero bytes at its end": (lambda: UTF8 + bytes(4096), "file-csv-zero", 3),
    "UTF-16 without a mark": (lambda: UTF8.decode().encode("utf-16-le"), "file-csv-zero", 1),
    "UTF-16 that was cut off in a character": (lambda: UTF8.decode().encode("utf-16")[:-1], "file-encoding", 0),
    "UTF-16 with a zero": (lambda: (UTF8.decode() + "\0").encode("utf-16"), "file-csv-zero", 3),
    "UTF-8, then GBK": (lambda: UTF8 + csv_bytes([OTHER], "gbk"), "file-encoding-mixed", 3),
    "UTF-8 with a mark, then GBK": (
        lambda: codecs.BOM_UTF8 + b"a,b\r\n" + csv_bytes([OTHER], "gbk"),
        "file-encoding-mixed",
        2,
    ),
    "UTF-8 that was cut off in a character": (lambda: csv_bytes([*TABLE, ["成都市"]])[:-3], "file-encoding-mixed", 3),
    "a quote that is not closed": (lambda: UTF8 + '成都市,"锦江区,x\r\n'.encode(), "file-csv-form", 3),
    "a quote in the middle": (lambda: UTF8 + '成都市,"锦江"区,x\r\n'.encode(), "file-csv-form", 3),
    "a quote that is closed far away": (lambda: UTF8 + b'"' + b"x,y\r\n" * 30_000 + b'"\r\n', "file-csv-form", 3),
    "a line of 3 MB": (lambda: UTF8 + b"x" * 3_000_000, "file-csv-line", 3),
    "a line of 20,000 columns": (lambda: UTF8 + b"," * 20_000 + b"x\r\n", "file-csv-wide", 3),
    "a wide line and many short ones": (
        lambda: UTF8 + b"," * 16_000 + b"x\r\n" + b"x\r\n" * 3000,
        "sheet-too-spread",
        0,
    ),
    "too many lines": (lambda: UTF8 + b"\r\n" * 1_050_000, "file-csv-long", 0),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_cannot_be_read_says_why_and_where_and_nothing_is_imported(
    name: str, office: Office, tmp_path: Path
) -> None:
    make, code, row = REFUSED[name]
    (tmp_path / "名单.csv").write_bytes(make())
    before = dump(office.environment["AUDIT_DATABASE_URL"])
    for language in ("zh", "en"):
        done = office.run("import", "units", tmp_path / "名单.csv", "--lang", language, expect=1)
        assert [(error["code"], error["row"]) for error in done.json["errors"]] == [(code, row)]
        assert bool(HAN.search(done.json["errors"][0]["message"])) == (language == "zh")
    assert dump(office.environment["AUDIT_DATABASE_URL"]) == before


def test_gbk_with_one_line_in_utf8_is_not_taken(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv_bytes(TABLE, "gbk") + csv_bytes([OTHER]))
    done = office.run("import", "units", tmp_path / "a.csv", expect=1)
    assert {error["row"] for error in done.json["errors"]} <= {0, 3}
    assert done.json["imported"] == 0


def test_a_line_of_500_mb_is_refused_without_being_read(sqlite_url: str, tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.write(b"x" * 60_000_000)
        file.truncate(500_000_000)  # the rest takes no room on disk
    before = dump(sqlite_url)
    ended, peak = program_and_peak("import", "units", tmp_path / "a.csv", "--json", environment=settings(sqlite_url))
    assert (ended.status, ended.json["errors"][0]["code"]) == (1, "file-too-large")
    assert peak < 300
    assert dump(sqlite_url) == before


@pytest.mark.parametrize("line", [b",\n" * 500_000, b'"' + b"," * 999_998 + b"\n"])
def test_a_text_as_large_as_may_be_that_is_no_roster_takes_no_more_memory_than_it_must(
    line: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(line * 50)
    ended, peak = program_and_peak("import", "units", tmp_path / "a.csv", "--json", environment=settings(sqlite_url))
    assert ended.status == 1
    assert ended.json["errors"][0]["code"] in ("file-csv-form", "file-csv-long", "file-csv-line")
    assert peak < 800

"""The files of the rehearsal are what their script says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from audit_service.files.divisions import sichuan
from tests.docs.terminal import ROOT
from tests.office import Office

MADE = runpy.run_path(str(ROOT / "demo" / "cities.py"))


def test_each_city_sends_a_list_a_confirmation_and_a_reply() -> None:
    made = MADE["files"]()
    names = {city for path in made for city in MADE["STYLES"] if city in path}
    assert {sichuan().find(city) for city in names} == set(sichuan().cities)
    for folder, more in (("名录", 0), ("确认", 0), ("回执", 1)):
        assert sum(path.startswith(folder) for path in made) == 21 + more
    assert MADE["files"]() == made, "the same bytes whenever they are made"


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        MADE["main"](str(tmp_path))


def test_all_styles_say_the_same_as_the_plain_list(office: Office, tmp_path: Path) -> None:
    MADE["main"](str(tmp_path / "made"))
    office.run("import", "former-names", tmp_path / "made" / "曾用名.xlsx")
    mended = {path.name for folder in ("更正", "补报") for path in (tmp_path / "made" / folder).iterdir()}
    lists = [path for path in (tmp_path / "made" / "名录").iterdir() if path.name not in mended]
    again = [path for folder in ("更正", "补报") for path in (tmp_path / "made" / folder).iterdir()]
    assert office.run("import", "units", *lists, *again, "--issue-codes").json["imported"] == 342
    plain = [
        {column: value for column, value in row.items() if column != "序号"}
        for rows in MADE["reported"]().values()
        for row in rows
    ]
    assert office.import_rows("units", plain).json["changes"] == []

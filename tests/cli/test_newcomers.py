"""What somebody meets who is new to the program: a folder that is not the right one, a file that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.docs.terminal import Terminal

DATABASE = {"AUDIT_DATABASE_URL": "sqlite:///var/audit.db"}


@pytest.mark.parametrize(("language", "said"), [("zh_CN.UTF-8", "已新建"), ("C.UTF-8", "it was made")])
def test_a_database_that_was_made_just_now_is_told_of_once(tmp_path: Path, language: str, said: str) -> None:
    terminal = Terminal(tmp_path, {**DATABASE, "LANG": language})
    status, first = terminal.type("audit-service draw list")
    assert (status, said in first, str(tmp_path) in first) == (0, True, True)
    assert said not in terminal.type("audit-service draw list")[1]


def test_it_is_told_on_standard_error(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, DATABASE)
    assert "it was made" in terminal.type("audit-service draw list --json > draws.json")[1]
    assert json.loads((tmp_path / "draws.json").read_text()) == {"draws": []}


@pytest.mark.parametrize(
    ("language", "said"), [("zh_CN.UTF-8", "没有文件或文件夹“名录.xlsx”"), ("", "no file or folder “名录.xlsx”")]
)
def test_a_file_that_is_not_there_is_said_so_with_the_folder(tmp_path: Path, language: str, said: str) -> None:
    status, told = Terminal(tmp_path, {"LANG": language}).type("audit-service import units 名录.xlsx")
    assert (status, said in told, str(tmp_path) in told) == (2, True, True)

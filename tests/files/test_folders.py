"""Folders are written file by file, several at once: each is there whole, or the writing is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_service.errors import Refused
from audit_service.files.folders import write_folder


def test_every_file_of_a_folder_is_there_with_its_bytes(tmp_path: Path) -> None:
    files = {f"a{number % 7}/b{number % 3}/{number}": b"%d" % number * number for number in range(100)}
    write_folder(tmp_path, files)
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in found} == files


def test_a_folder_of_which_one_file_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "7").mkdir()
    with pytest.raises(Refused) as refused:
        write_folder(tmp_path, {str(number): b"x" for number in range(20)})
    assert refused.value.code == "file-not-regular"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]

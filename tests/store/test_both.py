"""Which tests the long run has on PostgreSQL too: all whose subject touches a database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OTHERS: Final = {
    "deploy": "they set up PostgreSQL and the server themselves",
    "docs": "guides are typed as they stand, on the database that they name",
    "faults": "each says on which databases it runs, most on both",
    "files": "about policy files: the office is there to read them",
}
"""Folders with a database that are not run once more, and why."""
TOUCHES: Final = re.compile(
    r"^from tests\.(?:office|web\.desk|visiting) import|\b(?:engine: Engine|database_url: str)", re.M
)


def test_every_folder_whose_tests_touch_a_database_is_run_on_postgresql_too() -> None:
    line = re.search(r"^ON_POSTGRESQL := \$\(addprefix tests/,(.*)\)$", (ROOT / "Makefile").read_text(), re.M)
    assert line
    found = {file.parent.name for file in ROOT.glob("tests/*/*.py") if TOUCHES.search(file.read_text("utf-8"))}
    assert found == {*line[1].split(), *OTHERS}

"""docs/life.md has the states and steps of core/life.py."""

from __future__ import annotations

from pathlib import Path

from tests.docs.life_table import states, table

PAGE = Path(__file__).parents[2] / "docs" / "life.md"


def test_the_tables_of_states_and_steps_are_those_of_the_program() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert states() in page
    assert table() in page

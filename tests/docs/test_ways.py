"""docs/ways.md, typed section by section: what it says is refused is refused, what it quotes is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.terminal import ROOT, Terminal, sections, typed

TEXT = (ROOT / "docs" / "ways.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("section", sections(TEXT))
def test_it_goes_as_it_is_written(section: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for block in sections(TEXT)[section]:
        typed(terminal, block).check()


def test_the_table_leads_to_every_section() -> None:
    headings = re.findall(r"^## (\d+ .*)$", TEXT, re.MULTILINE)
    anchors = [re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings]
    assert [f"[{place}](#{anchor})" for place, anchor in enumerate(anchors, start=1)] == re.findall(
        r"\[\d+\]\(#[^)]*\)(?= \|$)", TEXT, re.MULTILINE
    )

"""docs/sealed.md, typed from beginning to end: what it quotes is printed."""

from __future__ import annotations

from pathlib import Path

from tests.docs.terminal import ROOT, Terminal, blocks, typed

TEXT = (ROOT / "docs" / "sealed.md").read_text(encoding="utf-8")


def test_it_goes_as_it_is_written(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for block in blocks(TEXT):
        typed(terminal, block).check()

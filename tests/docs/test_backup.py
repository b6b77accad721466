"""docs/backup.md, typed: the drill goes as it is written."""

from __future__ import annotations

from pathlib import Path

from tests.docs.terminal import ROOT, Terminal, blocks, typed


def test_the_drill_goes_as_it_is_written(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for block in blocks((ROOT / "docs" / "backup.md").read_text(encoding="utf-8")):
        typed(terminal, block).check()
    assert {path.name for path in tmp_path.iterdir() if not path.is_symlink()} == {"drill"}, "nothing beside it"

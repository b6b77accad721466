"""The units for systemd that are shipped, as systemd itself reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted(path for path in (ROOT / "deploy").iterdir() if path.suffix in (".service", ".timer"))
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd here (Debian's systemd)")


@needs_systemd
def test_systemd_finds_nothing_wrong_with_any_unit(tmp_path: Path) -> None:
    """They name programs of an installation; here these are the checkout's own."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(text.replace("/opt/audit-service", str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_every_unit_is_installed_by_the_commands_of_the_guide() -> None:
    said = (
        (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("## systemd")[2].partition("\n## ")[0]
    )
    enabled = re.search(r"systemctl enable --now (.+)", said)
    assert enabled
    wanted = {
        unit.stem if unit.suffix == ".service" else unit.name for unit in UNITS if "[Install]" in unit.read_text()
    }
    assert set(enabled[1].split()) == wanted
    copied = re.findall(r"/opt/audit-service/(deploy/\S+)", said)
    assert {path for pattern in copied for path in ROOT.glob(pattern)} == set(UNITS)

"""What the demonstrations leave behind: their own folder, and nothing beside it."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.terminal import ROOT


def test_the_demonstration_leaves_an_offices_data_and_keys_alone(tmp_path: Path) -> None:
    """Whatever the office has set. A key of the demonstration's beside its database keeps its log from being signed."""
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    for name, place in (("verifier", ROOT / "verifier"), (".venv", Path(sys.prefix))):
        (tmp_path / name).symlink_to(place)
    before = set(tmp_path.iterdir())
    office = {"AUDIT_DATABASE_URL": "sqlite:///var/audit.db", "AUDIT_LOG_KEY_FILE": "log.key", "AUDIT_TOKEN": "its own"}
    done = subprocess.run(
        [sys.executable, "demo/demo.py"], cwd=tmp_path, env={**os.environ, **office, "DEMO_LANG": "en"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert set(tmp_path.iterdir()) - before == {tmp_path / "var"}
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["demo"]
    assert {"audit.db", "log.key", "bundle.zip", "record.docx"} <= {
        path.name for path in (tmp_path / "var/demo").iterdir()
    }
    named = re.findall(r"var/\S+", done.stdout.partition("What to try next")[2])
    assert named
    assert all((tmp_path / name).exists() for name in named)


def test_what_is_served_as_a_demonstration_has_a_folder_of_its_own_too() -> None:
    served = runpy.run_path(str(ROOT / "demo" / "serve.py"))
    assert ROOT / "var" in served["PLACE"].parents


def test_clean_takes_away_what_demonstrations_made_and_no_data_of_an_office() -> None:
    (clean,) = re.findall(r"^clean:\n\trm -rf ([^#]*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [word for word in clean.split() if word.startswith("var")] == ["var/demo", "var/serve"]

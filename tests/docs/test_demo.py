"""What the demonstrations leave behind: their own folder, and nothing beside it."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.terminal import ROOT

OFFICE = {"AUDIT_DATABASE_URL": "sqlite:///var/audit.db", "AUDIT_LOG_KEY_FILE": "log.key", "AUDIT_TOKEN": "its own"}
"""What an office may have set: a key of the demonstration's beside its database keeps its own log from being signed."""
ONE_COMMAND = """
import runpy
demo = runpy.run_path("demo/demo.py")
demo["run"]("import", "units", "demo/data/roster_demo.csv", clock=demo["BEFORE"])
"""


def shown(folder: Path, *arguments: str) -> str:
    """What the demonstration prints in a folder of its own, which then holds its `var/demo` and nothing else."""
    shutil.copytree(ROOT / "demo", folder / "demo")
    for name, place in (("verifier", ROOT / "verifier"), (".venv", Path(sys.prefix))):
        (folder / name).symlink_to(place)
    before = set(folder.iterdir())
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={**os.environ, **OFFICE, "DEMO_LANG": "en"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert set(folder.iterdir()) - before == {folder / "var"}
    assert [path.name for path in (folder / "var").iterdir()] == ["demo"]
    assert {"audit.db", "log.key", "log.last"} <= {path.name for path in (folder / "var/demo").iterdir()}
    return done.stdout


def test_a_command_of_the_demonstration_leaves_an_offices_data_and_keys_alone(tmp_path: Path) -> None:
    shown(tmp_path, "-c", ONE_COMMAND)


@pytest.mark.long
def test_so_does_the_whole_demonstration_and_what_it_names_to_try_next_is_there(tmp_path: Path) -> None:
    named = re.findall(r"var/\S+", shown(tmp_path, "demo/demo.py").partition("What to try next")[2])
    assert {"var/demo/bundle.zip", "var/demo/record.docx"} <= set(named)
    assert all((tmp_path / name).exists() for name in named)


def test_no_other_folder_is_named_by_the_demonstration() -> None:
    named = re.findall(r"var/[\w./-]+", (ROOT / "demo" / "demo.py").read_text(encoding="utf-8"))
    assert all(name.startswith("var/demo") for name in named)


def test_what_is_served_as_a_demonstration_has_a_folder_of_its_own_too() -> None:
    served = runpy.run_path(str(ROOT / "demo" / "serve.py"))
    assert ROOT / "var" in served["PLACE"].parents


def test_clean_takes_away_what_demonstrations_made_and_no_data_of_an_office() -> None:
    (clean,) = re.findall(r"^clean:\n\trm -rf ([^#]*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [word for word in clean.split() if word.startswith("var")] == ["var/demo", "var/serve"]

"""What the documents say is so."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from audit_service.cli.main import COMMANDS, root
from audit_service.core.outcomes import STATES
from schemas.asks.outcomes import VERDICTS, SaidAsk, read_json
from tests.office import Office

ROOT = Path(__file__).parents[2]
HELP = """
import sys
from audit_service.app import main
sys.argv = ["audit-service", "--help"]
try:
    main()
finally:
    heavy = {"sqlalchemy", "numpy", "flask", "marshmallow", "docx", "alembic"}
    print(sorted(heavy & set(sys.modules)))
"""
READMES = ("README.md", "README.zh-CN.md")


def commands_of(readme: str) -> list[list[str]]:
    text = (ROOT / readme).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^ {4}(audit-service .*)$", text, re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_of_the_readme_and_their_options_exist(readme: str) -> None:
    assert len(commands_of(readme)) >= 10
    for words in commands_of(readme):
        command = root()
        while hasattr(command, "get_command"):
            found = command.get_command(None, words.pop(0))
            assert found is not None, words
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known


CLOCKS = {
    ("draw", "commit"): "2027-03-10T01:00:00Z",
    ("draw", "run"): "2027-03-16T14:00:00Z",
    ("round", "commit"): "2027-04-01T01:00:00Z",
    ("round", "run"): "2027-04-06T15:00:00Z",
}


@pytest.mark.parametrize("readme", READMES)
def test_a_first_draw_of_your_own_goes_as_the_readme_types_it(
    readme: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    assert all(clock in (ROOT / readme).read_text(encoding="utf-8") for clock in CLOCKS.values())
    for words in commands_of(readme):
        if words[0] != "verify":  # whose files the reader has from elsewhere
            office.at(CLOCKS.get((words[0], words[1]), office.clock)).run(*words, json_wanted=False)
    assert (tmp_path / "SC-2027-01.zip").exists()


def test_links_of_the_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_the_worked_example_is_what_its_script_makes() -> None:
    folder = ROOT / "docs" / "example"
    script = runpy.run_path(str(folder / "make.py"))
    entries = script["entries"]()
    assert {name: (folder / name).read_bytes() for name in entries} == entries
    assert script["text"](entries) in (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")


def test_help_lists_every_command_without_loading_it() -> None:
    said = subprocess.run([sys.executable, "-c", HELP], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in [*COMMANDS[""], *(group for group in COMMANDS if group)]:
        assert f"  {name} " in said
    assert said.endswith("[]\n")


def test_the_verifier_needs_no_python_newer_than_3_9() -> None:
    checked = subprocess.run(
        [Path(sys.executable).parent / "vermin", "-t=3.9-", "--no-tips", "--violations", "verifier/verify.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_no_document_names_what_lies_outside_the_repository() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]:
        assert "../shared" not in path.read_text(encoding="utf-8")


def test_the_json_of_an_outcome_in_its_document_is_one_and_says_every_key() -> None:
    text = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
    value = json.loads(text.partition("```json\n")[2].partition("```")[0])
    assert read_json(value).findings[0].responsible == "the street office"
    assert {*value, "scan"} == set(SaidAsk().fields)
    assert all(f"`{word}`" in text for word in (*STATES, *VERDICTS, "got", "finding"))

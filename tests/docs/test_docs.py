"""What the documents say is so."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from audit_service.cli.main import COMMANDS
from audit_service.core.outcomes import STATES
from schemas.asks.outcomes import VERDICTS, SaidAsk, read_json
from tests.docs.terminal import ROOT, Terminal, blocks, typed

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


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_a_first_draw_of_your_own_goes_as_the_readme_types_it_and_touches_nothing_else(
    readme: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path)
    for block in blocks(text_of(readme)):
        typed(terminal, block).check()
    assert {path.name for path in tmp_path.iterdir() if not path.is_symlink()} == {"first"}
    assert (tmp_path / "first" / "SC-2027-01.zip").exists()


def test_both_readmes_type_the_same_have_the_same_sections_and_lead_to_the_same_pages() -> None:
    commands = [[block.commands for block in blocks(text_of(readme))] for readme in READMES]
    without_words = [[[re.sub(r"\s*#.*", "", line) for line, _ in block] for block in readme] for readme in commands]
    assert without_words[0] == without_words[1]
    assert len({text_of(readme).count("\n## ") for readme in READMES}) == 1
    chinese, english = ({link.replace(".zh-CN", "") for link in links_of(text_of(name))} for name in READMES)
    assert chinese == english
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md") if ".zh-CN" not in path.name}
    assert pages <= english, "each page is reached from the README"


def links_of(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)


def test_links_of_the_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]:
        for link in links_of(path.read_text(encoding="utf-8")):
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


def test_every_module_of_the_core_stands_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    core = text.partition("## The core")[2].partition("## The store")[0]
    modules = {path.stem for path in (ROOT / "audit_service" / "core").glob("*.py")} - {"__init__"}
    assert set(re.findall(r"`([a-z_]+)`", core)) == modules

"""The quickstarts, typed word for word: what they say is refused is refused, what they quote is printed."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.docs.terminal import BLOCK, ROOT, Terminal, blocks, fits, typed

QUICKSTARTS = ("docs/quickstart.zh-CN.md", "docs/quickstart.md")
OWN_WORDS = re.compile(r'AUDIT_BY=(?:"[^"]*"|\S+)|LANG=\S+|"[^"]*"')
NOT_TYPED = {
    "sudo apt install python3.11 python3-pip make git",
    "cd audit-service",
    "make demo",
}  # what sets the program up: the machine that runs the tests has it


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", QUICKSTARTS)
def test_a_first_campaign_goes_as_it_is_written(name: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for block in blocks(text_of(name)):
        typed(terminal, block).check()


class Bash(Terminal):
    """A terminal in which a shell does everything."""

    def type(self, line: str) -> tuple[int, str]:
        with (self.folder / ".typed").open("a") as lines:
            lines.write(f"{line}\n" if line.startswith("export") else "")
        script = f". ./.typed; {line}"
        pipe: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        environment = {**self.environment, "HOME": os.environ.get("HOME", "/")}
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=environment, check=False, **pipe)
        return done.returncode, done.stdout


@pytest.mark.long
@pytest.mark.parametrize("name", QUICKSTARTS)
def test_so_it_goes_in_a_shell(name: str, tmp_path: Path) -> None:
    terminal = Bash(tmp_path)
    for block in blocks(text_of(name)):
        typed(terminal, block).check()


def test_both_have_the_same_sections_and_type_the_same() -> None:
    chinese, english = (
        [(OWN_WORDS.sub("", command), status) for block in blocks(text_of(name)) for command, status in block.commands]
        for name in QUICKSTARTS
    )
    assert chinese == english
    sections = [re.findall(r"^## (\d+)", text_of(name), re.MULTILINE) for name in QUICKSTARTS]
    assert sections[0] == sections[1] == [str(number) for number in range(1, 17)]


@pytest.mark.parametrize("name", QUICKSTARTS)
def test_nothing_else_is_left_untyped_and_every_answer_is_checked(name: str) -> None:
    text = text_of(name)
    kinds = [match[1] for match in BLOCK.finditer(text)]
    untyped = "".join(match[2] for match in BLOCK.finditer(text) if match[1] not in ("sh", "text")).splitlines()
    assert {line.partition("#")[0].strip() for line in untyped} == NOT_TYPED
    assert kinds.count("text") == sum(block.quoted is not None for block in blocks(text))


@pytest.mark.parametrize(
    ("quoted", "right"),
    [
        (["a", "b", "c"], True),
        (["a", "c"], False),
        (["a", "…"], True),
        (["…", "c"], True),
        (["a", "…", "c"], True),
        (["…", "b", "…"], True),
        (["a", "…", "a"], False),
        (["b", "…"], False),
        (["a", "b"], False),
        (["a", "[…]", "c"], True),
        ([], False),
    ],
)
def test_a_quotation_is_whole_but_for_what_it_says_is_left_out(quoted: list[str], right: bool) -> None:
    assert fits(quoted, ["a", "b", "c"]) is right

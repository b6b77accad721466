"""Documents whose commands are typed by tests.

In such a document a block of `sh` is typed line by line; a command ends with `# exit 1` (`# 退出码 1`) where its exit
status is not 0. A block of `text` right below quotes what the block's commands print, all together: a line `…` stands
for any lines that are left out, `[…]` for a part of a line. Other blocks are not typed.

    python -m tests.docs.terminal docs/ways.md      prints what the commands of a document print
"""

from __future__ import annotations

import gc
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

from audit_service.app import main

ROOT: Final = Path(__file__).parents[2]
BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS: Final = re.compile(r"\s+# (?:exit|退出码) (\d)$")
LOOP: Final = re.compile(r"for (\w+) in (.+?); do (.+); done")
BEFORE_EACH: Final = "Before each"
LEFT_OUT, PART_LEFT_OUT = "…", "[…]"


@dataclass(frozen=True)
class Block:
    """Commands with their exit statuses, and the lines quoted below them; None where nothing is quoted."""

    line: int
    commands: list[tuple[str, int]]
    quoted: list[str] | None


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a document that are typed, in their order."""
    found = list(BLOCK.finditer(text))
    for place, match in enumerate(found):
        if match[1] != "sh":
            continue
        below = found[place + 1] if place + 1 < len(found) else None
        quoted = below[2].splitlines() if below and below[1] == "text" and not _between(text, match, below) else None
        yield Block(text.count("\n", 0, match.start()) + 1, list(_commands(match[2])), quoted)


def sections(text: str) -> dict[str, list[Block]]:
    """The sections of a document by their headings, each with the blocks that are typed before it and its own.

    Those before each are the first section's, where it is headed `Before each`; else a document is one section.
    """
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    before = list(blocks(named.pop(BEFORE_EACH))) if BEFORE_EACH in named else None
    if before is None:
        return {"": list(blocks(text))}
    return {name: [*before, *blocks(part)] for name, part in named.items()}


def _between(text: str, above: re.Match[str], below: re.Match[str]) -> str:
    return text[above.end() : below.start()].strip()


def _commands(block: str) -> Iterator[tuple[str, int]]:
    for line in block.replace("\\\n", " ").splitlines():
        status = STATUS.search(line)
        yield STATUS.sub("", line), int(status[1]) if status else 0


def fits(quoted: list[str], printed: list[str]) -> bool:
    """Whether lines are quoted rightly: all of them, but for those that are said to be left out."""
    if not quoted:
        return not printed
    if quoted[0] == LEFT_OUT:
        return any(fits(quoted[1:], printed[place:]) for place in range(len(printed) + 1))
    return bool(printed) and _same(quoted[0], printed[0]) and fits(quoted[1:], printed[1:])


def _same(quoted: str, printed: str) -> bool:
    pattern = ".*".join(map(re.escape, quoted.split(PART_LEFT_OUT)))
    return re.fullmatch(pattern, printed.rstrip()) is not None


@dataclass
class Terminal:
    """Somebody who types in a folder in which the program was set up. What needs no shell is done without one."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, place in (("demo", ROOT / "demo"), ("verifier", ROOT / "verifier"), (".venv", Path(sys.prefix))):
            (self.folder / name).symlink_to(place)
        own = {"PATH": f"{self.folder}/.venv/bin:{os.environ['PATH']}", "PWD": str(self.folder), "HOME": "/"}
        self.environment = {"LANG": "C.UTF-8", **own, **self.environment}

    def type(self, line: str) -> tuple[int, str]:
        """Type a command; its exit status and what it prints."""
        loop = LOOP.fullmatch(line)
        if loop:
            done = [self.type(loop[3].replace(f"${loop[1]}", word)) for word in loop[2].split()]
            return max(status for status, _ in done), "".join(said for _, said in done)
        words = shlex.split(line, comments=True)
        if words[:1] == ["export"]:
            self.environment |= dict(self._expanded(word).split("=", 1) for word in words[1:])
            return 0, ""
        if words[:1] == ["audit-service"] and not {"|", "&&", ";"} & set(words):
            return self._call([self._expanded(word) for word in words[1:]])
        program = ["bash", "-c", line]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        done_by_shell = subprocess.run(program, cwd=self.folder, env=self.environment, check=False, **pipe)
        return done_by_shell.returncode, done_by_shell.stdout

    def _expanded(self, word: str) -> str:
        return re.sub(r"\$(\w+)", lambda match: self.environment[match[1]], word)

    def _call(self, words: list[str]) -> tuple[int, str]:
        """The program itself, without a process of its own."""
        to_file = Path(words.pop()) if len(words) > 1 and words[-2] == ">" else None
        given = [each for word in words if word != ">" for each in self._matching(word)]
        out, err = io.StringIO(), io.StringIO()
        with (
            chdir(self.folder),
            patch.dict(os.environ, self.environment, clear=True),
            patch.object(sys, "argv", ["audit-service", *given]),
            redirect_stdout(out),
            redirect_stderr(err if to_file else out),
        ):
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
            finally:
                gc.enable()  # the program does without; whoever goes on after it must not
        if to_file:
            (self.folder / to_file).write_text(out.getvalue(), encoding="utf-8")
            return status, err.getvalue()
        return status, out.getvalue()

    def _matching(self, word: str) -> list[str]:
        found = sorted(path.relative_to(self.folder) for path in self.folder.glob(word)) if "*" in word else []
        return [str(path) for path in found] or [word]


@dataclass(frozen=True)
class Typed:
    """A block that was typed: what came of it."""

    block: Block
    statuses: list[int]
    printed: list[str]

    def check(self) -> None:
        """Fail with all that was printed, if anything differs from the document."""
        said = "\n".join([f"line {self.block.line}:", *(command for command, _ in self.block.commands), *self.printed])
        assert self.statuses == [status for _, status in self.block.commands], said
        assert self.block.quoted is None or fits(self.block.quoted, self.printed), said


def typed(terminal: Terminal, found: Block) -> Typed:
    """Type a block."""
    done = [terminal.type(command) for command, _ in found.commands if command.strip()]
    return Typed(found, [status for status, _ in done], "".join(said for _, said in done).splitlines())


def show(document: Path, environment: Mapping[str, str]) -> None:
    """Print what the commands of a document print."""
    for heading, own in sections(document.read_text(encoding="utf-8")).items():
        print(f"=== {heading}")
        with tempfile.TemporaryDirectory() as folder:
            terminal = Terminal(Path(folder), dict(environment))
            for found in own:
                done = typed(terminal, found)
                print("---", *(command for command, _ in found.commands), sep="\n")
                print(f"--- {done.statuses}", *done.printed, sep="\n")


if __name__ == "__main__":
    show(Path(sys.argv[1]), {})

"""Every code that is raised or said has a Chinese and an English text with the same parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from audit_service import messages
from audit_service.cli.main import COMMANDS
from audit_service.core.draws import State

PACKAGE = Path(messages.__file__).parent.parent
RAISED = ("FormError", "RuleError", "Failed", "Refused", "NotFound", "Unreadable", "Problem", "refused")
SAID = ("say", "text", "both", "wrong", "help_text")
HAN = re.compile(r"[\u4e00-\u9fff]")


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "schemas").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield path, node, name


def literal_codes() -> Iterator[tuple[Path, str, set[str]]]:
    for path, node, name in calls():
        place = 1 if name == "finding" else 0
        if name in (*RAISED, *SAID, "finding") and len(node.args) > place and path.parent.name != "messages":
            code = node.args[place]
            options = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            for option in options:
                if isinstance(option, ast.Constant) and isinstance(option.value, str):
                    named = {keyword.arg for keyword in node.keywords if keyword.arg}
                    yield path, option.value, {*named, "**"} if any(k.arg is None for k in node.keywords) else named


def parameters(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_every_code_in_the_source_has_a_text() -> None:
    missing = {code for path, code, _ in literal_codes() if code not in messages.catalogue() and " " not in code}
    assert missing == set()


def test_the_chinese_and_the_english_text_have_the_same_parameters() -> None:
    for code, (chinese, english) in messages.catalogue().items():
        assert parameters(chinese) == parameters(english), code


def test_no_text_is_left_in_the_other_language() -> None:
    for code, (chinese, english) in messages.catalogue().items():
        assert HAN.search(chinese) or not re.search(r"[a-z]{4}", re.sub(r"{\w+}", "", chinese)), code
        assert not HAN.match(english), code


def test_every_command_and_state_has_its_texts() -> None:
    known = messages.catalogue()
    for group, commands in COMMANDS.items():
        assert not group or f"help.{group}" in known
        for name, module in commands.items():
            assert f"help.{module}.{name}" in known
    assert {f"state.{state}" for state in State} <= known.keys()
    assert {f"state-{state}" for state in State} <= known.keys()


def test_the_locale_decides_the_language() -> None:
    assert messages.from_locale({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert messages.from_locale({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}) == "en"
    assert messages.from_locale({}) == "en"


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("policy-errors", 1, "The policy file has 1 error."),
        ("policy-errors", 11, "The policy file has 11 errors."),
        ("life-count", 1, "1 unit."),
        ("log-published", 1, "Signed the checkpoint at 1 entry."),
    ],
)
def test_one_is_said_in_the_singular(code: str, count: int, said: str) -> None:
    assert messages.text(code, "en", count=count, size=count) == said

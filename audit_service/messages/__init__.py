"""The Chinese and English text of every code. Used at the edges only: the command line, the web, documents.

A catalogue is a dict from a code to its Chinese and its English text, with `{name}` where a parameter stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final, Literal

from audit_service.errors import AuditError, Problem

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
WHERE: Final = ("市（州）", "city")
_NOUNS: Final = "errors|problems|units|findings|reports|cities|entries|files|rows|days"
_MANY: Final = re.compile(rf"\{{(\w+)\}} ({_NOUNS})\b( were| are| have)?")
_SINGULAR: Final = {" were": " was", " are": " is", " have": " has"}
_CATALOGUES: Final = (
    "common",
    "accounts",
    "forms",
    "draws",
    "policies",
    "policy_files",
    "frames",
    "rosters",
    "roster_files",
    "verification",
    "commands",
    "record",
    "log",
    "web",
    "upkeep",
    "notice",
    "sealed",
    "estimates",
    "lives",
    "divisions",
    "life_papers",
    "awards",
    "visits",
    "visit_forms",
    "rectification",
    "exits",
    "targets",
    "figures",
)

_WORDS: Final = {
    "life_step": "step",
    "life_would": "step",
    "life_state": "state",
    "life_sources": "state",
}
"""Parameters that are steps and states of a unit's life, by what they are called."""


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every text by its code: Chinese, English. A code that stands in two catalogues is a mistake of ours."""
    texts: dict[str, tuple[str, str]] = {}
    for name in _CATALOGUES:
        module: dict[str, tuple[str, str]] = import_module(f"{__name__}.{name}").TEXTS
        twice = texts.keys() & module.keys()
        if twice:
            raise RuntimeError(f"codes in two catalogues: {sorted(twice)}")
        texts.update(module)
    return texts


def text(code: str, language: Language, **params: object) -> str:
    """The text of a code in a language, its parameters filled in. `where` is what a city is called: as a policy says,
    else as in a province."""
    place = LANGUAGES.index(language)
    template = catalogue()[code][place]
    if language == "en":
        template = _MANY.sub(lambda many: _one(many, params), template)
    return template.format_map({"where": WHERE[place], **params})


def _one(many: re.Match[str], params: Mapping[str, object]) -> str:
    """“{count} errors were” as it is, or of one “{count} error was”."""
    number, noun, verb = many.groups()
    if str(params.get(number)) != "1":
        return many.group()
    one = "entry" if noun == "entries" else "city" if noun == "cities" else noun.removesuffix("s")
    return f"{{{number}}} {one}{_SINGULAR.get(verb or '', '')}"


def to_do(kind: str, ended: str, language: Language, **told: object) -> str:
    """What is to be done about an entry of what is due, with what is told of it; how the life of its unit ended, if it
    did."""
    what = text(f"due.{kind}", language, **told)
    return text("due.ended", language, what=what, state=text(f"life.state.{ended}", language)) if ended else what


def problem_text(problem: Problem, language: Language) -> str:
    """The text of something that is wrong; a parameter that is a form's name becomes the form's description."""
    return text(problem.code, language, **_described(problem.params, language))


def error_text(error: AuditError, language: Language) -> str:
    """The text of a domain error."""
    return problem_text(error.problem, language)


def _described(params: Mapping[str, object], language: Language) -> dict[str, object]:
    described = dict(params)
    expected = described.get("expected")
    if isinstance(expected, str):
        form, _, choices = expected.partition(":")
        if f"form.{form}" in catalogue():
            described["expected"] = text(f"form.{form}", language, choices=choices.replace("|", ", "))
    for name in described.keys() & _WORDS.keys():
        described[name] = words(f"life.{_WORDS[name]}", str(described[name]), language)
    return described


def words(kind: str, values: str, language: Language) -> str:
    """What steps, states … are called, one or several with bars between them."""
    named = [text(f"{kind}.{value}", language) for value in values.split("|")]
    return ("、" if language == "zh" else ", ").join(named)


def from_locale(environment: Mapping[str, str]) -> Language:
    """Chinese where the locale is Chinese, English elsewhere."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"

"""The policies that come with the program: every rule in its document's words, or marked as the office's own choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from audit_service.core.policy import Programme
from audit_service.core.policy_file import read_programme
from audit_service.core.rules import Rule
from audit_service.core.standards import Criterion

SOURCES = Path(__file__).parents[1] / "sources"
DOCUMENTS = {
    "sichuan-2020": "000-sichuan-2020.txt",
}
EVERY_POLICY = pytest.mark.parametrize("policy", DOCUMENTS)


@cache
def programme(policy: str) -> Programme:
    return read_programme(files("audit_service.policies").joinpath(f"{policy}.json").read_bytes())


@cache
def document(policy: str) -> str:
    """A document without white space: copies of it break lines differently."""
    return squeezed((SOURCES / DOCUMENTS[policy]).read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def parts(value: object) -> Iterator[object]:
    """A value and everything in it."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from parts(part)


def test_every_policy_that_is_shipped_has_its_document_among_the_sources() -> None:
    shipped = {entry.name for entry in files("audit_service.policies").iterdir() if entry.name.endswith(".json")}
    assert shipped == {f"{policy}.json" for policy in DOCUMENTS}
    assert all(programme(policy).policy == policy for policy in DOCUMENTS)


@EVERY_POLICY
def test_every_rule_is_in_the_document_in_these_words_or_is_the_offices_own_choice(policy: str) -> None:
    rules = [part for part in parts(programme(policy)) if isinstance(part, Rule)]
    assert len([rule for rule in rules if rule.words]) > 3
    for rule in rules:
        assert (rule.chosen is None) != (rule.words == "")
        assert squeezed(rule.words) in document(policy)


@EVERY_POLICY
def test_a_policy_bears_its_documents_title(policy: str) -> None:
    assert squeezed(dict(programme(policy).document)["title"]) in document(policy)


@EVERY_POLICY
def test_what_a_standard_asks_for_stands_in_the_document_with_its_numbers(policy: str) -> None:
    for criterion in parts(programme(policy).after):
        if isinstance(criterion, Criterion):
            assert squeezed(criterion.text.zh) in document(policy)
            for measure in criterion.measures:
                assert str(measure.value) in criterion.text.zh
            assert criterion.points is None  # none of the documents gives any


def test_sichuan_orders_85_and_258_by_city_and_closes_new_starts() -> None:
    after = programme("sichuan-2020").after
    assert [(order.order, order.total, order.level, order.within) for order in after.orders] == [
        ("naming", 85, "city", ""),
        ("livelihood", None, "city", "naming"),
        ("re-evaluation", 258, "city", ""),
    ]
    assert [(closed.step, closed.since.isoformat()) for closed in after.closed] == [("register", "2020-01-01")]
    assert [len(standard.criteria) for standard in after.standards] == [7, 9, 2, 7]
    (title,) = after.titles
    assert (title.years, title.check_within_years, title.re_evaluation_year) == (3, 2, 3)
    assert [report.report for report in after.reports if report.improvement] == ["improvement"]
    assert after.trigger_of("no-improvement") is not None

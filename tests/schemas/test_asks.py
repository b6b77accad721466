"""What bodies and queries ask of a text."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from marshmallow import ValidationError, fields, validate

import schemas.asks
from schemas.asks.bodies import NAME, SHA256, Ask, FullMatch


def asks(kind: type[Ask] = Ask) -> Iterator[type[Ask]]:
    """Every body and query of every module."""
    for module in pkgutil.iter_modules(schemas.asks.__path__):
        importlib.import_module(f"schemas.asks.{module.name}")
    for below in kind.__subclasses__():
        yield below
        yield from asks(below)


def patterns(field: fields.Field[object]) -> Iterator[validate.Regexp]:
    inner = getattr(field, "inner", None)
    yield from (each for each in field.validators if isinstance(each, validate.Regexp))
    yield from patterns(inner) if inner else ()


def test_a_line_break_behind_a_text_is_no_part_of_its_form() -> None:
    for form, text in ((NAME, "511600"), (SHA256, "ab" * 32)):
        assert form(text) == text
        for wrong in (f"{text}\n", f"\n{text}", f"{text} "):
            with pytest.raises(ValidationError):
                form(wrong)


def test_every_pattern_of_a_body_or_query_is_one_of_the_whole_text() -> None:
    found = [(ask.__name__, each) for ask in asks() for field in ask().fields.values() for each in patterns(field)]
    assert len(found) > 100
    assert {name for name, each in found if not isinstance(each, FullMatch)} == set()

"""What several answers are made of."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields


class Out(Schema):
    """An answer: a schema of what a function beside it builds."""


def text(**more: Any) -> fields.String:
    """A text that is always there."""
    return fields.String(required=True, **more)


def maybe(**more: Any) -> fields.String:
    """A text, or null where there is nothing to say."""
    return fields.String(required=True, allow_none=True, **more)


def whole(**more: Any) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, **more)


def maybe_whole() -> fields.Integer:
    """A whole number, or null where none was told."""
    return fields.Integer(required=True, allow_none=True)


def flag() -> fields.Boolean:
    """Yes or no."""
    return fields.Boolean(required=True)


def texts() -> fields.List[Any]:
    """Several texts."""
    return fields.List(fields.String(), required=True)


def many(schema: type[Schema]) -> fields.List[Any]:
    """Several of a kind."""
    return fields.List(fields.Nested(schema), required=True)


class MessagesOut(Out):
    """A text in Chinese and in English."""

    zh = text()
    en = text()


class ProblemOut(Out):
    """A problem (RFC 9457); `code` is stable, `messages` say the same in Chinese and English."""

    type = text()
    title = text()
    status = whole()
    code = text()
    detail = text()
    messages = fields.Nested(MessagesOut, required=True)
    errors = fields.Raw(metadata={"description": "What is wrong with single fields or rows"})


def paged(schema: type[Schema]) -> type[Schema]:
    """A page of a list."""
    name = schema.__name__.removesuffix("Out") + "PageOut"
    return Out.from_dict({"items": many(schema), "page": whole(), "page_size": whole(), "total": whole()}, name=name)

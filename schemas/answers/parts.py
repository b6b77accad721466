"""What several answers are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any

from marshmallow import Schema, fields

Picker = Callable[[Any], Any]


class Out(Schema):
    """An answer: a schema of what a function beside it builds.

    The function builds it of JSON's own types, so nothing is converted any more: of each object the fields that the
    schema names are picked, and nothing else gets out. A page of fifty units takes a tenth of the library's own time.
    """

    @cached_property
    def pick(self) -> Picker:
        """What of one object the schema shows."""
        pickers = {name: _picker(field) for name, field in self.dump_fields.items()}
        plain = [name for name, picker in pickers.items() if picker is None]
        nested = [(name, picker) for name, picker in pickers.items() if picker]
        if not nested:
            return lambda built: {name: built[name] for name in plain if name in built}

        def pick(built: Mapping[str, Any]) -> dict[str, Any]:
            found = {name: built[name] for name in plain if name in built}
            return found | {name: picker(built[name]) for name, picker in nested if name in built}

        return pick

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """What of an object, or of many, the schema shows."""
        several = self.many if many is None else many
        return [self.pick(each) for each in obj] if several else self.pick(obj)


def _picker(field: fields.Field[Any]) -> Picker | None:
    """How a field's value is picked from; None where it is shown as it is."""
    if isinstance(field, fields.Nested):
        return _unless_none(field.schema.pick if isinstance(field.schema, Out) else field.schema.dump)
    inner = _picker(field.inner) if isinstance(field, fields.List) else None
    if inner is None:
        return None
    return _unless_none(lambda values: [inner(value) for value in values])


def _unless_none(picker: Picker) -> Picker:
    return lambda value: None if value is None else picker(value)


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


class PageOut(Out):
    """A page of a list; `total` counts all pages."""

    page = whole()
    page_size = whole()
    total = whole()


@cache
def paged(schema: type[Schema]) -> type[Schema]:
    """A page of things of one kind."""
    name = schema.__name__.removesuffix("Out") + "PageOut"
    return PageOut.from_dict({"items": many(schema)}, name=name)

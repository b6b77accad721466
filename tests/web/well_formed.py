"""Bodies that are as the API's description says, made of the description: for tests of every route that takes one."""

from __future__ import annotations

import re
from typing import Any, Final

from tests.visiting import VISIT_DAY

WORDS: Final = ("A-well-formed-1", "F-2027-0099", "ab" * 32)
"""One of them fits each form of a text that the API asks for."""


def body_of(spec: dict[str, Any], method: str, rule: str) -> tuple[str, Any]:
    """The content type and the least body that a route takes: with nothing in it that may be left out."""
    path = re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule)
    taken = spec["paths"][path][method.lower()].get("requestBody", {"content": {"": {"schema": {}}}})
    ((kind, content),) = taken["content"].items()
    return kind, example(spec, content["schema"]) if kind == "application/json" else None


def example(spec: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The least value of a schema."""
    if "$ref" in schema:
        return example(spec, spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: example(spec, schema["properties"][name]) for name in schema.get("required", ())}
    if kind == "array":
        return [example(spec, schema["items"])] * schema.get("minItems", 0)
    if kind == "string":
        return VISIT_DAY if schema.get("format") == "date" else _text(schema.get("pattern", ""))
    return {"integer": schema.get("minimum", 1), "boolean": True}[kind]


def _text(pattern: str) -> str:
    return next(word for word in WORDS if re.search(pattern, word))

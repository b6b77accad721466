"""Lists a page at a time, in one form: `items`, `page`, `page_size`, and the `total` of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Row = TypeVar("Row")


def page_json(items: Sequence[Any], total: int, asked: Mapping[str, Any]) -> dict[str, object]:
    """A page that was found as one."""
    return {"items": list(items), "page": asked["page"], "page_size": asked["page_size"], "total": total}


def page_of(found: Sequence[Row], asked: Mapping[str, Any], show: Callable[[Row], Any]) -> dict[str, object]:
    """A page of what was found whole: what it does not hold is not shown, so that a long list takes no longer."""
    start = (asked["page"] - 1) * asked["page_size"]
    return page_json([show(row) for row in found[start : start + asked["page_size"]]], len(found), asked)

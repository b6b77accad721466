"""What the texts of a column read as: each text is read once, however many rows have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar

from marshmallow import ValidationError

from audit_service.core.incoming import UNSAVED
from audit_service.errors import Problem
from schemas.fields import Cell, RosterSchema

T = TypeVar("T")

FORMULA_ERRORS: Final = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})


class Odd(NamedTuple):
    """What a cell reads as that is wrong, or was not written as it should be."""

    value: Any
    problem: Problem | None
    tidied: str = ""
    notice: str = ""


class Once(dict[str, T]):
    """What is said of a text, found once however many rows have it."""

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, text: str) -> T:
        self[text] = found = self._find(text)
        return found


class Column(Once[Any]):
    """What each text of a column reads as: a value, or an `Odd`."""

    def __init__(self, schema: RosterSchema, name: str) -> None:
        super().__init__(self._read)
        cell = schema.load_fields[name]
        if not isinstance(cell, Cell):
            raise TypeError(f"{name} is no field of a roster")
        self._cell: Cell[Any] = cell

    def _read(self, text: str) -> Any:
        if text in FORMULA_ERRORS:
            return Odd(None, Problem("formula-error", {"found": text}))
        if text == UNSAVED:
            return Odd(None, Problem("formula-unsaved"))
        try:
            value = self._cell.deserialize(text)
        except ValidationError as error:
            return Odd(None, _problem(error))
        tidied = self._cell.tidied(text)
        if tidied == text or value in (None, ""):
            return value
        return Odd(value, None, tidied, self._cell.notice(text))


def _problem(error: ValidationError) -> Problem:
    message = error.messages[0]
    return message if isinstance(message, Problem) else Problem(message)

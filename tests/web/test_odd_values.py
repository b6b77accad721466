"""Values that only PostgreSQL minds: its texts hold no NUL, and its whole numbers have 32 bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from tests.office import on_postgres
from tests.web.desk import Desk

ODD: Final = ("a\0b", str(2**63))


def addresses(description: dict[str, Any]) -> Iterator[str]:
    """Every address that is looked at, with an odd value at each place that takes one."""
    for path, methods in description["paths"].items():
        told = [*methods.get("parameters", []), *methods.get("get", {}).get("parameters", [])]
        inside, asked = ([each["name"] for each in told if each["in"] == where] for where in ("path", "query"))
        for value in map(quote, ODD) if "get" in methods else ():
            full = path
            for name in inside:
                full = full.replace(f"{{{name}}}", value)
            yield from ([full] if inside else []) + [f"{full}?{name}={value}" for name in asked]


@on_postgres
def test_no_address_fails_for_a_value_that_the_database_cannot_hold(desk: Desk) -> None:
    asked = list(addresses(desk.ask("GET", "openapi.json").json))
    answers = {path: desk.ask("GET", path, "office").status_code for path in asked}
    assert answers["/api/v1/units/a%00b"] == 404
    assert {path: status for path, status in answers.items() if status >= 500} == {}


@on_postgres
def test_a_file_of_an_odd_name_is_kept_or_refused_in_words(desk: Desk) -> None:
    for path in ("units/import", "evidence/none/none"):
        assert 400 <= desk.send(path, "office", name="a\0b.pdf").status_code < 500

"""What a roster takes fits where it is kept: SQLite does not look, PostgreSQL would fail at the whole import."""

from __future__ import annotations

from typing import Any, Final

import pytest
from marshmallow import ValidationError
from sqlalchemy import String, Table

from audit_service.core.places import county_of
from audit_service.store import life_tables, tables
from schemas.fields import RosterSchema
from schemas.former_names import FormerNameIn
from schemas.people import PersonIn
from schemas.places import PlaceIn
from schemas.recusals import RecusalIn
from schemas.targets import TargetIn
from schemas.units import MOST_COUNTY, UnitIn

ROSTERS: Final[list[tuple[type[RosterSchema], Table]]] = [
    (UnitIn, tables.units),
    (PersonIn, tables.people),
    (RecusalIn, tables.recusals),
    (TargetIn, tables.targets),
    (FormerNameIn, tables.former_names),
    (PlaceIn, life_tables.places),
]
MEANT: Final = {"city", "status", "parent"}
"""Columns that keep the code of what a cell means, or nothing where it means nothing that is known."""


def short_columns() -> list[Any]:
    return [
        pytest.param(schema().fields[column.name], column.type.length, id=f"{table.name}.{column.name}")
        for schema, table in ROSTERS
        for column in table.columns
        if isinstance(column.type, String) and column.type.length and column.name in schema().fields
        and column.name not in MEANT
    ]  # fmt: skip


@pytest.mark.parametrize(("field", "length"), short_columns())
def test_what_a_column_does_not_hold_is_refused_in_its_cell(field: Any, length: int) -> None:
    for char in "9a县":
        with pytest.raises(ValidationError):
            field.deserialize(char * (length + 1))


@pytest.mark.parametrize("column", [life_tables.orders.c.place, life_tables.reports.c.reporter])
def test_the_longest_county_fits_behind_its_citys_code_wherever_it_comes_in(column: Any) -> None:
    assert len(county_of("9" * 9, "县" * MOST_COUNTY)) <= column.type.length

"""The annex of a year's orders (目标任务分解): a column for each order, as the policy heads it."""

from __future__ import annotations

from collections.abc import Sequence

from audit_service.core.after import Order
from audit_service.use_cases.import_orders import field_of
from schemas.fields import MAY_LACK_COLUMN, Name, RosterSchema, Whole
from schemas.targets import MOST_UNITS, TargetIn
from schemas.units import CITY, COUNTY, County


def orders_schema(orders: Sequence[Order]) -> RosterSchema:
    """The schema of an annex with these orders. An empty number is none; what the usual annex's columns are also
    headed is known here too."""
    cells = {field_of(order): _cell(order) for order in orders if order.column}
    usual = {cell.data_key: TargetIn.aliases.get(name, ()) for name, cell in TargetIn().load_fields.items()}
    aliases = {"city": CITY, "county": COUNTY} | {
        field_of(order): usual.get(order.column, ()) for order in orders if order.column
    }
    parts = {
        "__doc__": "An annex's row: a place, and what is ordered of it.",
        "identity": ("city", "county") if any(order.level == "county" for order in orders) else ("city",),
        "summed": tuple(cells),
        "aliases": aliases,
        "city": Name(data_key="市(州)", load_default="", metadata=MAY_LACK_COLUMN),
        "county": County(data_key="县(市、区)", load_default="", metadata=MAY_LACK_COLUMN),
        **cells,
    }
    made: type[RosterSchema] = type("OrdersIn", (RosterSchema,), parts)
    return made()


def _cell(order: Order) -> Whole:
    return Whole(0, MOST_UNITS, data_key=order.column, load_default=0, metadata=MAY_LACK_COLUMN)

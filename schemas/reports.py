"""A report as a table: who reports, and a column for each thing that the policy asks (月报表)."""

from __future__ import annotations

from audit_service.core.after import ReportRules
from audit_service.core.reports import asked_of
from schemas.fields import MAY_LACK_COLUMN, Cell, Name, RosterSchema, Text, UnitCode
from schemas.units import CITY, CODE, COUNTY


def reports_schema(rules: ReportRules) -> RosterSchema:
    """The schema of a table of reports. What stands in its cells is judged as when it is handed in otherwise."""
    cells = {
        field.field: Text(data_key=field.label.zh, load_default="", metadata=MAY_LACK_COLUMN)
        for field in asked_of(rules)
    }
    parts = {
        "__doc__": "A reporter, and what it says.",
        "identity": _IDENTITY[rules.reporter],
        "aliases": {"city": CITY, "county": COUNTY, "unit": CODE},
        **_reporter(rules.reporter),
        **{f"said {name}": cell for name, cell in cells.items()},
    }
    made: type[RosterSchema] = type("ReportsIn", (RosterSchema,), parts)
    return made()


_IDENTITY = {"city": ("city",), "county": ("city", "county"), "unit": ("unit",)}


def _reporter(kind: str) -> dict[str, Cell[str]]:
    if kind == "unit":
        return {"unit": UnitCode(data_key="单位编码", required=True)}
    city: dict[str, Cell[str]] = {"city": Name(data_key="市(州)", required=True)}
    return city if kind == "city" else {**city, "county": Name(data_key="县(市、区)", required=True)}

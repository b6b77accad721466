"""A report as a table: who reports, and a column for each thing that the policy asks (月报表)."""

from __future__ import annotations

from audit_service.core.after import ReportRules
from audit_service.core.place_standards import OFF, REASON
from audit_service.core.reports import asked_of
from schemas.fields import MAY_LACK_COLUMN, Cell, Name, RosterSchema, Text, UnitCode
from schemas.units import CITY, CODE, COUNTY, County


def reports_schema(rules: ReportRules) -> RosterSchema:
    """The schema of a table of reports. What stands in its cells is judged as when it is handed in otherwise."""
    cells = {
        field.field: Text(data_key=field.label.zh, load_default="", metadata=MAY_LACK_COLUMN)
        for field in asked_of(rules)
    }
    names: dict[str, tuple[str, ...]] = {}
    for name, criterion in rules.standard.criteria.items() if rules.standard else ():
        for part, heading in _OF_CRITERION.items():
            if part != OFF or criterion.points is not None:
                what = f"{criterion.text.zh}{heading}"
                cells[name + part] = Text(data_key=what, load_default="", metadata=MAY_LACK_COLUMN)
                names[f"said {name}{part}"] = (name + part,)
    parts = {
        "__doc__": "A reporter, and what it says.",
        "identity": _IDENTITY[rules.reporter],
        "aliases": {"city": CITY, "county": COUNTY, "unit": CODE, **names} | _own_heading(rules),
        **_reporter(rules.reporter),
        **{f"said {name}": cell for name, cell in cells.items()},
    }
    made: type[RosterSchema] = type("ReportsIn", (RosterSchema,), parts)
    return made()


_OF_CRITERION = {"": "", OFF: "扣分", REASON: "说明"}
"""What follows the words of a criterion in the headings of its columns; its identifier names the first one too."""
_IDENTITY = {"city": ("city",), "county": ("city", "county"), "unit": ("unit",)}


def _own_heading(rules: ReportRules) -> dict[str, tuple[str, ...]]:
    """How a list heads its reporters, beside the usual."""
    if rules.rows is None or rules.rows.reporter is None:
        return {}
    usual = {"city": CITY, "county": COUNTY, "unit": CODE}[rules.reporter]
    return {rules.reporter: (*usual, rules.rows.reporter.zh)}


def _reporter(kind: str) -> dict[str, Cell[str]]:
    if kind == "unit":
        return {"unit": UnitCode(data_key="单位编码", required=True)}
    city: dict[str, Cell[str]] = {"city": Name(data_key="市(州)", required=True)}
    return city if kind == "city" else {**city, "county": County(data_key="县(市、区)", required=True)}

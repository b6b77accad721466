"""What is due as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from audit_service.core.due import Item
from audit_service.files.excel import Cell, TableSheet
from audit_service.papers.figure_sheets import figure_sheet
from audit_service.papers.wording import Wording
from audit_service.use_cases.views import Names
from schemas.answers.due import to_do

_COLUMNS = ("column.colour", "column.due", "column.days-left", "column.to-do", "column.city", "column.name",
            "column.unit", "column.subject")  # fmt: skip


def due_sheets(wording: Wording, found: Iterable[Item], today: date, names: Names) -> list[TableSheet]:
    """The sheet, what is overdue first."""
    rows: list[list[Cell]] = [
        [
            wording.text("due.paused" if item.paused else f"colour.{item.colour.value}"),
            item.day.isoformat(),
            (item.day - today).days,
            to_do(item, wording.language),
            names.cities.get(item.city, item.city),
            names.units.get(item.unit, ""),
            item.unit,
            item.subject,
        ]
        for item in found
    ]
    title = wording.text("due.title")
    lines = [wording.text("due.says", day=today, count=len(rows))]
    return [figure_sheet(wording, title, title, _COLUMNS, rows, lines=lines)]

"""How far a year's orders are carried out, as sheets: a sheet an order, one of what befalls whom."""

from __future__ import annotations

from audit_service.core.milestones import Timing
from audit_service.core.orders import Line, Progress
from audit_service.core.places import WHOLE
from audit_service.files.excel import Cell, TableSheet
from audit_service.papers.figure_sheets import figure_sheet
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.orders import Ordered
from schemas.answers.orders import labels_of, place_name

_COLUMNS = (
    "column.place",
    "column.ordered",
    "column.done",
    "column.late",
    "column.merged",
    "column.left",
    "column.colour",
)


def order_sheets(wording: Wording, found: Ordered, cities: Cities) -> list[TableSheet]:
    """The sheets."""
    sheets = [_order(wording, found, each, cities) for each in (*found.orders, *found.quotas)]
    if found.befalls:
        sheets.append(_befalls(wording, found, cities))
    if found.milestones:
        sheets.append(_milestones(wording, found, cities))
    return sheets


def _milestones(wording: Wording, found: Ordered, cities: Cities) -> TableSheet:
    """How milestones were held, and above the table every unit that took a step outside of its time."""
    rows: list[list[Cell]] = [
        [
            wording.of(each.milestone.label),
            each.since.isoformat() if each.since else "",
            each.due.isoformat(),
            len(each.units),
            each.count(Timing.EARLY),
            each.count(Timing.LATE),
        ]
        for each in found.milestones
    ]
    lines = [
        wording.text(f"order.{unit.timing}", unit=unit.unit, city=place_name(unit.city, cities), day=unit.day,
                     milestone=wording.of(each.milestone.label))
        for each in found.milestones
        for unit in each.units
        if unit.timing is not Timing.IN_TIME
    ]  # fmt: skip
    title = wording.text("order.milestones")
    columns = ("column.milestone", "column.since", "column.until", "column.done", "column.early", "column.late")
    return figure_sheet(wording, title, title, columns, rows, lines=lines)


def _order(wording: Wording, found: Ordered, each: Progress, cities: Cities) -> TableSheet:
    label = wording.of(labels_of(found.programme)[each.name])
    said = {"policy": wording.of(found.programme.title), "year": found.year, "day": found.day, "due": each.due}
    lines = [wording.text("order.says", **said)]
    if each.since != found.year:
        lines.append(wording.text("order.says-cumulative", since=each.since))
    if each.annex != each.whole.ordered:
        lines.append(wording.text("order.says-differs", total=each.whole.ordered, given=each.annex))
    rows = [_row(wording, line, cities) for line in (*each.lines, each.whole)]
    return figure_sheet(wording, each.name, label, _COLUMNS, rows, lines=lines, total=True)


def _row(wording: Wording, line: Line, cities: Cities) -> list[Cell]:
    place = wording.text("frame-total") if line.place == WHOLE else place_name(line.place, cities)
    colour = wording.text(f"colour.{line.colour.value}")
    return [place, line.ordered, line.done, line.late, line.merged, line.left, colour]


def _befalls(wording: Wording, found: Ordered, cities: Cities) -> TableSheet:
    labels = labels_of(found.programme)
    rows: list[list[Cell]] = [
        [
            place_name(each.place, cities) or wording.text("frame-total"),
            wording.of(labels[each.order]),
            each.left,
            wording.of(labels[each.consequence]),
            wording.text("order.certain" if each.certain else "order.threatens"),
        ]
        for each in found.befalls
    ]
    title = wording.text("order.consequences")
    columns = ("column.place", "column.order", "column.left", "column.consequence", "column.certain")
    return figure_sheet(wording, title, title, columns, rows)

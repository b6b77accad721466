"""The reports of a period as a sheet: a row a reporter under the policy's own headings, and their sum."""

from __future__ import annotations

from audit_service.core.after import ReportField
from audit_service.files.excel import Cell, TableSheet
from audit_service.papers.figure_sheets import sheet_of
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.reports import Reports
from schemas.answers.orders import place_name


def report_sheets(wording: Wording, found: Reports, cities: Cities) -> list[TableSheet]:
    """The sheet; with who is missing, and what falls short, above the table."""
    fields = found.rules.fields
    headings = [wording.text("column.reporter"), *(wording.of(field.label) for field in fields)]
    headings += [wording.text("column.handed-in"), wording.text("column.late")]
    rows: list[list[Cell]] = [
        [
            place_name(each.reporter, cities),
            *(_shown(wording, field, each.said.get(field.field, "")) for field in fields),
            each.day,
            wording.text("yes") if each.late else "",
        ]
        for each in found.handed
    ]
    sums = [_shown(wording, field, found.sums.get(field.field, "")) for field in fields]
    rows.append([wording.text("frame-total"), *sums, "", ""])
    lines = [wording.text("report.says", period=found.period, due=found.due, count=len(found.handed))]
    if found.missing:
        names = "、".join(place_name(who, cities) for who in found.missing)
        lines.append(wording.text("report.missing", count=len(found.missing), names=names))
    for each in found.short:
        told = {"name": place_name(each.reporter, cities), "field": wording.of(each.field.label)}
        lines.append(wording.text("report.short", **told, said=each.said, least=f"{each.field.least:f}"))
    title = wording.of(found.rules.label)
    return [sheet_of(found.rules.report[:31], title, headings, rows, lines=lines, total=True)]


def _shown(wording: Wording, field: ReportField, value: str) -> str:
    if field.kind == "yes-no" and value:
        return wording.text(value)
    return f"{value}%" if field.kind == "ratio" and value else value

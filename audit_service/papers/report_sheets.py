"""The reports of a period as a sheet: a row a reporter under the policy's own headings, and their sum."""

from __future__ import annotations

from datetime import date

from audit_service.core.after import ReportField, ReportRules
from audit_service.core.outcomes import MET, NOT_APPLICABLE, points_text, written
from audit_service.core.standards import Criterion
from audit_service.files.excel import Cell, TableSheet
from audit_service.papers.figure_sheets import sheet_of
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.reports import Handed, Reports
from schemas.answers.orders import place_name


def report_sheets(wording: Wording, found: Reports, cities: Cities, day: date) -> list[TableSheet]:
    """The sheet, as of a day; with who is missing, and what falls short, above the table."""
    fields, standard = found.rules.fields, found.rules.standard
    criteria = list(standard.criteria.values()) if standard else []
    headings = [_reporter_heading(wording, found.rules), *(wording.of(field.label) for field in fields)]
    headings += [wording.of(criterion.text) for criterion in criteria]
    headings += [wording.text("column.score"), wording.text("column.band")] if standard and standard.full else []
    headings += [wording.text("column.handed-in"), wording.text("column.late")]
    rows: list[list[Cell]] = [
        [
            place_name(each.reporter, cities),
            *(_shown(wording, field, said.get(field.field, "")) for field in fields),
            *(_reached(wording, criterion, each) for criterion in criteria),
            *(_score(wording, each) if standard and standard.full else ()),
            each.day,
            wording.text("yes") if each.late else "",
        ]
        for each in found.handed
        for said in (each.rows if found.rules.rows else (each.said,))
    ]
    sums = [_shown(wording, field, found.sums.get(field.field, "")) for field in fields]
    counts = [wording.text("report.met", met=found.states[c.criterion][MET], of=_applying(found, c)) for c in criteria]
    total: list[Cell] = [wording.text("frame-total"), *sums, *counts]
    total += [""] * (len(headings) - len(total))
    if found.rules.rows:
        headings.insert(0, wording.text("column.number"))
        rows = [[number, *row] for number, row in enumerate(rows, start=1)]
        total.insert(0, "")
    summed = found.rules.rows is None or any(sums)
    rows += [total] if summed else []
    title = wording.of(found.rules.label)
    lines = _lines(wording, found, cities, day)
    return [sheet_of(found.rules.report, title, headings, rows, lines=lines, total=summed)]


def _lines(wording: Wording, found: Reports, cities: Cities, day: date) -> list[str]:
    """Who is missing, what falls short, what is not reached."""
    lines = [wording.text("report.says", period=found.period, due=found.due, day=day, count=len(found.handed))]
    if found.rules.rows:
        lines.append(wording.text("report.rows-there", count=sum(len(each.rows) for each in found.handed)))
    if found.missing:
        names = "、".join(place_name(who, cities) for who in found.missing)
        lines.append(wording.text("report.missing", count=len(found.missing), names=names))
    for each in found.short:
        field = wording.of(each.field.label) if each.field else wording.text("report.rows")
        told = {"name": place_name(each.reporter, cities), "field": field}
        lines.append(wording.text("report.short", **told, said=each.said, least=each.least))
    criteria = found.rules.standard.criteria if found.rules.standard else {}
    for handed, answer in found.unmet:
        criterion = criteria[answer.criterion]
        told = {"name": place_name(handed.reporter, cities), "criterion": wording.of(criterion.text)}
        reached = _reached(wording, criterion, handed)
        lines.append(wording.text("report.unmet", **told, found=reached, why=answer.reason))
    return lines


def _reporter_heading(wording: Wording, rules: ReportRules) -> str:
    own = rules.rows.reporter if rules.rows else None
    return wording.of(own) if own else wording.text("column.reporter")


def _shown(wording: Wording, field: ReportField, value: str) -> str:
    if field.kind == "yes-no" and value:
        return wording.text(value)
    return f"{value}%" if field.kind == "ratio" and value else value


def _reached(wording: Wording, criterion: Criterion, handed: Handed) -> str:
    """What a place reaches of a criterion: the numbers found, and the state."""
    answers = handed.reached.answers if handed.reached else ()
    answer = next((each for each in answers if each.criterion == criterion.criterion), None)
    if answer is None:
        return ""
    state = wording.text(f"visit.state.{answer.state}")
    numbers = "; ".join(written(number) for number in answer.numbers if number is not None)
    return wording.text("report.found", numbers=numbers, state=state) if numbers else state


def _score(wording: Wording, handed: Handed) -> list[Cell]:
    found = handed.reached
    return [points_text(found.score), wording.of(found.band.label) if found.band else ""] if found else ["", ""]


def _applying(found: Reports, criterion: Criterion) -> int:
    """Of how many reporters a criterion is asked."""
    return sum(count for state, count in found.states[criterion.criterion].items() if state != NOT_APPLICABLE)

"""What a report says (月报告、年度报告、阶段评估): whether it says all that its policy asks, and several added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from audit_service.core.after import ReportField, ReportRules
from audit_service.core.labels import squeezed
from audit_service.core.place_standards import read_answers, said_of
from audit_service.core.reporting_periods import last_day
from audit_service.errors import Problem

Said = Mapping[str, str]
"""By field what was said, as text: money and numbers in digits, yes and no as `yes` and `no`."""

MOST: Final = 4000
"""Characters of a text."""
_MONEY: Final = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_RATIO: Final = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,2})?")
_YES_NO: Final = {"是": "yes", "否": "no", "yes": "yes", "no": "no"}
_FORMS: Final = {"money": _MONEY, "count": _COUNT, "ratio": _RATIO}
SUMMED: Final = ("money", "count")


def asked_of(rules: ReportRules) -> tuple[ReportField, ...]:
    """The fields that a reporter fills in: all but the ratios that are computed."""
    return tuple(field for field in rules.fields if field.share is None)


def read_report(rules: ReportRules, said: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """What a report says, written in one way, with the ratios computed; and everything that is wrong with it."""
    asked = {field.field: field for field in asked_of(rules)}
    known = [*asked, *(said_of(rules.standard) if rules.standard else ())]
    wrong = [
        Problem("report-field-unknown", {"field": name, "known": ", ".join(known)})
        for name in sorted(said.keys() - set(known))
    ]
    found = {}
    for name, field in asked.items():
        text = said.get(name, "").strip()
        value = _read(field, text) if text else ""
        if value is None:
            wrong.append(
                Problem("report-field-form", {"field": field.label.zh, "found": text[:40], "kind": field.kind})
            )
        elif not value and field.needed:
            wrong.append(Problem("report-field-empty", {"field": field.label.zh}))
        else:
            found[name] = value
    if rules.standard:
        answers, faults = read_answers(rules.standard, said)
        found |= answers
        wrong += faults
    wrong += [
        Problem("report-field-form", {"field": name, "found": text[:40], "kind": "text"})
        for name, text in sorted(said.items())
        if name not in asked and len(text) > MOST
    ]
    return with_ratios(rules, found), wrong


def read_list(
    rules: ReportRules, said: Mapping[str, str], rows: Sequence[Said]
) -> tuple[list[dict[str, str]], list[tuple[int, Problem]]]:
    """The rows of a report that is a list, written in one way; and everything that is wrong, each with the number of
    its row (from 1; 0: the report)."""
    wrong = [(0, Problem("report-is-list", {"fields": ", ".join(sorted(said))}))] if said else []
    if not rows:
        wrong.append((0, Problem("report-rows-none", {})))
    found = []
    for number, row in enumerate(rows, start=1):
        read, problems = read_report(rules, row)
        found.append(read)
        wrong += [(number, problem) for problem in problems]
    return found, wrong


def _read(field: ReportField, text: str) -> str | None:
    """A value in its one form; nothing for what is none."""
    if field.kind == "text":
        return text if len(text) <= MOST else None
    if field.kind == "yes-no":
        return _YES_NO.get(text)
    number = squeezed(text).replace(",", "").removesuffix("%" if field.kind == "ratio" else "万元")
    if field.kind == "count" and re.fullmatch(r"[0-9]+\.0+", number):
        number = number.partition(".")[0]
    return number if _FORMS[field.kind].fullmatch(number) else None


def with_ratios(rules: ReportRules, said: Mapping[str, str]) -> dict[str, str]:
    """What is said, with the ratios that follow from it, in per cent to two places; empty where the whole is nought."""
    found = dict(said)
    for field in rules.fields:
        if field.share:
            part, whole = (Decimal(said.get(name) or "0") for name in field.share)
            found[field.field] = f"{part * 100 / whole:.2f}" if whole else ""
    return found


def summed(rules: ReportRules, reports: Iterable[Said]) -> dict[str, str]:
    """Several reports added up: money and numbers, and the ratios of the sums. Texts are not there."""
    reports = list(reports)
    sums = {
        field.field: f"{sum((Decimal(said.get(field.field) or '0') for said in reports), Decimal(0))}"
        for field in rules.fields
        if field.kind in SUMMED
    }
    return with_ratios(rules, sums)


def short_of(rules: ReportRules, said: Said) -> tuple[ReportField, ...]:
    """The fields in which a report says less than the document asks for; what it leaves out is nought."""
    return tuple(
        field
        for field in rules.fields
        if field.least is not None and Decimal(said.get(field.field) or "0") < field.least
    )


def due_on(rules: ReportRules, period: str) -> date:
    """By when the report of a period is due."""
    if rules.by:
        return date.fromisoformat(f"{period[:4]}-{rules.by}")
    return last_day(period) + timedelta(days=rules.days)


def is_owed(rules: ReportRules, named_on: str, period: str) -> bool:
    """Whether a unit owes the report of a period: one on its improvement for each whole year of its title, and so none
    for the year in which it was named; it is asked where nobody knows that day. What is due, what is missing and the
    exit cause ask here alike."""
    return not rules.improvement or rules.reporter != "unit" or named_on[:4] < period[:4]


def rules_of(reports: Sequence[ReportRules], name: str) -> ReportRules | None:
    """The rules of a report by its name."""
    return next((rules for rules in reports if rules.report == name), None)

"""The form of a visit (现场抽验记录) as a team fills it in offline, read back: three sheets, in Chinese or in English.

The first has a row for each criterion, the second one for each finding, the third what is said of the visit as a whole.
A row is known by the criterion's identifier in its first column; what cannot be read is told cell by cell, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from marshmallow import ValidationError

from audit_service.core.after import After
from audit_service.core.incoming import Sheet, SourceFile
from audit_service.core.outcomes import KINDS, STATES
from audit_service.errors import Finding, Problem, RosterErrors
from audit_service.messages import LANGUAGES, text
from schemas.days import Day

ANSWERS: Final = ("criterion", "number", "area", "content", "method", "points", "asked", "found", "state", "off", "got",
                  "reason", "veto")  # fmt: skip
"""The columns of the first sheet: 考评项目、内容、考评方式、标准分、扣分、得分、扣分原因、否决项, and numbers."""
FINDINGS: Final = ("finding", "criterion", "severity", "description", "deadline", "responsible")
WHOLE: Final = ("occasion", "unit", "kind", "day", "document", "remarks", "verdict", "verdict_reason", "city_score",
                "city_verdict")  # fmt: skip
OWN: Final = ("city_score", "city_verdict")
"""What the city itself found; asked for where the policy compares it, in the policy's own words for a city."""
VERDICTS: Final = ("passed", "rectify", "failed")
BLANK_FINDINGS: Final = 20
"""Empty rows for findings in the form."""
BETWEEN: Final = re.compile(r"[;；]")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_A_DAY: Final = Day()


@dataclass(frozen=True)
class Form:
    """What a form says, as the API takes it; of which draw and unit it is; where each criterion stands."""

    said: dict[str, Any]
    occasion: str
    unit: str
    file: str
    sheet: str
    places: Mapping[str, int]

    def in_place(self, error: RosterErrors) -> RosterErrors:
        """The same errors, with the place of each criterion in the file."""
        found = [
            replace(each, file=self.file, sheet=self.sheet, row=self.places[each.column])
            if each.column in self.places
            else replace(each, file=self.file)
            for each in error.findings
        ]
        return RosterErrors(found, error.code)


def sheet_name(name: str, language: str) -> str:
    """The name of a sheet of the form."""
    return text(f"visit.sheet-{name}", "zh" if language == "zh" else "en")


def _own_forms() -> Iterator[tuple[str, re.Pattern[str]]]:
    """How each line of `OWN` may be headed, whatever a policy calls its cities."""
    for field in OWN:
        for language in LANGUAGES:
            before, _, after = text(f"visit.own-{field}", language, where="\0").partition("\0")
            yield field, re.compile(f"{re.escape(before)}.+{re.escape(after)}")


def read_form(source: SourceFile) -> Form:
    """The form; `RosterErrors` with everything in it that cannot be read."""
    if source.errors:
        raise RosterErrors(source.errors, "outcome-errors")
    return _Reading(source).form()


class _Reading:
    def __init__(self, source: SourceFile) -> None:
        self._file = source.file
        self._sheets = {sheet.name: sheet for sheet in source.sheets}
        self._errors: list[Finding] = []

    def form(self) -> Form:
        """Everything, read; what is wrong in it together."""
        answers, findings, whole = self._rows("answers", ANSWERS), self._rows("findings", FINDINGS), self._whole()
        places = {row["criterion"]: number for number, row in answers if row["criterion"]}
        sheet = self._named("answers")
        said = {
            "kind": self._word("kind", whole.get("kind", ""), KINDS, "inspected"),
            "day": self._day("day", whole.get("day", ""), needed=True),
            "document": whole.get("document", ""),
            "remarks": whole.get("remarks", ""),
            "verdict": self._word("verdict", whole.get("verdict", ""), VERDICTS, ""),
            "reason": whole.get("verdict_reason", ""),
            "city_score": self._number("city_score", whole.get("city_score", "")),
            "city_verdict": self._word("verdict", whole.get("city_verdict", ""), VERDICTS, ""),
            "findings": [
                self._finding(number, row) for number, row in findings if _says(row, "description", "severity")
            ],
        }
        empty = said["kind"] != "inspected" and not any(_says(row, "state", "off", "found") for _, row in answers)
        said["answers"] = [] if empty else [self._answer(number, row) for number, row in answers if row["criterion"]]
        if self._errors:
            raise RosterErrors(self._errors, "outcome-errors")
        return Form(
            said, whole.get("occasion", ""), whole.get("unit", ""), self._file, sheet.name if sheet else "", places
        )

    def _named(self, name: str) -> Sheet | None:
        return next(
            (self._sheets[known] for known in (sheet_name(name, each) for each in LANGUAGES) if known in self._sheets),
            None,
        )

    def _wrong(self, code: str, sheet: str = "", row: int = 0, column: str = "", **params: object) -> None:
        self._errors.append(Finding(self._file, sheet, row, column, Problem(code, params)))

    def _rows(self, name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        """The rows below the headings, by field; the headings may stand in any order and language."""
        sheet = self._named(name)
        if sheet is None:
            self._wrong("form-sheet", name=sheet_name(name, "zh"))
            return []
        headings = {text(f"visit.column-{field}", language): field for field in columns for language in LANGUAGES}
        for place, (_, cells) in enumerate(sheet.rows):
            fields = {headings[cell]: column for column, cell in enumerate(cells) if cell in headings}
            if len(fields) > len(columns) // 2:
                missing = [field for field in columns if field not in fields]
                for field in missing:
                    self._wrong("form-column", sheet.name, name=text(f"visit.column-{field}", "zh"))
                below = sheet.rows[place + 1 :]
                return [(n, {f: row[c] for f, c in fields.items()} | dict.fromkeys(missing, "")) for n, row in below]
        self._wrong("form-headings", sheet.name, name=sheet.name)
        return []

    def _whole(self) -> dict[str, str]:
        """The third sheet: what is asked in one column, what was written in the next."""
        sheet = self._named("whole")
        if sheet is None:
            self._wrong("form-sheet", name=sheet_name("whole", "zh"))
            return {}
        asked = {text(f"visit.column-{field}", language): field for field in WHOLE for language in LANGUAGES}
        rows = [(cells[0], cells[1]) for _, cells in sheet.rows if len(cells) > 1]
        own = {name: field for name, _ in rows for field, form in _own_forms() if form.fullmatch(name)}
        return {(asked.get(name) or own[name]): said for name, said in rows if name in asked or name in own}

    def _answer(self, number: int, row: Mapping[str, str]) -> dict[str, Any]:
        found = [part.strip() for part in BETWEEN.split(row["found"])] if row["found"] else []
        return {
            "criterion": row["criterion"],
            "state": self._word("state", row["state"], STATES, "", number),
            "numbers": [self._number("found", part, number) for part in found],
            "off": self._number("off", row["off"], number),
            "got": self._number("got", row["got"], number),
            "reason": row["reason"],
        }

    def _finding(self, number: int, row: Mapping[str, str]) -> dict[str, Any]:
        return {**row, "deadline": self._day("deadline", row["deadline"], number)}

    def _word(self, kind: str, found: str, known: tuple[str, ...], nothing: str, row: int = 0) -> str:
        """A word of a closed list, in either language or as the API writes it."""
        words = {text(f"visit.{kind}.{each}", language): each for each in known for language in LANGUAGES}
        if not found:
            return nothing
        if found in words or found in known:
            return words.get(found, found)
        may = "、".join(text(f"visit.{kind}.{each}", "zh") for each in known)
        self._cell(kind, row, "form-word", found=found, known=may)
        return nothing

    def _number(self, field: str, found: str, row: int = 0) -> str:
        written = found.strip().rstrip("%％分")
        if written and not _NUMBER.fullmatch(written):
            self._cell(field, row, "form-number", found=found)
            return ""
        return written

    def _day(self, field: str, found: str, row: int = 0, *, needed: bool = False) -> str:
        if day := _day(found):
            return day
        if found or needed:
            self._cell(field, row, "form-day", found=found or "-")
        return ""

    def _cell(self, field: str, row: int, code: str, **params: object) -> None:
        sheet = self._named("answers" if row and field in ANSWERS else "findings" if row else "whole")
        self._wrong(code, sheet.name if sheet else "", row, text(f"visit.column-{field}", "zh"), **params)


def in_terms_of(said: Mapping[str, Any], after: After, stratum: str) -> dict[str, Any]:
    """What a form says with the names of a policy where people wrote its words.

    They write severities by their labels, and the criteria of findings by their numbers in the document.
    """
    severities = after.rectification.severities if after.rectification else ()
    words = {label: s.severity for s in severities for label in (s.label.zh, s.label.en)}
    numbers = {c.number: name for each in after.standards_of(stratum) for name, c in each.criteria.items() if c.number}
    findings = [
        {
            **wrong,
            "severity": words.get(wrong["severity"], wrong["severity"]),
            "criterion": numbers.get(wrong["criterion"], wrong["criterion"]),
        }
        for wrong in said["findings"]
    ]
    return {**said, "findings": findings}


def _says(row: Mapping[str, str], *fields: str) -> bool:
    return any(row.get(field) for field in fields)


def _day(found: str) -> str:
    """The day that a cell says, as rosters read days; nothing for a month, and for what is none."""
    try:
        day: str = _A_DAY.deserialize(found) if found else ""
    except ValidationError:
        return ""
    return day if day.count("-") == 2 else ""

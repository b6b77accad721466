"""The form of a visit, 现场抽验记录, as a workbook to fill in offline, and the checklist behind it as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from audit_service.core.outcomes import written
from audit_service.core.standards import LEAST, Area, Criterion, Measure, Standard
from audit_service.files.excel import Cell, Group, TableSheet
from audit_service.papers.wording import Wording
from audit_service.use_cases.own_counts import Own, Owns
from audit_service.use_cases.views import Names
from audit_service.use_cases.visited import Visited
from audit_service.use_cases.visits import Visit
from schemas.visit_sheets import ANSWERS, BLANK_FINDINGS, FINDINGS, OWN, WHOLE, sheet_name

_WIDTHS: Final = (16, 8, 18, 40, 14, 8, 22, 12, 12, 8, 8, 24, 8)


def standards_of(visit: Visit) -> list[Standard]:
    """The standards by which a visit's unit is looked at."""
    return visit.programme.after.standards_of(visit.checklist)


def owns_of(criterion: Criterion, owns: Owns) -> Sequence[Own | None]:
    """What the system counts of each number that a criterion asks for."""
    return owns.get(criterion.criterion, [None] * len(criterion.measures))


def form_sheets(wording: Wording, visit: Visit, found: Visited, names: Names, owns: Owns) -> list[TableSheet]:
    """The three sheets, with what was recorded so far already written in, and what the system counts by itself."""
    return _Form(wording, visit, found, names, owns).sheets()


class _Form:
    def __init__(self, wording: Wording, visit: Visit, found: Visited, names: Names, owns: Owns) -> None:
        self._wording, self._visit, self._names, self._owns = wording.under(visit.programme), visit, names, owns
        self._said: Mapping[str, Any] = found.latest.content["said"] if found.latest else {}

    def _text(self, code: str, **params: object) -> str:
        return self._wording.text(f"visit.{code}", **params)

    def sheets(self) -> list[TableSheet]:
        """Criteria, findings, the whole."""
        return [
            self._sheet("answers", ANSWERS, list(self._criteria()), _WIDTHS),
            self._sheet("findings", FINDINGS, self._findings(), (14, 18, 12, 48, 14, 24)),
            self._sheet("whole", ("asked-whole", "said-whole"), self._whole(), (28, 60)),
        ]

    def _sheet(
        self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: tuple[int, ...]
    ) -> TableSheet:
        unit = self._names.units.get(self._visit.whose, "")
        head = self._text("head", occasion=self._visit.occasion, unit=self._visit.unit, name=unit)
        return TableSheet(
            name=sheet_name(name, self._wording.language),
            title=self._text(f"sheet-{name}"),
            lines=(head, self._text(f"how-{name}")),
            groups=(Group("", tuple(self._text(f"column-{column}") for column in columns)),),
            rows=rows,
            widths=widths,
        )

    def _criteria(self) -> list[list[Cell]]:
        answers = {answer["criterion"]: answer for answer in self._said.get("answers", ())}
        return [
            self._criterion(area, criterion, answers.get(criterion.criterion))
            for standard in standards_of(self._visit)
            for area in standard.areas
            for criterion in area.criteria
        ]

    def _criterion(self, area: Area, criterion: Criterion, answer: Mapping[str, Any] | None) -> list[Cell]:
        return [
            criterion.criterion,
            criterion.number,
            self._wording.of(area.label),
            self._wording.of(criterion.text),
            "、".join(area.methods),
            "" if criterion.points is None else written(criterion.points),
            "； ".join(map(self._measure, criterion.measures, owns_of(criterion, self._owns))),
            "；".join(answer["numbers"]) if answer else "",
            self._text(f"state.{answer['state']}") if answer else "",
            answer["off"] if answer else "",
            answer["got"] if answer else "",
            answer["reason"] if answer else "",
            self._text("yes") if criterion.veto else "",
        ]

    def _measure(self, measure: Measure, own: Own | None) -> str:
        sign = "≥" if measure.bound == LEAST else "≤"
        per = self._text(f"per.{measure.per}") if measure.per else ""
        known = self._text("own-count", **own._asdict()) if own else ""
        return f"{sign}{written(measure.value)} {self._wording.of(measure.of)}{per}{known}"

    def _findings(self) -> list[list[Cell]]:
        rules = self._visit.programme.after.rectification
        labels = {s.severity: self._wording.of(s.label) for s in rules.severities} if rules else {}
        found = [{**w, "severity": labels.get(w["severity"], w["severity"])} for w in self._said.get("findings", ())]
        said = [[wrong[column] for column in FINDINGS] for wrong in found]
        return [*said, *([""] * len(FINDINGS) for _ in range(BLANK_FINDINGS))]

    def _whole(self) -> list[list[Cell]]:
        said = self._said
        kind, verdict, own = (said.get(name, "") for name in ("kind", "verdict", "city_verdict"))
        values = {
            "occasion": self._visit.occasion,
            "unit": self._visit.unit,
            "kind": self._text(f"kind.{kind or 'inspected'}"),
            "day": said.get("day", ""),
            "document": said.get("document", ""),
            "remarks": said.get("remarks", ""),
            "verdict": self._text(f"verdict.{verdict}") if verdict else "",
            "verdict_reason": said.get("reason", ""),
            "city_score": said.get("city_score", ""),
            "city_verdict": self._text(f"verdict.{own}") if own else "",
        }
        return [[self._asked(name), values[name]] for name in WHOLE if name not in OWN or self._compared]

    @property
    def _compared(self) -> bool:
        """Whether the policy holds the city's own result beside ours, or one was recorded all the same."""
        after = self._visit.programme.after
        return after.deviation is not None or any(self._said.get(name) for name in OWN)

    def _asked(self, name: str) -> str:
        own = name in OWN and self._visit.programme.places is not None
        return self._text(f"own-{name}" if own else f"column-{name}")


def checklist_json(visit: Visit, owns: Owns) -> dict[str, Any]:
    """The standards of a visit, with every criterion, what it asks for and what the system counts of that by itself, as
    JSON's own types."""
    return {
        "occasion": visit.occasion,
        "unit": visit.unit,
        "policy": visit.programme.policy,
        "packet": visit.packet,
        "team": list(visit.team),
        "standards": [_standard_json(standard, owns) for standard in standards_of(visit)],
        "severities": _severities(visit),
    }


def _severities(visit: Visit) -> list[dict[str, Any]]:
    rules = visit.programme.after.rectification
    known = rules.severities if rules else ()
    return [{"severity": s.severity, "label": {"zh": s.label.zh, "en": s.label.en}, "days": s.days} for s in known]


def _standard_json(standard: Standard, owns: Owns) -> dict[str, Any]:
    return {
        "standard": standard.standard,
        "label": {"zh": standard.label.zh, "en": standard.label.en},
        "areas": [
            {
                "area": area.area,
                "label": {"zh": area.label.zh, "en": area.label.en},
                "methods": list(area.methods),
                "criteria": [_criterion_json(criterion, owns) for criterion in area.criteria],
            }
            for area in standard.areas
        ],
    }


def _criterion_json(criterion: Criterion, owns: Owns) -> dict[str, Any]:
    return {
        "criterion": criterion.criterion,
        "number": criterion.number,
        "text": {"zh": criterion.text.zh, "en": criterion.text.en},
        "points": None if criterion.points is None else written(criterion.points),
        "veto": criterion.veto,
        "measures": [
            {
                "bound": measure.bound,
                "value": written(measure.value),
                "of": {"zh": measure.of.zh, "en": measure.of.en},
                "per": measure.per,
                "own": own._asdict() if own else None,
            }
            for measure, own in zip(criterion.measures, owns_of(criterion, owns), strict=True)
        ],
    }

"""The frame check as a workbook, 抽样框核对表: the numbers by city, and every unit by name, to be published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit_service.core.reconciliation import Line
from audit_service.core.rules import Attributes, Ground, Rule
from audit_service.files.excel import Cell, Group, TableSheet
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.reconciling import Checked
from schemas.answers.frames import COLUMNS, numbers


def sheets(wording: Wording, checked: Checked, cities: Cities, draw: str) -> list[TableSheet]:
    """The sheets: numbers, frame, exclusions, units that are not concerned. `draw` is empty before the freezing."""
    writing = _Sheets(wording, checked, cities, draw)
    return [writing.numbers(), writing.frame(), writing.exclusions(), writing.others()]


class _Sheets:
    def __init__(self, wording: Wording, checked: Checked, cities: Cities, draw: str) -> None:
        self._wording, self._checked, self._cities = wording.under(checked.programme), checked, cities
        policy = wording.of(checked.programme.title)
        self._lines = (self._text("frame.sheet-of", policy=policy, draw=draw) if draw else policy,)

    def _text(self, code: str, **params: object) -> str:
        return self._wording.text(code, **params)

    def _label(self, kind: str, name: str) -> str:
        return self._wording.label(self._checked.programme, kind, name)

    def _city(self, city: str) -> str:
        return self._cities.get(city, city)

    def numbers(self) -> TableSheet:
        """By city, for each target what is ordered, listed, in the frame and excluded; and what the city confirmed."""
        targets = [target.target for target in self._checked.programme.targets]
        columns = tuple(self._text(f"column.{name}") for name in COLUMNS)
        rows: list[list[Cell]] = [
            [number, self._city(city), *self._counts(city, targets), self._notes(city), self._confirmed(city)]
            for number, city in enumerate(self._checked.cities, start=1)
        ]
        sums = [self._counts(city, targets) for city in self._checked.cities]
        total = [sum(column) for column in zip(*sums, strict=True)] or [0] * len(targets) * len(COLUMNS)
        rows.append(["", self._text("frame-total"), *total, "", ""])
        return TableSheet(
            name=self._text("frame.sheet-numbers"),
            title=self._text("frame.title-numbers"),
            lines=self._lines,
            groups=(
                Group("", (self._text("column.number"), self._text("column.city"))),
                *(Group(self._label("target", target), columns) for target in targets),
                Group("", (self._text("column.explained"), self._text("column.confirmed"))),
            ),
            rows=rows,
            widths=(6, 20, *(8,) * len(targets) * len(COLUMNS), 24, 24),
            total=True,
        )

    def _counts(self, city: str, targets: Sequence[str]) -> list[int]:
        lines = {line.target: line for line in self._checked.reconciliation.lines if line.city == city}
        return [
            value for target in targets for value in (numbers(lines[target]) if target in lines else [0] * len(COLUMNS))
        ]

    def _notes(self, city: str) -> str:
        lines = (line for line in self._checked.reconciliation.lines if line.city == city and line.difference)
        return "\n".join(
            f"{self._label('target', line.target)} {line.difference:+d}: {self._explained(line)}" for line in lines
        )

    def _explained(self, line: Line) -> str:
        if line.settling:
            return line.settling.document
        if told := line.outdated:
            return self._text("frame.explained-other", day=told.day, document=told.document)
        return self._text("frame.unexplained")

    def _confirmed(self, city: str) -> str:
        seen = self._checked.confirmations.get(city)
        if seen is None:
            return ""
        changed = "" if seen.current else "\n" + self._text("frame.changed-since")
        return f"{seen.day} {seen.file}{changed}"

    def frame(self) -> TableSheet:
        """Every unit that can be drawn, with its stratum, rate and method."""
        programme = self._checked.programme
        rules = {stratum.stratum: stratum for stratum in programme.strata}
        rows = []
        for unit, stratum, ground in self._placed():
            if stratum and not ground:
                rate = f"{rules[stratum].rate_bp / 100:g}%"
                method = self._label("method", rules[stratum].method)
                rows.append([*self._who(unit), self._label("stratum", stratum), rate, method])
        return self._units("frame", ("stratum", "rate", "method"), rows, (26, 8, 14))

    def exclusions(self) -> TableSheet:
        """Every unit that is excluded, with its ground and where that ground stands; by a plan, with its document."""
        grounds = {ground.ground: ground for ground in self._checked.programme.exclusions}
        rows = [
            [
                *self._who(unit),
                self._label("stratum", stratum),
                self._label("ground", ground),
                "\n".join((self._words(grounds[ground].rule), *self._plans(unit["unit"], grounds[ground]))),
            ]
            for unit, stratum, ground in self._placed()
            if ground
        ]
        return self._units("exclusions", ("stratum", "ground", "basis"), rows, (26, 20, 40))

    def _plans(self, unit: str, ground: Ground) -> Iterable[str]:
        """The plans by which a ground holds: whose, and by which document. Their days would tell of visits to come."""
        for level, document in self._checked.plans_of(unit, ground):
            shown = document or self._text("frame.plan-undocumented")
            yield self._text("frame.plan", level=self._label("level", level), document=shown)

    def others(self) -> TableSheet:
        """Every unit that the policy does not concern this time, with its status."""
        rows = [[*self._who(unit), self._status(unit)] for unit, stratum, _ in self._placed() if not stratum]
        return self._units("others", ("status",), rows, (20,))

    def _status(self, unit: Attributes) -> str:
        known = (status for status in self._checked.programme.statuses if status.status == unit["status"])
        found = next(known, None)
        if found is None:
            return unit["status"]
        return found.labels[0] if self._wording.language == "zh" else found.english

    def _words(self, rule: Rule) -> str:
        if rule.chosen:
            return self._wording.of(rule.chosen)
        return f"〔{rule.place}〕{rule.words}"

    def _placed(self) -> Iterable[tuple[Attributes, str, str]]:
        """Every unit and finding with its stratum and the ground on which it is excluded; city by city, by code."""
        programme = self._checked.programme
        for unit, of in sorted(self._checked.members, key=lambda member: (member[0]["city"], member[0]["unit"])):
            stratum = next(iter(programme.strata_of(unit, of)), "")
            yield unit, stratum, programme.ground_of(unit, stratum) if stratum else ""

    def _who(self, unit: Attributes) -> list[Cell]:
        return [self._city(unit["city"]), unit["county"], unit["name"], unit["unit"]]

    def _units(
        self, kind: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: tuple[int, ...]
    ) -> TableSheet:
        headings = ("number", "city", "county", "name", "unit", *columns)
        return TableSheet(
            name=self._text(f"frame.sheet-{kind}"),
            title=self._text(f"frame.title-{kind}"),
            lines=(*self._lines, self._text(f"frame.says-{kind}", count=len(rows))),
            groups=(Group("", tuple(self._text(f"column.{name}") for name in headings)),),
            rows=[[number, *row] for number, row in enumerate(rows, start=1)],
            widths=(6, 20, 16, 24, 14, *widths),
        )

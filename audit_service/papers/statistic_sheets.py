"""Statistics of a campaign as sheets: by stratum, by city, by both; what was excluded, found, and how cases ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit_service.core.policy import Programme
from audit_service.core.statistics import Figures, beside, by_city, by_stratum, whole
from audit_service.files.excel import Cell as Value
from audit_service.files.excel import TableSheet
from audit_service.papers.figure_sheets import figure_sheet
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.statistics import Statistics

_COLUMNS = (
    *("column.listed", "column.excluded", "column.sampled", "column.visited", "column.unsigned"),
    *("column.passed", "column.to-rectify", "column.failed", "column.findings", "column.closed"),
    *("column.in-time", "column.overdue", "column.cases"),
)


def statistic_sheets(
    wording: Wording, found: Statistics, cities: Cities, programme: Programme | None
) -> list[TableSheet]:
    """The sheets. A policy that is not installed any more has its names in place of its labels."""
    return _Sheets(wording, found, cities, programme).all()


class _Sheets:
    def __init__(self, wording: Wording, found: Statistics, cities: Cities, programme: Programme | None) -> None:
        self._wording, self._found, self._cities, self._programme = wording.under(programme), found, cities, programme
        self._lines = [self._text("statistics.says", campaign=found.campaign, day=found.day)]
        if found.sealed:
            self._lines.append(self._text("statistics.sealed"))

    def _text(self, code: str, **params: object) -> str:
        return self._wording.text(code, **params)

    def _label(self, kind: str, name: str) -> str:
        return self._wording.label(self._programme, kind, name) if self._programme else name

    def all(self) -> list[TableSheet]:
        """Strata with their sum, cities, both; then what the counts are made of."""
        cells = self._found.cells
        total = [self._text("frame-total"), *_row(whole(cells))]
        strata: list[list[Value]] = [
            [self._label("stratum", name), *_row(each)] for name, each in by_stratum(cells).items()
        ]
        own = [self._text("statistics.beside"), *_row(beside(cells))]
        by: list[list[Value]] = [[self._city(name), *_row(each)] for name, each in by_city(cells).items()]
        both: list[list[Value]] = [
            [self._city(cell.city), self._label("stratum", cell.stratum), *_row(each)]
            for cell, each in cells.items()
            if cell.stratum
        ]
        return [
            self._sheet("strata", ("column.stratum",), [*strata, own, total]),
            self._sheet("cities", ("column.city",), [*by, total]),
            self._sheet("cells", ("column.city", "column.stratum"), both, total=False),
            self._parts(),
        ]

    def _city(self, city: str) -> str:
        return self._cities.get(city, city)

    def _sheet(
        self, name: str, first: Sequence[str], rows: Sequence[Sequence[Value]], *, total: bool = True
    ) -> TableSheet:
        title = self._text(f"statistics.{name}")
        return figure_sheet(self._wording, title, title, (*first, *_COLUMNS), rows, lines=self._lines, total=total)

    def _parts(self) -> TableSheet:
        """Exclusions by ground, findings by area, exit cases by cause and by ending, visits by how they ended."""
        figures = whole(self._found.cells)
        rows: list[list[Value]] = [
            *self._counted("column.ground", figures.excluded, {g: self._label("ground", g) for g in figures.excluded}),
            *self._counted("column.area", figures.findings, self._areas()),
            *self._counted("column.cause", figures.causes, {c: self._text(f"cause.{c}") for c in figures.causes}),
            *self._counted("column.ending", figures.exits, {e: self._text(f"ending.{e}") for e in figures.exits}),
            *self._counted("column.kind", figures.kinds, {}),
        ]
        title = self._text("statistics.parts")
        return figure_sheet(self._wording, title, title, ("column.what", "column.name-of", "column.count"), rows)

    def _counted(self, code: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Iterable[list[Value]]:
        for name in sorted(counts):
            if counts[name]:
                yield [self._text(code), labels.get(name, name) or "-", counts[name]]

    def _areas(self) -> dict[str, str]:
        standards = self._programme.after.standards if self._programme else ()
        return {area.area: self._wording.of(area.label) for standard in standards for area in standard.areas}


def _row(found: Figures) -> list[Value]:
    """Counts; where a share is meant, beside what it is a share of: `3/12`."""
    sampled: Value = "-" if found.sampled is None else found.sampled
    failed = f"{found.verdicts['failed']}/{found.judged}"
    in_time = f"{found.in_time}/{found.closed + found.overdue}"
    verdicts = found.verdicts["passed"], found.verdicts["rectify"], failed
    findings = sum(found.findings.values()), found.closed, in_time, found.overdue
    return [
        found.listed,
        sum(found.excluded.values()),
        sampled,
        found.visited,
        found.unsigned,
        *verdicts,
        *findings,
        found.cases,
    ]

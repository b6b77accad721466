"""Exit cases as sheets: by campaign and, beside the campaigns, by year; each in one row, by cause and by ending."""

from __future__ import annotations

from collections.abc import Sequence

from audit_service.core.after import CAUSES, ENDINGS
from audit_service.core.statistics import Figures, Home, summed
from audit_service.files.excel import Cell as Value
from audit_service.files.excel import TableSheet
from audit_service.papers.figure_sheets import sheet_of
from audit_service.papers.places import Cities
from audit_service.papers.wording import Wording
from audit_service.use_cases.exit_figures import Exits


def exit_sheets(wording: Wording, found: Exits, cities: Cities) -> list[TableSheet]:
    """Two sheets: all cases where they count; those beside the campaigns by year and city."""
    total = [wording.text("frame-total"), *_row(summed(found.homes.values()))]
    rows = [[_home(wording, home), *_row(each)] for home, each in found.homes.items()]
    beside = [[year, cities.get(city, city), *_row(each)] for (year, city), each in found.cities.items()]
    return [
        _sheet(wording, found, "exits.homes", ("column.counted-in",), [*rows, total], total=True),
        _sheet(wording, found, "exits.cities", ("column.year", "column.city"), beside),
    ]


def _sheet(
    wording: Wording, found: Exits, name: str, first: Sequence[str], rows: Sequence[Sequence[Value]],
    *, total: bool = False,
) -> TableSheet:  # fmt: skip
    title, says = wording.text(name), wording.text("exits.says", day=found.day)
    return sheet_of(title, title, _headings(wording, first), rows, lines=[says], total=total)


def _headings(wording: Wording, first: Sequence[str]) -> list[str]:
    causes, endings = (f"cause.{cause}" for cause in CAUSES), (f"ending.{ending}" for ending in ENDINGS)
    return [wording.text(code) for code in (*first, "column.cases", *causes, "column.undecided", *endings)]


def _home(wording: Wording, home: Home) -> str:
    if home.campaign:
        return wording.text("exits.campaign", campaign=home.campaign)
    return wording.text("exits.beside", year=home.year)


def _row(found: Figures) -> list[Value]:
    causes, endings = (found.causes[cause] for cause in CAUSES), (found.exits[ending] for ending in ENDINGS)
    return [found.cases, *causes, found.undecided, *endings]

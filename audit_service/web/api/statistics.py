"""Statistics of campaigns: for who watches, never for a city to be compared by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.files.kinds import EXCEL
from audit_service.papers import places
from audit_service.papers.exit_sheets import exit_sheets
from audit_service.papers.statistic_sheets import statistic_sheets
from audit_service.use_cases import statistics as use
from audit_service.use_cases.exit_figures import Exits, exits
from audit_service.web.api.parts import files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import wording, workbook
from schemas.answers.statistics import ExitsOut, StatisticsOut, exits_json, statistics_json
from schemas.asks.statistics import MonthAsk, StatisticsAsk

blueprint = resource("statistics", "statistics")
Json = Mapping[str, Any]


def _found(asked: Asking, query: Json) -> tuple[use.Statistics, dict[str, str]]:
    with asked.look() as db:
        return use.statistics(db, query["campaign"], beijing_day(asked.now), query["month"]), places.cities(db)


@reads(blueprint, "", Right.DRAWS_READ, StatisticsOut, StatisticsAsk)
def show(query: Json) -> Json:
    """The figures of a campaign, now or as of the end of a month"""
    return statistics_json(*_found(asking(), query))


@files(blueprint, "/table.xlsx", Right.DRAWS_READ, (EXCEL,), query=StatisticsAsk)
def show_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    found, cities = _found(asked, query)
    programme = found.programme or asked.runtime.installed.get(found.policy)
    name = f"statistics-{found.campaign}-{found.day}"
    return workbook(statistic_sheets(wording(), found, cities, programme), asked.now, name)


def _exits(asked: Asking, query: Json) -> tuple[Exits, dict[str, str]]:
    with asked.look() as db:
        return exits(db, query["month"], beijing_day(asked.now)), places.cities(db)


@reads(blueprint, "/exits", Right.DRAWS_READ, ExitsOut, MonthAsk)
def show_exits(query: Json) -> Json:
    """All exit cases by campaign, and beside the campaigns by year, now or as of the end of a month"""
    return exits_json(*_exits(asking(), query))


@files(blueprint, "/exits/table.xlsx", Right.DRAWS_READ, (EXCEL,), query=MonthAsk)
def show_exits_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    found, cities = _exits(asked, query)
    return workbook(exit_sheets(wording(), found, cities), asked.now, f"exits-{found.day}")

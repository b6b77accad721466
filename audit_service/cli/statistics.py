"""The commands that show figures: a campaign's, and those of all exit cases."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.sheet_show import excel_option, show_sheets
from audit_service.core.acts import beijing_day
from audit_service.papers import places
from audit_service.papers.exit_sheets import exit_sheets
from audit_service.papers.statistic_sheets import statistic_sheets
from audit_service.use_cases.exit_figures import exits
from audit_service.use_cases.statistics import statistics
from schemas.answers.statistics import exits_json, statistics_json

month_option = click.option("--month", default="", metavar="MONTH", help=help_text("option.statistics-month"))


@command("statistics")
@click.option("--campaign", required=True, metavar="C", help=help_text("option.campaign"))
@month_option
@excel_option
def show(console: Console, campaign: str, month: str, excel: Path | None) -> None:
    """Show the figures of a campaign, now or as of the end of a month."""
    with console.runtime.look() as db:
        found = statistics(db, campaign, beijing_day(console.runtime.now()), month)
        cities = places.cities(db)
    programme = found.programme or console.runtime.installed.get(found.policy)
    show_sheets(console, statistic_sheets(console.wording, found, cities, programme), excel)
    console.result(statistics_json(found, cities))


@command("exits")
@month_option
@excel_option
def show_exits(console: Console, month: str, excel: Path | None) -> None:
    """Show all exit cases by campaign, and beside the campaigns by year, now or as of the end of a month."""
    with console.runtime.look() as db:
        found = exits(db, month, beijing_day(console.runtime.now()))
        cities = places.cities(db)
    show_sheets(console, exit_sheets(console.wording, found, cities), excel)
    console.result(exits_json(found, cities))


COMMANDS: Final = {"statistics": show, "exits": show_exits}

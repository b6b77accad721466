"""Commands on what is ordered of whom: the annex, and how far it is carried out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.rosters import city_option, files_and_complete, import_files
from audit_service.cli.sheet_show import as_of_option, excel_option, show_sheets
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.papers import places
from audit_service.papers.order_sheets import order_sheets
from audit_service.use_cases import orders as use
from audit_service.use_cases import past
from audit_service.use_cases.import_orders import import_orders, orders_of
from audit_service.use_cases.plans import import_plans
from audit_service.use_cases.policies import then
from schemas.answers.orders import ordered_json
from schemas.orders import orders_schema
from schemas.plans import plans_schema

policy_option = click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
year_option = click.option(
    "--year", required=True, type=click.IntRange(1990, 2200), metavar="Y", help=help_text("option.order-year")
)


@command("orders", right=Right.ROSTERS_WRITE)
@files_and_complete
@policy_option
@year_option
@city_option
@click.option("--document", default="", metavar="TEXT", help=help_text("option.order-document"))
def take(
    console: Console,
    files: tuple[Path, ...],
    complete: bool,
    policy: str,
    year: int,
    city: str,
    document: str,
    by: str | None,
) -> None:
    """Import the annex of a year's orders."""
    programme = console.runtime.policy(policy)
    import_files(
        console,
        orders_schema(orders_of(programme, year)),
        files,
        lambda db, rows: import_orders(
            db,
            console.act(by),
            rows,
            places.divisions(db),
            programme,
            year,
            city=city,
            document=document,
            complete=complete,
        ),
    )


@command("plans", right=Right.ROSTERS_WRITE)
@files_and_complete
@policy_option
@click.option("--document", default="", metavar="TEXT", help=help_text("option.plan-document"))
def plans(
    console: Console, files: tuple[Path, ...], complete: bool, policy: str, document: str, by: str | None
) -> None:
    """Import the levels' plans of inspection."""
    programme = console.runtime.policy(policy)
    import_files(
        console,
        plans_schema(programme),
        files,
        lambda db, rows: import_plans(db, console.act(by), rows, programme, document=document, complete=complete),
    )


@command("show")
@policy_option
@year_option
@as_of_option
@excel_option
def show(console: Console, policy: str, year: int, as_of: str, excel: Path | None) -> None:
    """Show how far a year's orders are carried out, now or as of the end of a day."""
    asked = read_day(console, "--as-of", as_of) if as_of else None
    with console.runtime.look() as db:
        known = places.divisions(db)
        day, at = past.as_of(db, asked, beijing_day(console.runtime.now()))
        programme = then(db, console.runtime.policy, policy, at)
        found = use.progress(db, programme, year, known, day, at)
    cities = {city.code: city.name for city in known.cities}
    show_sheets(console, order_sheets(console.wording, found, cities), excel)
    console.result(ordered_json(found, cities))


COMMANDS: Final = {"orders": take, "plans": plans, "show": show}

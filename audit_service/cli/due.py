"""The command that lists what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import Console, command, help_text
from audit_service.cli.sheet_show import excel_option, show_sheets
from audit_service.core.acts import beijing_day
from audit_service.core.rights import Role
from audit_service.papers import places
from audit_service.papers.due_sheets import due_sheets
from audit_service.use_cases.due import WITHIN, Asker, Known, due
from schemas.answers.due import due_json
from schemas.asks.due import MOST_DAYS


@command("due")
@click.option("--city", default="", metavar="CITY", help=help_text("option.due-city"))
@click.option("--inspector", default="", metavar="CODE", help=help_text("option.due-inspector"))
@click.option("--within", default=WITHIN, type=click.IntRange(0, MOST_DAYS), metavar="N",
              help=help_text("option.due-within"))  # fmt: skip
@excel_option
def show(console: Console, city: str, inspector: str, within: int, excel: Path | None) -> None:
    """List what is due."""
    settings, today = console.runtime.settings, beijing_day(console.runtime.now())
    with console.runtime.look() as db:
        names = places.names(db)
        asker = _asker(places.city_code(db, city) if city else "", inspector)
        known = Known(console.runtime.installed, settings.policies, places.divisions(db))
        found = due(db, console.runtime.vault, known, asker, today, within)
    show_sheets(console, due_sheets(console.wording, found, today, names), excel)
    console.result(due_json(found, today, within, names))


def _asker(city: str, inspector: str) -> Asker:
    """Whose list it is: the office's, or what a city or an inspector would see."""
    if inspector:
        return Asker(Role.INSPECTOR, inspector=inspector)
    return Asker(Role.CITY, city=city) if city else Asker()


COMMANDS: Final = {"due": show}

"""Sheets of figures on a terminal, and into a workbook where one was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from audit_service.cli.output import Console, help_text
from audit_service.cli.tables import table
from audit_service.files.excel import TableSheet, write_workbook
from audit_service.files.folders import write_file


def excel_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--excel FILE`."""
    file = click.Path(dir_okay=False, path_type=Path)
    return click.option("--excel", type=file, metavar="FILE", help=help_text("option.excel-figures"))(function)


as_of_option = click.option("--as-of", default="", metavar="DAY", help=help_text("option.as-of"))
"""For what can be asked as it stood at the end of a day."""


def show_sheets(console: Console, sheets: Sequence[TableSheet], excel: Path | None) -> None:
    """Each sheet as a table, and all of them as a workbook if a file is named."""
    for sheet in sheets:
        console.show(sheet.title)
        for line in sheet.lines:
            console.show(line)
        for line in table([column for group in sheet.groups for column in group.columns], sheet.rows):
            console.show(line)
        console.show()
    if excel:
        write_file(excel, write_workbook(sheets, console.runtime.now()))
        console.say("figures-written", file=excel)

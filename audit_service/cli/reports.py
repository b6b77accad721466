"""Commands on reports: hand one in, import a table of them, show those of a period."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from audit_service.cli.output import REFUSED, Console, command, help_text
from audit_service.cli.roster_report import tell_errors
from audit_service.cli.sheet_show import as_of_option, excel_option, show_sheets
from audit_service.cli.terms import read_day
from audit_service.core.acts import beijing_day
from audit_service.core.after import ReportRules
from audit_service.core.rights import Right
from audit_service.errors import RosterErrors
from audit_service.files.spreadsheets import read_files
from audit_service.messages import problem_text
from audit_service.papers import places
from audit_service.papers.report_sheets import report_sheets
from audit_service.use_cases import past
from audit_service.use_cases import reports as use
from audit_service.use_cases.import_reports import import_reports
from audit_service.use_cases.policies import then
from schemas.answers.reports import handed_json, reports_json
from schemas.reports import reports_schema
from schemas.rows import read_rows

policy_option = click.option("--policy", required=True, metavar="P", help=help_text("option.policy"))
period_option = click.option("--period", required=True, metavar="PERIOD", help=help_text("option.report-period"))
report_option = click.option("--report", required=True, metavar="R", help=help_text("option.report"))


@command("hand-in", right=Right.ANSWERS_OWN)
@policy_option
@report_option
@period_option
@click.option("--reporter", default="", metavar="WHO", help=help_text("option.reporter"))
@click.option("--say", "said", multiple=True, metavar="FIELD=TEXT", help=help_text("option.report-say"))
def hand_in(
    console: Console, policy: str, report: str, period: str, reporter: str, said: tuple[str, ...], by: str | None
) -> None:
    """Hand a report in."""
    programme = console.runtime.policy(policy)
    own = console.caller.account.city if console.caller else ""
    fields, rows = _said(said, use.report_rules(programme, report))
    try:
        with console.runtime.begin() as db:
            known = places.divisions(db)
            found_city = known.find(reporter) if reporter else None
            who = found_city.code if found_city else reporter or own
            found = use.hand_in(db, console.act(by), programme, report, who, period, fields, own, rows=rows)
    except use.ReportWrong as wrong:
        for each in wrong.findings:
            place = f"--say {each.row}." if each.row else "--say"
            console.say("finding", place=place, message=problem_text(each.problem, console.language))
        raise
    cities = {city.code: city.name for city in known.cities}
    name = cities.get(who, who)
    console.say("report-handed-in", report=report, period=period, reporter=name)
    console.result(handed_json(found, cities))


def _said(texts: Iterable[str], rules: ReportRules) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What is said, by field; of a report that is a list by row, in the order of the numbers before the fields."""
    fields: dict[str, str] = {}
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for name, _, text in (each.partition("=") for each in texts):
        number, dot, field = name.partition(".")
        if rules.rows and dot and number.isdecimal():
            rows[int(number)][field] = text
        else:
            fields[name] = text
    return fields, [rows[number] for number in sorted(rows)]


@command("import", right=Right.AFTER_ACT)
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@policy_option
@report_option
@period_option
def take(console: Console, files: tuple[Path, ...], policy: str, report: str, period: str, by: str | None) -> None:
    """Import a table of reports."""
    programme = console.runtime.policy(policy)
    incoming = read_rows(reports_schema(use.report_rules(programme, report)), read_files(map(str, files)))
    try:
        with console.runtime.begin() as db:
            known = places.divisions(db)
            handed = import_reports(db, console.act(by), incoming, known, programme, report, period)
    except RosterErrors as error:
        tell_errors(console, error, incoming.warnings)
        sys.exit(REFUSED)
    console.say("reports-imported", report=report, period=period, count=len(handed))
    cities = {city.code: city.name for city in known.cities}
    console.result({"handed": [handed_json(each, cities) for each in handed]})


@command("show")
@policy_option
@report_option
@period_option
@as_of_option
@excel_option
def show(console: Console, policy: str, report: str, period: str, as_of: str, excel: Path | None) -> None:
    """Show the reports of a period, who is missing, and their sums, now or as of the end of a day."""
    asked = read_day(console, "--as-of", as_of) if as_of else None
    with console.runtime.look() as db:
        day, at = past.as_of(db, asked, beijing_day(console.runtime.now()))
        programme = then(db, console.runtime.policy, policy, at)
        found, cities = use.of_period(db, programme, report, period, at=at), places.cities(db)
    show_sheets(console, report_sheets(console.wording, found, cities, day), excel)
    console.result(reports_json(policy, found, cities, day))


COMMANDS: Final = {"hand-in": hand_in, "import": take, "show": show}

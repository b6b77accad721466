"""What samples say of the whole, and how large they must be. No database is needed but for a campaign's own."""

from __future__ import annotations

import click

from audit_service.cli.output import WRONG_USAGE, Console, command, fail, help_text
from audit_service.cli.tables import table
from audit_service.core.estimates import Estimate, Stratum, estimate, lower_guarded, parse_stratum
from audit_service.core.planning import Plan, plan
from audit_service.errors import FormError, RuleError
from schemas.answers.estimates import estimate_json, hundredths, percent, plan_json

COLUMNS = ("units", "sampled", "failed", "refused", "rate", "estimate", "lower", "upper", "guarded")
PERCENT = click.IntRange(1, 100)


@command("estimate")
@click.argument("strata", nargs=-1, metavar="[N:n:x[:r]...]")
@click.option("--campaign", default="", metavar="C", help=help_text("option.estimate-campaign"))
@click.option("--month", default="", metavar="MONTH", help=help_text("option.statistics-month"))
def estimate_strata(console: Console, strata: tuple[str, ...], campaign: str, month: str) -> None:
    """Say what samples tell of all units."""
    if bool(strata) == bool(campaign):
        raise click.UsageError(console.text("estimate-of-what"))
    names = _of_campaign(console, campaign, month) if campaign else {}
    try:
        told = list(names.values()) or [parse_stratum(text) for text in strata]
        found = estimate(told)
    except (FormError, RuleError) as error:
        fail(console, error, WRONG_USAGE)
    _show_strata(console, told, list(names))
    _show_annex(console, told, found)
    console.result(estimate_json(found))


def _of_campaign(console: Console, campaign: str, month: str) -> dict[str, Stratum]:
    """What a campaign's visits found, which the database knows."""
    from audit_service.core.acts import beijing_day
    from audit_service.use_cases.statistics import samples

    with console.runtime.look() as db:
        return samples(db, campaign, beijing_day(console.runtime.now()), month)


def _show_strata(console: Console, strata: list[Stratum], names: list[str]) -> None:
    headings = [console.text(f"estimate-columns.{name}") for name in ("stratum", *COLUMNS)]
    named = names or [str(number) for number in range(1, len(strata) + 1)]
    rows = [[name, *_row(each, estimate([each]))] for name, each in zip(named, strata, strict=True)]
    for line in table(headings, rows):
        console.show(line)
    console.show()


def _row(stratum: Stratum, found: Estimate) -> list[object]:
    rate = "–" if stratum.rate is None else percent(stratum.rate)
    bounds = [found.lower, found.upper, found.upper_guarded]
    return [stratum.units, stratum.sampled, stratum.failed, stratum.refused, rate, hundredths(found.estimate), *bounds]


def _show_annex(console: Console, strata: list[Stratum], found: Estimate) -> None:
    """The sentences for the auditor's annex: what was found, what follows, and what does not."""
    units, refused = sum(stratum.units for stratum in strata), sum(stratum.refused for stratum in strata)
    sampled, failed = sum(stratum.sampled for stratum in strata), sum(stratum.failed for stratum in strata)
    console.say("annex-head")
    console.say("annex-found", sampled=sampled, failed=failed)
    if refused:
        console.say("annex-refused", refused=refused)
    if found.estimate is None:
        console.say("annex-no-estimate")
    else:
        console.say("annex-estimate", units=units, estimate=hundredths(found.estimate))
    console.say("annex-upper", units=units, upper=found.upper, guarded=found.upper_guarded)
    console.say("annex-lower", lower=found.lower, guarded=lower_guarded(strata))
    console.say("annex-not")


@command("detect")
@click.argument("units", metavar="N:M")
@click.option("--sampled", type=click.IntRange(min=0), help=help_text("option.sampled"))
@click.option("--rate", type=PERCENT, help=help_text("option.rate"))
@click.option("--power", type=PERCENT, help=help_text("option.power"))
def detect(console: Console, units: str, sampled: int | None, rate: int | None, power: int | None) -> None:
    """Say how likely a sample is to find one of some failing units, or how large it must be."""
    try:
        found = _planned(units, sampled, rate, power)
    except (FormError, RuleError) as error:
        fail(console, error, WRONG_USAGE)
    chance = percent(found.chance)
    console.say("plan-line", units=found.units, failing=found.failing, sampled=found.sampled, chance=chance)
    console.result(plan_json(found))


def _planned(text: str, sampled: int | None, rate: int | None, power: int | None) -> Plan:
    units, separator, failing = text.partition(":")
    if not (separator and all(part.isascii() and part.isdigit() and len(part) < 10 for part in (units, failing))):
        raise FormError("plan-form", found=text)
    return plan(int(units), int(failing), sampled=sampled, rate=rate, power=power)


COMMANDS = {"estimate": estimate_strata, "detect": detect}

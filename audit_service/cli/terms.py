"""The options by which a commitment is made, the same for draws and rounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from audit_service.cli.output import REFUSED, WRONG_USAGE, Console, fail, help_text
from audit_service.core.canonical import parse_date
from audit_service.core.commitment import Commitment
from audit_service.core.terms import parse_event_argument
from audit_service.errors import FormError, Refused
from audit_service.papers.wording import in_fours
from audit_service.use_cases.committing import Terms

cancelled_option = click.option("--document", default="", metavar="TEXT", help=help_text("option.cancelled"))
"""With a value of the fallback events: what shows that one of the first ones was cancelled."""


def terms_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--event`, `--fallback`, `--sealed`, `--reveal-by`, handed on as `terms`; and `--out`."""
    form = "SOURCE:EVENT[:DIGITS]@TIME"
    options = (
        click.option("--event", "events", multiple=True, required=True, metavar=form, help=help_text("option.event")),
        click.option("--fallback", multiple=True, metavar=form, help=help_text("option.fallback")),
        click.option("--sealed", is_flag=True, help=help_text("option.sealed")),
        click.option("--reveal-by", metavar="DATE", help=help_text("option.reveal-by")),
        click.option(
            "--out",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help=help_text("option.commit-out"),
        ),
    )

    @wraps(function)
    def with_terms(
        console: Console, *, events: tuple[str, ...], fallback: tuple[str, ...], sealed: bool,
        reveal_by: str | None, **others: Any,
    ) -> Any:  # fmt: skip
        return function(console, terms=_read_terms(console, events, fallback, sealed, reveal_by), **others)

    decorated: Callable[..., Any] = with_terms
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def _read_terms(
    console: Console, events: tuple[str, ...], fallback: tuple[str, ...], sealed: bool, reveal_by: str | None
) -> Terms:
    """The terms that the options say. What cannot be read at all is wrong usage."""
    day = read_day(console, "--reveal-by", reveal_by) if reveal_by else None
    try:
        first, second = ([parse_event_argument(event) for event in given] for given in (events, fallback))
    except (FormError, Refused) as error:
        fail(console, error, REFUSED if error.code == "digits-few" else WRONG_USAGE)
    return Terms(tuple(first), tuple(second), sealed, day)


def read_day(console: Console, option: str, text: str) -> date:
    """The day that an option says. What is no day is wrong usage."""
    try:
        return parse_date(text, option)
    except FormError as error:
        fail(console, error, WRONG_USAGE)


def show_commitment(console: Console, name: str, c: str, terms: Terms, out: Path | None) -> None:
    """What a commitment says, for the notice that publishes it, and where its file was written if it was."""
    console.say("committed", name=name)
    console.show(f"  C  {in_fours(c)}")
    show_events(console, terms)
    if all(event.source == "d10" for event in terms.events):
        console.say("dice-alone")
    if out:
        console.say("committed-out", file=out)
    console.say("committed-next", name=name, command="round" if "/" in name else "draw")


def show_events(console: Console, bound: Terms | Commitment) -> None:
    """The events that will decide or have decided, and by when a sealed draw is revealed."""
    for kind, events in (("events", bound.events), ("fallback", bound.fallback)):
        for event in events:
            digits = f":{event.digits}" if event.digits else ""
            name = f"{event.source}:{event.event}{digits}"
            console.say(f"committed-{kind}", event=name, time=console.moment(event.not_before))
    if bound.reveal_by:
        console.say("committed-sealed", reveal_by=bound.reveal_by)

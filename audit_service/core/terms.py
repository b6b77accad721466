"""What somebody may commit to, and when (docs/protocol.md, sections 2, 6 and 8): events that nobody can know yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from audit_service.core.canonical import AN_IDENTIFIER, parse_time, write_time
from audit_service.core.commitment import Commitment
from audit_service.core.draws import Progress
from audit_service.core.events import SOURCES, Event, parse_digits
from audit_service.errors import FormError, Refused

FARTHEST: Final = timedelta(days=3660)
"""How far ahead an event may lie that somebody commits to."""


def parse_event_argument(argument: str) -> Event:
    """An event as it is typed: `SOURCE:EVENT[:DIGITS]@TIME`; `Refused` with what was expected."""
    named, at, moment = argument.partition("@")
    source, _, rest = named.partition(":")
    event, _, digits = rest.partition(":")
    try:
        if not at or source not in SOURCES or not AN_IDENTIFIER.matches(event):
            raise Refused("event-form", found=argument, sources=", ".join(SOURCES))
        return Event(source, event, parse_digits(source, digits, argument), parse_time(moment, argument))
    except FormError as error:
        if error.code == "digits-few":
            raise
        raise Refused("event-form", found=argument, sources=", ".join(SOURCES)) from error


def check_events_ahead(events: Iterable[Event], now: datetime) -> None:
    """Refuse to commit to what may already be known."""
    for event in events:
        if event.not_before <= now:
            raise Refused(
                "event-past", event=":".join(event.name), time=write_time(event.not_before), now=write_time(now)
            )
        if event.not_before - now > FARTHEST:
            raise Refused("event-far", event=":".join(event.name), time=write_time(event.not_before))


def check_events_unknown(events: Iterable[Event], named: Iterable[tuple[str, Event]], now: datetime) -> None:
    """Refuse an event that a draw or round named before, for a time that is past: its value is on record, or anybody
    may know it, whatever time is typed now. Sample and first round name the same events before these happen.

    `named` are the events of every commitment that was not withdrawn, each with the name of its draw or round.
    """
    past = {_written(event): (name, event) for name, event in named if event.not_before <= now}
    for event in events:
        if _written(event) in past:
            name, before = past[_written(event)]
            raise Refused("event-known", event=":".join(event.name), name=name, time=write_time(before.not_before))


def _written(event: Event) -> tuple[str, str]:
    return event.source, event.event.lower()  # who writes it in capitals means the same event


def check_round_after(events: Iterable[Event], sample: Commitment) -> None:
    """Refuse a round that may be decided before its sample, which is not drawn yet: it could not be carried out in
    time. Events that the sample names too, for the same moment, may decide both."""
    both = sample.events + sample.fallback
    for event in events:
        if event not in both and event.not_before < sample.latest:
            times = {"time": write_time(event.not_before), "latest": write_time(sample.latest)}
            raise Refused("round-before-sample", event=":".join(event.name), name=sample.draw, **times)


def check_replaces(replaces: str, set_aside: Progress | None, events: Sequence[Event]) -> None:
    """A draw that follows one set aside says so, and has events of its own; no other names a predecessor.

    `set_aside` is the campaign's latest draw that was set aside and is not yet replaced, if any.
    """
    if replaces != (set_aside.name if set_aside else ""):
        raise Refused("replaces-other", found=replaces or "-", expected=set_aside.name if set_aside else "-")
    old = set_aside.commitment if set_aside else None
    known = {event.name for event in old.events + old.fallback} if old else set()
    for event in events:
        if event.name in known:
            raise Refused("replaces-same-event", event=":".join(event.name), draw=replaces)

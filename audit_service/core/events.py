"""Public events that nobody can foresee, and the values they give (docs/protocol.md, section 3).

A value is taken exactly as it was published. Nothing is repaired: who mistypes is told what was expected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from audit_service.core import canonical
from audit_service.core.canonical import AN_IDENTIFIER, Form, checked
from audit_service.errors import FormError, RuleError

NEEDED: Final = 6000
"""Hundredths of a bit that the events of a commitment must reach together."""
LEAST_DICE: Final = 20
TRIAL: Final = "trial"


@dataclass(frozen=True)
class Event:
    """A public event named before it happens. `digits` is how many dice are thrown; 0 for a lottery."""

    source: str
    event: str
    digits: int
    not_before: datetime

    @property
    def name(self) -> tuple[str, str]:
        return self.source, self.event

    @property
    def bits(self) -> int:
        """What the event is worth, in hundredths of a bit, rounded down."""
        return SOURCES[self.source].bits(self)

    def allows(self, value: str) -> bool:
        """Whether this event can have given the value."""
        return SOURCES[self.source].allows(value, self)

    def check_value(self, value: str) -> None:
        """Refuse a value that this event cannot have given: `FormError`."""
        if not self.allows(value):
            raise FormError(f"value-{self.source}", event=self.event, found=value[:80], digits=self.digits)


class Dice:
    """Ten-sided dice, thrown one at a time."""

    def bits(self, event: Event) -> int:
        return 332 * event.digits

    def allows(self, value: str, event: Event) -> bool:
        return len(value) == event.digits and re.fullmatch(r"[0-9]+", value) is not None


@dataclass(frozen=True)
class Lottery:
    """A lottery of some drums; from each, so many balls of 1 to the highest, written in rising order."""

    worth: int
    drums: tuple[tuple[int, int], ...]

    def bits(self, _: Event) -> int:
        return self.worth

    def allows(self, value: str, _: Event) -> bool:
        parts = value.split("+")
        return len(parts) == len(self.drums) and all(map(_rising, parts, self.drums))


def _rising(text: str, drum: tuple[int, int]) -> bool:
    count, highest = drum
    if re.fullmatch(rf"(?:[0-9]{{2}}){{{count}}}", text) is None:
        return False
    balls = [int(text[place : place + 2]) for place in range(0, len(text), 2)]
    return balls[0] >= 1 and balls[-1] <= highest and all(a < b for a, b in pairwise(balls))


SOURCES: Final[Mapping[str, Dice | Lottery]] = {
    "d10": Dice(),
    "ssq": Lottery(2408, ((6, 33), (1, 16))),
    "dlt": Lottery(2435, ((5, 35), (2, 12))),
    "kl8": Lottery(6161, ((20, 80),)),
}
"""The public sources of this version of the protocol, with what each is worth in hundredths of a bit."""


def parse_event(value: object, where: str) -> Event:
    """An event as a commitment writes it: `{"source", "event", "digits", "not_before"}`."""
    entry = canonical.keyed(value, ("digits", "event", "not_before", "source"), where)
    source = checked(entry["source"], canonical.word(*SOURCES), f"{where} source")
    return Event(
        source=source,
        event=checked(entry["event"], AN_IDENTIFIER, f"{where} event"),
        digits=parse_digits(source, entry["digits"], f"{where} digits"),
        not_before=canonical.parse_time(entry["not_before"], f"{where} not_before"),
    )


def parse_digits(source: str, text: object, where: str) -> int:
    """How many dice are thrown: at least 20 for `d10`, nothing for a lottery."""
    if source != "d10":
        checked(text, Form("nothing", ""), where)
        return 0
    digits = int(checked(text, canonical.A_POSITIVE, where))
    if digits < LEAST_DICE:
        raise FormError("digits-few", where=where, found=digits, least=LEAST_DICE)
    return digits


def write_event(event: Event) -> dict[str, str]:
    """The inverse of `parse_event`."""
    return {
        "source": event.source,
        "event": event.event,
        "digits": str(event.digits) if event.source == "d10" else "",
        "not_before": canonical.write_time(event.not_before),
    }


def check_events(events: Sequence[Event], where: str) -> None:
    """Refuse a list in which an event stands twice or which cannot decide a draw: `RuleError`."""
    for name, count in Counter(event.name for event in events).items():
        if count > 1:
            raise RuleError("event-twice", where=where, event=":".join(name))
    bits = sum(event.bits for event in events)
    if bits < NEEDED:
        raise RuleError("events-weak", where=where, found=bits, needed=NEEDED)


def parse_public(public: str) -> dict[tuple[str, str], str]:
    """The values of a public text by source and event, in its order; `FormError` if it is not of the form
    `source:event:value,…`."""
    values: dict[tuple[str, str], str] = {}
    for part in public.split(","):
        pieces = part.split(":")
        if len(pieces) != 3 or (pieces[0], pieces[1]) in values:
            raise FormError("public-form", found=public[:200])
        values[pieces[0], pieces[1]] = pieces[2]
    return values


def check_public(public: str, events: Sequence[Event], fallback: Sequence[Event]) -> dict[tuple[str, str], str]:
    """The values of a public text that decides a draw with these events (section 3).

    They are all of `events`, or all of `fallback` if there are any, in the committed order, each well formed.
    `FormError` if a value is not; `RuleError` if they are of other events.
    """
    values = parse_public(public)
    lists = [committed for committed in (events, fallback) if _are_of(values, committed)]
    if not lists:
        forms = [
            ",".join(f"{e.source}:{e.event}:…" for e in committed) for committed in (events, fallback) if committed
        ]
        raise RuleError("public-other-events", found=public[:200], expected=" / ".join(forms))
    fitting = (committed for committed in lists if all(event.allows(values[event.name]) for event in committed))
    for event in next(fitting, lists[0]):
        event.check_value(values[event.name])
    return values


def used_events(
    values: Mapping[tuple[str, str], str], events: Sequence[Event], fallback: Sequence[Event]
) -> Sequence[Event]:
    """The events that gave the values of a public text which `check_public` has let pass."""
    return next(
        committed
        for committed in (events, fallback)
        if _are_of(values, committed) and all(event.allows(values[event.name]) for event in committed)
    )


def _are_of(values: Mapping[tuple[str, str], str], committed: Sequence[Event]) -> bool:
    return bool(committed) and list(values) == [event.name for event in committed]

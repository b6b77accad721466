"""What may happen to a draw or a round, and when (docs/protocol.md, section 8). They only go forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final

from audit_service.core.canonical import write_time
from audit_service.core.commitment import Commitment
from audit_service.core.events import Event, parse_public, used_events
from audit_service.core.seed import committed_secret
from audit_service.errors import Refused

SAMPLE_ROUND: Final = 0
"""The number under which a draw's sample stands beside its rounds, which count from 1."""
RESULT_DUE: Final = timedelta(hours=24)


class State(StrEnum):
    """How far a draw or a round has gone."""

    FROZEN = "frozen"
    COMMITTED = "committed"
    DRAWN = "drawn"
    INFEASIBLE = "infeasible"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True)
class Progress:
    """A draw's (or round's) commitment, if there is one, and what has happened to it."""

    name: str
    commitment: Commitment | None = None
    run_at: datetime | None = None
    public: str = ""
    feasible: bool = True
    withdrawn: bool = False
    revealed_at: datetime | None = None
    set_aside: bool = False
    deposited_at: datetime | None = None
    """When somebody first said that a third party holds the secret: if nobody else, the office."""
    deposit_shown_at: datetime | None = None
    """When a post of another institution first did."""

    @property
    def run(self) -> bool:
        """Whether it was carried out."""
        return self.run_at is not None

    @property
    def revealed(self) -> bool:
        return self.revealed_at is not None

    @cached_property
    def decided_by(self) -> Sequence[Event]:
        """The events that gave its public value; none before it was carried out."""
        if self.commitment is None or not self.public:
            return ()
        return used_events(parse_public(self.public), self.commitment.events, self.commitment.fallback)

    @property
    def fallback_used(self) -> bool:
        return self.commitment is not None and self.run and self.decided_by != self.commitment.events

    @property
    def state(self) -> State:
        """How far it has gone: what ended it counts before what was done."""
        if self.commitment is None:
            return State.FROZEN
        if self.withdrawn:
            return State.WITHDRAWN
        if self.set_aside:
            return State.SET_ASIDE
        if not self.run:
            return State.COMMITTED
        return State.DRAWN if self.feasible else State.INFEASIBLE

    @property
    def live(self) -> bool:
        """Whether it is committed and neither withdrawn nor set aside."""
        return self.state in (State.COMMITTED, State.DRAWN, State.INFEASIBLE)

    @property
    def sealed(self) -> bool:
        return self.commitment is not None and self.commitment.sealed

    @property
    def deposited_in_time(self) -> bool:
        """Whether somebody else is said to have held the secret before anything could be known."""
        return self._in_time(self.deposited_at)

    @property
    def deposit_shown_in_time(self) -> bool:
        """Whether one of another institution said so, before anything could be known."""
        return self._in_time(self.deposit_shown_at)

    def _in_time(self, at: datetime | None) -> bool:
        return self.commitment is not None and at is not None and at < self.commitment.earliest

    @property
    def published(self) -> bool:
        """Whether its result may be known: carried out, and revealed if it was sealed."""
        return self.run and (self.revealed or not self.sealed)

    def require(self, *states: State) -> Commitment:
        """Its commitment, if it is in one of these states; `Refused` in words otherwise."""
        if self.commitment is None or self.state not in states:
            raise Refused(f"state-{self.state}", name=self.name)
        return self.commitment


def check_withdraw(progress: Progress, now: datetime) -> None:
    """A commitment can be withdrawn only while nothing can be known of its seed."""
    commitment = progress.require(State.COMMITTED)
    if now >= commitment.earliest:
        raise Refused("withdraw-late", name=progress.name, earliest=write_time(commitment.earliest))


def check_run(progress: Progress, values: Mapping[tuple[str, str], str], now: datetime) -> None:
    """A draw is carried out only after the events that gave its values; with the fallback ones not before the first
    ones too could have happened, since nobody knows earlier that one of them is cancelled."""
    check_times(progress.require(State.COMMITTED), values, now)


def check_times(commitment: Commitment, values: Mapping[tuple[str, str], str], now: datetime) -> None:
    """Refuse values of events that cannot have happened yet."""
    for event in (*used_events(values, commitment.events, commitment.fallback), *commitment.events):
        if now < event.not_before:
            raise Refused("event-ahead", event=":".join(event.name), time=write_time(event.not_before))


def check_document(commitment: Commitment, values: Mapping[tuple[str, str], str], document: str) -> None:
    """The fallback events decide only on a document that shows one of the first ones cancelled; these need none."""
    first = used_events(values, commitment.events, commitment.fallback) == commitment.events
    if first and document:
        raise Refused("fallback-not-used")
    if not first and not document:
        raise Refused("fallback-undocumented")


def check_reveal(progress: Progress) -> None:
    """A sealed draw is revealed once, after it was carried out."""
    progress.require(State.DRAWN, State.INFEASIBLE)
    if not progress.sealed:
        raise Refused("reveal-open", name=progress.name)
    if progress.revealed:
        raise Refused("reveal-twice", name=progress.name)


def check_handed(progress: Progress, secret: str, now: datetime) -> None:
    """Who holds the deposit reveals alone only when the office did not in time, and with the committed secret."""
    commitment = progress.require(State.DRAWN, State.INFEASIBLE)
    if commitment.reveal_by is None or now.date() <= commitment.reveal_by:  # until 24:00 UTC
        raise Refused("reveal-handed-early", name=progress.name, reveal_by=commitment.reveal_by)
    check_secret(progress, secret)


def check_secret(progress: Progress, secret: str) -> None:
    """Refuse a secret that is not the committed one."""
    if progress.commitment is None or committed_secret(secret) != progress.commitment.secret:
        raise Refused("handed-secret-other", name=progress.name)


def check_deposit(progress: Progress) -> Commitment:
    """Only the secret of a sealed draw that is not yet revealed is deposited; its commitment."""
    commitment = progress.require(State.COMMITTED, State.DRAWN, State.INFEASIBLE)
    if not commitment.sealed:
        raise Refused("reveal-open", name=progress.name)
    if progress.revealed:
        raise Refused("reveal-twice", name=progress.name)
    return commitment


def check_published(progress: Progress) -> None:
    """Nothing of a sealed draw is handed out before its reveal."""
    commitment = progress.require(State.DRAWN, State.INFEASIBLE, State.SET_ASIDE)
    if not progress.published:
        raise Refused("sealed", name=progress.name, reveal_by=commitment.reveal_by)


def check_set_aside(progress: Progress, ground: str, grounds: Sequence[str]) -> None:
    """A draw is set aside only after its result is published, and on a ground that the policy knows."""
    progress.require(State.DRAWN)
    check_published(progress)
    if ground not in grounds:
        raise Refused("ground-unknown", ground=ground, known=", ".join(grounds))


def violations(progress: Progress, now: datetime) -> list[str]:
    """What everybody is shown as a violation: a result or a reveal that is overdue, or came too late; and a sealed
    draw of which nobody else held the secret before anything could be known, or of which the office alone says so.

    A result is due by `events`; by `fallback` too only once it is known that these decided.
    """
    commitment = progress.commitment
    if commitment is None or progress.withdrawn:
        return []
    found = []
    due = max(event.not_before for event in (*progress.decided_by, *commitment.events))
    if (progress.run_at or now) - due > RESULT_DUE:
        found.append("overdue-result")
    if commitment.reveal_by and (progress.revealed_at or now).date() > commitment.reveal_by:  # until 24:00 UTC
        found.append("overdue-reveal")
    if commitment.sealed and now >= commitment.earliest and not progress.deposit_shown_in_time:
        found.append("deposit-unshown" if progress.deposited_in_time else "deposit-missing")
    return found

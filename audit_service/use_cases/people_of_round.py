"""The people and recusals that a round of a draw would freeze now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from audit_service.core.frozen import Inspector, Recusal
from audit_service.core.policy import OF_FINDINGS, Programme, recusals_that_bind
from audit_service.core.rules import Attributes
from audit_service.core.ties import Tie, Ties, find_ties
from audit_service.errors import Refused
from audit_service.store import rosters, tables
from audit_service.store.visit_tables import findings
from audit_service.use_cases.drawn import Draw
from audit_service.use_cases.reconciling import person_attributes, unit_attributes


@dataclass(frozen=True)
class Period:
    """The first and the last day on which a round's teams inspect, as far as they are known."""

    since: date | None = None
    until: date | None = None

    def check(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.since and self.until and self.until < self.since:
            raise Refused("period-backwards", since=self.since, until=self.until)

    def suits(self, person: Attributes) -> bool:
        """Whether somebody is available from its first day to its last; a day that nobody said excludes nobody.

        A roster may say a month where it means any day of it.
        """
        since, until = person["available_from"], person["available_to"]
        last = self.until or self.since
        comes_late = bool(since and self.since and since > str(self.since)[: len(since)])
        leaves_early = bool(until and last and until < str(last)[: len(until)])
        return not (comes_late or leaves_early)


class Away(NamedTuple):
    """Somebody who is left out, being available from and to other days."""

    inspector: str
    since: str
    until: str


@dataclass(frozen=True)
class Concluded:
    """What was concluded of whom when a round called its people.

    `ties` are recusals that nobody listed by hand, with their ground; `doubts` people whose name occurs where a tie
    would come from, and who are not recused; `unread` those whose declaration was not understood, or not all of it;
    `away` those left out since they are not available.
    """

    away: tuple[Away, ...]
    ties: tuple[Tie, ...]
    unread: tuple[str, ...]
    doubts: tuple[Tie, ...] = ()

    @property
    def details(self) -> dict[str, object]:
        """As the journal keeps it."""
        return {
            "away": [*map(list, self.away)],
            "ties": [*map(list, self.ties)],
            "unread": list(self.unread),
            "doubts": [*map(list, self.doubts)],
        }


def read_concluded(details: Mapping[str, Any]) -> Concluded:
    """What the journal kept. Older entries say nothing of doubts."""
    away = tuple(Away(*row) for row in details["away"])
    ties, doubts = (tuple(Tie(*row) for row in rows) for rows in (details["ties"], details.get("doubts", ())))
    return Concluded(away, ties, tuple(details["unread"]), doubts)


@dataclass(frozen=True)
class Called:
    """Who can be drawn in a round, who is kept from what, and what of it was concluded."""

    people: Sequence[Inspector]
    recusals: Sequence[Recusal]
    concluded: Concluded


def call(db: Connection, draw: Draw, period: Period) -> Called:
    """Everybody on the roster whom the draw's policy gives a seat and who is available, with all recusals."""
    period.check()
    everybody = person_attributes(db)
    seated = {seat.inspector for seat in draw.programme.inspectors(everybody)}
    called = [person for person in everybody if person["inspector"] in seated]
    present = [person for person in called if period.suits(person)]
    away = sorted(
        Away(person["inspector"], person["available_from"], person["available_to"])
        for person in called
        if not period.suits(person)
    )
    people = draw.programme.inspectors(present)
    by_hand = [(row["inspector"], row["unit"]) for row in rosters.current(db, tables.recusals)]
    found = _found_where(db, draw)
    ties = _ties(db, draw, people, present, set(by_hand), {finding.unit for finding in found})
    pairs = [*by_hand, *((tie.inspector, tie.unit) for tie in ties.ties)]
    recusals = recusals_that_bind([*pairs, *_of_findings(pairs, found)], draw.files.frame, people)
    return Called(people, recusals, Concluded(tuple(away), ties.ties, ties.unread, ties.doubts))


def nobody(db: Connection, programme: Programme, called: Called) -> Refused:
    """Why a round has nobody: the roster is empty, its categories are not the policy's, or all are away."""
    if called.concluded.away:
        return Refused("people-away", policy=programme.policy, count=len(called.concluded.away))
    found = Counter(row["category"] for row in rosters.current(db, tables.people))
    if not found:
        return Refused("people-none", policy=programme.policy)
    listed = "、".join(f"{category or '-'} ({count})" for category, count in sorted(found.items()))
    expected = "、".join(programme.seated_categories) or "-"
    return Refused("people-not-seated", policy=programme.policy, found=listed, expected=expected)


class _Found(NamedTuple):
    """A finding of the frame, the unit where it was found, and who found it."""

    finding: str
    unit: str
    found_by: Sequence[str]


def _found_where(db: Connection, draw: Draw) -> list[_Found]:
    """The findings among the members of a frame, if its policy looks back on some."""
    if all(stratum.of != OF_FINDINGS for stratum in draw.programme.strata):
        return []
    rows = rosters.chosen(db, findings, draw.row.frozen_in, finding=draw.files.frame.units)
    return [_Found(row["finding"], row["unit"], row["found_by"].split(",")) for row in rows]


def _of_findings(pairs: Sequence[tuple[str, str]], found: Sequence[_Found]) -> Iterator[tuple[str, str]]:
    """Who is kept from a unit is kept from what was found there; and who found something does not look back on it."""
    for finding, unit, found_by in found:
        yield from ((who, finding) for who, kept_from in pairs if kept_from == unit)
        yield from ((who, finding) for who in found_by if (who, unit) not in pairs)


def _ties(
    db: Connection,
    draw: Draw,
    people: Sequence[Inspector],
    present: Sequence[Attributes],
    by_hand: set[tuple[str, str]],
    others: set[str],
) -> Ties:
    """Ties to units of the frame, and to others, as the roster had them at the freezing and has them now."""
    frame = set(draw.files.frame.units) | others
    rows = [*unit_attributes(db, draw.row.frozen_in), *unit_attributes(db)]
    recused = {pool.pool: pool.recused for pool in draw.programme.pools}
    found = find_ties(
        [unit for unit in rows if unit["unit"] in frame],
        present,
        {person.inspector: recused[person.pool] for person in people},
    )
    return Ties(
        tuple(tie for tie in found.ties if (tie.inspector, tie.unit) not in by_hand),
        found.unread,
        tuple(doubt for doubt in found.doubts if (doubt.inspector, doubt.unit) not in by_hand),
    )

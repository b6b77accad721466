"""Fairness over the years: what was undone, tried or substituted in each campaign, and whether samples met by chance.

Only what is public counts of a sample: of a sealed draw nothing before its reveal, and nothing of one set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.entries import Recorded
from audit_service.core.overlap import Meeting, Overlap, overlap
from audit_service.core.selection import Sample
from audit_service.errors import NotFound
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import open_draw, sample_of
from audit_service.vault import Vault

TOLD: Final = ("withdraw", "set-aside", "substitute", "trial")


@dataclass(frozen=True)
class Event:
    """An act that an auditor asks about: what was done to which draw or round, when, and why as far as was told."""

    number: int
    at: datetime
    what: str
    name: str
    why: str
    units: int


@dataclass(frozen=True)
class Year:
    """A campaign: its policy, how many draws it froze, and its events in order."""

    campaign: str
    policy: str
    draws: int
    events: Sequence[Event]

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each kind of act was done; of substitutions how many units."""
        found = Counter(dict.fromkeys(TOLD, 0))
        for event in self.events:
            found[event.what] += event.units
        return found


@dataclass(frozen=True)
class Pair:
    """A draw and the one before it under the same policy, and what their samples have in common."""

    earlier: str
    later: str
    overlap: Overlap


def years(db: Connection) -> list[Year]:
    """Every campaign with its substitutions, withdrawals, set-asides and trials."""
    rows = store.all_draws(db)
    found = []
    for campaign in store.campaigns(db):
        draws = [row.draw for row in rows if row.campaign == campaign]
        names = {store.round_name(draw, number) for draw in draws for number in (0, *store.commitments_of(db, draw))}
        events = [_event(entry) for entry in acts.recorded_on(db, names, TOLD)]
        found.append(Year(campaign, store.campaign_policy(db, campaign) or "", len(draws), events))
    return found


def _event(entry: Recorded) -> Event:
    told = entry.details
    why = "; ".join(str(told[name]) for name in ("ground", "reason", "document") if told.get(name))
    units = told.get("units")
    return Event(
        number=entry.number,
        at=entry.act.at,
        what=entry.action,
        name=entry.subject,
        why=why,
        units=len(units) if isinstance(units, list) else 1,
    )


def pairs(db: Connection, vault: Vault) -> list[Pair]:
    """Of each standing, public sample what it shares with the one before it under its policy."""
    found = []
    before: dict[str, str] = {}
    for draw, policy in _standing(db):
        if policy in before:
            found.append(_pair(db, vault, before[policy], draw))
        before[policy] = draw
    return found


def pair_of(db: Connection, vault: Vault, later: str) -> Pair:
    """What a sample shares with the one before it under its policy; `NotFound` where there are no two of them."""
    store.one_draw(db, later)
    standing = list(_standing(db))
    policy = dict(standing).get(later)
    alike = [draw for draw, other in standing if other == policy]
    if policy is None or alike[0] == later:
        raise NotFound("overlap-none", draw=later)
    return _pair(db, vault, alike[alike.index(later) - 1], later)


def _standing(db: Connection) -> Iterator[tuple[str, str]]:
    """Every draw whose sample stands and is public, with its policy, in the order in which they were drawn."""
    drawn = []
    for row in store.all_draws(db):
        progress = store.progress_of(db, row.draw, SAMPLE_ROUND)
        if progress.state is State.DRAWN and progress.published:
            policy = store.campaign_policy(db, row.campaign) or ""
            drawn.append((store.commitments_of(db, row.draw)[SAMPLE_ROUND].run_in or 0, row.draw, policy))
    for _, draw, policy in sorted(drawn):
        yield draw, policy


def _pair(db: Connection, vault: Vault, earlier: str, later: str) -> Pair:
    first, second = (sample_of(db, vault, open_draw(db, name)) for name in (earlier, later))
    return Pair(earlier, later, overlap_of(first, second))


def overlap_of(earlier: Sample, later: Sample) -> Overlap:
    """What two samples share, beside what chance would have."""
    drawn_before, drawn_now = set(earlier.selected_units), set(later.selected_units)
    frame = later.frame
    marked = Counter(
        (stratum, city)
        for unit, stratum, city in zip(frame.units, frame.strata, frame.cities, strict=True)
        if unit in drawn_before
    )
    cells = [Meeting(cell.units, marked[cell.stratum, cell.city], cell.sampled) for cell in later.cells]
    return overlap(cells, len(drawn_before & drawn_now))

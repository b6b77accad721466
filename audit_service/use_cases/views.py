"""What can be looked at: draws and rounds with their numbers, and why a unit was or was not drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core.acts import Act, beijing_day
from audit_service.core.divisions import is_township
from audit_service.core.draws import SAMPLE_ROUND, Progress, State
from audit_service.core.explanation import Explanation, explain
from audit_service.core.frozen import Exclusion, Substitution
from audit_service.core.policy import Programme
from audit_service.core.selection import Sample
from audit_service.errors import NotFound
from audit_service.store import acts, rosters, tables
from audit_service.store import draws as store
from audit_service.use_cases.drawn import Draw, logged_root, open_draw, results_of, sample_of, seeds_of
from audit_service.use_cases.happenings import missing_days
from audit_service.use_cases.rounds import Round, parse_round, round_of
from audit_service.vault import Vault

Standing = tuple[Progress, ...]
Overdue = tuple[tuple[str, ...], ...]
LastAct = tuple[int, str]


@dataclass(frozen=True)
class Done:
    """A commitment as it is shown: C, its progress, its public value, who did what when, and what is overdue.

    `ground` and `reason` are those on which it was withdrawn or set aside, if it was; `cancelled_by` is the document
    on which its fallback events were used, if they were; `corrections` the public values that were typed wrongly, with
    the right ones and the document.
    """

    progress: Progress
    c: str
    public: str
    seed: str
    acts: Mapping[str, Act]
    ground: str
    reason: str
    cancelled_by: str
    corrections: Sequence[Mapping[str, object]]
    violations: Sequence[str]


@dataclass(frozen=True)
class StratumView:
    """A stratum of a draw in numbers; `sampled` None before the draw."""

    stratum: str
    listed: int
    excluded: int
    units: int
    rate_bp: int
    sampled: int | None


@dataclass(frozen=True)
class DrawView:
    """Everything about a draw that its office looks at; `demo` if any of it was done under a clock set by hand.

    `one_office` if any of it was done without an account, so that nobody else could confirm it. `days_missing` counts
    the days under seal that are over and not yet in the log.
    """

    draw: Draw
    frozen: Act
    done: Done | None
    rounds: Sequence[Done]
    strata: Sequence[StratumView]
    sample: Sample | None
    notices: str
    substitutions: Sequence[Substitution]
    demo: bool
    one_office: bool
    days_missing: int

    @property
    def state(self) -> State:
        return self.done.progress.state if self.done else State.FROZEN

    @property
    def standing(self) -> Standing:
        """How far the sample and each round have gone."""
        return tuple(part.progress for part in (self.done, *self.rounds) if part)


@dataclass(frozen=True)
class Names:
    """The names of places and people as the rosters have them now: for paper and screen, never for a decision."""

    cities: Mapping[str, str]
    units: Mapping[str, str]
    people: Mapping[str, str]

    def whole(self, unit: str, city: str) -> str:
        """A unit with its city, from large to small: a city stands before the county, a township after it."""
        name, place = self.units.get(unit, ""), self.cities.get(city, city)
        if place in name:
            return name
        return f"{name}（{place}）" if is_township(city) else f"{place}{name}"


class Listed(NamedTuple):
    """A draw in a list; `done` None while it is only frozen."""

    draw: str
    campaign: str
    done: Done | None


def last_act(db: Connection) -> LastAct:
    """The act that was done last, as nobody could foretell it: as long as it is, everything is as it was."""
    return acts.last(db)


def overdue(standing: Standing, now: datetime) -> Overdue:
    """What of a draw depends on the clock alone: the violations of its sample and of each round."""
    return tuple(tuple(rules.violations(progress, now)) for progress in standing)


def is_under_seal(standing: Standing) -> bool:
    """Whether something of a draw was carried out and may not be known yet."""
    return any(progress.run and not progress.published for progress in standing)


def list_draws(db: Connection, now: datetime) -> list[Listed]:
    """Every draw with how far it has gone."""
    return [listed(db, row, now) for row in find_draws(db)]


def find_draws(db: Connection, campaign: str = "", state: str = "") -> list[store.DrawRow]:
    """The draws, campaign by campaign; of one campaign, or in one state."""
    rows = [row for row in store.all_draws(db) if campaign in ("", row.campaign)]
    return [row for row in rows if not state or store.progress_of(db, row.draw, SAMPLE_ROUND).state == state]


def listed(db: Connection, row: store.DrawRow, now: datetime) -> Listed:
    """A draw with how far it has gone."""
    return Listed(row.draw, row.campaign, done(db, None, row.draw, SAMPLE_ROUND, now))


def list_rounds(db: Connection, name: str, now: datetime) -> list[Done]:
    """Every round of a draw with how far it has gone."""
    store.one_draw(db, name)
    found = [done(db, None, name, number, now) for number in store.commitments_of(db, name) if number]
    return [entry for entry in found if entry]


def done(db: Connection, vault: Vault | None, name: str, number: int, now: datetime) -> Done | None:
    """A commitment and what has happened to it; nothing if there is none. The seed needs the vault."""
    row = store.commitments_of(db, name).get(number)
    if row is None:
        return None
    progress = store.progress_of(db, name, number)
    happened = {
        "committed": row.committed_in,
        "run": row.run_in,
        "withdrawn": row.withdrawn_in,
        "revealed": row.revealed_in,
        "set-aside": row.set_aside_in,
        **_deposited(db, progress.name),
    }
    ended = row.withdrawn_in or row.set_aside_in
    why = acts.details_of(db, ended) if ended else {}
    ran = acts.details_of(db, row.run_in) if row.run_in and progress.fallback_used else {}
    return Done(
        progress=progress,
        c=row.c,
        public=row.public,
        seed=seeds_of(db, vault, name, number).seed if vault and progress.published else "",
        acts={what: acts.act_of(db, act) for what, act in happened.items() if act is not None},
        ground=str(why.get("ground", "")),
        reason=str(why.get("reason", "")),
        cancelled_by=str(ran.get("document", "")),
        corrections=acts.all_details(db, progress.name, "correct"),
        violations=rules.violations(progress, now),
    )


def _deposited(db: Connection, name: str) -> dict[str, int]:
    """The act by which a third party confirmed that it holds the secret, or else that by which the office says so."""
    said = acts.recorded_on(db, [name], ["deposit-confirm"])
    shown = [each.number for each in said if "shown_by" in each.details]
    if shown:
        return {"deposited": shown[0]}
    return {"deposit-said": said[0].number} if said else {}


def show_draw(db: Connection, vault: Vault, name: str, now: datetime, *, sealed: bool) -> DrawView:
    """A draw with its strata, its sample if it was drawn, and its rounds.

    A sample that is under seal is found only for who may see what is `sealed`; for others nothing follows from it.
    """
    draw = open_draw(db, name)
    found = done(db, vault, name, SAMPLE_ROUND, now)
    may = found is not None and found.progress.run and (sealed or found.progress.published)
    sample = sample_of(db, vault, draw) if may else None
    numbers = [number for number in store.commitments_of(db, name) if number]
    rounds = [entry for entry in (done(db, vault, name, number, now) for number in numbers) if entry]
    return DrawView(
        draw=draw,
        frozen=acts.act_of(db, draw.row.frozen_in),
        done=found,
        rounds=rounds,
        strata=strata_of(draw, sample),
        sample=sample,
        notices=_notices(db, vault, draw) if sample else logged_root(db, name),
        substitutions=store.substitutions_of(db, name),
        demo=acts.any_demo(db, name),
        one_office=acts.any_without_account(db, name),
        days_missing=sum(missing_days(db, name, n, beijing_day(now)) for n in (SAMPLE_ROUND, *numbers)),
    )


def _notices(db: Connection, vault: Vault, draw: Draw) -> str:
    return results_of(db, vault, draw, SAMPLE_ROUND)["notices.txt"].decode().strip()


def show_round(db: Connection, vault: Vault, name: str, now: datetime) -> tuple[Done, Round | None]:
    """A round with how far it has gone, and its teams if it was carried out."""
    draw, number = parse_round(name)
    opened = open_draw(db, draw)
    found = done_round(db, name, now)
    return found, round_of(db, vault, opened, number) if found.progress.run else None


def done_round(db: Connection, name: str, now: datetime) -> Done:
    """How far a round has gone; `NotFound` if there is none of that name."""
    draw, number = parse_round(name)
    store.one_draw(db, draw)
    found = done(db, None, draw, number, now)
    if found is None:
        raise NotFound("round-unknown", round=name)
    return found


def strata_of(draw: Draw, sample: Sample | None) -> list[StratumView]:
    """Each stratum of a draw in numbers."""
    units = Counter(draw.files.frame.strata)
    excluded = Counter(row.stratum for row in draw.files.exclusions)
    sampled = Counter(row.stratum for row in sample.selected) if sample else None
    return [
        StratumView(
            stratum=s.stratum,
            listed=units[s.stratum] + excluded[s.stratum],
            excluded=excluded[s.stratum],
            units=units[s.stratum],
            rate_bp=s.rate_bp,
            sampled=sampled[s.stratum] if sampled is not None else None,
        )
        for s in draw.files.policy.strata
    ]


def explain_unit(db: Connection, vault: Vault, name: str, unit: str) -> tuple[Programme, Explanation | Exclusion, str]:
    """Why a unit was or was not drawn, with the draw's policy and seed: its explanation, or its exclusion."""
    draw = open_draw(db, name)
    sample = sample_of(db, vault, draw)
    for row in draw.files.exclusions:
        if row.unit == unit:
            return draw.programme, row, sample.seed
    if unit not in sample.by_unit:
        raise NotFound("unit-not-in-draw", unit=unit, draw=name)
    return draw.programme, explain(draw.files.policy, sample, unit), sample.seed


def names(db: Connection, cities: Mapping[str, str]) -> Names:
    """The rosters' names of units and people, beside the names of cities that are handed in."""
    units = rosters.current(db, tables.units)
    return Names(
        cities=cities,
        units={row["unit"]: f"{row['county']}{row['name']}" for row in units},
        people={row["inspector"]: row["name"] for row in rosters.current(db, tables.people)},
    )

"""Assignment rounds: commit and carry out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from audit_service.core import frozen, layout, replay
from audit_service.core.acts import Act, beijing_day
from audit_service.core.assignment import Stuck, read_infeasible
from audit_service.core.commitment import ASSIGNMENT
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.frozen import Seat, Standing
from audit_service.core.packets import Packet, make_packets
from audit_service.core.shortage import Shortage, shortages, untried
from audit_service.core.terms import check_round_after
from audit_service.errors import NotFound, Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.committing import Terms, bind, blank, carry_out, check_none_pending, publish
from audit_service.use_cases.drawn import (
    Draw,
    latest_seats,
    results_of,
    round_files,
    sample_of,
    seeds_of,
    take_draw,
)
from audit_service.use_cases.people_of_round import Called, Concluded, Period, call, nobody, read_concluded
from audit_service.vault import Vault


@dataclass(frozen=True)
class Round:
    """A round that was carried out: its packets, and every seat, or what is missing where there is no assignment."""

    name: str
    seed: str
    packets: Sequence[Packet]
    city_of: Mapping[str, str]
    seats: Sequence[Seat]
    shortages: Sequence[Shortage]
    untried: Sequence[Shortage]
    """Of roles that were not tried, since an earlier one of their pool could not be filled."""


def parse_round(name: str) -> tuple[str, int]:
    """The draw and the number of a round named `SC-2026-01/1`; `NotFound` for another form."""
    draw, _, number = name.partition("/")
    if not number.isascii() or not number.isdigit() or number.startswith("0") or len(number) > 9:
        raise NotFound("round-form", found=name)
    return draw, int(number)


def parse_part(name: str) -> tuple[str, int]:
    """The draw and the number of `SC-2026-01` or `SC-2026-01/1`; a sample's is 0."""
    return parse_round(name) if "/" in name else (name, SAMPLE_ROUND)


@dataclass(frozen=True)
class Committed:
    """A round that was committed: its name, its C, and who was called."""

    name: str
    c: str
    called: Called


def commit_round(db: Connection, act: Act, vault: Vault, name: str, terms: Terms, period: Period) -> Committed:
    """Commit the next round of a draw with the people and recusals of this moment.

    Who is not available on the days of the period is left out; without one, who is not after the round's events.
    """
    draw = take_draw(db, act, name)
    sample = store.progress_of(db, name, SAMPLE_ROUND)
    committed = sample.require(State.COMMITTED, State.DRAWN)
    if not sample.run:
        check_round_after(terms.events + terms.fallback, committed)
    check_none_pending(db, name)
    number = store.count_rounds(db, name) + 1
    last = max((event.not_before for event in terms.events), default=act.at)
    called = call(db, draw, period if period.since or period.until else Period(until=beijing_day(last)))
    files = _freeze(db, vault, draw, called)
    if not terms.sealed:
        _check_may_be_open(db, name)
    unbound = replace(blank(ASSIGNMENT, draw), round=number, sample=store.commitments_of(db, name)[SAMPLE_ROUND].c)
    c = bind(db, act, vault, unbound, terms, files)
    store.add_files(db, name, number, files, acts.last_number(db))
    acts.record(db, act, "round-people", store.round_name(name, number), **called.concluded.details)
    return Committed(store.round_name(name, number), c, called)


def _check_may_be_open(db: Connection, name: str) -> None:
    """Refuse an open round while teams, or the sample that they go to, are under a seal: the round would publish who
    keeps which seat, and on which packet."""
    parts = [store.progress_of(db, name, number) for number in store.commitments_of(db, name)]
    drawn = [part for part in parts if part.state is State.DRAWN]
    hidden = [part.name for part in drawn if not part.published]
    if hidden and any(part.name != name for part in drawn):
        raise Refused("round-must-be-sealed", name=hidden[0])


def concluded_of(db: Connection, name: str) -> Concluded:
    """What was concluded of whom when a round was committed; nothing where the journal does not say."""
    told = acts.all_details(db, name, "round-people")
    return read_concluded(told[-1]) if told else Concluded((), (), ())


def _freeze(db: Connection, vault: Vault, draw: Draw, called: Called) -> dict[str, bytes]:
    people, recusals = list(called.people), list(called.recusals)
    if not people:
        raise nobody(db, draw.programme, called)
    teams = draw.programme.public_teams
    frozen.check_people(people, recusals, teams, set(draw.files.frame.units))
    files = {
        "teams.json": frozen.write_teams(teams),
        "inspectors.csv": frozen.write_inspectors(people),
        "recusals.csv": frozen.RECUSALS.write(recusals),
        "substitutions.csv": frozen.write_substitutions(store.substitutions_of(db, draw.row.draw)),
        "standing.csv": frozen.STANDING.write(_standing(db, vault, draw, people)),
    }
    replay.read_round_files(files.__getitem__, "")  # refuses what the protocol's forms refuse
    return files


def _standing(db: Connection, vault: Vault, draw: Draw, people: Sequence[frozen.Inspector]) -> list[Standing]:
    seats = latest_seats(db, vault, draw)
    if not seats:
        return []
    substitutions = store.substitutions_of(db, draw.row.draw)
    packets = make_packets(draw.programme.public_teams, sample_of(db, vault, draw), substitutions)
    return replay.who_stands(seats, people, packets)


def run_round(db: Connection, act: Act, vault: Vault, name: str, public: str, document: str) -> Round:
    """Carry out a committed round with the public value of its events, or on a document with that of the fallback.

    An infeasible one is carried out too.
    """
    draw_name, number = parse_round(name)
    draw = take_draw(db, act, draw_name)
    store.progress_of(db, draw_name, SAMPLE_ROUND).require(State.DRAWN)
    carry_out(db, act, vault, draw, number, public, document)
    results = results_of(db, vault, draw, number)
    store.mark(db, draw_name, number, feasible=layout.ASSIGNMENT in results)
    publish(db, vault, draw, acts.last_number(db))
    return round_of(db, vault, draw, number)


def round_of(db: Connection, vault: Vault, draw: Draw, number: int) -> Round:
    """A round that was carried out."""
    files = round_files(db, draw.row.draw, number)
    results = results_of(db, vault, draw, number)
    sample = sample_of(db, vault, draw)
    packets = make_packets(files.teams, sample, files.substitutions)
    problem = (files.teams, _stuck(results), packets, files.inspectors, files.recusals, files.standing)
    return Round(
        name=store.round_name(draw.row.draw, number),
        seed=seeds_of(db, vault, draw.row.draw, number).seed,
        packets=packets,
        city_of=dict(zip(sample.frame.units, sample.frame.cities, strict=True)),
        seats=_seats(results),
        shortages=shortages(*problem),
        untried=untried(*problem),
    )


def _seats(results: dict[str, bytes]) -> list[Seat]:
    data = results.get(layout.ASSIGNMENT)
    return frozen.read_assignment(data, layout.ASSIGNMENT) if data else []


def _stuck(results: dict[str, bytes]) -> Sequence[Stuck]:
    data = results.get(layout.INFEASIBLE)
    return read_infeasible(data, layout.INFEASIBLE) if data else ()

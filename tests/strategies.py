"""Hypothesis strategies and builders for what the protocol freezes and commits (docs/protocol.md).

What they give always has its form and keeps the rules that join several files; names are as awkward as the forms allow.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import pairwise, product
from random import Random
from typing import Final

from hypothesis import strategies as st

from audit_service.core import replay
from audit_service.core.commitment import (
    ASSIGNMENT,
    LONGEST_SEAL,
    ROUND_FILES,
    SAMPLE,
    SAMPLE_FILES,
    Commitment,
    blinded,
)
from audit_service.core.events import NEEDED, Event
from audit_service.core.frame import Frame, FrameUnit
from audit_service.core.frozen import (
    BASES,
    SAME_CITY,
    Exclusion,
    Inspector,
    Policy,
    Pool,
    Recusal,
    Role,
    Standing,
    Stratum,
    Substitution,
)
from audit_service.core.packets import Packet, make_packets
from audit_service.core.replay import SampleFiles
from audit_service.core.seed import committed_secret
from audit_service.core.selection import Sample
from audit_service.core.substitution import substitute

# --- names ---------------------------------------------------------------------------------------------------------

AWKWARD: Final = (
    "0",
    "00",
    "007",
    "10",
    "9",
    "A",
    "z",
    "a-",
    "a--b",
    "a_",
    "n-001",
    "Z" * 64,
    "0" * 64,
    "x" + "-" * 63,
)
"""Identifiers that a careless reader, sorter or path would get wrong."""
NAMINGS: Final = ("u{:03d}", "{}", "0{}", "{:064d}", "U-{}_", "x" + "-" * 59 + "{:04d}", "{}-001")
"""Ways to name many units or people. Some put the tenth before the second, some fill all 64 characters."""

LETTERS: Final = string.ascii_letters + string.digits


@cache
def identifiers() -> st.SearchStrategy[str]:
    """Any identifier; short ones and awkward ones more often."""
    free = st.builds(str.__add__, st.sampled_from(LETTERS), st.text(LETTERS + "_-", max_size=63))
    return st.sampled_from(AWKWARD) | free


ANY_NAME: Final = identifiers()


@cache
def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Identifiers of one kind, as one file may hold them: no two differ by case alone."""
    return st.lists(st.sampled_from(AWKWARD), min_size=least, max_size=most, unique=True)


@cache
def numbered(count: int) -> st.SearchStrategy[list[str]]:
    """So many identifiers, all named in one way."""
    return st.sampled_from(NAMINGS).map(lambda naming: [naming.format(number) for number in range(count)])


@cache
def digests() -> st.SearchStrategy[str]:
    """Digests: seeds, secrets, and what a commitment says of files."""
    return st.integers(0, 2**64).map(lambda number: sha256(str(number).encode()).hexdigest())


# --- what a sample draw freezes ------------------------------------------------------------------------------------


RATES: Final = st.sampled_from((1, 9999, 10000)) | st.integers(1, 10000)
A_BASE: Final = st.sampled_from(BASES)


@st.composite
def policies(draw: st.DrawFn, least: int = 0) -> Policy:
    """A policy of a few strata."""
    names = draw(distinct(least, 3))
    strata = [Stratum(name, draw(RATES), draw(A_BASE), "method") for name in names]
    return Policy(draw(identifiers()), tuple(strata))


@st.composite
def sample_files(draw: st.DrawFn, most: int = 24, least: int = 0) -> SampleFiles:
    """The frozen files of a sample draw; strata and cities may be without units, and there may be no unit at all."""
    policy = draw(policies(least=min(least, 1)))
    strata = [stratum.stratum for stratum in policy.strata]
    cities = draw(distinct(1, 4))
    cells = st.tuples(st.sampled_from(strata), st.sampled_from(cities)) if strata else st.nothing()
    placed = draw(st.lists(cells, min_size=least, max_size=most if strata else 0))
    barred = draw(st.lists(st.sampled_from(strata), max_size=3)) if strata else []
    names = draw(numbered(len(placed) + len(barred)))
    frame = [FrameUnit(name, *cell) for name, cell in zip(names, placed, strict=False)]
    exclusions = [
        Exclusion(name, stratum, "ground") for name, stratum in zip(names[len(placed) :], barred, strict=True)
    ]
    return SampleFiles(policy, Frame.of(sorted(frame)), sorted(exclusions))


def samples(most: int = 24, least: int = 0) -> st.SearchStrategy[Sample]:
    """Drawn samples."""
    return st.builds(replay.draw, sample_files(most, least), digests())


# --- what a round freezes ------------------------------------------------------------------------------------------


SEATS: Final = st.sampled_from(
    (
        (),
        (Role("lead", 1),),
        (Role("0", 2),),
        (Role("lead", 1), Role("aide", 2)),
        (Role("0", 1), Role("lead", 2), Role("aide", 1)),
    )
)
A_SIZE: Final = st.integers(1, 4)
A_WORD: Final = st.sampled_from(SAME_CITY)
A_ROOM: Final = st.none() | st.integers(1, 3)


@st.composite
def regions(draw: st.DrawFn, cities: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Some of the cities put into regions, in any order; a region may be empty."""
    order = draw(st.permutations(cities))
    cuts = sorted(draw(st.just([]) | st.lists(st.integers(0, len(order)), min_size=2, max_size=4)))
    return tuple(tuple(order[start:end]) for start, end in pairwise(cuts))


@st.composite
def teams(draw: st.DrawFn, strata: Sequence[str], cities: Sequence[str]) -> tuple[Pool, ...]:
    """Pools that serve all these strata."""
    names = draw(distinct(1, 3))
    serving = [draw(st.sampled_from(names)) for _ in strata]
    return tuple(
        Pool(
            pool=name,
            strata=tuple(stratum for stratum, pool in zip(strata, serving, strict=True) if pool == name),
            packet_size=draw(A_SIZE),
            same_city=draw(A_WORD),
            seats=draw(SEATS),
            regions=draw(regions(cities)),
        )
        for name in names
    )


@st.composite
def people(draw: st.DrawFn, pools: Sequence[Pool], cities: Sequence[str], most: int = 8) -> list[Inspector]:
    """People for the roles of these pools."""
    roles = [(pool.pool, seat.role) for pool in pools for seat in pool.seats]
    role = st.sampled_from(roles) if roles else st.nothing()
    one = st.tuples(role, st.sampled_from(cities), A_ROOM)
    found = draw(st.lists(one, max_size=most if roles else 0))
    names = draw(numbered(len(found)))
    return [Inspector(name, *own, city, room) for name, (own, city, room) in zip(names, found, strict=True)]


def recusals(inspectors: Sequence[Inspector], units: Sequence[str]) -> st.SearchStrategy[list[Recusal]]:
    """Recusals of these people, and of one who is not listed, from these units."""
    if not units:
        return st.just([])
    who = st.sampled_from([*(person.inspector for person in inspectors), "stranger"])
    return st.lists(st.builds(Recusal, who, st.sampled_from(units)), max_size=8, unique=True)


@dataclass(frozen=True)
class RoundOf:
    """A drawn sample and what a round of it freezes, nobody standing yet."""

    files: SampleFiles
    sample: Sample
    teams: tuple[Pool, ...]
    substitutions: list[Substitution]
    inspectors: list[Inspector]
    recusals: list[Recusal]

    @property
    def packets(self) -> list[Packet]:
        return make_packets(self.teams, self.sample, self.substitutions)


@st.composite
def batches(draw: st.DrawFn, sample: Sample, most: int = 3) -> list[list[str]]:
    """Batches of units that are out of scope: selected ones, and substitutes of earlier batches."""
    made: list[list[str]] = []
    for _ in range(draw(st.integers(0, most))):
        rows = substitute(sample, made)
        inspected = {row.unit for row in sample.selected} | {row.substitute for row in rows if row.substitute}
        left = sorted(inspected - {row.unit for row in rows})
        if left:
            made.append(draw(st.lists(st.sampled_from(left), min_size=1, max_size=4, unique=True)))
    return made


@st.composite
def rounds(draw: st.DrawFn) -> RoundOf:
    """A round of a drawn sample."""
    files = draw(sample_files(least=6))
    sample = replay.draw(files, draw(digests()))
    cities = sorted({row.city for row in files.frame})
    pools = draw(teams([stratum.stratum for stratum in files.policy.strata], cities))
    inspectors = draw(people(pools, [*cities, "elsewhere"]))
    return RoundOf(
        files=files,
        sample=sample,
        teams=pools,
        substitutions=substitute(sample, draw(batches(sample))),
        inspectors=inspectors,
        recusals=draw(recusals(inspectors, [row.unit for row in files.frame])),
    )


# --- small instances of the problem of the seats -------------------------------------------------------------------


@dataclass(frozen=True)
class Seating:
    """All that decides who sits where."""

    pools: tuple[Pool, ...]
    packets: list[Packet]
    people: list[Inspector]
    recusals: list[Recusal]
    standing: list[Standing]
    seed: str


TOWNS: Final = ("c0", "c1", "c2", "c3")
LARGE: Final = TOWNS[0]
SMALL_SEATS: Final = ((Role("lead", 1),), (Role("lead", 2),), (Role("lead", 1), Role("aide", 2)))


def seatings() -> st.SearchStrategy[Seating]:
    """One or two pools with a few packets, hardly enough people, and some who stand from an earlier round.

    All of it comes from one generator: drawn choice by choice, hardly any instance needs people to move.
    """
    return st.integers(0, 2**64).map(lambda number: seating(Random(number)))


def seating(rng: Random) -> Seating:
    """One instance: of one or two pools, or of one pool with a large city."""
    return rng.choice((_of_any_cities, with_a_large_city))(rng)


def _of_any_cities(rng: Random) -> Seating:
    pools = [_small_pool(rng, name) for name in ("north", "south-001")[: rng.randint(1, 2)]]
    made = [packet for pool in pools for packet in _small_packets(rng, pool.pool)]
    staff = [person for pool in pools for seat in pool.seats for person in _staff(rng, pool.pool, seat)]
    barred = _some_recusals(rng, made, staff)
    standing = [row for pool in pools for row in _kept(rng, pool, made, staff)]
    return Seating(tuple(pools), made, staff, barred, standing, rng.randbytes(32).hex())


def with_a_large_city(rng: Random, size: int = 12) -> Seating:
    """A good part of the packets and of the people are in one city, so the least loaded can often not sit at once.

    Capacities are as tight as can be, or none; some people are recused from all of a city, or all from a good many
    packets, so that chains are long; there are up to `size` packets.
    """
    pool = Pool("n", (), 1, "forbid", rng.choice((*SMALL_SEATS, (Role("lead", 3),))), ())
    made = [_packet_near(rng, number) for number in range(1, rng.randint(size // 3, size) + 1)]
    share = rng.choice((0.3, 0.4, 0.6))
    staff = [person for seat in pool.seats for person in _staff_near(rng, seat, share, len(made))]
    barred = rng.choice((_no_recusals, _recusals_by_city, _many_recusals))(rng, made, staff)
    return Seating((pool,), made, staff, barred, _kept(rng, pool, made, staff), rng.randbytes(32).hex())


def _near(rng: Random, share: float) -> str:
    return LARGE if rng.random() < share else rng.choice(TOWNS[1:])


def _packet_near(rng: Random, number: int) -> Packet:
    cities = [_near(rng, 0.5) for _ in range(rng.choice((1, 1, 1, 2)))]
    return Packet("n", f"n-{number:03d}", tuple(f"{number}-{k}" for k in range(len(cities))), frozenset(cities))


def _staff_near(rng: Random, seat: Role, share: float, packets: int) -> list[Inspector]:
    number = rng.randint(2 * seat.count, max(2 * seat.count, packets) + 1)
    need = -(-packets * seat.count // number)
    rooms = rng.choice(((None,), (None,), (need + 1,), (None, need, need + 2)))
    return [Inspector(f"{seat.role}{k}", "n", seat.role, _near(rng, share), rng.choice(rooms)) for k in range(number)]


def _no_recusals(rng: Random, packets: Sequence[Packet], staff: Sequence[Inspector]) -> list[Recusal]:
    return []


def _recusals_by_city(rng: Random, packets: Sequence[Packet], staff: Sequence[Inspector]) -> list[Recusal]:
    """A few people, each recused from all units of one city's packets."""
    some = [(person.inspector, _near(rng, 0.5)) for person in staff if rng.random() < 0.2]
    return [Recusal(who, unit) for who, city in some for p in packets if city in p.cities for unit in p.units]


def _many_recusals(rng: Random, packets: Sequence[Packet], staff: Sequence[Inspector]) -> list[Recusal]:
    share = rng.choice((0.1, 0.3, 0.4))
    return [Recusal(who.inspector, p.units[0]) for who in staff for p in packets if rng.random() < share]


def _small_pool(rng: Random, name: str) -> Pool:
    return Pool(name, (), 2, rng.choice(SAME_CITY), rng.choice(SMALL_SEATS), ())


def _small_packets(rng: Random, pool: str) -> list[Packet]:
    packets = []
    for number in range(1, rng.randint(1, 8) + 1):
        cities = rng.sample(TOWNS, rng.choice((0, 1, 1, 1, 2)))
        units = tuple(f"{pool}-{number}-{city}" for city in cities)
        packets.append(Packet(pool, f"{pool}-{number:03d}", units, frozenset(cities)))
    return packets


def _staff(rng: Random, pool: str, seat: Role) -> list[Inspector]:
    rooms = rng.choice(((None,), (None, 1, 2, 3)))
    return [
        Inspector(f"{pool}-{seat.role}{number}", pool, seat.role, rng.choice((*TOWNS, "far", "out")), rng.choice(rooms))
        for number in range(rng.randint(seat.count + 1, 7))
    ]


def _some_recusals(rng: Random, packets: Sequence[Packet], staff: Sequence[Inspector]) -> list[Recusal]:
    share = rng.choice((0, 0.2, 0.4))
    units = [(packet.pool, unit) for packet in packets for unit in packet.units]
    return [
        Recusal(p.inspector, unit) for p in staff for pool, unit in units if pool == p.pool and rng.random() < share
    ]


def _kept(rng: Random, pool: Pool, packets: Sequence[Packet], staff: Sequence[Inspector]) -> list[Standing]:
    """Seats that stand, whatever recusals, cities and capacities say of them."""
    share = rng.choice((0, 0, 0.3, 0.6))
    alive = [packet for packet in packets if packet.pool == pool.pool and packet.units]
    kept = []
    for packet, seat in product(alive, pool.seats):
        names = [p.inspector for p in staff if (p.pool, p.role) == (pool.pool, seat.role)]
        who = [name for name in rng.sample(names, seat.count) if rng.random() < share]
        kept += [Standing(packet.packet, name, seat.role) for name in who]
    return kept


# --- events and commitments ----------------------------------------------------------------------------------------

FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@cache
def times() -> st.SearchStrategy[datetime]:
    """Moments to the second, early enough that every reveal after them has a date."""
    span = int((LAST - FIRST).total_seconds())
    return st.integers(0, span).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def dice(digits: int = 20, event: str = "table") -> Event:
    """Dice thrown on 1 July 2026 at 04:00 UTC."""
    return Event("d10", event, digits, datetime(2026, 7, 1, 4, tzinfo=UTC))


@cache
def events(name: st.SearchStrategy[str] = ANY_NAME) -> st.SearchStrategy[Event]:
    """Any event that can be committed."""
    lottery = st.builds(Event, st.sampled_from(("ssq", "dlt", "kl8")), name, st.just(0), times())
    return lottery | st.builds(Event, st.just("d10"), name, st.integers(20, 60), times())


def event_lists() -> st.SearchStrategy[tuple[Event, ...]]:
    """Events that can decide a draw together. No two such lists have names that differ by case alone."""
    named = events(st.sampled_from(AWKWARD))
    return st.lists(named, min_size=1, max_size=4, unique_by=lambda event: event.event).map(_strong_enough)


def _strong_enough(made: list[Event]) -> tuple[Event, ...]:
    strong = sum(event.bits for event in made) >= NEEDED
    return tuple(made) if strong else (*made, dice(event="table"))


DRUMS: Final = {"ssq": ((6, 33), (1, 16)), "dlt": ((5, 35), (2, 12)), "kl8": ((20, 80),)}
"""Of each lottery, how many balls of how many are drawn from each drum."""


def values(event: Event) -> st.SearchStrategy[str]:
    """Values that the event can give."""
    if event.source == "d10":
        return st.text(string.digits, min_size=event.digits, max_size=event.digits)
    return st.tuples(*[_balls(count, highest) for count, highest in DRUMS[event.source]]).map("+".join)


def _balls(count: int, highest: int) -> st.SearchStrategy[str]:
    order = st.permutations(range(1, highest + 1))
    return order.map(lambda balls: "".join(f"{ball:02d}" for ball in sorted(balls[:count])))


def public_of(decided: Sequence[Event], value: Callable[[Event], str]) -> str:
    """The public text of these events."""
    return ",".join(f"{event.source}:{event.event}:{value(event)}" for event in decided)


def open_commitment(kind: str = SAMPLE, **changed: object) -> Commitment:
    """An open commitment of this kind, with whatever is to be different."""
    names = SAMPLE_FILES if kind == SAMPLE else ROUND_FILES
    own: dict[str, object] = {} if kind == SAMPLE else {"round": 1, "sample": "c" * 64}
    given: dict[str, object] = {
        "kind": kind,
        "campaign": "2026",
        "draw": "first",
        "events": (dice(),),
        "fallback": (),
        "secret": "",
        "reveal_by": None,
        "files": dict.fromkeys(names, "f" * 64),
    }
    return Commitment(**{**given, **own, **changed})  # type: ignore[arg-type]


def sealed_commitment(kind: str = SAMPLE, secret: str = "5" * 64, **changed: object) -> Commitment:
    """A sealed commitment of this kind; what one of a round says of its files is bound to the secret."""
    plain = open_commitment(kind, **changed)
    bound = {name: blinded(digest, secret) for name, digest in plain.files.items()}
    return replace(
        plain,
        secret=committed_secret(secret),
        reveal_by=plain.reveal_by or plain.latest.date() + timedelta(days=30),
        files=bound if kind == ASSIGNMENT else plain.files,
    )


@st.composite
def commitments(draw: st.DrawFn, kind: str) -> Commitment:
    """Any commitment of this kind that keeps the rules, open or sealed."""
    decided, fallback = draw(event_lists()), draw(st.just(()) | event_lists())
    this, other = draw(distinct(2, 2))
    own = (
        {"replaces": draw(st.sampled_from(("", other)))}
        if kind == SAMPLE
        else {"round": draw(st.integers(1, 10**20)), "sample": draw(digests())}
    )
    made = open_commitment(
        kind,
        campaign=draw(identifiers()),
        draw=this,
        events=decided,
        fallback=fallback,
        files={name: draw(digests()) for name in (SAMPLE_FILES if kind == SAMPLE else ROUND_FILES)},
        **own,
    )
    if draw(st.booleans()):
        return made
    days = timedelta(days=draw(st.integers(0, LONGEST_SEAL)))
    return replace(made, secret=draw(digests()), reveal_by=made.latest.date() + days)

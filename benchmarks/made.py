"""What the benchmarks run on: made-up frames, whole draws and seatings of any size, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from audit_service.core import frozen, parts, replay
from audit_service.core.canonical import sha256_hex
from audit_service.core.commitment import ASSIGNMENT, FILE_NAMES, SAMPLE, Commitment, write_commitment
from audit_service.core.events import Event
from audit_service.core.frame import Frame
from audit_service.core.frozen import Inspector, Policy, Pool, Role, Standing, Stratum
from audit_service.core.packets import Packet
from audit_service.core.seed import seed_of

SEED: Final = sha256(b"benchmarks").hexdigest()
RATE: Final = 2000
"""Basis points: 20 % of each stratum, the rate of a look-back."""
STRATA: Final = ("national", "provincial")
POLICY: Final = Policy("bench", tuple(Stratum(name, RATE, "stratum", "look-back") for name in STRATA))
EVENT: Final = Event("d10", "bench", 20, datetime(2026, 7, 1, 4, tzinfo=UTC))
PUBLIC: Final = "d10:bench:31415926535897932386"
CITY_UNITS: Final = 500
"""Units in each city of a whole draw: 100 of them are drawn, which are 15 packets of at most 7."""
SEATS: Final = (Role("leader", 1), Role("expert", 2))


def city_name(number: int) -> str:
    """Six digits, as divisions have."""
    return f"{510000 + number:06d}"


def frame_of(units: int, cities: int) -> Frame:
    """A frame in the order of its bytes: codes of ten digits, in each city every other unit of the other stratum."""
    each = -(-units // cities)
    places = [divmod(unit, each) for unit in range(units)]
    return Frame(
        tuple(f"{city_name(city)}{number:04d}" for city, number in places),
        tuple(STRATA[number % len(STRATA)] for _, number in places),
        tuple(city_name(city) for city, _ in places),
    )


# --- whole draws ----------------------------------------------------------------------------------------------------


def people_of(packets: int, cities: int) -> list[Inspector]:
    """A leader for twelve packets and an expert for six, their homes spread over all cities."""
    counts = {"leader": packets // 12 + 2, "expert": packets // 6 + 4}
    return [
        Inspector(f"{role[0]}{number:05d}", "all", role, city_name(number % cities), None)
        for role, count in counts.items()
        for number in range(count)
    ]


def frozen_draw(units: int) -> dict[str, bytes]:
    """Frozen files, commitments and seeds of a sample and its first round, by their names in a bundle."""
    cities = max(2, units // CITY_UNITS)
    packets = cities * 15
    sample = _part(
        SAMPLE,
        {
            "policy.json": frozen.write_policy(POLICY),
            "frame.csv": frozen.FRAME.write(frame_of(units, cities)),
            "exclusions.csv": frozen.EXCLUSIONS.write([]),
        },
    )
    teams = _part(
        ASSIGNMENT,
        {
            "teams.json": frozen.write_teams([Pool("all", STRATA, 7, "forbid", SEATS, ())]),
            "inspectors.csv": frozen.write_inspectors(people_of(packets, cities)),
            "recusals.csv": frozen.RECUSALS.write([]),
            "substitutions.csv": frozen.write_substitutions([]),
            "standing.csv": frozen.STANDING.write([]),
        },
        replay.c_of(sample["commitment.json"]),
    )
    named = {f"sample/{name}": data for name, data in sample.items()}
    return named | {f"rounds/1/{name}": data for name, data in teams.items()}


def _part(kind: str, files: Mapping[str, bytes], sample: str = "") -> dict[str, bytes]:
    blank = Commitment(kind, "2026", "BENCH-2026-01", (EVENT,), (), "", None, {}, sample=sample)
    digests = {key: sha256_hex(files[name]) for key, name in FILE_NAMES.items() if name in files}
    bound = write_commitment(replace(blank, files=digests, round=1 if sample else 0))
    seeds = parts.Seeds(PUBLIC, "", seed_of(replay.c_of(bound), PUBLIC, ""))
    return {**files, "commitment.json": bound, "seed.json": parts.write_seeds(seeds)}


def write_draw(folder: Path, units: int) -> Path:
    """A folder with the frozen files of a draw, to be replayed."""
    for name, data in frozen_draw(units).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


# --- seats ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seating:
    """All that decides who sits where."""

    pools: tuple[Pool, ...]
    packets: list[Packet]
    people: list[Inspector]
    standing: tuple[Standing, ...] = ()


def seating(packets: int, people: int, cities: int, in_one: int = 0) -> Seating:
    """Packets of one unit, two seats of one role, nobody in the home city, no recusals; of packets and of people
    `in_one` per cent are in one city, and the rest spread evenly over the others."""
    pool = Pool("all", STRATA, 1, "forbid", (Role("expert", 2),), ())
    made = [
        Packet("all", f"all-{number + 1:03d}", (f"u{number:06d}",), frozenset([_town(number, cities, in_one)]))
        for number in range(packets)
    ]
    members = [
        Inspector(f"i{number:05d}", "all", "expert", _town(number, cities, in_one), None) for number in range(people)
    ]
    return Seating((pool,), made, members)


def _town(number: int, cities: int, in_one: int) -> str:
    if number * in_one % 100 < in_one:
        return city_name(0)
    return city_name(1 + number % (cities - 1) if in_one else number % cities)

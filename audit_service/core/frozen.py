"""The frozen files as values: policy, frame, exclusions, teams, people, recusals (docs/protocol.md, sections 2, 5, 6).

Reading checks each file by itself; `check_sample` and `check_round` check the rules that join several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from audit_service.core import canonical
from audit_service.core.canonical import (
    A_DIGEST,
    A_NUMBER,
    A_PACKET,
    A_POSITIVE,
    A_POSITIVE_OR_NOTHING,
    AN_IDENTIFIER,
    AN_IDENTIFIER_OR_NOTHING,
    Form,
    Table,
    checked,
    keyed,
    listed,
)
from audit_service.core.frame import Frame
from audit_service.errors import FormError, RuleError

BASES: Final = ("stratum", "city")
SAME_CITY: Final = ("forbid", "allow")
HIGHEST_RATE: Final = 10000


def _table(columns: str, key: str, **forms: Form) -> Table:
    """A table whose columns hold identifiers of their own name's kind, unless a form is given."""
    names = columns.split(",")
    kinds: dict[str, tuple[str, ...]] = {name: (name,) for name in names if name not in forms}
    if "substitute" in forms:
        kinds["unit"] = ("unit", "substitute")
    return Table(
        columns=tuple((name, forms.get(name, AN_IDENTIFIER)) for name in names),
        key=tuple(key.split(",")),
        kinds=tuple(kinds.items()),
    )


FRAME: Final = _table("unit,stratum,city", "unit")
EXCLUSIONS: Final = _table("unit,stratum,ground", "unit")
INSPECTORS: Final = _table("inspector,pool,role,city,capacity", "inspector", capacity=A_POSITIVE_OR_NOTHING)
RECUSALS: Final = _table("inspector,unit", "inspector,unit")
SUBSTITUTIONS: Final = _table("batch,unit,substitute", "unit", batch=A_POSITIVE, substitute=AN_IDENTIFIER_OR_NOTHING)
STANDING: Final = _table("packet,inspector,role", "packet,inspector", packet=A_PACKET)
ALLOCATION: Final = _table("stratum,city,units,sampled", "stratum,city", units=A_NUMBER, sampled=A_NUMBER)
SAMPLE: Final = _table("stratum,city,unit,position,ticket", "unit", position=A_NUMBER, ticket=A_DIGEST)
PACKETS: Final = _table("pool,packet,unit", "unit", packet=A_PACKET)
ASSIGNMENT: Final = _table("pool,packet,role,inspector", "packet,inspector", packet=A_PACKET)


class Exclusion(NamedTuple):
    """A unit of the roster that cannot be drawn."""

    unit: str
    stratum: str
    ground: str


class Inspector(NamedTuple):
    """A person who can be drawn for a role of a pool. `capacity` None is no limit."""

    inspector: str
    pool: str
    role: str
    city: str
    capacity: int | None


class Recusal(NamedTuple):
    """A person who must not inspect a unit."""

    inspector: str
    unit: str


class Substitution(NamedTuple):
    """A unit out of scope and the reserve that takes its place; an empty substitute is none."""

    batch: int
    unit: str
    substitute: str


class Standing(NamedTuple):
    """A seat that somebody keeps from an earlier round."""

    packet: str
    inspector: str
    role: str


class Seat(NamedTuple):
    """A person on a packet's team: a row of `assignment.csv`."""

    pool: str
    packet: str
    role: str
    inspector: str


@dataclass(frozen=True)
class Stratum:
    """A stratum of the policy: its rate in basis points, and whether the rate holds in the stratum or in each city."""

    stratum: str
    rate_bp: int
    base: str
    method: str


@dataclass(frozen=True)
class Policy:
    """The public part of a policy that decides a sample."""

    policy: str
    strata: tuple[Stratum, ...]


@dataclass(frozen=True)
class Role:
    """So many seats of a role on every packet of a pool."""

    role: str
    count: int


@dataclass(frozen=True)
class Pool:
    """Who inspects which strata, in packets of which size, in teams of which seats."""

    pool: str
    strata: tuple[str, ...]
    packet_size: int
    same_city: str
    seats: tuple[Role, ...]
    regions: tuple[tuple[str, ...], ...]


def read_policy(data: bytes, where: str) -> Policy:
    """`policy.json` as a value; `FormError` if it is not one."""
    found = keyed(canonical.read_json(data, where), ("policy", "strata"), where)
    strata = tuple(_stratum(entry, where) for entry in listed(found["strata"], where))
    _each_once("stratum", [stratum.stratum for stratum in strata], where)
    canonical.no_case_twins("method", (stratum.method for stratum in strata), where)
    return Policy(checked(found["policy"], AN_IDENTIFIER, where), strata)


def _stratum(value: object, where: str) -> Stratum:
    entry = keyed(value, ("base", "method", "rate_bp", "stratum"), where)
    rate = int(checked(entry["rate_bp"], A_POSITIVE, where))
    if rate > HIGHEST_RATE:
        raise FormError("rate-high", where=where, found=rate, highest=HIGHEST_RATE)
    return Stratum(
        stratum=checked(entry["stratum"], AN_IDENTIFIER, where),
        rate_bp=rate,
        base=checked(entry["base"], canonical.word(*BASES), where),
        method=checked(entry["method"], AN_IDENTIFIER, where),
    )


def write_policy(policy: Policy) -> bytes:
    """The inverse of `read_policy`."""
    strata = [
        {"stratum": s.stratum, "rate_bp": str(s.rate_bp), "base": s.base, "method": s.method} for s in policy.strata
    ]
    return canonical.write_json({"policy": policy.policy, "strata": strata})


def read_teams(data: bytes, where: str) -> tuple[Pool, ...]:
    """`teams.json` as a value; `FormError` if it is not one."""
    found = keyed(canonical.read_json(data, where), ("pools",), where)
    pools = tuple(_pool(entry, where) for entry in listed(found["pools"], where))
    kinds: dict[str, Callable[[Pool], Iterable[str]]] = {
        "pool": lambda pool: [pool.pool],
        "stratum": lambda pool: pool.strata,
        "role": lambda pool: [seat.role for seat in pool.seats],
        "city": lambda pool: [city for region in pool.regions for city in region],
    }
    for kind, of in kinds.items():
        canonical.no_case_twins(kind, (name for pool in pools for name in of(pool)), where)
    return pools


def _pool(value: object, where: str) -> Pool:
    entry = keyed(value, ("packet_size", "pool", "regions", "same_city", "seats", "strata"), where)
    return Pool(
        pool=checked(entry["pool"], AN_IDENTIFIER, where),
        strata=_names(entry["strata"], where),
        packet_size=int(checked(entry["packet_size"], A_POSITIVE, where)),
        same_city=checked(entry["same_city"], canonical.word(*SAME_CITY), where),
        seats=tuple(_role(seat, where) for seat in listed(entry["seats"], where)),
        regions=tuple(_names(region, where) for region in listed(entry["regions"], where)),
    )


def _names(value: object, where: str) -> tuple[str, ...]:
    return tuple(checked(name, AN_IDENTIFIER, where) for name in listed(value, where))


def _role(value: object, where: str) -> Role:
    entry = keyed(value, ("count", "role"), where)
    return Role(checked(entry["role"], AN_IDENTIFIER, where), int(checked(entry["count"], A_POSITIVE, where)))


def write_teams(pools: Sequence[Pool]) -> bytes:
    """The inverse of `read_teams`."""
    return canonical.write_json(
        {
            "pools": [
                {
                    "pool": pool.pool,
                    "strata": list(pool.strata),
                    "packet_size": str(pool.packet_size),
                    "same_city": pool.same_city,
                    "seats": [{"role": seat.role, "count": str(seat.count)} for seat in pool.seats],
                    "regions": [list(region) for region in pool.regions],
                }
                for pool in pools
            ]
        }
    )


def read_frame(data: bytes, where: str) -> Frame:
    """`frame.csv`: the units that can be drawn, in the order of their bytes."""
    return Frame.of(FRAME.read(data, where))


def read_exclusions(data: bytes, where: str) -> list[Exclusion]:
    """`exclusions.csv`: the units that cannot be drawn."""
    return [Exclusion(*row) for row in EXCLUSIONS.read(data, where)]


def read_inspectors(data: bytes, where: str) -> list[Inspector]:
    """`inspectors.csv`: the people who can be drawn."""
    return [
        Inspector(inspector, pool, role, city, int(capacity) if capacity else None)
        for inspector, pool, role, city, capacity in INSPECTORS.read(data, where)
    ]


def write_inspectors(people: Iterable[Inspector]) -> bytes:
    """The inverse of `read_inspectors`."""
    return INSPECTORS.write(
        (p.inspector, p.pool, p.role, p.city, "" if p.capacity is None else str(p.capacity)) for p in people
    )


def read_recusals(data: bytes, where: str) -> list[Recusal]:
    """`recusals.csv`: who must not inspect what."""
    return [Recusal(*row) for row in RECUSALS.read(data, where)]


def read_substitutions(data: bytes, where: str) -> list[Substitution]:
    """`substitutions.csv`: the substitutions made so far."""
    return [Substitution(int(batch), unit, substitute) for batch, unit, substitute in SUBSTITUTIONS.read(data, where)]


def write_substitutions(rows: Iterable[Substitution]) -> bytes:
    """The inverse of `read_substitutions`."""
    return SUBSTITUTIONS.write((str(row.batch), row.unit, row.substitute) for row in rows)


def read_standing(data: bytes, where: str) -> list[Standing]:
    """`standing.csv`: the seats that are kept."""
    return [Standing(*row) for row in STANDING.read(data, where)]


def read_assignment(data: bytes, where: str) -> list[Seat]:
    """`assignment.csv`: every seat of a round."""
    return [Seat(*row) for row in ASSIGNMENT.read(data, where)]


def _each_once(kind: str, values: Sequence[str], where: str) -> None:
    canonical.no_case_twins(kind, values, where)
    for value, count in Counter(values).items():
        if count > 1:
            raise FormError("form-twice", where=where, kind=kind, value=value)


# --- rules that join several files --------------------------------------------------------------------------------


def check_sample(policy: Policy, frame: Frame, exclusions: Sequence[Exclusion]) -> None:
    """The rules of section 2 on the files of a sample draw together: `RuleError`."""
    strata = {stratum.stratum for stratum in policy.strata}
    if not strata.issuperset(frame.strata):
        row = next(row for row in frame if row.stratum not in strata)
        raise RuleError("stratum-unknown", unit=row.unit, stratum=row.stratum)
    for exclusion in exclusions:
        if exclusion.stratum not in strata:
            raise RuleError("stratum-unknown", unit=exclusion.unit, stratum=exclusion.stratum)
    units = set(frame.units)
    for exclusion in exclusions:
        if exclusion.unit in units:
            raise RuleError("excluded-in-frame", unit=exclusion.unit)


def check_teams(pools: Sequence[Pool], policy: Policy) -> None:
    """The rules of section 6 on pools, their roles, cities and strata: `RuleError`."""
    _no_repeat("pool", [pool.pool for pool in pools], "")
    for pool in pools:
        _no_repeat("role", [seat.role for seat in pool.seats], pool.pool)
        _no_repeat("city", [city for region in pool.regions for city in region], pool.pool)
    served = [stratum for pool in pools for stratum in dict.fromkeys(pool.strata)]
    _no_repeat("stratum", served, "")
    for stratum in sorted({stratum.stratum for stratum in policy.strata} ^ set(served)):
        code = "stratum-unserved" if stratum not in served else "stratum-foreign"
        raise RuleError(code, stratum=stratum)


def _no_repeat(kind: str, values: Sequence[str], pool: str) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise RuleError("teams-twice", kind=kind, value=value, pool=pool)


def check_people(
    people: Sequence[Inspector], recusals: Sequence[Recusal], pools: Sequence[Pool], units: set[str]
) -> None:
    """The rules of section 6 on people and recusals: `RuleError`."""
    roles = {(pool.pool, seat.role) for pool in pools for seat in pool.seats}
    for person in people:
        if (person.pool, person.role) not in roles:
            raise RuleError("role-unknown", inspector=person.inspector, pool=person.pool, role=person.role)
    for recusal in recusals:
        if recusal.unit not in units:
            raise RuleError("recusal-not-in-frame", inspector=recusal.inspector, unit=recusal.unit)

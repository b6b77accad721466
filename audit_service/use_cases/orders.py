"""What is ordered of whom (目标任务): the annex, how far it is carried out, and what befalls who has not done it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import Connection

from audit_service.core import orders as rules
from audit_service.core.acts import BEIJING
from audit_service.core.divisions import Divisions, digits_of
from audit_service.core.milestones import Held, held
from audit_service.core.places import COUNTY, WHOLE, county_of, place_of
from audit_service.core.policy import Programme
from audit_service.core.rules import Attributes
from audit_service.errors import Refused
from audit_service.store import acts, life_tables, rosters, steps
from audit_service.store.rosters import Row
from audit_service.use_cases import places
from audit_service.use_cases.reconciling import YES_NO

_NOBODY: Final = {"unit": "", "county": "", "status": "", "livelihood": "", "target_year": "", "kind": "", "city": ""}


@dataclass(frozen=True)
class Ordered:
    """How far a year's orders are carried out on a day; `quotas` beside them, what befalls whom, and how the policy's
    milestones were held."""

    programme: Programme
    year: int
    day: date
    orders: tuple[rules.Progress, ...]
    quotas: tuple[rules.Progress, ...]
    befalls: tuple[rules.Befalls, ...]
    milestones: tuple[Held, ...] = ()


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in Beijing."""
    return datetime.combine(day, time(), BEIJING).astimezone(UTC)


def progress(
    db: Connection, programme: Programme, year: int, divisions: Divisions, day: date, at: int | None = None
) -> Ordered:
    """What a policy's orders of a year come to on a day, from what was recorded up to an act (or until now).

    `Refused` where the policy orders nothing of that year; one that never orders anything may have milestones.
    """
    after = programme.after
    orders = [order for order in after.orders if order.year == year]
    if not orders and not after.quotas and (after.orders or not after.milestones):
        raise Refused("orders-none", policy=programme.policy, year=year, years=years_of(programme))
    at = acts.last_number(db) if at is None else at
    annex = annex_of(db, programme.policy, year, at)
    counties = places.counties(db, divisions, at)
    wanted = {each.step for part in (orders, after.quotas, after.milestones) for each in part}
    lives = {since: lives_of(db, since, year, wanted, at) for since in {year, *(each.since for each in orders)}}

    def placing(unit: Attributes, level: str) -> str:
        return place_of(unit, level, counties)

    own = [row for row in rosters.current(db, life_tables.places, at) if row["place"] in divisions.by_code]
    done = [
        rules.order_progress(
            after, order, annex[order.order], _everywhere(own, order.level, divisions), lives[order.since], placing, day
        )
        for order in orders
    ]
    quotas = _quotas(db, programme, year, lives[year], day, at)
    steps_of = [order.step for order in orders], [quota.step for quota in after.quotas]
    befalls = [
        *rules.befalls(after, zip(steps_of[0], done, strict=True), year, day),
        *rules.befalls(after, zip(steps_of[1], quotas, strict=True), year, day),
    ]
    milestones = held(after.milestones, programme.policy, year, lives[year].taken)
    return Ordered(programme, year, day, tuple(done), tuple(quotas), tuple(befalls), milestones)


def _everywhere(own: Sequence[Row], level: str, divisions: Divisions) -> list[str]:
    """The places of a level: of an office's own those of which no other is a part (a district whose townships are on
    the roster is not one of them), counties even so; else the cities that come with the program."""
    codes = [row["place"] for row in own]
    above = {code for code in codes if any(other != code and other.startswith(digits_of(code)) for other in codes)}
    found = [row["place"] for row in own if (row["level"] == COUNTY if level == COUNTY else row["place"] not in above)]
    return found or codes or [city.code for city in divisions.cities]


def years_of(programme: Programme) -> str:
    """The years of which a policy orders something, to be named in a message."""
    return "、".join(sorted({str(order.year) for order in programme.after.orders})) or "-"


def annex_of(db: Connection, policy: str, year: int, at: int | None = None) -> Mapping[str, Mapping[str, int]]:
    """By order what the annex of a year gives out to each place."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rosters.chosen(db, life_tables.orders, at, policy=[policy], year=[str(year)]):
        found[row["target"]][row["place"]] = row["number"]
    return found


def _quotas(
    db: Connection, programme: Programme, year: int, lives: rules.Lives, day: date, at: int
) -> list[rules.Progress]:
    rows = rosters.current(db, life_tables.places, at)
    found = []
    for quota in programme.after.quotas:
        townships = {
            row["place"]: row["townships"]
            for row in rows
            if row["class_name"] in quota.classes and row["townships"] is not None
        }
        names = {county_of(row["parent"], row["name"]): row["place"] for row in rows}

        def placed(unit: Attributes, names: Mapping[str, str] = names) -> str:
            return names.get(county_of(unit["city"], unit["county"]), unit["city"])

        found.append(rules.quota_progress(programme.after, quota, townships, year, lives, placed, day))
    return found


def lives_of(db: Connection, since: int, year: int, wanted: Collection[str], at: int) -> rules.Lives:
    """Some steps and the mergers of the years from one to another, each with what the roster said of its unit then, as
    far as an act."""
    rows = steps.taken(db, (since, year), at, wanted)
    known = steps.versions(db, {row["unit"] for row in rows}, at)
    taken = [
        rules.Taken(row["unit"], row["step"], row["day"], row["act"], _then(known, row), row["policy"]) for row in rows
    ]
    merged = [
        rules.Merged(row["unit"], row["successor"], row["act"], _then(known, row)) for row in rows if row["successor"]
    ]
    return rules.Lives(taken, merged, steps.began(db, {each.successor for each in merged}, at))


def _then(known: Mapping[str, Sequence[Row]], row: Row) -> Attributes:
    """What the roster said of a unit when a step was recorded; what it first said, where it came to it later."""
    versions = known[row["unit"]]
    before = [version for version in versions if version["recorded_in"] <= row["act"]]
    found = before[-1] if before else next(iter(versions), None)
    if found is None:
        return {**_NOBODY, "unit": row["unit"]}
    return {name: found[name] for name in _NOBODY} | {"livelihood": YES_NO[found["livelihood"]]}


def own_of(found: Ordered, city: str, divisions: Divisions) -> Ordered:
    """Of what is ordered that of one city, its counties and its units; everything where none is named."""
    if not city:
        return found

    def lies(place: str) -> bool:
        return places.city_of_place(divisions, place) == city

    def own(each: rules.Progress) -> rules.Progress:
        lines = tuple(line for line in each.lines if lies(line.place))
        units = tuple(done for done in each.units if lies(done.place))
        return replace(each, lines=lines, whole=_sum(lines, each.whole), units=units)

    befalls = tuple(each for each in found.befalls if lies(each.place))
    milestones = (replace(each, units=tuple(u for u in each.units if u.city == city)) for each in found.milestones)
    return replace(
        found,
        orders=tuple(map(own, found.orders)),
        quotas=tuple(map(own, found.quotas)),
        befalls=befalls,
        milestones=tuple(milestones),
    )


def _sum(lines: Iterable[rules.Line], whole: rules.Line) -> rules.Line:
    lines = tuple(lines)
    return rules.Line(
        place=WHOLE,
        ordered=sum(line.ordered for line in lines),
        done=sum(line.done for line in lines),
        late=sum(line.late for line in lines),
        merged=sum(line.merged for line in lines),
        colour=max((line.colour for line in lines), default=whole.colour, key=_grave),
    )


def _grave(colour: str) -> int:
    return ("green", "yellow", "red").index(colour)

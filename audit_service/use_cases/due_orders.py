"""What is ordered and not done yet, place by place, by the day of its milestone (时间节点)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from audit_service.core.divisions import Divisions
from audit_service.core.due import Kind, Waiting
from audit_service.core.life_steps import states_before
from audit_service.core.orders import Progress, due_day
from audit_service.core.places import UNIT, WHOLE
from audit_service.core.policy import Programme
from audit_service.store import life_tables, rosters, steps
from audit_service.use_cases.orders import progress
from audit_service.use_cases.places import city_of_place

_BEFORE: Final = timedelta(days=400)
"""An order that was due not longer ago when the office began to work under its policy is its to see to as well."""


def milestones(
    db: Connection,
    programmes: Mapping[str, Programme],
    since: Mapping[str, date],
    divisions: Divisions,
    today: date,
    last: date,
) -> Iterator[Waiting]:
    """What the milestones up to a day still ask for, since the office works under their policies: of orders and quotas
    what is left to each place; of a step that nothing orders the units that are still before it, city by city.

    `since` are the policies under which the office works, with the day on which it began to.
    """
    annexes = {policy: min(day, since.get(policy, day)) for policy, day in _annexes(db).items()}
    began = {**since, **annexes}
    for policy, day in began.items():
        programme = programmes.get(policy)
        if programme and programme.after.milestones:
            days = min(day, today - _BEFORE), last
            yield from _ordered(db, programme, day.year, divisions, today, days)
            yield from _idle(db, programme, day.year, today, days)


def _annexes(db: Connection) -> dict[str, date]:
    """The policies of which an annex gives orders out, since the first of the years of which it does."""
    found: dict[str, date] = {}
    for policy, year in sorted(rosters.columns(db, life_tables.orders, ("policy", "year"))):
        found.setdefault(policy, date(int(year), 1, 1))
    return found


def _within(programme: Programme, step: str, year: int, days: tuple[date, date]) -> bool:
    return days[0] <= due_day(programme.after, step, year) <= days[1]


def _ordered(
    db: Connection, programme: Programme, began: int, divisions: Divisions, today: date, days: tuple[date, date]
) -> Iterator[Waiting]:
    after = programme.after
    dated = {milestone.step for milestone in after.milestones}
    for year in range(days[0].year, days[1].year + 1):
        orders = {order.order: order.step for order in after.orders if order.year == year}
        quotas = {quota.quota: quota.step for quota in after.quotas if year >= began}
        wanted = {
            name for name, step in (orders | quotas).items() if step in dated and _within(programme, step, year, days)
        }
        if wanted:
            found = progress(db, programme, year, divisions, today)
            of_units = {order.order for order in after.orders if order.level == UNIT}
            for each in (*found.orders, *found.quotas):
                if each.name in wanted:
                    yield from _left(programme, year, each, divisions, units=each.name in of_units)


def _left(programme: Programme, year: int, found: Progress, divisions: Divisions, *, units: bool) -> Iterator[Waiting]:
    """Of each place what it has still to do, and of the whole what the annex has given out to none."""
    due, rest = found.due.isoformat(), found.whole.left
    for line in found.lines:
        if line.left and line.place != WHOLE:
            rest -= line.left
            city = city_of_place(divisions, line.place)
            within = "" if units or line.place == city else line.place.removeprefix(f"{city}/")
            subject = "/".join(filter(None, (found.name, str(year), within)))
            unit = line.place if units else ""
            yield Waiting(Kind.MILESTONE, due, subject, unit, city, policy=programme.policy, left=line.left)
    if rest > 0:
        yield Waiting(Kind.MILESTONE, due, f"{found.name}/{year}", policy=programme.policy, left=rest)


def _idle(db: Connection, programme: Programme, began: int, today: date, days: tuple[date, date]) -> Iterator[Waiting]:
    """Milestones by which nothing is ordered, each at its last day, or at the next one where none has passed."""
    after = programme.after
    ordered = {*(order.step for order in after.orders), *(quota.step for quota in after.quotas)}
    for milestone in after.milestones:
        years = range(max(began, days[0].year), days[1].year + 1)
        on = [date.fromisoformat(f"{year}-{milestone.by}") for year in years]
        near = [day for day in on if days[0] <= day <= days[1]]
        if milestone.step in ordered or not near:
            continue
        day = max((day for day in near if day < today), default=near[0])
        yield from _waiting(db, programme, milestone.milestone, milestone.step, day)


def _waiting(db: Connection, programme: Programme, name: str, step: str, day: date) -> Iterable[Waiting]:
    units = steps.living(db, programme.policy, states_before(step))
    for city, left in sorted(Counter(city for _, city, _ in units).items()):
        subject = f"{name}/{day.year}"
        yield Waiting(Kind.MILESTONE, day.isoformat(), subject, "", city, policy=programme.policy, left=left)

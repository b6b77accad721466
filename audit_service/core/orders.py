"""How far a year's orders (目标任务) and quotas are carried out: by place ordered, done, late, still to do.

A unit counts once for an order, for the place in which it is, on the day on which it took the order's step. One that
was merged into another counts when that one takes the step: two ordered units that merge count once each, on time
(000 四(三): 按期完成目标任务).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit_service.core.after import After, Milestone, Order, Quota
from audit_service.core.colours import Colour, colour_of
from audit_service.core.places import WHOLE
from audit_service.core.rules import Attributes

BP = 10_000


@dataclass(frozen=True)
class Taken:
    """A step that a unit took under a policy: on which day, by which act, and what the roster said of the unit then."""

    unit: str
    step: str
    day: str
    act: int
    attributes: Attributes
    policy: str = ""


@dataclass(frozen=True)
class Merged:
    """A unit that was merged into another one: by which act, and what the roster said of it then."""

    unit: str
    successor: str
    act: int
    attributes: Attributes


@dataclass(frozen=True)
class Lives:
    """What the lives of a year, or of several, come to: the steps of the time, its mergers, and by which act the life
    of a unit began into which others were merged."""

    taken: Sequence[Taken]
    merged: Sequence[Merged]
    began: Mapping[str, int]


@dataclass(frozen=True)
class Done:
    """A unit that counts for an order: where, since when, and into which unit it was merged, if it was."""

    unit: str
    place: str
    day: str
    successor: str = ""


@dataclass(frozen=True)
class Line:
    """An order of one place. `late` of those done were done after the milestone; `left` are still to do."""

    place: str
    ordered: int
    done: int
    late: int
    merged: int
    colour: Colour

    @property
    def left(self) -> int:
        return max(0, self.ordered - self.done)


@dataclass(frozen=True)
class Progress:
    """An order or a quota: by when it is due, each place, and all of them together (`ordered` as the document says).
    Counted is what was done from the year `since` on."""

    name: str
    since: int
    due: date
    lines: tuple[Line, ...]
    whole: Line
    annex: int
    """What the annex gives out in all; it should be what the document says."""
    units: tuple[Done, ...]


@dataclass(frozen=True)
class Befalls:
    """What befalls a place whose task is not done: threatening from the milestone on, certain once the year is over."""

    consequence: str
    place: str
    order: str
    left: int
    certain: bool


Placing = Callable[[Attributes, str], str]
"""The place of a level for which a unit counts."""


def done_units(
    step: str, holds: Callable[[Attributes], bool], lives: Lives, placed: Callable[[Attributes], str]
) -> list[Done]:
    """Every unit that counts: those that took the step themselves, and those that went into one that did."""
    first: dict[str, Taken] = {}
    for taken in lives.taken:
        if taken.step == step and (taken.unit not in first or taken.day < first[taken.unit].day):
            first[taken.unit] = taken
    into = {merged.unit: merged for merged in lives.merged}
    taken_over: dict[str, int] = {}
    found: list[Done] = []
    for merged in into.values():
        own = first.get(merged.unit)
        if not holds(own.attributes if own else merged.attributes):
            continue
        last = _followed(merged, into)
        act = min(merged.act, taken_over.get(last.successor, merged.act))
        taken_over[last.successor] = act
        if last.successor in first and not own:
            taken = first[last.successor]
            found.append(Done(merged.unit, placed(merged.attributes), taken.day, last.successor))
    for unit, taken in first.items():
        new = unit in taken_over and lives.began.get(unit, 0) >= taken_over[unit]
        if holds(taken.attributes) and not new:
            found.append(Done(unit, placed(taken.attributes), taken.day))
    return sorted(found, key=lambda done: (done.place, done.day, done.unit))


def _followed(merged: Merged, into: Mapping[str, Merged]) -> Merged:
    """The last of the mergers that a unit went through."""
    met = {merged.unit}
    while merged.successor in into and merged.successor not in met:
        met.add(merged.successor)
        merged = into[merged.successor]
    return merged


def milestone_of(after: After, step: str) -> Milestone | None:
    """The milestone of a step: the last, where it has several."""
    found = [milestone for milestone in after.milestones if milestone.step == step]
    return max(found, key=lambda milestone: milestone.by, default=None)


def due_day(after: After, step: str, year: int) -> date:
    """By when a step is to be taken in a year: the milestone's day, or the year's last."""
    found = milestone_of(after, step)
    return date.fromisoformat(f"{year}-{found.by if found else '12-31'}")


def order_progress(
    after: After,
    order: Order,
    annex: Mapping[str, int],
    everywhere: Iterable[str],
    lives: Lives,
    placing: Placing,
    today: date,
) -> Progress:
    """An order. `annex` is what it gives out by place; `everywhere` are the places of its level that are known."""
    ordered = dict(annex)
    if order.each is not None:
        ordered = {place: max(order.each, ordered.get(place, 0)) for place in {*everywhere, *ordered}}
    units = done_units(order.step, order.when.holds, lives, lambda unit: placing(unit, order.level))
    total = order.total if order.total is not None else sum(ordered.values())
    due = due_day(after, order.step, order.year)
    return _progress(after, (order.order, order.since), ordered, total, units, due, today)


def quota_progress(
    after: After,
    quota: Quota,
    townships: Mapping[str, int],
    year: int,
    lives: Lives,
    placed: Callable[[Attributes], str],
    today: date,
) -> Progress:
    """A quota of the places of its classes, each with the number of its townships: a share, rounded up."""
    ordered = {place: -(-number * quota.rate_bp // BP) for place, number in townships.items()}
    units = [done for done in done_units(quota.step, lambda _: True, lives, placed) if done.place in ordered]
    due = due_day(after, quota.step, year)
    return _progress(after, (quota.quota, year), ordered, sum(ordered.values()), units, due, today)


def _progress(
    after: After,
    named: tuple[str, int],
    ordered: Mapping[str, int],
    total: int,
    units: Sequence[Done],
    due: date,
    today: date,
) -> Progress:
    by_place: dict[str, list[Done]] = defaultdict(list)
    for done in units:
        by_place[done.place].append(done)
    colour = colour_of(due, today, after.warning)

    def line(place: str, number: int, own: Sequence[Done]) -> Line:
        kinds = Counter((done.day > due.isoformat(), bool(done.successor)) for done in own)
        late, merged = kinds[True, False] + kinds[True, True], kinds[False, True] + kinds[True, True]
        open_colour = colour if len(own) < number else Colour.GREEN
        return Line(place, number, len(own), late, merged, open_colour)

    lines = tuple(line(place, ordered.get(place, 0), by_place[place]) for place in sorted({*ordered, *by_place}))
    return Progress(*named, due, lines, line(WHOLE, total, units), sum(ordered.values()), tuple(units))


def befalls(after: After, progress: Iterable[tuple[str, Progress]], year: int, today: date) -> list[Befalls]:
    """What befalls which place, of orders and quotas by their steps, from the day after their milestone on."""
    found = []
    for step, each in progress:
        milestone = milestone_of(after, step)
        if milestone and milestone.consequence and today > each.due:
            found += [
                Befalls(milestone.consequence, line.place, each.name, line.left, today > date(year, 12, 31))
                for line in each.lines
                if line.left
            ]
    return found

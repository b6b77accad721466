"""Answers about orders: by place ordered, done, late, still to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from audit_service.core.divisions import is_township
from audit_service.core.milestones import Held, Timing
from audit_service.core.orders import Line, Progress
from audit_service.core.places import WHOLE
from audit_service.core.policy import Programme
from audit_service.core.rules import Label
from audit_service.use_cases.orders import Ordered
from schemas.answers.parts import MessagesOut, Out, flag, many, text, whole

Cities = Mapping[str, str]


class OrderLineOut(Out):
    """What is ordered of a place, and how far it is done. `place` is `*` for all places together."""

    place = text()
    name = text()
    ordered = whole()
    done = whole()
    late = whole()
    merged = whole()
    left = whole()
    colour = text()


class OrderUnitOut(Out):
    """A unit that counts; `successor` is the unit into which it was merged."""

    unit = text()
    place = text()
    day = text()
    successor = text()


class OrderOut(Out):
    """An order or a quota; `annex` is what the places' numbers add up to; what was done from the year `since` on
    counts."""

    order = text()
    label = fields.Nested(MessagesOut, required=True)
    since = whole()
    due = text()
    annex = whole()
    whole = fields.Nested(OrderLineOut, required=True)
    places = many(OrderLineOut)
    units = many(OrderUnitOut)


class BefallsOut(Out):
    """What befalls a place that has not done what was ordered; `certain` once the year is over."""

    consequence = text()
    label = fields.Nested(MessagesOut, required=True)
    place = text()
    name = text()
    order = text()
    left = whole()
    certain = flag()


class TimedOut(Out):
    """A unit that took a milestone's step outside of its time: `early` or `late`."""

    unit = text()
    place = text()
    day = text()
    timing = text()


class MilestoneOut(Out):
    """How a milestone was held: how many units took its step in the year, and those that did so too early or too late.
    No `since`: it has no first day."""

    milestone = text()
    label = fields.Nested(MessagesOut, required=True)
    step = text()
    since = text()
    due = text()
    done = whole()
    early = whole()
    late = whole()
    units = many(TimedOut)


class OrderedOut(Out):
    """How far a year's orders are carried out on a day."""

    policy = text()
    year = whole()
    day = text()
    orders = many(OrderOut)
    quotas = many(OrderOut)
    consequences = many(BefallsOut)
    milestones = many(MilestoneOut)


def ordered_json(found: Ordered, cities: Cities) -> dict[str, Any]:
    """How far a year's orders are carried out."""
    labels = labels_of(found.programme)
    return {
        "policy": found.programme.policy,
        "year": found.year,
        "day": found.day.isoformat(),
        "orders": [_progress(each, labels, cities) for each in found.orders],
        "quotas": [_progress(each, labels, cities) for each in found.quotas],
        "consequences": [
            {
                "consequence": each.consequence,
                "label": _label(labels[each.consequence]),
                "place": each.place,
                "name": place_name(each.place, cities),
                "order": each.order,
                "left": each.left,
                "certain": each.certain,
            }
            for each in found.befalls
        ],
        "milestones": [_milestone(each) for each in found.milestones],
    }


def _milestone(found: Held) -> dict[str, Any]:
    return {
        "milestone": found.milestone.milestone,
        "label": _label(found.milestone.label),
        "step": found.milestone.step,
        "since": found.since.isoformat() if found.since else "",
        "due": found.due.isoformat(),
        "done": len(found.units),
        "early": found.count(Timing.EARLY),
        "late": found.count(Timing.LATE),
        "units": [
            {"unit": each.unit, "place": each.city, "day": each.day, "timing": each.timing.value}
            for each in found.units
            if each.timing is not Timing.IN_TIME
        ],
    }


def labels_of(programme: Programme) -> dict[str, Label]:
    """The labels of a policy's orders, quotas and consequences."""
    after = programme.after
    return {
        **{order.order: order.label for order in after.orders},
        **{quota.quota: quota.label for quota in after.quotas},
        **{each.consequence: each.label for each in after.consequences},
    }


def place_name(place: str, cities: Cities) -> str:
    """A place as people call it; nothing of the whole."""
    if place == WHOLE:
        return ""
    city, _, county = place.partition("/")
    name = cities.get(city, city)
    return county + name if is_township(city) else name + county


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _progress(found: Progress, labels: dict[str, Label], cities: Cities) -> dict[str, Any]:
    return {
        "order": found.name,
        "label": _label(labels[found.name]),
        "since": found.since,
        "due": found.due.isoformat(),
        "annex": found.annex,
        "whole": _line(found.whole, cities),
        "places": [_line(line, cities) for line in found.lines],
        "units": [
            {"unit": done.unit, "place": done.place, "day": done.day, "successor": done.successor}
            for done in found.units
        ],
    }


def _line(line: Line, cities: Cities) -> dict[str, Any]:
    return {
        "place": line.place,
        "name": place_name(line.place, cities),
        "ordered": line.ordered,
        "done": line.done,
        "late": line.late,
        "merged": line.merged,
        "left": line.left,
        "colour": line.colour.value,
    }

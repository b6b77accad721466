"""Answers about what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from marshmallow import fields

from audit_service import messages
from audit_service.core.due import Item
from audit_service.use_cases.views import Names
from schemas.answers.parts import MessagesOut, Out, flag, many, text, whole


class DueItemOut(Out):
    """Something that is due; `paused` while its clock stands. `ended` is how the life of its unit ended, if it did;
    `left` how many of what is ordered are still to do."""

    kind = text()
    day = text()
    colour = text()
    days_left = whole()
    paused = flag()
    ended = text()
    subject = text()
    unit = text()
    unit_name = text()
    city = text()
    city_name = text()
    policy = text()
    left = whole()
    to_do = fields.Nested(MessagesOut, required=True)


class DueOut(Out):
    """What is due for who asks, what is overdue first."""

    today = text()
    within = whole()
    items = many(DueItemOut)


def due_json(found: Iterable[Item], today: date, within: int, names: Names) -> dict[str, Any]:
    """What is due."""
    return {
        "today": today.isoformat(),
        "within": within,
        "items": [
            {
                "kind": item.kind.value,
                "day": item.day.isoformat(),
                "colour": item.colour.value,
                "days_left": (item.day - today).days,
                "paused": item.paused,
                "ended": item.ended,
                "subject": item.subject,
                "unit": item.unit,
                "unit_name": names.units.get(item.unit, ""),
                "city": item.city,
                "city_name": names.cities.get(item.city, item.city),
                "policy": item.policy,
                "left": item.left,
                "to_do": {each: messages.to_do(item.kind, item.ended, each, item.left) for each in messages.LANGUAGES},
            }
            for item in found
        ],
    }

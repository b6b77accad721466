"""Answers about what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from marshmallow import fields

from audit_service import messages
from audit_service.core.due import Item, Kind
from audit_service.use_cases.views import Names
from schemas.answers.parts import MessagesOut, Out, flag, many, text, whole


class DueItemOut(Out):
    """Something that is due; `paused` while its clock stands. `ended` is how the life of its unit ended, if it did;
    `left` how many of what is ordered are still to do, or of a unit's reports missing. `signer` has not signed;
    `follows` is what follows by the policy, and `place` where it says so, empty where the office chose it."""

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
    signer = text()
    follows = fields.Nested(MessagesOut, required=True, allow_none=True)
    place = text()
    to_do = fields.Nested(MessagesOut, required=True)


class DueOut(Out):
    """What is due for who asks, what is overdue first."""

    today = text()
    within = whole()
    items = many(DueItemOut)


def to_do(item: Item, language: messages.Language) -> str:
    """What is to be done about an entry; what follows by the policy, with the place that says so."""
    label = item.label
    follows = (label.zh if language == "zh" else label.en) if label else ""
    chosen = [messages.text("due.chosen", language)] if any(rule.chosen for rule in item.rules) else []
    place = "、".join(filter(None, (_places(item), *chosen)))
    told = {"left": item.left, "signer": item.signer, "follows": follows, "place": place}
    several = f"{item.kind}-several" if item.kind is Kind.REPORT and item.left > 1 else item.kind.value
    return messages.to_do(several, item.ended, language, **told)


def _places(item: Item) -> str:
    return "、".join(dict.fromkeys(rule.place for rule in item.rules if rule.place))


def due_json(found: Iterable[Item], today: date, within: int, names: Names) -> dict[str, Any]:
    """What is due."""
    items = [item_json(item, today, names) for item in found]
    return {"today": today.isoformat(), "within": within, "items": items}


def item_json(item: Item, today: date, names: Names) -> dict[str, Any]:
    """An entry of it."""
    return {
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
        "signer": item.signer,
        "follows": {"zh": item.label.zh, "en": item.label.en} if item.label else None,
        "place": _places(item),
        "to_do": {language: to_do(item, language) for language in messages.LANGUAGES},
    }

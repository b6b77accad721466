"""What requests say about orders and plans."""

from __future__ import annotations

from typing import Final

from marshmallow import fields, validate

from schemas.asks.bodies import Ask, maybe_text, name

YEAR: Final = validate.Range(1990, 2200)


class AsOfAsk(Ask):
    """As of the end of which day; of now where none is named."""

    as_of = fields.Date(load_default=None)


class OrdersAsk(AsOfAsk):
    """Of which policy and year."""

    policy = name()
    year = fields.Integer(required=True, validate=YEAR)


class PlansAsk(Ask):
    """Of which policy, in which period."""

    policy = name()
    period = maybe_text(10)

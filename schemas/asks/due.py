"""What requests say about what is due."""

from __future__ import annotations

from marshmallow import fields, validate

from schemas.asks.bodies import Ask

MOST_DAYS = 366


class DueAsk(Ask):
    """How many days ahead."""

    within = fields.Integer(load_default=30, validate=validate.Range(0, MOST_DAYS))

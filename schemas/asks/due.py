"""What requests say about what is due."""

from __future__ import annotations

from marshmallow import fields, validate

from audit_service.core.due import SETTLED
from schemas.asks.bodies import Ask, maybe_name, text

MOST_DAYS = 366


class DueAsk(Ask):
    """How many days ahead."""

    within = fields.Integer(load_default=30, validate=validate.Range(0, MOST_DAYS))


class SettleAsk(Ask):
    """Which entry was seen to or is given up, as the list has it; what may be left out matters where several have its
    subject."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in SETTLED]))
    subject = text(200)
    policy = maybe_name()
    city = maybe_name()
    unit = maybe_name()
    reason = text()
    document = text()

"""What requests say about reports."""

from __future__ import annotations

from marshmallow import fields, validate

from audit_service.core.reports import MOST
from schemas.asks.bodies import NO_CONTROL, Ask, maybe_text, name, text, whole_characters
from schemas.asks.orders import AsOfAsk


class ReportAsk(Ask):
    """Which report, of which period."""

    policy = name()
    report = name()
    period = text(10)


class ReportsAsk(ReportAsk, AsOfAsk):
    """Which report, of which period, as of when."""


class HandInAsk(ReportAsk):
    """What a report says, by the policy's fields; `reporter` where it is not the city itself."""

    reporter = maybe_text(80)
    said = fields.Dict(
        keys=fields.String(),  # of a name that the report does not have the use case tells
        values=fields.String(validate=[validate.Length(max=MOST), NO_CONTROL, whole_characters]),
        required=True,
    )

"""What requests say about reports."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import fields, validate

from audit_service.core.reports import MOST
from schemas.asks.bodies import NO_CONTROL, Ask, maybe_text, name, text, whole_characters
from schemas.asks.orders import AsOfAsk

MOST_ROWS: Final = 1000


class ReportAsk(Ask):
    """Which report, of which period."""

    policy = name()
    report = name()
    period = text(10)


def _said(**more: Any) -> fields.Dict:
    """By field what is said."""
    return fields.Dict(
        keys=fields.String(),  # of a name that the report does not have the use case tells
        values=fields.String(validate=[validate.Length(max=MOST), NO_CONTROL, whole_characters]),
        **more,
    )


class ReportsAsk(ReportAsk, AsOfAsk):
    """Which report, of which period, as of when."""


class HandInAsk(ReportAsk):
    """What a report says, by the policy's fields, or all rows of one that is a list; `reporter` where it is not the
    city itself."""

    reporter = maybe_text(80)
    said = _said(load_default=dict)
    rows = fields.List(_said(), load_default=list, validate=validate.Length(max=MOST_ROWS))

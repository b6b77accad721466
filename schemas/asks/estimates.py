"""What requests say about bounds: sizes are limited, since anybody may ask."""

from __future__ import annotations

from typing import Final

from marshmallow import fields, validate

from audit_service.core.estimates import STRATUM
from schemas.asks.bodies import Ask, FullMatch

MOST_STRATA: Final = 6
MOST_UNITS: Final = 15_000
"""Of all strata together: three of 5,000 take half a second, and anybody may ask."""


class EstimateAsk(Ask):
    """Strata, each as `units:sampled:failed` or `units:sampled:failed:refused`."""

    stratum = fields.List(
        fields.String(validate=FullMatch(f"^{STRATUM}$")),
        required=True,
        validate=validate.Length(1, MOST_STRATA),
    )


def _percent() -> fields.Integer:
    return fields.Integer(load_default=None, validate=validate.Range(1, 100))


class DetectionAsk(Ask):
    """Of how many units so many fail; and one of: how many are drawn, by which rate, or how likely one of the failing
    ones is to be found, both in per cent."""

    units = fields.Integer(required=True, validate=validate.Range(1, MOST_UNITS))
    failing = fields.Integer(required=True, validate=validate.Range(1, MOST_UNITS))
    sampled = fields.Integer(load_default=None, validate=validate.Range(0, MOST_UNITS))
    rate = _percent()
    power = _percent()

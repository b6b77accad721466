"""What requests say about bounds: sizes are limited, since anybody may ask."""

from __future__ import annotations

from typing import Final

from marshmallow import fields, validate

from audit_service.core.estimates import STRATUM
from schemas.asks.bodies import Ask

MOST_STRATA: Final = 6


class EstimateAsk(Ask):
    """Strata, each as `units:sampled:failed` or `units:sampled:failed:refused`."""

    stratum = fields.List(
        fields.String(validate=validate.Regexp(f"^{STRATUM}$")),
        required=True,
        validate=validate.Length(1, MOST_STRATA),
    )

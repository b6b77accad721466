"""Why an exit case may be opened: what is there, by what shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """What may open an exit case of a unit, shown by reference; there since a day.

    `occasion` is the draw or check whose outcome failed or in which the finding stands; for a missing report its
    period, for a change of divisions the unit that was merged. `finding` is the finding, if it is one's, or of a
    look-back. `own` is the digest of the policy file that is kept for what it is of, where its occasion does not tell.
    """

    cause: str
    unit: str
    city: str
    policy: str
    occasion: str
    finding: str
    since: str
    own: str = ""

    @property
    def reference(self) -> tuple[str, str, str]:
        """What shows it; a case is of the same cause if it names the same."""
        return self.unit, self.occasion, self.finding

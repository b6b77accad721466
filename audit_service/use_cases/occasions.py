"""Under which policy, and by which clocks, something of an occasion counts: of a draw, a check beside it, or neither.

What was drawn goes by the policy that was frozen with its draw, a check by that of its order, what keeps a version of
its own by that; anything else by the one that counts now (`use_cases.policies`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from audit_service.core.after import NOTHING_AFTER, After, ReportRules, Warning
from audit_service.core.periods import Clock, Stop, clock_of
from audit_service.core.policy import Programme
from audit_service.errors import NotFound
from audit_service.store import draws as draws_store
from audit_service.store import rosters, waiting
from audit_service.store.draws import DrawRow
from audit_service.store.signed import Unsigned, unsigned
from audit_service.store.visit_tables import checks
from audit_service.use_cases.improvement import Unreported, unreported
from audit_service.use_cases.pauses import stops_of
from audit_service.use_cases.policies import Policies, counting, kept


@dataclass(frozen=True)
class Occasions:
    """The policies and clocks of one command: each is read once, however many findings or cases it looks at."""

    db: Connection
    policies: Policies
    today: str
    last: str = ""
    """Up to which day it is asked what is due; today where it is not said."""
    _known: dict[str, Programme] = field(default_factory=dict, compare=False)
    _after: dict[str, After] = field(default_factory=dict, compare=False)
    _missing: dict[tuple[str, ...], list[Unreported]] = field(default_factory=dict, compare=False)
    _clocks: dict[tuple[str, str], Clock] = field(default_factory=dict, compare=False)

    def programme(self, occasion: str, policy: str, own: str = "") -> Programme:
        """The policy of something: the version that is kept for it, or the one of that name that counts now."""
        key = self.version(occasion, own) or f"/{policy}"
        if key not in self._known:
            bound = not key.startswith("/")
            self._known[key] = kept(self.db, key) if bound else counting(self.db, self.policies, policy)
        return self._known[key]

    def version(self, occasion: str, own: str = "") -> str:
        """The digest of the policy file by which something goes on: its `own`, that of its draw, of its check; nothing
        where none is kept."""
        if own:
            return own
        drawn, check = self._draws.get(occasion), self._checks.get(occasion)
        return drawn.programme if drawn else check["programme"] if check else ""

    def after(self, occasion: str, policy: str, own: str = "") -> After:
        """What the policy of something says of what comes after the draw; nothing where it is not installed any
        more."""
        key = self.version(occasion, own) or f"/{policy}"
        if key not in self._after:
            try:
                self._after[key] = self.programme(occasion, policy, own).after
            except NotFound:
                self._after[key] = NOTHING_AFTER
        return self._after[key]

    def warning(self, occasion: str, policy: str, own: str = "") -> Warning | None:
        """By how many days the colours of something go."""
        return self.after(occasion, policy, own).warning

    def clock(self, occasion: str, city: str) -> Clock:
        """How time has passed for a unit of a city, as to an occasion."""
        key = self.campaign(occasion), city
        if key not in self._clocks:
            self._clocks[key] = clock_of(self.stops, *key, self.today)
        return self._clocks[key]

    def campaign(self, occasion: str) -> str:
        """The campaign of a draw or a check; nothing where it has none."""
        drawn, check = self._draws.get(occasion), self._checks.get(occasion)
        return drawn.campaign if drawn else check["campaign"] if check else ""

    def unreported(self, policy: str, report: ReportRules, unit: str = "") -> list[Unreported]:
        """Evidence of improvement that is missing and due by the last day that is asked for."""
        key = policy, report.report, unit
        if key not in self._missing:
            today = date.fromisoformat(self.today)
            self._missing[key] = unreported(self.db, policy, report, today, self.last or self.today, unit)
        return self._missing[key]

    @cached_property
    def drafts(self) -> list[Unsigned]:
        """The outcomes that wait for signatures."""
        return unsigned(self.db)

    @cached_property
    def open_findings(self) -> list[rosters.Row]:
        """Every finding on which something is due."""
        return waiting.open_findings(self.db)

    @cached_property
    def stops(self) -> list[Stop]:
        """Every pause that counts."""
        return stops_of(self.db)

    @cached_property
    def _draws(self) -> dict[str, DrawRow]:
        return {row.draw: row for row in draws_store.all_draws(self.db)}

    @cached_property
    def _checks(self) -> dict[str, rosters.Row]:
        return {row["occasion"]: row for row in rosters.current(self.db, checks)}

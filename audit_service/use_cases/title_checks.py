"""Which visits were the check that a title is due (命名后…年内抽查), and when a unit was last checked.

A check of a title is recorded as a step of the unit's life (`check`), or it is simply a visit whose outcome says that
the unit was inspected, drawn or beside the sample; signatures decide what it counts for (ADR 17), not whether it was
made. What is under a seal has no outcome before its reveal, and so counts from then on; a correction counts in the
place of what it corrects. A visit under another programme is no check of this title: its policy is the title's own, or
has a title of that name, as next year's has. The unit's page, lists of where units stand, and what is due all go by
this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from sqlalchemy import Connection

from audit_service.core.life import IN_FORCE, Facts, Standing
from audit_service.core.life_steps import check_by
from audit_service.core.outcomes import INSPECTED
from audit_service.core.policy import Programme
from audit_service.errors import NotFound
from audit_service.store import rosters
from audit_service.store import waiting as store
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import outcomes
from audit_service.use_cases.onward import Onward, onward
from audit_service.use_cases.policies import Policies

STEP, VISIT = "step", "visit"
_FEW: Final = 1000


@dataclass(frozen=True)
class Check:
    """A check of a unit: recorded as a step (`document`), or a visit on an `occasion`. `counts` says whether it is one
    of the title that the unit holds now."""

    on: str
    how: str
    occasion: str
    document: str
    verdict: str
    counts: bool


@dataclass(frozen=True)
class Checks:
    """The checks of titles, as one command looks at them: codes and policies are read once."""

    db: Connection
    policies: Policies
    _known: dict[str, Programme | None] = field(default_factory=dict, compare=False)

    @cached_property
    def _codes(self) -> Onward:
        return onward(self.db)

    def with_newest(self, titles: Sequence[Row]) -> list[Row]:
        """Where units stand, each with the day of its last check, step or visit, in `checked_on`."""
        wanted = {row["unit"]: row for row in titles if row["title"] and row["named_on"]}
        if not wanted:
            return list(titles)
        checked = dict[str, str]()
        for visit in self._inspected(wanted):
            unit = self._codes.now(visit["unit"])
            row = wanted.get(unit)
            if row and visit["inspected_on"] >= row["named_on"] and self._is_of(visit["policy"], row):
                checked[unit] = max(checked.get(unit, ""), visit["inspected_on"])
        return [{**row, "checked_on": max(row["checked_on"], checked.get(row["unit"], ""))} for row in titles]

    def with_unchecked(self, titles: Sequence[Row]) -> list[Row]:
        """The same where it matters alone whether a title was checked: visits are looked for where no step says so."""
        unchecked = {row["unit"]: row for row in titles if row["checked_on"] < row["named_on"]}
        found = {row["unit"]: row for row in self.with_newest(list(unchecked.values()))}
        return [found.get(row["unit"], row) for row in titles]

    def newest(self, unit: str, standing: Standing) -> Standing:
        """Where one unit stands, with the day of its last check."""
        (row,) = self.with_newest([{"unit": unit, **vars(standing)}])
        return replace(standing, checked_on=row["checked_on"])

    def due_by(self, standing: Standing) -> str:
        """The day by which a unit is checked that has not been since it was named; empty where it needs no check."""
        programme = self._programme(standing.policy)
        titles = programme.after.titles if programme and standing.state in IN_FORCE else ()
        rules = next((each for each in titles if each.title == standing.title), None)
        return check_by(rules, standing.named_on, standing.checked_on)

    def of_unit(self, unit: str, stood: Standing, steps: Iterable[Facts]) -> list[Check]:
        """Every check of a unit, under whatever code of its life, in order; `stood` is where its steps left it."""
        found = [*self._steps(stood, steps), *self._visits(unit, stood)]
        return sorted(found, key=lambda each: (each.on, each.how, each.occasion))

    def _steps(self, stood: Standing, steps: Iterable[Facts]) -> Iterator[Check]:
        for facts in steps:
            counts = bool(stood.title) and stood.named_on <= facts.on <= stood.checked_on
            yield Check(facts.on, STEP, "", facts.document, "", counts)

    def _visits(self, unit: str, stood: Standing) -> Iterator[Check]:
        row = vars(stood)
        for visit in rosters.chosen(self.db, outcomes, unit=self._codes.codes(unit), kind=[INSPECTED]):
            since = bool(stood.title and stood.named_on) and visit["inspected_on"] >= stood.named_on
            counts = since and self._is_of(visit["policy"], row)
            yield Check(visit["inspected_on"], VISIT, visit["occasion"], "", visit["verdict"], counts)

    def _inspected(self, wanted: Mapping[str, Row]) -> list[Row]:
        """By unit and policy the last visit since the first of some titles: of few units theirs alone."""
        since, codes = min(row["named_on"] for row in wanted.values()), self._codes
        members: Collection[str] = {*wanted, *(left for left in codes.into if codes.now(left) in wanted)}
        return store.inspected(self.db, since, members if len(members) <= _FEW else None)

    def _is_of(self, policy: str, row: Mapping[str, str]) -> bool:
        """Whether a visit under a policy is one of a title's own programme."""
        if policy == row["policy"]:
            return True
        programme = self._programme(policy)
        return programme is not None and row["title"] in {title.title for title in programme.after.titles}

    def _programme(self, policy: str) -> Programme | None:
        if policy not in self._known:
            try:
                self._known[policy] = self.policies(policy)
            except NotFound:
                self._known[policy] = None
        return self._known[policy]

"""Every path through a unit's life, as Hypothesis finds it: nothing is lost, and nobody loses a title but as they must.

The whole is played on a real database: steps, takings-over, mergers, new names and codes, revocations with and without
what they need. After each the standings that the database keeps are what the acts alone say.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from audit_service.core.accounts import Request
from audit_service.core.life import IN_FORCE, NOT_BORN, STEPS, Facts, LifeState
from audit_service.core.life_acts import replay, steps_of
from audit_service.core.life_steps import after_step, possible
from audit_service.errors import AuditError
from audit_service.store import acts, database, requests, rosters
from audit_service.store import lives as store
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases import lives
from audit_service.use_cases.lives import UNNAMED
from tests.conftest import LONG
from tests.copies import copy_of, drop
from tests.lives.office import ASSESSED, FUXING, HEILONG, JINHUA, OPEN, PAPER, QINGZHU, Living, act, policies

UNITS: Final = ("510104026", JINHUA["单位编码"], HEILONG["单位编码"])
PLACES: Final = (*UNITS, FUXING, QINGZHU)
CASE: Final = "E-2030-001"
units, places = st.sampled_from(UNITS), st.sampled_from(PLACES)
days = st.integers(0, 400)


class Lives(RuleBasedStateMachine):
    """Three units of the roster, two divisions into which they may go, and a clock that goes on."""

    template: str
    folder: Path
    made = 0
    reached: ClassVar[set[str]] = set()
    """Whose titles were revoked."""
    ways: ClassVar[set[str]] = set()
    """By which steps titles in force ended."""

    def __init__(self) -> None:
        super().__init__()
        type(self).made += 1
        (folder := self.folder / str(self.made)).mkdir()
        self.url = copy_of(self.template, folder)
        self.living = Living(database.connect(self.url))
        self.living.list_units({**ASSESSED, "类别": "建设中"}, {**JINHUA, "命名时间": "2028-06-01"}, HEILONG)
        self.today = date(2030, 1, 1)
        self.happened: dict[str, list[int]] = defaultdict(list)
        self.revoked: set[str] = set()
        self.unnamed: set[str] = set()
        self.cases = 0
        self.living.adopt(on="2030-01-01", programme=OPEN, title="safe-community", units=[JINHUA["单位编码"]])

    def teardown(self) -> None:
        self.living.engine.dispose()
        drop(self.url)

    def _on(self, later: int) -> str:
        self.today += timedelta(days=later)
        return self.today.isoformat()

    def _last(self, unit: str) -> None:
        with database.transaction(self.living.engine, looks=True) as db:
            number, _ = acts.last(db)
        self.happened[unit].append(number)

    @rule(unit=units)
    def adopt(self, unit: str) -> None:
        before = self.living.standing(unit)
        try:
            found = self.living.adopt(on=self.today.isoformat(), programme=OPEN, title="safe-community", units=[unit])
        except AuditError:
            return
        assert bool(found.units) == (before.state is LifeState.NOTHING)
        if found.units:
            self._last(unit)

    @rule(unit=places, choice=st.integers(0, 9), later=days)
    def go_on(self, unit: str, choice: int, later: int) -> None:
        """One of the steps that are said to be possible; the day decides whether a title can have lapsed."""
        before = self.living.standing(unit)
        would = possible(before.state)
        if not would:
            return
        self._try(would[choice % len(would)], unit, self._on(later))

    @rule(unit=places, step=st.sampled_from(sorted(STEPS)), later=days)
    def try_anything(self, unit: str, step: str, later: int) -> None:
        before = self.living.standing(unit)
        taken = self._try(step, unit, self._on(later))
        assert not taken or (before.state in STEPS[step].sources and not STEPS[step].own)

    def _try(self, step: str, unit: str, on: str) -> bool:
        more = {"title": "safe-community"} if step == "name" else {}
        more |= {"re_evaluate_by": "2045-01-01"} if step == "postpone" else {}
        more |= PAPER if step == "surrender" and self.today.day % 2 else {}
        before = self.living.standing(unit)
        try:
            taken = self.living.step(step, unit, on, policy="open-2030", **more)
        except AuditError:
            assert self.living.standing(unit) == before
            return False
        self.happened[unit].append(taken.number)
        return True

    @rule(unit=places, into=places, how=st.sampled_from(["", "transfer", "unbuilt"]), later=days)
    def merge(self, unit: str, into: str, how: str, later: int) -> None:
        before = self.living.standing(unit), self.living.standing(into)
        try:
            self.living.merge(unit, into, self._on(later), how)
        except AuditError:
            assert (self.living.standing(unit), self.living.standing(into)) == before
            return
        assert self.living.standing(unit).successor == into
        assert bool(self.living.standing(unit).title) == (how == "unbuilt" and before[0].state in IN_FORCE)
        self._last(unit)
        self._last(into)

    @rule(unit=places, code=st.sampled_from(["", FUXING, QINGZHU]), later=days)
    def rename(self, unit: str, code: str, later: int) -> None:
        before = self.living.standing(unit)
        try:
            changed = self.living.rename(unit, f"新名{self.today.isoformat()}", self._on(later), code)
        except AuditError:
            assert self.living.standing(unit) == before
            return
        assert changed.into_standing.valid_until == before.valid_until
        self._last(unit)

    @rule(unit=places, missing=st.sampled_from(["", "case", "document", "confirmed", ""]), later=days)
    def revoke(self, unit: str, missing: str, later: int) -> None:
        """A revocation with all that it needs, or without one thing of it."""
        case, document, confirmed = (name != missing for name in ("case", "document", "confirmed"))
        before, on = self.living.standing(unit), self._on(later)
        self.cases += 1
        name = f"{CASE}-{self.cases}"
        request = self._prepared(unit if case else "nobody", name, confirmed, on)
        told = {"case": name, "document": "川安委〔2030〕9号" if document else "", "on": on}
        try:
            with database.transaction(self.living.engine) as db:
                taken = lives.revoke(db, act(on, "province", request=request), policies, unit, **told)
        except AuditError:
            assert self.living.standing(unit) == before
            return
        assert not missing
        (now,) = taken.units  # where its life goes on, if the unit has another code since
        self.happened[now].append(taken.number)
        self.revoked.add(now)
        self.reached.add(now)

    @rule(unit=places, into=places, state=st.sampled_from(["published", "dismissed", *[UNNAMED] * 3]), later=days)
    def end_a_case(self, unit: str, into: str, state: str, later: int) -> None:
        """A case against the division into which a unit went, or against the unit itself: whether it is named."""
        self.cases += 1
        on, name = self._on(later), f"{CASE}-{self.cases}"
        against = self.living.standing(unit).successor or into
        with database.transaction(self.living.engine) as db:
            number = acts.record(db, act(on), "trial", name)
            row = {"exit_case": name, "unit": against, "occasion": unit, "state": state}
            rosters.add(db, exit_cases, [{**rosters.blank(exit_cases), **row}], number)
        told = {"case": name, "document": "川安委〔2030〕9号", "on": on}
        try:
            with database.transaction(self.living.engine) as db:
                lives.follow_case(db, act(on), policies, against, UNNAMED, **told)
        except AuditError:
            return
        assert state == UNNAMED
        self.unnamed.add(name)

    def _prepared(self, unit: str, case: str, confirmed: bool, on: str) -> int:
        """A case of a unit, and a request of the office to end it, confirmed by another institution or not."""
        with database.transaction(self.living.engine) as db:
            number = acts.record(db, act(on, "province"), "request", case, asked="revoke", arguments={})
            rosters.add(db, exit_cases, [{**rosters.blank(exit_cases), "exit_case": case, "unit": unit}], number)
            requests.add(db, Request(number, "revoke", case, {}, "office", "省安办", None, None))
            if confirmed:
                acts.record(db, act(on, "second-officer", "second"), "confirm", case, request=number, appointed=1)
        return number

    @invariant()
    def the_acts_alone_give_the_present_standing_and_no_event_is_lost(self) -> None:
        with database.transaction(self.living.engine, looks=True) as db:
            now = store.every(db)
            for unit in PLACES:
                history = list(store.history(db, unit))
                assert replay(unit, history) == now.get(unit, NOT_BORN)
                assert set(self.happened[unit]) <= {recorded.number for recorded in history}
        assert {unit for unit, standing in now.items() if standing.state is LifeState.REVOKED} == self.revoked

    @invariant()
    def a_title_in_force_ends_by_what_may_end_it_and_by_nothing_else(self) -> None:
        """By each way there is: a revocation, the unit's own word, a day that is over, or a change of divisions."""
        with database.transaction(self.living.engine, looks=True) as db:
            steps = [(unit, each) for unit in PLACES for each in steps_of(unit, store.history(db, unit))]
        standing = dict.fromkeys(PLACES, NOT_BORN)
        for unit, (_, name, facts) in sorted(steps, key=lambda each: each[1][0].number):
            before = standing[unit]
            after = standing[unit] = after_step(before, STEPS[name], facts)
            if before.state in IN_FORCE and after.state not in IN_FORCE:
                type(self).ways.add(name)
                check_ended(name, before.valid_until, facts)
            if after.state is LifeState.NOT_TO_BE_NAMED and before.state is not after.state:
                assert name == "merge-unbuilt" or facts.case in self.unnamed


def check_ended(step: str, valid_until: str, facts: Facts) -> None:
    """What has to stand in the act by which a title in force ended."""
    assert facts.document
    if step == "revoke":
        assert facts.case
        assert facts.request
    elif step == "surrender":
        assert facts.declared_by
        assert facts.scan
    elif step == "lapse":
        assert facts.on > valid_until
    else:  # the division is gone: its title went on, waits, or is another's already; never in one act of the office's
        assert step in ("recode", "merge", "merge-undecided")
        assert facts.other


@pytest.fixture
def path(template: str, tmp_path: Path) -> type[Lives]:
    return type("Played", (Lives,), {"template": template, "folder": tmp_path})


def test_no_path_loses_an_event_and_none_but_a_revocation_ends_in_one(path: type[Lives]) -> None:
    played = settings(max_examples=200 if LONG else 10, stateful_step_count=40 if LONG else 30, deadline=None)
    run_state_machine_as_test(path, settings=played)
    assert path.ways > {"revoke"}
    assert path.reached, "no path came to a revocation, so nothing was shown of it"

"""No path through the use cases takes a title away without everything that must come before; none loses an event.

A machine takes steps of findings and cases in any order, with right and wrong days, persons and papers, asks for
revocations and has them answered by anybody. What it does is compared with what is kept, after every step.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from audit_service.core import exits, rectification
from audit_service.core.acts import beijing_day
from audit_service.core.steps import Said
from audit_service.errors import AuditError
from audit_service.store import database, lives, rosters
from audit_service.store.life_tables import standings
from audit_service.store.visit_tables import exit_cases, findings
from audit_service.use_cases import case_views, cases, requests, step_files
from audit_service.use_cases import findings as rectifying
from audit_service.use_cases.causes import Candidate, candidates
from audit_service.vault import Vault
from tests.after.scene import EVERYTHING, KEPT, OCCASION, START, UNIT, act, policies, set_up
from tests.conftest import LONG

VAULT: Final = Vault(Path("/nonexistent"))
DAYS = st.integers(-12, 1)
TEXTS = st.sampled_from(["", "…"])
PERSONS = st.sampled_from(["甲", "乙", "丙", "C510101", "C510201", ""])
NEXT: Final = {
    "opened": ["notify", "notify", "propose"],
    "notified": ["defend", "waive"],
    "heard": ["propose", "propose", "meet", "defend"],
    "proposed": ["review"],
    "reviewed": ["sign", "sign", "sign", "return"],
    "signed": ["publish", "publish", "rectify-again", "dismiss"],
    "published": ["object", "answer", "not-to-be-named", "return"],
    "revoked": ["recall-plaque"],
    "plaque-recalled": ["delist"],
}
"""What may well be next in a state: a machine that only tries anything seldom gets far."""
PERSON: Final = {"propose": "甲", "review": "乙", "sign": "丙", "meet": "丙"}


class Office(RuleBasedStateMachine):
    """An office, its city, and two second officers, one of them of the office's own institution."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.db = self.engine.connect()
        self.transaction = self.db.begin()
        self.today = START
        self.late = 0
        self.done: list[tuple[str, str]] = []
        self.revoked_by: dict[str, int] = {}
        self.callers = set_up(self.db)

    def teardown(self) -> None:
        self.transaction.rollback()
        self.db.close()

    def attempt(self, do: Any, *done: tuple[str, str]) -> Any:
        """Do something that may be refused, in which case nothing of it is left; what was done is noted."""
        nested = self.db.begin_nested()
        try:
            told = do()
        except AuditError:
            nested.rollback()
            return None
        nested.commit()
        self.done += done
        return told

    def say(self, step: str, needs: tuple[str, ...], shift: int, **more: Any) -> Said:
        needed = {name: EVERYTHING[name] for name in needs if name in EVERYTHING}
        return Said(step, (self.today + timedelta(days=shift)).isoformat(), **{**needed, **more})

    def keep(self, name: str) -> None:
        """The scan that steps name, of a finding or a case."""
        attach = cases.attach if name.startswith("E") else rectifying.attach
        self.attempt(lambda: attach(self.db, act(self.today), policies, name, KEPT))

    def names(self, table: Any, column: str) -> list[str]:
        return sorted(row[column] for row in rosters.current(self.db, table))

    def case(self, data: st.DataObject) -> case_views.Stood:
        name = data.draw(st.sampled_from(self.names(exit_cases, "exit_case")))
        return case_views.one_case(self.db, policies, self.today.isoformat(), name)

    @property
    def has_cases(self) -> bool:
        return bool(self.names(exit_cases, "exit_case"))

    # --- what is done

    @initialize(data=st.data(), steps=st.sampled_from([12, 9, 6, 3, 0]))
    def begin(self, data: st.DataObject, steps: int) -> None:
        """Somewhere on the way of a case that goes as it should, or of which much is recorded late."""
        self.late = data.draw(st.sampled_from([0, 40]))
        self.today += timedelta(days=self.late)
        self.open(candidates(self.db, policies, self.today.isoformat())[0], self.say("open", (), -self.late))
        self.advance(data, "E-2020-001", "revoked", steps)

    @rule(days=st.sampled_from([1, 5, 6, 8, 20]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(deadline=st.integers(-3, 30), shift=DAYS)
    def notify(self, deadline: int, shift: int) -> None:
        until = (self.today + timedelta(days=deadline)).isoformat()
        said = self.say("notify", ("document",), shift, deadline=until)
        told = self.attempt(lambda: rectifying.notify(self.db, act(self.today), policies, OCCASION, UNIT, said))
        self.done += [(found.row["finding"], "notify") for found in told or ()]

    @rule(data=st.data(), shift=DAYS, person=PERSONS, deadline=st.integers(-3, 30), lacking=st.booleans())
    def rectify(self, data: st.DataObject, shift: int, person: str, deadline: int, lacking: bool) -> None:
        name = data.draw(st.sampled_from(self.names(findings, "finding")))
        steps = [s for s in rectification.STEPS.values() if s.step != "notify" and s.by != rectification.CASE]
        state = rectifying.one_finding(self.db, policies, self.today.isoformat(), name).finding.state
        fitting = [step for step in steps if state in step.sources]
        step = data.draw(st.sampled_from(fitting or steps) | st.sampled_from(steps))
        if data.draw(st.booleans()):
            self.keep(name)
        more = {"person": person} if "person" in step.needs else {}
        if "deadline" in step.needs:
            more["deadline"] = (self.today + timedelta(days=deadline)).isoformat()
        said = self.say(step.step, step.needs[1:] if lacking else step.needs, shift, **more)
        do = rectifying.recheck if step.by == rectification.INSPECTOR else rectifying.take_step
        self.attempt(lambda: do(self.db, act(self.today), policies, name, said), (name, step.step))

    @rule(data=st.data(), shift=DAYS)
    def open_case(self, data: st.DataObject, shift: int) -> None:
        found = candidates(self.db, policies, self.today.isoformat())
        if not found:
            return
        each = data.draw(st.sampled_from(found))
        said = self.say("open", (), shift)
        self.open(each, said)

    def open(self, each: Candidate, said: Said) -> None:
        where = {"occasion": each.cause.occasion, "finding": each.cause.finding}
        what = policies, each.trigger.trigger, each.cause.unit
        told = self.attempt(lambda: cases.open_case(self.db, act(self.today), *what, said, **where))
        self.done += [(told.case.case, "open")] if told else []

    @precondition(lambda self: self.has_cases)
    @rule(data=st.data(), ending=st.sampled_from(["revoked"] * 5 + ["dismissed", "rectify-again", "not-to-be-named"]),
          steps=st.integers(1, 5))  # fmt: skip
    def go_on(self, data: st.DataObject, ending: str, steps: int) -> None:
        """Some steps as officers would take them, who wait until periods are over."""
        self.advance(data, self.case(data).case.case, ending, steps)

    def advance(self, data: st.DataObject, name: str, ending: str, steps: int) -> None:
        self.keep(name)
        for _ in range(steps):
            stood = case_views.one_case(self.db, policies, self.today.isoformat(), name)
            if stood.due_on >= (self.today - timedelta(days=self.late)).isoformat():
                self.wait(data.draw(st.sampled_from([8, 8, 3, 0])))  # patient officers do, others try at once
            self.go_one_step_on(stood, data, ending)

    def wait(self, days: int) -> None:
        """Officers who record late need not: they only name a later day."""
        named = min(days, self.late)
        self.late -= named
        self.today += timedelta(days=days - named)

    def go_one_step_on(self, stood: case_views.Stood, data: st.DataObject, ending: str) -> None:
        name, state = stood.case.case, stood.case.state
        hurried = not stood.case.unanswered or data.draw(st.booleans())
        if state == "published" and stood.case.ending == "revoked" and hurried and data.draw(st.booleans()):
            self.ask(name, self.say("revoke", ("document", "files"), -self.late), "province")
            for asked in requests.all_requests(self.db):
                self.answer(asked.number, "second")
        elif state in NEXT:
            step = exits.STEPS[data.draw(st.sampled_from(NEXT[state]))]
            more: dict[str, Any] = {"person": PERSON[step.step]} if step.step in PERSON else {}
            more |= {"ending": ending} if "ending" in step.needs else {}
            more |= {"deadline": (self.today + timedelta(days=30)).isoformat()} if "deadline" in step.needs else {}
            more |= {"number": min(stood.case.unanswered, default=1)} if "number" in step.needs else {}
            said = self.say(step.step, step.needs, -self.late, **more)
            self.attempt(lambda: cases.take_step(self.db, act(self.today), policies, name, said), (name, step.step))

    @precondition(lambda self: self.has_cases)
    @rule(data=st.data(), shift=DAYS, person=PERSONS, ending=st.sampled_from(["", *exits.AGAINST, "dismissed"]),
          number=st.integers(0, 3), lacking=st.booleans())  # fmt: skip
    def try_anything(
        self, data: st.DataObject, shift: int, person: str, ending: str, number: int, lacking: bool
    ) -> None:
        stood = self.case(data)
        step = data.draw(st.sampled_from([step for step in exits.STEPS.values() if step.by != exits.TWO]))
        needs = step.needs[1:] if lacking else step.needs
        more = {"person": person, "ending": ending if "ending" in needs else "", "number": number}
        said = self.say(step.step, needs, shift, **more)
        name = stood.case.case
        self.attempt(lambda: cases.take_step(self.db, act(self.today), policies, name, said), (name, step.step))

    @precondition(lambda self: self.has_cases)
    @rule(data=st.data(), shift=st.sampled_from([0, 0, -1, 1]), role=st.sampled_from(["province", "province", ""]),
          needs=st.sampled_from([("document", "files")] * 3 + [("document",), ("files",)]))  # fmt: skip
    def ask_to_revoke(self, data: st.DataObject, shift: int, role: str, needs: tuple[str, ...]) -> None:
        self.ask(self.case(data).case.case, self.say("revoke", needs, shift), role)

    def ask(self, name: str, said: Said, role: str) -> None:
        asker = act(self.today, role=role)
        told = self.attempt(lambda: requests.revoke(self.db, asker, VAULT, policies, name, said))
        assert told is None or (told.waits is not None and role)

    @precondition(lambda self: requests.all_requests(self.db))
    @rule(data=st.data(), by=st.sampled_from(["second", "second", "colleague", "office"]))
    def confirm(self, data: st.DataObject, by: str) -> None:
        self.answer(data.draw(st.sampled_from(requests.all_requests(self.db))).number, by)

    def answer(self, number: int, by: str) -> None:
        subject = requests.one_request(self.db, number).subject
        confirmed = self.attempt(
            lambda: requests.confirm(
                self.db, act(self.today, by, "second-officer"), VAULT, number, self.callers[by], policies
            ),
            (subject, "revoke"),
        )
        if confirmed:
            assert by == "second"
            self.revoked_by[subject] = number

    # --- what always holds

    @invariant()
    def no_event_is_lost(self) -> None:
        history = [each for each in lives.history(self.db, UNIT) if each.action in ("finding", "case")]
        told = [(each.subject, str(each.details["step"])) for each in history]
        assert [each for each in told if each[1] != "renew"] == self.done

    @invariant()
    def what_is_kept_is_what_the_acts_come_to(self) -> None:
        for found in rectifying.list_findings(self.db, policies, self.today.isoformat()):
            names = ("deadline", "rechecks", "closed_on", "document", "responsible")
            assert {name: found.row[name] for name in names} == {name: getattr(found.finding, name) for name in names}
            assert found.row["state"] == found.finding.state

    @invariant()
    def a_title_is_taken_away_only_after_all_that_must_come_before(self) -> None:
        row = rosters.one(self.db, standings, unit=UNIT)
        assert row is not None
        every = case_views.list_cases(self.db, policies, self.today.isoformat())
        for stood in every:
            assert (stood.row["state"], stood.row["ending"]) == (stood.case.state, stood.case.ending)
            assert (stood.row["document"], stood.row["opened_on"]) == (stood.case.document, stood.case.opened_on)
            for name in ("due_on", "defence_until", "objections_until"):
                assert stood.row[name] == getattr(stood, name)
        history = list(lives.history(self.db, UNIT))
        asked = {each.number for each in history if each.action == "request"}
        assert asked == {each.number for each in requests.all_requests(self.db)}
        revoked = [stood for stood in every if any(said.step == "revoke" for said in stood.steps)]
        assert (row["state"] == "revoked") == bool(revoked)
        assert len(revoked) <= 1
        for stood in revoked:
            check_revoked(stood, self.revoked_by[stood.case.case])
            kept = {file.digest for file in step_files.kept_of(self.db, stood.case.case)}
            assert {file.digest for said in stood.steps for file in said.files} <= kept != set()
            acts = [each for each in history if (each.action, each.subject) == ("case", stood.case.case)]
            check_recorded({str(each.details["step"]): beijing_day(each.act.at) for each in acts})


def check_revoked(stood: case_views.Stood, request: int) -> None:
    """By the steps alone, in words of this test: notice, defence period, decision, publication, paper, two persons."""
    last = {said.step: said for said in stood.steps}
    steps = [said.step for said in stood.steps]
    notice, revocation, publication = last["notify"], last["revoke"], last["publish"]
    decided = next(said for said in reversed(stood.steps) if said.step in ("meet", "propose"))
    days = [date.fromisoformat(said.day) for said in (notice, decided, publication, revocation)]
    assert {"defend", "waive"} & set(steps)
    assert days[1] > days[0] + timedelta(days=5)
    assert days[3] > days[2] + timedelta(days=7)
    assert days == sorted(days)
    assert notice.document
    assert publication.document
    assert revocation.document
    assert revocation.files
    assert revocation.request == request
    assert steps.count("object") == steps.count("answer")


def check_recorded(last: dict[str, date]) -> None:
    """By the days on which steps were recorded, whatever days they name: the city could answer, and the public object,
    for as long as the policy says."""
    assert max(last[step] for step in ("propose", "meet") if step in last) > last["notify"] + timedelta(days=5)
    assert last["revoke"] > last["publish"] + timedelta(days=7)


@pytest.fixture
def office_engine(database_url: str) -> Any:
    engine = database.connect(database_url)
    yield engine
    engine.dispose()


def test_no_path_reaches_a_revoked_title_without_all_that_must_come_before_and_none_loses_an_event(
    office_engine: Engine,
) -> None:
    machine = type("Machine", (Office,), {"engine": office_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=300 if LONG else 15, stateful_step_count=10, deadline=None)
    )

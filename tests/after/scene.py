"""A small office after an inspection: a named unit that failed, its findings, and posts of three institutions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.policy import Programme
from audit_service.core.rights import Role
from audit_service.core.steps import Said, Shown
from audit_service.files.policies import lookup
from audit_service.store import acts, log, rosters
from audit_service.store.life_tables import standings
from audit_service.store.tables import people, units
from audit_service.store.visit_tables import checks, findings, outcomes
from audit_service.use_cases import accounts
from audit_service.use_cases.accounts import Caller
from audit_service.use_cases.visited import File
from tests.visits import SIGNED

UNIT, OTHER_UNIT, OCCASION, POLICY = "510104026", "510105013", "T-2020-001", "sichuan-2020"
START: Final = date(2020, 9, 1)
SCAN: Final = (Shown("scan.pdf", "cd" * 32),)
KEPT: Final = File(SCAN[0].digest, SCAN[0].name, "application/pdf", 12)
FINDERS: Final = ("C510101", "C510102")


PROGRAMME: Final = lookup(None)(POLICY)
"""The shipped policy: five days for a defence, seven of publication, thirty to rectify."""


def policies(name: str) -> Programme:
    """The only policy that is installed."""
    assert name == POLICY
    return PROGRAMME


def act(day: date, by: str = "office", role: str = "province") -> Act:
    """An act at noon in Beijing."""
    return Act(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), by, role=role)


def unit_row(unit: str, **more: object) -> dict[str, Any]:
    """A unit of Chengdu on the roster."""
    named = {"unit": unit, "city": "510100", "county": "锦江区", "name": f"{unit}街道", "kind": "街道", "status": "x"}
    return {**rosters.blank(units), **named, "target_year": "", **more}


def standing_row(unit: str, **more: object) -> dict[str, Any]:
    """A unit that was named in 2018, for three years."""
    named = {"state": "named", "since": "2018-05-01", "title": "community", "named_on": "2018-05-01"}
    return {**rosters.blank(standings), "unit": unit, "policy": POLICY, **named, "valid_until": "2021-05-01", **more}


def finding_row(number: int, **more: object) -> dict[str, Any]:
    """A finding as its outcome leaves it."""
    where = {"occasion": OCCASION, "unit": UNIT, "city": "510100", "policy": POLICY, "criterion": "1.1", "area": "1"}
    what = {"severity": "general", "description": f"问题{number}", "found_by": ",".join(FINDERS), "state": "open"}
    days = {"found_on": START.isoformat(), "deadline": "2020-10-01", "due_on": "2020-10-01", "rechecks": 0}
    days |= dict.fromkeys(("deadline_since", "due_since"), START.isoformat())
    return {**rosters.blank(findings), "finding": f"F-2020-{number:04}", **where, **what, **days, **more}


def set_up(db: Connection, *, posts: bool = True, found: int = 2) -> dict[str, Caller]:
    """Two units, one of which failed, with findings; posts by their names, all of which a signed checkpoint shows."""
    number = acts.record(db, act(START), "import-units", "roster.xlsx", imported=2)
    rosters.add(db, units, [unit_row(UNIT), unit_row(OTHER_UNIT)], number)
    rosters.add(db, standings, [standing_row(UNIT)], number)
    person = {**rosters.blank(people), "city": "510300", "category": "x", "may_lead": False, "employer": "市安办"}
    names = dict(zip((*FINDERS, "C510201"), ("张一", "王二", "李三"), strict=True))
    rosters.add(db, people, [{**person, "inspector": code, "name": name} for code, name in names.items()], number)
    check = {"occasion": OCCASION, "campaign": "2020", "policy": POLICY, "unit": UNIT, "city": "510100"}
    rosters.add(db, checks, [{**rosters.blank(checks), **check, "due_on": "2020-09-01"}], number)
    row = {**rosters.blank(outcomes), "occasion": OCCASION, "unit": UNIT, "policy": POLICY, "city": "510100"}
    verdict = {"kind": "inspected", "inspected_on": START.isoformat(), "verdict": "failed", "content": SIGNED}
    rosters.add(db, outcomes, [{**row, **verdict, "recorded_by": FINDERS[0]}], number)
    rosters.add(db, findings, [finding_row(acts.next_number(db, "finding:2020")) for _ in range(found)], number)
    callers = {}
    if posts:
        for name, role, institution in (
            ("office", Role.PROVINCE, "省安办"),
            ("second", Role.SECOND_OFFICER, "纪检监察组"),
            ("colleague", Role.SECOND_OFFICER, "省安办"),
        ):
            accounts.appoint(db, act(START), name, role, institution)
            secret = accounts.issue_token(db, act(START), name, now=act(START).at)
            callers[name] = accounts.identify(db, secret, act(START).at)
        log.add_checkpoint(db, acts.last_number(db), "-", act(START).at)
    return callers


EVERYTHING: Final[dict[str, Any]] = {"document": "川安办〔2020〕12号", "text": "…", "files": SCAN, "number": 1}


def said(step: str, day: date | str, needs: tuple[str, ...] = (), **more: Any) -> Said:
    """A step that says what it needs, and more."""
    needed = {name: EVERYTHING[name] for name in needs if name in EVERYTHING}
    return Said(step, str(day), **{**needed, **more})


def later(day: date, days: int) -> str:
    """A day so many days after another."""
    return (day + timedelta(days=days)).isoformat()

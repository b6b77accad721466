"""Exit cases, written down: opened for a cause that is there, and each step that officers record of them.

What may follow on what, `core.exits` says; here it is asked and kept. A case is what its acts come to, the first of
which says under what periods and endings it was opened; the row of now is there to be looked up by. A revocation comes
from `use_cases.requests` alone, when a second person of another institution has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import Exit, Trigger
from audit_service.core.causes import Cause
from audit_service.core.exits import DECIDED, NOT_TO_BE_NAMED, REVOKED, STEPS, TWO, Case, taken
from audit_service.core.life import STEPS as LIFE_STEPS
from audit_service.core.steps import Said, check_day, check_said
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, lives, rosters
from audit_service.store.life_tables import standings
from audit_service.store.rosters import Row
from audit_service.store.tables import units
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases import findings, step_files
from audit_service.use_cases import lives as unit_lives
from audit_service.use_cases.case_views import OPEN, Stood, began, for_city, one_case, shown
from audit_service.use_cases.causes import about_findings, candidates
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import onward
from audit_service.use_cases.policies import Policies, using
from audit_service.use_cases.visited import File

_BY_ENDING: Final = ("sign", "publish", NOT_TO_BE_NAMED)
"""Steps that go on with what was proposed, and are refused where that does not fit the unit any more."""


def open_case(
    db: Connection, act: Act, policies: Policies, trigger: str, unit: str, said: Said,
    *, occasion: str = "", finding: str = "", policy: str = "",
) -> Stood:  # fmt: skip
    """Open a case on one of the policy's triggers, for a cause that is there (`causes`).

    Where a unit has several causes of the trigger, `occasion` or `finding` says which. A trigger that the office pulls
    by itself needs a document and the policy's name. `Refused` for a cause that is not there or has its case already.
    """
    today = beijing_day(act.at).isoformat()
    at = Occasions(db, policies, today)
    chosen = [
        (each.cause, each.trigger)
        for each in candidates(db, policies, today, unit=unit)
        if each.trigger.trigger == trigger
        and occasion in ("", each.cause.occasion)
        and finding in ("", each.cause.finding)
    ]
    if policy:
        chosen += _by_document(at, trigger, unit, said, policy)
    if len(chosen) != 1:
        found = ", ".join(cause.finding or cause.occasion for cause, _ in chosen)
        code = "case-cause-several" if chosen else "case-cause-none"
        raise Refused(code, unit=unit, trigger=trigger, found=found or "-")
    cause, rules = chosen[0]
    check_day(said, cause.since, today)
    return _open(at, act, cause, rules, said)


def _by_document(at: Occasions, trigger: str, unit: str, said: Said, policy: str) -> list[tuple[Cause, Trigger]]:
    """What the office decides by a document, where the policy lets it."""
    rules = at.programme("", policy).after.trigger_of("office")
    if rules is None or rules.trigger != trigger:
        return []
    check_said(said, ("document", "text"))
    row = rosters.one(at.db, units, unit=unit)
    if row is None:
        raise NotFound("unit-not-known", unit=unit)
    return [(Cause("office", unit, row["city"], policy, "", "", said.day), rules)]


def _open(at: Occasions, act: Act, cause: Cause, trigger: Trigger, said: Said) -> Stood:
    if not at.version(cause.occasion, cause.own):
        using(at.db, act, at.policies)(cause.policy)
    programme = at.programme(cause.occasion, cause.policy, cause.own)
    rules = programme.after.exit
    assert rules is not None  # it has the trigger
    year = at.today[:4]
    name = f"E-{year}-{acts.next_number(at.db, f'case:{year}'):03}"
    row = {
        "exit_case": name, "unit": cause.unit, "city": cause.city, "policy": cause.policy,
        "trigger_name": trigger.trigger, "occasion": cause.occasion, "finding": cause.finding, "opened_on": said.day,
        "programme": programme.digest,
    }  # fmt: skip
    told: dict[str, Any] = {"cause": cause.cause, "since": cause.since, **_under(rules, trigger), **row}
    number = acts.record(at.db, act, "case", name, **{**told, **said.details, "step": OPEN})
    lives.concern(at.db, number, [cause.unit])
    told |= said.details
    where = cause.unit, cause.city
    return _keep(at, number, {**rosters.blank(exit_cases), **row}, began(told), told, where)


def _under(rules: Exit, trigger: Trigger) -> dict[str, Any]:
    """What the policy says of a case when it is opened: it keeps that to its end."""
    return {
        "endings": list(trigger.endings),
        "defence_days": rules.defence_days,
        "publication_days": rules.publication_days,
        "trigger": vars(trigger.label),
        "authority": vars(rules.authority),
    }


# --- steps ----------------------------------------------------------------------------------------------------------


def attach(db: Connection, act: Act, policies: Policies, name: str, file: File, *, city: str = "") -> None:
    """Keep a file for a step of a case; of one's own city's where one is named."""
    check_takes_files(one_case(db, policies, beijing_day(act.at).isoformat(), name, city))
    step_files.attach(db, act, name, file)


def check_takes_files(stood: Stood) -> None:
    """Refuse files for a case in which nothing is left to do."""
    if not stood.case.is_open:
        raise Refused("step-file-late", subject=stood.case.case, state=stood.case.state.value)


def take_step(db: Connection, act: Act, policies: Policies, name: str, said: Said, *, city: str = "") -> Stood:
    """Take a step of a case: any but the revocation, which waits for a second person."""
    if STEPS[said.step].by == TWO:
        raise ValueError(f"{said.step} is not taken so")
    stood = one_case(db, policies, beijing_day(act.at).isoformat(), name, city)
    if city and stood.case.state not in STEPS[said.step].sources:
        where = {"state": for_city(stood).state, "states": ", ".join(STEPS[said.step].sources)}
        raise Refused("case-state", case=name, step=said.step, **where)
    at = Occasions(db, policies, beijing_day(act.at).isoformat())
    _check_fits(db, stood, said.ending or (stood.case.ending if said.step in _BY_ENDING else ""))
    if said.step == "rectify-again":
        said = replace(said, findings=_to_renew(db, stood, said.findings))
    found = _take(at, act, stood, said)
    if said.findings:
        findings.renew(db, act, policies, said.findings, said)
    if said.step in LIFE_STEPS:
        unit, told = stood.row["unit"], {"case": name, "document": said.document or stood.case.document, "on": said.day}
        unit_lives.follow_case(db, act, policies, unit, said.step, **told)
    return found


def _to_renew(db: Connection, stood: Stood, named: Sequence[str]) -> tuple[str, ...]:
    """The findings that have a new deadline at the end of a case: of those that it is about what is not rectified, and
    those of the unit that the step names; `NotFound` for one of these that cannot have one."""
    codes = onward(db).codes(stood.row["unit"])
    open_ones = {row["finding"] for row in findings.renewable(db, named) if row["unit"] in codes}
    if unknown := set(named) - open_ones:
        known = {"occasion": stood.row["occasion"] or "-", "unit": stood.row["unit"]}
        raise NotFound("findings-none", **known, findings=", ".join(sorted(unknown)))
    about = findings.renewable(db, about_findings(db, stood.row, codes))
    return tuple(sorted({*named, *(row["finding"] for row in about)}))


def check_revoke(db: Connection, act: Act, policies: Policies, name: str, said: Said) -> None:
    """Whether a title could be revoked now, if a second person confirmed it; `Refused` where it could not."""
    today = beijing_day(act.at).isoformat()
    stood = one_case(db, policies, today, name)
    _check_fits(db, stood, REVOKED)
    using(db, act, policies)(lives.one(db, onward(db).now(stood.row["unit"])).policy)
    clock = Occasions(db, policies, today).clock(stood.row["occasion"], stood.row["city"])
    taken(stood.case, replace(said, request=acts.last_number(db) + 1), clock)
    step_files.check_kept(db, name, said.files)


def revoke(db: Connection, act: Act, policies: Policies, name: str, said: Said) -> Stood:
    """Write down that a title was revoked (撤销命名通知): an act that was asked for and confirmed."""
    check_revoke(db, act, policies, name, said)
    at = Occasions(db, policies, beijing_day(act.at).isoformat())
    stood = one_case(db, policies, at.today, name)
    found = _take(at, act, stood, replace(said, request=act.request))
    unit_lives.revoke(db, act, policies, stood.row["unit"], case=name, document=said.document, on=said.day)
    return found


def _check_fits(db: Connection, stood: Stood, ending: str) -> None:
    """A title is revoked of a unit that has one, under its code of now; who has one is not merely left unnamed."""
    if ending not in (REVOKED, NOT_TO_BE_NAMED) or stood.case.state in DECIDED:
        return
    unit = onward(db).now(stood.row["unit"])
    row = rosters.one(db, standings, unit=unit)
    titled = row is not None and row["state"] in LIFE_STEPS["revoke"].sources
    if titled is not (ending == REVOKED):
        state = row["state"] if row else ""
        raise Refused("case-ending-unfit", case=stood.row["exit_case"], ending=ending, unit=unit, state=state)


def _take(at: Occasions, act: Act, stood: Stood, said: Said) -> Stood:
    row = stood.row
    case = taken(stood.case, said, at.clock(row["occasion"], row["city"]))
    step_files.check_kept(at.db, row["exit_case"], said.files)
    number = acts.record(at.db, act, "case", row["exit_case"], unit=row["unit"], **case.steps[-1].details)
    _concern(at.db, number, row["unit"])
    return _keep(at, number, row, case, stood.beginning, (stood.unit_now, stood.city))


def concern(db: Connection, number: int, name: str) -> None:
    """Note that an act, as what was asked for on a case, or how it was answered, stands in its unit's history."""
    row = rosters.one(db, exit_cases, exit_case=name)
    assert row is not None  # nothing is asked of a case that there is not
    _concern(db, number, row["unit"])


def _concern(db: Connection, number: int, unit: str) -> None:
    """Under the code of the case and that of now."""
    lives.concern(db, number, [unit, onward(db).now(unit)])


def _keep(
    at: Occasions, number: int, row: Row, case: Case, beginning: Mapping[str, Any], where: tuple[str, str]
) -> Stood:
    stood = shown(at, row, case, beginning, *where)
    days = {name: getattr(stood, name) for name in ("due_on", "defence_until", "objections_until")}
    kept = {**row, **days, "state": case.state.value, "ending": case.ending, "document": case.document}
    rosters.replace(at.db, exit_cases, {"exit_case": case.case}, kept, number)
    return replace(stood, row=kept)

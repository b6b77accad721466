"""The steps of units' lives, written down: steps of one unit or of many, the end of an exit case.

What a step needs and where it leads, `core.life_steps` says; here it is asked, and kept in one act for all units of
one document. A unit's city records the first steps of its own units, the office all others; a revocation comes from the
end of an exit case alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.divisions import digits_of
from audit_service.core.incoming import Row
from audit_service.core.life import LEAST_BUILDING_DAYS, NOT_BORN, STEPS, Facts, Standing
from audit_service.core.life_acts import details_of, steps_of
from audit_service.core.life_steps import award_rules, check_source, is_hurried, known_step, take, title_rules
from audit_service.core.policy import Programme
from audit_service.errors import AuditError, Finding, Forbidden, NotFound, Refused, RosterErrors, RuleError
from audit_service.store import acts, rosters, tables
from audit_service.store import lives as store
from audit_service.store.requests import one_request
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases.onward import onward
from audit_service.use_cases.places import ISSUED
from audit_service.use_cases.roster_changes import subject

Policies = Callable[[str], Programme]
"""A policy by its name, as it is installed; `NotFound` for one that is not."""
REVOKE: Final = "revoke"
"""The step, and what is asked of another institution (`use_cases.requests`)."""


@dataclass(frozen=True)
class Wanted:
    """A step that somebody wants to be recorded of a unit, and the row of a file that says so, if one does."""

    unit: str
    facts: Facts
    row: Row | None = None


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the number of its act, where each unit stands now, and whose building was hurried."""

    number: int
    step: str
    units: Mapping[str, Standing]
    hurried: tuple[str, ...] = ()


def in_city(unit: str, city: str) -> bool:
    """Whether a unit lies in a city, by the digits of its code; every unit where no city is asked for."""
    return unit.removeprefix(ISSUED).startswith(digits_of(city))


def write_down(
    db: Connection,
    act: Act,
    step: str,
    taken: Mapping[str, tuple[Standing, Facts]],
    *,
    also: Iterable[str] = (),
    files: Sequence[tuple[str, str]] = (),
) -> int:
    """Write a step of some units down, settled as it is; the number of the act, which concerns others `also`.

    `files` are those from which it was read, with their digests.
    """
    said = details_of(step, {unit: facts for unit, (_, facts) in taken.items()})
    if files:
        said["files"] = [{"file": file, "sha256": digest} for file, digest in files]
    number = acts.record(db, act, "life", subject(list(taken)), **said)
    store.concern(db, number, [*taken, *also])
    store.stand(db, {unit: standing for unit, (standing, _) in taken.items()}, number)
    return number


# --- steps --------------------------------------------------------------------------------------------------------


def step(
    db: Connection,
    act: Act,
    policies: Policies,
    name: str,
    wanted: Sequence[Wanted],
    *,
    policy: str = "",
    city: str = "",
    building_days: int = LEAST_BUILDING_DAYS,
    files: Sequence[tuple[str, str]] = (),
    errors: Sequence[Finding] = (),
) -> Taken:
    """Record a step of one unit or of many, in one act, which names the `files` from which they were read.

    `policy` is that of units which begin their life with it. A `city` records the first steps of its own units alone.
    The one error of a single unit is raised as it is; of many units, or of a file, all errors at once with those that
    were found when it was read, and nothing done.
    """
    known = known_step(name)
    if known.own:
        raise Refused("life-step-own", life_step=name)
    if city and not known.city:
        raise Forbidden("life-step-office", life_step=name)
    if not wanted and not errors:
        raise Refused("life-step-nobody")
    now = store.of_units(db, {asked.unit for asked in wanted})
    listed = {row["unit"] for row in rosters.chosen(db, tables.units, unit={asked.unit for asked in wanted})}
    today = beijing_day(act.at).isoformat()

    def settle(asked: Wanted) -> tuple[Standing, Facts]:
        """Where one unit stands after its step; whatever forbids it is raised, and gathered by `take_all`."""
        if asked.unit not in listed | now.keys() or not in_city(asked.unit, city):
            raise NotFound("unit-not-known", unit=asked.unit)
        check_day(asked.facts.on, today)
        before, facts = now.get(asked.unit, NOT_BORN), asked.facts
        check_source(before, known)
        if name == "self-assess":
            facts = _assessed(db, asked.unit, facts, building_days)
        return take(before, name, facts, policies(before.policy or policy))

    taken = take_all(wanted, settle, errors)
    if name == "name":
        _check_numbers(db, taken, policies)
    if name == "award":
        _check_awards(taken, policies)
    number = write_down(db, act, name, taken, files=files)
    hurried = tuple(unit for unit, (_, facts) in taken.items() if facts.hurried)
    return Taken(number, name, {unit: standing for unit, (standing, _) in taken.items()}, hurried)


def check_day(on: str, today: str) -> None:
    """Refuse what is said to happen on a day that has not come."""
    if date.fromisoformat(on).isoformat() > today:
        raise Refused("life-ahead", on=on, today=today)


def take_all(
    wanted: Sequence[Wanted], settle: Callable[[Wanted], tuple[Standing, Facts]], before: Sequence[Finding] = ()
) -> dict[str, tuple[Standing, Facts]]:
    """Every unit's step, settled. Errors of several, or of a file, at once: `RosterErrors`, with those from before."""
    taken: dict[str, tuple[Standing, Facts]] = {}
    errors = list(before)
    for asked in wanted:
        try:
            if asked.unit in taken:
                raise Refused("life-unit-twice", unit=asked.unit)
            taken[asked.unit] = settle(asked)
        except (RuleError, Refused, NotFound) as error:
            if len(wanted) == 1 and asked.row is None and not before:
                raise
            errors.append(_finding(asked, error))
    if errors:
        raise RosterErrors(errors)
    return taken


def _finding(asked: Wanted, error: AuditError) -> Finding:
    if asked.row is None:
        return Finding("", "", 0, asked.unit, error.problem)
    return asked.row.finding("unit", error.code, **error.params)


def _assessed(db: Connection, unit: str, facts: Facts, building_days: int) -> Facts:
    """A self-assessment, marked where it came too soon after the unit's first start that was recorded."""
    starts = [said.on for _, name, said in steps_of(unit, store.history(db, unit)) if name == "start"]
    started = starts[0] if starts else ""
    hurried = "yes" if is_hurried(started, facts.on, building_days) else ""
    return replace(facts, started_on=started, hurried=hurried)


def _check_numbers(db: Connection, taken: Mapping[str, tuple[Standing, Facts]], policies: Policies) -> None:
    """Where a policy names so many at most, one document names no more than these."""
    now = {(unit, each.policy, each.title, each.document) for unit, (each, _) in taken.items()}
    groups = Counter(key[1:] for key in now | store.named_by(db, {key[-1] for key in now}))
    for standing, _ in taken.values():
        most = title_rules(policies(standing.policy), standing.title).at_most
        found = groups[standing.policy, standing.title, standing.document]
        if most is not None and found > most:
            raise RuleError("life-too-many", document=standing.document, found=found, most=most)


def _check_awards(taken: Mapping[str, tuple[Standing, Facts]], policies: Policies) -> None:
    """Where a policy gives an award so many times at most, one record gives it no more often."""
    given = Counter((standing.policy, facts.award) for standing, facts in taken.values())
    for (policy, award), found in given.items():
        most = award_rules(policies(policy), award).at_most
        if most is not None and found > most:
            raise RuleError("life-awards-many", award=award, found=found, most=most)


# --- the end of an exit case --------------------------------------------------------------------------------------


def revoke(db: Connection, act: Act, policies: Policies, unit: str, *, case: str, document: str, on: str) -> Taken:
    """Take a unit's title away, at the end of an exit case, by a document, as another institution confirmed.

    The act must carry the number of the request on this case that was confirmed (`use_cases.requests`). `Refused`
    without such a request, `NotFound` without such a case of this unit; in one-office mode nobody could confirm it. It
    is taken away where it is now, if the unit has another code since.
    """
    if rosters.one(db, exit_cases, exit_case=case, unit=unit) is None:
        raise NotFound("life-revoke-no-case", case=case or "-", unit=unit)
    request = one_request(db, act.request) if act.request else None
    asked = request and (request.action, request.subject) == (REVOKE, case)
    if not asked or not _was_confirmed(db, act.request, case):
        raise Refused("life-revoke-unconfirmed", case=case)
    check_day(on, beijing_day(act.at).isoformat())
    facts = Facts(on=on, document=document, case=case, request=str(act.request))
    return _take_by_case(db, act, policies, onward(db).now(unit), REVOKE, facts)


def follow_case(
    db: Connection, act: Act, policies: Policies, unit: str, name: str, *, case: str, document: str, on: str
) -> Taken | None:
    """What another step of an exit case does to where its unit stands: it is not to be named, its plaque is recalled.

    Nothing where that step leads nowhere from there, the plaque is already recalled, or the unit was never taken into
    life.
    """
    if STEPS[name].by_case:
        raise Refused("life-step-own", life_step=name)
    unit = onward(db).now(unit)
    before = store.one(db, unit)
    if before.state not in STEPS[name].sources or (name == "recall-plaque" and before.plaque_recalled_on):
        return None
    check_day(on, beijing_day(act.at).isoformat())
    return _take_by_case(db, act, policies, unit, name, Facts(on=on, document=document, case=case))


def _take_by_case(db: Connection, act: Act, policies: Policies, unit: str, name: str, facts: Facts) -> Taken:
    before = store.one(db, unit)
    standing, settled = take(before, name, facts, policies(before.policy))
    number = write_down(db, act, name, {unit: (standing, settled)})
    return Taken(number, name, {unit: standing})


def _was_confirmed(db: Connection, request: int, case: str) -> bool:
    return any(said["request"] == request for said in acts.all_details(db, case, "confirm"))


def steps_for(city: bool) -> list[str]:
    """The steps that `step` takes: all of them for the office, the first ones for a city."""
    return [each.step for each in STEPS.values() if not each.own and (each.city or not city)]

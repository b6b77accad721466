"""The steps of units' lives, written down: units taken into life, steps of one or many, the end of an exit case.

What a step needs and where it leads, `core.life_steps` says; here it is asked, and kept in one act for all units of
one document. A unit's city records the first steps of its own units, the office all others; a revocation comes from the
end of an exit case alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.incoming import Row
from audit_service.core.life import LEAST_BUILDING_DAYS, NOT_BORN, STEPS, Facts, LifeState, Standing
from audit_service.core.life_steps import (
    LIFE,
    check_source,
    details_of,
    is_hurried,
    known_step,
    month_end,
    steps_of,
    take,
    title_rules,
)
from audit_service.core.policy import Programme
from audit_service.errors import AuditError, Finding, Forbidden, NotFound, Refused, RosterErrors, RuleError
from audit_service.store import acts, rosters, tables
from audit_service.store import lives as store
from audit_service.store.requests import one_request
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases.roster_changes import Record, subject
from audit_service.use_cases.roster_rules import ISSUED

Policies = Callable[[str], Programme]
"""A policy by its name, as it is installed; `NotFound` for one that is not."""
_CITY_DIGITS: Final = 4


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


@dataclass(frozen=True)
class Adopted:
    """Units that were taken into life; how many had been before; those whose status says nothing of a life."""

    units: Mapping[str, Standing]
    known: int
    stateless: tuple[str, ...]


def in_city(unit: str, city: str) -> bool:
    """Whether a unit lies in a city, by the digits of its code; every unit where no city is asked for."""
    return not city or unit.removeprefix(ISSUED)[:_CITY_DIGITS] == city[:_CITY_DIGITS]


def record(
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
    number = acts.record(db, act, LIFE, subject(list(taken)), **said)
    store.concern(db, number, [*taken, *also])
    store.stand(db, {unit: standing for unit, (standing, _) in taken.items()}, number)
    return number


# --- taken into life ----------------------------------------------------------------------------------------------


def adopt(db: Connection, act: Act, programme: Programme, title: str = "", units: Collection[str] = ()) -> Adopted:
    """Take the roster's units (or some of them) into life, each once, where their status under a policy says they are.

    What the roster says of a title comes with them; where several titles are possible, `title` says which. One act a
    city. `RosterErrors` with everything that is wrong, and then nothing is taken.
    """
    listed = {row["unit"]: row for row in rosters.current(db, tables.units) if not units or row["unit"] in units}
    if missing := [unit for unit in units if unit not in listed]:
        raise NotFound("unit-not-known", unit="、".join(missing))
    known, states = store.every(db), {status.status: status.state for status in programme.statuses}
    coming = {unit: row for unit, row in listed.items() if unit not in known and states.get(row["status"])}
    stateless = tuple(sorted(unit for unit in listed if unit not in known and unit not in coming))
    today = beijing_day(act.at).isoformat()
    wanted = [
        Wanted(unit, _listed_facts(row, states[row["status"]], title, today)) for unit, row in sorted(coming.items())
    ]
    taken = _take_all(wanted, lambda asked: take(NOT_BORN, "adopt", asked.facts, programme))
    cities: dict[str, dict[str, tuple[Standing, Facts]]] = defaultdict(dict)
    for unit, settled in taken.items():
        cities[listed[unit]["city"]][unit] = settled
    for each in cities.values():
        record(db, act, "adopt", each)
    return Adopted(
        {unit: standing for unit, (standing, _) in taken.items()}, len(listed.keys() & known.keys()), stateless
    )


def _listed_facts(row: Record, state: str, title: str, today: str) -> Facts:
    """What the roster says of a unit's life. A month counts to its last day: no title ends sooner than it may."""
    since = row["assessed_on"] if state == LifeState.ASSESSED else ""
    return Facts(
        on=today,
        document=row["naming_document"],
        state=state,
        since=month_end(since),
        title=title,
        named_on=month_end(row["named_on"]),
        valid_until=month_end(row["valid_until"]),
    )


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
        if asked.unit not in listed | now.keys() or not in_city(asked.unit, city):
            raise NotFound("unit-not-known", unit=asked.unit)
        check_day(asked.facts.on, today)
        before, facts = now.get(asked.unit, NOT_BORN), asked.facts
        check_source(before, known)
        if name == "self-assess":
            facts = _assessed(db, asked.unit, facts, building_days)
        return take(before, name, facts, policies(before.policy or policy))

    taken = _take_all(wanted, settle, errors)
    if name == "name":
        _check_numbers(db, taken, policies)
    number = record(db, act, name, taken, files=files)
    hurried = tuple(unit for unit, (_, facts) in taken.items() if facts.hurried)
    return Taken(number, name, {unit: standing for unit, (standing, _) in taken.items()}, hurried)


def check_day(on: str, today: str) -> None:
    """Refuse what is said to happen on a day that has not come."""
    if date.fromisoformat(on).isoformat() > today:
        raise Refused("life-ahead", on=on, today=today)


def _take_all(
    wanted: Sequence[Wanted], settle: Callable[[Wanted], tuple[Standing, Facts]], before: Sequence[Finding] = ()
) -> dict[str, tuple[Standing, Facts]]:
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
    groups: dict[tuple[str, str, str], int] = defaultdict(int)
    for standing in (*store.every(db).values(), *(standing for standing, _ in taken.values())):
        if standing.state is LifeState.NAMED:
            groups[standing.policy, standing.title, standing.document] += 1
    for standing, _ in taken.values():
        most = title_rules(policies(standing.policy), standing.title).at_most
        found = groups[standing.policy, standing.title, standing.document]
        if most is not None and found > most:
            raise RuleError("life-too-many", document=standing.document, found=found, most=most)


# --- the end of an exit case --------------------------------------------------------------------------------------


def revoke(db: Connection, act: Act, policies: Policies, unit: str, *, case: str, document: str, on: str) -> Taken:
    """Take a unit's title away, at the end of an exit case, by a document, as another institution confirmed.

    The act must carry the number of the request on this case that was confirmed (`use_cases.requests`). `Refused`
    without such a request, `NotFound` without such a case of this unit; in one-office mode nobody could confirm it.
    """
    if rosters.one(db, exit_cases, exit_case=case, unit=unit) is None:
        raise NotFound("life-revoke-no-case", case=case or "-", unit=unit)
    request = one_request(db, act.request) if act.request else None
    if request is None or request.subject != case or not _was_confirmed(db, act.request, case):
        raise Refused("life-revoke-unconfirmed", case=case)
    check_day(on, beijing_day(act.at).isoformat())
    before = store.one(db, unit)
    facts = Facts(on=on, document=document, case=case, request=str(act.request))
    standing, settled = take(before, "revoke", facts, policies(before.policy))
    number = record(db, act, "revoke", {unit: (standing, settled)})
    return Taken(number, "revoke", {unit: standing})


def _was_confirmed(db: Connection, request: int, case: str) -> bool:
    return any(said["request"] == request for said in acts.all_details(db, case, "confirm"))


def steps_for(city: bool) -> list[str]:
    """The steps that `step` takes: all of them for the office, the first ones for a city."""
    return [each.step for each in STEPS.values() if not each.own and (each.city or not city)]

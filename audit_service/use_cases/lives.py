"""The steps of units' lives, written down: steps of one unit or of many, the end of an exit case.

What a step needs and where it leads, `core.life_steps` says; here it is asked, and kept in one act for all units of
one document. A unit's city records the first steps of its own units, the office all others; a revocation comes from the
end of an exit case alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.divisions import beginnings
from audit_service.core.incoming import Row
from audit_service.core.life import NOT_BORN, STEPS, Facts, LifeState, Standing
from audit_service.core.life_acts import details_of
from audit_service.core.life_steps import check_source, known_step, take
from audit_service.core.policy import Programme
from audit_service.errors import AuditError, Finding, Forbidden, NotFound, Problem, Refused, RosterErrors, RuleError
from audit_service.store import acts, rosters, tables
from audit_service.store import lives as store
from audit_service.store.requests import one_request
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases import life_files, life_limits, life_warnings
from audit_service.use_cases.onward import Onward, onward
from audit_service.use_cases.policies import Policies, using
from audit_service.use_cases.roster_changes import subject

REVOKE: Final = "revoke"
"""The step, and what is asked of another institution (`use_cases.requests`)."""
UNNAMED: Final = "not-to-be-named"
"""The step, and how an exit case ends that leads to it."""
_SCRUTINISED: Final = ("self-assess", "apply")


@dataclass(frozen=True)
class Wanted:
    """A step that somebody wants to be recorded of a unit, and the row of a file that says so, if one does."""

    unit: str
    facts: Facts
    row: Row | None = None


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the number of its act, where each unit stands now, and what speaks against it all the
    same, each a problem with its unit."""

    number: int
    step: str
    units: Mapping[str, Standing]
    warnings: tuple[Problem, ...] = ()

    @property
    def hurried(self) -> tuple[str, ...]:
        """The units that were built in less time than building takes."""
        return tuple(str(each.params["unit"]) for each in self.warnings if each.code == "life-hurried")


def in_city(unit: str, city: str) -> bool:
    """Whether a unit lies in a city, by the digits of its code; every unit where no city is asked for."""
    return not city or unit.startswith(beginnings(city))


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
    files: Sequence[tuple[str, str]] = (),
    errors: Sequence[Finding] = (),
) -> Taken:
    """Record a step of one unit or of many, in one act, which names the `files` from which they were read.

    `policy` is that of units which begin their life with it. A `city` records the first steps of its own units alone.
    The one error of a single unit is raised as it is; of many units, or of a file, all errors at once with those that
    were found when it was read, and nothing done.
    """
    known, policies = known_step(name), using(db, act, policies)
    if known.own:
        raise Refused("life-step-own", life_step=name)
    if city and not known.city:
        raise Forbidden("life-step-office", life_step=name)
    if not wanted and not errors:
        raise Refused("life-step-nobody")
    life_files.check_kept(db, [asked.facts for asked in wanted], city)
    units = {asked.unit for asked in wanted}
    now, listed = store.of_units(db, units), {row["unit"] for row in rosters.chosen(db, tables.units, unit=units)}
    today, codes = beijing_day(act.at).isoformat(), onward(db)

    def settle(asked: Wanted) -> tuple[Standing, Facts]:
        """Where one unit stands after its step; whatever forbids it is raised, and gathered by `take_all`."""
        if asked.unit not in listed | now.keys() or not in_city(asked.unit, city):
            raise NotFound("unit-not-known", unit=asked.unit)
        check_day(asked.facts.on, today)
        before = now.get(asked.unit, NOT_BORN)
        check_source(before, known)
        programme = policies(before.policy or policy)
        return take(before, name, _facts(db, codes, name, asked, programme, act.by if city else ""), programme)

    taken = take_all(wanted, settle, errors)
    programmes = {standing.policy: policies(standing.policy) for standing, _ in taken.values()}
    if name == "name":
        life_limits.check_names(db, taken, programmes)
    if name == "award":
        life_limits.check_awards(taken, programmes)
    warnings = tuple(_warnings(db, codes, name, taken, programmes))
    number = write_down(db, act, name, taken, files=files)
    return Taken(number, name, {unit: standing for unit, (standing, _) in taken.items()}, warnings)


def _facts(db: Connection, codes: Onward, name: str, asked: Wanted, programme: Programme, post: str) -> Facts:
    """What is said of a step, by a city's `post` or the office, with what is known besides."""
    facts, rules = _without_case(asked.facts), programme.after.self_assessment
    if name == "surrender":
        return _declared(facts, post)
    if name in _SCRUTINISED and rules:
        return life_warnings.scrutinised(db, codes, name, asked.unit, facts, rules)
    return facts


def _without_case(facts: Facts) -> Facts:
    """What somebody says of a step: that a case ended so is said by the case alone."""
    if facts.case or facts.request:
        raise Refused("life-case-said")
    return facts


def _declared(facts: Facts, post: str) -> Facts:
    """Who said that a unit gives up its title: the post of its city, which records it, or whom the paper names, of
    which the office has the scan."""
    if post:
        return replace(facts, declared_by=facts.declared_by or post)
    if not (facts.declared_by.strip() and facts.scan):
        raise RuleError("life-surrender-undeclared")
    return facts


def _warnings(
    db: Connection,
    codes: Onward,
    name: str,
    taken: Mapping[str, tuple[Standing, Facts]],
    programmes: Mapping[str, Programme],
) -> Iterator[Problem]:
    """What speaks against a step that is recorded all the same."""
    for unit, (standing, facts) in taken.items() if name in _SCRUTINISED else ():
        rules = programmes[standing.policy].after.self_assessment
        yield from life_warnings.of_facts(unit, facts, rules) if rules else ()
    if name in life_warnings.AGAINST:
        yield from life_warnings.against(db, codes, list(taken))


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

    A unit that went into the one of the case, into which it may not carry its title, has none any more then. Nothing
    where that step leads nowhere from there, the plaque is already recalled, or the unit was never taken into life.
    """
    if STEPS[name].by_case:
        raise Refused("life-step-own", life_step=name)
    check_day(on, beijing_day(act.at).isoformat())
    facts = Facts(on=on, document=document, case=case)
    if name == UNNAMED:
        _unname_merged(db, act, policies, facts)
    unit = onward(db).now(unit)
    before = store.one(db, unit)
    if before.state not in STEPS[name].sources or (name == "recall-plaque" and before.plaque_recalled_on):
        return None
    return _take_by_case(db, act, policies, unit, name, facts)


def _unname_merged(db: Connection, act: Act, policies: Policies, facts: Facts) -> None:
    """The unit whose title waited for what a case on the division decides into which it went."""
    row = rosters.one(db, exit_cases, exit_case=facts.case)
    if row is None or row["state"] != UNNAMED:
        raise NotFound("life-revoke-no-case", case=facts.case or "-", unit=row["unit"] if row else "-")
    merged = str(row["occasion"])
    before = store.one(db, merged)
    if before.state is LifeState.MERGED and before.title:
        _take_by_case(db, act, policies, merged, "merge-unnamed", replace(facts, other=row["unit"]))


def _take_by_case(db: Connection, act: Act, policies: Policies, unit: str, name: str, facts: Facts) -> Taken:
    before = store.one(db, unit)
    standing, settled = take(before, name, facts, using(db, act, policies)(before.policy))
    number = write_down(db, act, name, {unit: (standing, settled)})
    return Taken(number, name, {unit: standing})


def _was_confirmed(db: Connection, request: int, case: str) -> bool:
    return any(said["request"] == request for said in acts.all_details(db, case, "confirm"))


def steps_for(city: bool) -> list[str]:
    """The steps that `step` takes: all of them for the office, the first ones for a city."""
    return [each.step for each in STEPS.values() if not each.own and (each.city or not city)]

"""Divisions that are renamed, merged or abolished (四(三) of the 2020 document): what becomes of their units.

Roster, former names, recusals and lives follow in one act, so that later lists with the old name find the new unit.
Frozen draws keep the old code: a unit that is gone from a live sample is substituted by the next reserve, which is an
act of its own (`draw substitute`); here it is only told in which draws that is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.life import BEFORE, IN_FORCE, NOT_BORN, TITLED, Facts, LifeState, Standing
from audit_service.core.life_steps import TITLE, check_source, is_decided_by_case, known_step, take
from audit_service.core.policy import Programme
from audit_service.core.towns import Towns
from audit_service.errors import NotFound, Refused
from audit_service.store import draws as draws_store
from audit_service.store import lives as store
from audit_service.store import pages, rosters, tables
from audit_service.store.visit_tables import exit_cases, outcomes
from audit_service.use_cases.lives import check_day, write_down
from audit_service.use_cases.policies import Policies, using

TRANSFER, UNBUILT, JOINS = "transfer", "unbuilt", ""
HOW: Final = (TRANSFER, UNBUILT)
"""How a unit goes into another division: with its title or its building, into one that has not built; or (said by
nothing) into one that builds or holds a title already."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Changed:
    """A change of divisions: the unit's code before and after, where both stand now, and in which draws it is.

    `in_draws` are draws that list it; in those of `sampled` it is in the public sample, and is to be substituted.
    """

    unit: str
    into: str
    standing: Standing
    into_standing: Standing
    in_draws: tuple[str, ...]
    sampled: tuple[str, ...]


def rename(
    db: Connection, act: Act, policies: Policies, unit: str, *, name: str, code: str, document: str, on: str
) -> Changed:
    """A unit has another name from a day on, and another code if one is given: then its life goes on under that."""
    policies = using(db, act, policies)
    listed = _listed(db, unit)
    check_day(on, beijing_day(act.at).isoformat())
    before, into = store.one(db, unit), code or unit
    if into == unit and name == listed["name"]:
        raise Refused("division-same", unit=unit, name=name)
    step = "rename" if into == unit else "recode"
    facts = Facts(on=on, document=document, other="" if into == unit else into, name=name)
    check_source(before, known_step(step))
    programme = policies(before.policy)
    standing, settled = take(before, step, facts, programme)
    number = write_down(db, act, step, {unit: (standing, settled)}, also=() if into == unit else (into,))
    into_standing = standing
    if into != unit:
        _check_free(db, into)
        into_standing, carried = take(NOT_BORN, "succeed", _carried(before, facts, unit, before.state), programme)
        write_down(db, act, "succeed", {into: (into_standing, carried)}, also=(unit,))
    new = {**listed, "unit": into, "name": name, "former_name": listed["name"]}
    _follow(db, number, listed, new, on, document)
    rosters.replace(db, tables.units, {"unit": unit}, new, number)
    live, sampled = _in_draws(db, unit) if into != unit else ((), ())
    return Changed(unit, into, standing, into_standing, live, sampled)


def merge(
    db: Connection,
    act: Act,
    policies: Policies,
    towns: Towns,
    unit: str,
    into: str,
    *,
    how: str,
    document: str,
    on: str,
) -> Changed:
    """A unit's division goes into another one, on a day.

    With `transfer` its title goes into that one with its validity; a unit that is still on its way is built on by the
    new division as a whole. `unbuilt`: into one that has not built, and nothing is named; where the policy has an exit
    case decide on that, a title that is in force waits for its end. Without either the other one holds a title or
    builds already, keeps what it has, and both still count for what was ordered of them.
    """
    policies = using(db, act, policies)
    check_day(on, beijing_day(act.at).isoformat())
    if into == unit:
        raise Refused("division-itself", unit=unit)
    before, other = store.one(db, unit), store.one(db, into)
    if how == TRANSFER and before.state is LifeState.MERGED and before.title:
        return _transfer_at_last(db, act, policies, towns, unit, into, Facts(on=on, document=document, other=into))
    listed = _listed(db, unit)
    programme = policies(before.policy)
    step = _step(how, before, programme)
    check_source(before, known_step(step))
    _check_how(how, before, other, into)
    there = _division(db, towns, into, listed)
    facts = Facts(on=on, document=document, other=into)
    standing, settled = take(before, step, facts, programme)
    number = write_down(db, act, step, {unit: (standing, settled)}, also=(into,))
    if how == TRANSFER:
        titled = before.state in IN_FORCE
        onward, state = ("receive", LifeState.NAMED) if titled else ("succeed", LifeState.BUILDING)
        other, carried = take(other, onward, _carried(before, facts, unit, state), programme)
        write_down(db, act, onward, {into: (other, carried)}, also=(unit,))
        if rosters.one(db, tables.units, unit=into) is None:
            rosters.add(db, tables.units, [{**there, "former_name": listed["name"]}], number)
    _follow(db, number, listed, there, on, document)
    rosters.supersede(db, tables.units, [{"unit": unit}], number)
    return Changed(unit, into, standing, other, *_in_draws(db, unit))


def _step(how: str, before: Standing, programme: Programme) -> str:
    """The step that a merger is: no title that is in force ends by it where a case is to decide."""
    if how != UNBUILT:
        return "merge"
    return "merge-undecided" if before.state in IN_FORCE and is_decided_by_case(programme) else "merge-unbuilt"


def _transfer_at_last(
    db: Connection, act: Act, policies: Policies, towns: Towns, unit: str, into: str, facts: Facts
) -> Changed:
    """The title that waited goes into the division after all: the case on that was dismissed."""
    before, other = store.one(db, unit), store.one(db, into)
    cases = rosters.chosen(db, exit_cases, occasion=[unit], unit=[into])
    if into != before.successor or not any(row["state"] == "dismissed" for row in cases):
        raise Refused("division-waits", unit=unit, into=before.successor)
    check_source(other, known_step("receive"))
    programme, carried = policies(before.policy), _carried(before, facts, unit, LifeState.NAMED)
    standing, settled = take(before, "merge-transfer", facts, programme)
    number = write_down(db, act, "merge-transfer", {unit: (standing, settled)}, also=(into,))
    other, carried = take(other, "receive", carried, programme)
    write_down(db, act, "receive", {into: (other, carried)}, also=(unit,))
    if rosters.one(db, tables.units, unit=into) is None:
        left = pages.versions_of(db, tables.units.c.unit, unit)[-1]
        giver = {name: value for name, value in left.items() if name not in rosters.ACTS}
        there = _division(db, towns, into, giver)
        rosters.add(db, tables.units, [{**there, "former_name": giver["name"]}], number)
    return Changed(unit, into, standing, other, *_in_draws(db, into))


def _listed(db: Connection, unit: str) -> Record:
    listed = rosters.one(db, tables.units, unit=unit)
    if listed is None:
        raise NotFound("unit-not-known", unit=unit)
    return listed


def _check_free(db: Connection, code: str) -> None:
    """A new code is nobody's yet."""
    if rosters.one(db, tables.units, unit=code) or store.one(db, code) != NOT_BORN:
        raise Refused("division-code-taken", unit=code)


def _check_how(how: str, before: Standing, other: Standing, into: str) -> None:
    """Whether it can be so: `Refused` with what could be."""
    builds = other.state in (*BEFORE, *TITLED)
    if how == UNBUILT and builds:
        raise Refused("division-builds", into=into, life_state=other.state.value)
    if how == TRANSFER and (other.state in IN_FORCE or (builds and before.state not in IN_FORCE)):
        raise Refused("division-has-own", into=into, life_state=other.state.value)
    if how == JOINS and (not builds or (before.state in IN_FORCE and other.state not in IN_FORCE)):
        raise Refused("division-undecided", into=into, life_state=other.state.value)


def _carried(before: Standing, facts: Facts, unit: str, state: LifeState) -> Facts:
    """What goes over to another code: where it stands there, and the title with its validity, if it has one there."""
    carried = Facts(on=facts.on, document=facts.document, policy=before.policy, state=state.value, other=unit)
    if state not in TITLED:
        return carried
    since = before.since if state is before.state else ""
    return replace(carried, since=since, **{name: getattr(before, name) for name in TITLE})


def _division(db: Connection, towns: Towns, into: str, giver: Record) -> Record:
    """The division into which a unit goes, as the roster would have it; `NotFound` where nobody knows its name."""
    listed, town = rosters.one(db, tables.units, unit=into), towns.by_code.get(into)
    if listed is not None:
        return listed
    if town is None:
        raise NotFound("division-unknown", into=into)
    kind = next((kind for kind in ("街道", "镇", "乡") if town.name.endswith(kind)), giver["kind"])
    return {**giver, "unit": into, "city": town.city, "county": town.county, "name": town.name, "kind": kind}


def _follow(db: Connection, number: int, old: Record, new: Record, on: str, document: str) -> None:
    """Former names and recusals follow a unit to its new name and code; those of the old code stay for frozen draws."""
    if (old["county"], old["name"]) != (new["county"], new["name"]):
        key = {"city": old["city"], "county": old["county"], "old": old["name"]}
        county = "" if new["county"] == old["county"] else new["county"]
        told = {**key, "new": new["name"], "new_county": county, "unit": new["unit"]}
        told |= {"changed_on": on, "document": document}
        rosters.replace(db, tables.former_names, key, told, number)
    if old["unit"] == new["unit"]:
        return
    has = {row["inspector"] for row in rosters.chosen(db, tables.recusals, unit=[new["unit"]])}
    moved = [
        {**row, "unit": new["unit"]}
        for row in rosters.chosen(db, tables.recusals, unit=[old["unit"]])
        if row["inspector"] not in has
    ]
    rosters.add(db, tables.recusals, moved, number)


def _in_draws(db: Connection, unit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The draws that list a unit and in which nothing was found of it yet, and those of which it is in the public
    sample."""
    done = {row["draw"] for row in store.substitutions_with(db, unit) if row["unit"] == unit}
    done |= {row["occasion"] for row in rosters.chosen(db, outcomes, unit=[unit])}
    found = {
        in_draw.draw: in_draw.how
        for in_draw in store.draws_with(db, unit)
        if in_draw.how != store.EXCLUDED and in_draw.draw not in done and _in_progress(db, in_draw.draw)
    }
    return tuple(found), tuple(draw for draw, how in found.items() if how == store.SAMPLED)


def _in_progress(db: Connection, draw: str) -> bool:
    return draws_store.progress_of(db, draw, SAMPLE_ROUND).state not in (State.WITHDRAWN, State.SET_ASIDE)

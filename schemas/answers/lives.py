"""Answers about units' lives: where units stand, what happened to them, what a step or a change of divisions did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from audit_service import messages
from audit_service.core.canonical import write_time
from audit_service.core.life import Standing
from audit_service.core.life_steps import possible
from audit_service.errors import Problem
from audit_service.use_cases.adoption import Adopted
from audit_service.use_cases.case_views import Stood
from audit_service.use_cases.division_changes import Changed
from audit_service.use_cases.life_history import Event, Life
from audit_service.use_cases.lives import Taken
from schemas.answers.parts import MessagesOut, Out, flag, many, maybe_whole, text, texts, whole

STANDING = (
    *("policy", "state", "since", "title", "named_on", "valid_until", "checked_on", "re_evaluate_by"),
    *("plaque_recalled_on", "successor", "document"),
)


class StandingOut(Out):
    """Where a unit stands; days are texts, empty where there is none. `checked_on` is the last check of its title, by a
    step or by a visit that inspected it; where a step has just been taken, that of the steps alone."""

    unit = text()
    county = text()
    name = text()
    policy = text()
    state = text()
    since = text()
    title = text()
    named_on = text()
    valid_until = text()
    checked_on = text()
    re_evaluate_by = text()
    plaque_recalled_on = text()
    successor = text()
    document = text()


class LifeEventOut(Out):
    """Something that happened to a unit: the act, its day and document, the role of the post that recorded it.

    `unit` is the code under which it happened; `other` the unit that took the step, where this one is only concerned.
    """

    number = whole()
    unit = text()
    at = text()
    role = text()
    action = text()
    step = text()
    on = text()
    document = text()
    other = text()
    facts = fields.Dict(required=True)


class LifeDrawOut(Out):
    """How a unit stands in a draw: listed, excluded, or (once that is public) sampled."""

    draw = text()
    campaign = text()
    how = text()


class LifeSubstitutionOut(Out):
    """A substitution in which a unit was replaced, or came in for another."""

    draw = text()
    batch = whole()
    unit = text()
    substitute = text()
    document = text()


class LifeOutcomeOut(Out):
    """What was found of a unit on an occasion; scores in hundredths of a point."""

    occasion = text()
    stratum = text()
    kind = text()
    inspected_on = text()
    verdict = text()
    score = maybe_whole()
    city_score = maybe_whole()
    city_verdict = text()


class LifeFindingOut(Out):
    """A finding, as it stands now."""

    finding = text()
    occasion = text()
    severity = text()
    state = text()
    description = text()
    found_on = text()
    deadline = text()
    closed_on = text()


class LifeCaseOut(Out):
    """An exit case, as it stands now."""

    exit_case = text()
    trigger_name = text()
    state = text()
    opened_on = text()
    due_on = text()
    ending = text()


class LifeCheckOut(Out):
    """A check of a unit: a step (`how`: step) by its document, or a visit (visit) on an occasion with its verdict.
    `counts`: whether it is one of the title that the unit holds now."""

    on = text()
    how = text()
    occasion = text()
    document = text()
    verdict = text()
    counts = flag()


class LifeHistoryOut(Out):
    """Everything of a unit. `codes` are its own and earlier ones, `merged_in` units that went into it. `check_by` is
    the day by which its title is to be checked, empty once it was; a city is not told of it."""

    unit = text()
    codes = texts()
    merged_in = texts()
    standing = fields.Nested(StandingOut, required=True)
    possible = texts()
    check_by = text()
    checks = many(LifeCheckOut)
    events = many(LifeEventOut)
    draws = many(LifeDrawOut)
    substitutions = many(LifeSubstitutionOut)
    outcomes = many(LifeOutcomeOut)
    findings = many(LifeFindingOut)
    cases = many(LifeCaseOut)


class LifeWarningOut(Out):
    """What speaks against a step of a unit that is recorded all the same."""

    unit = text()
    code = text()
    messages = fields.Nested(MessagesOut, required=True)


class LifeTakenOut(Out):
    """A step that was recorded, and where its units stand now; `hurried` built in less time than building takes.
    `warnings` speak against it: officers decide all the same."""

    number = whole()
    step = text()
    units = many(StandingOut)
    hurried = texts()
    warnings = many(LifeWarningOut)


class LifeAdoptedOut(Out):
    """Units taken into life; how many were before; those whose status says nothing of a life under the policy."""

    adopted = whole()
    known = whole()
    stateless = texts()


class RollOverOut(Out):
    """Next year's draft roster: how many units it has, and those for which the policy has no status. It is made of the
    lives under the policies `of`; `others` are policies under which units live that are no part of it."""

    policy = text()
    year = text()
    units = whole()
    without = texts()
    of = texts()
    others = texts()


class DivisionOut(Out):
    """A change of divisions. In the draws of `sampled` the unit is to be substituted by the reserve."""

    unit = text()
    into = text()
    standing = fields.Nested(StandingOut, required=True)
    into_standing = fields.Nested(StandingOut, required=True)
    in_draws = texts()
    sampled = texts()


def standing_json(unit: str, standing: Standing, listed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Where a unit stands, with its name while it is known."""
    named = {name: listed[name] if listed else "" for name in ("county", "name")}
    said = {name: getattr(standing, name) for name in STANDING}
    return {"unit": unit, **named, **said, "state": standing.state.value}


def rows_json(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where units stand, as a list has them."""
    return [{name: row[name] for name in ("unit", "county", "name", *STANDING)} for row in rows]


def event_json(event: Event) -> dict[str, Any]:
    """Something that happened to a unit."""
    facts = event.facts.said() if event.facts else {}
    said = {name: value for name, value in vars(event).items() if name != "subject"}
    return {**said, "at": write_time(event.at), "facts": facts}


def _case_json(stood: Stood) -> dict[str, Any]:
    told = {name: stood.row[name] for name in ("exit_case", "trigger_name", "opened_on", "ending")}
    return {**told, "state": stood.state, "due_on": stood.due_on}


def life_json(life: Life) -> dict[str, Any]:
    """A unit's history."""
    return {
        "unit": life.unit,
        "codes": list(life.codes),
        "merged_in": list(life.merged_in),
        "standing": standing_json(life.unit, life.standing, life.listed),
        "possible": possible(life.standing.state),
        "check_by": life.check_by,
        "checks": [vars(each) for each in life.checks],
        "events": [event_json(event) for event in life.events],
        "draws": [in_draw._asdict() for in_draw in life.draws],
        "substitutions": [dict(row) for row in life.substitutions],
        "outcomes": [dict(row) for row in life.outcomes],
        "findings": [dict(row) for row in life.findings],
        "cases": [_case_json(stood) for stood in life.cases],
    }


def taken_json(taken: Taken) -> dict[str, Any]:
    """A step that was recorded."""
    units = [standing_json(unit, standing) for unit, standing in taken.units.items()]
    told = {"number": taken.number, "step": taken.step, "units": units, "hurried": list(taken.hurried)}
    return {**told, "warnings": [_warning(each) for each in taken.warnings]}


def _warning(problem: Problem) -> dict[str, Any]:
    texts = {each: messages.problem_text(problem, each) for each in messages.LANGUAGES}
    return {"unit": problem.params["unit"], "code": problem.code, "messages": texts}


def adopted_json(adopted: Adopted) -> dict[str, Any]:
    """Units that were taken into life."""
    return {"adopted": len(adopted.units), "known": adopted.known, "stateless": list(adopted.stateless)}


def division_json(changed: Changed) -> dict[str, Any]:
    """A change of divisions."""
    return {
        "unit": changed.unit,
        "into": changed.into,
        "standing": standing_json(changed.unit, changed.standing),
        "into_standing": standing_json(changed.into, changed.into_standing),
        "in_draws": list(changed.in_draws),
        "sampled": list(changed.sampled),
    }

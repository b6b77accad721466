"""Answers about findings and exit cases, for both edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from marshmallow import fields

from audit_service.core.rectification import OF_INSPECTORS
from audit_service.core.steps import Said
from audit_service.use_cases.case_views import Stood
from audit_service.use_cases.causes import Candidate
from audit_service.use_cases.findings import Found
from schemas.answers.parts import Out, flag, many, text, texts, whole


class ShownOut(Out):
    """A file that shows something, by the digest of its bytes."""

    name = text()
    sha256 = text()


class StepOut(Out):
    """A step that was taken; what it does not say is empty, or 0. `on_paper`: it came on paper, and the office recorded
    it in the place of whose step it is."""

    step = text()
    day = text()
    document = text()
    person = text()
    deadline = text()
    ending = text()
    number = whole()
    findings = texts()
    files = many(ShownOut)
    on_paper = flag()
    text = text()


class FoundOut(Out):
    """A finding: `ends_on` is its deadline as the clocks stood, `due_on` the next day on which something is due."""

    finding = text()
    occasion = text()
    unit = text()
    city = text()
    policy = text()
    stratum = text()
    criterion = text()
    area = text()
    severity = text()
    source = text()
    description = text()
    found_on = text()
    responsible = text()
    state = text()
    deadline = text()
    ends_on = text()
    due_on = text()
    overdue = flag()
    colour = text()
    rechecks = whole()
    closed_on = text()
    document = text()


class OneFoundOut(FoundOut):
    """A finding with its steps, who found it (codes), who is to recheck it, and what a register told of it."""

    found_by = fields.List(fields.String(), required=True)
    rechecker = text()
    register = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    steps = many(StepOut)


class FoundsOut(Out):
    """Several findings."""

    items = many(FoundOut)


class CauseOut(Out):
    """What may be opened: a cause that is there since a day, shown by reference, and the policy's trigger."""

    trigger = text()
    cause = text()
    unit = text()
    city = text()
    policy = text()
    occasion = text()
    finding = text()
    since = text()
    endings = fields.List(fields.String(), required=True)


class CaseOut(Out):
    """An exit case with its days; a city is told how it is to end when that is published, and until then that it is
    `under-procedure`. `unit_now` is the code under which the unit's life goes on, `city` where that is now."""

    case = text()
    unit = text()
    unit_now = text()
    city = text()
    policy = text()
    trigger = text()
    cause = text()
    occasion = text()
    finding = text()
    state = text()
    opened_on = text()
    due_on = text()
    overdue = flag()
    colour = text()
    paused = flag()
    defence_until = text()
    objections_until = text()
    ending = text()
    document = text()


class OneCaseOut(CaseOut):
    """An exit case with its steps, the ways in which it may end, and the objections that nobody has answered yet."""

    endings = fields.List(fields.String(), required=True)
    reason = text()
    unanswered = fields.List(fields.Integer(), required=True)
    steps = many(StepOut)


_OF_ROW: Final = ("finding", "occasion", "unit", "city", "policy", "stratum", "criterion", "area", "severity", "source")
_SAID: Final = ("step", "day", "document", "text", "person", "deadline", "ending", "number", "on_paper")


def steps_json(steps: Iterable[Said]) -> list[dict[str, Any]]:
    """Steps, in their order."""
    return [
        {name: getattr(said, name) for name in _SAID}
        | {
            "findings": list(said.findings),
            "files": [{"name": file.name, "sha256": file.digest} for file in said.files],
        }
        for said in steps
    ]


def found_json(found: Found) -> dict[str, Any]:
    """A finding in a list."""
    row, finding = found.row, found.finding
    return {
        **{name: row[name] for name in (*_OF_ROW, "description", "found_on")},
        "responsible": finding.responsible,
        "state": finding.state.value,
        "deadline": finding.deadline,
        "ends_on": found.ends_on,
        "due_on": found.due_on,
        "overdue": found.overdue,
        "colour": found.colour,
        "rechecks": finding.rechecks,
        "closed_on": finding.closed_on,
        "document": finding.document,
    }


def one_found_json(found: Found, register: Mapping[str, str], *, nameless: bool = False) -> dict[str, Any]:
    """A finding whole. Nameless, it does not tell which inspectors found it and recheck it."""
    finding = found.finding
    more = {
        "found_by": [] if nameless else sorted(finding.found_by),
        "rechecker": "" if nameless else finding.rechecker,
    }
    register = {name: value for name, value in register.items() if not (nameless and name == "rechecked_by")}
    steps = [replace(said, person="") if nameless and said.step in OF_INSPECTORS else said for said in finding.steps]
    return {**found_json(found), **more, "register": register, "steps": steps_json(steps)}


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """What may be opened."""
    return {**vars(candidate.cause), "trigger": candidate.trigger.trigger, "endings": list(candidate.trigger.endings)}


def case_json(stood: Stood) -> dict[str, Any]:
    """A case in a list."""
    row, case = stood.row, stood.case
    return {
        **{name: row[name] for name in ("unit", "policy", "occasion", "finding")},
        **{name: getattr(stood, name) for name in ("state", "unit_now", "city", "colour", "paused")},
        "case": case.case,
        "trigger": row["trigger_name"],
        "cause": stood.beginning["cause"],
        "opened_on": case.opened_on,
        "due_on": stood.due_on,
        "overdue": stood.overdue,
        "defence_until": stood.defence_until,
        "objections_until": stood.objections_until,
        "ending": case.ending,
        "document": case.document,
    }


def one_case_json(stood: Stood) -> dict[str, Any]:
    """A case whole."""
    more = {"endings": list(stood.case.endings), "reason": stood.beginning.get("text", "")}
    return {**case_json(stood), **more, "unanswered": stood.case.unanswered, "steps": steps_json(stood.steps)}

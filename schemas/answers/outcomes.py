"""Answers about visits: checklists, outcomes, evidence, checks beside the sample, pauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from marshmallow import fields

from audit_service.core.outcomes import THE_UNIT, points_text
from audit_service.use_cases.outcomes_shown import Shown
from audit_service.use_cases.visited import File, Signature, Version
from schemas.answers.parts import MessagesOut, Out, flag, many, maybe, text, texts, whole

_FINDING: Final = ("finding", "criterion", "severity", "description", "state", "deadline")
Moves = Callable[[Mapping[str, Any]], str]
"""How far a finding's deadline has moved by pauses."""


class OwnOut(Out):
    """What the system counts of a number by itself, so far in a period, with this visit where it is one of these."""

    period = text()
    number = whole()


class MeasureOut(Out):
    """A number that a criterion asks for; `own` is what the system counts of it, null where only the team can know."""

    bound = text()
    value = text()
    of = fields.Nested(MessagesOut, required=True)
    per = text()
    own = fields.Nested(OwnOut, required=True, allow_none=True)


class CriterionOut(Out):
    """A criterion; `points` null where the document gives none."""

    criterion = text()
    number = text()
    text = fields.Nested(MessagesOut, required=True)
    points = maybe()
    veto = flag()
    measures = many(MeasureOut)


class AreaOut(Out):
    """An area of a standard, and how it is looked at."""

    area = text()
    label = fields.Nested(MessagesOut, required=True)
    methods = texts()
    criteria = many(CriterionOut)


class StandardOut(Out):
    """A standard."""

    standard = text()
    label = fields.Nested(MessagesOut, required=True)
    areas = many(AreaOut)


class SeverityOut(Out):
    """How grave a finding may be, and within how many days it is put right."""

    severity = text()
    label = fields.Nested(MessagesOut, required=True)
    days = whole()


class ChecklistOut(Out):
    """What a team goes through."""

    occasion = text()
    unit = text()
    policy = text()
    packet = text()
    team = texts()
    standards = many(StandardOut)
    severities = many(SeverityOut)


class AnswerOut(Out):
    """What was found of a criterion."""

    criterion = text()
    state = text()
    numbers = texts()
    off = text()
    got = text()
    reason = text()


class CountedOut(Out):
    """A number of an answer that the system counts too: as the team wrote it, and its own count of a period."""

    criterion = text()
    said = text()
    period = text()
    own = text()
    differs = flag()


class WrongOut(Out):
    """A finding as the outcome has it."""

    finding = text()
    criterion = text()
    severity = text()
    description = text()
    deadline = text()
    responsible = text()


class DeviationOut(Out):
    """How far the city's own result is from this one, and whether something follows by the policy."""

    points = maybe()
    verdict = flag()
    follows = flag()


class OutcomeVersionOut(Out):
    """One version of an outcome; `act` is 0 while it is under a seal. Scores are texts of points."""

    number = whole()
    act = whole()
    at = text()
    by = text()
    kind = text()
    day = text()
    document = text()
    remarks = text()
    answers = many(AnswerOut)
    counted = many(CountedOut)
    findings = many(WrongOut)
    vetoes = texts()
    score = text()
    bands = fields.Dict(required=True)
    proposed = text()
    verdict = text()
    reason = text()
    city_score = text()
    city_verdict = text()
    deviation = fields.Nested(DeviationOut, required=True)
    why = text()
    scan = text()


class SignatureOut(Out):
    """A signature under a version."""

    version = whole()
    signer = text()
    stance = text()
    name = text()
    reason = text()
    scan = text()
    at = text()


class FileOut(Out):
    """A file of evidence, by its SHA-256."""

    digest = text()
    name = text()
    kind = text()
    size = whole()


class VisitFindingOut(Out):
    """A finding as the register has it now; `moved_to` is its deadline with the pauses until today."""

    finding = text()
    criterion = text()
    severity = text()
    description = text()
    state = text()
    deadline = text()
    moved_to = text()


class OutcomeOut(Out):
    """A visit: its state (`none`, `draft`, `signed`), every version of its outcome, who signed, and its files.

    `follows` is `substitution` where the unit is out of scope, and a document replaces it.
    """

    occasion = text()
    unit = text()
    state = text()
    unsigned = texts()
    follows = text()
    versions = many(OutcomeVersionOut)
    signatures = many(SignatureOut)
    findings = many(VisitFindingOut)
    evidence = many(FileOut)


class OutcomeLineOut(Out):
    """An outcome in a list; its state is `draft` until all signed it, then `signed`."""

    occasion = text()
    unit = text()
    state = text()
    city = text()
    stratum = text()
    kind = text()
    day = text()
    proposed = text()
    verdict = text()
    score = text()
    city_score = text()
    city_verdict = text()


class KeptOut(Out):
    """A file that is kept."""

    file = fields.Nested(FileOut, required=True)


class TargetedCheckOut(Out):
    """A check beside the sample; `moved_to` is its day with the pauses until today."""

    check = text()
    campaign = text()
    policy = text()
    unit = text()
    city = text()
    ground = text()
    reason = text()
    document = text()
    team = texts()
    due_on = text()
    moved_to = text()


class PauseOut(Out):
    """A pause; `until` is empty while it lasts."""

    pause = text()
    campaign = text()
    cities = texts()
    since = text()
    until = text()
    reason = text()
    document = text()


def outcome_json(shown: Shown, moves: Moves, *, nameless: bool = False) -> dict[str, Any]:
    """A visit. Nameless, it tells only what the team recorded and how many have not signed, not who did."""
    found = shown.visited
    latest = found.latest
    return {
        "occasion": shown.occasion,
        "unit": shown.unit,
        "state": found.state,
        "unsigned": ["inspector" if nameless and who != THE_UNIT else who for who in found.unsigned],
        "follows": "substitution" if latest and latest.content["said"]["kind"] == "out-of-scope" else "",
        "versions": [_version(version, nameless) for version in found.versions],
        "signatures": [_signature(each) for each in found.signatures if not nameless or each.signer == THE_UNIT],
        "findings": [{**{name: row[name] for name in _FINDING}, "moved_to": moves(row)} for row in shown.findings],
        "evidence": [file_json(file) for file in found.evidence],
    }


def _version(version: Version, nameless: bool) -> dict[str, Any]:
    content = version.content
    said, deviation = content["said"], content["deviation"]
    points = deviation["points"]
    return {
        **said,
        "number": version.number,
        "act": version.act,
        "at": version.at,
        "by": "" if nameless else version.by,
        "counted": [{**each, "differs": each["said"] != each["own"]} for each in content.get("counted", ())],
        "vetoes": content["vetoes"],
        "score": points_text(content["score"]),
        "bands": dict(content["bands"]),
        "proposed": content["proposed"],
        "verdict": content["verdict"],
        "deviation": {**deviation, "points": None if points is None else points_text(points)},
        "why": content["why"],
        "scan": content["scan"],
    }


def _signature(each: Signature) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("version", "signer", "stance", "name", "reason", "scan", "at")}


def file_json(file: File) -> dict[str, Any]:
    """A file of evidence."""
    return {"digest": file.digest, "name": file.name, "kind": file.kind, "size": file.size}


def line_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """An outcome in a list."""
    scores = {name: points_text(row[name]) for name in ("score", "city_score")}
    told = {name: row[name] for name in ("occasion", "unit", "state", "city", "stratum", "kind", "proposed", "verdict")}
    return {**told, **scores, "city_verdict": row["city_verdict"], "day": row["inspected_on"]}


def check_json(row: Mapping[str, Any], moved_to: str, *, city: bool = False) -> dict[str, Any]:
    """A check beside the sample. A city is not told on which ground it was ordered (a complaint tells who complained),
    why, by which document, nor who was sent."""
    told = {**row, "check": row["occasion"], "team": row["team"].split(","), "moved_to": moved_to}
    return {**told, "ground": "", "reason": "", "document": "", "team": []} if city else told


def pause_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A pause."""
    return {**row, "cities": row["cities"].split(",") if row["cities"] else []}

"""What requests say of visits: outcomes, signatures, checks beside the sample, pauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields, validate

from audit_service.core.outcomes import AGREES, KINDS, MEMBERS, OBJECTS, STATES, Said, read_said
from schemas.asks.bodies import MAYBE_SHA256, Ask, FullMatch, PageAsk, maybe_name, maybe_text, name, text

VERDICTS: Final = ("passed", "rectify", "failed")
_NUMBER: Final = FullMatch(r"^(-?[0-9]{1,9}(\.[0-9]{1,6})?)?$")
_SCORE: Final = FullMatch(r"^([0-9]{1,4}(\.[0-9]{1,2})?)?$")
_FINDING: Final = FullMatch(r"^(F-20[0-9]{2}-[0-9]{4,7})?$")


def _word(known: tuple[str, ...]) -> fields.String:
    return fields.String(load_default="", validate=validate.OneOf(["", *known]))


def _number() -> fields.String:
    """A number as text, exact; empty where none is said."""
    return fields.String(load_default="", validate=_NUMBER)


def digest() -> fields.String:
    """The SHA-256 of a file of evidence, or nothing."""
    return fields.String(load_default="", validate=MAYBE_SHA256)


class AnswerAsk(Ask):
    """What was found of one criterion: a state, numbers (in the order of its measures), points off or left."""

    criterion = name()
    state = _word(STATES)
    numbers = fields.List(_number(), load_default=[], validate=validate.Length(max=20))
    off = _number()
    got = _number()
    reason = maybe_text()


class WrongAsk(Ask):
    """A finding; without a deadline the policy's days of its severity count. `finding` names one that stays."""

    finding = fields.String(load_default="", validate=_FINDING)
    criterion = maybe_name()
    severity = maybe_name()
    description = text()
    deadline = fields.Date(load_default=None, allow_none=True)
    responsible = maybe_text(200)


class SaidAsk(Ask):
    """The outcome of a visit. The office says by the `scan` of the paper that the team signed."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    day = fields.Date(required=True)
    document = maybe_text()
    remarks = maybe_text()
    answers = fields.List(fields.Nested(AnswerAsk), load_default=[], validate=validate.Length(max=1000))
    findings = fields.List(fields.Nested(WrongAsk), load_default=[], validate=validate.Length(max=200))
    verdict = _word(VERDICTS)
    reason = maybe_text()
    city_score = fields.String(load_default="", validate=_SCORE)
    city_verdict = _word(VERDICTS)
    scan = digest()


class DroppedAsk(Ask):
    """A finding of which the unit was told and that is taken back, and why."""

    finding = fields.String(required=True, validate=[validate.Length(min=1), _FINDING])
    reason = text()


class CorrectedAsk(SaidAsk):
    """The outcome as it should have been, and why it is corrected."""

    why = text()
    dropped = fields.List(fields.Nested(DroppedAsk), load_default=[], validate=validate.Length(max=200))


class OutcomeFileAsk(Ask):
    """The form of a visit, filled in. With `why` it corrects what is recorded."""

    scan = digest()
    why = maybe_text()


class SignAsk(Ask):
    """Who signs how: an inspector of the team `signed`, the unit `agrees`, `objects` or `refuses`. Of an inspector who
    `left` or `refuses` the office says so, with the reason."""

    signer = name()
    stance = fields.String(required=True, validate=validate.OneOf([*MEMBERS, AGREES, OBJECTS]))
    name = maybe_text(100)
    reason = maybe_text()
    scan = digest()


class OutcomesAsk(PageAsk):
    """Which outcomes: of a draw or a check, of a city."""

    occasion = maybe_name()
    city = maybe_name()


class EvidenceAsk(Ask):
    """One file; nothing is said beside it."""


def said_of(body: Mapping[str, Any]) -> Said:
    """What a body says of a visit."""
    findings = [{**w, "deadline": w["deadline"].isoformat() if w["deadline"] else ""} for w in body["findings"]]
    return read_said({**body, "day": body["day"].isoformat(), "findings": findings})


def read_json(value: Any) -> Said:
    """What JSON in a file says of a visit, as the API takes it; `ValueError` for anything else."""
    try:
        return said_of(SaidAsk(exclude=("scan",)).load(value))
    except ValidationError as error:
        raise ValueError(str(error)) from error


class CheckAsk(Ask):
    """A check beside the sample: of which unit, on which ground of the policy, by which document, by whom."""

    policy = name()
    campaign = maybe_name()
    unit = name()
    ground = name()
    reason = text()
    document = text()
    team = fields.List(name(), required=True, validate=validate.Length(1, 20))
    due_on = fields.Date(required=True)


class ChecksAsk(PageAsk):
    """Which checks beside the sample."""

    campaign = maybe_name()
    unit = maybe_name()


class PausesAsk(PageAsk):
    """Which pauses."""

    campaign = maybe_name()


class PauseAsk(Ask):
    """From when on the clocks of a campaign stand (empty: of all), in which cities (none: in all), why."""

    campaign = maybe_name()
    cities = fields.List(name(), load_default=[], validate=validate.Length(max=100))
    since = fields.Date(required=True)
    reason = text()
    document = text()


class PauseEndAsk(Ask):
    """The last day of a pause, and the document that ends it."""

    until = fields.Date(required=True)
    document = text()

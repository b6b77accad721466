"""What requests say about units' lives."""

from __future__ import annotations

from marshmallow import fields, validate

from audit_service.core.life import LifeState
from audit_service.use_cases.division_changes import HOW
from audit_service.use_cases.lives import steps_for
from schemas.asks.bodies import MAYBE_SHA256, Ask, FullMatch, PageAsk, maybe_name, maybe_text, name, text

MOST_UNITS = 5000


class LivesAsk(PageAsk):
    """Which units: of a state, a title, a city; whose title ends before a day; with a text in name or code."""

    state = fields.String(load_default="", validate=validate.OneOf([state.value for state in LifeState]))
    title = maybe_name()
    city = maybe_name()
    valid_before = fields.Date(load_default=None)
    text = maybe_text(100)


class AdoptAsk(Ask):
    """Which of the roster's units are taken into life (none named: all), under which policy, with which title."""

    policy = name()
    title = maybe_name()
    units = fields.List(name(), load_default=[], validate=validate.Length(max=MOST_UNITS))


class _FactsAsk(Ask):
    """What can be said of a step beside its units, day and document."""

    policy = maybe_name()
    title = maybe_name()
    award = maybe_name()
    until = fields.Date(load_default=None, allow_none=True)
    score = fields.String(load_default="", validate=FullMatch(r"^(?:(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,3})?)?$"))
    county_review = maybe_text()
    city_review = maybe_text()
    declared_by = maybe_text(200)
    scan = fields.String(load_default="", validate=MAYBE_SHA256)
    reason = maybe_text()


class LifeStepAsk(_FactsAsk):
    """A step of one unit or many, by one document, on a day. `policy` is that of units that begin their life;
    `until` how long a title holds if its document says so, or the new day of a re-evaluation; `award` the policy's.
    Of a surrender `declared_by` is who said it for the unit, and `scan` the SHA-256 of the paper."""

    step = fields.String(required=True, validate=validate.OneOf(steps_for(city=False)))
    units = fields.List(name(), required=True, validate=validate.Length(1, MOST_UNITS))
    on = fields.Date(required=True)
    document = text(500)


class StepsUploadAsk(_FactsAsk):
    """A step of the units of lists, and what all of them share: what a row says itself counts before it.

    Of a form with files the description cannot say which fields are needed: a missing step is no known one.
    """

    step = maybe_name()
    on = fields.Date(load_default=None)
    document = maybe_text(500)


class OwnLifeStepAsk(LifeStepAsk):
    """A first step of a city's own units."""

    step = fields.String(required=True, validate=validate.OneOf(steps_for(city=True)))


class DivisionRenameAsk(Ask):
    """A unit's new name, and its new code if it has one, by which document, since when."""

    unit = name()
    name = text(200)
    code = maybe_name()
    document = text(500)
    on = fields.Date(required=True)


class DivisionMergeAsk(Ask):
    """Into which division a unit goes, since when, and how: with its title (`transfer`), into one that has not built
    (`unbuilt`), or into one that has its own (nothing said)."""

    unit = name()
    into = name()
    how = fields.String(load_default="", validate=validate.OneOf(["", *HOW]))
    document = text(500)
    on = fields.Date(required=True)


class RollOverAsk(Ask):
    """The policy of the next year, which year that is, and the policy whose lives roll over where that is not plain."""

    policy = name()
    year = fields.Integer(required=True, validate=validate.Range(2000, 2099))
    of = maybe_name()


class HandoverAsk(Ask):
    """Of which city, by code or name (nothing said: the whole office), and the name of the post."""

    city = maybe_text(100)
    post = maybe_text(200)

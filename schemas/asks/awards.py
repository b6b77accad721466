"""What requests say about awards to people."""

from __future__ import annotations

from typing import Final

from marshmallow import fields, validate

from schemas.asks.bodies import Ask, PageAsk, maybe_name, maybe_text, name, text

MOST_PEOPLE: Final = 1000


class PersonAsk(Ask):
    """Who is given an award; `city` by code or name."""

    name = text(100)
    institution = text(200)
    city = maybe_text(100)


class GiveAsk(Ask):
    """An award of a policy to some people, by one document, on a day."""

    policy = name()
    award = maybe_name()
    people = fields.List(fields.Nested(PersonAsk), required=True, validate=validate.Length(1, MOST_PEOPLE))
    document = text(500)
    on = fields.Date(required=True)


class WithdrawAsk(Ask):
    """Why an award counts no more."""

    reason = text()


class AwardsAsk(PageAsk):
    """Of which policy, of whose people."""

    policy = maybe_name()
    city = maybe_name()

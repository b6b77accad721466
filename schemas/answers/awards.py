"""Answers about awards to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import fields

from audit_service.core.policy import Programme
from audit_service.use_cases.awards import Given
from schemas.answers.parts import MessagesOut, Out, many, text


class GivenOut(Out):
    """An award that a person was given; `withdrawn` says why it counts no more, and is empty while it does."""

    given = text()
    policy = text()
    award = text()
    label = fields.Nested(MessagesOut, required=True)
    on = text()
    document = text()
    name = text()
    institution = text()
    city = text()
    withdrawn = text()


class GivensOut(Out):
    """Awards that people were given."""

    items = many(GivenOut)


def given_json(found: Given, programmes: Mapping[str, Programme]) -> dict[str, Any]:
    """An award of a person; its label as its policy has it that is installed, else its identifier."""
    programme = programmes.get(found.policy)
    awards = {each.award: each.label for each in programme.after.awards} if programme else {}
    label = awards.get(found.award)
    return {
        **{name: getattr(found, name) for name in ("given", "policy", "award", "on", "document", "withdrawn")},
        **vars(found.person),
        "label": {"zh": label.zh, "en": label.en} if label else dict.fromkeys(("zh", "en"), found.award),
    }


def givens_json(found: Sequence[Given], programmes: Mapping[str, Programme]) -> dict[str, Any]:
    """Awards of people."""
    return {"items": [given_json(each, programmes) for each in found]}

"""Awards to people: given, withdrawn, listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from audit_service.core.policy import Programme
from audit_service.core.rights import Right
from audit_service.papers import places
from audit_service.use_cases import awards as use
from audit_service.use_cases.policies import every_counting
from audit_service.web.api.parts import acts, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.paging import page_of
from schemas.answers.awards import GivenOut, GivensOut, given_json, givens_json
from schemas.answers.parts import paged
from schemas.asks.awards import AwardsAsk, GiveAsk, WithdrawAsk

blueprint = resource("awards", "awards")
Json = Mapping[str, Any]


def _programmes(db: Connection, asked: Asking) -> dict[str, Programme]:
    return every_counting(db, asked.runtime.installed)


@reads(blueprint, "", Right.AFTER_READ, paged(GivenOut), AwardsAsk)
def list_awards(query: Json) -> Json:
    """Awards that people were given; a city sees those of its own people"""
    asked = asking()
    with asked.look() as db:
        found = use.given(db, query["policy"], asked.city() or query["city"])
        programmes = _programmes(db, asked)
    return page_of(found, query, lambda each: given_json(each, programmes))


@acts(blueprint, "", Right.AFTER_ACT, GivensOut, GiveAsk, status=201)
def give(db: Connection, asked: Asking, body: Json) -> Json:
    """Record an award of a policy to some people, by one document: all of them, or nothing"""
    people = [
        use.Person(each["name"], each["institution"], places.city_code(db, each["city"]) if each["city"] else "")
        for each in body["people"]
    ]
    programme, on = asked.runtime.policy(body["policy"]), body["on"].isoformat()
    found = use.give(db, asked.act, programme, body["award"], people, body["document"], on)
    return givens_json(found, _programmes(db, asked))


@acts(blueprint, "/<string:given>/withdraw", Right.AFTER_ACT, GivenOut, WithdrawAsk)
def withdraw(db: Connection, asked: Asking, body: Json, given: str) -> Json:
    """Let an award count no more, and say why; the record of it stays"""
    return given_json(use.withdraw(db, asked.act, given, body["reason"]), _programmes(db, asked))

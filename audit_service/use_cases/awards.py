"""Awards to people (表彰奖励): which of the policy's, by which document. Units are given theirs in their own lives.

The log tells that an award was given, and which; who got it is salted there, and stands in nothing that is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.after import PERSON
from audit_service.core.life_steps import award_rules
from audit_service.core.policy import Programme
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, lives
from audit_service.use_cases.lives import check_day
from audit_service.use_cases.policies import put_to_use

GIVE, WITHDRAW = "award", "award-withdraw"


@dataclass(frozen=True)
class Person:
    """Who is given an award; `city` is empty of somebody who is of none."""

    name: str
    institution: str
    city: str = ""


@dataclass(frozen=True)
class Given:
    """An award that a person was given; `withdrawn` says why it counts no more, and is empty while it does."""

    given: str
    policy: str
    award: str
    on: str
    document: str
    person: Person
    withdrawn: str = ""


def give(
    db: Connection, act: Act, programme: Programme, award: str, people: Sequence[Person], document: str, on: str
) -> list[Given]:
    """Record an award to some people by one document: all of them, or nothing.

    `RuleError` for an award that the policy does not give to people; `Refused` for what nobody signed, a day to come,
    the same person twice, and more people by one document than the policy allows.
    """
    rules = award_rules(programme, award, PERSON)
    document = document.strip()
    if not document:
        raise Refused("document-empty")
    check_day(on, beijing_day(act.at).isoformat())
    before = [
        each.person
        for each in given(db, programme.policy)
        if (each.award, each.document) == (rules.award, document) and not each.withdrawn
    ]
    _check(people, before, rules.at_most)
    year = beijing_day(act.at).year
    new = [
        Given(f"H-{year}-{acts.next_number(db, f'award:{year}'):04d}", programme.policy, rules.award, on, document, who)
        for who in people
    ]
    said = [{"given": each.given, **vars(each.person)} for each in new]
    told = {"policy": programme.policy, "award": rules.award, "on": on, "document": document}
    put_to_use(db, act, programme)
    acts.record(db, act, GIVE, new[0].given, **told, people=said)
    return new


def _check(people: Sequence[Person], before: Sequence[Person], most: int | None) -> None:
    if not people:
        raise Refused("award-nobody")
    seen = {(each.name, each.institution) for each in before}
    for who in people:
        if not who.name.strip() or not who.institution.strip():
            raise Refused("award-person-unsaid")
        if (who.name, who.institution) in seen:
            raise Refused("award-person-twice", person=who.name, institution=who.institution)
        seen.add((who.name, who.institution))
    if most is not None and len(seen) > most:
        raise Refused("award-people-many", found=len(seen), most=most)


def withdraw(db: Connection, act: Act, name: str, reason: str) -> Given:
    """Let an award count no more, and say why; the record of it stays."""
    found = next((each for each in given(db) if each.given == name), None)
    if found is None:
        raise NotFound("award-unknown", given=name)
    if found.withdrawn:
        raise Refused("award-withdrawn", given=name)
    if not reason.strip():
        raise Refused("reason-empty")
    acts.record(db, act, WITHDRAW, name, given=name, reason=reason.strip())
    return next(each for each in given(db) if each.given == name)


def given(db: Connection, policy: str = "", city: str = "") -> list[Given]:
    """The awards that people were given, in their order: of a policy, of a city's people, or all."""
    withdrawn = {said["given"]: said["reason"] for said in lives.details_of_action(db, WITHDRAW)}
    found = [
        Given(
            **{name: said[name] for name in ("policy", "award", "on", "document")},
            given=who["given"],
            person=Person(who["name"], who["institution"], who["city"]),
            withdrawn=withdrawn.get(who["given"], ""),
        )
        for said in lives.details_of_action(db, GIVE)
        for who in said["people"]
    ]
    return [each for each in found if policy in ("", each.policy) and city in ("", each.person.city)]

"""Assignment rounds, and what inspectors and cities see of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response
from sqlalchemy import Connection

from audit_service.core.rights import Right
from audit_service.use_cases import committing, evidence, requests, rounds, views
from audit_service.use_cases.people_of_round import Period
from audit_service.web.api.parts import NUMBER, acts, files, outcome_json, reads, resource, terms_of
from audit_service.web.asking import Asking, asking
from audit_service.web.paging import page_of
from audit_service.web.showing import shown_done
from schemas.answers.desk import StateOut
from schemas.answers.draws import DoneOut
from schemas.answers.parts import paged
from schemas.answers.teams import RoundCommittedOut, RoundOut, called_json, round_json
from schemas.asks.bodies import CorrectAsk, PageAsk, ReasonAsk, RoundAsk, SeedAsk

blueprint = resource("rounds", "draws/<string:draw>/rounds")
Json = Mapping[str, Any]


@reads(blueprint, "", Right.ANYBODY, paged(DoneOut), PageAsk)
def list_rounds(query: Json, draw: str) -> Json:
    """The rounds of a draw"""
    asked = asking()
    with asked.look() as db:
        return page_of(views.list_rounds(db, draw, asked.now), query, partial(shown_done, asked))


@acts(blueprint, "", Right.DRAWS_ACT, RoundCommittedOut, RoundAsk, status=201)
def commit(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Commit an assignment round to public events: the people as the roster has them now"""
    period = Period(body["inspect_from"], body["inspect_to"])
    found = rounds.commit_round(db, asked.act, asked.vault, draw, terms_of(body), period)
    return {"round": found.name, "commitment": found.c, **called_json(found.called)}


@reads(blueprint, NUMBER, Right.ANYBODY, DoneOut, tag=True)
def show(draw: str, number: int) -> Json:
    """A round, and how far it has gone"""
    asked = asking()
    with asked.look() as db:
        return shown_done(asked, views.done_round(db, f"{draw}/{number}", asked.now))


@files(blueprint, f"{NUMBER}/commitment", Right.ANYBODY, ("application/json",))
def commitment(draw: str, number: int) -> Response:
    """The bytes of commitment.json, of which C is the digest"""
    with asking().look() as db:
        return Response(evidence.commitment_of(db, draw, number), content_type="application/json")


@acts(blueprint, f"{NUMBER}/seed", Right.DRAWS_ACT, RoundOut, SeedAsk, sealed=True)
def run(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Draw the teams with the public value of the events; what is missing where that cannot be"""
    name = f"{draw}/{number}"
    return round_json(rounds.run_round(db, asked.act, asked.vault, name, body["public"], body["document"]))


@reads(blueprint, f"{NUMBER}/assignment", Right.ANYBODY, RoundOut)
def assignment(draw: str, number: int) -> Json:
    """Every seat by codes, or what is missing"""
    asked = asking()
    with asked.look() as db:
        return round_json(evidence.round_shown(db, asked.vault, draw, number, sealed=asked.is_office))


@acts(blueprint, f"{NUMBER}/correct", Right.DRAWS_ACT, StateOut, CorrectAsk)
def correct(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Ask to correct a round's public value that was typed wrongly; a second person confirms it"""
    name = f"{draw}/{number}"
    outcome = requests.correct(db, asked.act, asked.vault, name, body["public"], body["document"])
    return outcome_json(name, "corrected", outcome)


@acts(blueprint, f"{NUMBER}/withdraw", Right.DRAWS_ACT, StateOut, ReasonAsk)
def withdraw(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Withdraw a round's commitment before anything can be known of its seed"""
    committing.withdraw(db, asked.act, draw, number, body["reason"])
    return {"name": f"{draw}/{number}", "state": "withdrawn", "request": None}


@acts(blueprint, f"{NUMBER}/reveal", Right.DRAWS_ACT, StateOut)
def reveal(db: Connection, asked: Asking, draw: str, number: int) -> Json:
    """Reveal a sealed round; before its day is over a second person confirms it"""
    name = f"{draw}/{number}"
    return outcome_json(name, "revealed", requests.reveal(db, asked.act, asked.vault, name))

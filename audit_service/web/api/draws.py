"""Sample draws: freeze, commit, carry out, and everything that can come of one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, current_app
from sqlalchemy import Connection

from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.rights import Right
from audit_service.use_cases import committing, draws, evidence, freezing, requests, views
from audit_service.use_cases.limits import TRIALS
from audit_service.web.api.parts import acts, files, outcome_json, reads, resource, terms_of
from audit_service.web.asking import Asking, asking
from audit_service.web.paging import page_of
from audit_service.web.showing import shown_draw, shown_line
from schemas.answers.bundle import bundle_bytes
from schemas.answers.desk import CommittedOut, FrozenOut, StateOut
from schemas.answers.draws import (
    AllocationOut,
    AnchorsOut,
    DrawLineOut,
    DrawOut,
    ExplanationOut,
    SampleOut,
    SubstitutionOut,
    allocation_json,
    explanation_json,
    placed_json,
    substitutions_json,
)
from schemas.answers.parts import paged
from schemas.answers.teams import TrialOut, trial_json
from schemas.asks.bodies import (
    CommitAsk,
    CorrectAsk,
    DrawsAsk,
    FreezeAsk,
    PageAsk,
    ReasonAsk,
    SampleAsk,
    SeedAsk,
    SetAsideAsk,
    SubstituteAsk,
)

blueprint = resource("draws", "draws")
ONE = "/<string:draw>"
Json = Mapping[str, Any]


@reads(blueprint, "", Right.ANYBODY, paged(DrawLineOut), DrawsAsk)
def list_draws(query: Json) -> Json:
    """Draws campaign by campaign, and how far they have gone; of one campaign, or in one state"""
    asked = asking()
    with asked.look() as db:
        found = views.find_draws(db, query["campaign"], query["state"])
        return page_of(found, query, lambda row: shown_line(views.listed(db, row, asked.now)))


@acts(blueprint, "", Right.DRAWS_ACT, FrozenOut, FreezeAsk, status=201)
def freeze(db: Connection, asked: Asking, body: Json) -> Json:
    """Freeze the sampling frame of a campaign, to be published for objections"""
    programme = asked.runtime.policy(body["policy"])
    frozen = freezing.freeze(db, asked.act, body["campaign"], programme)
    digests = {name.partition(".")[0]: digest for name, digest in frozen.digests.items()}
    return {"draw": frozen.draw, **digests, "units": frozen.units, "excluded": frozen.excluded}


@reads(blueprint, ONE, Right.ANYBODY, DrawOut, tag=True)
def show(draw: str) -> Response:
    """A draw: its commitment, seed, sample, substitutions, rounds, and what is overdue"""
    asked, remembered = asking(), current_app.extensions["remembered"]
    with asked.look() as db:
        found: Response = remembered.draw(db, asked, draw)
    return found


@files(blueprint, f"{ONE}/frame/<string:name>", Right.ANYBODY, ("text/csv", "application/json"))
def frame(draw: str, name: str) -> Response:
    """A frozen file: frame.csv, exclusions.csv or policy.json, byte for byte what is committed to"""
    with asking().look() as db:
        data = evidence.frozen_file(db, draw, name)
    kind = "application/json" if name.endswith(".json") else "text/csv; charset=utf-8"
    return Response(data, content_type=kind)


@acts(blueprint, f"{ONE}/commit", Right.DRAWS_ACT, CommittedOut, CommitAsk)
def commit(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Commit a frozen draw to public events that have not happened"""
    c = draws.commit_sample(db, asked.act, asked.vault, draw, terms_of(body), body["replaces"])
    return {"name": draw, "commitment": c}


@files(blueprint, f"{ONE}/commitment", Right.ANYBODY, ("application/json",))
def commitment(draw: str) -> Response:
    """The bytes of commitment.json, of which C is the digest"""
    with asking().look() as db:
        return Response(evidence.commitment_of(db, draw, SAMPLE_ROUND), content_type="application/json")


@acts(blueprint, f"{ONE}/seed", Right.DRAWS_ACT, DrawOut, SeedAsk, sealed=True)
def run(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Draw the sample with the public value of the events"""
    draws.run_sample(db, asked.act, asked.vault, draw, body["public"], body["document"])
    return shown_draw(asked, views.show_draw(db, asked.vault, draw, asked.now, sealed=True))


@acts(blueprint, f"{ONE}/correct", Right.DRAWS_ACT, StateOut, CorrectAsk)
def correct(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Ask to correct a public value that was typed wrongly; a second person confirms it, and both values stay"""
    outcome = requests.correct(db, asked.act, asked.vault, draw, body["public"], body["document"])
    return outcome_json(draw, "corrected", outcome)


@acts(blueprint, f"{ONE}/withdraw", Right.DRAWS_ACT, StateOut, ReasonAsk)
def withdraw(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Withdraw a commitment before anything can be known of its seed"""
    committing.withdraw(db, asked.act, draw, SAMPLE_ROUND, body["reason"])
    return {"name": draw, "state": "withdrawn", "request": None}


@acts(blueprint, f"{ONE}/set-aside", Right.DRAWS_ACT, StateOut, SetAsideAsk)
def set_aside(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Ask to set a published draw aside, on a ground of its policy; a second person confirms it"""
    outcome = requests.set_aside(db, asked.act, asked.vault, draw, body["ground"], body["reason"])
    return outcome_json(draw, "set-aside", outcome)


@acts(blueprint, f"{ONE}/reveal", Right.DRAWS_ACT, StateOut)
def reveal(db: Connection, asked: Asking, draw: str) -> Json:
    """Reveal a sealed draw; before its day is over a second person confirms it"""
    return outcome_json(draw, "revealed", requests.reveal(db, asked.act, asked.vault, draw))


@acts(blueprint, f"{ONE}/trial", Right.DRAWS_ACT, TrialOut, limit=TRIALS)
def trial(db: Connection, asked: Asking, draw: str) -> Json:
    """Try a draw to see whether teams can be formed; it decides nothing, and is on record"""
    return trial_json(draws.try_draw(db, asked.act, draw))


@reads(blueprint, f"{ONE}/sample", Right.ANYBODY, SampleOut, SampleAsk)
def sample(query: Json, draw: str) -> Json:
    """Units of the frame with their tickets and places, selected or in reserve; all, of a stratum, of a city"""
    asked = asking()
    with asked.look() as db:
        found = evidence.sample(db, asked.vault, draw, sealed=asked.is_office)
    wanted = [row for row in found.units if query["stratum"] in ("", row.stratum) and query["city"] in ("", row.city)]
    return {"seed": found.seed, **page_of(wanted, query, partial(placed_json, found))}


@reads(blueprint, f"{ONE}/allocation", Right.ANYBODY, AllocationOut)
def allocation(draw: str) -> Json:
    """How many units each city has in each stratum, and how many of them were drawn"""
    asked = asking()
    with asked.look() as db:
        return allocation_json(evidence.sample(db, asked.vault, draw, sealed=asked.is_office))


@reads(blueprint, f"{ONE}/substitutions", Right.ANYBODY, paged(SubstitutionOut), PageAsk)
def substitutions(query: Json, draw: str) -> Json:
    """Which units were substituted, batch by batch"""
    with asking().look() as db:
        return page_of(substitutions_json(evidence.substitutions(db, draw)), query, dict)


@acts(blueprint, f"{ONE}/substitutions", Right.DRAWS_ACT, StateOut, SubstituteAsk)
def substitute(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Ask to substitute units that are out of scope by a document; a second person confirms it"""
    outcome = requests.substitute(db, asked.act, asked.vault, draw, body["units"], body["document"])
    return outcome_json(draw, "substituted", outcome)


@reads(blueprint, f"{ONE}/explain/<string:unit>", Right.ANYBODY, ExplanationOut)
def explain(draw: str, unit: str) -> Json:
    """Why a unit was or was not drawn, in numbers that can be followed by hand"""
    asked = asking()
    with asked.look() as db:
        evidence.check_shown(db, draw, sealed=asked.is_office)
        _, found, seed = views.explain_unit(db, asked.vault, draw, unit)
        return explanation_json(found, seed, {})


@files(blueprint, f"{ONE}/bundle", Right.ANYBODY, ("application/zip",))
def bundle(draw: str) -> Response:
    """Everything by which anybody can replay and verify the draw"""
    asked = asking()
    with asked.look() as db:
        found = evidence.bundle_entries(db, asked.vault, draw)
    response = Response(bundle_bytes(found, draw), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{draw}.zip"'
    return response


@reads(blueprint, f"{ONE}/anchors", Right.ANYBODY, AnchorsOut)
def anchors(draw: str) -> Json:
    """A line `C public` for the sample and for each round, to check a bundle against"""
    with asking().look() as db:
        return {"anchors": evidence.anchors_of(db, draw)}

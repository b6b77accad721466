"""What stands beside outcomes: files of evidence, checks beside the sample, pauses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, request
from sqlalchemy import Connection

from audit_service.core.rights import Right
from audit_service.files.kinds import KINDS
from audit_service.papers import places
from audit_service.use_cases import checks, evidence_files, outcomes_shown, pauses
from audit_service.use_cases.limits import UPLOADS
from audit_service.web.api.outcomes import ONE, viewer, visit
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached
from audit_service.web.paging import page_of
from audit_service.web.uploads import keep_upload, put_upload
from schemas.answers.outcomes import (
    KeptOut,
    PauseOut,
    TargetedCheckOut,
    check_json,
    pause_json,
)
from schemas.answers.parts import paged
from schemas.asks.outcomes import CheckAsk, ChecksAsk, EvidenceAsk, PauseAsk, PauseEndAsk, PausesAsk

evidence = resource("evidence", "evidence")
checks_resource = resource("checks", "checks")
pauses_resource = resource("pauses", "pauses")
Json = Mapping[str, Any]


def _kept(_: Json, sent: Json) -> Json:
    """The file in its place, before the transaction that knows of it; of nobody's visit but one's own."""
    asked, of = asking(), request.view_args or {}
    with asked.runtime.look() as db:
        visit(db, asked, of["occasion"], of["unit"])
    return {"sent": put_upload(asked.runtime.keeping, sent)}


@acts(evidence, ONE, Right.VISITS_RECORD, KeptOut, EvidenceAsk, place="form", before=_kept, status=201, limit=UPLOADS,
      sealed=True)  # fmt: skip
def keep(db: Connection, asked: Asking, body: Json, occasion: str, unit: str) -> Json:
    """Keep a file that shows something of a visit; what it is, its content says"""
    found = visit(db, asked, occasion, unit)
    evidence_files.attach(db, asked.act, asked.vault, found, body["sent"].file)
    return keep_upload(asked.runtime.keeping, body["sent"])


@files(evidence, f"{ONE}/<string:digest>", Right.VISITS_READ, KINDS)
def get(occasion: str, unit: str, digest: str) -> Response:
    """A file of evidence, to who may see the visit of which it is"""
    asked = asking()
    with asked.look() as db:
        found = outcomes_shown.show(db, asked.vault, asked.runtime.policy, occasion, unit, viewer())
    file = evidence_files.one_file(found.visited, digest)
    return attached(asked.runtime.keeping.get(digest), file.kind, file.name)


def _check(db: Connection, asked: Asking, row: Json) -> Json:
    return check_json(row, checks.moved_to(db, dict(row), asked.now), city=bool(asked.city()))


@reads(checks_resource, "", Right.VISITS_READ, paged(TargetedCheckOut), ChecksAsk)
def list_checks(query: Json) -> Json:
    """Checks beside the sample (定向抽查); an inspector sees those of their team, a city what was found at its units"""
    asked = asking()
    with asked.look() as db:
        found = outcomes_shown.list_checks(db, viewer(), query["campaign"], query["unit"])
        return page_of(found, query, partial(_check, db, asked))


@acts(checks_resource, "", Right.AFTER_ACT, TargetedCheckOut, CheckAsk, status=201)
def open_check(db: Connection, asked: Asking, body: Json) -> Json:
    """Order a check beside the sample, on a ground of the policy; the office names the team, nobody of it recused"""
    programme = asked.runtime.policy(body["policy"])
    said = {name: value for name, value in body.items() if name != "policy"}
    name = checks.open_check(db, asked.act, programme, checks.Asked(**{**said, "team": tuple(body["team"])}))
    return _check(db, asked, outcomes_shown.one_check(db, name, viewer()))


@reads(checks_resource, "/<string:check>", Right.VISITS_READ, TargetedCheckOut)
def show_check(check: str) -> Json:
    """A check beside the sample"""
    asked = asking()
    with asked.look() as db:
        return _check(db, asked, outcomes_shown.one_check(db, check, viewer()))


@reads(pauses_resource, "", Right.AFTER_READ, paged(PauseOut), PausesAsk)
def list_pauses(query: Json) -> Json:
    """Pauses (疫情、汛情) by number: of a city, and of a campaign, those that stop its clocks"""
    asked = asking()
    with asked.look() as db:
        return page_of(pauses.list_pauses(db, asked.city(), query["campaign"]), query, pause_json)


@acts(pauses_resource, "", Right.AFTER_ACT, PauseOut, PauseAsk, status=201)
def begin(db: Connection, asked: Asking, body: Json) -> Json:
    """Stop the clocks of a campaign or of a region, by a document"""
    return pause_json(pauses.begin(db, asked.act, places.divisions(db), **body))


@acts(pauses_resource, "/<string:pause>/end", Right.AFTER_ACT, PauseOut, PauseEndAsk)
def end(db: Connection, asked: Asking, body: Json, pause: str) -> Json:
    """Let the clocks of a pause run again"""
    return pause_json(pauses.end(db, asked.act, pause, body["until"], body["document"]))

"""Policies, campaigns, the frame's reconciliation, what waits for a second person, and what auditors look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.canonical import write_time
from audit_service.core.rights import Right
from audit_service.files.kinds import KINDS
from audit_service.papers import places
from audit_service.use_cases import confirming, explaining, looking, reconciling, requests
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.policies import counting, listed, one_version
from audit_service.web.api.parts import NUMBER, acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached
from audit_service.web.paging import page_json, page_of
from audit_service.web.uploads import keep_upload, put_sent
from schemas.answers.desk import (
    AttemptOut,
    CampaignOut,
    RequestOut,
    StateOut,
    request_json,
    request_state,
)
from schemas.answers.frames import CheckOut, ConfirmedOut, check_json
from schemas.answers.outcomes import KeptOut
from schemas.answers.parts import paged
from schemas.answers.policies import PoliciesOut, PolicyOut, listed_json, policy_json
from schemas.asks.bodies import ConfirmAsk, ExplainAsk, PageAsk, PolicyAsk, ReasonAsk, RequestsAsk, VersionAsk
from schemas.asks.outcomes import EvidenceAsk

policies = resource("policies", "policies")
campaigns = resource("campaigns", "campaigns")
frames = resource("frames", "frames")
asked_for = resource("requests", "requests")
attempts = resource("attempts", "attempts")
Json = Mapping[str, Any]


@reads(policies, "", Right.ANYBODY, PoliciesOut)
def list_policies() -> Json:
    """The policies that are installed or were used: the version and digest of each, which versions since when"""
    asked = asking()
    with asked.look() as db:
        return {"items": [listed_json(each) for each in listed(db, asked.runtime.installed)]}


@reads(policies, "/<string:policy>", Right.ANYBODY, PolicyOut, VersionAsk)
def show_policy(query: Json, policy: str) -> Json:
    """A policy's file, with the origin of each rule: the installed one, or a version that was used"""
    asked = asking()
    with asked.look() as db:
        return policy_json(*one_version(db, asked.runtime.policy, policy, query["version"]))


@files(policies, "/<string:policy>/file", Right.ANYBODY, ("application/json",), query=VersionAsk)
def policy_file(query: Json, policy: str) -> Response:
    """The same file, byte for byte what has the SHA-256"""
    asked = asking()
    with asked.look() as db:
        programme, _ = one_version(db, asked.runtime.policy, policy, query["version"])
    return Response(programme.source, content_type="application/json")


@reads(campaigns, "", Right.ANYBODY, paged(CampaignOut), PageAsk)
def list_campaigns(query: Json) -> Json:
    """Campaigns with their policies and draws"""
    with asking().look() as db:
        return page_of(looking.campaigns(db), query, dict)


@reads(frames, "/check", Right.DRAWS_READ, CheckOut, PolicyAsk)
def check(query: Json) -> Json:
    """Reconcile the roster with the annex under a policy"""
    asked = asking()
    with asked.look() as db:
        programme = counting(db, asked.runtime.policy, query["policy"])
        return check_json(reconciling.check(db, programme, beijing_day(asked.now)), places.cities(db))


@acts(frames, "/files", Right.ROSTERS_WRITE, KeptOut, EvidenceAsk, place="form", before=put_sent, status=201,
      limit=UPLOADS)  # fmt: skip
def keep(db: Connection, asked: Asking, body: Json) -> Json:
    """Keep a city's stamped confirmation, which is then noted"""
    confirming.attach(db, asked.act, body["sent"].file)
    return keep_upload(asked.runtime.keeping, body["sent"])


@files(frames, "/files/<string:digest>", Right.DRAWS_READ, KINDS)
def get_file(digest: str) -> Response:
    """A city's stamped confirmation"""
    asked = asking()
    with asked.look() as db:
        file = confirming.one_file(db, digest)
    return attached(asked.runtime.keeping.get(digest), file.kind, file.name)


@acts(frames, "/confirmations", Right.ROSTERS_WRITE, ConfirmedOut, ConfirmAsk, status=201)
def confirm_list(db: Connection, asked: Asking, body: Json) -> Json:
    """Note a city's stamped confirmation of its list, by a scan that was sent"""
    scan = replace(confirming.kept(db, body["sha256"], body["file"]), name=body["file"])
    found = confirming.confirm(db, asked.act, body["city"], scan, body["date"])
    return {"city": found.city, "file": found.file, "sha256": found.digest, "date": found.day, "units": found.units}


@acts(frames, "/explanations", Right.ROSTERS_WRITE, StateOut, ExplainAsk, status=201)
def explain(db: Connection, asked: Asking, body: Json) -> Json:
    """Note by which document a difference is explained"""
    programme = asked.runtime.policy(body["policy"])
    told = (body["city"], body["target"], body["difference"], body["document"])
    explaining.explain(db, asked.act, programme, *told)
    return {"name": body["city"], "state": "explained", "request": None}


@reads(asked_for, "", Right.REQUESTS_READ, paged(RequestOut), RequestsAsk)
def list_requests(query: Json) -> Json:
    """What waits for, or was answered by, a second person, in order; of all or of one state"""
    with asking().look() as db:
        found = [each for each in requests.all_requests(db) if query["state"] in ("", request_state(each))]
    return page_of(found, query, request_json)


@reads(asked_for, NUMBER, Right.REQUESTS_READ, RequestOut, tag=True)
def show_request(number: int) -> Json:
    """A request"""
    with asking().look() as db:
        return request_json(requests.one_request(db, number))


@acts(asked_for, f"{NUMBER}/confirm", Right.CONFIRM, RequestOut)
def confirm(db: Connection, asked: Asking, number: int) -> Json:
    """Confirm what another institution asked for; it is done at once"""
    requests.confirm(db, asked.act, asked.vault, number, asked.caller, asked.runtime.policy)
    return request_json(requests.one_request(db, number))


@acts(asked_for, f"{NUMBER}/decline", Right.CONFIRM, RequestOut, ReasonAsk)
def decline(db: Connection, asked: Asking, body: Json, number: int) -> Json:
    """Decline a request, with a reason"""
    requests.decline(db, asked.act, number, body["reason"], asked.caller)
    return request_json(requests.one_request(db, number))


@reads(attempts, "", Right.ATTEMPTS_READ, paged(AttemptOut), PageAsk)
def list_attempts(query: Json) -> Json:
    """What was withdrawn, set aside, tried, corrected, asked for and refused, the newest first"""
    with asking().look() as db:
        found = looking.attempts(db, query["page"], query["page_size"])
    return page_json([{**row, "at": write_time(row["at"])} for row in found.rows], found.total, query)

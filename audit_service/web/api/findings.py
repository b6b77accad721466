"""Findings: listed with their colours, notified, dispatched, handed in, rechecked, closed; registers are imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flask import Response, request
from sqlalchemy import Connection

from audit_service import messages
from audit_service.core.acts import beijing_day
from audit_service.core.rectification import CASE, CITY, INSPECTOR, STEPS, Step
from audit_service.core.rights import Right
from audit_service.core.steps import PAPER, Said
from audit_service.files.kinds import KINDS, WORD
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.finding_papers import PAPERS
from audit_service.papers.record_words import Words
from audit_service.use_cases import findings, step_files
from audit_service.use_cases.findings import Found
from audit_service.use_cases.import_findings import Register, import_findings, told_of
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.outcomes_shown import hides_who
from audit_service.web.api.outcomes import viewer
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached, wording
from audit_service.web.paging import page_json, page_of
from audit_service.web.uploads import RegisterUploadAsk, keep_upload, put_upload, read_upload
from schemas.answers.outcomes import KeptOut
from schemas.answers.parts import paged
from schemas.answers.rosters import ImportOut, report_json
from schemas.answers.steps import FoundOut, FoundsOut, OneFoundOut, found_json, one_found_json
from schemas.asks.bodies import PageAsk
from schemas.asks.outcomes import EvidenceAsk
from schemas.asks.steps import FindingsAsk, NotifyAsk, OfficeRecheckAsk, RecheckAsk, said_of, step_ask
from schemas.hazards import HazardIn

blueprint = resource("findings", "findings")
ONE: Final = "/<code:finding>"
Json = Mapping[str, Any]


def _today(asked: Asking) -> str:
    return beijing_day(asked.now).isoformat()


def _whole(db: Connection, found: Found) -> Json:
    """A finding as who asks may see it. Who rechecks it is of another team, and is told no more than oversight is."""
    nameless = hides_who(db, found.row["occasion"], replace(viewer(), inspector=""))
    return one_found_json(found, told_of(db, found.row["finding"]), nameless=nameless)


@reads(blueprint, "", Right.AFTER_READ, paged(FoundOut), FindingsAsk)
def list_findings(query: Json) -> Json:
    """Findings, overdue ones first, then by the day on which they are due; a city sees its own"""
    asked = asking()
    wanted = {name: query[name] for name in ("unit", "occasion", "policy", "state", "severity", "source")}
    wanted["city"] = asked.city() or query["city"]
    colours = [query["colour"]] if query["colour"] else ()
    page, size = query["page"], query["page_size"]
    with asked.look() as db:
        found, total = findings.findings_page(
            db, asked.runtime.policy, _today(asked), (page - 1) * size, size,
            colours=colours, ended=query["ended"], **wanted,
        )  # fmt: skip
    return page_json([found_json(each) for each in found], total, query)


@reads(blueprint, "/assigned", Right.VISITS_OWN, paged(FoundOut), PageAsk)
def assigned(query: Json) -> Json:
    """What one is to recheck, a page at a time"""
    asked = asking()
    with asked.look() as db:
        found = findings.assigned(db, asked.runtime.policy, _today(asked), asked.caller_known.account.inspector)
    return page_of(found, query, found_json)


def _own(db: Connection, asked: Asking, finding: str) -> Found:
    """A finding for who may see it: a city of its own, an inspector one that they were named for."""
    whose = asked.city(), asked.caller_known.account.inspector
    return findings.one_finding(db, asked.runtime.policy, _today(asked), finding, *whose)


@reads(blueprint, ONE, Right.FINDING_READ, OneFoundOut, tag=True)
def show(finding: str) -> Json:
    """A finding with its steps; an inspector sees those that they were named to recheck"""
    asked = asking()
    with asked.look() as db:
        return _whole(db, _own(db, asked, finding))


def _put(_: Json, sent: Json) -> Json:
    asked, of = asking(), request.view_args or {}
    with asked.runtime.look() as db:
        findings.check_takes_files(_own(db, asked, of["finding"]))
    return {"sent": put_upload(asked.runtime.keeping, sent)}


@acts(blueprint, f"{ONE}/files", Right.FINDING_FILES, KeptOut, EvidenceAsk, place="form", before=_put, status=201,
      limit=UPLOADS)  # fmt: skip
def keep(db: Connection, asked: Asking, body: Json, finding: str) -> Json:
    """Keep a file for a step of a finding, which then names it; what it is, its content says"""
    whose = {"city": asked.city(), "inspector": asked.caller_known.account.inspector}
    findings.attach(db, asked.act, asked.runtime.policy, finding, body["sent"].file, **whose)
    return keep_upload(asked.runtime.keeping, body["sent"])


@files(blueprint, f"{ONE}/files/<string:digest>", Right.FINDING_READ, KINDS)
def get(finding: str, digest: str) -> Response:
    """A file of a finding, to who may see the step that names it"""
    asked = asking()
    with asked.look() as db:
        steps = _own(db, asked, finding).finding.steps
        file = step_files.one_file(db, finding, digest, None if asked.is_oversight else steps)
    return attached(asked.runtime.keeping.get(digest), file.kind, file.name)


@acts(blueprint, "/notify", Right.AFTER_ACT, FoundsOut, NotifyAsk)
def notify(db: Connection, asked: Asking, body: Json) -> Json:
    """Notify the findings of an outcome, all that are open or some, in one document (整改通知书)"""
    what = body["occasion"], body["unit"], said_of("notify", body), body["findings"]
    found = findings.notify(db, asked.act, asked.runtime.policy, *what)
    return {"items": [found_json(each) for each in found]}


def _recheck(db: Connection, asked: Asking, body: Json, finding: str, person: str, *, own: bool) -> Json:
    step = "recheck-pass" if body["passed"] else "recheck-fail"
    said: Said = said_of(step, body, person=person, on_paper=not own)
    return _whole(db, findings.recheck(db, asked.act, asked.runtime.policy, finding, said, own=own))


@acts(blueprint, f"{ONE}/recheck", Right.VISITS_OWN, OneFoundOut, RecheckAsk)
def recheck(db: Connection, asked: Asking, body: Json, finding: str) -> Json:
    """Record one's own recheck (复查意见书) of a finding that one was named for and did not find"""
    return _recheck(db, asked, body, finding, asked.caller_known.account.inspector, own=True)


@acts(blueprint, f"{ONE}/office-recheck", Right.AFTER_ACT, OneFoundOut, OfficeRecheckAsk)
def office_recheck(db: Connection, asked: Asking, body: Json, finding: str) -> Json:
    """Record a recheck (复查意见书) that came on paper, by somebody who did not find it"""
    return _recheck(db, asked, body, finding, body["person"], own=False)


def _step(step: Step, *, on_paper: bool = False) -> None:
    """The route by which a step of one finding is taken; `on_paper`: that by which the office records a city's."""
    name = f"office-{step.step}" if on_paper else step.step

    def taken(db: Connection, asked: Asking, body: Json, finding: str) -> Json:
        said = said_of(step.step, body, on_paper=on_paper)
        return _whole(db, findings.take_step(db, asked.act, asked.runtime.policy, finding, said, city=asked.city()))

    taken.__name__ = name.replace("-", "_")
    taken.__doc__ = messages.text(f"help.finding.{name}", "en").rstrip(".")
    right = Right.ANSWERS_OWN if step.by == CITY and not on_paper else Right.AFTER_ACT
    body = step_ask(f"finding-{name}", (*step.needs, *PAPER) if on_paper else step.needs)
    acts(blueprint, f"{ONE}/{name}", right, OneFoundOut, body)(taken)


for _each in STEPS.values():
    if _each.by not in (INSPECTOR, CASE) and _each.step != "notify":
        _step(_each)
    if _each.by == CITY:
        _step(_each, on_paper=True)


def _imported(db: Connection, asked: Asking, form: Json) -> Json:
    """Import a register of hazards from uploaded workbooks: all rows of all files, or nothing"""
    programme = asked.runtime.policy(form["policy"])
    register = Register(form["occasion"], programme, form["source"], form["severity"])
    return report_json(import_findings(db, asked.act, form["incoming"], register))


acts(blueprint, "/import", Right.AFTER_ACT, ImportOut, RegisterUploadAsk, place="form",
     before=partial(read_upload, HazardIn()), limit=UPLOADS)(_imported)  # fmt: skip


def _paper(kind: str) -> None:
    def paper(finding: str) -> Response:
        asked = asking()
        with asked.look() as db:
            group = findings.group_of(db, asked.runtime.policy, _today(asked), finding, kind)
            words = Words(wording(), group.programme, places.names(db))
        return attached(write_paper(PAPERS[kind](words, asked.act, group)), WORD, f"{finding}-{kind}.docx")

    paper.__name__ = f"paper_{kind}"
    paper.__doc__ = messages.text(f"paper.{kind}.what", "en").rstrip(".")
    files(blueprint, f"{ONE}/papers/{kind}", Right.DRAWS_READ, (WORD,))(paper)


for _kind in PAPERS:
    _paper(_kind)

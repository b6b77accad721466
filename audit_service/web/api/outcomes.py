"""Visits: the checklist, the outcome, its corrections and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.outcomes import read_said
from audit_service.core.rights import Right
from audit_service.errors import Refused, RosterErrors
from audit_service.files.excel import write_workbook
from audit_service.files.kinds import EXCEL
from audit_service.files.spreadsheets import read_sent
from audit_service.papers import places
from audit_service.papers.visit_form import checklist_json, form_sheets
from audit_service.papers.wording import Wording
from audit_service.use_cases import outcomes, outcomes_shown, own_counts, pauses, signing
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.outcomes import Author
from audit_service.use_cases.outcomes_shown import Viewer
from audit_service.use_cases.visited import Visited, visited
from audit_service.use_cases.visits import Visit, own_visit
from audit_service.web import problems
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached
from audit_service.web.paging import page_json
from audit_service.web.uploads import one_upload
from schemas.answers.outcomes import ChecklistOut, OutcomeLineOut, OutcomeOut, line_json, outcome_json
from schemas.answers.parts import paged
from schemas.asks.outcomes import CorrectedAsk, OutcomeFileAsk, OutcomesAsk, SaidAsk, SignAsk, said_of
from schemas.visit_sheets import in_terms_of, read_form

blueprint = resource("outcomes", "outcomes")
ONE = "/<string:occasion>/<string:unit>"
Json = Mapping[str, Any]


def viewer() -> Viewer:
    """Who looks."""
    asked = asking()
    return Viewer(asked.is_office, asked.city(), asked.caller_known.account.inspector)


def visit(db: Connection, asked: Asking, occasion: str, unit: str) -> Visit:
    """A visit for who records it: one's own team's, or any for the office."""
    inspector = asked.caller_known.account.inspector
    return own_visit(db, asked.vault, asked.runtime.policy, occasion, unit, inspector)


def author(asked: Asking, scan: str) -> Author:
    """Who records: the inspector of the account, or the office by a signed paper."""
    return Author(asked.caller_known.account.inspector, scan)


def shown(db: Connection, asked: Asking, occasion: str, unit: str) -> Json:
    """A visit as who asks may see it."""
    who = viewer()
    found = outcomes_shown.show(db, asked.vault, asked.runtime.policy, occasion, unit, who)
    return outcome_json(found, partial(_moved, db, asked), nameless=outcomes_shown.hides_who(db, occasion, who))


def _told(db: Connection, asked: Asking, visit: Visit, found: Visited) -> Json:
    """A visit as it is now, to who has just recorded something of it."""
    known = outcomes_shown.of_visit(db, visit.occasion, visit.unit, found)
    return outcome_json(known, partial(_moved, db, asked))


def _moved(db: Connection, asked: Asking, row: Json) -> str:
    today = beijing_day(asked.now)
    return pauses.moved(db, row["occasion"], row["city"], row["deadline"], row["deadline_since"], today)


@reads(blueprint, "", Right.AFTER_READ, paged(OutcomeLineOut), OutcomesAsk)
def list_outcomes(query: Json) -> Json:
    """Outcomes by draw or check and unit; a city sees its own units'"""
    asked = asking()
    page, size = query["page"], query["page_size"]
    with asked.look() as db:
        found = outcomes_shown.list_outcomes(db, asked.vault, query["occasion"], query["city"], viewer(), page, size)
    return page_json([line_json(row) for row in found.rows], found.total, query)


@reads(blueprint, ONE, Right.VISITS_READ, OutcomeOut, tag=True)
def show(occasion: str, unit: str) -> Json:
    """A visit: its outcome with every version, who signed, findings, evidence"""
    asked = asking()
    with asked.look() as db:
        return shown(db, asked, occasion, unit)


@reads(blueprint, f"{ONE}/checklist", Right.VISITS_RECORD, ChecklistOut)
def checklist(occasion: str, unit: str) -> Json:
    """What the team goes through: the standards of the policy for this unit"""
    asked = asking()
    with asked.look() as db:
        found = visit(db, asked, occasion, unit)
        return checklist_json(found, own_counts.known(db, found, beijing_day(asked.now)))


@files(blueprint, f"{ONE}/checklist.xlsx", Right.VISITS_RECORD, (EXCEL,))
def form(occasion: str, unit: str) -> Response:
    """The form of the visit (现场抽验记录) in Excel, to be filled in offline and read back"""
    asked = asking()
    wording = Wording(problems.language())
    with asked.look() as db:
        found = visit(db, asked, occasion, unit)
        owns = own_counts.known(db, found, beijing_day(asked.now))
        sheets = form_sheets(wording, found, visited(db, asked.vault, found), places.names(db), owns)
    return attached(write_workbook(sheets, asked.now), EXCEL, f"{occasion}-{unit}.xlsx")


@acts(blueprint, ONE, Right.VISITS_RECORD, OutcomeOut, SaidAsk, status=201, sealed=True)
def record(db: Connection, asked: Asking, body: Json, occasion: str, unit: str) -> Json:
    """Record the outcome of a visit; everything that is missing or wrong is told at once"""
    found = visit(db, asked, occasion, unit)
    done = outcomes.record(db, asked.act, asked.vault, found, author(asked, body["scan"]), said_of(body))
    return _told(db, asked, found, done)


@acts(blueprint, f"{ONE}/correct", Right.VISITS_RECORD, OutcomeOut, CorrectedAsk, sealed=True)
def correct(db: Connection, asked: Asking, body: Json, occasion: str, unit: str) -> Json:
    """Correct an outcome: a new version with its reason; the old one stays and is shown"""
    found = visit(db, asked, occasion, unit)
    dropped = {each["finding"]: each["reason"] for each in body["dropped"]}
    who = author(asked, body["scan"])
    done = outcomes.correct(db, asked.act, asked.vault, found, who, said_of(body), body["why"], dropped)
    return _told(db, asked, found, done)


def _read_form(form: Json, sent: Json) -> Json:
    name, data = one_upload(sent)
    return {**form, "form": read_form(read_sent([(name, data)])[0])}


@acts(blueprint, f"{ONE}/form", Right.VISITS_RECORD, OutcomeOut, OutcomeFileAsk, place="form",
      before=_read_form, limit=UPLOADS, sealed=True)  # fmt: skip
def record_form(db: Connection, asked: Asking, body: Json, occasion: str, unit: str) -> Json:
    """Record the outcome from the filled-in form; with `why` it corrects what is recorded"""
    filled, found = body["form"], visit(db, asked, occasion, unit)
    if (filled.occasion, filled.unit) != (occasion, unit):
        raise Refused("form-other", found=f"{filled.occasion}/{filled.unit}", expected=f"{occasion}/{unit}")
    said = read_said(in_terms_of(filled.said, found.programme.after, found.checklist))
    who = author(asked, body["scan"])
    try:
        if body["why"]:
            done = outcomes.correct(db, asked.act, asked.vault, found, who, said, body["why"], {})
        else:
            done = outcomes.record(db, asked.act, asked.vault, found, who, said)
    except RosterErrors as error:
        raise filled.in_place(error) from error
    return _told(db, asked, found, done)


@acts(blueprint, f"{ONE}/signatures", Right.VISITS_RECORD, OutcomeOut, SignAsk, status=201, sealed=True)
def sign(db: Connection, asked: Asking, body: Json, occasion: str, unit: str) -> Json:
    """Sign the version that counts: as a member of the team, or what the unit's person signed (属实, 有异议, 拒签)"""
    found = visit(db, asked, occasion, unit)
    who = author(asked, body["scan"])
    done = signing.sign(db, asked.act, asked.vault, found, who, signing.Asked(**body))
    return _told(db, asked, found, done)

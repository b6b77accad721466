"""Reports (月报告、年度报告): a city hands its own in, the office takes tables of them and sees who is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.rights import Right
from audit_service.files.kinds import EXCEL
from audit_service.papers import places
from audit_service.papers.report_sheets import report_sheets
from audit_service.use_cases import past
from audit_service.use_cases import reports as use
from audit_service.use_cases.import_reports import import_reports
from audit_service.use_cases.limits import UPLOADS
from audit_service.use_cases.policies import then
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import wording, workbook
from audit_service.web.uploads import read_upload
from schemas.answers.parts import Out, many
from schemas.answers.reports import HandedOut, ReportsOut, handed_json, reports_json
from schemas.asks.bodies import Ask, maybe_name, maybe_text
from schemas.asks.reports import HandInAsk, ReportsAsk
from schemas.reports import reports_schema

reports = resource("reports", "reports")
Json = Mapping[str, Any]


class ReportsUploadAsk(Ask):
    """A table of reports: of which report and period; a missing field is no known one (see `OrdersUploadAsk`)."""

    policy = maybe_name()
    report = maybe_name()
    period = maybe_text(10)


class ManyHandedOut(Out):
    """Reports that were taken from a table."""

    handed = many(HandedOut)


def _found(asked: Asking, query: Json) -> tuple[use.Reports, dict[str, str], date]:
    with asked.look() as db:
        day, at = past.as_of(db, query["as_of"], beijing_day(asked.now))
        programme = then(db, asked.runtime.policy, query["policy"], at)
        found = use.of_period(db, programme, query["report"], query["period"], asked.city(), at)
        return found, places.cities(db), day


@reads(reports, "", Right.AFTER_READ, ReportsOut, ReportsAsk)
def show(query: Json) -> Json:
    """The reports of a period, who is missing, and their sums, now or as of a day; a city sees its own"""
    return reports_json(query["policy"], *_found(asking(), query))


@files(reports, "/table.xlsx", Right.AFTER_READ, (EXCEL,), query=ReportsAsk)
def show_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    sheets = report_sheets(wording(), *_found(asked, query))
    return workbook(sheets, asked.now, f"{query['report']}-{query['period']}")


@acts(reports, "", Right.ANSWERS_OWN, HandedOut, HandInAsk, status=201)
def hand_in(db: Connection, asked: Asking, body: Json) -> Json:
    """Hand a report in, or correct one: the earlier version stays on record"""
    own = asked.city()
    told = (body["report"], body["reporter"] or own, body["period"], body["said"], own)
    handed = use.hand_in(db, asked.act, asked.runtime.policy(body["policy"]), *told, rows=body["rows"])
    return handed_json(handed, places.cities(db))


def _read(form: Json, sent: Json) -> dict[str, Any]:
    rules = use.report_rules(asking().runtime.policy(form["policy"]), form["report"])
    return read_upload(reports_schema(rules), form, sent)


@acts(reports, "/import", Right.AFTER_ACT, ManyHandedOut, ReportsUploadAsk, place="form", before=_read, limit=UPLOADS)
def take(db: Connection, asked: Asking, form: Json) -> Json:
    """Take reports from tables, a row a reporter, or each row of a list: all of them, or none"""
    known, programme = places.divisions(db), asked.runtime.policy(form["policy"])
    found = import_reports(db, asked.act, form["incoming"], known, programme, form["report"], form["period"])
    cities = {city.code: city.name for city in known.cities}
    return {"handed": [handed_json(each, cities) for each in found]}

"""What is due for who asks (三色预警): the office sees everything, everybody else what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.due import Item
from audit_service.core.rights import Right
from audit_service.files.kinds import EXCEL
from audit_service.papers import places
from audit_service.papers.due_sheets import due_sheets
from audit_service.use_cases import settling
from audit_service.use_cases.due import Asker, Known, due
from audit_service.use_cases.views import Names
from audit_service.web.api.parts import acts, files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import wording, workbook
from schemas.answers.due import DueItemOut, DueOut, due_json, item_json
from schemas.asks.due import DueAsk, SettleAsk

blueprint = resource("due", "due")
Json = Mapping[str, Any]


def _found(asked: Asking, query: Json) -> tuple[list[Item], Names]:
    account = asked.caller_known.account
    asker = Asker(account.role, account.city, account.inspector, account.institution)
    with asked.look() as db:
        found = due(db, asked.vault, _known(db, asked), asker, beijing_day(asked.now), query["within"])
        return found, places.names(db)


def _known(db: Connection, asked: Asking) -> Known:
    settings = asked.runtime.settings
    return Known(asked.runtime.installed, settings.policies, places.divisions(db))


@reads(blueprint, "", Right.SIGNED_IN, DueOut, DueAsk)
def show(query: Json) -> Json:
    """What is due for who asks, what is overdue first"""
    asked = asking()
    found, names = _found(asked, query)
    return due_json(found, beijing_day(asked.now), query["within"], names)


@acts(blueprint, "/settle", Right.AFTER_ACT, DueItemOut, SettleAsk)
def settle(db: Connection, asked: Asking, body: Json) -> Json:
    """Record that an entry was seen to or is given up: a deviation, a report, what an order asks for"""
    city = places.city_code(db, body["city"]) if body["city"] else ""
    entry = settling.Asked(body["kind"], body["subject"], body["policy"], city, body["unit"])
    found = settling.settle(db, asked.act, asked.vault, _known(db, asked), entry, body["reason"], body["document"])
    return item_json(found, beijing_day(asked.now), places.names(db))


@files(blueprint, "/table.xlsx", Right.SIGNED_IN, (EXCEL,), query=DueAsk)
def show_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    found, names = _found(asked, query)
    today = beijing_day(asked.now)
    return workbook(due_sheets(wording(), found, today, names), asked.now, f"due-{today}")

"""What is due for who asks (三色预警): the office sees everything, everybody else what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from audit_service.core.acts import beijing_day
from audit_service.core.due import Item
from audit_service.core.rights import Right
from audit_service.files.kinds import EXCEL
from audit_service.papers import places
from audit_service.papers.due_sheets import due_sheets
from audit_service.use_cases.due import Asker, Known, due
from audit_service.use_cases.views import Names
from audit_service.web.api.parts import files, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import wording, workbook
from schemas.answers.due import DueOut, due_json
from schemas.asks.due import DueAsk

blueprint = resource("due", "due")
Json = Mapping[str, Any]


def _found(asked: Asking, query: Json) -> tuple[list[Item], Names]:
    account = asked.caller_known.account
    asker = Asker(account.role, account.city, account.inspector, account.institution)
    settings = asked.runtime.settings
    with asked.look() as db:
        known = Known(asked.runtime.installed, settings.policies, places.divisions(db))
        found = due(db, asked.vault, known, asker, beijing_day(asked.now), query["within"])
        return found, places.names(db)


@reads(blueprint, "", Right.SIGNED_IN, DueOut, DueAsk)
def show(query: Json) -> Json:
    """What is due for who asks, what is overdue first"""
    asked = asking()
    found, names = _found(asked, query)
    return due_json(found, beijing_day(asked.now), query["within"], names)


@files(blueprint, "/table.xlsx", Right.SIGNED_IN, (EXCEL,), query=DueAsk)
def show_workbook(query: Json) -> Response:
    """The same in Excel"""
    asked = asking()
    found, names = _found(asked, query)
    today = beijing_day(asked.now)
    return workbook(due_sheets(wording(), found, today, names), asked.now, f"due-{today}")

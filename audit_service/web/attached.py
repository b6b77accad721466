"""Documents that a request is handed: under a name, in the request's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Response

from audit_service.files.excel import TableSheet, write_workbook
from audit_service.files.kinds import EXCEL
from audit_service.papers.wording import Wording
from audit_service.web import problems


def wording() -> Wording:
    """The words of the request's language."""
    return Wording(problems.language())


def attached(data: bytes, kind: str, name: str) -> Response:
    """A document under a name, in the language that was asked for; kept by nobody on the way."""
    response = Response(data, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name.replace("/", "-"))
    response.headers["Content-Language"] = problems.language()
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def workbook(sheets: Sequence[TableSheet], at: datetime, name: str) -> Response:
    """A workbook under a name."""
    return attached(write_workbook(sheets, at), EXCEL, f"{name}.xlsx")

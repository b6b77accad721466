"""Files that somebody sends: so many, so large, and read in a process of their own (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import request
from flask_smorest.fields import Upload
from marshmallow import fields
from werkzeug.exceptions import UnsupportedMediaType

from audit_service.errors import Unreadable
from audit_service.files.spreadsheets import read_sent
from schemas.asks.bodies import Ask
from schemas.fields import RosterSchema
from schemas.rows import read_rows

MOST_FILES: Final = 50
MOST_BYTES: Final = 128 << 20
"""Of a whole request; each file has its own, smaller limit."""


class UploadAsk(Ask):
    """Rosters in one form, each file in a field `files`; `complete` if they are the whole roster."""

    files = fields.List(Upload(), metadata={"description": "Workbooks (.xlsx, .xls) or CSV files"})
    complete = fields.Boolean(load_default=False)


class UnitsUploadAsk(UploadAsk):
    """Rosters of units; `issue_codes` for units that have no code and are in no table."""

    issue_codes = fields.Boolean(load_default=False)


def read_upload(schema: RosterSchema, form: Mapping[str, Any]) -> dict[str, Any]:
    """The form with what its files say, under `incoming`; `Unreadable` for none, too many, or two of one name."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    sent = [file for file in request.files.getlist("files") if file.filename]
    if not sent or len(sent) > MOST_FILES:
        raise Unreadable("upload-count", found=len(sent), most=MOST_FILES)
    names = [str(file.filename) for file in sent]
    if len(set(names)) < len(names):
        raise Unreadable("upload-names")
    incoming = read_rows(schema, read_sent((name, file.read()) for name, file in zip(names, sent, strict=True)))
    return {**form, "incoming": incoming}

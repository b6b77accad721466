"""Files that somebody sends: so many, so large, and read in a process of their own (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from flask import current_app, request
from flask_smorest.fields import Upload
from marshmallow import fields, validate

from audit_service.errors import Unreadable
from audit_service.files.kinds import kind_of
from audit_service.files.spreadsheets import read_sent
from audit_service.use_cases.visited import File
from audit_service.web.asking import asking
from schemas.answers.outcomes import file_json
from schemas.asks.bodies import Ask, maybe_text
from schemas.fields import RosterSchema
from schemas.rows import read_rows

if TYPE_CHECKING:
    from audit_service.keeping import Keeping

View = TypeVar("View", bound=Callable[..., Any])
MOST_FILES: Final = 50
MOST_BYTES: Final = 128 << 20
"""Of a whole request with files; each file has its own, smaller limit."""
MOST_WITHOUT: Final = 1 << 20
"""Of any other: JSON is read into memory, from strangers too."""


def limit_body() -> None:
    """Before each request: only what goes where files are taken may be large, whatever it calls itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "takes_files", False):
        request.max_content_length = MOST_WITHOUT


def takes_files(view: View) -> View:
    """Say that a view takes files, which may be large."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class FilesAsk(Ask):
    """Rosters in one form, each file in a field `files`."""

    files = fields.List(
        Upload(metadata={"type": "string", "format": "binary"}),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": "Workbooks (.xlsx, .xls) or CSV files"},
    )


class UploadAsk(Ask):
    """`complete` if the files are the whole roster."""

    complete = fields.Boolean(load_default=False)


class UnitsUploadAsk(UploadAsk):
    """`issue_codes` for units that have no code and are in no table; `city` of rows that name none."""

    issue_codes = fields.Boolean(load_default=False)
    city = maybe_text(100)


def one_upload(files: Mapping[str, Any]) -> tuple[str, bytes]:
    """The name and the bytes of the one file that was sent; `Unreadable` for none or several."""
    sent = [file for file in files["files"] if file.filename]
    if len(sent) != 1:
        raise Unreadable("upload-one", found=len(sent))
    return str(sent[0].filename), sent[0].read()


class Sent(NamedTuple):
    """A file of evidence that was put in its place, and is now to be known."""

    file: File
    data: bytes


def put_upload(keeping: Keeping, files: Mapping[str, Any]) -> Sent:
    """Put the one file that was sent where evidence lies, before the transaction that is to know of it."""
    name, data = one_upload(files)
    kind = kind_of(name, data)
    return Sent(File(keeping.put(data), name, kind, len(data)), data)


def put_sent(_: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    """The same, before an act that takes nothing else and may be done at any time."""
    return {"sent": put_upload(asking().runtime.keeping, files)}


def keep_upload(keeping: Keeping, sent: Sent) -> dict[str, Any]:
    """What is told of a file that is known now; the last thing that its transaction does."""
    keeping.ensure(sent.file.digest, sent.data)
    return {"file": file_json(sent.file)}


class RegisterUploadAsk(Ask):
    """What a register of hazards is: its name as an occasion, its policy and source (all three are needed, which the
    description of a form with files cannot say), and how grave what names no severity is."""

    occasion = maybe_text(100)
    policy = maybe_text(100)
    source = maybe_text(100)
    severity = maybe_text(100)


def read_upload(schema: RosterSchema, form: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    """The form with what the files say, under `incoming`; `Unreadable` for none, too many, or two of one name."""
    sent = [file for file in files["files"] if file.filename]
    if not sent or len(sent) > MOST_FILES:
        raise Unreadable("upload-count", found=len(sent), most=MOST_FILES)
    names = [str(file.filename) for file in sent]
    if len(set(names)) < len(names):
        raise Unreadable("upload-names")
    incoming = read_rows(schema, read_sent((name, file.read()) for name, file in zip(names, sent, strict=True)))
    return {**form, "incoming": incoming}

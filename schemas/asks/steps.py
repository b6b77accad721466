"""What requests say about findings and exit cases: each step has a body of its own, made of what the step must say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from marshmallow import fields, validate

from audit_service.core import exits, rectification
from audit_service.core.after import ENDINGS
from audit_service.core.colours import COLOURS
from audit_service.core.steps import Said, Shown
from audit_service.use_cases import case_views
from schemas.asks.bodies import SHA256, Ask, PageAsk, maybe_name, maybe_text, name, text

MOST_FILES: Final = 50


class ShownAsk(Ask):
    """A file that shows something and is kept of the same finding or case, by the digest of its bytes."""

    name = text(200)
    sha256 = fields.String(required=True, validate=SHA256)


def _files(*, required: bool) -> fields.Field[Any]:
    length = validate.Length(1 if required else 0, MOST_FILES)
    more: dict[str, Any] = {"required": True} if required else {"load_default": []}
    return fields.List(fields.Nested(ShownAsk), validate=length, **more)


_ALWAYS: Final = ("document", "text", "files")
"""What every step may say, whether it must or not."""


def _field(what: str, *, required: bool) -> fields.Field[Any]:
    if what == "files":
        return _files(required=required)
    if what == "deadline":
        return fields.Date(required=True) if required else fields.Date(load_default=None, allow_none=True)
    if what == "ending":
        return fields.String(required=True, validate=validate.OneOf(ENDINGS))
    if what == "findings":
        return fields.List(name(), load_default=[], validate=validate.Length(max=1000))
    if what == "number":
        return fields.Integer(required=True, validate=validate.Range(1, 10_000))
    return text(200 if what == "person" else 2000) if required else maybe_text()


def step_ask(step: str, needs: Sequence[str], may: Sequence[str] = ()) -> type[Ask]:
    """The body of a step that must say some things; `day` is that of its document, or on which it was done. Its files
    were sent before."""
    every = dict.fromkeys((*needs, *_ALWAYS, *may))
    named = {what: _field(what, required=what in needs) for what in every if what != "request"}
    everything: dict[str, Any] = {"day": fields.Date(required=True), **named}
    return type(f"{step.title().replace('-', '')}Ask", (Ask,), everything)


def said_of(step: str, body: Mapping[str, Any], **more: Any) -> Said:
    """The step that a body says."""
    plain = {what: body[what] for what in ("document", "text", "person", "ending", "number") if what in body}
    deadline = body.get("deadline")
    files = tuple(Shown(file["name"], file["sha256"]) for file in body.get("files", ()))
    about = tuple(body.get("findings", ()))
    days = {"day": body["day"].isoformat(), "deadline": deadline.isoformat() if deadline else ""}
    return Said(**{"step": step, **plain, **days, "files": files, "findings": about, **more})


class NotifyAsk(Ask):
    """Which findings of an outcome are notified by which document; none named means all that are open."""

    occasion = name()
    unit = name()
    findings = fields.List(name(), load_default=[], validate=validate.Length(max=1000))
    day = fields.Date(required=True)
    document = text()
    text = maybe_text()
    deadline = fields.Date(load_default=None, allow_none=True)


class RecheckAsk(Ask):
    """A recheck: whether it passed, by which document, and a new deadline if it did not."""

    passed = fields.Boolean(required=True)
    day = fields.Date(required=True)
    document = text()
    text = maybe_text()
    deadline = fields.Date(load_default=None, allow_none=True)
    files = _files(required=False)


class OfficeRecheckAsk(RecheckAsk):
    """A recheck that came on paper and that the office records: who did it, and the scan."""

    person = text(200)
    files = _files(required=True)


class FindingsAsk(PageAsk):
    """Which findings."""

    city = maybe_name()
    unit = maybe_name()
    occasion = maybe_name()
    policy = maybe_name()
    severity = maybe_name()
    source = maybe_name()
    state = fields.String(
        load_default="", validate=validate.OneOf(["", *(state.value for state in rectification.FindingState)])
    )
    colour = fields.String(load_default="", validate=validate.OneOf(["", *COLOURS]))
    ended = fields.Boolean(load_default=True)


class CasesAsk(PageAsk):
    """Which exit cases."""

    city = maybe_name()
    unit = maybe_name()
    policy = maybe_name()
    state = fields.String(
        load_default="",
        validate=validate.OneOf(["", *(state.value for state in exits.CaseState), case_views.UNDER_PROCEDURE]),
    )
    ended = fields.Boolean(load_default=True)
    overdue = fields.Boolean(load_default=False)


class OpenCaseAsk(Ask):
    """On which trigger a case is opened; the cause by its occasion or finding where there are several, the policy and a
    document where the office opens it by itself."""

    trigger = name()
    unit = name()
    occasion = maybe_name()
    finding = maybe_name()
    policy = maybe_name()
    day = fields.Date(required=True)
    document = maybe_text()
    text = maybe_text()

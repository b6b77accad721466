"""Answers about packets, releases, notices and deposits."""

from __future__ import annotations

from collections.abc import Iterable

from marshmallow import fields

from audit_service.core.unit_days import Opened
from audit_service.use_cases.releases import Released
from schemas.answers.parts import Out, flag, many, text, texts, whole


class OwnPacketOut(Out):
    """A packet that one is on."""

    round = text()
    packet = text()
    role = text()


class MateOut(Out):
    """Somebody of a team."""

    inspector = text()
    role = text()


class OpenedPacketOut(Out):
    """A packet as its team sees it."""

    round = text()
    packet = text()
    units = texts()
    team = many(MateOut)


class ReleasedOut(Out):
    """Units that their city may know of from `since` on, visited from `visit` on."""

    draw = text()
    city = text()
    units = texts()
    since = text()
    visit = text()


class NoticeOut(Out):
    """A unit's notice: the text that it checks."""

    unit = text()
    notice = text()


class NoticesOut(Out):
    """Notices; `logged` if they prove that the root is in the log."""

    items = many(NoticeOut)
    logged = flag()


class CheckedNoticeOut(Out):
    """What a notice shows: `verified` where its root is one that is known."""

    verdict = text()
    unit = text()
    stratum = text()
    city = text()
    draw = text()
    position = whole()
    sampled = whole()
    drawn = flag()
    root = text()


class OpeningOut(Out):
    """Something that happened under a seal: its value and opening, the act of its batch, and its place there."""

    value = fields.Dict(required=True)
    opening = text()
    act = whole()
    place = whole()
    path = texts()
    root = text()


class OpeningsOut(Out):
    """Everything that happened under a seal."""

    name = text()
    openings = many(OpeningOut)


class DepositOut(Out):
    """A secret, encrypted to a third party's key."""

    name = text()
    fingerprint = text()
    deposit = fields.Dict(required=True)


class ConfirmedDepositOut(Out):
    """Who holds a secret; `late`: confirmed after the first event; `shown`: by another institution, not the office."""

    holder = text()
    late = flag()
    shown = flag()


def released_json(found: Released) -> dict[str, object]:
    """Units that their city may know of."""
    days = {"since": found.since.isoformat(), "visit": found.visit.isoformat()}
    return {"draw": found.draw, "city": found.city, "units": list(found.units), **days}


def openings_json(name: str, found: Iterable[Opened]) -> dict[str, object]:
    """Everything that happened under a seal, each checked against the batch of the log in which it is."""
    return {"name": name, "openings": [_opening_json(opened) for opened in found]}


def _opening_json(opened: Opened) -> dict[str, object]:
    opened.check()
    proof = {"place": opened.place, "path": [found.hex() for found in opened.path], "root": opened.root}
    return {"value": dict(opened.value), "opening": opened.opening, "act": opened.act, **proof}

"""Answers about packets, releases, notices and deposits."""

from __future__ import annotations

from marshmallow import fields

from audit_service.use_cases.releases import Released
from schemas.answers.parts import Out, flag, many, text, texts, whole


class OwnPacketOut(Out):
    """A packet that one is on."""

    round = text()
    packet = text()
    role = text()


class OwnPacketsOut(Out):
    """One's own packets."""

    items = many(OwnPacketOut)


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


class ReleasesOut(Out):
    """What was released."""

    items = many(ReleasedOut)


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


class DepositOut(Out):
    """A secret, encrypted to a third party's key."""

    name = text()
    fingerprint = text()
    deposit = fields.Dict(required=True)


class ConfirmedDepositOut(Out):
    """Who holds a secret; `late` if that was confirmed after the first event."""

    holder = text()
    late = flag()


def released_json(found: Released) -> dict[str, object]:
    """Units that their city may know of."""
    days = {"since": found.since.isoformat(), "visit": found.visit.isoformat()}
    return {"draw": found.draw, "city": found.city, "units": list(found.units), **days}

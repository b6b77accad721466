"""Outcomes that wait for signatures: of each member who has to sign, and of the unit, whose answer the office sees to.

What is under a seal the office and the team alone learn, the team once it has opened its packet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from audit_service.core.acts import beijing_day
from audit_service.core.canonical import parse_time
from audit_service.core.due import Kind, Waiting
from audit_service.core.outcomes import SIGNED, THE_UNIT
from audit_service.store import waiting as store
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.packets import told_of
from audit_service.use_cases.visited import Visited, sealed_visits
from audit_service.vault import Vault


class _Lacking(NamedTuple):
    """An outcome of which signatures are missing."""

    occasion: str
    unit: str
    city: str
    policy: str
    at: datetime
    missing: tuple[str, ...]


def signatures(at: Occasions, vault: Vault, inspector: str) -> Iterator[Waiting]:
    """The signatures that are missing: all of them, or an inspector's own; by the policy's days."""
    lacking = [_Lacking(each.occasion, each.unit, each.city, each.policy, each.at, each.missing)
               for each in at.drafts]  # fmt: skip
    for each in (*lacking, *_sealed(at, vault, inspector)):
        since = beijing_day(each.at)
        last = _last(at, each, since)
        for signer in each.missing:
            if inspector in ("", signer):
                kind = Kind.ANSWER if signer == THE_UNIT else Kind.SIGN
                where = each.occasion, each.unit, each.city, at.campaign(each.occasion), each.policy
                yield Waiting(kind, last, *where, since.isoformat(), each.occasion, signer=signer)


def _last(at: Occasions, each: _Lacking, since: date) -> str:
    return (since + timedelta(days=at.after(each.occasion, each.policy).signing_days)).isoformat()


def _sealed(at: Occasions, vault: Vault, inspector: str) -> Iterator[_Lacking]:
    for draw in (each for each in store.drawn(at.db) if each.sealed):
        visits = sealed_visits(at.db, vault, draw.draw)
        packets = {_packet(found) for found in visits.values()}
        told = told_of(at.db, vault, draw.draw, packets) if inspector else packets
        for unit, found in sorted(visits.items()):
            latest = found.latest
            if latest and found.state != SIGNED and _packet(found) in told:
                city, when = str(latest.content["city"]), parse_time(latest.at, "at")
                yield _Lacking(draw.draw, unit, city, draw.policy, when, tuple(found.unsigned))


def _packet(found: Visited) -> str:
    return str(found.latest.content["packet"]) if found.latest else ""

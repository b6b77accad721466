"""What only some may know: one's packets, what was released to a city, notices, deposits of secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from audit_service.core import notice
from audit_service.core.acts import beijing_day
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.rights import Right
from audit_service.sealing import fingerprint, read_public, seal_deposit
from audit_service.signing import verify as check_note
from audit_service.use_cases import committing, deposits
from audit_service.use_cases.notices import make_notices
from audit_service.use_cases.packets import open_packet, own_packets
from audit_service.use_cases.releases import Released, release, released_units
from audit_service.web.api.parts import ROUND, acts, asks, reads, resource
from audit_service.web.asking import Asking, asking
from schemas.answers.desk import StateOut
from schemas.answers.sealed import (
    CheckedNoticeOut,
    ConfirmedDepositOut,
    DepositOut,
    NoticesOut,
    OpenedPacketOut,
    OwnPacketsOut,
    ReleasedOut,
    ReleasesOut,
    released_json,
)
from schemas.asks.sealed import (
    DepositAsk,
    DepositConfirmAsk,
    HandedAsk,
    NoticeCheckAsk,
    NoticesAsk,
    PacketAsk,
    ReleaseAsk,
)

packets = resource("assignments", "assignments")
releases = resource("releases", "releases")
notices = resource("notices", "notices")
draws = resource("sealed", "draws/<string:draw>")
DEPOSITOR = "deposit"
"""In whose name a secret is handed in by who holds the deposit: whoever knows it needs no account."""
Json = Mapping[str, Any]


def _inspector() -> str:
    return asking().caller_known.account.inspector


@reads(packets, "", Right.ASSIGNMENTS_OWN, OwnPacketsOut)
def own() -> Json:
    """The packets that one is on; what is in them is not told before they are opened"""
    asked = asking()
    with asked.look() as db:
        found = own_packets(db, asked.vault, _inspector())
    return {"items": [{"round": one.round, "packet": one.packet, "role": one.role} for one in found]}


@acts(packets, "/open", Right.ASSIGNMENTS_OWN, OpenedPacketOut, PacketAsk, sealed=True)
def open_one(db: Connection, asked: Asking, body: Json) -> Json:
    """Open a packet of one's own: its units and team; that it was opened is recorded"""
    found = open_packet(db, asked.act, asked.vault, body["draw"], body["packet"], _inspector())
    team = [{"inspector": seat.inspector, "role": seat.role} for seat in found.team]
    return {"round": found.round, "packet": found.packet, "units": list(found.units), "team": team}


@reads(releases, "", Right.UNITS_OWN, ReleasesOut)
def released() -> Json:
    """Which of one's city's units will be visited, as far as the office has released it"""
    asked = asking()
    with asked.look() as db:
        found: list[Released] = released_units(db, asked.vault, asked.city(), beijing_day(asked.now))
    return {"items": [released_json(entry) for entry in found]}


@acts(draws, "/releases", Right.DRAWS_ACT, ReleasedOut, ReleaseAsk, status=201, sealed=True)
def make_release(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Release a draw's units to their city, some days before the visit"""
    return released_json(release(db, asked.act, asked.vault, draw, body["city"], body["visit"], body["days"]))


@acts(draws, "/notices", Right.DRAWS_ACT, NoticesOut, NoticesAsk, once=False)
def make(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Make the notices of units that are inspected, or of all: the text that each unit can check; it is recorded"""
    found = make_notices(db, asked.act, asked.vault, draw, body["units"] or None)
    texts = [{"unit": proof.leaf.unit, "notice": notice.write(proof, found.log)} for proof in found.proofs]
    return {"items": texts, "logged": found.log is not None}


@asks(notices, "/check", Right.ANYBODY, CheckedNoticeOut, NoticeCheckAsk)
def check(body: Json) -> Json:
    """Check a notice: that its unit's leaf is in the tree whose root the office has logged"""
    anchors = notice.Anchors(body["root"] or None, asking().runtime.seal.key, None, check_note)
    found = notice.check(body["notice"], anchors)
    leaf = found.notice.leaf
    facts = {"unit": leaf.unit, "stratum": leaf.stratum, "city": leaf.city, "draw": found.notice.draw}
    places = {"position": leaf.position, "sampled": leaf.sampled, "drawn": leaf.drawn, "root": found.notice.root}
    return {"verdict": "verified" if found.anchored else "consistent", **facts, **places}


def _deposit(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    public = read_public(body["public_key"].encode())
    found = deposits.make_deposit(db, asked.act, asked.vault, draw, number, deposits.KEY, fingerprint(public))
    return {"name": found.name, "fingerprint": fingerprint(public), "deposit": json.loads(seal_deposit(found, public))}


@acts(draws, "/deposit", Right.DRAWS_ACT, DepositOut, DepositAsk, status=201)
def deposit(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Hand the secret of a sealed draw to a third party, encrypted to their key"""
    return _deposit(db, asked, body, draw, SAMPLE_ROUND)


@acts(draws, f"{ROUND}/deposit", Right.DRAWS_ACT, DepositOut, DepositAsk, status=201)
def deposit_round(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Hand the secret of a sealed round to a third party, encrypted to their key"""
    return _deposit(db, asked, body, draw, number)


def _confirm(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    found = deposits.confirm_deposit(db, asked.act, draw, number, body["holder"], body["digest"])
    return {"holder": body["holder"], "late": found.late}


@acts(draws, "/deposit/confirm", Right.DRAWS_ACT, ConfirmedDepositOut, DepositConfirmAsk)
def confirm(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Write down that a third party holds the secret: the digest that it computed is the committed one"""
    return _confirm(db, asked, body, draw, SAMPLE_ROUND)


@acts(draws, f"{ROUND}/deposit/confirm", Right.DRAWS_ACT, ConfirmedDepositOut, DepositConfirmAsk)
def confirm_round(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Write down that a third party holds the secret of a round"""
    return _confirm(db, asked, body, draw, number)


def _handed(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> None:
    act = asked.act if asked.caller else replace(asked.act, by=DEPOSITOR)
    committing.reveal(db, act, asked.vault, draw, number, body["secret"])


@acts(draws, "/reveal-deposited", Right.ANYBODY, StateOut, HandedAsk)
def reveal(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Reveal an overdue draw by its deposited secret; whoever holds it needs nobody else"""
    _handed(db, asked, body, draw, SAMPLE_ROUND)
    return {"name": draw, "state": "revealed", "request": None}


@acts(draws, f"{ROUND}/reveal-deposited", Right.ANYBODY, StateOut, HandedAsk)
def reveal_round(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Reveal an overdue round by its deposited secret"""
    _handed(db, asked, body, draw, number)
    return {"name": f"{draw}/{number}", "state": "revealed", "request": None}

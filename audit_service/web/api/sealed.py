"""What only some may know: one's packets, what was released to a city, notices, deposits of secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy import Connection

from audit_service.core import notice
from audit_service.core.acts import beijing_day
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.rights import Right
from audit_service.papers import places
from audit_service.sealing import fingerprint, read_public, seal_deposit
from audit_service.signing import verify as check_note
from audit_service.use_cases import committing, deposits
from audit_service.use_cases.happenings import openings
from audit_service.use_cases.notices import Notices, record_notices
from audit_service.use_cases.packets import open_packet, own_packets
from audit_service.use_cases.releases import Released, release, released_units
from audit_service.web.api.papers import written_notices
from audit_service.web.api.parts import ROUND, acts, asks, reads, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.paging import page_of
from schemas.answers.desk import StateOut
from schemas.answers.parts import paged
from schemas.answers.sealed import (
    CheckedNoticeOut,
    ConfirmedDepositOut,
    DepositOut,
    NoticesOut,
    OpenedPacketOut,
    OpeningsOut,
    OwnPacketOut,
    ReleasedOut,
    openings_json,
    released_json,
)
from schemas.asks.bodies import PageAsk
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


@reads(packets, "", Right.ASSIGNMENTS_OWN, paged(OwnPacketOut), PageAsk)
def own(query: Json) -> Json:
    """The packets that one is on; what is in them is not told before they are opened"""
    asked = asking()
    with asked.look() as db:
        found = own_packets(db, asked.vault, _inspector())
    return page_of(found, query, vars)


@acts(packets, "/open", Right.ASSIGNMENTS_OWN, OpenedPacketOut, PacketAsk, sealed=True)
def open_one(db: Connection, asked: Asking, body: Json) -> Json:
    """Open a packet of one's own: its units and team; that it was opened is recorded"""
    found = open_packet(db, asked.act, asked.vault, body["draw"], body["packet"], _inspector())
    team = [{"inspector": seat.inspector, "role": seat.role} for seat in found.team]
    return {"round": found.round, "packet": found.packet, "units": list(found.units), "team": team}


@reads(releases, "", Right.UNITS_OWN, paged(ReleasedOut), PageAsk)
def released(query: Json) -> Json:
    """Which of one's city's units will be visited, as far as the office has released it"""
    asked = asking()
    with asked.look() as db:
        found: list[Released] = released_units(db, asked.vault, asked.city(), beijing_day(asked.now))
    return page_of(found, query, released_json)


@reads(releases, "/<string:city>", Right.DRAWS_ACT, paged(ReleasedOut), PageAsk)
def released_to(query: Json, city: str) -> Json:
    """What a city sees of its units today, for the office"""
    asked = asking()
    with asked.look() as db:
        code = places.city_code(db, city)
        found = released_units(db, asked.vault, code, beijing_day(asked.now))
    return page_of(found, query, released_json)


@acts(draws, "/releases", Right.DRAWS_ACT, ReleasedOut, ReleaseAsk, status=201, sealed=True)
def make_release(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Release a draw's units to their city, some days before the visit"""
    return released_json(release(db, asked.act, asked.vault, draw, body["city"], body["visit"], body["days"]))


def _texts(body: Json) -> Json:
    """The texts, before the transaction that records them."""
    found, files = written_notices((request.view_args or {})["draw"], body["units"] or None, "json")
    return {"found": found, "texts": [data.decode() for data in files.values()]}


@acts(draws, "/notices", Right.DRAWS_ACT, NoticesOut, NoticesAsk, once=False, before=_texts)
def make(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Make the notices of units that are inspected, or of all: the text that each unit can check; it is recorded"""
    found: Notices = body["found"]
    record_notices(db, asked.act, asked.vault, found)
    units = [proof.leaf.unit for proof in found.proofs]
    items = [{"unit": unit, "notice": told} for unit, told in zip(units, body["texts"], strict=True)]
    return {"items": items, "logged": found.log is not None}


def _openings(name: str, draw: str, number: int) -> Json:
    asked = asking()
    with asked.look() as db:
        return openings_json(name, openings(db, asked.vault, draw, number))


@reads(draws, "/openings", Right.DRAWS_READ, OpeningsOut)
def opened(draw: str) -> Json:
    """What happened to single units under a draw's seal, after its reveal, with what shows that the log has it"""
    return _openings(draw, draw, SAMPLE_ROUND)


@reads(draws, f"{ROUND}/openings", Right.DRAWS_READ, OpeningsOut)
def opened_round(draw: str, number: int) -> Json:
    """What happened to single packets under a round's seal, after its reveal"""
    return _openings(f"{draw}/{number}", draw, number)


@asks(notices, "/check", Right.ANYBODY, CheckedNoticeOut, NoticeCheckAsk)
def check(body: Json) -> Json:
    """Check a notice: that its unit's leaf is in the tree whose root the office has logged"""
    anchors = notice.Anchors(body["root"] or None, asking().runtime.seal.key, None, check_note)
    found = notice.check(body["notice"], anchors)
    leaf = found.notice.leaf
    facts = {"unit": leaf.unit, "stratum": leaf.stratum, "city": leaf.city, "draw": found.notice.draw}
    told = {"position": leaf.position, "sampled": leaf.sampled, "drawn": leaf.drawn, "root": found.notice.root}
    return {"verdict": "verified" if found.anchored else "consistent", **facts, **told}


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
    found = deposits.confirm_deposit(db, asked.act, draw, number, body["holder"], body["digest"], asked.caller)
    return {"holder": found.holder, "late": found.late, "shown": found.shown}


@acts(draws, "/deposit/confirm", Right.DEPOSITS_CONFIRM, ConfirmedDepositOut, DepositConfirmAsk)
def confirm(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Confirm that one holds the secret, as another institution; of the office it is kept as what the office says"""
    return _confirm(db, asked, body, draw, SAMPLE_ROUND)


@acts(draws, f"{ROUND}/deposit/confirm", Right.DEPOSITS_CONFIRM, ConfirmedDepositOut, DepositConfirmAsk)
def confirm_round(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Confirm that one holds the secret of a round, as another institution, or say so as the office"""
    return _confirm(db, asked, body, draw, number)


def _returned(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    found = deposits.give_back(db, asked.act, asked.vault, draw, number, body["secret"])
    return {"name": found.name, "state": "returned", "request": None}


@acts(draws, "/deposit/return", Right.DRAWS_ACT, StateOut, HandedAsk)
def give_back(db: Connection, asked: Asking, body: Json, draw: str) -> Json:
    """Take the secret of a sealed draw back from who holds the deposit, since the key that opened it is lost"""
    return _returned(db, asked, body, draw, SAMPLE_ROUND)


@acts(draws, f"{ROUND}/deposit/return", Right.DRAWS_ACT, StateOut, HandedAsk)
def give_back_round(db: Connection, asked: Asking, body: Json, draw: str, number: int) -> Json:
    """Take the secret of a sealed round back from who holds the deposit"""
    return _returned(db, asked, body, draw, number)


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

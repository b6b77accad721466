"""What people look up in the rosters, and what auditors look at: nothing here changes anything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.packets import make_packets
from audit_service.errors import NotFound
from audit_service.store import draws as draws_store
from audit_service.store import pages, refusals, tables
from audit_service.use_cases.drawn import latest_seats, open_draw, sample_of
from audit_service.vault import Vault

units = pages.units_page
people = pages.people_page
recusals = pages.recusals_page
targets = pages.targets_page
attempts = pages.attempts_page


def unit(db: Connection, code: str, city: str) -> list[dict[str, Any]]:
    """A unit's versions, the last one that of now; `NotFound` for none, and for one of another city."""
    found = pages.versions_of(db, tables.units.c.unit, code)
    if not found or (city and found[-1]["city"] != city):
        raise NotFound("unit-not-known", unit=code)
    return found


def person(db: Connection, code: str, city: str) -> dict[str, Any]:
    """An inspector of the roster; `NotFound` for none, and for one of another city."""
    found = pages.versions_of(db, tables.people.c.inspector, code)
    if not found or found[-1]["superseded_in"] is not None or (city and found[-1]["city"] != city):
        raise NotFound("person-not-known", inspector=code)
    return found[-1]


def campaigns(db: Connection) -> list[dict[str, Any]]:
    """Every campaign with its policy and its draws."""
    draws = draws_store.all_draws(db)
    return [
        {
            "campaign": campaign,
            "policy": draws_store.campaign_policy(db, campaign),
            "draws": [row.draw for row in draws if row.campaign == campaign],
        }
        for campaign in draws_store.campaigns(db)
    ]


def refused(db: Connection, act: Act, asked: str, subject: str, code: str) -> None:
    """Keep that somebody tried what was refused."""
    refusals.add(db, act, asked, subject, code)


def packets_of(db: Connection, vault: Vault, inspector: str) -> list[dict[str, Any]]:
    """The packets that somebody is on, in every draw that stands: the team by code, and the units."""
    found = []
    for row in draws_store.all_draws(db):
        progress = draws_store.progress_of(db, row.draw, SAMPLE_ROUND)
        if not (progress.live and progress.run):
            continue
        draw = open_draw(db, row.draw)
        seats = latest_seats(db, vault, draw)
        own = {seat.packet for seat in seats if seat.inspector == inspector}
        if not own:
            continue
        sample = sample_of(db, vault, draw)
        packets = make_packets(draw.programme.public_teams, sample, draws_store.substitutions_of(db, row.draw))
        found += [
            {
                "draw": row.draw,
                "packet": packet.packet,
                "pool": packet.pool,
                "units": list(packet.units),
                "team": [
                    {"inspector": seat.inspector, "role": seat.role} for seat in seats if seat.packet == packet.packet
                ],
            }
            for packet in packets
            if packet.packet in own and packet.units
        ]
    return found

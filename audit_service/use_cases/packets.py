"""A team opens its packet: it alone learns which units it inspects, and that it did is recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.frozen import Seat
from audit_service.core.packets import make_packets
from audit_service.errors import NotFound
from audit_service.store import draws as store
from audit_service.use_cases import happenings
from audit_service.use_cases.drawn import Draw, latest_round, latest_seats, open_draw, sample_of, take_draw
from audit_service.vault import Vault


@dataclass(frozen=True)
class OpenedPacket:
    """A packet as its team sees it: its units, and who is on it in which role."""

    round: str
    packet: str
    units: tuple[str, ...]
    team: tuple[Seat, ...]


@dataclass(frozen=True)
class OwnPacket:
    """A packet that somebody is on, not yet opened: its name says nothing of its units."""

    round: str
    packet: str
    role: str


def open_packet(db: Connection, act: Act, vault: Vault, draw: str, packet: str, inspector: str) -> OpenedPacket:
    """The units of a packet, for a member of its team by the latest assignment; that it was opened is recorded.

    `NotFound`, in the same words, for everybody else, whether there is such a draw, round or packet or not.
    """
    if draw not in {row.draw for row in store.all_draws(db)}:
        raise _nothing(draw, packet)
    opened = take_draw(db, act, draw)
    number, seats = _latest(db, vault, opened)
    team = tuple(seat for seat in seats if seat.packet == packet)
    if inspector not in {seat.inspector for seat in team}:
        raise _nothing(draw, packet)
    pools = opened.programme.public_teams
    packets = make_packets(pools, sample_of(db, vault, opened), store.substitutions_of(db, draw))
    units = next(found.units for found in packets if found.packet == packet)
    happenings.record(db, act, "packet-open", vault, draw, number, packet=packet, inspector=inspector)
    return OpenedPacket(store.round_name(draw, number), packet, units, team)


def own_packets(db: Connection, vault: Vault, inspector: str) -> list[OwnPacket]:
    """The packets that somebody is on by the latest assignment of each draw."""
    found = []
    for row in store.all_draws(db):
        number, seats = _latest(db, vault, open_draw(db, row.draw))
        name = store.round_name(row.draw, number)
        found += [OwnPacket(name, seat.packet, seat.role) for seat in seats if seat.inspector == inspector]
    return found


def told_of(db: Connection, vault: Vault, draw: str, packets: Collection[str]) -> Collection[str]:
    """Those of a draw's packets whose units their team may be told of without a word about it in the log.

    All of them once it is public who inspects what; under a seal those alone that somebody of the team has opened by
    the latest assignment, so that nobody learns of a unit by another way than the one that is recorded.
    """
    number = latest_round(db, draw)
    if not happenings.is_sealed(db, draw, number):
        return packets
    opened = {value["packet"] for value in happenings.told(db, vault, draw, number, "packet-open")}
    return opened.intersection(packets)


def _latest(db: Connection, vault: Vault, draw: Draw) -> tuple[int, Sequence[Seat]]:
    """The latest round that was carried out, and its seats; 0 and nobody where there is none."""
    if store.progress_of(db, draw.row.draw, SAMPLE_ROUND).state is not State.DRAWN:
        return 0, ()
    return latest_round(db, draw.row.draw), latest_seats(db, vault, draw)


def _nothing(draw: str, packet: str) -> NotFound:
    return NotFound("packet-not-yours", draw=draw, packet=packet)

"""Visits: which unit is visited on which occasion, by which team, under which rules.

An occasion is a draw, whose packets tell who inspects what, or a check beside the sample (定向抽查), whose team the
office named. Whoever has no business with a visit is told in the same words that there is none, whether there is or
not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.packets import make_packets
from audit_service.core.policy import Programme
from audit_service.errors import NotFound
from audit_service.store import acts, rosters, tables
from audit_service.store import draws as store
from audit_service.store.visit_tables import checks, findings
from audit_service.use_cases.checks import opened_on
from audit_service.use_cases.drawn import latest_seats, open_draw, sample_of
from audit_service.use_cases.happenings import is_sealed
from audit_service.use_cases.notices import inspected
from audit_service.use_cases.packets import told_of
from audit_service.use_cases.policies import Policies, bound
from audit_service.use_cases.reconciling import as_attributes
from audit_service.vault import Vault

OFFICE = ""
"""Who records where it is no inspector: the office, on behalf of a team, by the signed paper."""


@dataclass(frozen=True)
class Visit:
    """A visit of a unit. `whose` is the unit itself where a finding was drawn (`unit` is the finding then).

    `stratum` is empty of a check, which no estimate counts; `checklist` is the stratum by whose standards the unit is
    looked at; `since` the first day on which it could be; `sealed` whether nobody else may know of it yet.
    """

    occasion: str
    unit: str
    whose: str
    city: str
    stratum: str
    checklist: str
    packet: str
    team: tuple[str, ...]
    programme: Programme
    campaign: str
    since: date
    sealed: bool

    @property
    def subject(self) -> str:
        """Under what name the log and the files of evidence know it."""
        return f"{self.occasion}/{self.unit}"

    @property
    def beside(self) -> bool:
        """Whether it is a check beside the sample, of which the unit's city learns by its outcome, not before."""
        return not self.stratum

    def is_for(self, inspector: str) -> bool:
        """Whether it is an inspector's own, or the office asks."""
        return inspector in (OFFICE, *self.team)


def visit_of(db: Connection, vault: Vault, policies: Policies, occasion: str, unit: str) -> Visit:
    """A visit; `NotFound` where there is none."""
    check = rosters.one(db, checks, occasion=occasion)
    found = _of_check(db, policies, check, unit) if check else _of_draw(db, vault, occasion, unit)
    if found is None:
        raise no_visit(occasion, unit)
    return found


def own_visit(db: Connection, vault: Vault, policies: Policies, occasion: str, unit: str, inspector: str) -> Visit:
    """A visit of an inspector's own, or any where the office asks.

    `NotFound` in the same words for another, and for one of a packet under a seal that its team has not opened.
    """
    found = visit_of(db, vault, policies, occasion, unit)
    own = found.is_for(inspector)
    if own and inspector != OFFICE and found.packet:
        own = found.packet in told_of(db, vault, occasion, [found.packet])
    if not own:
        raise no_visit(occasion, unit)
    return found


def no_visit(occasion: str, unit: str) -> NotFound:
    """There is none, or it is not theirs to know."""
    return NotFound("visit-none", occasion=occasion, unit=unit)


def whose(db: Connection, member: str) -> str:
    """The unit that a member of a frame is, or in which it was found if it is a finding."""
    finding = rosters.one(db, findings, finding=member)
    return str(finding["unit"]) if finding else member


def _of_check(db: Connection, policies: Policies, check: rosters.Row, unit: str) -> Visit | None:
    if check["unit"] != unit:
        return None
    programme = bound(db, policies, check)
    row = rosters.one(db, tables.units, unit=unit)
    strata = programme.strata_of(as_attributes(row)) if row else []
    return Visit(
        occasion=check["occasion"],
        unit=unit,
        whose=unit,
        city=check["city"],
        stratum="",
        checklist=strata[0] if strata else "",
        packet="",
        team=tuple(check["team"].split(",")),
        programme=programme,
        campaign=check["campaign"],
        since=date.fromisoformat(opened_on(db, check["occasion"])),
        sealed=False,
    )


def _of_draw(db: Connection, vault: Vault, name: str, unit: str) -> Visit | None:
    if not store.is_draw(db, name) or store.progress_of(db, name, SAMPLE_ROUND).state is not State.DRAWN:
        return None
    draw = open_draw(db, name)
    sample = sample_of(db, vault, draw)
    substitutions = store.substitutions_of(db, name)
    if unit not in inspected(sample, substitutions):
        return None
    packets = make_packets(draw.programme.public_teams, sample, substitutions)
    packet = next((packet.packet for packet in packets if unit in packet.units), "")
    seats = latest_seats(db, vault, draw) if packet else []
    drawn = sample.by_unit[unit]
    ran = store.commitments_of(db, name)[SAMPLE_ROUND].run_in
    return Visit(
        occasion=name,
        unit=unit,
        whose=whose(db, unit),
        city=drawn.city,
        stratum=drawn.stratum,
        checklist=drawn.stratum,
        packet=packet,
        team=tuple(seat.inspector for seat in seats if seat.packet == packet),
        programme=draw.programme,
        campaign=draw.row.campaign,
        since=beijing_day(acts.act_of(db, ran or 0).at),
        sealed=is_sealed(db, name),
    )

"""Outcomes as who asks may see them: the office all, oversight and a unit's city what is under no seal, a team its own.

Who may not is told in the words of there being none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from audit_service.core.outcomes import DRAFT, SIGNED
from audit_service.core.policy import Programme
from audit_service.errors import NotFound
from audit_service.store import draws as draws_store
from audit_service.store import rosters
from audit_service.store import visits as store
from audit_service.store.batches import AT_ONCE
from audit_service.store.pages import Page
from audit_service.store.signed import unsigned
from audit_service.store.visit_tables import checks, findings
from audit_service.use_cases.drawn import open_draw
from audit_service.use_cases.happenings import hides_teams, is_sealed
from audit_service.use_cases.policies import Policies, bound
from audit_service.use_cases.visited import (
    Visited,
    from_tables,
    line_of,
    sealed_visits,
    visited,
)
from audit_service.use_cases.visits import no_visit, own_visit, visit_of
from audit_service.vault import Vault


@dataclass(frozen=True)
class Viewer:
    """Who looks: the office, somebody of oversight (neither city nor inspector), a city, or an inspector."""

    office: bool = False
    city: str = ""
    inspector: str = ""


@dataclass(frozen=True)
class Shown:
    """What is known of a visit, and of its findings as the register has them now."""

    occasion: str
    unit: str
    visited: Visited
    findings: list[dict[str, Any]]


def show(db: Connection, vault: Vault, policies: Policies, occasion: str, unit: str, viewer: Viewer) -> Shown:
    """What is known of a visit; `NotFound` in the same words where there is none and where it is not theirs."""
    if viewer.inspector:
        found = visited(db, vault, own_visit(db, vault, policies, occasion, unit, viewer.inspector))
    elif _sealed(db, occasion):
        if not viewer.office:
            raise no_visit(occasion, unit)
        found = visited(db, vault, visit_of(db, vault, policies, occasion, unit))
    else:
        found = from_tables(db, occasion, unit)
    latest = found.latest
    if latest is None and viewer.office:
        visit_of(db, vault, policies, occasion, unit)
    elif latest is None and not viewer.inspector:
        raise no_visit(occasion, unit)
    if viewer.city and (latest is None or latest.content["city"] != viewer.city or not found.is_told):
        raise no_visit(occasion, unit)
    return of_visit(db, occasion, unit, found)


def hides_who(db: Connection, occasion: str, viewer: Viewer) -> bool:
    """Whether somebody is not told who visited: a city never is, oversight not while a round is under a seal."""
    if viewer.office or viewer.inspector:
        return False
    return bool(viewer.city) or (draws_store.is_draw(db, occasion) and hides_teams(db, occasion))


def of_visit(db: Connection, occasion: str, unit: str, found: Visited) -> Shown:
    """What is known of a visit, to who may see it: who has just recorded something of it."""
    return Shown(occasion, unit, found, _findings(db, found))


def rules_of(db: Connection, policies: Policies, occasion: str) -> Programme:
    """The policy by which an occasion's outcomes are judged: a draw's frozen one, of a check that of its order."""
    check = rosters.one(db, checks, occasion=occasion)
    return bound(db, policies, check) if check else open_draw(db, occasion).programme


def _sealed(db: Connection, occasion: str) -> bool:
    return draws_store.is_draw(db, occasion) and is_sealed(db, occasion)


def _findings(db: Connection, found: Visited) -> list[dict[str, Any]]:
    """The findings of all versions as the register has them now: also what a correction withdrew."""
    known = {wrong["finding"] for version in found.versions for wrong in version.content["said"]["findings"]}
    rows = rosters.chosen(db, findings, finding=known - {""})
    return sorted(rows, key=lambda row: str(row["finding"]))


def list_outcomes(db: Connection, vault: Vault, occasion: str, city: str, viewer: Viewer, page: int, size: int) -> Page:
    """The outcomes that count now; of a sealed draw to the office alone, which names it."""
    if viewer.office and occasion and _sealed(db, occasion):
        rows = [
            {**line_of(occasion, unit, found.latest.content), "state": found.state}
            for unit, found in sorted(sealed_visits(db, vault, occasion).items())
            if found.latest and city in ("", found.latest.content["city"])
        ]
        return Page(rows[(page - 1) * size : page * size], len(rows))
    told = bool(viewer.city)
    listed = store.outcomes_page(db, page, size, told=told, occasion=occasion, city=viewer.city or city)
    return Page(_with_states(db, listed.rows), listed.total)


def _with_states(db: Connection, rows: Sequence[rosters.Row]) -> list[rosters.Row]:
    """Outcomes with whether they count yet."""
    units = {str(row["unit"]) for row in rows}
    few = {"unit": units} if len(units) <= AT_ONCE else {}
    drafts = {(each.occasion, each.unit) for each in unsigned(db, None, **few)}
    return [{**row, "state": DRAFT if (row["occasion"], row["unit"]) in drafts else SIGNED} for row in rows]


def one_check(db: Connection, check: str, viewer: Viewer) -> rosters.Row:
    """A check beside the sample; a city sees one of its own units once a visit is recorded, a team its own."""
    row = rosters.one(db, checks, occasion=check)
    if row is None or not _may_see(db, row, viewer):
        raise NotFound("check-none", check=check)
    return row


def _may_see(db: Connection, row: rosters.Row, viewer: Viewer) -> bool:
    if viewer.inspector:
        return viewer.inspector in row["team"].split(",")
    return not viewer.city or (row["city"] == viewer.city and from_tables(db, row["occasion"], row["unit"]).is_told)


def list_checks(db: Connection, viewer: Viewer, campaign: str = "", unit: str = "") -> list[rosters.Row]:
    """The checks beside the sample that somebody may see, by number: all, or those of a campaign, of a unit."""
    wanted = {name: [value] for name, value in (("campaign", campaign), ("unit", unit)) if value}
    rows = rosters.chosen(db, checks, None, **wanted)
    return sorted((row for row in rows if _may_see(db, row, viewer)), key=lambda row: str(row["occasion"]))

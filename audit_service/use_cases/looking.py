"""What people look up in the rosters, and what auditors look at: nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.rights import Role
from audit_service.errors import NotFound
from audit_service.store import acts, pages, refusals, tables
from audit_service.store import draws as draws_store
from audit_service.use_cases import limits
from audit_service.use_cases.happenings import hides_teams, is_sealed

units = pages.units_page
people = pages.people_page
recusals = pages.recusals_page
targets = pages.targets_page
places = pages.places_page


def unit(db: Connection, code: str, city: str) -> list[dict[str, Any]]:
    """A unit's versions, the last one that of now, or the last that there was; `NotFound` for none, and for one of
    another city."""
    found = pages.versions_of(db, tables.units.c.unit, code)
    if not found or (city and found[-1]["city"] != city):
        raise NotFound("unit-not-known", unit=code)
    return found


def unit_now(db: Connection, code: str, city: str) -> dict[str, Any]:
    """A unit as the roster has it, or last had it: `taken_off_on` is the day on which it was taken off, empty while it
    is on it. `NotFound` as for its versions."""
    row = unit(db, code, city)[-1]
    gone = row["superseded_in"]
    day = "" if gone is None else beijing_day(acts.act_of(db, gone).at).isoformat()
    return {**row, "on_roster": gone is None, "taken_off_on": day}


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


def attempts(db: Connection, page: int, size: int) -> pages.Page:
    """What was undone, tried or asked for, and what was refused, the newest first; `times` of what stands for many."""
    found = pages.attempts_page(db, page, size)
    rows = [{**row, **dict(zip(("what", "times"), refusals.read(row["what"]), strict=True))} for row in found.rows]
    return pages.Page(rows, found.total)


def refused(db: Connection, act: Act, asked: str, subject: Mapping[str, str], code: str, now: datetime) -> None:
    """Keep that somebody tried what was refused, on what its address names; of a visit or notice under a seal the draw
    alone, since who is refused there shows which unit was drawn.

    Of an inspector nothing is kept but of what is under no seal: that they try anything shows that they were drawn.
    What an account tries too often is kept no longer one by one (`limits.REFUSALS`).
    """
    occasion = subject.get("occasion") or subject.get("draw", "")
    is_draw = draws_store.is_draw(db, occasion)
    if act.role == Role.INSPECTOR and (not occasion or (is_draw and hides_teams(db, occasion))):
        return
    hidden = "unit" in subject and is_draw and is_sealed(db, occasion)
    number = limits.count(db, limits.REFUSALS, act.by, now)
    if limits.is_noted(limits.REFUSALS, number):
        times = number if number > limits.REFUSALS.most else 1
        refusals.add(db, act, asked, occasion if hidden else "/".join(subject.values()), code, times)

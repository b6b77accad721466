"""Whether anything was wrong with a unit in a year before, as a check on that ground needs it to be.

Any verdict but 合格 of a visit, of whatever programme, and any finding of that year counts: of the unit under every
code of its life, and of a look-back on what was found there. What is under a seal is not known yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from audit_service.errors import Problem
from audit_service.store import rosters
from audit_service.store.figures import WITHDRAWN
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import findings, outcomes
from audit_service.use_cases.onward import onward

_WRONG: Final = ("rectify", "failed")


def wrong_last_year(db: Connection, unit: str, year: int) -> Iterator[Problem]:
    """Nothing where something was wrong; else what was found of that year instead."""
    codes = onward(db).codes(unit)
    found = [row for row in rosters.chosen(db, findings, unit=codes) if row["state"] != WITHDRAWN]
    members = [*codes, *(row["finding"] for row in found)]
    visits = [row for row in rosters.chosen(db, outcomes, unit=members) if _in(row["inspected_on"], year)]
    if any(row["verdict"] in _WRONG for row in visits) or any(_in(row["found_on"], year) for row in found):
        return
    told = "; ".join(map(_told, sorted(visits, key=lambda row: (row["inspected_on"], row["occasion"])))) or "-"
    yield Problem("check-nothing-wrong", {"unit": unit, "year": year, "found": told})


def _in(day: str, year: int) -> bool:
    return day.startswith(f"{year}-")


def _told(row: Row) -> str:
    return f"{row['occasion']} {row['inspected_on']} {row['verdict'] or row['kind']}"

"""Which visits were the check that a title is due (命名后…年内抽查).

A check of a title is recorded as a step of the unit's life (`check`), or it is simply a visit whose outcome says that
the unit was inspected, drawn or beside the sample. What is under a seal has no outcome before its reveal, and so counts
from then on; a correction counts in the place of what it corrects. A visit under another programme is no check of this
title: its policy is the title's own, or has a title of that name, as next year's has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from audit_service.core.policy import Programme
from audit_service.store import waiting as store
from audit_service.store.rosters import Row
from audit_service.use_cases.onward import onward


def with_visits(db: Connection, programmes: Mapping[str, Programme], titles: Sequence[Row]) -> list[Row]:
    """Where units with a title stand, each with the day of its last check, step or visit, in `checked_on`."""
    wanted = {row["unit"]: row for row in titles if row["named_on"] and row["checked_on"] < row["named_on"]}
    if not wanted:
        return list(titles)
    codes, checked = onward(db), dict[str, str]()
    for visit in store.inspected(db, min(row["named_on"] for row in wanted.values())):
        unit = codes.now(visit["unit"])
        row = wanted.get(unit)
        if row and _is_of(programmes, visit["policy"], row):
            checked[unit] = max(checked.get(unit, ""), visit["inspected_on"])
    return [{**row, "checked_on": max(row["checked_on"], checked.get(row["unit"], ""))} for row in titles]


def _is_of(programmes: Mapping[str, Programme], policy: str, row: Row) -> bool:
    """Whether a visit under a policy is one of a title's own programme."""
    programme = programmes.get(policy)
    known = {title.title for title in programme.after.titles} if programme else set()
    return bool(policy == row["policy"] or row["title"] in known)

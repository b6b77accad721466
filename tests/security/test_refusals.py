"""What is kept of acts that are refused, however often they are tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import func, select

from audit_service.runtime import Runtime
from audit_service.store.account_tables import refusals
from audit_service.use_cases.limits import REFUSALS, is_noted
from tests.office import on_both
from tests.web.desk import Desk

NOON: Final = datetime(2026, 6, 20, 12, tzinfo=UTC)
TRIED: Final = 2 * REFUSALS.most + 7


def kept(desk: Desk) -> int:
    with desk.office.runtime.look() as db:
        found: int = db.execute(select(func.count()).select_from(refusals)).scalar_one()
    return found


def listed(desk: Desk) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.get("attempts?page_size=200", "auditor")["items"]
    return items


@on_both
def test_who_is_refused_again_and_again_fills_no_table_and_is_told_of_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [NOON]
    monkeypatch.setattr(Runtime, "wall_clock", staticmethod(lambda: moments[0]))
    for number in range(TRIED):
        desk.post(f"draws/none-{number}/withdraw", "second", {"reason": "x"}, expect=403)
    desk.post("draws/SC-1/commit", "auditor", {}, expect=403)
    assert kept(desk) == REFUSALS.most + 2  # singly; the one that makes them twice as many; another account's
    rows = [row for row in listed(desk) if row["by"] == "second"]
    assert {row["what"] for row in rows} == {"draws.withdraw"}
    assert sorted(row["times"] or 0 for row in rows) == [0] * REFUSALS.most + [2 * REFUSALS.most]
    (many,) = [row for row in rows if row["times"]]
    assert (many["subject"], many["code"]) == (f"none-{2 * REFUSALS.most - 1}", "right-missing")
    moments[0] += timedelta(minutes=15)
    desk.post("draws/later/withdraw", "second", {"reason": "x"}, expect=403)
    assert "later" in {row["subject"] for row in listed(desk)}


def test_the_more_is_refused_the_rarer_is_a_row_of_it() -> None:
    noted = [number for number in range(1, 100 * REFUSALS.most + 1) if is_noted(REFUSALS, number)]
    assert noted == [*range(1, REFUSALS.most + 1), *(REFUSALS.most * 2**power for power in range(1, 7))]

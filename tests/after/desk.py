"""What is recorded over HTTP after an inspection, for the tests of rectification, exit cases and their files."""

from __future__ import annotations

from typing import Any

from tests.after.scene import OCCASION, UNIT, set_up
from tests.web.desk import Desk

CASE = "cases/E-2020-001"
F1 = "findings/F-2020-0001"


def staffed(desk: Desk) -> Desk:
    """A desk with a unit that failed, its city, another city, and an inspector who did not find anything."""
    with desk.office.runtime.begin() as db:
        set_up(db, posts=False)
    desk.appoint("zigong", "city", "--city", "自贡")
    desk.appoint("member", "inspector", "--inspector", "C510201")
    desk.appoint("finder", "inspector", "--inspector", "C510101")
    desk.appoint("colleague", "second-officer", "--institution", "省安办")
    desk.clock = at("2020-09-10")
    return desk


def at(day: str) -> str:
    """Noon of a day in Beijing."""
    return f"{day}T04:00:00Z"


def go(desk: Desk, by: str, path: str, day: str, expect: int = 200, **body: Any) -> Any:
    """Record something on the day on which it is done."""
    desk.clock = at(day)
    return desk.post(path, by, {"day": day, **body}, expect=expect)


def notified(desk: Desk) -> None:
    where = {"occasion": OCCASION, "unit": UNIT}
    told = go(desk, "office", "findings/notify", "2020-09-02", **where, document="川安办〔2020〕12号")
    assert [found["state"] for found in told["items"]] == ["notified", "notified"]


def published(it: Desk) -> None:
    """A case on the failed verdict that has come to its publication."""
    opened = go(it, "office", "cases", "2020-10-01", 201, trigger="failed", unit=UNIT)
    assert (opened["case"], opened["occasion"], opened["state"]) == ("E-2020-001", OCCASION, "opened")
    go(it, "office", f"{CASE}/notify", "2020-10-02", document="川安办〔2020〕30号")
    go(it, "chengdu", f"{CASE}/defend", "2020-10-05", text="正在整改")
    go(it, "office", f"{CASE}/propose", "2020-10-08", person="甲", ending="revoked", text="…")
    go(it, "office", f"{CASE}/review", "2020-10-09", person="乙", text="同意")
    go(
        it,
        "office",
        f"{CASE}/sign",
        "2020-10-10",
        person="丙",
        document="川安办〔2020〕33号",
        files=it.keep(CASE, "office"),
    )

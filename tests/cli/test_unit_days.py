"""What happens to single units under a seal: a batch a day, whatever happened, that opens after the reveal."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from audit_service.core.unit_days import SIZE, Opened
from audit_service.errors import RuleError
from audit_service.store import tables
from tests.databases import unguarded
from tests.log.test_log import entries, faults
from tests.office import EVENTS, LATE, PUBLIC, Office, on_both

SEALED = (*EVENTS, "--sealed", "--reveal-by", "2026-09-30")


def drawn(office: Office) -> str:
    """A sealed draw, carried out on the evening of 1 July in Beijing."""
    draw = office.import_demo().commit(*SEALED)
    office.deposit(draw)
    office.at(LATE).run("draw", "run", draw, "--public", PUBLIC)
    return draw


def notices(office: Office, draw: str) -> int:
    """Make all notices; how many that is."""
    told = office.run("notice", "make", draw, "--all", "--as", "json", "--out", office.folder / "n").json
    return len(told["units"])


def days(office: Office) -> list[str]:
    """The days for which the log has a batch, in order."""
    return [str(entry["day"]) for entry in entries(office) if entry["action"] == "unit-day"]


def write(office: Office, clock: str) -> list[str]:
    return [row["day"] for row in office.at(clock).run("log", "day").json["written"]]


@on_both
def test_each_day_that_is_over_has_one_batch_also_where_days_were_missed(office: Office) -> None:
    draw = drawn(office)
    assert write(office, "2026-07-01T15:59:59Z") == []
    assert write(office, "2026-07-01T16:00:00Z") == ["2026-07-01"], "the day ends in Beijing"
    assert write(office, "2026-07-01T17:00:00Z") == []
    assert office.at("2026-07-05T00:00:00Z").run("draw", "show", draw).json["days_missing"] == 3
    assert "3 days under the seal" in office.show("draw", "show", draw)
    assert write(office, "2026-07-05T00:00:00Z") == ["2026-07-02", "2026-07-03", "2026-07-04"]
    office.run("draw", "reveal", draw)
    assert days(office) == ["2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04", "2026-07-05"]
    assert write(office, "2026-08-01T00:00:00Z") == []
    assert office.run("draw", "show", draw).json["days_missing"] == 0
    assert faults(office) == []


def test_the_batch_of_an_empty_day_looks_like_that_of_a_full_one(office: Office) -> None:
    draw = drawn(office)
    notices(office, draw)
    write(office, "2026-07-03T00:00:00Z")
    full, empty = (entry for entry in entries(office) if entry["action"] == "unit-day")
    assert full.keys() == empty.keys()
    assert [len(json.dumps(entry)) for entry in (full, empty)] == [len(json.dumps(full))] * 2
    with office.runtime.look() as db:
        assert {len(leaves) for leaves in db.execute(select(tables.unit_days.c.leaves)).scalars()} == {32 * SIZE}


def test_what_happens_under_the_seal_adds_nothing_to_the_log_when_it_happens(office: Office) -> None:
    draw = drawn(office)
    office.at("2026-07-02T08:00:00Z")
    before = office.run("log", "show").json
    notices(office, draw)
    city = office.run("draw", "show", draw).json["sample"][0]["city"]
    office.run("release", "make", draw, "--city", city, "--visit", "2026-07-09", "--days", "2")
    assert office.run("log", "show").json == before


@on_both
def test_after_the_reveal_everything_opens_and_is_found_in_the_log(office: Office) -> None:
    draw = drawn(office)
    count = notices(office, draw)
    assert office.run("log", "openings", draw, expect=1).code == "sealed"
    write(office, "2026-07-03T00:00:00Z")
    count += notices(office, draw)
    office.run("draw", "reveal", draw)
    out = office.folder / "openings.json"
    told = office.run("log", "openings", draw, "--out", out).json["openings"]
    assert json.loads(out.read_text())["openings"] == told
    assert Counter(row["value"]["action"] for row in told) == {"notice": count}
    roots = {entry["act"]: entry["root"] for entry in entries(office) if entry["action"] == "unit-day"}
    for row in told:
        assert roots[row["act"]] == row["root"]
        opened(row).check()
    row = told[0]
    with pytest.raises(RuleError):
        opened({**row, "value": {**row["value"], "unit": "other"}}).check()


def opened(row: dict[str, object]) -> Opened:
    path = tuple(bytes.fromhex(found) for found in row["path"])  # type: ignore[attr-defined]
    return Opened(row["value"], row["opening"], row["act"], row["place"], path, row["root"])  # type: ignore[arg-type]


def test_what_is_more_than_a_batch_holds_waits_for_the_next_day(office: Office) -> None:
    draw = drawn(office)
    total = 0
    while total <= 2 * SIZE:
        total += notices(office, draw)
    write(office, "2026-07-03T00:00:00Z")
    assert taken(office) == [SIZE, SIZE]
    write(office, "2026-07-04T00:00:00Z")
    assert taken(office) == [SIZE, SIZE, total - 2 * SIZE]
    office.run("draw", "reveal", draw)
    assert len(office.run("log", "openings", draw).json["openings"]) == total


def test_what_waits_at_the_reveal_is_logged_with_it(office: Office) -> None:
    draw = drawn(office)
    total = 0
    while total <= 2 * SIZE:
        total += notices(office, draw)
    office.run("draw", "reveal", draw)
    assert taken(office) == [SIZE, SIZE, total - 2 * SIZE]
    assert len(office.run("log", "openings", draw).json["openings"]) == total


def taken(office: Office) -> list[int]:
    table = tables.unit_days
    with office.runtime.look() as db:
        return list(db.execute(select(table.c.taken).order_by(table.c.number)).scalars())


def test_the_database_alone_tells_neither_unit_nor_kind_of_what_happened(office: Office) -> None:
    draw = drawn(office)
    sample = office.run("draw", "show", draw).json["sample"]
    notices(office, draw)
    office.run("release", "make", draw, "--city", sample[0]["city"], "--visit", "2026-07-09", "--days", "2")
    with office.runtime.look() as db:
        kept = list(db.execute(select(tables.happenings.c.locked)).scalars())
    assert len({len(text) for text in kept}) == 1
    assert not any(row["unit"] in text for text in kept for row in sample)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE unit_days SET leaves = :zeros WHERE number = 1",
        "UPDATE unit_days SET taken = 0 WHERE number = 1",
        f"UPDATE happenings SET leaf = '{'0' * 64}' WHERE number = 1",
    ],
)
def test_a_batch_that_is_tampered_with_is_found_and_named(office: Office, change: str) -> None:
    draw = drawn(office)
    notices(office, draw)
    write(office, "2026-07-04T00:00:00Z")
    notices(office, draw)
    write(office, "2026-07-05T00:00:00Z")
    assert faults(office) == []
    with unguarded(office.runtime.engine) as db:
        db.execute(text(change), {"zeros": bytes(8192)} if ":zeros" in change else {})
    assert "log-batch-wrong" in {code for code, _ in faults(office)}


def test_a_sealed_round_of_an_open_draw_has_days_of_its_own(office: Office) -> None:
    draw = office.drawn()
    seal = ("--event", "kl8:2026190@2026-07-10T13:00:00Z", "--sealed", "--reveal-by", "2026-09-30")
    office.run("round", "commit", draw, *seal)
    value = "kl8:2026190:0102030405060708091011121314151617181920"
    found = office.at("2026-07-10T13:00:00Z").run("round", "run", f"{draw}/1", "--public", value).json["assignment"]
    size = len(entries(office))
    office.run("packet", "open", draw, found[0]["packet"], "--inspector", found[0]["inspector"])
    assert len(entries(office)) == size
    assert write(office, "2026-07-12T00:00:00Z") == ["2026-07-10", "2026-07-11"]
    office.run("round", "reveal", f"{draw}/1")
    (row,) = office.run("log", "openings", f"{draw}/1").json["openings"]
    assert (row["value"]["action"], row["value"]["inspector"]) == ("packet-open", found[0]["inspector"])
    office.run("packet", "open", draw, found[0]["packet"], "--inspector", found[0]["inspector"])
    assert entries(office)[-1]["action"] == "packet-open"


def test_what_is_real_is_left_alone_under_a_demo_clock(office: Office) -> None:
    """The days of a draw of the one clock are not written by the other, which may stand anywhere."""
    drawn(office)
    assert office.at("").run("log", "day").json["written"] == []


def test_a_year_of_days_is_one_batch_each(office: Office) -> None:
    drawn(office)
    last = date(2026, 7, 1) + timedelta(days=89)
    assert write(office, f"{last}T16:00:00Z")[-1] == last.isoformat()
    assert len(days(office)) == 90
    assert faults(office) == []

"""Ten years of 5,000 units with all their events: a unit's history, and lists, stay quick on PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

from audit_service.core.canonical import sha256_hex
from audit_service.core.life import Facts
from audit_service.core.life_acts import details_of
from audit_service.core.policy import Programme
from audit_service.files.policies import lookup
from audit_service.store import copying, database, rosters, tables
from audit_service.store.life_tables import standings
from audit_service.store.visit_tables import findings, outcomes
from audit_service.use_cases import life_history
from schemas.answers.lives import life_json

YEARS, UNITS, A_YEAR, IN_ONE = 10, 5000, 4, 250
"""Events of each unit a year; units of one act, as a city's or a document's."""
MOST = 0.3
CODES = [f"51{place // 250 + 1:02d}{place % 250:05d}" for place in range(UNITS)]


def acts_of() -> Iterator[tuple[int, list[str], str, str]]:
    """Number, units, action and details of every act: steps of many units, and what happens to each alone."""
    number = 0
    for year in range(2020, 2020 + YEARS):
        for start in range(0, UNITS, IN_ONE):
            units, number = CODES[start : start + IN_ONE], number + 1
            facts = {unit: Facts(on=f"{year}-02-01", document=f"川安委〔{year}〕3号", score="80") for unit in units}
            yield number, units, "life", json.dumps(details_of("check", facts))
        for unit in CODES:
            for event in range(A_YEAR - 1):
                number += 1
                yield number, [unit], "finding", json.dumps({"step": "rectified", "reason": "整改" * event})


def filled(db: Connection) -> None:
    """The journal, what stands of it, and a draw a year of all units."""
    every = list(acts_of())
    kept = "number", "at", "by", "action", "subject", "details", "demo", "salt", "role"
    rest = False, "0" * 64, "province"
    rows = ((n, "2029-01-01T00:00:00Z", "office", a, units[0], said, *rest) for n, units, a, said in every)
    copying.copy_in(db, f"COPY acts ({', '.join(chr(34) + name + chr(34) for name in kept)}) FROM STDIN", rows)
    pairs = ((unit, n) for n, units, _, _ in every for unit in units)
    copying.copy_in(db, "COPY unit_acts (unit, act) FROM STDIN", pairs)
    blank: dict[str, Any] = {"state": "named", "title": "safe-community", "named_on": "2027-02-01", "policy": "p"}
    rosters.add(db, standings, [{**rosters.blank(standings), **blank, "unit": unit} for unit in CODES], 1)
    named = {"city": "510100", "county": "某县", "name": "某镇", "kind": "镇", "status": "named"}
    rosters.add(db, tables.units, [{**rosters.blank(tables.units), **named, "unit": unit} for unit in CODES], 1)
    for year in range(2020, 2020 + YEARS):
        draw_of(db, f"SC-{year}-01", str(year))
        seen = {"occasion": f"SC-{year}-01", "verdict": "passed", "kind": "inspected", "content": "{}" * 500}
        rosters.add(db, outcomes, [{**rosters.blank(outcomes), **seen, "unit": unit} for unit in CODES], 1)
        found = [{"finding": f"F-{year}-{place:05d}", "unit": unit} for place, unit in enumerate(CODES)]
        rosters.add(db, findings, [{**rosters.blank(findings), "rechecks": 0, **each} for each in found], 1)
    db.execute(text("ANALYZE"))


def draw_of(db: Connection, draw: str, campaign: str) -> None:
    frame = "unit,stratum,city\n" + "".join(f"{unit},named,510100\n" for unit in CODES)
    sample = "stratum,city,unit,position,ticket\n" + "".join(f"named,510100,{u},1,{'0' * 64}\n" for u in CODES[::10])
    for name, content in (("policy", campaign), ("frame.csv", frame + draw), ("sample.csv", sample + draw)):
        digest = sha256_hex(content)
        db.execute(insert(tables.files).values(digest=digest, content=content.encode()))
        if name == "policy":
            db.execute(insert(tables.campaigns).values(campaign=campaign, policy="p", opened_in=1))
            of = {"draw": draw, "campaign": campaign, "ordinal": 1, "programme": digest, "frozen_in": 1}
            db.execute(insert(tables.draws).values(**of))
        else:
            kept = {"draw": draw, "round": 0, "name": name, "digest": digest, "recorded_in": 1}
            db.execute(insert(tables.draw_files).values(**kept))


def seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def policies(name: str) -> Programme:
    """The only policy that is installed."""
    return lookup(None)("sichuan-2020")


def _page(db: Connection, unit: str) -> object:
    return life_json(life_history.show(db, policies, "2030-01-01", unit))


@pytest.mark.long
def test_a_units_history_and_a_page_of_the_list_take_less_than_300_ms_after_ten_years(postgres_url: str) -> None:
    engine = database.connect(postgres_url)
    with database.transaction(engine) as db:
        filled(db)
    with database.transaction(engine, looks=True) as db:
        life = life_history.show(db, policies, "2030-01-01", CODES[0])
        assert (len(life.events), len(life.draws), len(life.outcomes)) == (YEARS * A_YEAR, YEARS, YEARS)
        assert life.draws[0].how == "sampled"
        history = median(seconds(partial(_page, db, unit)) for unit in CODES[::500])
        page = median(seconds(lambda: life_history.list_lives(db, policies, 50, 50, city="510400")) for _ in range(5))
        everything = seconds(lambda: list(life_history.every_life(db, policies, state="named")))
    engine.dispose()
    print(f"history {history * 1000:.0f} ms, page {page * 1000:.0f} ms, all 5,000 {everything * 1000:.0f} ms")
    assert history < MOST
    assert page < MOST

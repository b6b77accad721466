"""What comes after the draw, after ten years of it: a unit's history, where units stand, what is due, figures."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from audit_service.files.divisions import sichuan
from audit_service.files.policies import lookup
from audit_service.store import database
from audit_service.use_cases import life_history
from audit_service.use_cases.due import Asker, Known, due
from audit_service.use_cases.orders import progress
from audit_service.use_cases.reports import of_period
from audit_service.use_cases.statistics import statistics
from audit_service.vault import Vault
from benchmarks.importing import postgres
from benchmarks.log_load import emptied, new_database
from benchmarks.made_years import FIRST, Years, made_years
from benchmarks.measure import call, in_turn
from benchmarks.rows import Row, plain, within
from schemas.answers.lives import life_json

YEARS, UNITS, MOST = 10, 5000, 0.3


def figure(scale: int = 1) -> Iterator[Row]:
    """Ten years of 5,000 units on PostgreSQL; tried out, two of fewer on SQLite."""
    years, units = (YEARS, UNITS) if scale == 1 else (2, max(63, UNITS // scale))
    with tempfile.TemporaryDirectory(prefix="bench-") as place, postgres(wanted=scale == 1) as server:
        url = new_database(server) if server else emptied(f"sqlite:///{place}/audit.db")
        engine = database.connect(url)
        programme = lookup(None)("sichuan-2020")
        made = made_years(engine, programme, years, units)
        gc.collect()
        gc.freeze()  # as the service does (gunicorn.conf.py): a request's search for garbage looks through its own
        kind = "PostgreSQL" if server else "SQLite"
        yield plain(f"{years} years of {units:,} units, {kind}: acts", made.number, f"{made.number:,}")
        yield from _measure(engine, made, Vault(Path(place, "key")), years, 5 if scale == 1 else 1)
        engine.dispose()


def _measure(engine: Engine, made: Years, vault: Vault, years: int, times: int) -> Iterator[Row]:
    last, policies = FIRST + years - 1, {made.programme.policy: made.programme}
    today, then = date(last, 12, 20), FIRST + years // 2
    unit, city = made.units[len(made.units) // 2]
    names = {made.programme.policy: made.programme}.__getitem__
    found: dict[str, Callable[[Any], object]] = {
        "a unit's history, as it is shown": lambda db: life_json(life_history.show(db, names, f"{today}", unit)),
        "where the units of a city stand, a page": lambda db: life_history.list_lives(db, names, 2, 50, city=city),
        "what is due, for the office": lambda db: due(db, vault, Known(policies, (), sichuan()), Asker(), today),
        "a campaign's figures, now": lambda db: statistics(db, str(last), today),
        "… of a month five years ago": lambda db: statistics(db, str(then), today, f"{then}-09"),
        "a year's orders": lambda db: progress(db, made.programme, 2020, sichuan(), today),
        "a month's reports of the cities, and their sums": lambda db: of_period(
            db, made.programme, "monthly", f"{last}-06"
        ),
    }
    runs = {what: call(partial(_asked, engine, ask)) for what, ask in found.items()}
    for what, taken in in_turn(runs, times).items():
        yield within(what, taken, MOST)


def _asked(engine: Engine, ask: Callable[[Any], object]) -> object:
    with database.transaction(engine, looks=True) as db:
        return ask(db)

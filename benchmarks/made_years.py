"""An office's database after years of work: units, campaigns, and everything that happened after each draw.

Each year's campaign draws a fifth of the units. Each of them is visited and (but for some of the last year's) signed,
has findings that are notified, rectified, rechecked and (again but for some) closed; some become exit cases. Every unit
takes a step of its life and hands a report in, every city one a month. All of it are acts, as the service itself would
have written them down; their entries in the log are left out, which none of these figures reads.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, insert, text

from audit_service.core import frozen, replay
from audit_service.core.frame import FrameUnit
from audit_service.core.life import Facts
from audit_service.core.life_acts import details_of
from audit_service.core.outcomes import THE_UNIT
from audit_service.core.policy import Programme
from audit_service.core.selection import draw_sample
from audit_service.files.divisions import sichuan
from audit_service.files.policies import lookup
from audit_service.store import database, life_tables, signed, tables, visit_tables
from audit_service.store import draws as draws_store
from audit_service.store.copying import copy_in
from benchmarks.made import SEED

FIRST: Final = 2017
FINDINGS, CONTENT = 5, 41
"""Findings of each visit; criteria in an outcome's content."""
_EACH_YEAR: Final = ("schedule", "self-assessment", "fund-performance", "city-work")
_TEAM: Final = ("C1", "C2", "C3")
_SIGNERS: Final = (*_TEAM, THE_UNIT)
_STATES: Final = ("open", "notified", "handed-in", "closed")
_STATUSES: Final = ("target-2019", "assessed", "re-evaluation", "named")
_YEARLY: Final = (
    *(tables.acts, life_tables.unit_acts, life_tables.reports),
    *(visit_tables.outcomes, visit_tables.signatures, visit_tables.findings, visit_tables.exit_cases),
)
"""Tables whose rows are superseded within their year, if at all."""
_LASTING: Final = (tables.units, life_tables.standings)


@dataclass
class Years:
    """Rows by table as they come to be, and the number of the act that was recorded last."""

    programme: Programme
    units: list[tuple[str, str]]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    number: int = 0
    current: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)

    def act(self, day: date, action: str, subject: str, units: Iterable[str] = (), /, **details: object) -> int:
        """An act of a day's morning in Beijing, and whose history it stands in."""
        self.number += 1
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        told = {"action": action, "subject": subject, "details": json.dumps(details, sort_keys=True)}
        row = {"number": self.number, "at": at, "by": "office", "demo": False, "salt": "0" * 64, "role": "province"}
        self.rows["acts"].append({**row, **told})
        self.rows["unit_acts"] += [{"unit": unit, "act": self.number} for unit in units]
        return self.number

    def keep(self, table: Table, key: tuple[str, ...], row: Mapping[str, Any], act: int) -> None:
        """A version of a row of a roster, in place of the one before."""
        before = self.current.get((table.name, *key))
        if before:
            before["superseded_in"] = act
        kept = {**(before or {}), **row, "recorded_in": act, "superseded_in": None}
        self.current[table.name, *key] = kept
        self.rows[table.name].append(kept)


def made_years(engine: Engine, programme: Programme, years: int, units: int) -> Years:
    """Write such a database; what it holds."""
    cities = [city.code for city in sichuan().cities]
    known = [(f"{cities[n % 21][:4]}{n // 21:05d}", cities[n % 21]) for n in range(units)]
    made = Years(programme, known)
    with database.transaction(engine) as db:
        _roster(made)
        for year in range(FIRST, FIRST + years):
            _campaign(db, made, year, last=year == FIRST + years - 1)
            _flush(db, made, _YEARLY)
        _flush(db, made, _LASTING)
        db.execute(insert(tables.counters).values(counter="acts", value=made.number))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return made


def _roster(made: Years) -> None:
    act = made.act(date(FIRST, 1, 2), "import-units", "units.xlsx")
    for number, (unit, city) in enumerate(made.units):
        told = {"unit": unit, "city": city, "county": f"县{number % 9}", "name": f"镇{number}", "kind": "乡镇"}
        more = {"status": _STATUSES[number % 4], "target_year": "", "livelihood": number % 9 == 0}
        made.keep(tables.units, (unit,), {**told, **more}, act)


def _campaign(db: Connection, made: Years, year: int, *, last: bool) -> None:
    """A year: lives and reports month by month; a draw in March; visits from April on, and what follows from them."""
    draw = f"SC-{year}-01"
    sampled = _draw(db, made, draw, year)
    for month in range(1, 13):
        day = date(year, month, 8)
        for number, (unit, _) in enumerate(made.units):
            if number % 12 == month - 1:
                _live(made, unit, year, number, day)
                _report(made, "improvement", unit, f"{year - 1}", day)
        for city in {city for _, city in made.units}:
            _report(made, "monthly", city, f"{year}-{month:02d}", day)
            if month == 1:
                for report in _EACH_YEAR:
                    _report(made, report, city, f"{year}", day)
        for number, (unit, city, stratum) in enumerate(sampled):
            if month == 4 + number % 5:
                _visit(made, draw, (unit, city, stratum), number, day, last=last)


def _draw(db: Connection, made: Years, draw: str, year: int) -> list[tuple[str, str, str]]:
    programme = made.programme
    strata = [stratum.stratum for stratum in programme.public_policy.strata]
    rows = sorted(FrameUnit(unit, strata[n % len(strata)], city) for n, (unit, city) in enumerate(made.units))
    files = {
        "policy.json": frozen.write_policy(programme.public_policy),
        "frame.csv": frozen.FRAME.write(rows),
        "exclusions.csv": frozen.EXCLUSIONS.write([]),
    }
    sample = draw_sample(programme.public_policy, frozen.read_frame(files["frame.csv"], ""), SEED)
    froze = made.act(date(year, 3, 1), "draw-freeze", draw)
    ran = made.act(date(year, 3, 20), "run", draw)
    _flush(db, made, (tables.acts,))
    draws_store.open_campaign(db, str(year), programme.policy, froze)
    policy = draws_store.put_file(db, lookup(None)(programme.policy).source)
    draws_store.add_draw(db, draws_store.DrawRow(draw, str(year), 1, policy, froze))
    draws_store.add_files(db, draw, 0, {**files, **replay.sample_results(sample)}, froze)
    c = sha256(draw.encode()).hexdigest()
    told = {"draw": draw, "round": 0, "c": c, "locked_secret": "", "public": "", "committed_in": froze, "run_in": ran}
    db.execute(insert(tables.commitments).values(told))
    return [(row.unit, row.city, row.stratum) for row in sample.selected]


def _live(made: Years, unit: str, year: int, number: int, day: date) -> None:
    """Every third year a unit is named anew; in the others checked or re-evaluated."""
    step = ("name", "check", "re-evaluate")[(year + number) % 3]
    facts = Facts(on=day.isoformat(), document=f"川安委〔{year}〕3号")
    act = made.act(day, "life", unit, [unit], **details_of(step, {unit: facts}))
    row: dict[str, Any] = {"unit": unit, "policy": made.programme.policy, "title": "sichuan-safe-community"}
    if step == "name":
        until = day.replace(year=year + 3).isoformat()
        row |= {"state": "named", "since": day.isoformat(), "named_on": day.isoformat(), "valid_until": until}
        row |= {"re_evaluate_by": date(year + 2, 12, 31).isoformat()}
    elif step == "check":
        row |= {"checked_on": day.isoformat()}
    else:
        row |= {"state": "re-evaluation", "since": day.isoformat()}
    made.keep(life_tables.standings, (unit,), {"state": "named", "since": day.isoformat(), **row}, act)


def _report(made: Years, report: str, reporter: str, period: str, day: date) -> None:
    act = made.act(day, "report", reporter, [reporter] if report == "improvement" else (), report=report)
    row = {"policy": made.programme.policy, "report": report, "reporter": reporter, "period": period}
    said = {
        "ordered": "100",
        "arrived": "90",
        "paid-out": "50",
        "spent": "20",
        "paid-ratio": "50.00",
        "progress": "推进",
    }
    more = {"said": json.dumps(said, ensure_ascii=False), "handed_in_on": day.isoformat()}
    made.keep(life_tables.reports, (report, reporter, period), {**row, **more}, act)


def _visit(made: Years, draw: str, whose: tuple[str, str, str], number: int, day: date, *, last: bool) -> None:
    if last and number % 20 == 0:
        return
    unit, city, stratum = whose
    where = {"unit": unit, "city": city, "policy": made.programme.policy}
    verdict = "failed" if number % 25 == 0 else "rectify" if number % 3 == 0 else "passed"
    answers = [
        {"criterion": f"c{place}", "state": "met", "numbers": [], "off": "", "reason": ""} for place in range(CONTENT)
    ]
    act = made.act(day, "outcome", f"{draw}/{unit}", [unit], kind="inspected", answers=answers)
    row = {"occasion": draw, "stratum": stratum, "packet": "p-001", "kind": "inspected", "proposed": verdict}
    told = {"inspected_on": day.isoformat(), "verdict": verdict, "score": 9000, "recorded_by": "C1"}
    content = signed.written({"answers": answers, "team": _TEAM}, len(_SIGNERS))
    if not (last and number % 40 == 1):
        _sign(made, draw, unit, act, day)
    made.keep(visit_tables.outcomes, (draw, unit), {**where, **row, **told, "content": content}, act)
    for place in range(FINDINGS):
        _finding(made, f"F-{day.year}-{number * FINDINGS + place:05d}", {**where, "occasion": draw, "stratum": stratum},
                 place, day, 2 + number % 3 if last else 4)  # fmt: skip
    if verdict == "failed":
        _case(made, f"E-{day.year}-{number:04d}", {**where, "occasion": draw}, day, ended=not last)


def _sign(made: Years, draw: str, unit: str, outcome: int, day: date) -> None:
    for signer in _SIGNERS:
        stance = "agrees" if signer == THE_UNIT else "signed"
        act = made.act(day, "sign", f"{draw}/{unit}", [unit], signer=signer, stance=stance)
        row = {"outcome": outcome, "unit": unit, "signer": signer, "occasion": draw, "stance": stance}
        made.rows["signatures"].append({**row, "recorded_in": act})


def _finding(made: Years, name: str, where: Mapping[str, str], place: int, day: date, steps: int) -> None:
    deadline = (day + timedelta(days=30)).isoformat()
    for step, state in enumerate(_STATES[:steps]):
        on = day + timedelta(days=7 * step)
        act = made.act(on, "finding", name, [where["unit"]], step=state)
        closed = state == "closed"
        row = {"finding": name, "criterion": "c1", "area": f"area-{place}", "severity": "general", "source": "visit"}
        told = {"description": "消防通道堵塞" * 5, "found_by": "C1,C2", "found_on": day.isoformat(), "state": state}
        more = {
            "deadline": deadline,
            "due_on": "" if closed else deadline,
            "closed_on": on.isoformat() if closed else "",
        }
        made.keep(visit_tables.findings, (name,), {**where, **row, **told, **more}, act)


def _case(made: Years, name: str, where: Mapping[str, str], day: date, *, ended: bool) -> None:
    begun: dict[str, Any] = {
        "cause": "failed",
        "since": day.isoformat(),
        "endings": ["revoked"],
        "opened_on": day.isoformat(),
    }
    begun |= {"exit_case": name, "defence_days": 5, "publication_days": 7}
    steps = (("open", "opened"), ("notify", "notified"), ("publish", "published"), ("delist", "delisted"))
    for number, (step, state) in enumerate(steps[: 4 if ended else 2]):
        on = day + timedelta(days=10 * number)
        said = begun if step == "open" else {"day": on.isoformat(), "document": "川安办函"}
        act = made.act(on, "case", name, [where["unit"]], step=step, **said)
        told = {"exit_case": name, "trigger_name": "failed", "state": state, "opened_on": day.isoformat()}
        over = state == "delisted"
        due = "" if over else (on + timedelta(days=10)).isoformat()
        more = {"due_on": due, "ending": "revoked" if over else ""}
        made.keep(visit_tables.exit_cases, (name,), {**where, **told, **more}, act)


def _flush(db: Connection, made: Years, chosen: Iterable[Table]) -> None:
    """Write what has come to be of some tables, of which no row will be superseded any more."""
    for table in chosen:
        rows = made.rows.pop(table.name, [])
        made.current = {key: row for key, row in made.current.items() if key[0] != table.name}
        if rows:
            _put(db, table, rows)


def _put(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    blank = {column.name: None if column.nullable else "" for column in table.c} | {"rechecks": 0}
    names = [column.name for column in table.c]
    values: Iterator[tuple[Any, ...]] = ((*(_plain({**blank, **row}[name]) for name in names),) for row in rows)
    columns = ", ".join(f'"{name}"' for name in names)
    if db.dialect.name == "postgresql":
        copy_in(db, f'COPY "{table.name}" ({columns}) FROM STDIN', values)
    else:
        places = ", ".join("?" * len(names))
        db.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', list(values))


def _plain(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value

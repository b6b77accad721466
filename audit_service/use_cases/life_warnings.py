"""What is remarkable about a step that is recorded all the same: officers decide, and are told what speaks against it.

Building at the last minute (突击建设), a self-assessment that nobody reviewed, and whatever is kept against a unit that
is assessed, named or gives up its title: a visit that it failed, findings that are open, an exit case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from audit_service.core.after import SelfAssessment
from audit_service.core.exits import OVER
from audit_service.core.life import Facts
from audit_service.core.life_acts import steps_of
from audit_service.core.life_steps import is_hurried
from audit_service.core.rectification import ENDED
from audit_service.errors import Problem
from audit_service.store import lives as store
from audit_service.store import rosters
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import exit_cases, findings, outcomes
from audit_service.use_cases.onward import Onward

HURRIED, UNKNOWN = "yes", "unknown"
"""Whether building was hurried: it was, or no start was recorded."""
AGAINST: Final = ("assess", "name", "re-name", "surrender")
"""Steps at which it is told what is kept against a unit."""
_SHOWN: Final = 5
"""So many findings of a unit are told by their numbers."""


def scrutinised(db: Connection, codes: Onward, step: str, unit: str, facts: Facts, rules: SelfAssessment) -> Facts:
    """A self-assessment marked where it came too soon after the unit's first start or no start was recorded, an
    application where a review is missing that the policy asks for, under whatever codes the unit went so far."""
    told = [each for code in codes.codes(unit) for each in steps_of(code, store.history(db, code))]
    if step == "self-assess":
        starts = sorted(said.on for _, name, said in told if name == "start")
        started = starts[0] if starts else ""
        return replace(facts, started_on=started, hurried=_hurried(started, facts.on, rules.least_days))
    own = max((each for each in told if each[1] == "self-assess"), key=lambda each: each[0].number, default=None)
    said = [facts, *([own[2]] if own else [])]
    missing = [level for level in rules.reviews if not any(getattr(each, f"{level}_review") for each in said)]
    return replace(facts, unreviewed=",".join(missing))


def _hurried(started: str, on: str, least: int | None) -> str:
    if least is None:
        return ""
    if not started:
        return UNKNOWN
    return HURRIED if is_hurried(started, on, least) else ""


def of_facts(unit: str, facts: Facts, rules: SelfAssessment) -> Iterator[Problem]:
    """What a settled self-assessment or application has against it."""
    if facts.hurried == HURRIED:
        yield Problem("life-hurried", {"unit": unit, "days": rules.least_days})
    if facts.hurried == UNKNOWN:
        yield Problem("life-start-unknown", {"unit": unit})
    for level in filter(None, facts.unreviewed.split(",")):
        yield Problem(f"life-unreviewed-{level}", {"unit": unit})


def against(db: Connection, codes: Onward, units: Collection[str]) -> Iterator[Problem]:
    """What is kept against units, of each the visit that it failed last, its open findings, its exit cases.

    Nothing that is under a seal stands in the tables that are asked.
    """
    now = {code: unit for unit in units for code in codes.codes(unit)}
    found = rosters.chosen(db, findings, None, unit=list(now))
    failed = _failed(db, {**now, **{row["finding"]: now[row["unit"]] for row in found}})
    opened: dict[str, list[str]] = {}
    for row in found:
        if row["state"] not in ENDED:
            opened.setdefault(now[row["unit"]], []).append(str(row["finding"]))
    cases = {
        now[row["unit"]]: str(row["exit_case"])
        for row in rosters.chosen(db, exit_cases, None, unit=list(now))
        if row["state"] not in OVER
    }
    for unit in units:
        if unit in failed:
            last = failed[unit]
            yield Problem("life-failed", {"unit": unit, "occasion": last["occasion"], "day": last["inspected_on"]})
        if unit in opened:
            shown = ", ".join([*sorted(opened[unit])[:_SHOWN], *(["…"] if len(opened[unit]) > _SHOWN else [])])
            yield Problem("life-findings-open", {"unit": unit, "count": len(opened[unit]), "findings": shown})
        if unit in cases:
            yield Problem("life-case-open", {"unit": unit, "case": cases[unit]})


def _failed(db: Connection, now: Mapping[str, str]) -> dict[str, Row]:
    """By unit the last visit of it, or of a finding of it, if that failed."""
    last: dict[str, Row] = {}
    rows = [row for row in rosters.chosen(db, outcomes, None, unit=list(now)) if row["verdict"]]
    for row in sorted(rows, key=lambda row: (str(row["inspected_on"]), str(row["occasion"]))):
        last[now[row["unit"]]] = row
    return {unit: row for unit, row in last.items() if row["verdict"] == "failed"}

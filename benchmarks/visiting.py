"""What a team waits for that hands in a visit; how soon the service is ready; how long the bounds of a sample take."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from audit_service.config import read_settings
from audit_service.core.estimates import Stratum, estimate
from audit_service.core.rights import Role
from audit_service.files.policies import lookup
from audit_service.runtime import Runtime
from audit_service.use_cases import accounts
from benchmarks.importing import postgres
from benchmarks.log_load import emptied, environment_of, new_database
from benchmarks.measure import Taken, call, in_turn
from benchmarks.rows import Row, plain, within
from benchmarks.served import Server, serving
from benchmarks.serving import act, bring_rosters, roster_codes

POLICY: Final = "shapingba-2024"
"""Its standard has 41 criteria."""
TEAM: Final = ("C513301", "C513302")
DAY, CLOCK = "2026-04-20", "2026-04-20T06:00:00Z"
VISITS, FINDINGS = 25, 5
MOST_RECORDING, MOST_READY, MOST_BOUNDS = 0.1, 3, 1
STRATA: Final = (Stratum(5000, 1000, 13), Stratum(5000, 1000, 130, 2), Stratum(5000, 500, 25))


def figure(scale: int = 1) -> Iterator[Row]:
    """On each database in turn; the bounds once."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place, postgres(wanted=scale < 1000) as server:
        kinds = {"SQLite": emptied(f"sqlite:///{place}/audit.db")}
        if server:
            kinds["PostgreSQL"] = new_database(server)
        for kind, url in sorted(kinds.items()):
            yield from _one(kind, {**environment_of(url, Path(place, kind)), "AUDIT_DEMO": "1"}, scale)
    bounds = in_turn({"bounds": call(partial(estimate, STRATA))}, 3 if scale == 1 else 1)["bounds"]
    yield within("bounds of three strata of 5,000 units, 2,500 of them visited", bounds, MOST_BOUNDS)


def _one(kind: str, environment: Mapping[str, str], scale: int) -> Iterator[Row]:
    office = _token(environment, "office", Role.PROVINCE)
    start = perf_counter()
    with serving(["wsgi:app"], environment, "/readyz") as server:
        yield within(
            f"from the start of the server until it is ready, {kind}", Taken(perf_counter() - start, 0), MOST_READY
        )
        bring_rosters(server, office)
        member = _token(environment, "member", Role.INSPECTOR, TEAM[0])
        answers, findings = _said()
        times = sorted(_recorded(server, office, member, unit, answers, findings) for unit in _units(scale))
    what = f"a visit with {len(answers)} criteria and {len(findings)} findings handed in, {kind}"
    yield within(f"{what}: half of {len(times)} within", Taken(median(times), 0), MOST_RECORDING)
    yield plain("… the slowest", times[-1], f"{times[-1] * 1000:.0f} ms")


def _units(scale: int) -> list[str]:
    """Of a city that is not the team's own."""
    others = [code for code in roster_codes() if code.startswith("5101")]
    return others[: max(3, VISITS // scale)]


def _token(environment: Mapping[str, str], name: str, role: Role, inspector: str = "") -> str:
    """The token of a new post."""
    runtime = Runtime(read_settings(environment))
    with runtime.begin() as db:
        bench = runtime.act("bench")
        accounts.appoint(db, bench, name, role, inspector=inspector)
        token = accounts.issue_token(db, bench, name, now=runtime.wall_clock())
    runtime.engine.dispose()
    return token


def _said() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """An answer to each criterion, a number where it asks for one; and findings of the first ones."""
    after = lookup(None)(POLICY).after
    criteria = [each for standard in after.standards_of("*") for each in standard.criteria.values()]
    answers = [
        {"criterion": each.criterion, "numbers": [str(asked.value) for asked in each.measures]}
        if each.measures
        else {"criterion": each.criterion, "state": "met"}
        for each in criteria
    ]
    findings = [
        {
            "criterion": each.criterion,
            "severity": "general",
            "description": f"第{number}项不符合要求",
            "responsible": "街道办事处",
        }
        for number, each in enumerate(criteria[:FINDINGS], 1)
    ]
    return answers, findings


def _recorded(server: Server, office: str, member: str, unit: str, answers: list[Any], findings: list[Any]) -> float:
    """Seconds from the request until the answer: recorded, in the log, on the disk."""
    order = {"policy": POLICY, "unit": unit, "ground": "complaint", "reason": "举报", "document": "安办〔2026〕1号"}
    check = act(server, office, "checks", {**order, "team": TEAM, "due_on": "2026-05-30"}, CLOCK)["check"]
    said = {"kind": "inspected", "day": DAY, "answers": answers, "findings": findings}
    start = perf_counter()
    act(server, member, f"outcomes/{check}/{unit}", said, CLOCK)
    return perf_counter() - start

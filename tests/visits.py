"""Outcomes, findings and exit cases, written down as their own use cases do, for what looks at them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.store import acts, lives, rosters, signed, visit_tables
from audit_service.store.tables import units


def _keep(db: Connection, act: Act, table: Any, key: str, row: dict[str, Any], also: tuple[str, ...] = ()) -> int:
    number = acts.record(db, act, "life", row["unit"], step=key)
    lives.concern(db, number, [row["unit"]])
    keys = {name: row[name] for name in (key, *also)}
    rosters.replace(db, table, keys, {**(rosters.one(db, table, **keys) or {}), **row}, number)
    return number


def _city(db: Connection, unit: str) -> str:
    return str((rosters.one(db, units, unit=unit) or {"city": ""})["city"])


SIGNED = signed.written({"team": []}, 0)
"""The content of an outcome that nobody has to sign any more."""


def outcome(db: Connection, act: Act, occasion: str, unit: str, stratum: str, **more: Any) -> int:
    """A unit was visited, and all signed."""
    row = {"occasion": occasion, "unit": unit, "city": _city(db, unit), "policy": "sichuan-2020", "stratum": stratum}
    said = {"kind": "inspected", "inspected_on": "2026-08-01", "verdict": "passed", "recorded_by": "C1"}
    return _keep(db, act, visit_tables.outcomes, "occasion", {**row, **said, "content": SIGNED, **more}, ("unit",))


def finding(db: Connection, act: Act, name: str, unit: str, occasion: str, **more: Any) -> int:
    """A finding, or its next version."""
    row = {"finding": name, "occasion": occasion, "unit": unit, "city": _city(db, unit), "policy": "sichuan-2020"}
    said = {
        "area": "a1",
        "severity": "general",
        "description": "x",
        "found_by": "C1,C2",
        "found_on": "2026-08-01",
        "rechecks": 0,
    }
    since = dict.fromkeys(("deadline_since", "due_since"), "2026-08-01")
    state = {"state": "notified", "deadline": "2026-08-20", "due_on": "2026-08-20", **since}
    before = rosters.one(db, visit_tables.findings, finding=name) or {**row, **said, **state}
    return _keep(db, act, visit_tables.findings, "finding", {**before, **more})


_HEARD = ("notify", "waive")
_PUBLISHED = (*_HEARD, "meet", "publish")
STEPS_TO = {
    "opened": (), "notified": ("notify",), "heard": _HEARD, "published": _PUBLISHED,
    "proposed": (*_HEARD, "propose"), "reviewed": (*_HEARD, "propose", "review"), "signed": (*_HEARD, "meet"),
    "revoked": (*_PUBLISHED, "revoke"), "plaque-recalled": (*_PUBLISHED, "revoke", "recall-plaque"),
    "delisted": (*_PUBLISHED, "revoke", "recall-plaque", "delist"),
    "not-to-be-named": (*_PUBLISHED, "not-to-be-named"), "rectify-again": ("meet", "rectify-again"),
    "dismissed": ("meet", "dismiss"),
}  # fmt: skip
"""By which steps a case has come to a state."""


def case(
    db: Connection,
    act: Act,
    name: str,
    unit: str,
    occasion: str,
    *,
    day: str = "2026-08-07",
    ending: str = "",
    cause: str = "failed",
    **more: Any,
) -> int:
    """An exit case, or its next version, which has come to its `state` by steps of one day: 5 days for a defence, 7 of
    publication."""
    table = visit_tables.exit_cases
    row = {"exit_case": name, "occasion": occasion, "unit": unit, "city": _city(db, unit), "policy": "sichuan-2020"}
    row |= {"trigger_name": "failed", "opened_on": day, "finding": ""}
    begun = {"step": "open", "cause": cause, "since": day, "endings": ["revoked", "dismissed"], **row}
    before = rosters.one(db, table, exit_case=name)
    done = acts.details_by(db, [name], "case").get(name, [])
    number = 0
    if not done:
        label = {"zh": "x", "en": "x"}
        terms = {"defence_days": 5, "publication_days": 7, "trigger": label, "authority": label}
        number = acts.record(db, act, "case", name, **begun, **terms)
    state = str(more.get("state", "notified"))
    taken = [str(said["step"]) for said in done[1:]]
    for step in STEPS_TO[state][len(taken) if taken == list(STEPS_TO[state][: len(taken)]) else 0 :]:
        told = {"ending": ending} if ending and step == "meet" else {}
        number = acts.record(db, act, "case", name, step=step, day=day, document="文", **told)
    lives.concern(db, number, [unit])
    kept = {**rosters.blank(table), **(before or row), "ending": ending, "state": state, "due_on": day, **more}
    rosters.replace(db, table, {"exit_case": name}, kept, number)
    return number


def pause(db: Connection, act: Act, since: str, until: str = "", campaign: str = "", cities: str = "") -> int:
    """A time in which clocks stood."""
    from audit_service.store.life_tables import pauses

    number = acts.record(db, act, "life", "pause", step="pause")
    row = {"pause": f"P-{number}", "campaign": campaign, "cities": cities, "since": since, "until": until}
    rosters.replace(db, pauses, {"pause": row["pause"]}, {**row, "reason": "汛情", "document": "令"}, number)
    return number


def check(db: Connection, act: Act, name: str, unit: str, campaign: str, **more: Any) -> int:
    """A check beside the sample."""
    row = {"occasion": name, "unit": unit, "city": _city(db, unit), "policy": "sichuan-2020", "campaign": campaign}
    said = {"ground": "complaint", "reason": "x", "document": "函", "team": "C1,C2", "due_on": "2026-08-30"}
    return _keep(db, act, visit_tables.checks, "occasion", {**row, **said, **more})

"""At the reveal of a sealed draw: what its teams recorded under the seal is entered as outcomes, in their order.

The acts are of now, by those who recorded it then (`said_at`); findings get their numbers of the version that counts.
Nothing but the revealed secret is needed, so that whoever holds a deposit reveals everything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.outcomes import read_said, write_said
from audit_service.store.rosters import Row
from audit_service.use_cases import evidence_files, outcome_findings, outcomes, signing
from audit_service.use_cases.drawn import Draw
from audit_service.use_cases.visited import EVIDENCE, OUTCOME, Version, sealed_values
from audit_service.use_cases.visits import Visit, whose
from audit_service.vault import Vault


def enter_sealed(db: Connection, act: Act, vault: Vault, draw: Draw) -> None:
    """Enter everything that was recorded of a draw's visits under its seal."""
    name = draw.row.draw
    values = list(sealed_values(db, vault, name))
    last = {value["unit"]: place for place, value in enumerate(values) if value["action"] == OUTCOME}
    versions: dict[str, list[Version]] = {}
    for place, value in enumerate(values):
        unit, content = value["unit"], _unnumbered(value)
        done_by, more = replace(act, by=value["by"], role=value["role"]), {"said_at": value["at"]}
        if value["action"] == OUTCOME:
            rows = _number(db, act, draw, unit, content) if place == last[unit] else []
            number = outcomes.enter(db, done_by, name, unit, content, **more)
            outcome_findings.keep(db, rows, number)
            known = versions.setdefault(unit, [])
            known.append(Version(len(known) + 1, number, value["at"], value["by"], content))
        elif value["action"] == EVIDENCE:
            evidence_files.enter(db, done_by, f"{name}/{unit}", [whose(db, unit)], content, **more)
        else:
            signing.enter(db, done_by, name, unit, versions[unit][content["version"] - 1], content, **more)


def _unnumbered(value: dict[str, Any]) -> dict[str, Any]:
    """The content of what was recorded, an outcome's findings without numbers: under a seal there are none, and one
    that somebody named all the same is another visit's, which must neither be changed by this one nor stop the reveal.
    """
    content: dict[str, Any] = value["content"]
    if value["action"] != OUTCOME:
        return content
    said = read_said(content["said"])
    return {**content, "said": write_said(replace(said, findings=tuple(replace(w, finding="") for w in said.findings)))}


def _number(db: Connection, act: Act, draw: Draw, unit: str, content: dict[str, Any]) -> list[Row]:
    """Give a version's findings their numbers, in its content too; their rows."""
    said = read_said(content["said"])
    visit = Visit(
        occasion=draw.row.draw,
        unit=unit,
        whose=content["whose"],
        city=content["city"],
        stratum=content["stratum"],
        checklist=content["stratum"],
        packet=content["packet"],
        team=tuple(content["team"]),
        programme=draw.programme,
        campaign=draw.row.campaign,
        since=said.day,
        sealed=False,
    )
    change, _ = outcome_findings.plan(db, visit, said, beijing_day(act.at), (), {})
    assert change is not None  # no finding is named, and nothing stands that could be withdrawn
    content["said"] = write_said(replace(said, findings=change.findings))
    return list(change.rows)

"""Record what a team found, and correct it: a correction is a new version with its reason, the old one stays.

A member of the visit's team records it; or the office on their behalf, by the paper that they signed, whose scan is
among the visit's files of evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.judging import Fault, Judged, judge
from audit_service.core.outcomes import BY_DOCUMENT, CITY_VERDICTS, POSTPONED, Said, hundredths, signers, write_said
from audit_service.errors import Finding, Problem, Refused, RosterErrors
from audit_service.store import acts, lives, rosters, signed, tables
from audit_service.store.tables import IDENTIFIER
from audit_service.store.visit_tables import outcomes as table
from audit_service.use_cases import happenings, outcome_findings, own_counts
from audit_service.use_cases.drawn import check_clock
from audit_service.use_cases.visited import EVIDENCE, OUTCOME, SIGN, Visited, is_told, line_of, visited
from audit_service.use_cases.visits import OFFICE, Visit
from audit_service.vault import Vault


@dataclass(frozen=True)
class Author:
    """Who records: an inspector of the team, or the office (no inspector) by a paper that the team signed (`scan`)."""

    inspector: str
    scan: str = ""


def record(db: Connection, act: Act, vault: Vault, visit: Visit, author: Author, said: Said) -> Visited:
    """Record the outcome of a visit, the first one or the one after a postponement; everything known of it then."""
    before = _allowed(db, act, vault, visit, author, said)
    if before.latest and before.latest.content["said"]["kind"] != POSTPONED:
        raise Refused("outcome-there", occasion=visit.occasion, unit=visit.unit)
    return _take(db, act, vault, visit, author, said, before, "", {})


def correct(
    db: Connection,
    act: Act,
    vault: Vault,
    visit: Visit,
    author: Author,
    said: Said,
    why: str,
    dropped: Mapping[str, str],
) -> Visited:
    """Correct an outcome, with the reason.

    `dropped` gives a reason for each finding that the unit was told of and that the correction takes back.
    """
    before = _allowed(db, act, vault, visit, author, said)
    if before.latest is None:
        raise Refused("outcome-not-there", occasion=visit.occasion, unit=visit.unit)
    if not why.strip():
        raise Refused("reason-empty")
    return _take(db, act, vault, visit, author, said, before, why.strip(), dropped)


def _allowed(db: Connection, act: Act, vault: Vault, visit: Visit, author: Author, said: Said) -> Visited:
    """What is known so far, for somebody who may say this."""
    check_clock(db, act, visit.occasion)
    before = visited(db, vault, visit)
    if said.kind not in BY_DOCUMENT:
        check_paper(author, before)
    return before


def check_paper(author: Author, before: Visited) -> None:
    """Refuse the office without the scan of what the team signed, and a scan that is not kept of this visit."""
    if author.inspector == OFFICE and not author.scan:
        raise Refused("paper-needed")
    check_kept(author.scan, before)


def check_kept(digest: str, before: Visited) -> None:
    """Refuse a scan that is not kept among the visit's files."""
    if digest and digest not in {file.digest for file in before.evidence}:
        raise Refused("scan-not-kept", digest=digest)


def _take(
    db: Connection, act: Act, vault: Vault, visit: Visit, author: Author, said: Said,
    before: Visited, why: str, dropped: Mapping[str, str],
) -> Visited:  # fmt: skip
    judged, faults = judge(visit.programme.after, visit.checklist, _with_citys_own(db, visit, said))
    faults = [*_of_day(act, visit, said), *faults]
    known = [wrong["finding"] for version in before.versions for wrong in version.content["said"]["findings"]]
    if judged is None or faults:
        raise RosterErrors(_findings(faults), "outcome-errors")
    if visit.sealed:
        if faults := list(outcome_findings.numbered_too_early(judged.said.findings)):
            raise RosterErrors(_findings(faults), "outcome-errors")
        content = _content(db, visit, author, judged, why)
        happenings.record(
            db, act, OUTCOME, vault, visit.occasion, SAMPLE_ROUND, unit=visit.unit, content=json.dumps(content)
        )
        return visited(db, vault, visit)
    change, faults = outcome_findings.plan(db, visit, judged.said, beijing_day(act.at), known, dropped)
    if change is None:
        raise RosterErrors(_findings(faults), "outcome-errors")
    settled = replace(judged, said=replace(judged.said, findings=change.findings))
    content = _content(db, visit, author, settled, why) | {"dropped": dict(change.withdrawn)}
    number = enter(db, act, visit.occasion, visit.unit, content)
    outcome_findings.keep(db, change.rows, number)
    if visit.beside and is_told(visit.stratum, said.kind) and not before.is_told:
        earlier = acts.numbers_of(db, [visit.occasion, visit.subject], ["check", EVIDENCE, OUTCOME, SIGN])
        for act_before in filter(lambda each: each != number, earlier):
            lives.concern(db, act_before, [visit.whose])
    return visited(db, vault, visit)


def _of_day(act: Act, visit: Visit, said: Said) -> Iterator[Fault]:
    today = beijing_day(act.at)
    if not visit.since <= said.day <= today:
        yield "", Problem("outcome-day", {"day": said.day, "since": visit.since, "today": today})


def _findings(faults: Sequence[Fault]) -> list[Finding]:
    return [Finding("", "", 0, criterion, problem) for criterion, problem in faults]


def _with_citys_own(db: Connection, visit: Visit, said: Said) -> Said:
    """What was said, with the city's own score and conclusion as the roster has them where nobody said others."""
    unit = rosters.one(db, tables.units, unit=visit.whose) or {}
    score = said.city_score if said.city_score is not None else _score(unit.get("city_score", ""))
    verdict = said.city_verdict or CITY_VERDICTS.get(unit.get("city_result", "").strip(), "")
    return replace(said, city_score=score, city_verdict=verdict)


def _score(text: str) -> int | None:
    try:
        return hundredths(text)
    except (ValueError, ArithmeticError):  # finer than hundredths, which no comparison needs
        return None


def _content(db: Connection, visit: Visit, author: Author, judged: Judged, why: str) -> dict[str, Any]:
    deviated, said = judged.deviated, write_said(judged.said)
    return {
        "said": said,
        "counted": own_counts.counted(db, visit, judged.said.day, said["answers"]),
        "vetoes": list(judged.vetoes),
        "score": judged.score,
        "bands": [list(band) for band in judged.bands],
        "proposed": judged.proposed,
        "verdict": judged.verdict,
        "deviation": {"points": deviated.points, "verdict": deviated.verdict, "follows": deviated.follows},
        "policy": visit.programme.policy,
        "whose": visit.whose,
        "city": visit.city,
        "stratum": visit.stratum,
        "packet": visit.packet,
        "team": list(visit.team),
        "recorded_by": author.inspector,
        "scan": author.scan,
        "why": why,
        "dropped": {},
    }


def enter(db: Connection, act: Act, occasion: str, unit: str, content: Mapping[str, Any], **more: object) -> int:
    """Write a version down as the one that counts; the number of its act."""
    said = content["said"]
    told = {"kind": said["kind"], "occasion": occasion, "unit": unit, "content": dict(content)}
    number = acts.record(db, act, OUTCOME, f"{occasion}/{unit}", **told, **more)
    if is_told(content["stratum"], said["kind"]):
        lives.concern(db, number, [content["whose"]])
    to_sign = len(signers(said["kind"], content["team"]))
    by = (content["recorded_by"] or act.by)[: IDENTIFIER.length]  # the act has all of a name that somebody gave
    kept = {"recorded_by": by, "content": signed.written(content, to_sign)}
    row = {**line_of(occasion, unit, content), **kept}
    rosters.replace(db, table, {"occasion": occasion, "unit": unit}, row, number)
    return number

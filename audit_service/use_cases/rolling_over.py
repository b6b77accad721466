"""Roll-over (年度结转): where units stand at the year's end makes the draft of next year's roster.

Each living unit gets the status of next year's policy that means its state: due for re-evaluation, still to be named …
A status that it has already, and that means the same, stays with its year. What ended is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.life import BEFORE, ENDED, LifeState, Standing
from audit_service.core.life_acts import LIFE, TO_TITLE
from audit_service.core.policy import Programme, Status
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, pages, rosters, tables
from audit_service.store import lives as store
from audit_service.use_cases.policies import put_to_use

Record = dict[str, Any]
_STALE: Final = ("city_score", "city_result")
"""What next year's re-evaluation will say anew."""


@dataclass(frozen=True)
class Draft:
    """A draft roster of a year under a policy: rows as the roster has them, and units for which no status fits.

    It is made of the lives under the policies `of`; `others` has how many live under each other one, and are no part.
    """

    policy: str
    year: str
    rows: Sequence[Record]
    without: tuple[str, ...]
    of: tuple[str, ...]
    others: Mapping[str, int]


def draft(db: Connection, programme: Programme, year: str, of: Collection[str] = ()) -> Draft:
    """Next year's roster from where units stand now that live under the policies `of`.

    Where none is named, that is the policy itself if units live under it, else the only one under which any do.
    `Refused` where it is not plain which is meant, and for a policy whose statuses mean no states.
    """
    if not any(status.state for status in programme.statuses):
        raise Refused("roll-over-statuses", policy=programme.policy)
    listed = {row["unit"]: row for row in rosters.current(db, tables.units)}
    documents = _naming_documents(db)
    living = {unit: standing for unit, standing in store.every(db).items() if standing.state not in ENDED}
    under = Counter(standing.policy for standing in living.values())
    meant = _meant(programme.policy, of, under)
    rows, without = [], []
    for unit, standing in sorted(living.items()):
        if standing.policy not in meant:
            continue
        row = listed.get(unit) or _last(db, unit)
        status = _status(programme, row, wanted_states(standing, year)) if row else None
        if row is None or status is None:
            without.append(unit)
        else:
            rows.append(_row(row, standing, status, documents.get(unit, "")))
    if not rows:
        raise Refused("roll-over-nothing")
    others = {policy: count for policy, count in sorted(under.items()) if policy not in meant}
    return Draft(programme.policy, year, rows, tuple(without), tuple(sorted(meant)), others)


def _meant(policy: str, of: Collection[str], under: Mapping[str, int]) -> set[str]:
    """The policies whose lives make a draft."""
    if missing := [each for each in of if each not in under]:
        raise NotFound("roll-over-none-of", policies="、".join(missing), known="、".join(sorted(under)) or "-")
    if of or policy in under:
        return set(of) or {policy}
    if len(under) > 1:
        raise Refused("roll-over-several", policy=policy, known="、".join(sorted(under)))
    return set(under)


def record(db: Connection, act: Act, programme: Programme, made: Draft, file: str, digest: str) -> None:
    """Note that a draft was made, by the digest of its file."""
    put_to_use(db, act, programme)
    counts = {"units": len(made.rows), "without": list(made.without), "of": list(made.of)}
    acts.record(db, act, "roll-over", f"{made.policy} {made.year}", file=file, digest=digest, **counts)


def wanted_states(standing: Standing, year: str) -> tuple[LifeState, ...]:
    """The states that next year's status may mean, the best one first."""
    if standing.state in BEFORE:
        return standing.state, LifeState.BUILDING
    if standing.state is LifeState.LAPSED:
        return LifeState.LAPSED, LifeState.RE_EVALUATION
    if standing.state is LifeState.NAMED and not (standing.re_evaluate_by and standing.re_evaluate_by[:4] <= year):
        return (LifeState.NAMED,)
    return LifeState.RE_EVALUATION, LifeState.NAMED


def _status(programme: Programme, row: Mapping[str, Any], wanted: Iterable[LifeState]) -> Status | None:
    """The status of the first state that the policy knows: the unit's own if it means that, else one without a year."""
    for state in wanted:
        fitting = [status for status in programme.statuses if status.state == state.value]
        if fitting:
            own = [status for status in fitting if status.status == row["status"]]
            return (own or [status for status in fitting if not status.target_year] or fitting)[0]
    return None


def _row(row: Record, standing: Standing, status: Status, document: str) -> Record:
    own = status.status == row["status"]
    assessed = standing.since if standing.state is LifeState.ASSESSED else ""
    return {
        **row,
        **dict.fromkeys(_STALE, ""),
        "status": status.status,
        "target_year": status.target_year or (row["target_year"] if own else ""),
        "livelihood": row["livelihood"] if own or standing.state in BEFORE else None,
        "assessed_on": row["assessed_on"] or assessed,
        "naming_document": document or row["naming_document"],
        "named_on": standing.named_on or row["named_on"],
        "valid_until": standing.valid_until or row["valid_until"],
    }


def _last(db: Connection, unit: str) -> Record | None:
    """What the roster last said of a unit that is not on it now."""
    versions = pages.versions_of(db, tables.units.c.unit, unit)
    return {name: value for name, value in versions[-1].items() if name not in rosters.ACTS} if versions else None


def _naming_documents(db: Connection) -> dict[str, str]:
    """By unit the document of its title, as its steps say; a title that was received came by the giver's."""
    found: dict[str, str] = {}
    for details in store.details_of_action(db, LIFE):
        if details["step"] in TO_TITLE:
            for unit, own in details["units"].items():
                said = {**details["facts"], **own}
                found[unit] = found.get(said.get("other", ""), "") or said.get("document", "")
    return found

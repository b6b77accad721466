"""Which outcomes wait for signatures, and for whose: found in bulk, now or right after an act.

How many have to sign stands first in the content of an outcome, so that the database counts signatures against it
without reading what a team said of every unit in ten years. One from before that is read whole.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, String, Subquery, case, cast, func, literal, select

from audit_service.core.outcomes import INSPECTED, THE_UNIT, signers
from audit_service.store.acts import moments_of
from audit_service.store.batches import batches
from audit_service.store.rosters import Row, counting, read
from audit_service.store.visit_tables import outcomes, signatures

_FIRST: Final = '{"to_sign": "'
_LENGTH: Final = len(f'{_FIRST}00"')
_NAMES: Final = ("occasion", "unit", "city", "stratum", "policy", "kind", "verdict", "recorded_in", "content")


@dataclass(frozen=True)
class Unsigned:
    """An outcome that waits for signatures: since when, whose, and the findings of which it tells."""

    occasion: str
    unit: str
    city: str
    stratum: str
    policy: str
    kind: str
    verdict: str
    at: datetime
    missing: tuple[str, ...]
    findings: frozenset[str]


def written(content: Mapping[str, Any], to_sign: int) -> str:
    """The content of an outcome as it is kept, with how many have to sign it."""
    return json.dumps({"to_sign": f"{to_sign:02}", **content}, ensure_ascii=False)


def unsigned(db: Connection, at: int | None = None, **wanted: Collection[str]) -> list[Unsigned]:
    """The outcomes that count now, or counted right after an act, and were not signed by everybody who has to; of
    `wanted` some occasions or units."""
    own = [outcomes.c[name].in_(values) for name, values in wanted.items()]
    rows = read(db, _may_lack(_signed(at, own), at).where(*own))
    numbers = {row["recorded_in"] for row in rows}  # a join would read every act there is for the few that are wanted
    done, moments = _done(db, numbers, at), moments_of(db, numbers)
    found = (_as_unsigned(row, moments[row["recorded_in"]], done[row["recorded_in"], row["unit"]]) for row in rows)
    return sorted((each for each in found if each.missing), key=lambda each: (each.occasion, each.unit))


def findings_of(drafts: Iterable[Unsigned]) -> set[str]:
    """The findings of which outcomes tell that wait for signatures."""
    return {finding for draft in drafts for finding in draft.findings}


def _may_lack(signed: Subquery, at: int | None) -> Select[Any]:
    """Outcomes that other than as many signed as their content asks for; a unit's counts where it was inspected."""
    own = (signed.c.outcome == outcomes.c.recorded_in) & (signed.c.unit == outcomes.c.unit)
    number = func.coalesce(case((outcomes.c.kind == INSPECTED, signed.c.number), else_=signed.c.members), 0)
    written = func.substr(cast(number + 100, String), 2, 2, type_=String)
    asked = func.substr(outcomes.c.content, 1, _LENGTH, type_=String)
    chosen = select(*(outcomes.c[name] for name in _NAMES)).outerjoin(signed, own)
    return chosen.where(*counting(outcomes, at), asked != literal(_FIRST) + written + literal('"'))


def _signed(at: int | None, own: Sequence[ColumnElement[bool]]) -> Subquery:
    """How many signed each outcome, and how many of them are members of its team, in one pass over the signatures of
    all outcomes, or of those that are meant."""
    table = signatures.c
    members = func.sum(case((table.signer != THE_UNIT, 1), else_=0)).label("members")
    chosen = select(table.outcome, table.unit, func.count().label("number"), members)
    if own:
        chosen = chosen.where(table.outcome.in_(select(outcomes.c.recorded_in).where(*own)))
    if at is not None:
        chosen = chosen.where(table.recorded_in <= at)
    return chosen.group_by(table.outcome, table.unit).subquery()


def _done(db: Connection, numbers: Collection[int], at: int | None) -> defaultdict[tuple[int, str], set[str]]:
    """By the act that recorded an outcome, and its unit, who signed it."""
    table, found = signatures.c, defaultdict[tuple[int, str], set[str]](set)
    for some in batches(numbers):
        chosen = select(table.outcome, table.unit, table.signer).where(table.outcome.in_(some))
        for row in db.execute(chosen if at is None else chosen.where(table.recorded_in <= at)):
            found[row.outcome, row.unit].add(row.signer)
    return found


def _as_unsigned(row: Row, at: datetime, done: set[str]) -> Unsigned:
    content = json.loads(row["content"])
    told = {name: row[name] for name in _NAMES[:-2]}
    missing = tuple(who for who in signers(row["kind"], content.get("team", ())) if who not in done)
    findings = {wrong["finding"] for wrong in content.get("said", {}).get("findings", ())} - {""}
    return Unsigned(**told, at=at, missing=missing, findings=frozenset(findings))

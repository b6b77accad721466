"""Note by which document a difference between roster and annex is explained."""

from __future__ import annotations

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.policy import Programme
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, rosters, tables
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.reconciling import check


def explain(
    db: Connection, act: Act, programme: Programme, city: str, target: str, difference: int, document: str
) -> None:
    """Note by which document a difference is explained, with what it is of: the number ordered and the units listed.

    `Refused` unless it is the difference that there is now.
    """
    if not document.strip():
        raise Refused("document-empty")
    known = [entry.target for entry in programme.targets]
    if target not in known:
        raise NotFound("target-unknown", target=target, known=", ".join(known) or "-")
    lines = check(db, programme, beijing_day(act.at)).reconciliation.lines
    line = next((line for line in lines if (line.city, line.target) == (city, target)), None)
    found = line.difference if line else 0
    if line is None or difference == 0 or found != difference:
        raise Refused("difference-other", found=f"{found:+d}" if found else "0", given=f"{difference:+d}")
    row = {
        "city": city,
        "target": target,
        "difference": difference,
        "document": document.strip(),
        "ordered": line.ordered,
        "list_digest": line.listing,
    }
    put_to_use(db, act, programme)
    number = acts.record(db, act, "frame-explain", city, **row)
    rosters.replace(db, tables.explanations, {"city": city, "target": target}, row, number)

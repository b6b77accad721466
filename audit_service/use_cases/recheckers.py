"""Who may recheck a finding: somebody on the roster if the office names them beforehand, and never who found it or is
kept away from the unit (回避), whether they are told by code or by name (docs/rectification.md)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.labels import squeezed
from audit_service.errors import Refused
from audit_service.store import rosters
from audit_service.store.tables import people, recusals

_BETWEEN: Final = re.compile("[,、;]")
"""What stands between several finders: codes as they are kept, or names as a register has them."""
Named = Collection[tuple[str, ...]]
"""Codes with names."""


def code_of(db: Connection, person: str) -> str:
    """The code of an inspector on the roster, told by code or by a name that nobody else on it has; `Refused` for any
    other text, which would be in nobody's list. What is empty stays so: the step itself needs somebody."""
    if not person.strip():
        return person
    codes = _meant(rosters.columns(db, people, ("inspector", "name")), person)
    if not codes:
        raise Refused("rechecker-unknown", found=person)
    if len(codes) > 1:
        raise Refused("rechecker-several", found=person, codes="、".join(sorted(codes)))
    return codes.pop()


def check_impartial(db: Connection, finding: Mapping[str, Any], person: str) -> None:
    """Refuse who found it, or is recused from its unit.

    Whoever left the roster still found what they found; and who has a name in common with a finder may be one, unless
    their code is told.
    """
    everybody = rosters.versions(db, people.c.inspector, people.c.name)
    finders = set(_BETWEEN.split(squeezed(finding["found_by"])))
    codes = _meant(everybody, person)
    names = {squeezed(name) for code, name in everybody if code in codes} | {squeezed(person)}
    without_code = finders - {code for code, _ in everybody}
    if codes & finders or names & without_code:
        raise Refused("recheck-by-finder", finding=finding["finding"], inspector=person)
    if rosters.chosen(db, recusals, inspector=codes, unit=[finding["unit"]]):
        raise Refused("recheck-recused", finding=finding["finding"], inspector=person)


def _meant(everybody: Named, person: str) -> set[str]:
    """The codes that a text may mean: its own if it is one, else those of everybody of that name."""
    label = squeezed(person)
    if any(code == label for code, _ in everybody):
        return {label}
    return {code for code, name in everybody if squeezed(name) == label}

"""People who drop out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.errors import Refused
from audit_service.store import acts, rosters, tables
from audit_service.use_cases.roster_changes import PEOPLE, subject


def leave(db: Connection, act: Act, codes: Sequence[str], reason: str) -> list[str]:
    """Take people off the roster from now on; their codes, each once. `Refused` names every one who is not on it."""
    leaving = list(dict.fromkeys(codes))
    if not reason.strip():
        raise Refused("leave-without-reason")
    current = {code for (code,) in PEOPLE.current(db)}
    absent = [code for code in leaving if code not in current]
    if absent:
        _refuse(absent, rosters.ever(db, tables.people.c.inspector))
    number = acts.record(db, act, "people-leave", subject(leaving), people=leaving, reason=reason.strip())
    rosters.supersede(db, tables.people, [{"inspector": code} for code in leaving], number)
    return leaving


def _refuse(absent: Sequence[str], ever: set[str]) -> None:
    gone = "、".join(code for code in absent if code in ever)
    strangers = "、".join(code for code in absent if code not in ever)
    if gone and strangers:
        raise Refused("people-gone-and-unknown", gone=gone, unknown=strangers)
    if gone:
        raise Refused("people-gone", gone=gone)
    raise Refused("people-unknown", unknown=strangers)

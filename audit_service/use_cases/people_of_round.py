"""The people and recusals that a round of a draw would freeze now."""

from __future__ import annotations

from sqlalchemy import Connection

from audit_service.core.frozen import Inspector, Recusal
from audit_service.core.policy import recusals_that_bind
from audit_service.store import rosters, tables
from audit_service.use_cases.drawn import Draw
from audit_service.use_cases.freezing import person_attributes


def people_and_recusals(db: Connection, draw: Draw) -> tuple[list[Inspector], list[Recusal]]:
    """Everybody on the roster whom the draw's policy gives a seat, and the recusals that bind them."""
    people = draw.programme.inspectors(person_attributes(db))
    pairs = [(row["inspector"], row["unit"]) for row in rosters.current(db, tables.recusals)]
    return people, recusals_that_bind(pairs, draw.files.frame, people)

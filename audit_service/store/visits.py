"""Outcomes with their versions and signatures, files of evidence, and checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select

from audit_service.core.acts import Act
from audit_service.core.outcomes import POSTPONED
from audit_service.store.pages import Page, listed
from audit_service.store.rosters import Row, read
from audit_service.store.tables import acts
from audit_service.store.visit_tables import evidence, outcomes, signatures


def versions(db: Connection, occasion: str, unit: str) -> list[tuple[Row, Act]]:
    """Every version of an outcome in order, with the act that recorded it."""
    return _with_acts(db, outcomes, occasion, unit)


def signatures_of(db: Connection, occasion: str, unit: str) -> list[tuple[Row, Act]]:
    """Who signed which version of an outcome, in order."""
    return _with_acts(db, signatures, occasion, unit)


def _with_acts(db: Connection, table: Table, occasion: str, unit: str) -> list[tuple[Row, Act]]:
    chosen = select(table, acts.c.at, acts.c.by, acts.c.demo, acts.c.role).join(
        acts, acts.c.number == table.c.recorded_in
    )
    own = and_(table.c.occasion == occasion, table.c.unit == unit)
    return [
        (dict(row._mapping), Act(row.at, row.by, row.demo, row.role))
        for row in db.execute(chosen.where(own).order_by(table.c.recorded_in))
    ]


def outcomes_page(db: Connection, page: int, size: int, *, told: bool = False, **wanted: str) -> Page:
    """The outcomes that count now, by occasion and unit; each filter counts if it says something.

    `told`: without those that say of a check beside the sample that it is still to come.
    """
    conditions = [(outcomes.c.stratum != "") | (outcomes.c.kind != POSTPONED)] if told else []
    return listed(db, outcomes, (outcomes.c.occasion, outcomes.c.unit), page, size, wanted, conditions)


def add_signature(db: Connection, row: Mapping[str, Any], act: int) -> None:
    """Keep that somebody signed a version."""
    db.execute(insert(signatures).values(**row, recorded_in=act))


def add_evidence(db: Connection, subject: str, file: Mapping[str, Any], act: int) -> None:
    """Keep that a file shows something."""
    db.execute(insert(evidence).values(subject=subject, **file, recorded_in=act))


def evidence_of(db: Connection, subjects: Iterable[str]) -> list[Row]:
    """The files that show something, in the order in which they came."""
    chosen = select(evidence).where(evidence.c.subject.in_(list(subjects)))
    return read(db, chosen.order_by(evidence.c.recorded_in))


def evidence_by(db: Connection, digest: str) -> list[Row]:
    """All that is shown by a file, in the order in which it came."""
    chosen = select(evidence).where(evidence.c.digest == digest)
    return read(db, chosen.order_by(evidence.c.recorded_in))


def digests(db: Connection) -> list[str]:
    """The digest of every file of evidence."""
    return list(db.execute(select(evidence.c.digest).distinct().order_by(evidence.c.digest)).scalars())

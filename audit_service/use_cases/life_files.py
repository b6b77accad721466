"""Papers of steps of units' lives: kept first, then named by a step (`scan`), of one unit or of many.

The office's lie together, and those of each city by themselves: a city names what it sent itself, since whoever may
take a step could else fetch through it any file of which they know the digest. Who sees the unit's history fetches what
its steps name.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from audit_service.core.acts import Act
from audit_service.core.life import Facts
from audit_service.core.life_acts import LIFE
from audit_service.core.steps import Shown
from audit_service.errors import NotFound
from audit_service.store import visits as store
from audit_service.use_cases import step_files
from audit_service.use_cases.visited import File


def shelf(city: str = "") -> str:
    """Under what the files of the office, or of a city, are kept."""
    return f"{LIFE}/{city}" if city else LIFE


def attach(db: Connection, act: Act, file: File, *, city: str = "") -> None:
    """Keep a file for steps of the office, or of a city. Once is enough."""
    step_files.attach(db, act, shelf(city), file)


def check_kept(db: Connection, facts: Iterable[Facts], city: str = "") -> None:
    """Refuse steps that name a file that the office, or the city, has not sent."""
    named = sorted({each.scan for each in facts if each.scan})
    step_files.check_kept(db, shelf(city), [Shown("scan", digest) for digest in named])


def one_file(db: Connection, unit: str, named: Iterable[str], digest: str) -> File:
    """A file that a step in a unit's history names; `NotFound` for any other, and for one of which a step has the
    digest alone, as they did once."""
    for row in store.evidence_by(db, digest) if digest in named else ():
        if row["subject"].split("/")[0] == LIFE:
            return File(row["digest"], row["name"], row["kind"], row["size"])
    raise NotFound("step-file-none", subject=unit, digest=digest)

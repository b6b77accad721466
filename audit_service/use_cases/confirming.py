"""Cities' confirmations of their lists: noted with the stamped scan, whose bytes are kept as evidence is."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.steps import Shown
from audit_service.errors import Refused
from audit_service.store import acts, rosters, tables
from audit_service.store import visits as store
from audit_service.use_cases import step_files
from audit_service.use_cases.reconciling import Confirmation, confirmed_lists, list_digest, unit_attributes
from audit_service.use_cases.visited import File

FRAME: Final = "frame"
"""Under what the scans are kept."""


def attach(db: Connection, act: Act, file: File) -> None:
    """Keep a scan that a confirmation will name."""
    step_files.attach(db, act, FRAME, file)


def kept(db: Connection, digest: str, name: str) -> File:
    """A scan that was sent, for a confirmation that names it; `Refused` for any other."""
    step_files.check_kept(db, FRAME, [Shown(name, digest)])
    return one_file(db, digest)


def one_file(db: Connection, digest: str) -> File:
    """A scan; `NotFound` where there is none, and of one of which a confirmation has the digest alone, as once."""
    return step_files.one_file(db, FRAME, digest)


def confirm(db: Connection, act: Act, city: str, file: File, day: date) -> Confirmation:
    """Note that a city confirmed its list as the roster has it now, by a scan that is kept, on a day.

    `Refused` for a city without units, and for a day that has not come.
    """
    own = confirmed_lists(unit_attributes(db)).get(city, [])
    if not own:
        raise Refused("confirm-no-units", city=city)
    if day > beijing_day(act.at):
        raise Refused("confirm-ahead", day=day, today=beijing_day(act.at))
    row = {
        "city": city,
        "file": file.name,
        "digest": file.digest,
        "confirmed_on": day.isoformat(),
        "units": len(own),
        "list_digest": list_digest(own),
    }
    number = acts.record(db, act, "frame-confirm", city, **row)
    rosters.replace(db, tables.confirmations, {"city": city}, row, number)
    if file.digest not in {each.digest for each in step_files.kept_of(db, FRAME)}:
        store.add_evidence(db, FRAME, vars(file), number)
    return Confirmation(city, file.name, file.digest, day.isoformat(), len(own), current=True)

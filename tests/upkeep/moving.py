"""An office that moves to another database, and everything that happened to a campaign before it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaign import DRAW, PUBLIC, begun, round_of
from tests.office import Office

NEXT_YEAR = ("--event", "d10:meeting-2028:20@2028-03-16T07:00:00Z")


def published(office: Office) -> Office:
    """A campaign that was drawn, substituted and has a round; and a draw that is only frozen."""
    begun(office).at("2027-03-16T14:00:00Z").run("draw", "run", DRAW, "--public", PUBLIC)
    unit = office.run("draw", "show", DRAW).json["sample"][0]["unit"]
    office.run("draw", "substitute", DRAW, unit, "--document", "川民政〔2027〕8号")
    round_of(office.at("2027-04-01T01:00:00Z"), 6)
    office.freeze("2029")
    return office


def busy(office: Office) -> Office:
    """The same, and a sealed draw that is not revealed."""
    sealed = published(office).freeze("2028")
    office.run("draw", "commit", sealed, *NEXT_YEAR, "--sealed", "--reveal-by", "2028-06-01")
    office.at("2028-03-16T08:00:00Z").run("draw", "run", sealed, "--public", "d10:meeting-2028:84729150366271940583")
    return office


@contextmanager
def moved(office: Office, url: str) -> Iterator[Office]:
    """The same office, its keys and all, on another database."""
    other = Office(office.folder, {**office.environment, "AUDIT_DATABASE_URL": url}, office.clock)
    try:
        yield other
    finally:
        if "engine" in vars(other.runtime):
            other.runtime.engine.dispose()


def backup_of(office: Office, name: str = "backup") -> Path:
    file = office.folder / name
    office.run("backup", file)
    return file

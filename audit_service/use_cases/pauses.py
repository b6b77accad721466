"""Pauses (疫情、汛情): from a day on, by a document, the clocks of a campaign or of a region of it stand.

Everybody who shows a deadline asks by these how far it has moved (`core.periods.clock_of`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.clocks import Pause
from audit_service.core.divisions import Divisions
from audit_service.core.periods import Stop, clock_of
from audit_service.errors import NotFound, Refused
from audit_service.store import acts, lives, rosters
from audit_service.store import draws as draws_store
from audit_service.store.life_tables import pauses as table
from audit_service.store.visit_tables import checks


def begin(
    db: Connection,
    act: Act,
    divisions: Divisions,
    campaign: str,
    cities: Collection[str],
    since: date,
    reason: str,
    document: str,
) -> rosters.Row:
    """Stop the clocks of a campaign (empty: of all), everywhere or in some cities, by code or name; the pause.

    `Refused` for a day to come: what may still come is no pause yet. `NotFound` for a city that there is not, whose
    pause would stop no clock.
    """
    today = beijing_day(act.at)
    _check(reason, document)
    if since > today:
        raise Refused("pause-ahead", day=since, today=today)
    if campaign and campaign not in draws_store.campaigns(db):
        raise NotFound("campaign-unknown", campaign=campaign)
    codes = {divisions.named(city).code for city in cities}
    name = f"P-{today.year}-{acts.next_number(db, f'pause:{today.year}'):02d}"
    row = {"campaign": campaign, "cities": ",".join(sorted(codes)), "since": since.isoformat(), "until": ""}
    return _keep(db, act, {**row, "pause": name, "reason": reason.strip(), "document": document.strip()})


def end(db: Connection, act: Act, pause: str, until: date, document: str) -> rosters.Row:
    """Let the clocks of a pause run again after its last day, by a document."""
    row, today = rosters.one(db, table, pause=pause), beijing_day(act.at)
    if row is None:
        raise NotFound("pause-unknown", pause=pause)
    if row["until"]:
        raise Refused("pause-ended", pause=pause, until=row["until"])
    if not document.strip():
        raise Refused("document-empty")
    if not row["since"] <= until.isoformat() <= today.isoformat():
        raise Refused("pause-until", until=until, since=row["since"], today=today)
    both = f"{row['document']}; {document.strip()}"
    return _keep(db, act, {**row, "until": until.isoformat(), "document": both})


def _check(reason: str, document: str) -> None:
    if not reason.strip():
        raise Refused("reason-empty")
    if not document.strip():
        raise Refused("document-empty")


def _keep(db: Connection, act: Act, row: rosters.Row) -> rosters.Row:
    lives.check_pause_clock(db, act)
    name = str(row["pause"])
    number = acts.record(db, act, "pause", name, **{key: value for key, value in row.items() if key != "pause"})
    rosters.replace(db, table, {"pause": name}, row, number)
    return row


def list_pauses(db: Connection, city: str = "", campaign: str = "") -> list[rosters.Row]:
    """Every pause by its number; of a city, and of a campaign, those that stop its clocks."""
    rows = [row for row in rosters.current(db, table) if not city or _covers(row, city)]
    rows = [row for row in rows if not campaign or row["campaign"] in ("", campaign)]
    return sorted(rows, key=lambda row: str(row["pause"]))


def stops_of(db: Connection, at: int | None = None) -> list[Stop]:
    """Every pause that counts, or counted right after an act."""
    return [
        Stop(row["campaign"], frozenset(filter(None, row["cities"].split(","))), Pause(*_days(row)))
        for row in rosters.current(db, table, at)
    ]


def _days(row: rosters.Row) -> tuple[date, date | None]:
    return date.fromisoformat(row["since"]), date.fromisoformat(row["until"]) if row["until"] else None


def _covers(row: rosters.Row, city: str) -> bool:
    return not row["cities"] or city in row["cities"].split(",")


def campaign_of(db: Connection, occasion: str) -> str:
    """The campaign of a draw or a check; nothing where it has none."""
    if draws_store.is_draw(db, occasion):
        return draws_store.one_draw(db, occasion).campaign
    check = rosters.one(db, checks, occasion=occasion)
    return str(check["campaign"]) if check else ""


def moved(db: Connection, occasion: str, city: str, day: str, running: str, today: date) -> str:
    """How far a deadline of an occasion in a city has moved by today, of a clock that began to run on a day; texts of
    days, nothing for nothing."""
    return clock_of(stops_of(db), campaign_of(db, occasion), city, today.isoformat()).moved(running, day)

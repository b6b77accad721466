"""What waits for a day, read in bulk: of each table what counts now and is not over, in few columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Select, func, select

from audit_service.core.acts import beijing_day
from audit_service.core.life import ENDED, IN_FORCE
from audit_service.core.outcomes import INSPECTED, POSTPONED
from audit_service.store import tables
from audit_service.store.batches import batches
from audit_service.store.life_tables import standings
from audit_service.store.rosters import Row, read
from audit_service.store.visit_tables import checks, findings, outcomes


def open_findings(db: Connection, city: str = "", units: Collection[str] | None = None) -> list[Row]:
    """Findings on which something is due, of a city, of some units or of all, with the days on which their clocks
    began."""
    table = findings.c
    names = ("finding", "occasion", "unit", "city", "policy", "programme", "state", "rechecker", "rechecks",
             "due_on", "due_since", "deadline", "deadline_since")  # fmt: skip
    chosen = select(*(table[name] for name in names)).where(table.superseded_in.is_(None), table.due_on != "")
    if city:
        chosen = chosen.where(table.city == city)
    return _of(db, chosen, table.unit, units)


def _of(db: Connection, query: Select[Any], unit: Column[str], units: Collection[str] | None) -> list[Row]:
    """The rows of a query of some units, or of all."""
    if units is None:
        return read(db, query)
    return [row for some in batches(units) for row in read(db, query.where(unit.in_(some)))]


def ended(db: Connection, units: Collection[str]) -> dict[str, str]:
    """Of some units those that have no title any more and lead no other life, with how theirs ended."""
    table = standings.c
    chosen = select(table.unit, table.state).where(table.superseded_in.is_(None), table.state.in_(ENDED))
    return {row.unit: row.state for row in db.execute(chosen).all() if row.unit in units}


def titles(db: Connection, named_before: str, last: str) -> list[Row]:
    """Where units with a title stand that lapses, is re-evaluated, or was given so long ago that a check may be due."""
    table = standings.c
    names = ("unit", "policy", "state", "title", "named_on", "valid_until", "checked_on", "re_evaluate_by")
    near = (table.valid_until != "") & (table.valid_until <= last)
    again = (table.re_evaluate_by != "") & (table.re_evaluate_by <= last)
    unchecked = (table.named_on != "") & (table.named_on <= named_before) & (table.checked_on < table.named_on)
    chosen = select(*(table[name] for name in names)).where(
        table.superseded_in.is_(None), table.state.in_(IN_FORCE), near | again | unchecked
    )
    return read(db, chosen)


def inspected(db: Connection, since: str, units: Collection[str] | None = None) -> list[Row]:
    """Units that were inspected on a day or later, some or all, by outcomes that count: by policy the last day."""
    table = outcomes.c
    names = (table.unit, table.policy)
    chosen = select(*names, func.max(table.inspected_on).label("inspected_on")).where(
        table.superseded_in.is_(None), table.kind == INSPECTED, table.inspected_on >= since
    )
    return _of(db, chosen.group_by(*names), table.unit, units)


def cities_of(db: Connection) -> dict[str, str]:
    """The cities of the roster's units, by their codes."""
    table = tables.units.c
    chosen = select(table.unit, table.city).where(table.superseded_in.is_(None))
    return {row.unit: row.city for row in db.execute(chosen).all()}


def visited(db: Connection) -> Counter[str]:
    """How many units of each occasion have an outcome that settles their visit."""
    table = outcomes.c
    settled = select(table.occasion, func.count()).where(table.superseded_in.is_(None), table.kind != POSTPONED)
    return Counter({row[0]: row[1] for row in db.execute(settled.group_by(table.occasion))})


def visited_units(db: Connection, occasion: str) -> set[str]:
    """The units of an occasion with an outcome that settles their visit."""
    table = outcomes.c
    own = (table.occasion == occasion) & table.superseded_in.is_(None) & (table.kind != POSTPONED)
    return set(db.execute(select(table.unit).where(own)).scalars())


def open_checks(db: Connection) -> list[Row]:
    """Checks beside the sample that have no outcome yet, each with when it was ordered."""
    done = select(outcomes.c.occasion).where(outcomes.c.superseded_in.is_(None), outcomes.c.kind != POSTPONED)
    names = ("occasion", "campaign", "policy", "unit", "city", "team", "reason", "due_on")
    chosen = (
        select(*(checks.c[name] for name in names), tables.acts.c.at)
        .join(tables.acts, tables.acts.c.number == checks.c.recorded_in)
        .where(checks.c.superseded_in.is_(None), checks.c.occasion.not_in(done))
    )
    return [{**row._mapping, "running": beijing_day(row.at).isoformat()} for row in db.execute(chosen)]


def policies_in_use(db: Connection) -> dict[str, date]:
    """The policies under which campaigns were opened, each with the day of the first one's opening; of those without
    any, which may draw nothing, the policies under which units live, since the first did."""
    table, lives, at = tables.campaigns, standings.c, tables.acts.c
    opened = select(table.c.policy, at.at).join(tables.acts, at.number == table.c.opened_in).order_by(at.number)
    found: dict[str, date] = {}
    for row in db.execute(opened):
        found.setdefault(row.policy, beijing_day(row.at))
    first = select(lives.policy, func.min(lives.recorded_in).label("act")).where(lives.policy.not_in(found))
    began = first.group_by(lives.policy).subquery()
    others = select(began.c.policy, at.at).join(tables.acts, at.number == began.c.act)
    return found | {row.policy: beijing_day(row.at) for row in db.execute(others)}


class Drawn(NamedTuple):
    """A sample that was drawn and stands: under which policy, on which day, and whether it is still under its seal."""

    draw: str
    campaign: str
    policy: str
    day: str
    sealed: bool


def drawn(db: Connection, at: int | None = None) -> list[Drawn]:
    """The samples that were drawn and not set aside, now or right after an act; in the order of their draws."""
    part, draws, campaigns = tables.commitments.c, tables.draws, tables.campaigns
    chosen = (
        select(draws.c.draw, draws.c.campaign, campaigns.c.policy, tables.acts.c.at, part.locked_secret,
               part.revealed_in, part.set_aside_in)
        .select_from(tables.commitments)
        .join(draws, draws.c.draw == part.draw)
        .join(campaigns, campaigns.c.campaign == draws.c.campaign)
        .join(tables.acts, tables.acts.c.number == part.run_in)
        .where(part.round == 0)
    )  # fmt: skip
    if at is not None:
        chosen = chosen.where(part.run_in <= at)
    return [
        Drawn(row.draw, row.campaign, row.policy, beijing_day(row.at).isoformat(), _sealed(row, at))
        for row in db.execute(chosen.order_by(draws.c.campaign, draws.c.ordinal))
        if not _by(row.set_aside_in, at)
    ]


def _sealed(row: Any, at: int | None) -> bool:
    return bool(row.locked_secret) and not _by(row.revealed_in, at)


def _by(act: int | None, at: int | None) -> bool:
    """Whether something was done, now or by an act."""
    return act is not None and (at is None or act <= at)


def kept_files(
    db: Connection, names: Iterable[str], draws: Iterable[str] | None = None
) -> dict[tuple[str, str], bytes]:
    """Files of samples by draw and name, as they were kept: of all draws or of some."""
    named, kept = tables.draw_files, tables.files
    chosen = (
        select(named.c.draw, named.c.name, kept.c.content)
        .join(kept, kept.c.digest == named.c.digest)
        .where(named.c.round == 0, named.c.name.in_(list(names)))
    )
    if draws is not None:
        chosen = chosen.where(named.c.draw.in_(list(draws)))
    return {(row.draw, row.name): row.content for row in db.execute(chosen)}


def substituted(db: Connection, at: int | None = None) -> dict[str, list[Row]]:
    """By draw who was replaced by whom, in order, now or right after an act."""
    table = tables.substitutions
    chosen = select(table.c.draw, table.c.unit, table.c.substitute)
    if at is not None:
        chosen = chosen.where(table.c.recorded_in <= at)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read(db, chosen.order_by(table.c.recorded_in)):
        found[row["draw"]].append(row)
    return found

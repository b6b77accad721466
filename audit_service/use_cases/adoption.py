"""Units that are taken into life, once, from the roster: by the state that their status means under a policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.life import NOT_BORN, Facts, LifeState, Standing
from audit_service.core.life_steps import month_end, take
from audit_service.core.policy import Programme
from audit_service.errors import NotFound, Refused
from audit_service.store import lives as store
from audit_service.store import rosters, tables
from audit_service.use_cases.lives import Wanted, take_all, write_down
from audit_service.use_cases.policies import put_to_use
from audit_service.use_cases.roster_changes import Record


@dataclass(frozen=True)
class Adopted:
    """Units that were taken into life; how many had been before; those whose status says nothing of a life."""

    units: Mapping[str, Standing]
    known: int
    stateless: tuple[str, ...]


def adopt(db: Connection, act: Act, programme: Programme, title: str = "", units: Collection[str] = ()) -> Adopted:
    """Take the roster's units (or some of them) into life, each once, where their status under a policy says they are.

    What the roster says of a title comes with them; where several titles are possible, `title` says which. One act a
    city. `RosterErrors` with everything that is wrong, and then nothing is taken.
    """
    listed = {row["unit"]: row for row in rosters.current(db, tables.units) if not units or row["unit"] in units}
    if missing := [unit for unit in units if unit not in listed]:
        raise NotFound("unit-not-known", unit="、".join(missing))
    known, states = store.every(db), {status.status: status.state for status in programme.statuses}
    coming = {unit: row for unit, row in listed.items() if unit not in known and states.get(row["status"])}
    stateless = tuple(sorted(unit for unit in listed if unit not in known and unit not in coming))
    today = beijing_day(act.at).isoformat()
    wanted = [
        Wanted(unit, _listed_facts(row, states[row["status"]], title, today)) for unit, row in sorted(coming.items())
    ]

    def settle(asked: Wanted) -> tuple[Standing, Facts]:
        _check_past(listed[asked.unit], today)
        return take(NOT_BORN, "adopt", asked.facts, programme)

    taken = take_all(wanted, settle)
    if taken:
        put_to_use(db, act, programme)
    cities: dict[str, dict[str, tuple[Standing, Facts]]] = defaultdict(dict)
    for unit, settled in taken.items():
        cities[listed[unit]["city"]][unit] = settled
    for each in cities.values():
        write_down(db, act, "adopt", each)
    return Adopted(
        {unit: standing for unit, (standing, _) in taken.items()}, len(listed.keys() & known.keys()), stateless
    )


def _check_past(row: Record, today: str) -> None:
    """Refuse a unit whom the roster has assessed or named on a day, or in a month, that has not come."""
    for day in (row["assessed_on"], row["named_on"]):
        if day > today[: len(day)]:
            raise Refused("life-ahead", on=day, today=today)


def _listed_facts(row: Record, state: str, title: str, today: str) -> Facts:
    """What the roster says of a unit's life. A month counts to its last day: no title ends sooner than it may."""
    since = row["assessed_on"] if state == LifeState.ASSESSED else ""
    return Facts(
        on=today,
        document=row["naming_document"],
        state=state,
        since=min(month_end(since), today),
        title=title,
        named_on=month_end(row["named_on"]),
        valid_until=month_end(row["valid_until"]),
    )

"""Exit cases as they stand: lists with their clocks, one case whole, and what of it its unit's city sees."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.exits import DECIDED, OVER, Case, CaseState, opened, replayed
from audit_service.core.periods import colour
from audit_service.core.steps import Said, read_said
from audit_service.errors import NotFound
from audit_service.store import acts, rosters
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases.occasions import Occasions
from audit_service.use_cases.onward import Onward, cities_of, onward
from audit_service.use_cases.policies import Policies

ACTION: Final = "case"
OPEN: Final = "open"
UNDER_PROCEDURE: Final = "under-procedure"
"""What a city is told of a case with which it has nothing to do for now: not how far the office has come."""
_BEHIND_DOORS: Final = ("propose", "review", "sign", "meet", "return")
"""Steps of which a city is told what came of them, not who proposed what."""
_TOLD: Final = (CaseState.PUBLISHED, *DECIDED)
"""From when a city is told how a case is to end."""


@dataclass(frozen=True)
class Stood:
    """A case as it stands: its row, what it has come to, and its days and colour as the clocks stood.

    `state` is how far it is shown to have come, `unit_now` and `city` where its unit's life goes on, `paused` whether
    the clock by which it runs stands. `beginning` is what its first act says: the trigger and authority by their
    labels, the document, the reason.
    """

    row: Row
    case: Case
    beginning: Mapping[str, Any]
    state: str
    unit_now: str
    city: str
    defence_until: str
    objections_until: str
    due_on: str
    overdue: bool
    colour: str
    paused: bool
    steps: Sequence[Said]


def list_cases(
    db: Connection,
    policies: Policies,
    today: str,
    *,
    ended: bool = True,
    overdue: bool = False,
    told: bool = False,
    **wanted: str,
) -> list[Stood]:
    """Cases, those whose day is over first, then by the day on which something is due, those that are over last.

    `wanted` are values of what is shown (`city`, `unit`, `policy`, `state`); empty ones do not matter. A unit is meant
    under any code of its life, its city is that of now. `ended` false leaves out what is over, `overdue` leaves nothing
    but what somebody is late with. With `told` each is as its city sees it, and is chosen by that.
    """
    at, codes = Occasions(db, policies, today), onward(db)
    filters: dict[str, Sequence[str]] = {}
    if unit := wanted.get("unit"):
        filters["unit"] = codes.codes(unit)
    if policy := wanted.get("policy"):
        filters["policy"] = [policy]
    if not ended:
        filters["state"] = [state.value for state in CaseState if state not in OVER]
    found = _read(at, codes, rosters.chosen(db, exit_cases, None, **filters))
    seen = [for_city(each) for each in found] if told else found
    shown = {name: wanted[name] for name in ("city", "state") if wanted.get(name)}
    chosen = [
        each
        for each in seen
        if all(getattr(each, name) == value for name, value in shown.items()) and (each.overdue or not overdue)
    ]
    return sorted(chosen, key=lambda each: (not each.overdue, each.due_on or "~", each.row["exit_case"]))


def of_units(at: Occasions, units: Collection[str]) -> list[Stood]:
    """The cases that were opened of units under some codes, by their numbers."""
    rows = rosters.chosen(at.db, exit_cases, unit=units)
    return sorted(_read(at, onward(at.db), rows), key=lambda each: str(each.row["exit_case"]))


def one_case(db: Connection, policies: Policies, today: str, name: str, city: str = "") -> Stood:
    """A case; `NotFound` for none, and in the same words for one of another city where one is named."""
    row = rosters.one(db, exit_cases, exit_case=name)
    found = _read(Occasions(db, policies, today), onward(db), [row]) if row else []
    if not found or city not in ("", found[0].city):
        raise NotFound("case-unknown", case=name)
    return found[0]


def for_city(stood: Stood) -> Stood:
    """What of a case its unit's city sees: not who proposed, reviewed or signed, nor before it is told an ending, how
    far the office has come and when, and the number of the document that signed it; nor why it was opened before the
    city is heard on it."""
    steps = [said for said in stood.steps if not is_behind_doors(said.step)]
    if stood.case.state in _TOLD:
        return replace(stood, steps=steps)
    heard = any(said.step == "notify" for said in steps)
    beginning = {name: value for name, value in stood.beginning.items() if heard or name not in ("text", "document")}
    documents = [str(beginning.get("document", "")), *(said.document for said in steps)]
    case = replace(stood.case, ending="", document=next(filter(None, reversed(documents)), ""))
    seen = replace(stood, row={**stood.row, "ending": ""}, case=case, beginning=beginning, steps=steps)
    if stood.case.state is CaseState.NOTIFIED:
        return seen
    return replace(seen, state=UNDER_PROCEDURE, due_on="", overdue=False, colour="", paused=False)


def is_behind_doors(step: str) -> bool:
    """Whether a city is not told of a step of its case."""
    return step in _BEHIND_DOORS


# --- reading --------------------------------------------------------------------------------------------------------


def _read(at: Occasions, codes: Onward, rows: Sequence[Row]) -> list[Stood]:
    told = acts.details_by(at.db, [row["exit_case"] for row in rows], ACTION)
    now = {row["unit"]: codes.now(row["unit"]) for row in rows}
    cities = cities_of(at.db, {after for before, after in now.items() if before != after})
    found = []
    for row in rows:
        first, *rest = told[row["exit_case"]]
        case, unit = replayed(began(first), map(read_said, rest)), now[row["unit"]]
        found.append(shown(at, row, case, first, unit, str(cities.get(unit, row["city"]))))
    return found


def began(told: Mapping[str, Any]) -> Case:
    """A case as its first act says it."""
    terms = told["defence_days"], told["publication_days"], told["endings"]
    return opened(told["exit_case"], told["opened_on"], *terms, told.get("document", ""))


def shown(at: Occasions, row: Row, case: Case, beginning: Mapping[str, Any], unit: str, city: str) -> Stood:
    """A case with its days and colour as the clocks stood, of a unit that is now under some code in some city."""
    clock = at.clock(row["occasion"], row["city"])
    due_on = case.due_on(clock)
    return Stood(
        row=row,
        case=case,
        beginning=beginning,
        state=case.state.value,
        unit_now=unit,
        city=city,
        defence_until=case.defence_until(clock),
        objections_until=case.objections_until(clock),
        due_on=due_on,
        overdue=clock.is_over(due_on),
        colour=colour(at.warning(row["occasion"], row["policy"], row["programme"]), due_on, clock, runs=case.runs),
        paused=case.runs and clock.stands,
        steps=case.steps,
    )

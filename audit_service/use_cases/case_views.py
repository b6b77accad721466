"""Exit cases as they stand: lists with their clocks, one case whole, and what of it its unit's city sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from audit_service.core.exits import DECIDED, OVER, Case, CaseState, opened, replayed
from audit_service.core.steps import Said, read_said
from audit_service.errors import NotFound
from audit_service.store import acts, rosters
from audit_service.store.rosters import Row
from audit_service.store.visit_tables import exit_cases
from audit_service.use_cases.lives import Policies
from audit_service.use_cases.occasions import Occasions

ACTION: Final = "case"
OPEN: Final = "open"
_FILTERS: Final = ("city", "unit", "policy", "state")
_BEHIND_DOORS: Final = ("propose", "review", "sign", "meet", "return")
"""Steps of which a city is told what came of them, not who proposed what."""


@dataclass(frozen=True)
class Stood:
    """A case as it stands: its row, what it has come to, and its days as the clocks stood.

    `beginning` is what its first act says: the trigger and authority by their labels, the document, the reason.
    """

    row: Row
    case: Case
    beginning: Mapping[str, Any]
    defence_until: str
    objections_until: str
    due_on: str
    overdue: bool
    steps: Sequence[Said]


def list_cases(
    db: Connection, policies: Policies, today: str, *, ended: bool = True, overdue: bool = False, **wanted: str
) -> list[Stood]:
    """Cases, those whose day is over first, then by the day on which something is due, those that are over last.

    `wanted` are values of columns (`city`, `unit`, `policy`, `state`); empty ones do not matter. `ended` false leaves
    out what is over, `overdue` leaves nothing but what somebody is late with.
    """
    filters: dict[str, Sequence[str]] = {name: [value] for name, value in wanted.items() if value and name in _FILTERS}
    if not ended and "state" not in filters:
        filters["state"] = [state.value for state in CaseState if state not in OVER]
    found = _read(Occasions(db, policies, today), rosters.chosen(db, exit_cases, None, **filters))
    chosen = [each for each in found if each.overdue or not overdue]
    return sorted(chosen, key=lambda each: (not each.overdue, each.due_on or "~", each.row["exit_case"]))


def one_case(db: Connection, policies: Policies, today: str, name: str, city: str = "") -> Stood:
    """A case; `NotFound` for none, and in the same words for one of another city where one is named."""
    row = rosters.one(db, exit_cases, exit_case=name)
    if row is None or city not in ("", row["city"]):
        raise NotFound("case-unknown", case=name)
    return _read(Occasions(db, policies, today), [row])[0]


def for_city(stood: Stood) -> Stood:
    """What of a case its unit's city sees: not who proposed, reviewed or signed, nor before it is told an ending and
    the number of the document that signed it."""
    steps = [said for said in stood.steps if not is_behind_doors(said.step)]
    if _is_told(stood.case.state):
        return replace(stood, steps=steps)
    documents = [str(stood.beginning.get("document", "")), *(said.document for said in steps)]
    case = replace(stood.case, ending="", document=next(filter(None, reversed(documents)), ""))
    return replace(stood, row=row_for_city(stood.row), case=case, steps=steps)


def row_for_city(row: Row) -> Row:
    """A case's row without an ending that is not told yet."""
    return row if _is_told(CaseState(row["state"])) else {**row, "ending": ""}


def is_behind_doors(step: str) -> bool:
    """Whether a city is not told of a step of its case."""
    return step in _BEHIND_DOORS


def _is_told(state: CaseState) -> bool:
    return state in (CaseState.PUBLISHED, *DECIDED)


# --- reading --------------------------------------------------------------------------------------------------------


def _read(at: Occasions, rows: Sequence[Row]) -> list[Stood]:
    told = acts.details_by(at.db, [row["exit_case"] for row in rows], ACTION)
    return [_come_to(at, row, told[row["exit_case"]]) for row in rows]


def _come_to(at: Occasions, row: Row, told: Sequence[Mapping[str, Any]]) -> Stood:
    return shown(at, row, replayed(began(told[0]), map(read_said, told[1:])), told[0])


def began(told: Mapping[str, Any]) -> Case:
    """A case as its first act says it."""
    terms = told["defence_days"], told["publication_days"], told["endings"]
    return opened(told["exit_case"], told["opened_on"], *terms, told.get("document", ""))


def shown(at: Occasions, row: Row, case: Case, beginning: Mapping[str, Any]) -> Stood:
    """A case with its days as the clocks stood."""
    clock = at.clock(row["occasion"], row["city"])
    due_on = case.due_on(clock)
    periods = case.defence_until(clock), case.objections_until(clock)
    return Stood(row, case, beginning, *periods, due_on, clock.is_over(due_on), case.steps)

"""Who must not inspect a unit because of what the rosters say of both: recusal by institution and by declaration.

Who assessed a unit on site, and who is of the institution that coached it, does not inspect it where the policy says
so. What people declare themselves (回避单位及理由) always counts, where it can be read: a unit's code or name, or the
name of an institution that coached units. A name that several units bear means all of them, unless the text names a
county of some.

Rather one recusal too many than one too few. A tie for which a name had to be guessed (an abbreviation, names without a
mark between them) is one, and says so: `assessor-perhaps`, `coach-perhaps`. Where a person's name occurs and something
speaks against its being the person, there is no tie but a doubt. What cannot be read is told of, never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from audit_service.core.declarations import Declarations
from audit_service.core.rules import Attributes
from audit_service.core.staff import Reading, Staff

ASSESSOR: Final = "assessor"
COACH: Final = "coach"
DECLARED: Final = "declared"
PERHAPS: Final = "-perhaps"

_COLUMNS: Final = {ASSESSOR: "assessors", COACH: "coach"}


class Tie(NamedTuple):
    """A person, a unit, and what ties them: `assessor`, `coach`, either with `-perhaps`, or `declared`."""

    inspector: str
    unit: str
    tie: str


@dataclass(frozen=True)
class Ties:
    """All ties between some people and some units.

    `doubts` are people whose name occurs where a tie would come from, and who are not tied; `unread` those whose
    declaration was not understood, or not all of it.
    """

    ties: tuple[Tie, ...]
    unread: tuple[str, ...]
    doubts: tuple[Tie, ...] = ()


def find_ties(units: Sequence[Attributes], people: Iterable[Attributes], recused: Mapping[str, Sequence[str]]) -> Ties:
    """The ties of people to units. `recused` says for each person which kinds of tie the policy recuses."""
    people = list(people)
    declarations = Declarations(units)
    ties: set[Tie] = set()
    doubts: set[Tie] = set()
    unread: list[str] = []
    for kind in _COLUMNS:
        bound = [person for person in people if kind in recused.get(person["inspector"], ())]
        found, doubted = _of_kind(kind, units, bound)
        ties |= found
        doubts |= doubted
    for person in people:
        declared, understood = declarations.read(person["avoids"])
        ties |= {Tie(person["inspector"], unit, DECLARED) for unit in declared}
        if not understood:
            unread.append(person["inspector"])
    tied = {(tie.inspector, tie.unit) for tie in ties}
    return Ties(
        tuple(sorted(_surest(ties))),
        tuple(sorted(unread)),
        tuple(sorted(doubt for doubt in doubts if (doubt.inspector, doubt.unit) not in tied)),
    )


def _surest(ties: set[Tie]) -> Iterator[Tie]:
    """The ties without those that are perhaps what another one surely is."""
    return (
        tie
        for tie in ties
        if not (tie.tie.endswith(PERHAPS) and tie._replace(tie=tie.tie.removesuffix(PERHAPS)) in ties)
    )


def _of_kind(kind: str, units: Sequence[Attributes], people: Sequence[Attributes]) -> tuple[set[Tie], set[Tie]]:
    """The ties of one column of the units, and the doubts: to whom it names, and to whose institution."""
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in units:
        cells[unit[_COLUMNS[kind]], unit.get("city", "")].add(unit["unit"])
    staff = Staff(people)
    ties: set[Tie] = set()
    doubts: set[Tie] = set()
    for (text, city), told in cells.items():
        for who, reading in staff.read(text, city, coach=kind == COACH):
            found = doubts if reading is Reading.DOUBT else ties
            suffix = PERHAPS if reading is Reading.PERHAPS else ""
            found |= {Tie(who, unit, kind + suffix) for unit in told}
    return ties, doubts

"""Reconcile the roster with the annex, beside what cities confirmed and what explains a difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection

from audit_service.core.acts import beijing_day
from audit_service.core.canonical import sha256_hex, write_json
from audit_service.core.policy import FINDING_FIELDS, OF_FINDINGS, OF_UNITS, TARGETS, Programme
from audit_service.core.reconciliation import Explained, Orders, Reconciliation, reconcile
from audit_service.core.rules import PLANNED, Attributes, Ground
from audit_service.errors import Refused
from audit_service.store import acts, life_tables, rosters, tables
from audit_service.store.visit_tables import findings
from audit_service.use_cases.drawn import open_draw
from audit_service.use_cases.plans import levels_visiting

CONFIRMED_FIELDS: Final = ("unit", "county", "name", "kind", "status", "target_year", "livelihood")
"""What a city confirms of each of its units: what decides where the unit is drawn, if at all."""
YES_NO: Final = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class Confirmation:
    """A city's confirmation of its list: the file and its day; `current` while the list is still as it was then."""

    city: str
    file: str
    digest: str
    day: str
    units: int
    current: bool


@dataclass(frozen=True)
class Checked:
    """A frame check: the reconciliation, the units by code, and the cities' confirmations.

    `findings` are those that were closed, as a policy looks at them that looks back on some (`closed_findings`);
    `planned` by unit the other levels' plans that keep it out of the frame, with their documents.
    """

    programme: Programme
    reconciliation: Reconciliation
    units: Mapping[str, Attributes]
    confirmations: Mapping[str, Confirmation]
    findings: Sequence[Attributes] = ()
    planned: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    unseated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By category the people on the roster who can take no seat under the policy."""

    @property
    def members(self) -> list[tuple[Attributes, str]]:
        """Everything that the policy looks at, with what it is: units, and findings."""
        units = ((unit, OF_UNITS) for unit in self.units.values())
        return [*units, *((finding, OF_FINDINGS) for finding in self.findings)]

    def plans_of(self, unit: str, ground: Ground) -> list[tuple[str, str]]:
        """The plans, each with its level and document, by which a ground excludes a unit; none where others do."""
        levels = dict(ground.when.fields).get(PLANNED, ())
        return [(level, document) for level, document in self.planned.get(unit, ()) if level in levels]

    @property
    def kept_out(self) -> list[tuple[str, str, str, str]]:
        """Every unit that a plan keeps out of the frame: with its ground, the plan's level and its document."""
        placed = (
            (unit, next((g for g in self.programme.exclusions if g.ground == ground), None))
            for unit in sorted(self.planned)
            if unit in self.units
            for stratum in self.programme.strata_of(self.units[unit])
            for ground in [self.programme.ground_of(self.units[unit], stratum)]
        )
        return [
            (unit, ground.ground, *plan) for unit, ground in placed if ground for plan in self.plans_of(unit, ground)
        ]

    @property
    def looking_back_on_nothing(self) -> list[str]:
        """The strata of closed findings that have none."""
        of_findings = [stratum.stratum for stratum in self.programme.strata if stratum.of == OF_FINDINGS]
        found = {name for each in self.findings for name in self.programme.strata_of(each, OF_FINDINGS)}
        return [name for name in of_findings if name not in found]

    @property
    def cities(self) -> Sequence[str]:
        """Every city that has units or is in the annex."""
        return sorted({unit["city"] for unit in self.units.values()} | set(self.reconciliation.cities))

    @property
    def unconfirmed(self) -> list[str]:
        """The cities with units that did not confirm their list as it is."""
        cities = sorted({unit["city"] for unit in self.units.values()})
        return [city for city in cities if city not in self.confirmations or not self.confirmations[city].current]


class Unreconciled(Refused):
    """A frame that differs from the annex for no stated reason, or puts a unit in no one place."""

    def __init__(self, checked: Checked) -> None:
        found = checked.reconciliation
        super().__init__("frame-unreconciled", count=len(found.open) + len(found.astray))
        self.checked = checked


def unit_attributes(db: Connection, at: int | None = None) -> list[Attributes]:
    """The roster's units as a policy looks at them, now or right after an act."""
    return [as_attributes(row) for row in rosters.current(db, tables.units, at)]


def as_attributes(unit: rosters.Row) -> Attributes:
    """A unit of the roster as a policy looks at it."""
    return {**unit, "livelihood": YES_NO[unit["livelihood"]]}


def check(db: Connection, programme: Programme, day: date, at: int | None = None) -> Checked:
    """Reconcile the roster under a policy on a day, as it is now or as it was right after an act."""
    planned = levels_visiting(db, programme, day, at)
    units = [
        {**unit, PLANNED: " ".join(dict(planned[unit["unit"]]))} if unit["unit"] in planned else unit
        for unit in unit_attributes(db, at)
    ]
    return Checked(
        programme,
        reconcile(programme, units, _ordered(db, programme, at), _explained(db, at)),
        {unit["unit"]: unit for unit in units},
        _confirmations(db, units, at),
        closed_findings(db, programme, units, at),
        planned,
        _unseated(db, programme, at),
    )


def _explained(db: Connection, at: int | None) -> dict[tuple[str, str], Explained]:
    """By city and target the difference that was explained last.

    What was explained before its units were noted settles nothing any more; what was frozen by it stays as it was.
    """
    unnoted = "" if at is None else None
    return {
        (row["city"], row["target"]): Explained(
            difference=row["difference"],
            document=row["document"],
            day=beijing_day(moment).isoformat(),
            ordered=row["ordered"],
            listing=row["list_digest"] or unnoted,
        )
        for row, moment in rosters.dated(db, tables.explanations, at)
    }


def _unseated(db: Connection, programme: Programme, at: int | None) -> dict[str, list[str]]:
    """By category those who fit no pool, or in theirs no role; nothing where the policy sends nobody."""
    if not programme.pools:
        return {}
    people = person_attributes(db, at)
    seated = {seat.inspector for seat in programme.inspectors(people)}
    found: dict[str, list[str]] = defaultdict(list)
    for person in sorted(people, key=lambda each: each["inspector"]):
        if person["inspector"] not in seated:
            found[person["category"]].append(person["inspector"])
    return found


def person_attributes(db: Connection, at: int | None = None) -> list[Attributes]:
    """The roster's people as a policy looks at them, now or right after an act."""
    return [
        {
            **row,
            "may_lead": YES_NO[row["may_lead"]],
            "capacity": "" if row["capacity"] is None else str(row["capacity"]),
        }
        for row in rosters.current(db, tables.people, at)
    ]


def closed_findings(
    db: Connection, programme: Programme, units: Sequence[Attributes], at: int | None = None
) -> list[Attributes]:
    """The closed findings of a policy that looks back on some: as `unit` their own numbers, which are drawn, beside
    the names of the units where they were."""
    if all(stratum.of != OF_FINDINGS for stratum in programme.strata):
        return []
    where = {unit["unit"]: unit for unit in units}
    rows = rosters.chosen(db, findings, at, policy=[programme.policy], state=["closed"])
    return [
        {
            **{name: row[name] for name in FINDING_FIELDS},
            "unit": row["finding"],
            "county": where.get(row["unit"], row).get("county", ""),
            "name": where.get(row["unit"], row).get("name", row["unit"]),
            "status": "",
        }
        for row in rows
    ]


def _ordered(db: Connection, programme: Programme, at: int | None) -> Orders:
    """By city what its annex orders: of the policy's own orders the latest year's, else the roster of targets."""
    rows = rosters.chosen(db, life_tables.orders, at, policy=[programme.policy])
    if not rows:
        return {row["city"]: {name: row[name] for name in TARGETS} for row in rosters.current(db, tables.targets, at)}
    latest = max(row["year"] for row in rows)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        target = row["target"].replace("-", "_")
        if row["year"] == latest and target in TARGETS:
            found[row["place"]][target] = row["number"]
    return found


def check_draw(db: Connection, name: str) -> Checked:
    """The check of a draw's frame as it was when it was frozen."""
    draw = open_draw(db, name)
    frozen_on = beijing_day(acts.act_of(db, draw.row.frozen_in).at)
    return check(db, draw.programme, frozen_on, draw.row.frozen_in)


def _confirmations(db: Connection, units: Sequence[Attributes], at: int | None) -> dict[str, Confirmation]:
    lists = confirmed_lists(units)
    return {
        row["city"]: Confirmation(
            city=row["city"],
            file=row["file"],
            digest=row["digest"],
            day=row["confirmed_on"],
            units=row["units"],
            current=row["list_digest"] == list_digest(lists.get(row["city"], [])),
        )
        for row in rosters.current(db, tables.confirmations, at)
    }


def confirmed_lists(units: Sequence[Attributes]) -> dict[str, list[list[str]]]:
    """By city what it confirms: of each of its units what decides where that is drawn."""
    lists: dict[str, list[list[str]]] = defaultdict(list)
    for unit in units:
        lists[unit["city"]].append([unit[name] for name in CONFIRMED_FIELDS])
    return lists


def list_digest(rows: list[list[str]]) -> str:
    """The digest of a city's list, in whatever order its units stand."""
    return sha256_hex(write_json(sorted(rows)))

"""A programme: which units are drawn at which rate, who inspects them, and where each rule comes from.

A policy file holds one programme (`policy_file.py` reads it). Its rules carry the document's own words and their
place, or are marked as the office's own choice; nothing invented is passed off as the document's. The engine knows no
programme by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from audit_service.core import frozen
from audit_service.core.after import NOTHING_AFTER, After
from audit_service.core.canonical import sha256_hex
from audit_service.core.frame import Frame, FrameUnit
from audit_service.core.frozen import Exclusion, Inspector, Recusal
from audit_service.core.rules import PLANNED, Attributes, Condition, Ground, Label, Rule
from audit_service.errors import RuleError

FIRST_VERSION: Final = 1
"""That of a file which says none."""
UNIT_FIELDS: Final = ("status", "livelihood", "target_year", "kind", "city")
FINDING_FIELDS: Final = ("severity", "source", "state", "city")
"""What decides whether a closed finding (a hazard, a measure after an accident) is looked at again."""
OF_UNITS: Final = "units"
OF_FINDINGS: Final = "findings"
MEMBERS: Final = {OF_UNITS: UNIT_FIELDS, OF_FINDINGS: FINDING_FIELDS}
"""What a stratum can be made of, and by which of their fields."""
EXCLUDED_BY: Final = {OF_UNITS: (*UNIT_FIELDS, PLANNED), OF_FINDINGS: FINDING_FIELDS}
"""By which fields of its members a ground excludes from a stratum."""
FINDING_SOURCES: Final = ("hazard", "accident")
FINDING_STATES: Final = ("closed",)
"""What has been closed alone can be looked back on."""
PERSON_FIELDS: Final = ("category", "may_lead", "city")
TARGETS: Final = ("naming", "livelihood", "re_evaluation")
"""What an annex orders of each city: the columns of the roster of targets."""
TIES: Final = ("assessor", "coach")
"""What ties a person to a unit: who assessed it on site, and who is of the institution that coached it."""


@dataclass(frozen=True)
class Status:
    """A status of a unit as rosters write it. `labels` are the texts that mean it; the first is printed.

    `state` is where a unit of this status stands in its life (`core.life`), empty where the policy does not say.
    """

    status: str
    labels: tuple[str, ...]
    english: str
    target_year: str
    state: str = ""


@dataclass(frozen=True)
class Target:
    """A number that an annex orders of each city, and which units on the roster count for it."""

    target: str
    label: Label
    when: Condition


@dataclass(frozen=True)
class StratumRules:
    """A stratum: which units (or closed findings, for a look-back) are in it, and how they are drawn."""

    stratum: str
    label: Label
    when: Condition
    rate_bp: int
    base: str
    method: str
    rules: tuple[tuple[str, Rule], ...]
    of: str = OF_UNITS


@dataclass(frozen=True)
class SeatRules:
    """Seats of a role on each team, and who may take them."""

    role: str
    label: Label
    count: int
    who: Condition


@dataclass(frozen=True)
class PoolRules:
    """Who inspects which strata, in packets of which size, on circuits of which cities, and what ties recuse."""

    pool: str
    label: Label
    strata: tuple[str, ...]
    who: Condition
    packet_size: int
    same_city: str
    seats: tuple[SeatRules, ...]
    regions: tuple[tuple[Label, tuple[str, ...]], ...]
    recused: tuple[str, ...]
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Programme:
    """A whole policy file."""

    policy: str
    title: Label
    document: tuple[tuple[str, str], ...]
    draw_prefix: str
    statuses: tuple[Status, ...]
    methods: tuple[tuple[str, Label], ...]
    strata: tuple[StratumRules, ...]
    exclusions: tuple[Ground, ...]
    pools: tuple[PoolRules, ...]
    set_aside: tuple[Ground, ...]
    targets: tuple[Target, ...]
    after: After = NOTHING_AFTER
    """What comes after the draw."""
    counterpart: Label | None = None
    """What of a city papers go to, said after its name (安全生产委员会办公室); None: to the place itself."""
    places: Label | None = None
    """What the places are that rosters give as cities (镇街); None: cities and prefectures."""
    version: int = FIRST_VERSION
    """Which version of the policy the file is: what is changed after the first use is another one."""
    source: bytes = field(default=b"", repr=False, compare=False)
    """The bytes of the file."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256_hex(self.source)

    @property
    def public_policy(self) -> frozen.Policy:
        """What of it decides a sample, and is frozen as `policy.json`."""
        return frozen.Policy(
            self.policy, tuple(frozen.Stratum(s.stratum, s.rate_bp, s.base, s.method) for s in self.strata)
        )

    @property
    def public_teams(self) -> tuple[frozen.Pool, ...]:
        """What of it decides the teams, and is frozen as `teams.json`."""
        return tuple(
            frozen.Pool(
                pool=pool.pool,
                strata=pool.strata,
                packet_size=pool.packet_size,
                same_city=pool.same_city,
                seats=tuple(frozen.Role(seat.role, seat.count) for seat in pool.seats),
                regions=tuple(cities for _, cities in pool.regions),
            )
            for pool in self.pools
        )

    def frame(
        self, units: Iterable[Attributes], findings: Iterable[Attributes] = ()
    ) -> tuple[list[FrameUnit], list[Exclusion]]:
        """The sampling frame and its exclusions. What is of no stratum is in neither. `RuleError` where one is of two.

        A finding's attributes are the fields of `FINDING_FIELDS`, and as `unit` its own identifier, which is drawn.
        """
        drawn: list[FrameUnit] = []
        excluded: list[Exclusion] = []
        members = chain(((unit, OF_UNITS) for unit in units), ((finding, OF_FINDINGS) for finding in findings))
        for member, of in members:
            strata = self.strata_of(member, of)
            if len(strata) > 1:
                raise RuleError("unit-in-two-strata", unit=member["unit"], strata=", ".join(strata))
            for stratum in strata:
                ground = self.ground_of(member, stratum)
                if ground:
                    excluded.append(Exclusion(member["unit"], stratum, ground))
                else:
                    drawn.append(FrameUnit(member["unit"], stratum, member["city"]))
        return drawn, excluded

    def strata_of(self, member: Attributes, of: str = OF_UNITS) -> list[str]:
        """The strata whose condition a unit or a finding meets: none or one, if policy and roster are sound."""
        return [stratum.stratum for stratum in self.strata if stratum.of == of and stratum.when.holds(member)]

    def ground_of(self, member: Attributes, stratum: str) -> str:
        """The first ground on which a member of a stratum is excluded; empty if there is none."""
        return next((g.ground for g in self.exclusions if stratum in g.strata and g.when.holds(member)), "")

    @property
    def excluding_levels(self) -> frozenset[str]:
        """The levels whose plans exclude a unit from the frame on some ground."""
        conditions = (dict(ground.when.fields) for ground in self.exclusions)
        return frozenset(level for when in conditions for level in when.get(PLANNED, ()))

    def undecided(self, unit: Attributes) -> list[str]:
        """The strata in which a unit is or could be, and what becomes of it there hangs on something that nobody said:
        whether it is a livelihood target. A policy that says what an empty one means leaves nothing open."""
        if unit["livelihood"] or self._says_of_unsaid:
            return []
        found = [
            {(stratum, self.ground_of(said, stratum)) for stratum in self.strata_of(said)}
            for said in ({**unit, "livelihood": "yes"}, {**unit, "livelihood": "no"})
        ]
        differing = found[0] ^ found[1]
        return list(dict.fromkeys(stratum for stratum, _ in sorted(differing)))

    @property
    def _says_of_unsaid(self) -> bool:
        conditions = [*(stratum.when for stratum in self.strata), *(ground.when for ground in self.exclusions)]
        return any(name == "livelihood" and "" in values for each in conditions for name, values in each.fields)

    def targets_of(self, unit: Attributes) -> list[str]:
        """The targets for which a unit counts."""
        return [target.target for target in self.targets if target.when.holds(unit)]

    def inspectors(self, people: Iterable[Attributes]) -> list[Inspector]:
        """Who can be drawn for which seat: the first pool, and in it the first role, that the person fits."""
        return [seat for person in people for seat in self._seat_of(person)]

    def _seat_of(self, person: Attributes) -> list[Inspector]:
        for pool in self.pools:
            for seat in pool.seats if pool.who.holds(person) else ():
                if seat.who.holds(person):
                    capacity = int(person["capacity"]) if person["capacity"] else None
                    return [Inspector(person["inspector"], pool.pool, seat.role, person["city"], capacity)]
        return []

    @property
    def seated_categories(self) -> list[str]:
        """The categories of people that its pools and seats name, in its own words and order."""
        conditions = [condition for pool in self.pools for condition in (pool.who, *(seat.who for seat in pool.seats))]
        named = [word for each in conditions for field, words in each.fields if field == "category" for word in words]
        return list(dict.fromkeys(named))

    def label(self, kind: str, name: str) -> Label:
        """The label of a stratum, ground, pool, method, role, target, set-aside ground or level of plans; else the name
        itself."""
        labels: dict[str, Iterable[tuple[str, Label]]] = {
            "stratum": ((s.stratum, s.label) for s in self.strata),
            "ground": ((g.ground, g.label) for g in (*self.exclusions, *self.set_aside)),
            "pool": ((p.pool, p.label) for p in self.pools),
            "role": ((seat.role, seat.label) for p in self.pools for seat in p.seats),
            "method": self.methods,
            "target": ((t.target, t.label) for t in self.targets),
            "level": self.after.plans.levels if self.after.plans else (),
        }
        return dict(labels[kind]).get(name, Label(name, name))


def recusals_that_bind(recusals: Iterable[tuple[str, str]], frame: Frame, people: Iterable[Inspector]) -> list[Recusal]:
    """Of all recusals of person and unit those that a round freezes: of its people, from units of its frame."""
    units = set(frame.units)
    listed = {person.inspector for person in people}
    return [Recusal(inspector, unit) for inspector, unit in recusals if inspector in listed and unit in units]

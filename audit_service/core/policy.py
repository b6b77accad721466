"""A programme: which units are drawn at which rate, who inspects them, and where each rule comes from.

A policy file holds one programme. Its rules carry the document's own words and their place, or are marked as the
office's own choice; nothing invented is passed off as the document's. The engine knows no programme by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from audit_service.core import frozen
from audit_service.core.frame import Frame, FrameUnit
from audit_service.core.frozen import Exclusion, Inspector, Recusal
from audit_service.core.policy_reading import Node, read_root
from audit_service.errors import FormError, RuleError

FORMAT: Final = "audit-policy/1"
UNIT_FIELDS: Final = ("status", "livelihood", "target_year", "kind", "city")
PERSON_FIELDS: Final = ("category", "may_lead", "city")

Attributes = Mapping[str, str]
"""A unit's or a person's values by field, as text; yes and no are `yes`, `no`, and empty where it is not said."""


@dataclass(frozen=True)
class Label:
    """A name in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Rule:
    """Where a rule comes from: the document's words and their place, or the office's own choice and why."""

    place: str
    words: str
    chosen: Label | None


@dataclass(frozen=True)
class Condition:
    """What a unit or person must be: for each field the values that will do."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]

    def holds(self, attributes: Attributes) -> bool:
        """Whether every field has one of its values."""
        return all(attributes[name] in values for name, values in self.fields)


@dataclass(frozen=True)
class Status:
    """A status of a unit as rosters write it. `labels` are the texts that mean it; the first is printed."""

    status: str
    labels: tuple[str, ...]
    english: str
    target_year: str


@dataclass(frozen=True)
class StratumRules:
    """A stratum: which units are in it, and how they are drawn."""

    stratum: str
    label: Label
    when: Condition
    rate_bp: int
    base: str
    method: str
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Ground:
    """A ground on which something is done: a unit excluded (in these strata, when so), or a draw set aside."""

    ground: str
    label: Label
    strata: tuple[str, ...]
    when: Condition
    rule: Rule


@dataclass(frozen=True)
class SeatRules:
    """Seats of a role on each team, and who may take them."""

    role: str
    label: Label
    count: int
    who: Condition


@dataclass(frozen=True)
class PoolRules:
    """Who inspects which strata, in packets of which size, on circuits of which cities."""

    pool: str
    label: Label
    strata: tuple[str, ...]
    who: Condition
    packet_size: int
    same_city: str
    seats: tuple[SeatRules, ...]
    regions: tuple[tuple[Label, tuple[str, ...]], ...]
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

    def frame(self, units: Iterable[Attributes]) -> tuple[list[FrameUnit], list[Exclusion]]:
        """The sampling frame and its exclusions. Units of no stratum are in neither. `RuleError` for a unit of two."""
        drawn: list[FrameUnit] = []
        excluded: list[Exclusion] = []
        for unit in units:
            for stratum in self._strata_of(unit):
                ground = next((g for g in self.exclusions if stratum in g.strata and g.when.holds(unit)), None)
                if ground:
                    excluded.append(Exclusion(unit["unit"], stratum, ground.ground))
                else:
                    drawn.append(FrameUnit(unit["unit"], stratum, unit["city"]))
        return drawn, excluded

    def _strata_of(self, unit: Attributes) -> list[str]:
        strata = [stratum.stratum for stratum in self.strata if stratum.when.holds(unit)]
        if len(strata) > 1:
            raise RuleError("unit-in-two-strata", unit=unit["unit"], strata=", ".join(strata))
        return strata

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

    def label(self, kind: str, name: str) -> Label:
        """The label of a stratum, ground, pool, method, role or set-aside ground; the name itself if it has none."""
        labels: dict[str, Iterable[tuple[str, Label]]] = {
            "stratum": ((s.stratum, s.label) for s in self.strata),
            "ground": ((g.ground, g.label) for g in (*self.exclusions, *self.set_aside)),
            "pool": ((p.pool, p.label) for p in self.pools),
            "role": ((seat.role, seat.label) for p in self.pools for seat in p.seats),
            "method": self.methods,
        }
        return dict(labels[kind]).get(name, Label(name, name))


def recusals_that_bind(recusals: Iterable[tuple[str, str]], frame: Frame, people: Iterable[Inspector]) -> list[Recusal]:
    """Of all recusals of person and unit those that a round freezes: of its people, from units of its frame."""
    units = set(frame.units)
    listed = {person.inspector for person in people}
    return [Recusal(inspector, unit) for inspector, unit in recusals if inspector in listed and unit in units]


# --- reading ------------------------------------------------------------------------------------------------------


def read_programme(data: bytes) -> Programme:
    """A policy file as a programme; `PolicyErrors` with everything that is wrong in it, each with its place."""
    return read_root(data, _programme)


def _programme(node: Node) -> Programme:
    entry = node.fields(
        "format", "policy", "title", "document", "draw_prefix", "statuses", "methods", "strata", "exclusions", "pools",
        "set_aside",
    )  # fmt: skip
    entry["format"].choice(FORMAT)
    programme = Programme(
        policy=entry["policy"].identifier(),
        title=_label(entry["title"]),
        document=_document(entry["document"]),
        draw_prefix=entry["draw_prefix"].identifier(),
        statuses=entry["statuses"].each(_status),
        methods=entry["methods"].each(_method),
        strata=entry["strata"].each(_stratum),
        exclusions=entry["exclusions"].each(_exclusion),
        pools=entry["pools"].each(_pool),
        set_aside=entry["set_aside"].each(_set_aside),
    )
    _check_names(programme, node)
    if not node.problems:
        _check_public_parts(programme, node)
    return programme


def _method(node: Node) -> tuple[str, Label]:
    entry = node.fields("method", "label")
    return entry["method"].identifier(), _label(entry["label"])


def _document(node: Node) -> tuple[tuple[str, str], ...]:
    entry = node.fields("title", "number", "issuer", "date")
    return tuple((key, value.text_or_nothing()) for key, value in entry.items())


def _label(node: Node) -> Label:
    entry = node.fields("zh", "en")
    return Label(entry["zh"].text(), entry["en"].text())


def _rule(node: Node) -> Rule:
    if isinstance(node.value, dict) and "chosen" in node.value:
        return Rule("", "", _label(node.fields("chosen")["chosen"]))
    entry = node.fields("place", "words")
    return Rule(entry["place"].text(), entry["words"].text(), None)


def _rules(node: Node) -> tuple[tuple[str, Rule], ...]:
    return tuple((name, _rule(rule)) for name, rule in node.entries().items())


def _condition(node: Node, fields: Sequence[str]) -> Condition:
    entries = node.entries()
    for name in entries.keys() - set(fields):
        node.wrong("policy-key-unknown", key=name, known=", ".join(fields))
    return Condition(tuple((name, values.each(Node.text_or_nothing)) for name, values in entries.items()))


def _status(node: Node) -> Status:
    entry = node.fields("status", "labels", "english", "target_year")
    labels = entry["labels"].each(Node.text)
    if not labels:
        node.wrong("policy-no-label")
    return Status(entry["status"].identifier(), labels, entry["english"].text(), entry["target_year"].text_or_nothing())


def _stratum(node: Node) -> StratumRules:
    entry = node.fields("stratum", "label", "when", "rate_bp", "base", "method", "rules")
    return StratumRules(
        stratum=entry["stratum"].identifier(),
        label=_label(entry["label"]),
        when=_condition(entry["when"], UNIT_FIELDS),
        rate_bp=entry["rate_bp"].whole(1, frozen.HIGHEST_RATE),
        base=entry["base"].choice(*frozen.BASES),
        method=entry["method"].identifier(),
        rules=_rules(entry["rules"]),
    )


def _exclusion(node: Node) -> Ground:
    entry = node.fields("ground", "label", "strata", "when", "rule")
    return Ground(
        ground=entry["ground"].identifier(),
        label=_label(entry["label"]),
        strata=entry["strata"].each(Node.identifier),
        when=_condition(entry["when"], UNIT_FIELDS),
        rule=_rule(entry["rule"]),
    )


def _set_aside(node: Node) -> Ground:
    entry = node.fields("ground", "label", "rule")
    return Ground(entry["ground"].identifier(), _label(entry["label"]), (), Condition(()), _rule(entry["rule"]))


def _pool(node: Node) -> PoolRules:
    entry = node.fields("pool", "label", "strata", "who", "packet_size", "same_city", "seats", "regions", "rules")
    return PoolRules(
        pool=entry["pool"].identifier(),
        label=_label(entry["label"]),
        strata=entry["strata"].each(Node.identifier),
        who=_condition(entry["who"], PERSON_FIELDS),
        packet_size=entry["packet_size"].whole(1, 10**6),
        same_city=entry["same_city"].choice(*frozen.SAME_CITY),
        seats=entry["seats"].each(_seat),
        regions=entry["regions"].each(_region),
        rules=_rules(entry["rules"]),
    )


def _seat(node: Node) -> SeatRules:
    entry = node.fields("role", "label", "count", "who")
    return SeatRules(
        entry["role"].identifier(),
        _label(entry["label"]),
        entry["count"].whole(1, 1000),
        _condition(entry["who"], PERSON_FIELDS),
    )


def _region(node: Node) -> tuple[Label, tuple[str, ...]]:
    entry = node.fields("label", "cities")
    return _label(entry["label"]), entry["cities"].each(Node.identifier)


def _check_names(programme: Programme, node: Node) -> None:
    """What names another thing of the file must name one that is there, and every name is given once."""
    strata = [s.stratum for s in programme.strata]
    _each_once(node, "strata", strata)
    _each_once(node, "pools", [p.pool for p in programme.pools])
    _each_once(node, "statuses", [s.status for s in programme.statuses])
    _each_once(node, "statuses", [label for s in programme.statuses for label in s.labels])
    _each_once(node, "pools", [stratum for p in programme.pools for stratum in p.strata])
    for pool in programme.pools:
        _each_once(node, f"pools {pool.pool}", [seat.role for seat in pool.seats])
        _each_once(node, f"pools {pool.pool}", [city for _, cities in pool.regions for city in cities])
    _all_known(node, "exclusions", [s for g in programme.exclusions for s in g.strata], strata)
    _all_known(node, "pools", [s for p in programme.pools for s in p.strata], strata)
    _all_known(node, "strata", strata, [s for p in programme.pools for s in p.strata])
    _all_known(node, "strata", [s.method for s in programme.strata], [method for method, _ in programme.methods])
    known = [s.status for s in programme.statuses]
    for stratum in programme.strata:
        _all_known(node, f"strata {stratum.stratum}", dict(stratum.when.fields).get("status", ()), known)


def _check_public_parts(programme: Programme, node: Node) -> None:
    """What a draw and its rounds freeze of it must have the protocol's forms and keep its rules."""
    try:
        policy = frozen.read_policy(frozen.write_policy(programme.public_policy), "policy.json")
        frozen.check_teams(frozen.read_teams(frozen.write_teams(programme.public_teams), "teams.json"), policy)
    except (FormError, RuleError) as error:
        node.wrong("policy-not-frozen", cause=f"{error.code} {error.params}")


def _each_once(node: Node, where: str, names: Sequence[str]) -> None:
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1:
            node.wrong("policy-name-twice", where=where, name=name)


def _all_known(node: Node, where: str, names: Iterable[str], known: Sequence[str]) -> None:
    for name in sorted(set(names) - set(known)):
        node.wrong("policy-name-unknown", where=where, name=name, known=", ".join(known))

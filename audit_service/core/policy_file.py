"""The policy file: JSON that holds one programme (docs/policies.md), read strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from audit_service.core import frozen
from audit_service.core.policy import (
    PERSON_FIELDS,
    TARGETS,
    TIES,
    UNIT_FIELDS,
    PoolRules,
    Programme,
    SeatRules,
    Status,
    StratumRules,
    Target,
)
from audit_service.core.policy_reading import Node, read_root
from audit_service.core.rules import Condition, Ground, Label, Rule
from audit_service.errors import FormError, RuleError

FORMAT: Final = "audit-policy/1"


def read_programme(data: bytes) -> Programme:
    """A policy file as a programme; `PolicyErrors` with everything that is wrong in it, each with its place."""
    return read_root(data, _programme)


def _programme(node: Node) -> Programme:
    entry = node.fields(
        "format", "policy", "title", "document", "draw_prefix", "statuses", "methods", "strata", "exclusions", "pools",
        "set_aside", optional=("targets",),
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
        targets=entry["targets"].each(_target),
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


def _target(node: Node) -> Target:
    entry = node.fields("target", "label", "when")
    return Target(entry["target"].choice(*TARGETS), _label(entry["label"]), _condition(entry["when"], UNIT_FIELDS))


def _pool(node: Node) -> PoolRules:
    entry = node.fields(
        "pool", "label", "strata", "who", "packet_size", "same_city", "seats", "regions", "rules",
        optional=("recused",),
    )  # fmt: skip
    return PoolRules(
        pool=entry["pool"].identifier(),
        label=_label(entry["label"]),
        strata=entry["strata"].each(Node.identifier),
        who=_condition(entry["who"], PERSON_FIELDS),
        packet_size=entry["packet_size"].whole(1, 10**6),
        same_city=entry["same_city"].choice(*frozen.SAME_CITY),
        seats=entry["seats"].each(_seat),
        regions=entry["regions"].each(_region),
        recused=entry["recused"].each(lambda tie: tie.choice(*TIES)),
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
    _each_once(node, "targets", [t.target for t in programme.targets])
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
    for target in programme.targets:
        _all_known(node, f"targets {target.target}", dict(target.when.fields).get("status", ()), known)


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

"""The policy file: JSON that holds one programme (docs/policies.md), read strictly."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Final

from audit_service.core import frozen
from audit_service.core.after_file import KEYS, read_after
from audit_service.core.after_names import check_names_after
from audit_service.core.life import LifeState
from audit_service.core.policy import (
    EXCLUDED_BY,
    FIRST_VERSION,
    MEMBERS,
    OF_UNITS,
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
from audit_service.core.policy_names import check_names
from audit_service.core.policy_reading import Node, read_root
from audit_service.core.rule_file import read_condition, read_label, read_plain_ground, read_rule, read_rules
from audit_service.core.rules import Ground, Label
from audit_service.errors import FormError, RuleError

FORMAT: Final = "audit-policy/1"
_KEPT: Final = 32
_MOST_VERSIONS: Final = 10**6
_DRAW_KEYS: Final = ("statuses", "methods", "strata", "exclusions", "pools", "set_aside", "targets")
"""The keys of the draw, which a programme without one has not."""


@lru_cache(maxsize=_KEPT)
def read_programme(data: bytes) -> Programme:
    """A policy file as a programme; `PolicyErrors` with everything that is wrong in it, each with its place.

    What was read is kept: every look at a draw or a unit's life begins with the same few files.
    """
    return replace(read_root(data, _programme), source=data)


def _programme(node: Node) -> Programme:
    entry = node.fields(
        "format",
        "policy",
        "title",
        "document",
        "draw_prefix",
        optional=("version", "counterpart", "places", *_DRAW_KEYS, *KEYS),
    )
    entry["format"].choice(FORMAT)
    programme = Programme(
        policy=entry["policy"].identifier(),
        title=read_label(entry["title"]),
        document=_document(entry["document"]),
        draw_prefix=entry["draw_prefix"].identifier(),
        statuses=entry["statuses"].each(_status),
        methods=entry["methods"].each(_method),
        strata=entry["strata"].each(_stratum),
        exclusions=entry["exclusions"].each(_exclusion),
        pools=entry["pools"].each(_pool),
        set_aside=entry["set_aside"].each(read_plain_ground),
        targets=entry["targets"].each(_target),
        after=read_after(entry),
        counterpart=entry["counterpart"].or_else(None, read_label),
        places=entry["places"].or_else(None, read_label),
        version=entry["version"].or_else(FIRST_VERSION, lambda version: version.whole(FIRST_VERSION, _MOST_VERSIONS)),
    )
    check_names(programme, node)
    check_names_after(programme, node)
    if programme.strata and not node.problems:
        _check_public_parts(programme, node)
    return programme


def _method(node: Node) -> tuple[str, Label]:
    entry = node.fields("method", "label")
    return entry["method"].identifier(), read_label(entry["label"])


def _document(node: Node) -> tuple[tuple[str, str], ...]:
    entry = node.fields("title", "number", "issuer", "date")
    return tuple((key, value.text_or_nothing()) for key, value in entry.items())


def _status(node: Node) -> Status:
    entry = node.fields("status", "labels", "english", "target_year", optional=("state",))
    labels = entry["labels"].each(Node.text)
    if not labels:
        node.wrong("policy-no-label")
    return Status(
        status=entry["status"].identifier(),
        labels=labels,
        english=entry["english"].text(),
        target_year=entry["target_year"].text_or_nothing(),
        state=entry["state"].or_else("", lambda state: state.choice(*filter(None, LifeState))),
    )


def _stratum(node: Node) -> StratumRules:
    entry = node.fields("stratum", "label", "when", "rate_bp", "base", "method", "rules", optional=("of",))
    of = entry["of"].or_else(OF_UNITS, lambda of: of.choice(*MEMBERS))
    return StratumRules(
        stratum=entry["stratum"].identifier(),
        label=read_label(entry["label"]),
        when=read_condition(entry["when"], MEMBERS[of]),
        rate_bp=entry["rate_bp"].whole(1, frozen.HIGHEST_RATE),
        base=entry["base"].choice(*frozen.BASES),
        method=entry["method"].identifier(),
        rules=read_rules(entry["rules"]),
        of=of,
    )


def _exclusion(node: Node) -> Ground:
    entry = node.fields("ground", "label", "strata", "when", "rule")
    return Ground(
        ground=entry["ground"].identifier(),
        label=read_label(entry["label"]),
        strata=entry["strata"].each(Node.identifier),
        when=read_condition(entry["when"], tuple(dict.fromkeys(chain.from_iterable(EXCLUDED_BY.values())))),
        rule=read_rule(entry["rule"]),
    )


def _target(node: Node) -> Target:
    entry = node.fields("target", "label", "when")
    return Target(
        entry["target"].choice(*TARGETS), read_label(entry["label"]), read_condition(entry["when"], UNIT_FIELDS)
    )


def _pool(node: Node) -> PoolRules:
    entry = node.fields(
        "pool", "label", "strata", "who", "packet_size", "same_city", "seats", "regions", "rules",
        optional=("recused",),
    )  # fmt: skip
    return PoolRules(
        pool=entry["pool"].identifier(),
        label=read_label(entry["label"]),
        strata=entry["strata"].each(Node.identifier),
        who=read_condition(entry["who"], PERSON_FIELDS),
        packet_size=entry["packet_size"].whole(1, 10**6),
        same_city=entry["same_city"].choice(*frozen.SAME_CITY),
        seats=entry["seats"].each(_seat),
        regions=entry["regions"].each(_region),
        recused=entry["recused"].each(lambda tie: tie.choice(*TIES)),
        rules=read_rules(entry["rules"]),
    )


def _seat(node: Node) -> SeatRules:
    entry = node.fields("role", "label", "count", "who")
    return SeatRules(
        entry["role"].identifier(),
        read_label(entry["label"]),
        entry["count"].whole(1, 1000),
        read_condition(entry["who"], PERSON_FIELDS),
    )


def _region(node: Node) -> tuple[Label, tuple[str, ...]]:
    entry = node.fields("label", "cities")
    return read_label(entry["label"]), entry["cities"].each(Node.identifier)


def _check_public_parts(programme: Programme, node: Node) -> None:
    """What a draw and its rounds freeze of it must have the protocol's forms and keep its rules."""
    try:
        policy = frozen.read_policy(frozen.write_policy(programme.public_policy), "policy.json")
        frozen.check_teams(frozen.read_teams(frozen.write_teams(programme.public_teams), "teams.json"), policy)
    except (FormError, RuleError) as error:
        node.wrong("policy-not-frozen", cause=f"{error.code} {error.params}")

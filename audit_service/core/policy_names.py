"""Whether what names another thing in a policy's draw names one that is there, and every name is given once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit_service.core.policy import EXCLUDED_BY, Programme
from audit_service.core.policy_reading import Node, known_names
from audit_service.core.rules import PLANNED, Condition


def check_names(programme: Programme, node: Node) -> None:
    """Note every name of the draw that nothing defines, every one given twice, every stratum that nobody inspects."""
    _each_once(node, "strata", [s.stratum for s in programme.strata])
    _each_once(node, "pools", [p.pool for p in programme.pools])
    _each_once(node, "statuses", [s.status for s in programme.statuses])
    _each_once(node, "targets", [t.target for t in programme.targets])
    _each_once(node, "statuses", [label for s in programme.statuses for label in s.labels])
    _each_once(node, "pools", [stratum for p in programme.pools for stratum in p.strata])
    for place, pool in enumerate(programme.pools):
        _each_once(node, f"pools/{place}/seats", [seat.role for seat in pool.seats])
        _each_once(node, f"pools/{place}/regions", [city for _, cities in pool.regions for city in cities])
    _check_strata(programme, node)
    _check_exclusions(programme, node)
    statuses = [s.status for s in programme.statuses]
    for place, target in enumerate(programme.targets):
        known_names(node.place("targets", place, "when", "status"), _statuses_of(target.when), statuses)


def _check_strata(programme: Programme, node: Node) -> None:
    """Each stratum has its statuses, its method and a pool of people; and no pool has one that there is not."""
    strata = [s.stratum for s in programme.strata]
    statuses, methods = [s.status for s in programme.statuses], [method for method, _ in programme.methods]
    in_pools = {stratum for pool in programme.pools for stratum in pool.strata}
    for place, stratum in enumerate(programme.strata):
        here = node.place("strata", place)
        known_names(here.place("when", "status"), _statuses_of(stratum.when), statuses)
        known_names(here.place("method"), [stratum.method], methods)
        if stratum.stratum not in in_pools:
            here.wrong("policy-stratum-no-pool", stratum=stratum.stratum)
    for place, pool in enumerate(programme.pools):
        known_names(node.place("pools", place, "strata"), pool.strata, strata)


def _check_exclusions(programme: Programme, node: Node) -> None:
    """A ground excludes from strata that there are, by what their members have, and by levels that have plans."""
    members = {stratum.stratum: EXCLUDED_BY[stratum.of] for stratum in programme.strata}
    levels = [level for level, _ in programme.after.plans.levels] if programme.after.plans else []
    for place, ground in enumerate(programme.exclusions):
        known_names(node.place("exclusions", place, "strata"), ground.strata, list(members))
        known_names(node.place("exclusions", place, "when", PLANNED), dict(ground.when.fields).get(PLANNED, ()), levels)
        for name in sorted(set(ground.strata) & members.keys()):
            fields = [field for field, _ in ground.when.fields]
            known_names(node.place("exclusions", place, "when"), fields, members[name])


def _statuses_of(when: Condition) -> tuple[str, ...]:
    return dict(when.fields).get("status", ())


def _each_once(node: Node, where: str, names: Sequence[str]) -> None:
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1:
            node.place(where).wrong("policy-name-twice", where=where, name=name)

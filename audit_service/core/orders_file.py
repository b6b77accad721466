"""What a policy file orders of units and places over a year, and what they report, read strictly (docs/policies.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from audit_service.core.after import (
    EVERY,
    FIELD_KINDS,
    LEVELS,
    RECIPIENTS,
    REPORTERS,
    Award,
    Consequence,
    Cumulative,
    Milestone,
    Order,
    Plans,
    Quota,
    ReportField,
    ReportRows,
    ReportRules,
)
from audit_service.core.frozen import HIGHEST_RATE
from audit_service.core.life import STEPS
from audit_service.core.places import UNIT
from audit_service.core.policy import UNIT_FIELDS
from audit_service.core.policy_reading import Node, known_names
from audit_service.core.rule_file import read_condition, read_label, read_rule, some_rules
from audit_service.core.rules import Condition, Label
from audit_service.core.standards import OF_PLACES, Standard

_MOST_UNITS: Final = 10**6
_MOST_DAYS: Final = 3650
_YEARS: Final = (1990, 2200)
_DATED: Final = ("year", "once")
"""What is due so rarely that it can have a day of the year."""


def read_step(node: Node) -> str:
    """A step of a unit's life."""
    return node.choice(*STEPS)


def read_many(node: Node) -> int:
    """A number of units, titles, findings: one at least."""
    return node.whole(1, _MOST_UNITS)


def read_days(node: Node) -> int:
    """A number of days."""
    return node.whole(0, _MOST_DAYS)


def read_order(node: Node) -> Order:
    """What is ordered of a year."""
    optional = ("column", "when", "total", "within", "most", "each", "cumulative")
    entry = node.fields("order", "label", "step", "year", "level", "rule", optional=optional)
    total, year = entry["total"].or_else(None, read_many), entry["year"].whole(*_YEARS)
    return Order(
        order=entry["order"].identifier(),
        label=read_label(entry["label"]),
        column=entry["column"].or_else("", Node.text),
        step=read_step(entry["step"]),
        when=entry["when"].or_else(Condition(()), lambda when: read_condition(when, UNIT_FIELDS)),
        year=year,
        total=total,
        level=entry["level"].choice(*LEVELS),
        within=entry["within"].or_else("", Node.identifier),
        rule=read_rule(entry["rule"]),
        most=entry["most"].or_else(None, lambda most: _most(most, total or 1)),
        each=entry["each"].or_else(None, read_many),
        cumulative=entry["cumulative"].or_else(None, lambda node: _cumulative(node, year)),
    )


def _cumulative(node: Node, year: int) -> Cumulative:
    """From which year on an order counts: one before its own."""
    entry = node.fields("since", "rule")
    since = entry["since"].whole(*_YEARS)
    if since >= year:
        entry["since"].wrong("policy-cumulative-since", since=since, year=year)
    return Cumulative(since, read_rule(entry["rule"]))


def _most(node: Node, total: int) -> int:
    """The upper number of a range: not below the lower one."""
    most = read_many(node)
    if most < total:
        node.wrong("policy-most-below-total", most=most, total=total)
    return most


def read_quota(node: Node) -> Quota:
    """A share of a place's townships."""
    entry = node.fields("quota", "label", "classes", "step", "rate_bp", "rules")
    classes = entry["classes"].each(Node.text)
    if not classes:
        entry["classes"].wrong("policy-nothing")
    return Quota(
        quota=entry["quota"].identifier(),
        label=read_label(entry["label"]),
        classes=classes,
        step=read_step(entry["step"]),
        rate_bp=entry["rate_bp"].whole(1, HIGHEST_RATE),
        rules=some_rules(entry["rules"]),
    )


def read_milestone(node: Node) -> Milestone:
    """By when a step is to be taken."""
    entry = node.fields("milestone", "label", "step", "by", "rule", optional=("since", "consequence"))
    since, by = entry["since"].or_else("", Node.day_of_year), entry["by"].day_of_year()
    if since > by:
        entry["since"].wrong("policy-since-after", since=since, by=by)
    return Milestone(
        milestone=entry["milestone"].identifier(),
        label=read_label(entry["label"]),
        step=read_step(entry["step"]),
        since=since,
        by=by,
        consequence=entry["consequence"].or_else("", Node.identifier),
        rule=read_rule(entry["rule"]),
    )


def read_consequence(node: Node) -> Consequence:
    """What befalls a place."""
    entry = node.fields("consequence", "label", "level", "rule")
    return Consequence(
        entry["consequence"].identifier(),
        read_label(entry["label"]),
        entry["level"].choice(*LEVELS),
        read_rule(entry["rule"]),
    )


def read_report(node: Node, standards: Sequence[Standard]) -> ReportRules:
    """A report: due so many days after its period, or once a year on a day of it, never both."""
    optional = ("days", "by", "improvement", "standard", "rows")
    entry = node.fields("report", "label", "reporter", "every", "fields", "rules", optional=optional)
    every = entry["every"].choice(*EVERY)
    if entry["days"].given == entry["by"].given or (every not in _DATED if entry["by"].given else every == "once"):
        node.wrong("policy-report-due", every=every)
    fields = entry["fields"].each(_field)
    if not fields and not entry["standard"].given:
        entry["fields"].wrong("policy-nothing")
    reporter = entry["reporter"].choice(*REPORTERS)
    if reporter == UNIT and entry["standard"].given:
        entry["standard"].wrong("policy-standard-of-unit")
    if entry["rows"].given and entry["standard"].given:
        entry["standard"].wrong("policy-standard-of-list")
    return ReportRules(
        report=entry["report"].identifier(),
        label=read_label(entry["label"]),
        reporter=reporter,
        every=every,
        days=entry["days"].or_else(0, read_days),
        by=entry["by"].or_else("", Node.day_of_year),
        fields=fields,
        improvement=entry["improvement"].or_else(False, Node.yes_or_no),
        rules=some_rules(entry["rules"]),
        standard=entry["standard"].or_else(None, lambda name: _standard(name, standards)),
        rows=entry["rows"].or_else(None, _rows),
    )


def _rows(node: Node) -> ReportRows:
    entry = node.fields("least", "rule", optional=("reporter",))
    return ReportRows(
        least=read_many(entry["least"]),
        reporter=entry["reporter"].or_else(None, read_label),
        rule=read_rule(entry["rule"]),
    )


def _standard(node: Node, standards: Sequence[Standard]) -> Standard | None:
    """The standard of places that a report goes by."""
    of_places = {standard.standard: standard for standard in standards if standard.of == OF_PLACES}
    name = node.identifier()
    known_names(node, [name], list(of_places))
    return of_places.get(name)


def _field(node: Node) -> ReportField:
    entry = node.fields("field", "label", "kind", "needed", optional=("share", "least"))
    kind = entry["kind"].choice(*FIELD_KINDS)
    share = entry["share"].each(Node.identifier)
    if entry["share"].given and (len(share) != 2 or kind != "ratio"):
        entry["share"].wrong("policy-share")
    if entry["least"].given and kind in ("text", "yes-no"):
        entry["least"].wrong("policy-least-kind")
    return ReportField(
        field=entry["field"].identifier(),
        label=read_label(entry["label"]),
        kind=kind,
        needed=entry["needed"].yes_or_no(),
        share=(share[0], share[1]) if len(share) == 2 else None,
        least=entry["least"].or_else(None, Node.decimal),
    )


def read_plans(node: Node) -> Plans:
    """The levels whose plans fit together: two at least."""
    entry = node.fields("levels", "period", "rules")
    levels = entry["levels"].each(_level)
    if len(levels) < 2:
        entry["levels"].wrong("policy-one-level")
    period = entry["period"].choice(*EVERY[:-1])
    return Plans(levels, period, some_rules(entry["rules"]))


def _level(node: Node) -> tuple[str, Label]:
    entry = node.fields("level", "label")
    return entry["level"].identifier(), read_label(entry["label"])


def read_award(node: Node) -> Award:
    """What may be given."""
    entry = node.fields("award", "label", "rule", optional=("at_most", "to"))
    to = entry["to"].each(lambda recipient: recipient.choice(*RECIPIENTS))
    if entry["to"].given and not to:
        entry["to"].wrong("policy-nothing")
    return Award(
        entry["award"].identifier(),
        read_label(entry["label"]),
        entry["at_most"].or_else(None, read_many),
        read_rule(entry["rule"]),
        to or RECIPIENTS[:1],
    )

"""What a policy file says of what comes after the draw, read strictly (docs/policies.md)."""

from __future__ import annotations

from typing import Final

from audit_service.core.after import (
    CAUSES,
    CHECK_NEEDS,
    ENDINGS,
    REVIEWERS,
    VERDICTS,
    After,
    CheckGround,
    Closed,
    Deviation,
    Exit,
    Rectification,
    SelfAssessment,
    Severity,
    Signing,
    TitleRules,
    Trigger,
    VerdictRule,
    VerdictWhen,
    Warning,
)
from audit_service.core.frozen import HIGHEST_RATE
from audit_service.core.orders_file import (
    read_award,
    read_consequence,
    read_days,
    read_many,
    read_milestone,
    read_order,
    read_plans,
    read_quota,
    read_report,
    read_step,
)
from audit_service.core.policy_reading import Node
from audit_service.core.rule_file import (
    read_label,
    read_rule,
    some_rules,
)
from audit_service.core.standard_file import read_standard

KEYS: Final = (
    *("standards", "checklists", "verdicts", "deviation", "signing", "titles"),
    *("self_assessment", "closed", "rectification", "warning", "exit"),
    *("orders", "quotas", "milestones", "consequences", "reports", "plans", "checks", "awards"),
)
"""The keys of a policy file that say what comes after the draw: all optional."""
OUTCOMES: Final = ("inspected", "refused")
"""The kinds of outcome on which there is a verdict."""
_MOST_YEARS: Final = 100


def read_after(entry: dict[str, Node]) -> After:
    """The later parts of a policy, from the entries of `KEYS`."""
    standards = entry["standards"].each(read_standard)
    return After(
        standards=standards,
        checklists=entry["checklists"].or_else((), _checklists),
        verdicts=entry["verdicts"].each(_verdict),
        deviation=entry["deviation"].or_else(None, _deviation),
        signing=entry["signing"].or_else(None, _signing),
        titles=entry["titles"].each(_title),
        self_assessment=entry["self_assessment"].or_else(None, _self_assessment),
        closed=entry["closed"].each(_closed),
        rectification=entry["rectification"].or_else(None, _rectification),
        warning=entry["warning"].or_else(None, _warning),
        exit=entry["exit"].or_else(None, _exit),
        orders=entry["orders"].each(read_order),
        quotas=entry["quotas"].each(read_quota),
        milestones=entry["milestones"].each(read_milestone),
        consequences=entry["consequences"].each(read_consequence),
        reports=entry["reports"].each(lambda report: read_report(report, standards)),
        plans=entry["plans"].or_else(None, read_plans),
        checks=entry["checks"].each(_check_ground),
        awards=entry["awards"].each(read_award),
    )


def _check_ground(node: Node) -> CheckGround:
    entry = node.fields("ground", "label", "rule", optional=("needs",))
    needs = entry["needs"].or_else("", lambda each: each.choice(*CHECK_NEEDS))
    return CheckGround(entry["ground"].identifier(), read_label(entry["label"]), needs, read_rule(entry["rule"]))


def _checklists(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((stratum, names.each(Node.identifier)) for stratum, names in node.entries().items())


def _verdict(node: Node) -> VerdictRule:
    entry = node.fields("verdict", "when", "rule")
    return VerdictRule(entry["verdict"].choice(*VERDICTS), _when(entry["when"]), read_rule(entry["rule"]))


def _when(node: Node) -> VerdictWhen:
    entry = node.fields(optional=("kinds", "vetoes", "unmet", "unmet_bp", "severity", "findings", "score_below"))
    if entry["severity"].given and not entry["findings"].given:
        node.wrong("policy-severity-alone")
    return VerdictWhen(
        kinds=entry["kinds"].each(lambda kind: kind.choice(*OUTCOMES)),
        vetoes=entry["vetoes"].or_else(None, read_many),
        unmet=entry["unmet"].or_else(None, read_many),
        unmet_bp=entry["unmet_bp"].or_else(None, lambda share: share.whole(1, HIGHEST_RATE)),
        severity=entry["severity"].or_else("", Node.identifier),
        findings=entry["findings"].or_else(None, read_many),
        score_below=entry["score_below"].or_else(None, Node.hundredths),
    )


def _deviation(node: Node) -> Deviation:
    entry = node.fields("verdict", "follows", "rules", optional=("points",))
    return Deviation(
        points=entry["points"].or_else(None, Node.hundredths),
        verdict=entry["verdict"].yes_or_no(),
        follows=read_label(entry["follows"]),
        rules=some_rules(entry["rules"]),
    )


def _signing(node: Node) -> Signing:
    entry = node.fields("days", "rules")
    return Signing(read_days(entry["days"]), some_rules(entry["rules"]))


def _title(node: Node) -> TitleRules:
    optional = ("check_within_years", "re_evaluation_year", "at_most")
    entry = node.fields("title", "label", "years", "rules", optional=optional)
    years = entry["years"].whole(1, _MOST_YEARS)
    return TitleRules(
        title=entry["title"].identifier(),
        label=read_label(entry["label"]),
        years=years,
        check_within_years=entry["check_within_years"].or_else(None, lambda year: _year(year, years)),
        re_evaluation_year=entry["re_evaluation_year"].or_else(None, lambda year: _year(year, years)),
        at_most=entry["at_most"].or_else(None, read_many),
        rules=some_rules(entry["rules"]),
    )


def _year(node: Node, years: int) -> int:
    """A year of a title: none after its last."""
    year = node.whole(1, _MOST_YEARS)
    if year > years:
        node.wrong("policy-year-after-title", found=year, years=years)
    return year


def _self_assessment(node: Node) -> SelfAssessment:
    entry = node.fields("rules", optional=("least_days", "reviews"))
    reviews = entry["reviews"].each(lambda level: level.choice(*REVIEWERS))
    if not (entry["least_days"].given or reviews):
        node.wrong("policy-self-assessment-nothing")
    least_days = entry["least_days"].or_else(None, read_many)
    return SelfAssessment(least_days, reviews, some_rules(entry["rules"]))


def _closed(node: Node) -> Closed:
    entry = node.fields("step", "since", "rule")
    return Closed(read_step(entry["step"]), entry["since"].day(), read_rule(entry["rule"]))


def _rectification(node: Node) -> Rectification:
    entry = node.fields("severities", "recheck_days", "rules")
    severities = entry["severities"].each(_severity)
    if not severities:
        entry["severities"].wrong("policy-nothing")
    return Rectification(severities, read_days(entry["recheck_days"]), some_rules(entry["rules"]))


def _severity(node: Node) -> Severity:
    entry = node.fields("severity", "label", "days", "rule")
    return Severity(
        entry["severity"].identifier(), read_label(entry["label"]), read_days(entry["days"]), read_rule(entry["rule"])
    )


def _warning(node: Node) -> Warning:
    entry = node.fields("yellow", "red", "rules")
    yellow, red = read_days(entry["yellow"]), read_days(entry["red"])
    if red > yellow:
        entry["red"].wrong("policy-red-above-yellow", red=red, yellow=yellow)
    return Warning(yellow, red, some_rules(entry["rules"]))


def _exit(node: Node) -> Exit:
    entry = node.fields("triggers", "defence_days", "publication_days", "authority", "rules")
    return Exit(
        triggers=entry["triggers"].each(_trigger),
        defence_days=read_days(entry["defence_days"]),
        publication_days=read_days(entry["publication_days"]),
        authority=read_label(entry["authority"]),
        rules=some_rules(entry["rules"]),
    )


def _trigger(node: Node) -> Trigger:
    entry = node.fields("trigger", "label", "cause", "endings", "rule")
    endings = entry["endings"].each(lambda ending: ending.choice(*ENDINGS))
    if not endings:
        entry["endings"].wrong("policy-nothing")
    return Trigger(
        trigger=entry["trigger"].identifier(),
        label=read_label(entry["label"]),
        cause=entry["cause"].choice(*CAUSES),
        endings=endings,
        rule=read_rule(entry["rule"]),
    )

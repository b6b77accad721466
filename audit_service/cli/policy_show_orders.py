"""How it is printed what a policy orders of units and places: numbers, days, reports, plans, checks, awards."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.cli.policy_show_rules import show_condition, show_rules
from audit_service.core.after import After, Milestone, Order, ReportField, ReportRules
from audit_service.core.policy import Programme


def show_orders(console: Console, programme: Programme) -> None:
    """Everything that is ordered."""
    after = programme.after
    console.show()
    for order in after.orders:
        _show_order(console, programme, order)
    for quota in after.quotas:
        step = console.text(f"life.step.{quota.step}")
        label = console.wording.of(quota.label)
        rate = f"{quota.rate_bp / 100:g}%"
        console.say("policy-quota", label=label, classes="、".join(quota.classes), rate=rate, step=step)
        show_rules(console, [rule for _, rule in quota.rules])
    for milestone in after.milestones:
        _show_milestone(console, after, milestone)
    for consequence in after.consequences:
        level = console.text(f"policy.level.{consequence.level}")
        console.say("policy-consequence", label=console.wording.of(consequence.label), level=level)
        show_rules(console, [consequence.rule])
    for report in after.reports:
        _show_report(console, report)
    _show_plans(console, after)
    for check in after.checks:
        console.say("policy-check", ground=check.ground, label=console.wording.of(check.label))
        show_rules(console, [check.rule])
    for award in after.awards:
        to = "、".join(console.text(f"policy.recipient.{each}") for each in award.to)
        console.say("policy-award", label=console.wording.of(award.label), to=to, at_most=award.at_most or "–")
        show_rules(console, [award.rule])


def _show_order(console: Console, programme: Programme, order: Order) -> None:
    labels = {each.order: console.wording.of(each.label) for each in programme.after.orders}
    console.say(
        "policy-order",
        label=labels[order.order],
        year=order.year,
        number=_number(console, order),
        step=console.text(f"life.step.{order.step}"),
        level=console.text(f"policy.level.{order.level}"),
    )
    if order.within:
        console.say("policy-order-part", whole=labels[order.within])
    if order.when.fields:
        console.say("policy-order-when", when=show_condition(console, programme, order.when))
    if order.column:
        console.say("policy-order-column", column=order.column)
    if order.cumulative:
        console.say("policy-order-cumulative", since=order.since)
        show_rules(console, [order.cumulative.rule])
    show_rules(console, [order.rule])


def _number(console: Console, order: Order) -> str:
    """The number ordered: one, a range, so many of each place, or what the annex says."""
    if order.each is not None:
        return console.text("policy-each", each=order.each)
    if order.total is None:
        return console.text("policy-by-annex")
    return f"{order.total}–{order.most}" if order.most not in (None, order.total) else str(order.total)


def _show_milestone(console: Console, after: After, milestone: Milestone) -> None:
    labels = {each.consequence: console.wording.of(each.label) for each in after.consequences}
    console.say(
        "policy-milestone",
        label=console.wording.of(milestone.label),
        step=console.text(f"life.step.{milestone.step}"),
        since=milestone.since or "–",
        by=milestone.by,
        consequence=labels.get(milestone.consequence, "–"),
    )
    show_rules(console, [milestone.rule])


def _show_report(console: Console, report: ReportRules) -> None:
    due = (
        console.text("policy-due-by", by=report.by) if report.by else console.text("policy-due-days", days=report.days)
    )
    console.say(
        "policy-report",
        label=console.wording.of(report.label),
        reporter=console.text(f"policy.level.{report.reporter}"),
        every=console.text(f"policy.every.{report.every}"),
        due=due,
    )
    if report.improvement:
        console.say("policy-report-improvement")
    if report.standard:
        console.say("policy-report-standard", standard=console.wording.of(report.standard.label))
    if report.rows:
        console.say("policy-report-rows", least=report.rows.least)
        show_rules(console, [report.rows.rule])
    if report.fields:
        console.say("policy-report-fields", fields="、".join(_field(console, field) for field in report.fields))
    show_rules(console, [rule for _, rule in report.rules])


def _show_plans(console: Console, after: After) -> None:
    if after.plans:
        levels = "、".join(console.wording.of(label) for _, label in after.plans.levels)
        console.say("policy-plans", levels=levels, period=console.text(f"policy.every.{after.plans.period}"))
        show_rules(console, [rule for _, rule in after.plans.rules])


def _field(console: Console, field: ReportField) -> str:
    least = "" if field.least is None else f"≥{field.least:f}"
    return f"{console.wording.of(field.label)}{least}{'*' if field.needed else ''}"

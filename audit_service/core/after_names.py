"""Whether what names another thing in the later parts of a policy names one that is there and can do what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from audit_service.core.after import After, VerdictWhen
from audit_service.core.labels import heading_form
from audit_service.core.policy import FINDING_SOURCES, FINDING_STATES, OF_FINDINGS, Programme
from audit_service.core.policy_reading import Node, known_names
from audit_service.core.standards import OF_UNITS, Counts

EVERYTHING: Final = "*"
"""The checklist of whatever is inspected."""
_BY_OFFICE: Final = "office"


def check_names_after(programme: Programme, node: Node) -> None:
    """Note every name that nothing defines, every one given twice, and every rule that could never do anything."""
    after = programme.after
    for where, names in _named(after):
        for name, count in Counter(name.lower() for name in names).items():
            if count > 1:
                node.place(where).wrong("policy-name-twice", where=where, name=name)
    _check_checklists(programme, node)
    _check_verdicts(after, node)
    _check_triggers(after, node)
    _check_orders(programme, node)
    _check_columns(programme.after, node)
    _check_finding_strata(programme, node)
    _check_shares(programme.after, node)
    _check_counts(programme.after, node)
    consequences = [consequence.consequence for consequence in after.consequences]
    for place, milestone in enumerate(after.milestones):
        known_names(node.place("milestones", place, "consequence"), [milestone.consequence], consequences)


def _named(after: After) -> Iterable[tuple[str, Sequence[str]]]:
    """Every list of names in which none may stand twice."""
    yield "standards", [standard.standard for standard in after.standards]
    for place, standard in enumerate(after.standards):
        yield f"standards/{place}/areas", [area.area for area in standard.areas]
        yield f"standards/{place}/bands", [band.band for band in standard.bands]
    areas = [area for standard in after.standards for area in standard.areas]
    yield "standards", [criterion.criterion for area in areas for criterion in area.criteria]
    yield "titles", [title.title for title in after.titles]
    yield "closed", [closed.step for closed in after.closed]
    yield "rectification", [severity.severity for severity in after.severities]
    yield "exit/triggers", [trigger.trigger for trigger in after.exit.triggers] if after.exit else []
    yield "orders", [order.order for order in after.orders]
    yield "quotas", [quota.quota for quota in after.quotas]
    yield "milestones", [milestone.milestone for milestone in after.milestones]
    yield "consequences", [consequence.consequence for consequence in after.consequences]
    yield "reports", [report.report for report in after.reports]
    for place, report in enumerate(after.reports):
        criteria = report.standard.criteria if report.standard else ()
        yield f"reports/{place}/fields", [*(field.field for field in report.fields), *criteria]
    yield "plans", [level for level, _ in after.plans.levels] if after.plans else []
    yield "checks", [check.ground for check in after.checks]
    yield "awards", [award.award for award in after.awards]


def _check_checklists(programme: Programme, node: Node) -> None:
    strata = [stratum.stratum for stratum in programme.strata]
    of_units = [standard.standard for standard in programme.after.standards if standard.of == OF_UNITS]
    for stratum, standards in programme.after.checklists:
        known_names(node.place("checklists"), [stratum], [*strata, EVERYTHING])
        known_names(node.place("checklists", stratum), standards, of_units)
        if len(set(standards)) < len(standards):
            node.place("checklists", stratum).wrong("policy-name-twice", where=stratum, name=", ".join(standards))


def _check_verdicts(after: After, node: Node) -> None:
    """The first rule that holds decides: the last one always does, and no other, or those below it never would."""
    last = len(after.verdicts) - 1
    severities = [severity.severity for severity in after.severities]
    for place, verdict in enumerate(after.verdicts):
        known_names(node.place("verdicts", place, "when", "severity"), [verdict.when.severity], severities)
        if (verdict.when == VerdictWhen()) != (place == last):
            node.place("verdicts", place, "when").wrong("policy-verdict-last")


def _check_triggers(after: After, node: Node) -> None:
    """A cause opens cases by one trigger, and by none where nothing of the policy could ever bring it about."""
    needed = {
        "failed": ("verdicts", after.verdicts),
        "recheck-failed": ("rectification", after.rectification),
        "overdue": ("rectification", after.rectification),
        "lapsed": ("titles", after.titles),
        "re-evaluation-failed": ("titles", after.titles),
        "no-improvement": ("reports … improvement", [report for report in after.reports if report.improvement]),
    }
    seen: set[str] = set()
    for place, trigger in enumerate(after.exit.triggers if after.exit else ()):
        here = node.place("exit", "triggers", place, "cause")
        if trigger.cause in seen and trigger.cause != _BY_OFFICE:
            here.wrong("policy-name-twice", where=here.path, name=trigger.cause)
        seen.add(trigger.cause)
        part, found = needed.get(trigger.cause, ("", True))
        if not found:
            here.wrong("policy-cause-never", cause=trigger.cause, part=part)


def _check_orders(programme: Programme, node: Node) -> None:
    statuses = [status.status for status in programme.statuses]
    orders = {order.order: order for order in programme.after.orders}
    for place, order in enumerate(programme.after.orders):
        here = node.place("orders", place)
        known_names(here.place("when", "status"), dict(order.when.fields).get("status", ()), statuses)
        known_names(here.place("within"), [order.within], list(orders))
        whole = orders.get(order.within)
        years = order.since, order.year
        if whole and (whole.within or (whole.since, whole.year) != years or whole.order == order.order):
            here.place("within").wrong("policy-order-within", order=order.order, within=order.within)


def _check_columns(after: After, node: Node) -> None:
    """One number of an annex may order several steps (named, and assessed by a day before); it cannot be two numbers of
    one step in a year."""
    seen: dict[tuple[int, str, str], str] = {}
    for place, order in enumerate(after.orders):
        key = order.year, order.step, heading_form(order.column)
        other = seen.setdefault(key, order.order) if order.column else order.order
        if other != order.order:
            here = node.place("orders", place, "column")
            here.wrong("policy-column-twice", column=order.column, order=order.order, other=other)


def _check_shares(after: After, node: Node) -> None:
    """A ratio is that of two numbers of the same report."""
    for place, report in enumerate(after.reports):
        numbers = [field.field for field in report.fields if field.kind in ("money", "count")]
        for inner, field in enumerate(report.fields):
            known_names(node.place("reports", place, "fields", inner, "share"), field.share or (), numbers)


def _check_counts(after: After, node: Node) -> None:
    """What the system counts of a number are checks on grounds of the policy, or a report of units for its period."""
    grounds = [check.ground for check in after.checks]
    for place, standard in enumerate(after.standards):
        for area, each in enumerate(standard.areas):
            for inner, criterion in enumerate(each.criteria):
                for last, measure in enumerate(criterion.measures):
                    counts = measure.counts or Counts()
                    here = node.place("standards", place, "areas", area, "criteria", inner, "measures", last, "counts")
                    of_units = [r.report for r in after.reports if (r.reporter, r.every) == ("unit", measure.per)]
                    known_names(here.place("checks"), counts.checks, grounds)
                    known_names(here.place("report"), [counts.report], of_units)


def _check_finding_strata(programme: Programme, node: Node) -> None:
    severities = [severity.severity for severity in programme.after.severities]
    known = {"severity": severities, "source": FINDING_SOURCES, "state": FINDING_STATES}
    for place, stratum in enumerate(programme.strata):
        for name, values in stratum.when.fields if stratum.of == OF_FINDINGS else ():
            known_names(node.place("strata", place, "when", name), values, known.get(name, values))

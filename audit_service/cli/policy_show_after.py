"""How the later parts of a policy are printed: checklists, verdicts, titles, deadlines, exit."""

from __future__ import annotations

from decimal import Decimal

from audit_service.cli.output import Console
from audit_service.cli.policy_show_orders import show_orders
from audit_service.cli.policy_show_rules import show_rules
from audit_service.cli.policy_show_standard import show_standard
from audit_service.core.after import After, TitleRules, VerdictWhen
from audit_service.core.after_names import EVERYTHING
from audit_service.core.policy import Programme


def show_after(console: Console, programme: Programme) -> None:
    """Everything that a policy says of what comes after the draw, and nothing of what it does not say."""
    after = programme.after
    for standard in after.standards:
        show_standard(console, standard)
    _show_checklists(console, programme)
    _show_verdicts(console, after)
    for title in after.titles:
        _show_title(console, title)
    if after.self_assessment:
        reviews = "、".join(console.text(f"policy.level.{level}") for level in after.self_assessment.reviews)
        days = after.self_assessment.least_days
        console.say("policy-self-assessment", days="–" if days is None else days, reviews=reviews or "–")
        show_rules(console, [rule for _, rule in after.self_assessment.rules])
    for closed in after.closed:
        console.say("policy-closed", step=console.text(f"life.step.{closed.step}"), since=closed.since)
        show_rules(console, [closed.rule])
    _show_deadlines(console, after)
    _show_exit(console, after)
    show_orders(console, programme)


def _show_checklists(console: Console, programme: Programme) -> None:
    console.show()
    labels = {standard.standard: console.wording.of(standard.label) for standard in programme.after.standards}
    for stratum, standards in programme.after.checklists:
        everything = stratum == EVERYTHING
        name = console.text("policy-everything") if everything else console.wording.label(programme, "stratum", stratum)
        console.say("policy-checklist", stratum=name, standards="、".join(labels[standard] for standard in standards))


def _show_verdicts(console: Console, after: After) -> None:
    for verdict in after.verdicts:
        when = _when(console, after, verdict.when)
        console.say("policy-verdict", verdict=console.text(f"policy.verdict.{verdict.verdict}"), when=when)
        show_rules(console, [verdict.rule])
    if after.deviation:
        points, other = after.deviation.points, after.deviation.verdict
        said = [console.text("policy-deviation-verdict")] if other else []
        said += [] if points is None else [console.text("policy-deviation-points", points=_hundredths(points))]
        follows = console.wording.of(after.deviation.follows)
        console.say("policy-deviation", when=console.text("policy-or").join(said), follows=follows)
        show_rules(console, [rule for _, rule in after.deviation.rules])
    if after.signing:
        console.say("policy-signing", days=after.signing.days)
        show_rules(console, [rule for _, rule in after.signing.rules])


def _when(console: Console, after: After, when: VerdictWhen) -> str:
    """What must hold, in words; where nothing must, whatever is left."""
    severities = {each.severity: console.wording.of(each.label) for each in after.severities}
    severity = severities.get(when.severity, console.text("policy-any-severity"))
    said = [console.text(f"policy.outcome.{kind}") for kind in when.kinds]
    if when.vetoes:
        said.append(console.text("policy-when-vetoes", count=when.vetoes))
    if when.unmet:
        said.append(console.text("policy-when-unmet", count=when.unmet))
    if when.unmet_bp:
        said.append(console.text("policy-when-share", share=f"{when.unmet_bp / 100:g}%"))
    if when.findings:
        said.append(console.text("policy-when-findings", severity=severity, count=when.findings))
    if when.score_below is not None:
        said.append(console.text("policy-when-score", score=_hundredths(when.score_below)))
    return console.text("policy-and").join(said) or console.text("policy-otherwise")


def _hundredths(points: int) -> str:
    return f"{Decimal(points) / 100:f}"


def _show_title(console: Console, title: TitleRules) -> None:
    console.say(
        "policy-title",
        label=console.wording.of(title.label),
        years=title.years,
        check=title.check_within_years or "–",
        re_evaluation=title.re_evaluation_year or "–",
        at_most=title.at_most or "–",
    )
    show_rules(console, [rule for _, rule in title.rules])


def _show_deadlines(console: Console, after: After) -> None:
    if after.rectification:
        console.show()
        console.say("policy-rectification", days=after.rectification.recheck_days)
        show_rules(console, [rule for _, rule in after.rectification.rules])
        for severity in after.rectification.severities:
            console.say("policy-severity", label=console.wording.of(severity.label), days=severity.days)
            show_rules(console, [severity.rule])
    if after.warning:
        console.say("policy-warning", yellow=after.warning.yellow, red=after.warning.red)
        show_rules(console, [rule for _, rule in after.warning.rules])


def _show_exit(console: Console, after: After) -> None:
    if not after.exit:
        return
    console.show()
    authority = console.wording.of(after.exit.authority)
    days = {"defence": after.exit.defence_days, "publication": after.exit.publication_days}
    console.say("policy-exit", authority=authority, **days)
    show_rules(console, [rule for _, rule in after.exit.rules])
    for trigger in after.exit.triggers:
        endings = "、".join(console.text(f"policy.ending.{ending}") for ending in trigger.endings)
        console.say("policy-trigger", label=console.wording.of(trigger.label), endings=endings)
        show_rules(console, [trigger.rule])

"""How a policy is printed: what is drawn, who inspects, what comes after, and where each rule comes from."""

from __future__ import annotations

from collections.abc import Iterable

from audit_service.cli.output import Console
from audit_service.cli.policy_show_after import show_after
from audit_service.cli.policy_show_rules import show_condition, show_rules
from audit_service.core.policy import OF_FINDINGS, PoolRules, Programme, StratumRules


def show(console: Console, programme: Programme) -> None:
    """A whole policy."""
    console.show(f"{programme.policy}  {console.wording.of(programme.title)}")
    document = dict(programme.document)
    console.say("policy-document", title=document["title"], date=document["date"] or "–")
    _show_statuses(console, programme)
    for stratum in programme.strata:
        _show_stratum(console, programme, stratum)
    for ground in programme.exclusions:
        console.show()
        console.say("policy-exclusion", label=console.wording.of(ground.label))
        show_rules(console, [ground.rule])
    console.show()
    for target in programme.targets:
        console.say("policy-target", label=console.wording.of(target.label), when=show_condition(target.when))
    for ground in programme.set_aside:
        console.say("policy-set-aside", ground=ground.ground, label=console.wording.of(ground.label))
        show_rules(console, [ground.rule])
    _show_pools(console, programme.pools)
    show_after(console, programme)


def _show_statuses(console: Console, programme: Programme) -> None:
    for status in programme.statuses:
        label = "、".join(status.labels) if console.language == "zh" else status.english
        state = console.text(f"policy.state.{status.state}") if status.state else "–"
        console.say("policy-status", status=status.status, label=label, state=state)


def _show_stratum(console: Console, programme: Programme, stratum: StratumRules) -> None:
    console.show()
    console.say(
        "policy-stratum",
        label=console.wording.of(stratum.label),
        rate=f"{stratum.rate_bp / 100:g}%",
        base=console.text(f"base.{stratum.base}"),
        method=console.wording.label(programme, "method", stratum.method),
    )
    if stratum.of == OF_FINDINGS:
        console.say("policy-of-findings", when=show_condition(stratum.when))
    show_rules(console, [rule for _, rule in stratum.rules])


def _show_pools(console: Console, pools: Iterable[PoolRules]) -> None:
    for pool in pools:
        console.show()
        seats = ", ".join(f"{console.wording.of(seat.label)} {seat.count}" for seat in pool.seats)
        console.say("policy-pool", label=console.wording.of(pool.label), seats=seats, size=pool.packet_size)
        for label, cities in pool.regions:
            console.say("policy-region", label=console.wording.of(label), cities=", ".join(cities))
        show_rules(console, [rule for _, rule in pool.rules])

"""How a policy is printed: what is drawn, who inspects, what comes after, and where each rule comes from."""

from __future__ import annotations

from audit_service.cli.output import Console
from audit_service.cli.policy_show_after import show_after
from audit_service.cli.policy_show_rules import show_condition, show_rules
from audit_service.core.policy import OF_FINDINGS, PoolRules, Programme, StratumRules
from audit_service.messages import problem_text
from audit_service.use_cases.policies import Listed


def show_versions(console: Console, programme: Programme | None, found: Listed) -> None:
    """Which version a file is, which were used since when, and what speaks against recording anything by the file."""
    if programme:
        console.say("policy-version", version=programme.version, digest=programme.digest)
    for each in found.used:
        console.say("policy-used", version=each.version, since=console.moment(each.at), digest=each.digest[:12])
    if found.wrong:
        console.show(f"! {problem_text(found.wrong.problem, console.language)}")


def show(console: Console, programme: Programme, found: Listed) -> None:
    """A whole policy."""
    console.show(f"{programme.policy}  {console.wording.of(programme.title)}")
    show_versions(console, programme, found)
    document = dict(programme.document)
    console.say("policy-document", **{key: value or "–" for key, value in document.items()})
    if programme.places:
        console.say("policy-places", places=console.wording.of(programme.places))
    if programme.counterpart:
        console.say("policy-counterpart", office=console.wording.of(programme.counterpart))
    _show_statuses(console, programme)
    for stratum in programme.strata:
        _show_stratum(console, programme, stratum)
    for ground in programme.exclusions:
        console.show()
        console.say("policy-exclusion", label=console.wording.of(ground.label))
        console.say("policy-exclusion-when", when=show_condition(console, programme, ground.when))
        show_rules(console, [ground.rule])
    console.show()
    for target in programme.targets:
        console.say(
            "policy-target",
            label=console.wording.of(target.label),
            when=show_condition(console, programme, target.when),
        )
    for ground in programme.set_aside:
        console.say("policy-set-aside", ground=ground.ground, label=console.wording.of(ground.label))
        show_rules(console, [ground.rule])
    for pool in programme.pools:
        _show_pool(console, programme, pool)
    show_after(console, programme)


def _show_statuses(console: Console, programme: Programme) -> None:
    for status in programme.statuses:
        label = "、".join(status.labels) if console.language == "zh" else status.english
        state = console.text(f"life.state.{status.state}") if status.state else "–"
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
    of = "policy-of-findings" if stratum.of == OF_FINDINGS else "policy-of-units"
    console.say(of, when=show_condition(console, programme, stratum.when))
    show_rules(console, [rule for _, rule in stratum.rules])


def _show_pool(console: Console, programme: Programme, pool: PoolRules) -> None:
    """Who inspects: the pool's people and strata, whether at home too, who is kept away, each seat and whose it is."""
    console.show()
    seats = ", ".join(f"{console.wording.of(seat.label)} {seat.count}" for seat in pool.seats)
    console.say("policy-pool", label=console.wording.of(pool.label), seats=seats, size=pool.packet_size)
    strata = "、".join(console.wording.label(programme, "stratum", stratum) for stratum in pool.strata)
    console.say("policy-pool-who", who=show_condition(console, programme, pool.who), strata=strata)
    for seat in pool.seats:
        who = show_condition(console, programme, seat.who)
        console.say("policy-seat", label=console.wording.of(seat.label), who=who)
    console.say(f"policy-same-city.{pool.same_city}")
    for tie in pool.recused:
        console.say(f"policy-recused.{tie}")
    for label, cities in pool.regions:
        console.say("policy-region", label=console.wording.of(label), cities=", ".join(cities))
    show_rules(console, [rule for _, rule in pool.rules])

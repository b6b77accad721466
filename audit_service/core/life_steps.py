"""Taking a step of a unit's life: what it needs, what the policy adds to it, and where the unit stands then.

`take` checks a step and takes it; what it settled (how long the title holds, by when the unit is re-evaluated) is kept
with the act (`core.life_acts`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar

from audit_service.core.after import Award, TitleRules
from audit_service.core.life import BEFORE, STEPS, TITLED, Facts, LifeState, Standing, Step
from audit_service.core.policy import Programme
from audit_service.errors import RuleError

Rules = TypeVar("Rules", TitleRules, Award)
_WITH_ANOTHER: Final = (
    *("merge", "merge-unbuilt", "merge-undecided", "merge-transfer", "recode", "receive", "succeed"),
)
"""Steps that say which other unit they have to do with."""
TITLE: Final = ("title", "named_on", "valid_until", "checked_on", "re_evaluate_by")
"""What of a standing is of its title."""
_ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "check": {"checked_on": "on"},
    "postpone": {"re_evaluate_by": "re_evaluate_by", "valid_until": "valid_until"},
    "recode": {"successor": "other"},
    "merge": {"successor": "other"},
    "merge-unbuilt": {"successor": "other"},
    "merge-undecided": {"successor": "other"},
    "recall-plaque": {"plaque_recalled_on": "on"},
}
"""By step, which fields of a standing become what its facts say beside."""


def take(before: Standing, step: str, facts: Facts, programme: Programme) -> tuple[Standing, Facts]:
    """Take a step: where the unit stands then, and the facts with what the policy settled. `RuleError` in words."""
    known = known_step(step)
    check_source(before, known)
    _check_said(before, known, facts, programme)
    settled = _settled(before, known, facts, programme)
    return after_step(before, known, settled), settled


def known_step(step: str) -> Step:
    """A step by its name; `RuleError` naming those that there are."""
    if step not in STEPS:
        raise RuleError("life-step-unknown", found=step, known="、".join(STEPS))
    return STEPS[step]


def possible(state: LifeState) -> list[str]:
    """The steps that can be taken from a state, without those that have acts of their own."""
    return [step.step for step in STEPS.values() if state in step.sources and not step.own]


def states_before(step: str) -> tuple[LifeState, ...]:
    """The states from which a step is still to be taken: on the way to a title all that lie before it."""
    known = STEPS[step]
    if known.to in BEFORE:
        return BEFORE[: BEFORE.index(known.to)]
    return BEFORE if step == "name" else known.sources


def check_source(before: Standing, step: Step) -> None:
    """`RuleError` for a step that leads nowhere from where a unit stands, with what could be done instead."""
    if before.state not in step.sources or (step.waiting and not before.title):
        raise RuleError(
            "life-step-not-here",
            life_step=step.step,
            life_state=before.state.value,
            life_sources="|".join(step.sources),
            life_would="|".join(possible(before.state)),
        )


def _check_said(before: Standing, step: Step, facts: Facts, programme: Programme) -> None:
    """What every step needs: a document, a day not before the state that it leaves, and that it is not closed."""
    if not facts.document.strip() and step.step != "adopt":
        raise RuleError("life-document-missing", life_step=step.step)
    if facts.on < before.since:
        raise RuleError("life-too-early", on=facts.on, life_state=before.state.value, since=before.since)
    for closed in programme.after.closed:
        if closed.step == step.step and facts.on >= closed.since.isoformat():
            words = closed.rule.words or (closed.rule.chosen.zh if closed.rule.chosen else "")
            raise RuleError("life-step-closed", life_step=step.step, since=closed.since, words=words)
    check_founded(step, facts)
    if step.step in _WITH_ANOTHER and not facts.other:
        raise RuleError("life-other-missing", life_step=step.step)
    if step.step == "surrender" and not facts.declared_by.strip():
        raise RuleError("life-surrender-undeclared")
    if step.step in ("not-to-be-named", "merge-unnamed") and is_by_case(programme) and not facts.case:
        raise RuleError("life-unnamed-unfounded", policy=programme.policy)


def is_by_case(programme: Programme) -> bool:
    """Whether under a policy the end of an exit case alone says that a unit is not to be named."""
    triggers = programme.after.exit.triggers if programme.after.exit else ()
    return any("not-to-be-named" in trigger.endings for trigger in triggers)


def is_decided_by_case(programme: Programme) -> bool:
    """Whether an exit case decides what becomes of a title whose division went into one that has not built."""
    trigger = programme.after.trigger_of("division")
    return trigger is not None and "not-to-be-named" in trigger.endings


def check_founded(step: Step, facts: Facts) -> None:
    """`RuleError` for a step that only the end of a case takes, without case and confirmed request."""
    if step.by_case and not (facts.case and facts.request):
        raise RuleError("life-revoke-unfounded")


def _settled(before: Standing, step: Step, facts: Facts, programme: Programme) -> Facts:
    """The facts with what follows from the policy and from where the unit stood."""
    settled = replace(facts, policy=facts.policy or before.policy or programme.policy)
    if step.step in ("name", "re-name"):
        return _titled(before, settled, programme)
    if step.step == "adopt":
        return _adopted(settled, programme)
    if step.step == "postpone":
        return _postponed(before, settled)
    if step.step == "lapse":
        _check_over(before, facts.on)
    if step.step == "recall-plaque" and before.plaque_recalled_on:
        raise RuleError("life-plaque-twice", on=before.plaque_recalled_on)
    if step.step == "award":
        return replace(settled, award=award_rules(programme, facts.award).award)
    return settled


def _titled(before: Standing, facts: Facts, programme: Programme) -> Facts:
    """A title from this day on, as long as its document or else its policy says."""
    rules = title_rules(programme, facts.title or before.title)
    until = facts.valid_until or years_after(facts.on, rules.years)
    if until < facts.on:
        raise RuleError("life-valid-before", valid_until=until, on=facts.on)
    return replace(
        facts, title=rules.title, named_on=facts.on, valid_until=until, re_evaluate_by=_re_evaluate_by(rules, facts.on)
    )


def _adopted(facts: Facts, programme: Programme) -> Facts:
    """What the roster says of a title; what it leaves out follows from the day of naming, if it has one."""
    state = LifeState(facts.state)
    if state not in TITLED:
        return facts
    rules = title_rules(programme, facts.title)
    named = facts.named_on
    return replace(
        facts,
        title=rules.title,
        since=facts.since or (named if state is LifeState.NAMED else ""),
        valid_until=facts.valid_until or (years_after(named, rules.years) if named else ""),
        re_evaluate_by=facts.re_evaluate_by or (_re_evaluate_by(rules, named) if named else ""),
    )


def _re_evaluate_by(rules: TitleRules, named_on: str) -> str:
    """The end of the title's year in which it is re-evaluated."""
    return years_after(named_on, rules.re_evaluation_year) if rules.re_evaluation_year else ""


def _postponed(before: Standing, facts: Facts) -> Facts:
    """A later day for the re-evaluation; the title holds until then, since nobody may lose it by our own delay."""
    until = facts.re_evaluate_by
    if not until or until <= max(facts.on, before.re_evaluate_by):
        raise RuleError("life-postpone-earlier", found=until or "-", before=max(facts.on, before.re_evaluate_by))
    return replace(facts, valid_until=max(before.valid_until, until) if before.valid_until else "")


def _check_over(before: Standing, on: str) -> None:
    if not before.valid_until:
        raise RuleError("life-validity-unknown")
    if on <= before.valid_until:
        raise RuleError("life-lapse-early", valid_until=before.valid_until, on=on)


def title_rules(programme: Programme, title: str) -> TitleRules:
    """A title of a policy by its name, or the only one that it has; `RuleError` where that says none."""
    return _named({rules.title: rules for rules in programme.after.titles}, title, "life-title-unknown", programme)


def check_by(rules: TitleRules | None, named_on: str, checked_on: str) -> str:
    """The day by which a named unit is checked; empty where no check is asked for, or one came since the naming."""
    if rules is None or rules.check_within_years is None or not named_on or checked_on >= named_on:
        return ""
    return years_after(named_on, rules.check_within_years)


def award_rules(programme: Programme, award: str, to: str = "unit") -> Award:
    """An award that a policy gives to units or to people, by its name, or the only one; `RuleError` where that says
    none."""
    known = {rules.award: rules for rules in programme.after.awards if to in rules.to}
    return _named(known, award, "life-award-unknown" if to == "unit" else "award-name-unknown", programme)


def _named(known: Mapping[str, Rules], name: str, error: str, programme: Programme) -> Rules:
    if not name and len(known) == 1:
        return next(iter(known.values()))
    if name not in known:
        raise RuleError(error, found=name or "-", policy=programme.policy, known="、".join(known) or "-")
    return known[name]


def after_step(before: Standing, step: Step, facts: Facts) -> Standing:
    """Where a unit stands after a step whose facts are settled, whatever led there."""
    to = LifeState(facts.state) if step.told else step.to or before.state
    changed: dict[str, Any] = {"state": to, "policy": facts.policy}
    if to is not before.state:
        unknown = step.step == "adopt"  # the day on which it is taken over says nothing of it
        changed["since"] = facts.since or ("" if unknown else facts.on)
    if step.title == "end":
        changed |= dict.fromkeys(TITLE, "")
    elif step.title:
        changed |= {name: getattr(facts, name) for name in TITLE} | {"plaque_recalled_on": ""}
    changed |= {name: getattr(facts, said) for name, said in _ALSO.get(step.step, {}).items()}
    return replace(before, **changed, document=facts.document)


# --- days ---------------------------------------------------------------------------------------------------------


def years_after(day: str, years: int) -> str:
    """The last day of a period of so many years from a day: the day that corresponds to it, or the month's last one
    where there is none (民法典第二百零二条)."""
    start = date.fromisoformat(day)
    try:
        return start.replace(year=start.year + years).isoformat()
    except ValueError:
        return start.replace(year=start.year + years, day=28).isoformat()


def month_end(day: str) -> str:
    """A day as it is, and of a month (`2017-12`) its last day."""
    if len(day) != len("2017-12"):
        return day
    year, month = map(int, day.split("-"))
    return f"{day}-{monthrange(year, month)[1]:02d}"


def is_hurried(started_on: str, on: str, least: int) -> bool:
    """Whether a self-assessment came sooner after the start than building takes (突击建设); `least` in days."""
    return bool(started_on) and (date.fromisoformat(on) - date.fromisoformat(started_on)).days < least
